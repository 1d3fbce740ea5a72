import Scheduling
import WorkCalendar
import WorkflowModel

/// What each item of a workflow takes in every sample of a simulation, under any levers that change it.
///
/// An activity draws its duration from its id, the seed and the sample alone, so an item that is simulated by itself
/// takes what it takes in the whole plan: the columns here are those of every plan that has the item.
struct SampledReforms: Sendable {
    /// With everything that may happen.
    let network: ReformNetwork
    let runs: Int
    let items: [Columns]

    /// One item. Index `bits` of `variants` is what it takes when those of its `levers` are pulled.
    struct Columns: Sendable {
        let levers: [Int]
        /// By activity of the item, minutes that count in every sample; `nil` where the item is dropped.
        let variants: [[[Int]]?]
    }

    /// Items with more levers than this count for nothing in a bound, so that tables stay small.
    private static let mostLevers = 5

    /// - Parameter network: compiled with chances.
    init(_ network: ReformNetwork, advisor: LeverAdvisor, assumptions: RiskAssumptions, runs: Int) throws {
        self.network = network
        self.runs = runs
        items = try network.nodes.map { node in
            var levers = Array(LeverSet(node.changes.map(\.lever)))
            if levers.count > Self.mostLevers { return Columns(levers: [], variants: [nil]) }
            levers.sort()
            let variants = try (0..<1 << levers.count).map { bits in
                let pulled = LeverSet(levers.indices.filter { bits >> $0 & 1 == 1 }.map { levers[$0] })
                let item = node.item.changed(by: node.changes.filter { pulled.contains($0.lever) }.map(\.change))
                return try Self.columns(of: item, like: node, in: network, advisor, assumptions, runs)
            }
            return Columns(levers: levers, variants: variants)
        }
    }

    private static func columns(
        of item: Item, like node: ReformNetwork.Node, in network: ReformNetwork, _ advisor: LeverAdvisor,
        _ assumptions: RiskAssumptions, _ runs: Int
    ) throws -> [[Int]]? {
        guard let resolved = item.resolved(with: advisor.facts) else { return nil }
        let alone = Plan(
            workflow: advisor.workflow, facts: advisor.facts, items: [PlannedItem(item: resolved, stage: "")],
            notNeeded: [])
        let model = try RiskModel(
            plan: alone, calendar: advisor.calendar, start: advisor.start, assumptions: assumptions, targets: [])
        let drawn = model.simulation.durations(of: 0..<runs)
        let target = network.target
        return node.layers.joined().map { position in
            guard let index = model.activities.firstIndex(where: { $0.id == network.activities[position].id }) else {
                return [Int](repeating: 0, count: runs)
            }
            let activity = model.activities[index]
            let unit = activity.estimate.max.unit
            let counts = target.measure == .span || target.counts(activity.clock, of: activity.id)
            // Days of another unit cannot be compared; every working day is a calendar day.
            let isComparable = unit == network.unit || network.unit == .calendar
            return counts && isComparable ? drawn[index] : [Int](repeating: 0, count: runs)
        }
    }

    /// By activity of the network: the least that it takes in each sample when the first levers are pulled and any of the
    /// second may be.
    func shortest(pulled: LeverSet, open: LeverSet) -> [[Int]] {
        let none = [Int](repeating: 0, count: runs)
        var shortest = [[Int]](repeating: none, count: network.activities.count)
        for (node, columns) in zip(network.nodes, items) {
            var isFirst = true
            for bits in columns.variants.indices {
                guard
                    columns.levers.indices.allSatisfy({ place in
                        let isPulled = bits >> place & 1 == 1
                        return isPulled
                            ? pulled.contains(columns.levers[place]) || open.contains(columns.levers[place])
                            : !pulled.contains(columns.levers[place])
                    }), let variant = columns.variants[bits]
                else { continue }
                for (position, column) in zip(node.layers.joined(), variant) {
                    if isFirst { shortest[position] = column } else { shortest[position].lower(to: column) }
                }
                isFirst = false
            }
        }
        return shortest
    }

    /// In each sample, minutes below which the target's measure cannot fall, whatever levers are pulled between the first and
    /// all of both.
    ///
    /// It is the chain of `ReformNetwork.bound` with the durations that the sample draws; where levers make a duration
    /// longer or shorter, with the shortest that is still possible.
    /// - Complexity: O((activities + dependencies) × runs).
    func lengths(pulled: LeverSet, open: LeverSet) -> [Int] {
        let view = SampledView(self, pulled: pulled, open: open)
        return network.target.measure == .sum ? view.sum() : view.length()
    }
}

/// `CertainView` in all samples at once: a length is a column with a number for each, `nil` where no chain leads.
private struct SampledView {
    private let view: CertainView
    private let network: ReformNetwork
    private let shortest: [[Int]]
    private let none: [Int]
    private let presence: [CertainView.Presence]

    init(_ reforms: SampledReforms, pulled: LeverSet, open: LeverSet) {
        network = reforms.network
        let view = CertainView(network, pulled: pulled, open: open)
        self.view = view
        shortest = reforms.shortest(pulled: pulled, open: open)
        none = [Int](repeating: 0, count: reforms.runs)
        presence = network.nodes.indices.map { view.presence(of: $0) }
    }

    private struct Lengths {
        /// By activity: the longest chain that ends with it.
        var activities: [[Int]?]
        /// By item: the longest chain that enters it.
        var entries: [[Int]?]
    }

    func length() -> [Int] { exit(of: network.to, nil, forward()) ?? none }

    /// Minutes of everything counted that lies on a chain from the window's first item to its last.
    func sum() -> [Int] {
        let entries = forward().entries
        let layers = layersBeforeEnd()
        var sum = none
        for node in network.nodes.indices where node != network.from && entries[node] != nil {
            let all = network.nodes[node].layers
            guard let certain = layers[node] else { continue }
            switch presence[node] {
            case .uncertain, .passed: break
            case .shared(let into): if certain == all.count { sum.add(share(of: node, into)) }
            case .planned: for activity in all.prefix(certain).joined() { sum.add(shortest[activity]) }
            }
        }
        return sum
    }

    /// How many layers of each item certainly end before the window does; `nil` for items from which no chain leads there.
    private func layersBeforeEnd() -> [Int?] {
        var layers = [Int?](repeating: nil, count: network.nodes.count)
        layers[network.to] = network.nodes[network.to].layers.count
        var open = [network.to]
        while let node = open.popLast() {
            for arc in view.certainArcs(into: node) {
                let source = network.nodes[arc.source]
                let before = arc.phase.map { phase in
                    source.phases[phase].flatMap { activity in source.layers.firstIndex { $0.contains(activity) } } ?? 0
                }
                if layers[arc.source] == nil { open.append(arc.source) }
                layers[arc.source] = max(layers[arc.source] ?? 0, before ?? source.layers.count)
            }
        }
        return layers
    }

    private func forward() -> Lengths {
        var lengths = Lengths(
            activities: Array(repeating: nil, count: network.activities.count),
            entries: Array(repeating: nil, count: network.nodes.count))
        for node in view.order(possible: true) {
            if node == network.from {
                lengths.entries[node] = none
                for activity in network.nodes[node].last { lengths.activities[activity] = none }
                continue
            }
            lengths.entries[node] = entry(of: node, lengths)
            guard let entry = lengths.entries[node], case .planned = presence[node] else { continue }
            var reached = entry
            for layer in network.nodes[node].layers {
                for activity in layer { lengths.activities[activity] = reached.adding(shortest[activity]) }
                reached = Self.longest(layer.map { lengths.activities[$0] }) ?? reached
            }
        }
        return lengths
    }

    /// The longest chain into an item, under whichever of the open levers that change its dependencies makes it shortest.
    private func entry(of node: Int, _ lengths: Lengths) -> [Int]? {
        if case .uncertain = presence[node] { return nil }
        let changing = network.nodes[node].arcs.reduce(LeverSet.none) { $0.union($1.needs).union($1.absentWith) }
            .intersection(view.open)
        guard !changing.isEmpty, changing.count <= CertainView.mostAlternatives else {
            return Self.longest(view.certainArcs(into: node).map { exit(of: $0.source, $0.phase, lengths) })
        }
        let levers = Array(changing)
        let arcs = view.arcs(into: node, needing: view.pulled.union(view.open), absentWith: view.pulled)
        let exits = arcs.map { exit(of: $0.source, $0.phase, lengths) }
        var least: [Int]?
        for bits in 0..<1 << levers.count {
            let chosen = view.pulled.union(
                LeverSet(levers.indices.filter { bits >> $0 & 1 == 1 }.map { levers[$0] }))
            let standing = zip(arcs, exits).filter { $0.0.stands(under: chosen) }.map(\.1)
            guard let entry = Self.longest(standing) else { return nil }
            least = least.map { $0.lowered(to: entry) } ?? entry
        }
        return least
    }

    /// The longest chain out of an item, or out of a phase of it.
    private func exit(of node: Int, _ phase: JointPhase?, _ lengths: Lengths) -> [Int]? {
        guard let entry = lengths.entries[node] else { return nil }
        let source = network.nodes[node]
        switch presence[node] {
        case .uncertain: return nil
        case .passed: return entry
        // What a merge makes of a phase is not known.
        case .shared(let into): return phase == nil ? entry.adding(share(of: node, into)) : entry
        case .planned: break
        }
        let last = source.last.map { lengths.activities[$0] }
        guard let phase else { return last.isEmpty ? entry : Self.longest(last) }
        if source.missingPhases.contains(phase) { return source.phases[.admission].flatMap { lengths.activities[$0] } }
        return source.phases[phase].map { lengths.activities[$0] } ?? Self.longest(last)
    }

    // MARK: Merged items

    /// The part of a merged item's time that an item which may be merged may count on.
    private func share(of node: Int, _ into: [Int]) -> [Int] {
        let own = weight(of: node)
        return into.reduce(own) { least, merged in
            guard view.isCertainlyPlanned(merged) else { return none }
            let whole = weight(of: merged)
            let members = network.nodes.indices.filter { index in
                network.nodes[index].mergers.contains { $0.into == merged }
            }
            var all = none
            for member in members { all.add(weight(of: member)) }
            return least.lowered(
                to: own.indices.map { all[$0] <= whole[$0] ? own[$0] : own[$0] * whole[$0] / max(1, all[$0]) })
        }
    }

    /// Minutes along the longest way through the layers of an item.
    private func weight(of node: Int) -> [Int] {
        network.nodes[node].layers.reduce(into: none) { sum, layer in
            if let longest = Self.longest(layer.map { shortest[$0] }) { sum.add(longest) }
        }
    }

    private static func longest(_ columns: [[Int]?]) -> [Int]? {
        columns.reduce(nil) { longest, next in
            guard let next else { return longest }
            guard var longest else { return next }
            for sample in longest.indices where next[sample] > longest[sample] { longest[sample] = next[sample] }
            return longest
        }
    }
}

/// A number for each sample.
extension [Int] {
    fileprivate mutating func add(_ other: [Int]) { for index in indices { self[index] += other[index] } }

    fileprivate func adding(_ other: [Int]) -> [Int] {
        var sum = self
        sum.add(other)
        return sum
    }

    fileprivate mutating func lower(to other: [Int]) {
        for index in indices { self[index] = Swift.min(self[index], other[index]) }
    }

    fileprivate func lowered(to other: [Int]) -> [Int] {
        var least = self
        least.lower(to: other)
        return least
    }
}
