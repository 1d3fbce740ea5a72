import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// A project of two blocks that gets a third.
enum WorkStories {
    static let order = CaseCommand.addWork(WorkOrder(work: work("south"), reason: "二期"))

    static func all() throws -> [Story] { [try added()] }

    static func rejections() throws -> [CaseRejection] {
        let plain = try Story(.make([.make("permit")]), opened: "2024-03-04")
        let crowded = try opened(works: (1...Work.most).map { work("w\($0)") })
        let divided = try opened()
        return [
            plain.rejection("2024-03-05", .designer, order),
            crowded.rejection("2024-03-05", .designer, order),
            divided.rejection(
                "2024-03-05", .designer, .addWork(WorkOrder(work: work("east"), reason: "again"))),
            divided.rejection(
                "2024-03-05", .designer, .addWork(WorkOrder(work: work("South: 1"), reason: "named"))),
        ].compactMap(\.self)
    }

    static func work(_ id: String, facts: [String: FactValue] = [:]) -> Work {
        Work(id: id, title: LocalizedText(zh: id, en: id), facts: facts)
    }

    private static func workflow() -> WorkflowDefinition {
        func stage(_ id: String, _ national: Int, _ items: [Item]) -> Stage {
            Stage(
                id: id, title: both(id), national: national, lead: "housing", budget: nil, closes: .allMilestoneItems,
                source: nil, items: items)
        }
        let stages = [
            stage("entry", 1, [.make("filing", .filing)]),
            stage("building", 3, [.make("permit", limit: .working(20), after: [.on("filing")])]),
            stage("other", 5, [.make("register", after: [.on("permit")], scope: .project)]),
        ]
        return WorkflowDefinition(
            id: "test", version: "1", title: both("test"), processType: 3, source: "test", calendar: "weekdays",
            facts: [], appliesWhen: nil, departments: [], materials: [], targets: [], stages: stages)
    }

    static func opened(works: [Work] = [work("east"), work("west")]) throws -> Story {
        let workflow = workflow()
        let plan = Plan.resolve(workflow.divided(into: works, facts: [:]), facts: [:])
        var story = Story(plan)
        story.rulebook.versions = ["1": workflow]
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: both("project"), owner: nil, workflow: "test", version: "1",
            definition: "abc", calendar: "weekdays", calendarVersion: "1", facts: [:], works: works)
        try story.act("2024-03-04", .owner, .open(opening))
        return story
    }

    static func underWay() throws -> Story {
        var story = try opened()
        let planning = Actor.of("planning")
        try story.act("2024-03-04", .owner, "filing", .file(materials: []))
        try story.act("2024-03-04", .window, "filing", .admit)
        try story.act("2024-03-05", planning, "filing", .decide(.granted))
        try story.act("2024-03-05", .owner, "east:permit", .file(materials: []))
        try story.act("2024-03-05", .window, "east:permit", .admit)
        return story
    }

    static func added() throws -> Story {
        var story = try underWay()
        try story.act("2024-03-07", .designer, order)
        return story
    }
}

@Suite("A work that is added to a running case")
struct WorkAdditionTests {
    @Test("The new work starts where the others did, and nothing of theirs changes")
    func added() throws {
        let before = try WorkStories.underWay()
        let story = try WorkStories.added()
        #expect(story.happened == ["workAdded", "south:permit:becameReady", "stageStarted"])
        for id in ["filing", "east:permit", "west:permit"] { #expect(story[id] == before[id], "\(id)") }
        #expect(story["south:permit"].status == .ready)
        #expect(story.state.unfinished == before.state.unfinished + 1)
        guard case .workAdded(let addition)? = story.last.first?.what else { return #expect(Bool(false)) }
        #expect(addition.added == ["south:permit"])
        #expect(story.state.governing?.works.map(\.id) == ["east", "west", "south"])
        #expect(story.state.stages.map(\.id).contains("south:building"))
    }

    @Test("The log read anew gives the same case")
    func replayed() throws {
        let story = try WorkStories.added()
        #expect(try story.replayed() == story.state)
    }

    @Test("The case is complete with the new work, and not before")
    func completed() throws {
        var story = try WorkStories.added()
        let planning = Actor.of("planning")
        for id in ["west:permit", "south:permit"] {
            try story.act("2024-03-08", .owner, id, .file(materials: []))
            try story.act("2024-03-08", .window, id, .admit)
        }
        for id in ["east:permit", "west:permit"] { try story.act("2024-03-11", planning, id, .decide(.granted)) }
        #expect(story["register"].status == .planned)
        try story.act("2024-03-12", planning, "south:permit", .decide(.granted))
        #expect(story["register"].status == .ready)
    }

    @Test("What waits for all works and was begun keeps another one out")
    func passedOver() throws {
        var story = try WorkStories.underWay()
        let planning = Actor.of("planning")
        try story.act("2024-03-08", .owner, "west:permit", .file(materials: []))
        try story.act("2024-03-08", .window, "west:permit", .admit)
        for id in ["east:permit", "west:permit"] { try story.act("2024-03-11", planning, id, .decide(.granted)) }
        try story.act("2024-03-12", .owner, "register", .file(materials: []))
        #expect(
            story.rejection("2024-03-12", .designer, WorkStories.order)
                == .migrationBarred([.passedOver(item: "register")]))
    }

    @Test("A fact that the workflow does not know is refused")
    func unfit() throws {
        let story = try WorkStories.underWay()
        let order = WorkOrder(work: WorkStories.work("south", facts: ["height": .number(9)]), reason: "a")
        #expect(
            story.rejection("2024-03-07", .designer, .addWork(order)) == .migrationBarred([.factUnfit("height")]))
    }
}
