import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// What will happen by time alone if nobody does anything, earliest first.
    ///
    /// A clock that stands still has no timers of its own.
    public func timers(in state: CaseState) -> [CaseTimer] {
        let matters = rules.timers(ofMattersIn: state)
        guard state.status == .open || state.status == .completed else { return matters }
        var timers: [(index: Int, timer: CaseTimer)] = matters.map { (state.items.count, $0) }
        for index in state.items.indices {
            for timer in state.views.timers(of: index) ?? rules.timers(ofItemAt: index, in: state.items) {
                timers.append((index, timer))
            }
        }
        return timers.sorted { a, b in
            (a.timer.due, a.index, a.timer.effect.rank) < (b.timer.due, b.index, b.timer.effect.rank)
        }.map(\.timer)
    }

    /// Finds the timers anew of the items for which they may have changed since the last time, so that ``timers(in:)``
    /// need not.
    ///
    /// - Returns: whether any did; the end of a case, which ends all of them, is no change of an item.
    public func keepTimers(in state: inout CaseState) -> Bool {
        let items = state.items
        return state.views.keepTimers { rules.timers(ofItemAt: $0, in: items) }
    }

    /// The earliest date on which something happens by time; what a scheduler wakes up for.
    public func nextDue(in state: CaseState) -> LocalDate? { state.earliestDue }
}

extension CaseRules {
    /// Matters that are late one day, in the order in which they were opened.
    fileprivate func timers(ofMattersIn state: CaseState) -> [CaseTimer] {
        (state.oversight?.matters ?? []).compactMap { matter in
            overdueOn(matter).map { due in
                CaseTimer(
                    name: "\(matter.id):overdue-\(matter.level)", due: due, item: matter.item ?? "", participant: nil,
                    effect: .noteMatterOverdue)
            }
        }.sorted { $0.due < $1.due }
    }

    /// Everything that waits for a date in one item.
    fileprivate func timers(ofItemAt index: Int, in items: ItemStates) -> [CaseTimer] {
        var timers: [CaseTimer] = []
        forEachTimer(ofItemAt: index, in: items) { due, effect, position in
            let participant = position.flatMap { items[index].joint?.participants[$0].id }
            let name = StepName(
                item: items[index].id, participant: participant, attempt: items[index].attempt,
                round: items[index].round,
                step: effect.name)
            timers.append(
                CaseTimer(name: name.text, due: due, item: items[index].id, participant: participant, effect: effect))
        }
        return timers
    }
}
