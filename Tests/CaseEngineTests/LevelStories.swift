import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// What is decided at another level, what is held to an area's control values, and firms with promised times.
enum LevelStories {
    static let standard = AppliedStandard(
        assessment: "ra", document: "No. 1", standard: ControlStandard(fact: "area", most: 2))

    static func all() throws -> [Story] {
        [try referred(agrees: true), try withdrawn(), try late(), try measured(), try lateFirm()]
    }

    static func rejections() throws -> [CaseRejection] {
        let answered = try referred(agrees: false)
        let built = try underAcceptance()
        var opening = Story(try acceptance())
        opening.registry = registry(most: 1)
        let planning = Actor.of("planning")
        var silent = opening
        silent.registry = registry(most: 9, fact: "height")
        return [
            answered.rejection("2024-03-11", planning, "permit", refer),
            answered.rejection("2024-03-11", planning, "permit", .decide(.granted)),
            built.rejection("2024-03-05", planning, "acceptance", .conclude(.granted)),
            built.rejection(
                "2024-03-05", planning, "acceptance", .measure(values: [MeasuredValue(fact: "height", value: 9)])),
            opening.rejection("2024-03-04", .owner, .open(claiming(opening))),
            silent.rejection("2024-03-04", .owner, .open(claiming(silent))),
        ].compactMap(\.self)
    }

    // MARK: Another level

    static let refer = ItemCommand.refer(
        level: .provincial, authority: "省自然资源厅", opinion: "拟同意", within: .working(5))

    static func referring() throws -> Story {
        var story = try Story(.make([.make("permit", limit: .working(20))]), opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "permit", .file(materials: []))
        try story.act("2024-03-04", .window, "permit", .admit)
        try story.act("2024-03-06", .of("planning"), "permit", refer)
        return story
    }

    private static func referred(agrees: Bool) throws -> Story {
        var story = try referring()
        try story.act(
            "2024-03-11", .window, "permit",
            .recordAnswer(agrees: agrees, signer: "张三", document: "自然资函〔2024〕7号", opinion: ""))
        return story
    }

    private static func withdrawn() throws -> Story {
        var story = try referring()
        try story.act("2024-03-07", .owner, "permit", .withdraw(reason: "changed"))
        return story
    }

    private static func late() throws -> Story {
        var story = try referring()
        try story.pass(to: "2024-03-20")
        return story
    }

    // MARK: Control values

    static func acceptance() throws -> Plan {
        .make([
            .make(
                "acceptance", .joint, takes: nil,
                joint: .make([.make("fire")], merge: nil, conclusion: nil))
        ])
    }

    static func claiming(_ story: Story) -> CaseOpening { story.opening }

    static func registry(most: Double, fact: String = "area") -> Registry {
        var registry = Registry()
        let assessment = RegionalAssessment(
            id: "ra", topic: "标准地", facts: ["has"], zones: ["east"], document: "No. 1", from: "2024-01-01",
            until: "2024-12-31", standards: [ControlStandard(fact: fact, most: most, unit: "ha")])
        for entry in [
            RegistryEntry.regionAssessed(assessment: assessment),
            .projectPlaced(project: "2403-500107-04-01-123456", zone: "east"),
        ] {
            for event in (try? registry.decide(entry, by: Actor(role: .supervisor, name: "A"), on: "2024-03-01")) ?? []
            {
                registry.evolve(by: event)
            }
        }
        return registry
    }

    static func underAcceptance() throws -> Story {
        var story = Story(try acceptance())
        story.registry = registry(most: 2)
        try story.act("2024-03-04", .owner, .open(claiming(story)))
        try story.act("2024-03-04", .owner, "acceptance", .file(materials: []))
        if story["acceptance"].status == .filed { try story.act("2024-03-04", .window, "acceptance", .admit) }
        try story.act("2024-03-05", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .pass))
        return story
    }

    static func measured() throws -> Story {
        var story = try underAcceptance()
        for (day, value) in [("2024-03-05", 2.5), ("2024-03-06", 2.2), ("2024-03-07", 1.9)] {
            try story.act(
                LocalDate(day)!, .of("planning"), "acceptance",
                .measure(values: [MeasuredValue(fact: "area", value: value)]))
        }
        return story
    }

    // MARK: Firms

    static func lateFirm() throws -> Story {
        var story = Story(.make([.make("survey", .intermediary, takes: 3)]))
        story.registry = firms(grade: .aa)
        try story.act("2024-03-04", .owner, .open(story.opening))
        try story.act("2024-03-04", .owner, "survey", .begin)
        try story.pass(to: "2024-03-20")
        return story
    }

    static func firms(grade: CreditGrade) -> Registry {
        var registry = Registry()
        let firm = Firm(
            code: "f-1", name: "测绘院",
            services: [FirmService(service: "survey", time: .working(5), fee: "1", standard: "s")],
            qualifications: [Qualification(name: "q", from: "2024-01-01", until: "2026-12-31")], grade: grade)
        let selection = FirmSelection(
            firm: "f-1", service: "survey", project: "2403-500107-04-01-123456", item: "survey", department: nil,
            method: .tender, payer: .owner)
        for event
            in ((try? registry.decide(
                .firmRegistered(firm: firm), by: Actor(role: .supervisor, name: "A"), on: "2024-03-01")) ?? [])
        {
            registry.evolve(by: event)
        }
        for event in ((try? registry.decide(.firmSelected(selection: selection), by: .owner, on: "2024-03-01")) ?? []) {
            registry.evolve(by: event)
        }
        return registry
    }
}

@Suite("Other levels, control values and firms")
struct LevelTests {
    @Test("The own clock rests while another level decides, whose limit runs from the transmission")
    func referral() throws {
        let story = try LevelStories.referring()
        let referral = try #require(story["permit"].aftermath?.referral)
        #expect(referral.on == "2024-03-06" && referral.due == "2024-03-13" && referral.authority == "省自然资源厅")
        #expect(story["permit"].isStopped && story["permit"].limits == nil)
        let request = try #require(story.machine.requests(in: story.state).first)
        #expect(request.ask == .recordAnswer(authority: "省自然资源厅") && request.due == "2024-03-13")
    }

    @Test("What another level decided is decided here the same way, once it is there")
    func answer() throws {
        for agrees in [true, false] {
            var story = try LevelStories.referring()
            #expect(
                story.rejection("2024-03-07", .of("planning"), "permit", .decide(.granted))
                    == .clockStopped(item: "permit", pause: .referral))
            try story.act(
                "2024-03-11", .window, "permit",
                .recordAnswer(agrees: agrees, signer: "张三", document: "7号", opinion: ""))
            // Two days were used before it left; they are used still.
            #expect(story["permit"].limits?.promised == "2024-04-04")
            let refusal = Decision.refused(reasons: "a", appeal: "b")
            #expect(
                story.rejection("2024-03-12", .of("planning"), "permit", .decide(agrees ? refusal : .granted))
                    == .decidedElsewhere(item: "permit", authority: "省自然资源厅", agrees: agrees))
            try story.act("2024-03-12", .of("planning"), "permit", .decide(agrees ? .granted : refusal))
        }
    }

    @Test("Another level that is late is noted once, and nobody here gets a card for it")
    func lateAnswer() throws {
        var story = try LevelStories.referring()
        try story.pass(to: "2024-03-29")
        #expect(story.happened == ["permit:referralOverran"] && story.last[0].on == "2024-03-14")
    }

    @Test("Beyond a control value nothing is accepted; a second time it is a breach; within it all goes on")
    func controlValues() throws {
        let story = try LevelStories.measured()
        let kinds = story.events.compactMap { $0.item == "acceptance" ? $0.kind : nil }
        #expect(kinds.filter { $0 == .valuesMeasured }.count == 3)
        #expect(kinds.filter { $0 == .breachRecorded }.count == 1)
        #expect(story["acceptance"].status == .granted)
        #expect(story.state.standards.map(\.standard.fact) == ["area"])
    }

    @Test("A late firm loses a grade for each late service, and after three nobody selects it")
    func firmCredit() throws {
        var registry = LevelStories.firms(grade: .aa)
        let supervisor = Actor(role: .supervisor, name: "A")
        for number in 1...3 {
            let grades: [CreditGrade] = [.aa, .a, .b]
            #expect(registry.grade(ofFirm: "f-1", on: "2024-04-01") == grades[number - 1])
            let breach = Breach(
                owner: "f-1", kind: .lateService, caseID: "c", sequence: number, item: "survey", on: "2024-03-20")
            for event in try registry.decide(.breachRecorded(breach: breach), by: supervisor, on: "2024-03-20") {
                registry.evolve(by: event)
            }
        }
        #expect(registry.grade(ofFirm: "f-1", on: "2024-04-01") == .c)
        #expect(registry.bar(of: "f-1", on: "2024-04-01") == nil)
        let selection = FirmSelection(
            firm: "f-1", service: "survey", project: "p", item: "x", department: nil, method: .tender, payer: .owner)
        #expect(throws: RegistryRejection.firmOftenLate("f-1", count: 3, until: "2025-03-20")) {
            try registry.decide(.firmSelected(selection: selection), by: .owner, on: "2024-04-01")
        }
        #expect(registry.lastDayBarred(ofFirm: "f-1", on: "2025-03-21") == nil)
        #expect(registry.grade(ofFirm: "f-1", on: "2025-03-21") == .aa)
    }

    @Test("The breach of a firm names the firm, and not the owner")
    func firmBreach() throws {
        let story = try LevelStories.lateFirm()
        let event = try #require(story.events.last { $0.kind == .firmOverran })
        let breach = try #require(Breach(event, sequence: 9, of: "c", opening: story.opening))
        #expect(breach.owner == "f-1" && breach.kind == .lateService && breach.on == "2024-03-12")
    }
}
