import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("A running case under another version")
struct MigrationTests {
    /// What the bureau handles, in small: a permit, works, a joint acceptance of three bodies.
    static func items(
        acceptance: [Participant] = [.make("fire"), .make("archive"), .make("planning")],
        permit: Item = .make("permit", limit: .working(20), after: [.on("start")]), extra: [Item] = []
    ) -> [Item] {
        [
            .milestone("start"), permit, .make("design", .applicant, after: [.on("start")]),
            .make(
                "acceptance", .joint, department: "housing", takes: nil, limit: .working(12), after: [.on("start")],
                joint: .make(acceptance)),
        ] + extra
    }

    static func workflow(_ items: [Item], version: String) -> WorkflowDefinition {
        let plan = Plan.make(items, materials: [.make("form")])
        return WorkflowDefinition(
            id: "test", version: version, title: both("test"), processType: 3, source: "test", calendar: "weekdays",
            facts: [], appliesWhen: nil, departments: [], materials: plan.workflow.materials, targets: [],
            stages: plan.workflow.stages)
    }

    static func order(_ map: [String: String] = [:], keep: [String] = []) -> CaseCommand {
        .migrate(MigrationOrder(version: "2", definition: "def", map: map, keep: keep, reason: "notice 7"))
    }

    static func story(_ old: [Item], _ new: [Item]) throws -> Story {
        var story = Story(Plan.resolve(workflow(old, version: "1"), facts: [:]))
        story.rulebook.versions = ["1": workflow(old, version: "1"), "2": workflow(new, version: "2")]
        try story.act("2024-03-01", .owner, .open(story.opening))
        return story
    }

    /// The acceptance waits for two of its three bodies when the version comes, which asks a fourth and not the third.
    static func atAJoin() throws -> Story {
        var story = try story(items(), items(acceptance: [.make("fire"), .make("planning"), .make("water")]))
        try story.act("2024-03-01", .owner, "acceptance", .file(materials: []))
        try story.act("2024-03-01", .window, "acceptance", .admit)
        try story.act("2024-03-04", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .pass))
        try story.act("2024-03-05", .designer, order())
        return story
    }

    private func asked(_ story: Story, _ item: String) -> [String] {
        story.machine.requests(in: story.state).filter { $0.item == item }.map {
            $0.participant ?? $0.party.department ?? ""
        }
    }

    private func migration(_ story: Story) throws -> CaseMigration {
        let found = story.events.compactMap { event in
            if case .caseMigrated(let migration) = event.what { migration } else { nil }
        }
        return try #require(found.last)
    }

    @Test("At a join the answers given stand, the bodies of the new version are asked, and the case goes on")
    func join() throws {
        var story = try Self.atAJoin()
        #expect(asked(story, "acceptance") == ["planning", "water"])
        let joint = try #require(story["acceptance"].joint)
        #expect(joint.participants.map(\.standing) == [.answered, .asked, .asked])
        #expect(joint.participants[2].askedOn == "2024-03-05")
        try story.act("2024-03-06", .of("planning"), "acceptance", .opine(participant: "planning", verdict: .pass))
        try story.act("2024-03-06", .of("water"), "acceptance", .opine(participant: "water", verdict: .pass))
        #expect(story["acceptance"].status == .merging)
        #expect(try story.replayed() == story.state)
    }

    @Test("The join closes by itself when the new version asks nobody who has not answered")
    func joinCloses() throws {
        var story = try Self.story(Self.items(), Self.items(acceptance: [.make("fire"), .make("archive")]))
        try story.act("2024-03-01", .owner, "acceptance", .file(materials: []))
        try story.act("2024-03-01", .window, "acceptance", .admit)
        for id in ["fire", "archive"] {
            try story.act("2024-03-04", .of(id), "acceptance", .opine(participant: id, verdict: .pass))
        }
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story.happened == ["caseMigrated", "acceptance:opinionsClosed"])
        #expect(try story.replayed() == story.state)
    }

    @Test("A body that answered and is not asked any more keeps its opinion on record")
    func former() throws {
        var story = try Self.story(Self.items(), Self.items(acceptance: [.make("fire"), .make("planning")]))
        try story.act("2024-03-01", .owner, "acceptance", .file(materials: []))
        try story.act("2024-03-01", .window, "acceptance", .admit)
        try story.act("2024-03-04", .of("archive"), "acceptance", .opine(participant: "archive", verdict: .pass))
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story["acceptance"].joint?.former.map(\.id) == ["archive"])
        #expect(story["acceptance"].joint?.former.first?.verdict == .pass)
        #expect(asked(story, "acceptance") == ["fire", "planning"])
    }

    @Test("A shorter promise counts from the same day, and every deadline that moved is in the log")
    func shorterLimit() throws {
        var story = try Self.story(
            Self.items(), Self.items(permit: .make("permit", limit: .working(15), after: [.on("start")])))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        #expect(story["permit"].limits?.promised == "2024-03-29")
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story["permit"].limits?.promised == "2024-03-22")
        let changes = try migration(story).deadlines.filter { $0.item == "permit" }
        #expect(changes.map(\.deadline) == [.blue, .yellow, .promised, .red])
        #expect(changes[2].from == "2024-03-29" && changes[2].to == "2024-03-22")
    }

    @Test("Items moved to another body: its people are asked from now on, and a card keeps whose time it was")
    func transfer() throws {
        var story = try Self.story(
            Self.items(permit: .make("permit", limit: .working(2), after: [.on("start")])),
            Self.items(permit: .make("permit", department: "bureau", limit: .working(2), after: [.on("start")])))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.pass(to: "2024-03-06")
        #expect(asked(story, "permit") == ["planning"])
        try story.act("2024-03-07", .designer, Self.order())
        #expect(asked(story, "permit") == ["bureau"])
        #expect(
            try migration(story).handed == [Handover(item: "permit", participant: nil, from: "planning", to: "bureau")])
        #expect(Set(story.state.cards.map(\.department)) == ["planning"])
        #expect(
            story.rejection("2024-03-07", .of("planning"), "permit", .decide(.granted))
                == .notYours(.department("bureau")))
        try story.act(
            "2024-03-07", .of("planning"), .explainCard(card: story.state.cards[0].id, explanation: "holidays"))
        try story.act("2024-03-07", .of("bureau"), "permit", .decide(.granted))
    }

    @Test("An item under way that the new version drops bars the migration, until it is mapped or kept")
    func dropped() throws {
        let new = Self.items().filter { $0.id != "permit" } + [.make("licence", after: [.on("start")])]
        var story = try Self.story(Self.items(), new)
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        #expect(
            story.rejection("2024-03-05", .designer, Self.order())
                == .migrationBarred([.goneUnderWay(item: "permit", status: .inReview)]))
        var mapped = story
        try mapped.act("2024-03-05", .designer, Self.order(["permit": "licence"]))
        #expect(mapped["licence"].status == .inReview && mapped["licence"].admittedOn == "2024-03-01")
        #expect(mapped.machine.plan.index(of: "permit") == nil)
        #expect(try mapped.replayed() == mapped.state)

        try story.act("2024-03-05", .designer, Self.order(keep: ["permit"]))
        #expect(story["permit"].status == .inReview && story["licence"].status == .ready)
        try story.act("2024-03-06", .of("planning"), "permit", .decide(.granted))
        #expect(try story.replayed() == story.state)
    }

    @Test("What is over stays on record, what nobody began vanishes, what is new is asked at once")
    func overAndUnbegun() throws {
        let old = Self.items(extra: [.make("report", .intermediary, after: [.on("permit")])])
        let new = Self.items().filter { $0.id != "permit" } + [.make("notice", .publicity, after: [.on("start")])]
        var story = try Self.story(old, new)
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act("2024-03-04", .of("planning"), "permit", .decide(.granted))
        #expect(story["report"].status == .ready)
        try story.act("2024-03-05", .designer, Self.order())
        let migration = try migration(story)
        #expect(migration.dropped == ["report"] && migration.added == ["notice"])
        #expect(migration.kept.map(\.item) == ["permit"] && migration.kept[0].isOver)
        #expect(story["permit"].status == .granted && story["notice"].status == .ready)
        #expect(story.machine.heldTimes(in: story.state).contains { $0.item == "permit" })
        #expect(try story.replayed() == story.state)
    }

    @Test("An item whose turn had come waits again when the new version puts another before it")
    func sentBack() throws {
        let new = Self.items(
            permit: .make("permit", after: [.on("design")]))
        var story = try Self.story(Self.items(), new)
        #expect(story["permit"].status == .ready)
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story["permit"].status == .planned && story["design"].readyOn == "2024-03-01")
        try story.act("2024-03-06", .owner, "design", .complete)
        #expect(story["permit"].status == .ready)
        #expect(story["design"].startedOn == "2024-03-01", "work that nobody began goes on since it could")
    }

    @Test("A case whose last open item is not asked for any more is complete")
    func completed() throws {
        var story = try Self.story(
            [.milestone("start"), .make("permit", after: [.on("start")])], [.milestone("start")])
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story.state.status == .completed)
        #expect(story.rejection("2024-03-06", .designer, Self.order()) == .caseClosed(.completed))
    }

    @Test("Only a designer puts a case under another version, with a reason, and never twice")
    func refused() throws {
        var story = try Self.story(Self.items(), Self.items())
        #expect(story.rejection("2024-03-05", .of("planning"), Self.order()) == .notYours(.designer))
        let silent = CaseCommand.migrate(MigrationOrder(version: "2", definition: "def", reason: " "))
        #expect(story.rejection("2024-03-05", .designer, silent) == .reasonMissing)
        try story.act("2024-03-05", .designer, Self.order())
        #expect(story.happened == ["caseMigrated"])
        #expect(story.rejection("2024-03-05", .designer, Self.order()) == .alreadyGoverned("2"))
    }

    @Test("Merged items: the one under way goes on, those that are over stay on record, two under way are refused")
    func merged() throws {
        let old = Self.items(extra: [.make("survey", after: [.on("start")])])
        let new = Self.items().filter { $0.id != "permit" } + [.make("both", after: [.on("start")])]
        let map = ["permit": "both", "survey": "both"]
        var story = try Self.story(old, new)
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .owner, "survey", .file(materials: []))
        #expect(
            story.rejection("2024-03-01", .designer, Self.order(map))
                == .migrationBarred([.takenTwice(by: "both", items: ["permit", "survey"])]))
        try story.act("2024-03-01", .window, "survey", .admit)
        try story.act("2024-03-04", .of("planning"), "survey", .decide(.granted))
        try story.act("2024-03-04", .designer, Self.order(map))
        #expect(story["both"].status == .filed && story["survey"].status == .granted)
        #expect(try story.replayed() == story.state)
    }

    /// A version that differs from the walks' own in everything that may differ.
    private func changed(_ plan: Plan, by random: inout SeededGenerator) -> [Item] {
        plan.workflow.items.compactMap { item -> Item? in
            let luck = Int.random(in: 0..<10, using: &random)
            if luck == 0, item.kind != .milestone { return nil }
            let participants = item.joint?.participants.filter { _ in Int.random(in: 0..<6, using: &random) > 0 }
            return .make(
                item.id, item.kind, department: luck < 3 ? "bureau" : item.department,
                takes: item.takes == nil ? nil : 2,
                limit: luck < 5 ? .working(3) : item.limit,
                after: item.after.filter { _ in Int.random(in: 0..<5, using: &random) > 0 },
                isMilestoneItem: item.isMilestoneItem, handling: item.handling, tolerance: item.tolerance,
                materials: item.materials, outputs: item.outputs, chain: luck < 4 ? [] : item.chain,
                silence: item.silence,
                joint: item.joint.map { joint in
                    let extra: [Participant] = luck == 7 ? [.make("weather")] : []
                    return JointProcedure(
                        kind: joint.kind, admittedBy: nil, admission: joint.admission,
                        participants: (participants ?? []).isEmpty ? joint.participants : (participants ?? []) + extra,
                        passes: .all, merge: joint.merge, rectification: joint.rectification,
                        conclusion: joint.conclusion)
                })
        }
    }

    @Test(
        "Whatever a case has been through, a migration loses no answer and the log alone gives its state",
        arguments: UInt64(1)...60)
    func random(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<Int(20 + seed * 2) { try walk.step() }
        guard walk.story.state.status == .open else { return }
        var random = SeededGenerator(seed: seed)
        let old = walk.plan.workflow
        let new = Self.workflow(changed(walk.plan, by: &random), version: "2")
        walk.story.rulebook.versions = [
            "1": old,
            "2": WorkflowDefinition(
                id: "test", version: "2", title: both("test"), processType: 3, source: "test", calendar: "weekdays",
                facts: [], appliesWhen: nil, departments: [], materials: old.materials, targets: [],
                stages: old.stages.map { stage in
                    Stage(
                        id: stage.id, title: stage.title, national: stage.national, lead: stage.lead, budget: nil,
                        closes: stage.closes, source: nil,
                        items: new.items.filter { item in stage.items.contains { $0.id == item.id } })
                }),
        ]
        let before = walk.story
        let underWay = before.state.items.filter { $0.isBegun && !$0.isOver }.map(\.id)
        var order = Self.order()
        if case .migrationBarred(let obstacles) = before.rejection(walk.date, .designer, order) {
            #expect(!obstacles.isEmpty)
            order = Self.order(keep: underWay)
        }
        try walk.story.act(walk.date, .designer, order)
        for item in before.state.items where item.isBegun {
            guard let place = walk.story.machine.plan.index(of: item.id) else {
                #expect(!item.status.isFinished, "seed \(seed): \(item.id) is lost")
                continue
            }
            let after = walk.story.state.items[place]
            if item.status.isFinished { #expect(after.status == item.status, "seed \(seed): \(item.id)") }
            #expect(
                after.signatures == item.signatures && after.documents == item.documents, "seed \(seed): \(item.id)")
            let given = (item.joint?.participants ?? []).filter { $0.verdict != nil }
            let kept = (after.joint?.participants ?? []) + (after.joint?.former ?? [])
            for one in given {
                #expect(kept.contains { $0.id == one.id && $0.verdict == one.verdict }, "seed \(seed): \(item.id)")
            }
        }
        #expect(try walk.story.replayed() == walk.story.state, "seed \(seed)")
        for _ in 0..<60 { try walk.step() }
        #expect(try walk.story.replayed() == walk.story.state, "seed \(seed)")
    }
}
