import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

extension Registry {
    /// Makes an entry; a registry is told in entries as a case is in commands.
    @discardableResult
    mutating func enter(_ entry: RegistryEntry, on date: LocalDate = "2024-03-01", by actor: Actor = .of("office"))
        throws -> [RegistryEvent]
    {
        let events = try decide(entry, by: actor, on: date)
        for event in events {
            let read = try RegistryEvent(
                kind: event.kind.rawValue, schema: RegistryEvent.schema, payload: event.payload)
            #expect(read == event)
            evolve(by: read)
        }
        return events
    }

    func rejection(_ entry: RegistryEntry, on date: LocalDate = "2024-03-01", by actor: Actor = .of("office"))
        -> RegistryRejection?
    {
        do throws(RegistryRejection) {
            _ = try decide(entry, by: actor, on: date)
            return nil
        } catch {
            return error
        }
    }

    mutating func officer(
        _ name: String, _ roles: Set<OfficerRole>, of department: String = "planning", deputy: String? = nil
    ) throws {
        try enter(
            .officerRegistered(
                officer: Officer(department: department, name: name, roles: roles, deputy: deputy)))
    }

    mutating func away(
        _ name: String, of department: String = "planning", _ from: LocalDate, _ through: LocalDate
    ) throws {
        try enter(
            .absenceReported(
                department: department, name: name, absence: Absence(from: from, through: through, reason: "leave")))
    }
}

extension Assignment {
    static func make(
        _ id: String = "as-1", agent: String = "Agent", project: String? = "2403-500107-04-01-123456",
        owner: String? = nil, actions: [AgentAction] = [], stages: [String] = [], from: LocalDate = "2024-03-01",
        until: LocalDate = "2024-12-31"
    ) -> Assignment {
        Assignment(
            id: id, agent: agent, project: project, owner: owner, actions: actions, stages: stages, from: from,
            until: until)
    }
}

/// Cases that the registry has a say in.
enum RegistryStories {
    static let project = "2403-500107-04-01-123456"
    static let ownerName = "山城置业有限公司"

    /// A permit with a chain of two, a map that may follow under tolerance, and a filing on commitment.
    static let plan = Plan.make(
        [
            .make(
                "permit", tolerance: .working(10),
                materials: [
                    MaterialRequirement(material: "form", isMinor: false),
                    MaterialRequirement(material: "map", isMinor: true),
                ], outputs: ["certificate"], chain: ["handler", "approver"]),
            .make("promise", .filing, handling: .commitment),
            .make(
                "visit", .joint, takes: 1,
                joint: .make(kind: .inspection, admission: nil, [.make("fire")], merge: nil, conclusion: nil)),
        ], materials: [.make("form"), .make("map"), .make("certificate")])

    static func opening(_ facts: [String: FactValue] = [:]) -> CaseOpening {
        CaseOpening(
            project: project, title: both("project"), owner: both(ownerName), workflow: "test", version: "1",
            definition: "abc", calendar: "weekdays", calendarVersion: "1", facts: facts)
    }

    static func open(_ registry: Registry, _ facts: [String: FactValue] = [:]) throws -> Story {
        var story = Story(plan)
        story.registry = registry
        try story.act("2024-03-04", .owner, .open(opening(facts)))
        return story
    }

    /// Opened by the rule, closed and opened again by hand.
    static func greenChannel() throws -> Story {
        var registry = Registry()
        try registry.enter(.keyProjectNamed(project: project, reason: "city list 2024"))
        var story = try open(registry)
        try story.act("2024-03-05", .window, .closeGreenChannel(reason: "the owner asked for it"))
        try story.act("2024-03-06", .window, .openGreenChannel(reason: nil))
        return story
    }

    /// One of each rejection that the registry is the reason for.
    static func rejections() throws -> [CaseRejection] {
        var registry = Registry()
        try registry.officer("Li", [.handler], deputy: "Sun")
        try registry.officer("Sun", [.reviewer])
        try registry.officer("Zhao", [.head])
        try registry.away("Li", "2024-03-04", "2024-03-08")
        try registry.enter(
            .windowAuthorized(authority: WindowAuthority(item: "promise", department: "planning", level: .admit)))
        try registry.enter(.agentRegistered(agent: Agent(name: "Agent")))
        try registry.enter(.agentRegistered(agent: Agent(name: "Other")))
        try registry.enter(.agentRegistered(agent: Agent(name: "Past")))
        try registry.enter(.agentAssigned(assignment: .make(actions: [.supply]), reason: nil))
        try registry.enter(.agentAssigned(assignment: .make("as-2", agent: "Past", until: "2024-03-03"), reason: nil))
        try registry.enter(
            .breachRecorded(
                breach: Breach(
                    owner: ownerName, kind: .tolerance, caseID: "before", sequence: 9, item: "permit", on: "2023-06-01")
            )
        )
        try registry.enter(
            .regionAssessed(
                assessment: RegionalAssessment(
                    id: "ra-1", topic: "soil", facts: ["regionAssessed"], zones: ["east"], document: "No. 1",
                    from: "2023-01-01", until: "2024-12-31")))
        var story = try open(registry)
        var rejections: [CaseRejection?] = []
        func next(_ actor: Actor, _ command: CaseCommand) {
            rejections.append(story.rejection("2024-03-04", actor, command))
        }
        func next(_ actor: Actor, _ item: String, _ command: ItemCommand) { next(actor, .item(item, command)) }

        let file = ItemCommand.file(materials: [.of("form")])
        next(.of("planning", "Wang"), "permit", .admit)  // unknownOfficer
        next(.of("planning", "Li"), "permit", .admit)  // officerAbsent
        next(.of("planning", "Sun"), "permit", .revoke(reason: "a", basis: "b"))  // officerRoleMissing
        next(.window, "permit", .admit)  // windowNotAuthorized
        next(Actor(role: .agent, name: "Nobody"), "permit", file)  // unknownAgent
        next(Actor(role: .agent, name: "Other"), "permit", file)  // agentNotAssigned
        next(Actor(role: .agent, name: "Past"), "permit", file)  // assignmentNotInForce
        next(.agent, "permit", file)  // outsideAssignment
        next(.owner, "permit", file)  // toleranceBarred
        next(.window, .closeGreenChannel(reason: nil))  // greenChannelUnchanged
        next(.window, .openGreenChannel(reason: nil))  // greenChannelNotByRule
        try story.act("2024-03-04", .owner, "promise", .file(materials: []))
        next(.owner, "promise", .commit(signer: "Owner"))  // commitmentBarred
        try story.act("2024-03-04", .owner, "visit", .file(materials: []))
        next(
            .of("planning", "Zhao"), "visit",
            .holdSession(votes: [SessionVote(participant: "fire", verdict: .pass, signer: "Qian")]))
        // regionNotAssessed, in no zone and in another one.
        for facts: [String: FactValue] in [
            ["regionAssessed": .boolean(true)], ["regionAssessed": .boolean(true), "zone": .text("west")],
        ] {
            var other = Story(plan)
            other.registry = registry
            rejections.append(other.rejection("2024-03-04", .owner, .open(opening(facts))))
        }
        return rejections.compactMap(\.self)
    }
}
