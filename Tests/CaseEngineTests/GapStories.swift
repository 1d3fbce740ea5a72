import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Changes to what one department granted, and refusals of what came with them.
enum GapStories {
    private static let form = Material.make("form")

    static func changes() throws -> [Story] {
        try [changed(from: .granted), changed(from: .issued), changed(from: .checked)]
    }

    private static func changed(from status: ItemStatus) throws -> Story {
        let item = Item.make(
            "item", handling: status == .checked ? .commitment : .ordinary, outputs: status == .granted ? [] : ["paper"]
        )
        var story = try Story(
            .make([item], materials: [form, .make("paper")]), opened: "2024-03-04")
        let planning = Actor.of("planning")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        try story.act("2024-03-04", planning, "item", .admit)
        try story.act("2024-03-05", planning, "item", .decide(.granted))
        if status != .granted { try story.act("2024-03-06", .window, "item", .issue(documents: [])) }
        if status == .checked { try story.act("2024-03-07", planning, "item", .check(finding: "kept")) }
        try story.act("2024-04-01", .owner, "item", .reopen(materials: [.of("form")], reason: "another storey"))
        try story.act(
            "2024-04-02", planning, "item", .decide(.refused(reasons: "too high", appeal: "within 60 days")))
        try story.act("2024-04-03", .owner, "item", .reopen(materials: [.of("form", "b")], reason: "another window"))
        try story.act("2024-04-04", .owner, "item", .withdraw(reason: "no more"))
        return story
    }

    static func rejections() throws -> [CaseRejection] {
        var registry = Registry()
        try registry.officer("Feng", [.editor], of: "designer")
        try registry.enter(
            .firmRegistered(
                firm: Firm(
                    code: "F1", name: "Survey",
                    services: [
                        FirmService(service: "survey", time: .working(5), fee: "1", standard: "s")
                    ],
                    qualifications: [
                        Qualification(name: "A", services: ["survey"], from: "2024-01-01", until: "2024-12-31")
                    ], affiliations: [])))
        try registry.enter(
            .firmSelected(
                selection: FirmSelection(
                    firm: "F1", service: "survey", project: RegistryStories.project, item: "survey", department: nil,
                    method: .bidding, payer: .department)))
        let items: [Item] = [
            .make("survey", .intermediary), .make("report", .intermediary),
            .make("permit") { $0.visit = true },
        ]
        var story = Story(.make(items))
        story.registry = registry
        try story.act("2024-03-04", .owner, .open(RegistryStories.opening()))
        var found: [CaseRejection?] = [
            story.rejection("2024-03-04", .owner, "report", .begin),
            story.rejection("2024-03-04", .owner, "permit", .file(materials: [], arrival: Arrival(channel: .home))),
            story.rejection("2024-03-04", .designer, MigrationTests.order()),
        ]
        try story.act("2024-03-04", .owner, "permit", .file(materials: []))
        try story.act("2024-03-04", .of("planning"), "permit", .admit)
        found.append(story.rejection("2024-03-05", .of("planning"), "permit", .decide(.granted)))
        try story.registry.enter(
            .listed(subject: .firm("F1"), listing: Listing(list: .black, reason: "fraud", until: nil)), on: "2024-03-05"
        )
        found.append(story.rejection("2024-03-05", .owner, "survey", .begin))
        return found.compactMap(\.self)
    }
}
