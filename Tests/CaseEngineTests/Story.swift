import Foundation
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// A case told in dates, actors and commands; it keeps every event and every transition that it went through.
struct Story {
    /// The rules that hold now.
    private(set) var machine: CaseMachine
    /// Where rules come from that a migration or a new calendar names.
    var rulebook = Rulebook()
    private let first: CaseMachine
    private(set) var state = CaseState()
    private(set) var events: [CaseEvent] = []
    /// The events of the last command.
    private(set) var last: [CaseEvent] = []
    private(set) var transitions = Transitions()
    /// What stands in the registry while the story goes on.
    var registry = Registry()
    /// What lies at hand outside the case while the story goes on.
    var atHand = MaterialsAtHand.none
    /// When the case would be finished at the earliest, as somebody has worked it out.
    var earliestFinish: LocalDate?

    init(_ plan: Plan, policy: SupervisionPolicy? = nil, calendar: WorkCalendar = .weekdays) {
        machine = CaseMachine(plan: plan, calendar: calendar, policy: policy)
        first = machine
    }

    /// Versions of the workflow and of the calendar by their names.
    struct Rulebook {
        var versions: [String: WorkflowDefinition] = [:]
        var calendars: [String: WorkCalendar] = ["1": .weekdays]

        func machine(_ governing: CaseGoverning) -> CaseMachine? {
            CaseMachine(governing, definition: { version, _ in versions[version] }, calendarOf: { calendars[$0] })
        }
    }

    /// A story whose case is open since that date.
    init(_ plan: Plan, opened date: LocalDate, policy: SupervisionPolicy? = nil) throws {
        self.init(plan, policy: policy)
        try act(date, .owner, .open(opening))
    }

    var opening: CaseOpening {
        CaseOpening(
            project: "2403-500107-04-01-123456", title: both("project"), owner: nil, workflow: "test", version: "1",
            definition: "abc", calendar: "weekdays", calendarVersion: "1",
            facts: ["area": .number(1.5), "has": .boolean(true), "kind": .text("x")])
    }

    mutating func act(_ date: LocalDate, _ actor: Actor, _ command: CaseCommand) throws {
        var decided = state
        last = try machine.perform(
            command, on: &decided,
            in: CaseContext(
                today: date, actor: actor, standing: Standing(registry), atHand: atHand,
                earliestFinish: earliestFinish),
            finding: rulebook.machine
        ).events
        for event in last {
            let before = state
            machine = try #require(machine.next(after: event, of: state, finding: rulebook.machine))
            machine.evolve(&state, by: event)
            transitions.note(event, from: before, to: state, routes: machine.rules)
        }
        events += last
    }

    mutating func act(_ date: LocalDate, _ actor: Actor, _ item: String, _ command: ItemCommand) throws {
        try act(date, actor, .item(item, command))
    }

    mutating func pass(to date: LocalDate) throws { try act(date, .system, .passTime) }

    /// Why a command is rejected; `nil` when it is not.
    func rejection(_ date: LocalDate, _ actor: Actor, _ command: CaseCommand) -> CaseRejection? {
        do throws(CaseRejection) {
            var state = state
            _ = try machine.perform(
                command, on: &state,
                in: CaseContext(
                    today: date, actor: actor, standing: Standing(registry), atHand: atHand,
                    earliestFinish: earliestFinish),
                finding: rulebook.machine)
            return nil
        } catch {
            return error
        }
    }

    func rejection(_ date: LocalDate, _ actor: Actor, _ item: String, _ command: ItemCommand) -> CaseRejection? {
        rejection(date, actor, .item(item, command))
    }

    subscript(item: String) -> ItemState { state.items[machine.plan.index(of: item)!] }

    /// What happened last, as `item:kind`, in order.
    var happened: [String] { last.map { ($0.item.map { "\($0):" } ?? "") + $0.kind.rawValue } }

    /// The state that reading the log anew gives.
    func replayed() throws -> CaseState {
        var state = CaseState()
        var machine = first
        for event in events {
            let read = try CaseEvent(kind: event.kind.rawValue, schema: CaseEvent.schema, payload: event.payload)
            #expect(read == event)
            #expect(read.payload == event.payload)
            machine = try #require(machine.next(after: read, of: state, finding: rulebook.machine))
            machine.evolve(&state, by: read)
        }
        return state
    }
}

/// The transitions that stories went through, by machine.
struct Transitions {
    var cases: Set<Transition<CaseStatus>> = []
    var work: Set<Transition<ItemStatus>> = []
    var application: Set<Transition<ItemStatus>> = []
    var joint: Set<Transition<ItemStatus>> = []
    var pause: Set<Transition<PauseKind?>> = []
    var matters: Set<Transition<MatterStatus?>> = []

    mutating func note(_ event: CaseEvent, from before: CaseState, to after: CaseState, routes: CaseRules) {
        guard let id = event.item, let index = routes.plan.index(of: id) else {
            if before.status != after.status { cases.insert(.init(before.status, event.kind, after.status)) }
            note(event, from: before.oversight?.matters ?? [], to: after.oversight?.matters ?? [])
            return
        }
        let from = before.items[index]
        let to = after.items[index]
        if event.kind.isBesideStatus || event.kind.isOversight {
            #expect(from.status == to.status, "\(event.kind) changes no status")
        } else {
            let row = Transition(from.status, event.kind, to.status)
            switch routes.item(index).route {
            case .milestone, .work: work.insert(row)
            case .application: application.insert(row)
            case .joint: joint.insert(row)
            }
        }
        if from.pause?.kind != to.pause?.kind || event.kind == .procedureOverran {
            pause.insert(.init(from.pause?.kind, event.kind, to.pause?.kind))
        }
    }

    private mutating func note(_ event: CaseEvent, from before: [Matter], to after: [Matter]) {
        for (position, matter) in after.enumerated() {
            let earlier = before.indices.contains(position) ? before[position] : nil
            if earlier != matter { matters.insert(.init(earlier?.status, event.kind, matter.status)) }
        }
    }

    mutating func formUnion(_ other: Transitions) {
        cases.formUnion(other.cases)
        work.formUnion(other.work)
        application.formUnion(other.application)
        joint.formUnion(other.joint)
        pause.formUnion(other.pause)
        matters.formUnion(other.matters)
    }
}
