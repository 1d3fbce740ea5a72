import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// What will happen by time alone if nobody does anything, earliest first.
    ///
    /// A clock that stands still has no timers of its own.
    public func timers(in state: CaseState) -> [CaseTimer] {
        guard state.status == .open || state.status == .completed else { return [] }
        var timers: [(due: LocalDate, index: Int, rank: Int, timer: CaseTimer)] = []
        for (index, item) in state.items.enumerated() {
            rules.forEachTimer(of: item, at: index) { due, effect, position in
                let participant = position.flatMap { item.joint?.participants[$0].id }
                let name = StepName(
                    item: item.id, participant: participant, attempt: item.attempt, round: item.joint?.round ?? 0,
                    step: effect.name)
                let timer = CaseTimer(
                    name: name.text, due: due, item: item.id, participant: participant, effect: effect)
                timers.append((due, index, effect.rank, timer))
            }
        }
        return timers.sorted { ($0.due, $0.index, $0.rank) < ($1.due, $1.index, $1.rank) }.map(\.timer)
    }

    /// The earliest date on which something happens by time; what a scheduler wakes up for.
    public func nextDue(in state: CaseState) -> LocalDate? { state.nextDue }
}
