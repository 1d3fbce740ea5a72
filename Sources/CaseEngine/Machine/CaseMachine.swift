import WorkCalendar
import WorkflowModel

/// The rules of one case (办件规则), pure and deterministic: a command is decided into events, an event is folded into
/// the state, and what is to be done next is read from the state alone.
///
/// Made from the plan of the workflow version that governs the case, and cheap to make and to copy.
///
/// A case is complete when every item of its plan is over in its favour. Later checks (事后核查) may stay open, and so
/// may the handing out of what was granted; both are still accepted afterwards.
public struct CaseMachine: Sendable {
    let rules: CaseRules

    public init(plan: Plan, calendar: WorkCalendar, policy: SupervisionPolicy = .standard) {
        rules = CaseRules(plan: plan, calendar: calendar, policy: policy)
    }

    init(rules: CaseRules) { self.rules = rules }

    public var plan: Plan { rules.plan }
    public var calendar: WorkCalendar { rules.calendar }
    public var policy: SupervisionPolicy { rules.policy }

    /// The events that a command makes, all dated `context.today` and in the order in which they are to be appended.
    ///
    /// What was due before today has happened before the command, whether or not anybody sent
    /// ``CaseCommand/passTime`` in time: those events come first, each on its own date.
    ///
    /// - Returns: at least one event, except for `passTime` when nothing is due.
    public func decide(
        _ command: CaseCommand, on state: CaseState, in context: CaseContext
    ) throws(CaseRejection) -> [CaseEvent] {
        if let last = state.asOf, context.today < last { throw .dateBeforeLast(last) }
        if command == .passTime {
            guard state.status != .unopened else { throw .caseNotOpen }
            guard context.actor.role == .system else { throw .notYours(.system) }
            guard let due = state.nextDue, due <= context.today else { return [] }
            var state = state
            return fire(&state, through: context.today)
        }
        guard let due = state.nextDue, due < context.today else {
            return try decideNow(command, on: state, in: context)
        }
        var state = state
        let fired = fire(&state, through: context.today.adding(days: -1))
        return fired + (try decideNow(command, on: state, in: context))
    }

    private func decideNow(
        _ command: CaseCommand, on state: CaseState, in context: CaseContext
    ) throws(CaseRejection) -> [CaseEvent] {
        var deciding = Deciding(rules: rules, state: state, today: context.today, actor: context.actor)
        try deciding.decide(command)
        deciding.settle()
        return deciding.events
    }

    /// Fires what is due up to a date, earliest first, and folds it into the state.
    private func fire(_ state: inout CaseState, through date: LocalDate) -> [CaseEvent] {
        var fired: [CaseEvent] = []
        while let due = state.nextDue, due <= date, let timer = rules.nextTimer(in: state) {
            // What became due in the past, such as the limit of a deemed admission, happens when that is known.
            let on = max(timer.due, state.asOf ?? timer.due)
            var deciding = Deciding(rules: rules, state: state, today: on, actor: .system)
            deciding.fire(timer)
            deciding.settle()
            for event in deciding.events { evolve(&state, by: event) }
            fired += deciding.events
        }
        return fired
    }
}
