import Scheduling
import WorkflowModel

extension ReformNetwork {
    /// Minutes below which the target's measure cannot fall when the first levers are pulled, any of the second may be,
    /// and no others.
    ///
    /// Activities of a chain of finish-to-start dependencies without negative lag follow one another. If it leads from
    /// the window's first item to its last, the working time of each lies in the window and no two overlap: a union is no
    /// less than the counted durations along it, a span no less than all of them, a sum no less than the counted
    /// durations of everything that lies on any such chain. The chain is looked for among dependencies that every allowed
    /// set of levers has, with every open reduction made and no open addition; where open levers change what an item waits
    /// for, each way of pulling them is followed, and the least of what they lead to counts. A plan with all open levers pulled would
    /// not do: a union may grow when something that was hidden behind another activity starts earlier.
    func bound(pulled: LeverSet, open: LeverSet) -> Int {
        let view = CertainView(self, pulled: pulled, open: open)
        return target.measure == .sum ? view.sum() : view.length()
    }

    /// A line below the measure of every set of levers, from the longest chain that is certain up to `missed`.
    ///
    /// A lever outside `missed` is charged with all that it may take off the chain: what it shortens, the items that it drops
    /// or merges, and everything when it takes away a dependency of it. A lever of `missed` that alone shortens an
    /// activity of the chain gives that back where it is not pulled. `nil` for a sum, which no one chain carries.
    func floor(missed: LeverSet) -> LeverFloor? {
        guard target.measure != .sum else { return nil }
        let view = CertainView(self, pulled: .none, open: missed)
        let chain = view.chain()
        let others = LeverSet(first: levers.count).subtracting(missed)
        var base = 0
        var saved = [Int](repeating: 0, count: levers.count)
        for stop in chain.stops {
            let node = nodes[stop.node]
            var weight = stop.shared ?? 0
            for activity in stop.activities {
                let work = activities[activity]
                let now = view.shortest[activity]
                if stop.shared == nil {
                    let only = work.levers
                    let full = only.count == 1 && only.isSubset(of: missed) ? view.unchanged(activity) : now
                    for lever in only where full > now { saved[lever] += full - now }
                    weight += max(full, now)
                }
                for lever in work.levers.intersection(others) {
                    // A minute for rounding, where several levers shorten one activity.
                    let then = work.shortest(pulled: .none, open: missed.inserting(lever), unit: unit)
                    saved[lever] += max(0, now - then) + 1
                }
            }
            base += weight
            var charged = node.droppedBy
            for merger in node.mergers {
                charged.insert(merger.lever)
                // What shortens or drops the merged item cannot be told apart here.
                if stop.shared != nil { charged = charged.union(leversTouching(merger.into)) }
            }
            for lever in charged.intersection(others) { saved[lever] += weight }
        }
        for arc in chain.arcs {
            for lever in arc.absentWith.intersection(others) { saved[lever] = base }
        }
        return LeverFloor(base: Double(base), saved: saved.map { Double(min($0, base)) })
    }

    private func leversTouching(_ node: Int) -> LeverSet {
        let node = nodes[node]
        let dropping = node.members.reduce(node.droppedBy) { $0.union($1.droppedBy) }
        return node.layers.joined().reduce(dropping) { $0.union(activities[$1].levers) }
    }
}
