import Scheduling
import WorkflowModel

/// What is certain of a workflow when some levers are pulled and others may be.
struct CertainView {
    let network: ReformNetwork
    let pulled: LeverSet
    let open: LeverSet
    /// The least minutes of each activity that count along a chain.
    let shortest: [Int]

    init(_ network: ReformNetwork, pulled: LeverSet, open: LeverSet) {
        let unit = network.unit
        let countsAll = network.target.measure == .span
        let shortest = network.activities.map { work in
            work.counts || countsAll ? work.shortest(pulled: pulled, open: open, unit: unit) : 0
        }
        self.init(network, pulled: pulled, open: open, shortest: shortest)
    }

    /// - Parameter shortest: the least minutes of each activity that count, from elsewhere.
    init(_ network: ReformNetwork, pulled: LeverSet, open: LeverSet, shortest: [Int]) {
        self.network = network
        self.pulled = pulled
        self.open = open
        self.shortest = shortest
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
    enum Standing {
        /// Some allowed set of levers lacks it, without handing on what it waits for.
        case uncertain
        /// It may be dropped: chains lead through it, and it adds nothing.
        case passed
        case planned
        /// Levers that are open may merge it: it adds its part of what they make of it, at its end.
        case shared(Int)
    }

    func standing(of node: Int) -> Standing {
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
}
