import WorkCalendar

/// Nothing waits for itself, directly or in a circle, and nothing waits twice.
struct OrderRules {
    private let draft: WorkflowDraft
    private let graph: WaitingGraph
    private let itemIndex: [String: Int]
    private let report: Report

    init(_ draft: WorkflowDraft, _ graph: WaitingGraph, _ names: NameRules, _ report: Report) {
        self.draft = draft
        self.graph = graph
        self.itemIndex = names.itemIndex
        self.report = report
    }

    func check() {
        for item in draft.items { check(item) }
        for knot in graph.knots() { reportCycle(in: knot) }
        checkLags()
    }

    private func check(_ item: ItemDraft) {
        var seen: Set<Dependency> = []
        for (dependency, span) in item.after {
            if dependency.item == item.id, !item.id.isEmpty {
                report.add(.itemWaitsForItself(item.id), at: span)
                continue
            }
            // Two lags of one relation are still one relation: the longer of them decides.
            let relation = Dependency(item: dependency.item, phase: dependency.phase, type: dependency.type)
            if !seen.insert(relation).inserted { report.add(.dependencyTwice(dependency.reference), at: span) }
        }
    }

    /// Reports one shortest cycle of a knot, starting at the item that stands first in the file.
    private func reportCycle(in knot: [Int]) {
        let cycle = graph.shortestCycle(from: knot[0], within: knot)
        let links = cycle.compactMap { step in
            step.edge.dependency.map { (item: draft.items[graph.item[step.node]], position: $0) }
        }
        guard let first = links.first else { return }
        let path = [first.item.id] + links.map { $0.item.after[$0.position].dependency.reference }
        let closed = path.dropLast() + [first.item.id]
        let notes = links.dropFirst().prefix(5).map { link in
            let (dependency, span) = link.item.after[link.position]
            return (span: span, message: Wording.waitsFor(link.item.id, dependency.reference))
        }
        report.add(.cycle(Array(closed)), at: first.item.after[first.position].span, notes: notes)
    }

    /// A dropped item hands its predecessors on with both lags added up, which needs one unit.
    ///
    /// The units met on the way to an item are followed through any number of items that may be dropped.
    private func checkLags() {
        var units = draft.items.map { item in
            item.handsOn ? Set(item.item.after.filter { $0.lag.minutes != 0 }.map(\.lag.unit)) : []
        }
        let waiters = waitersThatHandOn()
        var open = units.indices.filter { !units[$0].isEmpty }
        while let index = open.popLast() {
            for waiter in waiters[index] ?? [] where !units[index].isSubset(of: units[waiter]) {
                units[waiter].formUnion(units[index])
                open.append(waiter)
            }
        }
        for item in draft.items {
            for (dependency, span) in item.after where dependency.lag.minutes != 0 {
                guard let before = dropped(by: dependency) else { continue }
                if units[before].contains(where: { $0 != dependency.lag.unit }) {
                    report.add(.lagsOfTwoUnits(item: dependency.item), at: span)
                }
            }
        }
    }

    /// For each item that may be dropped those that wait for it and may hand on what it waits for.
    private func waitersThatHandOn() -> [Int: [Int]] {
        var waiters: [Int: [Int]] = [:]
        for (index, item) in draft.items.enumerated() where item.handsOn {
            for (dependency, _) in item.after {
                if let before = dropped(by: dependency) { waiters[before, default: []].append(index) }
            }
        }
        return waiters
    }

    /// The item whose own predecessors a dependency may come to, when what it names is not needed.
    private func dropped(by dependency: Dependency) -> Int? {
        guard let index = itemIndex[dependency.item] else { return nil }
        let item = draft.items[index]
        if item.mayBeDropped { return index }
        guard case .participant(let id) = dependency.phase, item.fields.lacks("admission") else { return nil }
        return item.participantIsConditional[id] == true ? index : nil
    }
}
