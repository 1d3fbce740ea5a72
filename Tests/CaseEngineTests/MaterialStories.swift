import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Forms of stages and materials from outside the case.
enum MaterialStories {
    private static func needs(_ ids: String...) -> [MaterialRequirement] {
        ids.map { MaterialRequirement(material: $0, isMinor: false) }
    }

    static var plan: Plan {
        .make(
            [
                .make("planning", limit: .working(10), materials: needs("form"), outputs: ["permit"]),
                .make("fire", limit: .working(5), materials: needs("form", "drawings")),
                .make(
                    "construction", after: [.on("planning")], isMilestoneItem: true,
                    materials: needs("form", "permit")),
                .make("report", .applicant),
            ], materials: ["form", "drawings", "permit"].map { .make($0) })
    }

    /// A form that lacks something, its one notice, and an item that joins it later.
    static func form() throws -> Story {
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, .intake(.receive(stage: "first", items: [], materials: [.of("form")])))
        try story.act("2024-03-05", .owner, .intake(.supply(intake: "first-1", materials: [.of("drawings")])))
        try story.act(
            "2024-03-05", .window,
            .intake(
                .notice(
                    intake: "first-1",
                    points: ["planning", "fire"].map { ItemPoints(item: $0, points: [Point("seal", material: "form")]) }
                )))
        try story.act("2024-03-06", .owner, .intake(.supply(intake: "first-1", materials: [.of("form", "sealed")])))
        try story.act("2024-03-07", .window, .intake(.admit(intake: "first-1", items: [])))
        try story.act("2024-03-08", .of("planning"), "planning", .decide(.granted))
        try story.act("2024-03-08", .of("planning"), "planning", .issue(documents: []))
        return story
    }

    /// A document of another case, asked for again all the same.
    static func lookedUp() throws -> Story {
        var story = try Story(plan, opened: "2024-03-04")
        story.atHand = MaterialsAtHand(
            offers: [ServedMaterial(.of("drawings"), from: .anotherCase(id: "other", number: 3, holder: "code"))],
            failures: [FailedLookup(material: "form", register: "forms", reason: "down")])
        try story.act("2024-03-04", .owner, "fire", .lookUp(materials: []))
        try story.act("2024-03-04", .owner, "fire", .file(materials: [.of("form")]))
        try story.act(
            "2024-03-05", .of("planning"), "fire",
            .noteRepeat(materials: ["drawings"], request: "requestCorrection"))
        return story
    }

    /// An item under review goes on at another body.
    static func transferred() throws -> Story {
        let workflow = plan.workflow
        let departments = ["planning", "county"].map { Department(id: $0, title: both($0)) }
        let moved = WorkflowDefinition(
            id: workflow.id, version: workflow.version, title: workflow.title, processType: workflow.processType,
            source: workflow.source, calendar: workflow.calendar, facts: [], appliesWhen: nil,
            departments: departments, materials: workflow.materials, targets: [], stages: workflow.stages)
        var story = Story(Plan.resolve(moved, facts: [:]))
        story.rulebook.versions["1"] = moved
        try story.act("2024-03-04", .owner, .open(story.opening))
        try story.act("2024-03-04", .owner, "planning", .file(materials: [.of("form")]))
        try story.act("2024-03-04", .window, "planning", .admit)
        try story.act(
            "2024-03-05", .designer,
            .transfer(TransferOrder(items: ["planning"], to: "county", basis: "no. 3", reason: "moved down")))
        return story
    }

    static func rejections() throws -> [CaseRejection] {
        var rejections: [CaseRejection?] = []
        var story = try Story(plan, opened: "2024-03-04")
        func next(_ actor: Actor, _ command: CaseCommand) {
            rejections.append(story.rejection("2024-03-04", actor, command))
        }
        next(.owner, .item("fire", .lookUp(materials: ["drawings"])))  // nothingAtHand
        next(.owner, .intake(.receive(stage: "third", items: [], materials: [])))  // unknownStage
        next(.owner, .intake(.receive(stage: "first", items: ["construction"], materials: [])))  // nothingToFile
        next(.window, .intake(.admit(intake: "first-1", items: [])))  // unknownIntake
        try story.act(
            "2024-03-04", .owner,
            .intake(.receive(stage: "first", items: ["planning"], materials: [.of("form")])))
        let seal = [ItemPoints(item: "planning", points: [Point("seal")])]
        next(.window, .intake(.admit(intake: "first-1", items: ["fire"])))  // notInIntake
        next(.window, .item("planning", .requestCorrection(points: [Point("seal")])))  // noticeThroughIntake
        try story.act("2024-03-04", .window, .intake(.notice(intake: "first-1", points: seal)))
        next(.window, .intake(.notice(intake: "first-1", points: seal)))  // intakeAlreadyNoticed
        let transferred = try transferred()
        rejections.append(
            transferred.rejection(
                "2024-03-06", .designer,
                .transfer(TransferOrder(items: ["planning"], to: "county", basis: "no. 3", reason: "again"))))
        return rejections.compactMap(\.self)
    }
}
