import WorkCalendar
import WorkflowModel

/// A time in which everybody else does as they are asked (其间): so that a long story tells what is special and leaves
/// the rest to its course.
///
/// Each request is answered in the project's favour after its likely duration, in the order of the days on which that is
/// so; items that are left out are nobody's business meanwhile.
struct Meanwhile: Sendable {
    let until: LocalDate
    let except: Set<String>
    let span: TextSpan
    let place: Diagnostic.Place

    /// What is done next, or `nil` when nothing is left to do by then.
    func next(machine: CaseMachine, state: CaseState) -> Scenario.Act? {
        let today = state.asOf ?? .earliest
        var first: (date: LocalDate, request: WorkRequest)?
        for request in machine.requests(in: state) where !except.contains(request.item) {
            let date = max(today, machine.calendar.adding(request.estimate.likely, to: request.since))
            if date <= until, first.map({ date < $0.date }) ?? true { first = (date, request) }
        }
        if let due = machine.nextDue(in: state), due <= until, first.map({ max(due, today) < $0.date }) ?? true {
            return act(on: max(due, today), by: .system, .passTime)
        }
        guard let (date, request) = first else { return nil }
        let answer = request.favourableAnswer(document: request.id)
        return act(on: date, by: actor(request, machine, state), .item(request.item, answer))
    }

    private func act(on date: LocalDate, by actor: Actor, _ command: CaseCommand) -> Scenario.Act {
        Scenario.Act(on: date, by: actor, command: command, place: place, span: span)
    }

    /// Officers of a department by their links, so that nobody signs twice in a row.
    private func actor(_ request: WorkRequest, _ machine: CaseMachine, _ state: CaseState) -> Actor {
        switch request.party {
        case .applicant: return Actor(role: .applicant, name: Actor.Role.applicant.title.zh)
        case .window: return Actor(role: .window, name: Actor.Role.window.title.zh)
        case .supervisor: return Actor(role: .supervisor, name: Actor.Role.supervisor.title.zh)
        case .department(let id):
            let title = machine.plan.workflow.departments.first { $0.id == id }?.title.zh ?? id
            let signed = machine.plan.index(of: request.item).map { state.items[$0].signatures.count } ?? 0
            let officers = ["甲", "乙", "丙"]
            return Actor(role: .department, department: id, name: title + officers[min(signed, officers.count - 1)])
        }
    }
}
