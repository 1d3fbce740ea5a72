import WorkCalendar
import WorkflowModel

extension Deciding {
    /// What goes on by itself under new rules: items whose turn has come, opinions that are all in, stages and a case
    /// whose last open item is not asked for any more.
    mutating func settleAmended() {
        waiting += state.items.indices
        for index in state.items.indices where status(index) == .opining { concludeOpinions(index) }
        settle()
        for stage in state.stages.indices where state.stages[stage].closedOn == nil {
            let closing = rules.graph.closing[stage]
            guard state.stages[stage].startedOn != nil, !closing.isEmpty else { continue }
            let isClosed =
                switch rules.closes[stage] {
                case .allMilestoneItems: closing.allSatisfy { status($0).isFinished }
                case .anyMilestoneItem: closing.contains { status($0).isFinished }
                }
            if isClosed { emit(.stageClosed(stage: state.stages[stage].id), by: .system) }
        }
        guard state.status == .open, state.unfinished == 0 else { return }
        emit(.caseCompleted, by: .system)
        keepCertificatePromise()
    }
}
