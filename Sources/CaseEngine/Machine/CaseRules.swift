import WorkCalendar
import WorkflowModel

/// What a machine decides by; one object, so that decisions share it instead of copying it.
final class CaseRules: Sendable {
    let plan: Plan
    let calendar: WorkCalendar
    let policy: SupervisionPolicy
    let graph: CaseGraph
    /// In plan order.
    let items: [ItemRule]
    /// Of the items, shared by the states of all cases.
    let ids: [String]
    /// When each stage closes, in the order of the workflow.
    let closes: [Stage.ClosingRule]
    /// Whether any department is told of results.
    let pushesResults: Bool
    /// Whether the workflow has a comprehensive window, which alone hands out what the applicant gets.
    let hasWindow: Bool
    /// The plan's own are in another module, which takes a copy of the whole plan to ask.
    private let positions: [String: Int]

    /// - Parameter leftovers: ids of items that were over when a version came that does not have them.
    init(plan: Plan, calendar: WorkCalendar, policy: SupervisionPolicy, leftovers: Set<String> = []) {
        self.plan = plan
        self.calendar = calendar
        self.policy = policy
        self.graph = CaseGraph(plan: plan, leftovers: leftovers)
        self.ids = plan.items.map(\.id)
        self.closes = plan.workflow.stages.map(\.closes)
        self.positions = Dictionary(uniqueKeysWithValues: plan.items.enumerated().map { ($1.id, $0) })
        self.hasWindow = plan.workflow.departments.contains { $0.id == Self.window }
        self.pushesResults = plan.items.contains { $0.item.provisions.supervisedBy != nil }
        self.items = plan.items.map { planned in
            ItemRule(
                planned.item, statutoryLimit: Self.statutoryLimit(of: planned.item, under: policy),
                isLeftover: leftovers.contains(planned.id))
        }
    }

    func item(_ index: Int) -> ItemRule { items[index] }

    /// The position in the plan of the item with that id.
    func index(of id: String) -> Int? { positions[id] }

    private static func statutoryLimit(of item: Item, under policy: SupervisionPolicy) -> StatutoryLimit? {
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
    /// - Complexity: O(n), n = what it waits for.
    func readyFrom(_ index: Int, openedOn: LocalDate, in items: ItemStates) -> LocalDate? {
        var latest = openedOn
        for link in graph.starts[index] {
            guard let date = reached(link, in: items) else { return nil }
            latest = max(latest, addingLag(of: link, to: date))
        }
        return latest
    }

    /// The first link that keeps an item from finishing on that date: FF and SF not yet reached, or a predecessor that
    /// was revoked meanwhile.
    func linkBarringFinish(
        of index: Int, on today: LocalDate, in items: ItemStates
    ) -> CaseGraph.Link? {
        graph.finishes[index].first { link in
            reached(link, in: items).map { today < addingLag(of: link, to: $0) } ?? true
        } ?? graph.starts[index].first { link in !link.waitsForStart && reached(link, in: items) == nil }
    }

    private func addingLag(of link: CaseGraph.Link, to date: LocalDate) -> LocalDate {
        if link.lag.minutes == 0 { return date }
        let start = link.isFromOpening ? calendar.workingDay(onOrAfter: date.adding(days: 1)).adding(days: -1) : date
        return calendar.adding(link.lag, to: start)
    }

    /// When what a link waits for happened, without the lag.
    private func reached(_ link: CaseGraph.Link, in items: ItemStates) -> LocalDate? {
        if link.isOfItem {
            let marks = items.marks[link.predecessor]
            return link.waitsForStart ? marks.startedOn : marks.finishedOn
        }
        guard let phase = graph.dependencies[link.number].phase else { return nil }
        return items[link.predecessor].date(of: phase, start: link.waitsForStart)
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
