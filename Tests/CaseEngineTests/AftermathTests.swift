import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Promises, and what follows a decision")
struct AftermathTests {
    private static let minor = MaterialRequirement(material: "map", isMinor: true)
    private let planning = Actor.of("planning")
    private let refusal = Decision.refused(reasons: "too high", appeal: "reconsideration or court")

    private static func story(
        _ kind: ItemKind = .approval, handling: Handling = .ordinary, limit: DayAmount? = nil,
        materials: [MaterialRequirement] = [], others: [Item] = [], _ provide: (inout Provisions) -> Void = { _ in }
    ) throws -> Story {
        let item = Item.make(
            "permit", kind, limit: limit, handling: handling, tolerance: .working(5), materials: materials,
            outputs: ["certificate"], provide)
        return try Story(
            .make([item] + others, materials: [.make("certificate"), .make("map")]), opened: "2024-03-04")
    }

    /// Filed and admitted on Monday 2024-03-04.
    private static func admitted(
        handling: Handling = .ordinary, limit: DayAmount? = nil, materials: [MaterialRequirement] = [],
        others: [Item] = [], _ provide: (inout Provisions) -> Void = { _ in }
    ) throws -> Story {
        var story = try story(handling: handling, limit: limit, materials: materials, others: others, provide)
        try story.act("2024-03-04", .owner, "permit", .file(materials: []))
        try story.act("2024-03-04", .window, "permit", .admit)
        return story
    }

    /// Granted on 2024-03-05 and issued the next day.
    static func issued(
        handling: Handling = .ordinary, materials: [MaterialRequirement] = [], others: [Item] = [],
        _ provide: (inout Provisions) -> Void = { _ in }
    ) throws -> Story {
        var story = try admitted(handling: handling, materials: materials, others: others, provide)
        if story["permit"].gaps == nil, handling == .commitment {
            try story.act("2024-03-05", .owner, "permit", .commit(signer: "Owner"))
        }
        let gaps = story["permit"].gaps != nil
        try story.act("2024-03-05", .of("planning"), "permit", .decide(gaps ? .grantedWithGaps : .granted))
        try story.act("2024-03-06", .window, "permit", .issue(documents: []))
        return story
    }

    private func asked(_ story: Story) -> [String] {
        story.machine.requests(in: story.state).filter { $0.item == "permit" }.map {
            String($0.id.split(separator: ":").last ?? "")
        }
    }

    @Test("What walks hardly ever meet can be told")
    func rare() throws { #expect(try RareStories.all().count == 15) }

    // MARK: Tolerance

    @Test("A tolerance promise broken after the decision suspends it; supplying restores it, the record stays")
    func brokenTolerance() throws {
        var story = try Self.issued(materials: [Self.minor])
        try story.pass(to: "2024-03-11")
        #expect(
            story.happened == [
                "permit:gapsReminded", "permit:promiseBroken", "permit:breachRecorded", "permit:effectSuspended",
            ])
        #expect(story.state.materials.allSatisfy { !$0.isValid(on: "2024-03-11") })
        #expect(asked(story) == ["revoke-1", "supply-gaps"])
        var kept = story
        try kept.act("2024-03-12", .owner, "permit", .supplyGaps(materials: [.of("map")]))
        #expect(kept.happened == ["permit:gapsSupplied", "permit:effectRestored"])
        #expect(kept.state.materials[0].isValid(on: "2024-03-12"))
        #expect(kept["permit"].aftermath?.breaches == 1)
        try story.act("2024-03-12", planning, "permit", .revoke(reason: "promise broken", basis: "行政许可法 art. 69"))
        #expect(story["permit"].national == .revoked)
    }

    // MARK: Commitment

    @Test("A commitment is the applicant's choice; on a promise the decision is due at once and checked later")
    func commitment() throws {
        let rule = CommitmentRule(checkWithin: .working(20), sample: nil, rectifyWithin: .working(10))
        var story = try Self.admitted(handling: .commitment, limit: .working(5)) { $0.commitment = rule }
        #expect(asked(story) == ["commit"])
        #expect(
            story.rejection("2024-03-05", planning, "permit", .decide(.granted)) == .commitmentUnsigned(item: "permit"))
        var ordinary = story
        try story.act("2024-03-05", .owner, "permit", .commit(signer: "Owner"))
        #expect(story.machine.requests(in: story.state).first?.due == "2024-03-05")
        #expect(
            story.rejection("2024-03-05", .owner, "permit", .declineCommitment) == .commitmentChosen(item: "permit"))
        try story.act("2024-03-05", planning, "permit", .decide(.granted))
        try story.act("2024-03-05", .window, "permit", .issue(documents: []))
        #expect(story.machine.requests(in: story.state).map(\.due) == ["2024-04-02"])
        try story.pass(to: "2024-04-05")
        #expect(story.happened == ["permit:checkOverran"] && story.last[0].on == "2024-04-03")

        try ordinary.act("2024-03-05", .owner, "permit", .declineCommitment)
        #expect(ordinary.machine.requests(in: ordinary.state).first?.due == "2024-03-11")
        try ordinary.act("2024-03-08", planning, "permit", .decide(.granted))
        try ordinary.act("2024-03-08", .window, "permit", .issue(documents: []))
        #expect(asked(ordinary).isEmpty)
    }

    @Test("A breach is to be put right in time; put right it is checked again, otherwise it has its consequence")
    func breach() throws {
        let rule = CommitmentRule(checkWithin: .working(20), sample: nil, rectifyWithin: .working(10))
        var story = try Self.issued(handling: .commitment) { $0.commitment = rule }
        try story.act("2024-03-11", planning, "permit", .findBreach(finding: "emissions too high"))
        #expect(story["permit"].aftermath?.breach?.rectifyBy == "2024-03-25")
        #expect(asked(story) == ["rectify-breach-1"])
        #expect(
            story.rejection("2024-03-12", planning, "permit", .findBreach(finding: "a")) == .breachOpen(item: "permit"))
        var missed = story
        try missed.pass(to: "2024-03-25")
        #expect(
            missed.happened == [
                "permit:rectificationMissed", "permit:breachRecorded", "permit:effectSuspended",
            ])
        try story.act("2024-03-20", .owner, "permit", .reportRectified(note: "filter built in"))
        #expect(asked(story) == ["check-1"])
        var kept = story
        try kept.act("2024-03-21", planning, "permit", .check(finding: "kept"))
        #expect(kept["permit"].status == .checked)
        // There is one chance to put it right.
        try story.act("2024-03-21", planning, "permit", .findBreach(finding: "still too high", within: .working(5)))
        #expect(story.happened == ["permit:breachFound", "permit:breachRecorded", "permit:effectSuspended"])
        try story.act("2024-03-22", planning, "permit", .revoke(reason: "promise broken", basis: "行政许可法 art. 69"))
    }

    @Test("Only those drawn are checked, by two inspectors")
    func drawn() throws {
        let rule = CommitmentRule(checkWithin: .working(20), sample: 20, rectifyWithin: nil)
        var story = try Self.issued(handling: .commitment) { $0.commitment = rule }
        #expect(asked(story).isEmpty)
        func draw(_ inspectors: [String]) -> ItemCommand {
            .drawCheck(seed: "2024-1", population: 40, inspectors: inspectors, within: .working(10))
        }
        #expect(story.rejection("2024-03-11", .supervisor, "permit", draw(["甲", "甲"])) == .inspectorsMissing)
        try story.act("2024-03-11", .supervisor, "permit", draw(["甲", "乙"]))
        #expect(story.machine.requests(in: story.state).map(\.due) == ["2024-03-25"])
        try story.act("2024-03-12", planning, "permit", .findBreach(finding: "false"))
        #expect(story.happened == ["permit:breachFound", "permit:breachRecorded", "permit:effectSuspended"])
    }

    // MARK: Decided by rule

    @Test("What the rule covers is granted on the day of admission; the rest waits for a person")
    func decidedByItself() throws {
        let facts: [String: FactType] = ["area": .number]
        let small = try Condition.parse("area < 3", facts: facts).get()
        let large = try Condition.parse("area > 3", facts: facts).get()
        let story = try Self.admitted { $0.autoDecide = small }
        #expect(story.happened.prefix(2) == ["permit:admitted", "permit:granted"] && story.last[1].by == .system)
        #expect(try Self.admitted { $0.autoDecide = large }["permit"].status == .inReview)
        var gaps = try Self.admitted(materials: [Self.minor]) { $0.autoDecide = small }
        #expect(gaps["permit"].status == .inReview)
        try gaps.act("2024-03-06", .owner, "permit", .supplyGaps(materials: [.of("map")]))
        #expect(gaps["permit"].status == .granted)
    }

    @Test("An instant item without a limit of its own is late on the next working day")
    func instant() throws {
        var story = try Self.admitted(handling: .instant)
        #expect(story["permit"].limits?.promised == "2024-03-04")
        try story.pass(to: "2024-03-05")
        #expect(story.state.cards.map(\.level) == [.red])
    }

    // MARK: Clocks

    @Test("The clock may start with the department, whose first act begins it")
    func departmentStarts() throws {
        var story = try Self.admitted(limit: .working(5)) { $0.clockStarts = .department }
        #expect(story["permit"].limits == nil && story["permit"].national == .admitted)
        #expect(asked(story) == ["begin-review"])
        var byItself = story
        try byItself.act("2024-03-07", planning, "permit", .decide(.granted))
        #expect(byItself.happened.prefix(2) == ["permit:reviewBegan", "permit:granted"])
        try story.act("2024-03-07", planning, "permit", .beginReview)
        #expect(story["permit"].national == .underReview)
        #expect(story["permit"].limits?.promised == "2024-03-14")
        try story.act("2024-03-12", planning, "permit", .decide(.granted))
        #expect(story.machine.heldTimes(in: story.state).map(\.period.start) == ["2024-03-07"])
    }

    @Test("A special procedure has its own limit, stops the clock as the item says, and a date is named at once")
    func procedures() throws {
        var story = try Self.admitted(limit: .working(5)) {
            $0.procedures = [
                ProcedureRule(
                    kind: .siteVisit, stopsClock: true, limit: .working(3), respondWithin: .working(1), basis: nil),
                ProcedureRule(kind: .hearing, stopsClock: false, limit: nil, respondWithin: nil, basis: nil),
            ]
        }
        func begin(_ kind: SpecialProcedure, _ days: Int) -> ItemCommand {
            .beginSpecialProcedure(kind: kind, basis: "art. 45", length: .working(days))
        }
        #expect(
            story.rejection("2024-03-05", planning, "permit", begin(.siteVisit, 4))
                == .procedureTooLong(longest: .working(3)))
        var hearing = story
        try hearing.act("2024-03-05", planning, "permit", begin(.hearing, 10))
        #expect(hearing["permit"].limits?.promised == "2024-03-11")
        try story.act("2024-03-05", planning, "permit", begin(.siteVisit, 3))
        #expect(story["permit"].limits == nil)
        #expect(asked(story) == ["end-procedure-1", "schedule-procedure-1"])
        var silent = story
        try silent.pass(to: "2024-03-07")
        #expect(silent.happened == ["permit:responseOverran"])
        try story.act("2024-03-06", planning, "permit", .scheduleProcedure(date: "2024-03-07"))
        #expect(asked(story) == ["end-procedure-1"])
    }

    @Test("An approval does not repeat the technical review that it rests on")
    func technicalReview() throws {
        var story = try Story(
            .make([.make("review", .review), .make("permit", after: [.on("review")])]), opened: "2024-03-04")
        for item in ["review", "permit"] {
            try story.act("2024-03-04", .owner, item, .file(materials: []))
            try story.act("2024-03-04", .window, item, .admit)
            if item == "review" { try story.act("2024-03-04", planning, item, .decide(.granted)) }
        }
        func begin(_ kind: SpecialProcedure) -> ItemCommand {
            .beginSpecialProcedure(kind: kind, basis: "art. 45", length: .working(5))
        }
        #expect(
            story.rejection("2024-03-05", planning, "permit", begin(.expertReview))
                == .technicalReviewDone(item: "permit", review: "review"))
        #expect(story.rejection("2024-03-05", planning, "permit", begin(.hearing)) == nil)
    }

    // MARK: Refusal, appeal, revocation

    @Test("A refusal is looked at by a lawyer first, who is not the one who decides")
    func legalReview() throws {
        var story = try Self.admitted { $0.legalReview = true }
        #expect(
            story.rejection("2024-03-05", planning, "permit", .decide(refusal)) == .legalReviewMissing(item: "permit"))
        try story.act("2024-03-05", planning, "permit", .reviewLegality(agrees: true, opinion: "lawful"))
        #expect(
            story.rejection("2024-03-05", planning, "permit", .decide(refusal))
                == .secondPersonNeeded(name: planning.name))
        try story.act("2024-03-05", .of("planning", "B"), "permit", .decide(refusal))
    }

    @Test(
        "Appeals have their periods; what is annulled is decided anew on a clock of its own, not for the same reasons")
    func appeal() throws {
        var story = try Self.admitted(limit: .working(5))
        try story.act("2024-03-06", planning, "permit", .decide(refusal))
        func appeal(_ route: AppealRoute) -> ItemCommand { .appeal(route: route, grounds: "unlawful") }
        // Sixty days end on Sunday 2024-05-05, six months on Friday 2024-09-06.
        #expect(story.machine.lastDay(toAppeal: .reconsideration, item: "permit", in: story.state) == "2024-05-06")
        #expect(story.machine.lastDay(toAppeal: .court, item: "permit", in: story.state) == "2024-09-06")
        #expect(
            story.rejection("2024-05-07", .owner, "permit", appeal(.reconsideration)) == .appealTooLate("2024-05-06"))
        try story.act("2024-03-20", .owner, "permit", appeal(.reconsideration))
        #expect(story.rejection("2024-03-21", .owner, "permit", appeal(.court)) == .appealPending(.reconsideration))
        try story.act("2024-04-10", .supervisor, "permit", .decideAppeal(outcome: .upheld, reason: "lawful"))
        #expect(story.machine.lastDay(toAppeal: .court, item: "permit", in: story.state) == "2024-04-25")
        try story.act("2024-04-12", .owner, "permit", appeal(.court))
        try story.act("2024-06-03", .supervisor, "permit", .decideAppeal(outcome: .annulled, reason: "no evidence"))
        #expect(story["permit"].status == .inReview && story["permit"].attempt == 2)
        #expect(story["permit"].limits?.promised == "2024-06-10")
        #expect(story.rejection("2024-06-04", planning, "permit", .decide(refusal)) == .sameReasons(item: "permit"))
        try story.act("2024-06-04", planning, "permit", .decide(.granted))
        #expect(
            story.machine.heldTimes(in: story.state).map(\.period) == [
                RunningPeriod(start: "2024-03-04", finish: "2024-03-06"),
                RunningPeriod(start: "2024-06-03", finish: "2024-06-04"),
            ])
    }

    @Test("What rests on something revoked is neither granted nor issued, until it is issued anew")
    func revocation() throws {
        let certificate = MaterialRequirement(material: "certificate", isMinor: false)
        let next = Item.make("next", materials: [certificate], outputs: ["map"])
        var story = try Self.issued(others: [next])
        try story.act("2024-03-07", .owner, "next", .file(materials: []))
        try story.act("2024-03-07", .window, "next", .admit)
        try story.act("2024-03-08", planning, "permit", .revoke(reason: "false data", basis: "行政许可法 art. 69"))
        #expect(
            story.rejection("2024-03-08", planning, "next", .decide(.granted))
                == .restsOnRevoked(material: "certificate", item: "permit"))
        #expect(story.machine.reliances(on: "permit", in: story.state).map(\.item) == ["next"])
        var anew = story
        for command in [ItemCommand.file(materials: []), .admit] {
            try anew.act("2024-03-11", command == .admit ? .window : .owner, "permit", command)
        }
        try anew.act("2024-03-12", planning, "permit", .decide(.granted))
        try anew.act("2024-03-12", .window, "permit", .issue(documents: []))
        #expect(anew.state.materials.map(\.hash) == ["permit/1", "permit/2"])
        #expect(anew.rejection("2024-03-12", planning, "next", .decide(.granted)) == nil)
        // Annulled, the revocation leaves everything as it was.
        try story.act("2024-03-11", .owner, "permit", .appeal(route: .reconsideration, grounds: "true data"))
        try story.act("2024-04-11", .supervisor, "permit", .decideAppeal(outcome: .annulled, reason: "no evidence"))
        #expect(story["permit"].status == .issued && story.state.materials[0].isValid(on: "2024-04-11"))
        #expect(story.rejection("2024-04-11", planning, "next", .decide(.granted)) == nil)
    }

    // MARK: Lapse, delivery, supervision

    private static let lapse = LapseRule(
        months: 3, unless: "works", extensions: 2, extensionMonths: 3, basis: "建筑法 art. 9")

    @Test("A permit that nobody uses is void after three months, twice extended by three at most")
    func lapse() throws {
        let works = Item.make("works", .applicant, after: [.on("permit")])
        var story = try Self.issued(others: [works]) { $0.lapses = Self.lapse }
        #expect(story["permit"].aftermath?.lapse?.voidAfter == "2024-06-06")
        var begun = story
        try begun.act("2024-06-05", .owner, "works", .begin)
        #expect(begun["permit"].aftermath?.lapse == nil)
        try begun.pass(to: "2025-01-01")
        #expect(begun["permit"].status == .issued)
        var silent = story
        try silent.pass(to: "2024-06-06")
        #expect(silent.happened == ["permit:lapseReminded", "permit:lapsed"])
        #expect(silent.last.map(\.on) == ["2024-05-23", "2024-06-06"])
        #expect(!silent.state.materials[0].isValid(on: "2024-06-06"))
        #expect(silent.rejection("2024-06-07", .owner, "permit", .file(materials: [])) == nil)
        for (date, until) in [("2024-06-03", "2024-09-06"), ("2024-09-06", "2024-12-06")] as [(LocalDate, LocalDate)] {
            try story.act(date, planning, "permit", .extendPermit(reason: "the site is flooded"))
            #expect(story["permit"].aftermath?.lapse?.voidAfter == until)
        }
        #expect(
            story.rejection("2024-12-05", planning, "permit", .extendPermit(reason: "again"))
                == .extensionsUsed(item: "permit", most: 2))
        try story.pass(to: "2024-12-31")
        #expect(story["permit"].status == .lapsed && story.last.last?.on == "2024-12-06")
    }

    @Test("Delivery has a clock of its own from the decision, and a parcel has a number")
    func delivery() throws {
        var story = try Self.issued { $0.delivery = .working(10) }
        #expect(story.machine.requests(in: story.state).map(\.due) == ["2024-03-19"])
        func deliver(_ tracking: String?) -> ItemCommand {
            .deliver(method: .courier, tracking: tracking, recipient: "Owner")
        }
        #expect(story.rejection("2024-03-07", .window, "permit", deliver(nil)) == .trackingMissing)
        var late = story
        try late.pass(to: "2024-03-20")
        #expect(late.happened == ["permit:deliveryOverran"] && late.last[0].on == "2024-03-20")
        try story.act("2024-03-07", .window, "permit", deliver("SF100"))
        #expect(story.rejection("2024-03-07", .window, "permit", deliver("SF101")) == .alreadyDelivered(item: "permit"))
        try story.pass(to: "2024-06-01")
        #expect(story.events.last?.kind == .delivered)
    }

    @Test("Every result is pushed to the supervising department, which acknowledges it")
    func push() throws {
        var story = try Self.issued { $0.supervisedBy = "housing" }
        #expect(asked(story) == ["acknowledge-1"])
        try story.act("2024-03-07", .of("housing"), "permit", .acknowledge(note: "seen"))
        #expect(asked(story).isEmpty)
        try story.act("2024-03-08", planning, "permit", .revoke(reason: "false data", basis: "行政许可法 art. 69"))
        #expect(story.happened == ["permit:revoked", "permit:resultPushed"])
        #expect(asked(story) == ["acknowledge-2"])
    }

    @Test("A pre-review lists what the drafts lack")
    func preReview() throws {
        var story = try Self.story()
        try story.act("2024-03-04", .window, "permit", .beginPreReview)
        #expect(
            story.rejection("2024-03-05", .window, "permit", .finishPreReview(advice: "a", missing: []))
                == .pointsMissing)
        try story.act(
            "2024-03-05", .window, "permit",
            .finishPreReview(advice: "nearly", missing: [Point("no scale", material: "map")]))
        #expect(story.last[0].words.en == "pre-review: nearly, missing: no scale")
        #expect(story.machine.heldTimes(in: story.state).isEmpty)
    }
}
