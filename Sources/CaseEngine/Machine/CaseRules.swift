import WorkCalendar
import WorkflowModel

/// What a machine decides by; one object, so that decisions share it instead of copying it.
final class CaseRules: Sendable {
    let plan: Plan
    let calendar: WorkCalendar
    let policy: SupervisionPolicy
    let graph: CaseGraph

    init(plan: Plan, calendar: WorkCalendar, policy: SupervisionPolicy) {
        self.plan = plan
        self.calendar = calendar
        self.policy = policy
        self.graph = CaseGraph(plan: plan)
    }

    func item(_ index: Int) -> Item { plan.items[index].item }

    /// The legal limit of an item: its own, or the one the licensing law sets for its kind.
    func statutoryLimit(of item: Item) -> StatutoryLimit? {
        if let own = item.statutory { return own }
        switch item.kind {
        case .approval: return policy.approvalLimit
        case .joint: return policy.jointLimit
        default: return nil
        }
    }

    // MARK: Waiting

    /// The date from which an item may start; `nil` while something it waits for is outstanding.
    ///
    /// - Parameter reached: when what a link waits for happened, without the lag. Asked instead of the items
    ///   themselves, which are too large to be handed around for a date.
    func readyFrom(
        _ index: Int, openedOn: LocalDate, reached: (CaseGraph.Link) -> LocalDate?
    ) -> LocalDate? {
        var latest = openedOn
        for link in graph.starts[index] {
            guard let date = reached(link) else { return nil }
            latest = max(latest, addingLag(of: link, to: date))
        }
        return latest
    }

    /// The first link that keeps an item from finishing on that date: FF and SF not yet reached, or a predecessor that
    /// was revoked meanwhile.
    func linkBarringFinish(
        of index: Int, on today: LocalDate, reached: (CaseGraph.Link) -> LocalDate?
    ) -> CaseGraph.Link? {
        graph.finishes[index].first { link in
            reached(link).map { today < addingLag(of: link, to: $0) } ?? true
        } ?? graph.starts[index].first { link in link.dependency.type == .finishToStart && reached(link) == nil }
    }

    private func addingLag(of link: CaseGraph.Link, to date: LocalDate) -> LocalDate {
        link.dependency.lag.minutes == 0 ? date : calendar.adding(link.dependency.lag, to: date)
    }
}

extension CaseGraph.Link {
    /// When what it waits for happened in that item, which is its predecessor.
    func reached(in items: [ItemState], at index: Int) -> LocalDate? {
        if let phase = dependency.phase { return items[index].date(of: phase, start: waitsForStart) }
        return waitsForStart ? items[index].startedOn : items[index].finishedOn
    }
}

extension ItemState {
    /// When a phase of a joint item began or was over. A phase that was not needed is over when the item is.
    func date(of phase: JointPhase, start: Bool) -> LocalDate? {
        guard let joint else { return start ? startedOn : finishedOn }
        let span = joint.phases.first { $0.phase == phase } ?? joint.session(of: phase)
        if start { return span?.start ?? finishedOn }
        return span?.finish ?? finishedOn
    }
}

extension JointState {
    /// In a session all participants have their part at once.
    fileprivate func session(of phase: JointPhase) -> PhaseSpan? {
        guard case .participant = phase else { return nil }
        return phases.first { $0.phase == .session }
    }
}
