import WorkCalendar
import WorkflowModel

/// A project that is divided into works gets another one while its case runs: everything of the others stands.
///
/// - Source: 工程建设项目审批管理系统数据共享交换标准, where works (GCDM) are told one by one; who asks for it is assumed.
extension CaseMachine {
    func addWork(
        _ order: WorkOrder, on state: inout CaseState, in context: CaseContext,
        _ successor: (CaseGoverning) -> CaseMachine?
    ) throws(CaseRejection) -> ([CaseEvent], CaseMachine) {
        var next = try amendable(state, in: context, reason: order.reason)
        let work = order.work
        guard !next.works.isEmpty else { throw .notDivided }
        guard work.isNamed else { throw .workUnnamed(work.id) }
        let isKnown = next.works.contains { $0.id == work.id || $0.code != nil && $0.code == work.code }
        if isKnown { throw .workExists(work.id) }
        guard next.works.count < Work.most else { throw .tooManyWorks(limit: Work.most) }
        try require(work.facts)
        for applied in state.standards {
            guard case .number(let value)? = work.facts[applied.standard.fact] else { continue }
            if !applied.standard.admits(value) { throw .standardExceeded(value: value, standard: applied) }
        }
        next.works.append(work)
        guard let machine = successor(next) else { throw .versionNotAtHand(next.version) }
        let passed = passedOver(in: state, by: machine.rules)
        guard passed.isEmpty else { throw .migrationBarred(passed) }
        let added = machine.rules.items.map(\.id).filter { rules.index(of: $0) == nil }
        let addition = WorkAddition(work: work, added: added, reason: order.reason)
        return (machine.amend(&state, .workAdded(addition: addition), in: context), machine)
    }

    /// The facts are numbers, and such as the workflow knows.
    private func require(_ facts: [String: FactValue]) throws(CaseRejection) {
        for (id, value) in facts.sorted(by: { $0.key < $1.key }) {
            if case .number(let number) = value, !number.isFinite { throw .factNotFinite(id) }
            guard plan.workflow.facts.contains(where: { $0.id == id && $0.type.allows(value) }) else {
                throw .migrationBarred([.factUnfit(id)])
            }
        }
    }

    /// What was begun, or is over, and would wait for the new work.
    private func passedOver(in state: CaseState, by next: CaseRules) -> [MigrationObstacle] {
        next.items.indices.compactMap { index in
            guard let place = rules.index(of: next.items[index].id), state.items.indices.contains(place) else {
                return nil
            }
            let item = state.items[place]
            let links =
                (item.isBegun ? next.graph.starts[index] : [])
                + (item.status.isFinished ? next.graph.finishes[index] : [])
            let waits = links.contains { rules.index(of: next.items[$0.predecessor].id) == nil }
            return waits ? .passedOver(item: item.id) : nil
        }
    }
}

extension CaseRules {
    /// Takes the new work in beside the others.
    func add(_ addition: WorkAddition, to state: inout CaseState, on date: LocalDate) {
        state.governing?.works.append(addition.work)
        arrange(&state, renaming: [:], fresh: [], on: date)
    }
}

extension Work {
    /// Whether its id can stand in the ids of items: as in a project's file.
    fileprivate var isNamed: Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
    }
}
