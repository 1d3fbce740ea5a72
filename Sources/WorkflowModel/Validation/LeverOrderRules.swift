import WorkCalendar

/// With levers pulled the workflow still has no circle, its windows stand, and its stages close.
///
/// Each lever is tried with what it requires, and each pair of levers that change the order. What only three or more
/// bring about together is found when they are pulled.
struct LeverOrderRules {
    private let rules: LeverRules
    private let workflow: WorkflowDefinition
    /// Pairs are tried as long as they have no more items than this in all: enough for forty levers on two hundred items.
    private static let mostWork = 400_000

    init(_ rules: LeverRules) {
        self.rules = rules
        self.workflow = rules.draft.definition
    }

    private var levers: [LeverDraft] { rules.draft.levers }
    private var report: Report { rules.report }

    func check() {
        var isSound = [Bool](repeating: true, count: levers.count)
        for index in levers.indices {
            let others = rules.closures[index].dropFirst()
            // What a required lever breaks is reported there.
            guard others.allSatisfy({ isSound[$0] || $0 > index }) else {
                isSound[index] = false
                continue
            }
            isSound[index] = check(index)
        }
        let changers = Set(levers.indices.filter { isSound[$0] && levers[$0].lever.changesOrder })
        var work = 0
        for (first, second, pulled) in rules.compatiblePairs()
        where changers.contains(first) && changers.contains(second) && pulled.allSatisfy({ isSound[$0] }) {
            work += workflow.items.count
            if work > Self.mostWork { return }
            if let path = cycle(with: pulled.sorted()) {
                report.add(
                    .leversMakeCycle(levers[second].id, levers[first].id, path), at: levers[second].span,
                    notes: [(levers[first].span, Wording.otherLever)])
            }
        }
    }

    /// - Returns: whether the workflow stands with the lever.
    private func check(_ index: Int) -> Bool {
        let lever = levers[index]
        let pulled = rules.closures[index].sorted()
        let after = workflow.applying(pulled.map { levers[$0].lever })
        let order = Order(after)
        if let path = order.cycle() {
            report.add(.leverMakesCycle(lever.id, path), at: lever.span)
            return false
        }
        for target in workflow.targets where !order.leads(from: target.from, to: target.to) {
            report.add(.leverRemovesWindow(lever.id, target: target.id), at: lever.span)
            return false
        }
        for (stage, now) in zip(workflow.stages, after.stages) where stage.items.contains(where: \.isMilestoneItem) {
            if !now.items.contains(where: { $0.isMilestoneItem && $0.when != .never }) {
                report.add(.stageLosesMilestoneItem(stage.id), at: lever.span)
                return false
            }
        }
        return true
    }

    private func cycle(with pulled: [Int]) -> [String]? {
        Order(workflow.applying(pulled.map { levers[$0].lever })).cycle()
    }
}

/// What waits for what in a definition.
private struct Order {
    let items: [Item]
    let index: [String: Int]
    let graph: WaitingGraph

    init(_ workflow: WorkflowDefinition) {
        items = workflow.items
        index = Dictionary(zip(items.map(\.id), items.indices), uniquingKeysWith: { first, _ in first })
        graph = WaitingGraph(items, index)
    }

    /// One circle, by item, its first item again at the end.
    func cycle() -> [String]? {
        if let own = items.first(where: { item in item.after.contains { $0.item == item.id } }) {
            return [own.id, own.id]
        }
        guard let knot = graph.knots().first else { return nil }
        let path = graph.shortestCycle(from: knot[0], within: knot).map { items[graph.item[$0.node]].id }
        // Several phases of one joint item in a row are one step.
        let steps = path.indices.filter { $0 == 0 || path[$0] != path[$0 - 1] }.map { path[$0] }
        return steps + steps.prefix(1)
    }

    func leads(from: String, to: String) -> Bool {
        guard let from = index[from], let to = index[to] else { return false }
        return WaitingGraph.reached(from: graph.entry[from], by: graph.waiters())[graph.exit[to]]
    }
}

extension Lever {
    /// Whether pulling it can change what waits for what.
    fileprivate var changesOrder: Bool {
        effects.contains { effect in
            switch effect {
            case .merge, .add: true
            case .change(let change): change.after != nil || !change.alsoAfter.isEmpty
            }
        }
    }
}
