import WorkCalendar

/// Targets have windows, something to count in them, and room for the budgets of their stages.
struct TargetRules {
    /// More than any city holds against a project; each costs a walk over the graph.
    static let mostTargets = 32

    private let draft: WorkflowDraft
    private let graph: WaitingGraph
    private let names: NameRules
    private let report: Report

    init(_ draft: WorkflowDraft, _ graph: WaitingGraph, _ names: NameRules, _ report: Report) {
        self.draft = draft
        self.graph = graph
        self.names = names
        self.report = report
    }

    func check() {
        if draft.targets.count > Self.mostTargets {
            report.add(
                .tooManyTargets(limit: Self.mostTargets), at: draft.targets[Self.mostTargets].fields.heading)
            return
        }
        for target in draft.targets { checkEnds(of: target) }
        // A dependency that names nothing is reported already; without it the order of items is not known.
        guard names.orderIsKnown else { return }
        let before = graph.waitsFor.map { $0.map(\.node) }
        let after = graph.waiters()
        for target in draft.targets { checkWindow(of: target, before: before, after: after) }
    }

    private func checkEnds(of target: Placed<Target>) {
        for (key, id) in [("from", target.value.from), ("to", target.value.to)] {
            if let index = names.itemIndex[id], draft.items[index].isConditional {
                report.add(
                    .windowMayVanish(item: id), at: target.fields.span(key),
                    notes: [(draft.items[index].fields.span("when"), Wording.conditionHere)])
            }
        }
    }

    private func checkWindow(of placed: Placed<Target>, before: [[Int]], after: [[Int]]) {
        let target = placed.value
        guard let from = names.itemIndex[target.from], let to = names.itemIndex[target.to] else { return }
        let later = WaitingGraph.reached(from: graph.entry[from], by: after)
        guard from != to, later[graph.exit[to]] else {
            report.add(.targetRunsBackwards(from: target.from, to: target.to), at: placed.fields.span("to"))
            return
        }
        let earlier = WaitingGraph.reached(from: graph.exit[to], by: before)
        var isInside = [Bool](repeating: false, count: draft.items.count)
        for node in graph.item.indices where later[node] && earlier[node] { isInside[graph.item[node]] = true }
        let counted = draft.items.indices.contains { index in
            isInside[index] && draft.items[index].item.kind != .milestone
                && target.counts.contains(draft.items[index].item.clock)
        }
        if !counted, !target.counts.subtracting([.none]).isEmpty {
            report.add(.windowWithoutCountedItem, at: placed.fields.span("counts"))
        }
        checkBudgets(of: placed, isInside)
    }

    /// The budgets of the stages that close inside the window have to fit into its limit.
    private func checkBudgets(of placed: Placed<Target>, _ isInside: [Bool]) {
        guard let limit = placed.value.limit else { return }
        var sum = 0
        var index = 0
        for stage in draft.stages {
            let items = index..<index + stage.items.count
            index = items.upperBound
            let closing = items.filter { draft.items[$0].item.isMilestoneItem }
            guard let budget = stage.stage.budget, budget.unit == limit.unit,
                stage.stage.national != StageRules.parallelLane, !closing.isEmpty,
                closing.allSatisfy({ isInside[$0] })
            else { continue }
            sum += budget.minutes
        }
        if sum > limit.minutes {
            report.add(
                .budgetsAboveTarget(
                    sum: DayAmount(minutes: sum, unit: limit.unit), limit: limit, target: placed.value.id),
                at: placed.fields.span("limit"))
        }
    }
}
