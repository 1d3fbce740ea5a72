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

/// What is certain of a workflow when some levers are pulled and others may be.
struct CertainView {
    let network: ReformNetwork
    let pulled: LeverSet
    let open: LeverSet
    /// The least minutes of each activity that count along a chain.
    let shortest: [Int]

    init(_ network: ReformNetwork, pulled: LeverSet, open: LeverSet) {
        self.network = network
        self.pulled = pulled
        self.open = open
        let unit = network.unit
        let countsAll = network.target.measure == .span
        shortest = network.activities.map { work in
            work.counts || countsAll ? work.shortest(pulled: pulled, open: open, unit: unit) : 0
        }
    }

    struct Chain {
        var length = 0
        var arcs: [ReformNetwork.Arc] = []
        /// The items on it with the activities that it leads through; `shared` is what an item gives that may be merged.
        var stops: [(node: Int, shared: Int?, activities: [Int])] = []
    }

    /// Minutes of an activity with no lever pulled, where it counts.
    func unchanged(_ activity: Int) -> Int {
        shortest[activity] == 0
            ? 0 : network.activities[activity].shortest(pulled: .none, open: .none, unit: network.unit)
    }

    /// How an item stands in a chain, times aside.
    enum Presence {
        /// Some allowed set of levers lacks it, without handing on what it waits for.
        case uncertain
        /// It may be dropped: chains lead through it, and it adds nothing.
        case passed
        case planned
        /// Levers that are open may merge it into these.
        case shared(into: [Int])
    }

    func presence(of node: Int) -> Presence {
        let item = network.nodes[node]
        if let lever = item.broughtBy, !pulled.contains(lever) { return .uncertain }
        if item.mergers.contains(where: { pulled.contains($0.lever) }) { return .uncertain }
        guard isCertainlyPlanned(node) else { return .passed }
        let mergers = item.mergers.filter { open.contains($0.lever) }
        return mergers.isEmpty ? .planned : .shared(into: mergers.map(\.into))
    }

    /// Whether every allowed set of levers that brings an item also keeps it.
    func isCertainlyPlanned(_ node: Int) -> Bool {
        let node = network.nodes[node]
        let may = pulled.union(open)
        let isAsked =
            node.members.isEmpty || node.members.contains { $0.isNeeded && $0.droppedBy.isDisjoint(with: may) }
        return node.isNeeded && isAsked && node.droppedBy.isDisjoint(with: may)
    }

    /// How an item stands in a chain.
    private enum Standing {
        /// Some allowed set of levers lacks it, without handing on what it waits for.
        case uncertain
        /// It may be dropped: chains lead through it, and it adds nothing.
        case passed
        case planned
        /// Levers that are open may merge it: it adds its part of what they make of it, at its end.
        case shared(Int)
    }

    private func standing(of node: Int) -> Standing {
        switch presence(of: node) {
        case .uncertain: return .uncertain
        case .passed: return .passed
        case .planned: return .planned
        case .shared(let into):
            let own = weight(of: network.nodes[node])
            return .shared(into.map { part(of: own, in: $0) }.reduce(own, min))
        }
    }

    /// Minutes along the longest way through the layers of an item.
    private func weight(of node: ReformNetwork.Node) -> Int {
        node.layers.reduce(0) { $0 + ($1.map { shortest[$0] }.max() ?? 0) }
    }

    /// The part of a merged item's time that one of the items merged into it may count on, so that all of their parts
    /// together are no more than the whole.
    private func part(of own: Int, in merged: Int) -> Int {
        guard isCertainlyPlanned(merged) else { return 0 }
        let whole = weight(of: network.nodes[merged])
        let all = network.nodes.filter { $0.mergers.contains { $0.into == merged } }.reduce(0) { $0 + weight(of: $1) }
        return all <= whole ? own : own * whole / max(1, all)
    }

    /// Where an activity's, or a passed item's, time along the longest chain came from.
    private struct Step {
        var length = -1
        /// Minutes when the item is entered.
        var before: (activity: Int, arc: ReformNetwork.Arc)?
    }

    /// The length of the longest chain from the window's first item to its last under whatever set of levers makes it
    /// shortest; 0 when there may be none.
    func length() -> Int {
        let (lengths, entries, _) = forward(alternatives: true)
        return max(0, exit(of: network.to, nil, lengths, entries).length)
    }

    /// The longest chain from the window's first item to its last that every allowed set of levers has; of length 0 when
    /// there is none.
    func chain() -> Chain {
        let (lengths, entries, ways) = forward(alternatives: false)
        let end = exit(of: network.to, nil, lengths, entries)
        guard end.length >= 0 else { return Chain() }
        var chain = Chain(length: end.length)
        // Back from item to item; inside one, from the activity that was left over the longest of each layer before.
        var node = network.to
        var left = end.activity
        while true {
            trace(node, upTo: left, into: &chain)
            guard node != network.from, let way = ways[node] else { return chain }
            chain.arcs.append(way.arc)
            node = way.source
            left = way.activity
        }
    }

    private func trace(_ node: Int, upTo last: Int?, into chain: inout Chain) {
        guard node != network.from else { return }
        func longest(_ layer: Range<Int>) -> Int? { layer.max { shortest[$0] < shortest[$1] } }
        let layers = network.nodes[node].layers
        switch standing(of: node) {
        case .uncertain, .passed: chain.stops.append((node, nil, []))
        case .shared(let weight):
            chain.stops.append((node, last == nil ? weight : 0, layers.compactMap(longest)))
        case .planned:
            let end = last.flatMap { last in layers.firstIndex { $0.contains(last) } } ?? layers.count
            chain.stops.append((node, nil, layers[..<end].compactMap(longest) + [last].compactMap(\.self)))
        }
    }

    /// Minutes of everything counted that lies on a chain from the window's first item to its last.
    func sum() -> Int {
        let (_, entries, _) = forward(alternatives: true)
        // How many layers of each item certainly end before the window does.
        var layers = [Int](repeating: 0, count: network.nodes.count)
        var leads = layers.map { _ in false }
        leads[network.to] = true
        layers[network.to] = network.nodes[network.to].layers.count
        var open = [network.to]
        while let node = open.popLast() {
            for arc in certainArcs(into: node) {
                let source = network.nodes[arc.source]
                let before = arc.phase.map { phase in
                    source.phases[phase].flatMap { activity in source.layers.firstIndex { $0.contains(activity) } } ?? 0
                }
                layers[arc.source] = max(layers[arc.source], before ?? source.layers.count)
                if !leads[arc.source] {
                    leads[arc.source] = true
                    open.append(arc.source)
                }
            }
        }
        return network.nodes.indices.reduce(0) { sum, node in
            guard leads[node], entries[node] >= 0, node != network.from else { return sum }
            let all = network.nodes[node].layers
            switch standing(of: node) {
            case .uncertain, .passed: return sum
            case .shared(let weight): return layers[node] == all.count ? sum + weight : sum
            case .planned: return sum + all.prefix(layers[node]).joined().reduce(0) { $0 + shortest[$1] }
            }
        }
    }

    // MARK: Forward

    private typealias Way = (source: Int, activity: Int?, arc: ReformNetwork.Arc)

    /// For each activity the longest chain that ends with it, for each item the longest that enters it, and by which way;
    /// −1 where none does.
    ///
    /// - Parameter alternatives: whether to follow what open levers make items wait for instead; there is no one way then.
    private func forward(alternatives: Bool) -> (lengths: [Int], entries: [Int], ways: [Way?]) {
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
    private func exit(
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
        var waitingFor = all.map(\.count)
        var waiters = [[Int]](repeating: [], count: all.count)
        for (node, incoming) in all.enumerated() {
            for arc in incoming { waiters[arc.source].append(node) }
        }
        var order = waitingFor.indices.filter { waitingFor[$0] == 0 }
        var next = 0
        while next < order.count {
            for waiter in waiters[order[next]] {
                waitingFor[waiter] -= 1
                if waitingFor[waiter] == 0 { order.append(waiter) }
            }
            next += 1
        }
        return order + waitingFor.indices.filter { waitingFor[$0] > 0 }
    }
}
