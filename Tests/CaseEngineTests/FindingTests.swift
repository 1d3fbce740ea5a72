import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Findings")
struct FindingTests {
    private static let plan = Plan.make(
        [
            .make(
                "permit", limit: .working(10),
                materials: [MaterialRequirement(material: "form", isMinor: false)], outputs: ["paper"]),
            .make(
                "acceptance", .joint, department: "housing", takes: nil, limit: .working(20),
                materials: [MaterialRequirement(material: "report", isMinor: false)],
                joint: .make(
                    [.make("fire", limit: .working(2)), .make("air", limit: .working(2), silence: .deemedAgree)],
                    rectification: .make())),
        ], materials: ["form", "paper", "report", "tax"].map { .make($0) })

    private static func filed(_ item: String = "permit", admittedOn date: LocalDate = "2024-03-04") throws -> Story {
        var story = try Story(plan, opened: "2024-03-01")
        let material = item == "permit" ? "form" : "report"
        try story.act("2024-03-01", .owner, item, .file(materials: [.of(material)]))
        try story.act(date, .of(item == "permit" ? "planning" : "housing", "王"), item, .admit)
        return story
    }

    private static let planning = Actor.of("planning", "王")

    private func found(_ story: Story) -> [String] {
        story.machine.findings(in: story.events.map { EnteredEvent($0) }).map { "\($0.on) \($0.rule.rawValue)" }
    }

    @Test("An ordinary case has none")
    func ordinary() throws {
        var story = try Self.filed()
        try story.act("2024-03-07", Self.planning, "permit", .decide(.granted))
        try story.act("2024-03-08", Self.planning, "permit", .issue(documents: []))
        #expect(found(story).isEmpty)
    }

    @Test("A special procedure in the last tenth of the limit is one; a day earlier it is not")
    func lateProcedure() throws {
        for (date, expected) in [("2024-03-14", []), ("2024-03-15", ["2024-03-15 late-special-procedure"])]
            as [(LocalDate, [String])]
        {
            var story = try Self.filed()
            try story.act(
                date, Self.planning, "permit",
                .beginSpecialProcedure(kind: .expertReview, basis: "art. 45", length: .working(5)))
            #expect(found(story) == expected)
        }
        // A site visit stops no clock.
        var story = try Self.filed()
        try story.act(
            "2024-03-15", Self.planning, "permit",
            .beginSpecialProcedure(kind: .siteVisit, basis: "own rule", length: .working(1)))
        #expect(found(story).isEmpty)
    }

    @Test("A result on the day of filing, of an item that takes days, was reached outside the system")
    func withoutSteps() throws {
        var story = try Self.filed(admittedOn: "2024-03-01")
        try story.act("2024-03-01", Self.planning, "permit", .decide(.granted))
        #expect(found(story) == ["2024-03-01 result-without-steps"])
    }

    @Test("A result that was entered days after the date it bears is one; the next morning is not")
    func backdated() throws {
        var story = try Self.filed()
        try story.act("2024-03-07", Self.planning, "permit", .decide(.granted))
        func rules(entered date: LocalDate) -> [String] {
            let events = story.events.map { EnteredEvent($0, enteredOn: $0.kind == .granted ? date : $0.on) }
            return story.machine.findings(in: events).map(\.rule.rawValue)
        }
        #expect(rules(entered: "2024-03-08") == [])
        #expect(rules(entered: "2024-03-11") == ["backdated"])
    }

    @Test("Three stops of one application are many, and one after a correction asks again")
    func pausesAndRequests() throws {
        var story = try Story(Self.plan, opened: "2024-03-01")
        try story.act("2024-03-01", .owner, "permit", .file(materials: [.of("form")]))
        try story.act("2024-03-01", Self.planning, "permit", .requestCorrection(points: [Point("sign")]))
        try story.act("2024-03-04", .owner, "permit", .supplyCorrection(materials: []))
        try story.act("2024-03-04", Self.planning, "permit", .admit)
        try story.act("2024-03-05", Self.planning, "permit", .requestSupplement(points: [Point("scale")]))
        try story.act("2024-03-06", .owner, "permit", .supplySupplement(materials: []))
        for _ in 0..<2 {
            try story.act("2024-03-07", Self.planning, "permit", .suspend(reason: "a", approver: "Head"))
            try story.act("2024-03-07", Self.planning, "permit", .resume(reason: "b"))
        }
        #expect(found(story) == ["2024-03-05 correction-repeated", "2024-03-07 many-pauses"])
        let events = story.machine.findings(in: story.events.map { EnteredEvent($0) }).map(\.events.count)
        #expect(events == [2, 3])
    }

    @Test("A material outside the item's list is one, though the workflow knows it")
    func outsideTheList() throws {
        var story = try Self.filed()
        try story.act(
            "2024-03-05", Self.planning, "permit", .requestSupplement(points: [Point("tax", material: "tax")]))
        #expect(found(story) == ["2024-03-05 extra-material"])
    }

    @Test("Not admitted and then admitted on the same materials was lawful from the start")
    func refusedLawfully() throws {
        var story = try Story(Self.plan, opened: "2024-03-01")
        try story.act("2024-03-01", .owner, "permit", .file(materials: [.of("form")]))
        try story.act("2024-03-04", Self.planning, "permit", .refuseAdmission(reason: "不齐", rightBody: nil))
        try story.act("2024-03-05", .owner, "permit", .file(materials: []))
        try story.act("2024-03-06", Self.planning, "permit", .admit)
        #expect(found(story) == ["2024-03-04 refused-lawful-application"])
    }

    @Test("A special procedure beyond its length, and sending back after admission, are findings")
    func extensions() throws {
        var story = try Self.filed()
        try story.act(
            "2024-03-05", Self.planning, "permit",
            .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .working(2)))
        try story.pass(to: "2024-03-12")
        #expect(found(story) == ["2024-03-08 hidden-extension"])
    }

    @Test("Joint items: late answers, silence, late merging and new points in the recheck are findings")
    func joint() throws {
        var story = try Self.filed("acceptance")
        let housing = Actor.of("housing", "王")
        try story.act(
            "2024-03-08", .of("fire", "刘"), "acceptance",
            .opine(participant: "fire", verdict: .fail(points: [Point("exit")])))
        try story.act("2024-03-13", housing, "acceptance", .merge(note: "list"))
        try story.act("2024-03-14", .owner, "acceptance", .rectify(materials: [.of("report", "b")], note: ""))
        try story.act(
            "2024-03-15", .of("fire", "刘"), "acceptance",
            .opine(participant: "fire", verdict: .fail(points: [Point("exit"), Point("lamp", material: "report")])))
        #expect(
            found(story) == [
                "2024-03-07 joint-no-position", "2024-03-08 joint-answer-late", "2024-03-13 joint-merge-late",
                "2024-03-15 joint-points-late",
            ])
        let findings = story.machine.findings(in: story.events.map { EnteredEvent($0) })
        #expect(findings.map(\.department) == ["air", "fire", "housing", "fire"])
        #expect(findings.map(\.person) == [nil, "刘", "王", "刘"])
    }

    @Test("Findings are read from the log alone and have ids of their own", arguments: UInt64(1)...40)
    func anyLog(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<160 { try walk.step() }
        let events = walk.story.events.map { EnteredEvent($0, enteredOn: $0.on) }
        let findings = walk.story.machine.findings(in: events)
        #expect(Set(findings.map(\.id)).count == findings.count, "seed \(seed)")
        for finding in findings {
            #expect(finding.events == finding.events.sorted() && !finding.events.isEmpty, "seed \(seed)")
            let last = try #require(finding.events.last)
            #expect(events[last - 1].event.item == finding.item, "seed \(seed)")
        }
        // What happens later takes nothing back.
        for length in stride(from: 0, through: events.count, by: 29) {
            let before = walk.story.machine.findings(in: Array(events.prefix(length)))
            #expect(before == Array(findings.prefix(before.count)), "seed \(seed)")
        }
    }
}

extension FindingTests {
    @Test("Silence about a date, absence on the day and a day without a record are findings")
    func visits() throws {
        let plan = Plan.make([
            .make(
                "visit", .joint, takes: nil,
                joint: .make(kind: .acceptance, [.make("fire"), .make("air")], merge: nil, conclusion: nil))
        ])
        var story = try Story(plan, opened: "2024-03-04")
        let lead = Actor.of("planning")
        try story.act("2024-03-04", .owner, "visit", .file(materials: []))
        try story.act("2024-03-04", lead, "visit", .admit)
        try story.act("2024-03-04", lead, "visit", .proposeVisit(date: "2024-03-06", remote: false))
        try story.act("2024-03-05", .of("fire"), "visit", .answerVisit(participant: "fire", dates: ["2024-03-06"]))
        // Nobody writes anything down on the day.
        try story.pass(to: "2024-03-07")
        try story.act("2024-03-07", lead, "visit", .proposeVisit(date: "2024-03-08", remote: false))
        try story.act("2024-03-07", .of("fire"), "visit", .answerVisit(participant: "fire", dates: ["2024-03-08"]))
        try story.act("2024-03-07", .of("air"), "visit", .answerVisit(participant: "air", dates: ["2024-03-08"]))
        try story.act(
            "2024-03-08", lead, "visit",
            .recordVisit(
                votes: [VisitVote(participant: "fire", verdict: .pass, officers: ["a", "b"])], unsigned: [], record: nil
            ))
        let findings = story.machine.findings(in: story.events.map { EnteredEvent($0) })
        let found = findings.map { "\($0.on) \($0.rule.rawValue) \($0.participant ?? "")" }
        #expect(
            found == [
                "2024-03-05 joint-no-position air", "2024-03-06 step-late ", "2024-03-08 joint-no-position air",
            ])
    }
}
