import Scheduling
import WorkflowModel

/// Longest chains, item by item.
extension CertainView {
    typealias Way = (source: Int, activity: Int?, arc: ReformNetwork.Arc)

    /// For each activity the longest chain that ends with it, for each item the longest that enters it, and by which way;
    /// −1 where none does.
    ///
    /// - Parameter alternatives: whether to follow what open levers make items wait for instead; there is no one way then.
    func forward(alternatives: Bool) -> (lengths: [Int], entries: [Int], ways: [Way?]) {
        var lengths = [Int](repeating: -1, count: network.activities.count)
        var entries = [Int](repeating: -1, count: network.nodes.count)
        var ways = [Way?](repeating: nil, count: network.nodes.count)
        for node in order(possible: alternatives) {
            if node == network.from {
                entries[node] = 0
                for activity in network.nodes[node].last { lengths[activity] = 0 }
                continue
            }
            for arc in certainArcs(into: node) {
                let exit = exit(of: arc.source, arc.phase, lengths, entries)
                if exit.length > entries[node] {
                    entries[node] = exit.length
                    ways[node] = (arc.source, exit.activity, arc)
                }
            }
            if alternatives, let least = leastEntry(of: node, lengths, entries) { entries[node] = least }
            guard entries[node] >= 0, case .planned = standing(of: node) else { continue }
            var reached = entries[node]
            for layer in network.nodes[node].layers {
                for activity in layer { lengths[activity] = reached + shortest[activity] }
                reached = layer.map { lengths[$0] }.max() ?? reached
            }
        }
        return (lengths, entries, ways)
    }

    /// The longest chain out of an item, or out of a phase of it, and the activity that it leaves; none when it leaves the
    /// item as a whole.
    func exit(
        of node: Int, _ phase: JointPhase?, _ lengths: [Int], _ entries: [Int]
    ) -> (length: Int, activity: Int?) {
        guard entries[node] >= 0 else { return (-1, nil) }
        let source = network.nodes[node]
        switch standing(of: node) {
        case .uncertain: return (-1, nil)
        case .passed: return (entries[node], nil)
        // What a merge makes of a phase is not known.
        case .shared(let weight):
            return (entries[node] + (phase == nil ? weight : 0), phase == nil ? nil : source.first.first)
        case .planned: break
        }
        guard let phase else {
            guard let last = source.last.max(by: { lengths[$0] < lengths[$1] }) else { return (entries[node], nil) }
            return (lengths[last], last)
        }
        if source.missingPhases.contains(phase) {
            return source.phases[.admission].map { (lengths[$0], $0) } ?? (-1, nil)
        }
        let activity = source.phases[phase] ?? source.last.max { lengths[$0] < lengths[$1] }
        return activity.map { (lengths[$0], $0) } ?? (-1, nil)
    }

    /// The longest chain into an item, under whichever of the open levers that change its dependencies makes it shortest;
    /// `nil` when there are none, or too many of them.
    private func leastEntry(of node: Int, _ lengths: [Int], _ entries: [Int]) -> Int? {
        if case .uncertain = standing(of: node) { return nil }
        let changing = network.nodes[node].arcs.reduce(LeverSet.none) { $0.union($1.needs).union($1.absentWith) }
            .intersection(open)
        guard !changing.isEmpty, changing.count <= Self.mostAlternatives else { return nil }
        let levers = Array(changing)
        let arcs = arcs(into: node, needing: pulled.union(open), absentWith: pulled)
        let exits = arcs.map { exit(of: $0.source, $0.phase, lengths, entries).length }
        var least = Int.max
        for bits in 0..<1 << levers.count {
            let chosen = pulled.union(LeverSet(levers.indices.filter { bits >> $0 & 1 == 1 }.map { levers[$0] }))
            var entry = -1
            for (arc, length) in zip(arcs, exits) where arc.stands(under: chosen) { entry = max(entry, length) }
            least = min(least, entry)
        }
        return least
    }
}

// MARK: - What stands

extension CertainView {
    /// So many levers that change the dependencies of one item are told apart.
    static let mostAlternatives = 5

    /// Dependencies that every allowed set of levers has, and that keep two items apart.
    func certainArcs(into node: Int) -> [ReformNetwork.Arc] {
        if case .uncertain = standing(of: node) { return [] }
        return arcs(into: node, needing: pulled, absentWith: pulled.union(open))
    }

    /// Dependencies that keep two items apart, need no others than these levers and stand in spite of those.
    func arcs(into node: Int, needing needed: LeverSet, absentWith present: LeverSet) -> [ReformNetwork.Arc] {
        network.nodes[node].arcs.compactMap { arc in
            guard arc.isFinishToStart, arc.needs.isSubset(of: needed), arc.absentWith.isDisjoint(with: present) else {
                return nil
            }
            guard let merger = network.nodes[arc.source].mergers.first(where: { pulled.contains($0.lever) }) else {
                return arc
            }
            return merger.into == node ? nil : arc.turned(to: merger.into, network.nodes[merger.into])
        }
    }

    /// Items after all that they wait for, for certain or possibly. Those in a circle come last: what they wait for is not
    /// known when their turn comes, and counts for nothing.
    func order(possible: Bool) -> [Int] {
        let all = network.nodes.indices.map { node in
            possible ? arcs(into: node, needing: pulled.union(open), absentWith: pulled) : certainArcs(into: node)
        }
        let (order, circular) = ReformNetwork.order(all)
        return order + circular
    }
}
