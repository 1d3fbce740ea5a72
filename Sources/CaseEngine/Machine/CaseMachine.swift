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

    /// - Parameter policy: in place of the one in the workflow's text.
    public init(plan: Plan, calendar: WorkCalendar, policy: SupervisionPolicy? = nil) {
        rules = CaseRules(plan: plan, calendar: calendar, policy: policy ?? plan.workflow.supervision)
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
        var state = state
        return try perform(command, on: &state, in: context)
    }

    /// Decides a command and folds its events into the state, at the cost of folding alone.
    ///
    /// - Returns: what ``decide(_:on:in:)`` returns; the state is as ``evolve(_:by:)`` makes it by these events.
    /// - Throws: the state is then as it was.
    public func perform(
        _ command: CaseCommand, on state: inout CaseState, in context: CaseContext
    ) throws(CaseRejection) -> [CaseEvent] {
        if let last = state.asOf, context.today < last { throw .dateBeforeLast(last) }
        if case .passTime = command {
            guard state.status != .unopened else { throw .caseNotOpen }
            guard context.actor.role == .system else { throw .notYours(.system) }
            guard let due = state.earliestDue, due <= context.today else { return [] }
            return fire(&state, through: context.today)
        }
        guard let due = state.earliestDue, due < context.today else {
            return try performNow(command, on: &state, in: context)
        }
        let before = state
        let fired = fire(&state, through: context.today.adding(days: -1))
        do throws(CaseRejection) {
            return fired + (try performNow(command, on: &state, in: context))
        } catch {
            state = before
            throw error
        }
    }

    private func performNow(
        _ command: CaseCommand, on state: inout CaseState, in context: CaseContext
    ) throws(CaseRejection) -> [CaseEvent] {
        var deciding = taking(
            &state, on: context.today, by: context.actor, standing: context.standing, atHand: context.atHand,
            earliestFinish: context.earliestFinish)
        defer { swap(&state, &deciding.state) }
        do throws(CaseRejection) {
            try deciding.decide(command)
        } catch {
            precondition(deciding.events.isEmpty, "a command is refused before it makes an event")
            throw error
        }
        deciding.settle()
        return deciding.events
    }

    /// Fires what was due before a date.
    func fireOverdue(_ state: inout CaseState, before date: LocalDate) -> [CaseEvent] {
        guard let due = state.earliestDue, due < date else { return [] }
        return fire(&state, through: date.adding(days: -1))
    }

    /// Fires what is due up to a date, earliest first, and folds it into the state.
    private func fire(_ state: inout CaseState, through date: LocalDate) -> [CaseEvent] {
        var fired: [CaseEvent] = []
        while let due = state.earliestDue, due <= date {
            // What became due in the past, such as the limit of a deemed admission, happens when that is known.
            let on = max(due, state.asOf ?? due)
            let isItems = state.nextDue == due
            let timer = isItems ? rules.nextTimer(in: state) : nil
            let matter = isItems ? nil : rules.nextMatter(in: state)
            guard timer != nil || matter != nil else { break }
            var deciding = taking(&state, on: on, by: .system, standing: .unregistered)
            if let timer { deciding.fire(timer) }
            if let matter { deciding.fireMatter(matter) }
            deciding.settle()
            swap(&state, &deciding.state)
            fired += deciding.events
        }
        return fired
    }

    /// A decision that holds the state while it lasts: nobody else does, so it changes in place.
    func taking(
        _ state: inout CaseState, on date: LocalDate, by actor: Actor, standing: Standing,
        atHand: MaterialsAtHand = .none, earliestFinish: LocalDate? = nil
    ) -> Deciding {
        var deciding = Deciding(
            rules: rules, state: CaseState(), today: date, actor: actor, standing: standing, atHand: atHand,
            earliestFinish: earliestFinish)
        swap(&state, &deciding.state)
        return deciding
    }
}
