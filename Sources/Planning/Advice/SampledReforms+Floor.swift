import Scheduling
import WorkflowModel

extension SampledReforms {
    /// A line below the number of samples that miss the limit, for every set of levers.
    ///
    /// In each sample that misses with `missed` pulled, some chain is too long by so many minutes. Levers outside `missed` are
    /// charged with all that they may take off it, as in `ReformNetwork.floor`; the sample is not saved before these
    /// charges make up what is too long. So a lever that takes off a part of that saves at most that part of the sample, and
    /// one that takes off everything saves one. Summed over the samples, that is a line: a cover inequality of
    /// each sample's knapsack, aggregated.
    ///
    /// - Parameters:
    ///   - limit: minutes of the target's unit.
    ///   - allowed: as many may miss; a line that stays below is not drawn.
    /// - Returns: `nil` when chains do not tell that more than `allowed` samples miss, and for a sum, which no one chain carries.
    /// - Complexity: O(chains × (activities + dependencies) + activities × levers × runs), chains ≤ 24.
    func floor(missed: LeverSet, limit: Int, allowed: Int) -> LeverFloor? {
        guard network.target.measure != .sum else { return nil }
        let shortest = shortest(pulled: .none, open: missed)
        let chains = tooLongChains(missed, shortest, limit)
        let others = LeverSet(first: network.levers.count).subtracting(missed)
        var base = 0
        var saved = [Double](repeating: 0, count: network.levers.count)
        for (chain, samples) in chains where !samples.isEmpty {
            base += samples.count
            let charges = charges(of: others, on: chain, missed, shortest, samples.map(\.sample))
            for (lever, charge) in charges {
                for (place, sample) in samples.enumerated() {
                    saved[lever] += min(1, Double(charge[place]) / Double(sample.excess))
                }
            }
        }
        return base > allowed ? LeverFloor(base: Double(base), saved: saved) : nil
    }

    private typealias TooLong = (sample: Int, excess: Int)

    private static let mostChains = 24

    /// Chains that are certain up to `missed`, each with samples that it makes miss the limit, and by how many minutes; a sample
    /// is with the chain that is longest in it.
    private func tooLongChains(
        _ missed: LeverSet, _ shortest: [[Int]], _ limit: Int
    ) -> [(chain: CertainView.Chain, samples: [TooLong])] {
        let lengths = lengths(pulled: .none, open: missed)
        let late = lengths.indices.filter { lengths[$0] > limit }
        var chains: [CertainView.Chain] = []
        var longest = [Int](repeating: limit, count: runs)
        var through = [Int](repeating: -1, count: runs)
        for sample in late where through[sample] < 0 && chains.count < Self.mostChains {
            let chain = CertainView(
                network, pulled: .none, open: missed, shortest: shortest.map { $0[sample] }
            ).chain()
            for other in late {
                let length = Self.activities(of: chain).reduce(0) { $0 + shortest[$1][other] }
                guard length > longest[other] else { continue }
                longest[other] = length
                through[other] = chains.count
            }
            chains.append(chain)
        }
        return chains.enumerated().map { place, chain in
            (chain, late.filter { through[$0] == place }.map { ($0, longest[$0] - limit) })
        }
    }

    /// What an item gives that may be merged is left out: it is little, and hangs on everything that is merged with it.
    private static func activities(of chain: CertainView.Chain) -> [Int] {
        chain.stops.filter { $0.shared == nil }.flatMap(\.activities)
    }

    /// By lever and sample: minutes that it may take off a chain at most, whatever others are pulled with it.
    private func charges(
        of others: LeverSet, on chain: CertainView.Chain, _ missed: LeverSet, _ shortest: [[Int]], _ samples: [Int]
    ) -> [Int: [Int]] {
        var charges: [Int: [Int]] = [:]
        func charge(_ lever: Int, _ minutes: [Int]) {
            guard let known = charges[lever] else {
                charges[lever] = minutes
                return
            }
            charges[lever] = zip(known, minutes).map { $0 + $1 }
        }
        for stop in chain.stops where stop.shared == nil && !stop.activities.isEmpty {
            let node = network.nodes[stop.node]
            let weight = samples.map { sample in stop.activities.reduce(0) { $0 + shortest[$1][sample] } }
            let ending = node.mergers.reduce(node.droppedBy) { $0.inserting($1.lever) }
            for lever in ending.intersection(others) { charge(lever, weight) }
            for (lever, minutes) in reductions(of: stop, by: others, missed, shortest, samples) {
                charge(lever, minutes)
            }
        }
        let everything = [Int](repeating: .max / 4, count: samples.count)
        for arc in chain.arcs {
            for lever in arc.absentWith.intersection(others) { charges[lever] = everything }
        }
        return charges
    }

    /// What levers that change an item may take off the activities of a stop: so much each that any of them together are
    /// charged with no less than they take off together.
    private func reductions(
        of stop: (node: Int, shared: Int?, activities: [Int]), by others: LeverSet, _ missed: LeverSet,
        _ shortest: [[Int]], _ samples: [Int]
    ) -> [(lever: Int, minutes: [Int])] {
        let item = items[stop.node]
        let levers = item.levers.filter { others.contains($0) }
        guard !levers.isEmpty else { return [] }
        let places = network.nodes[stop.node].layers.joined().enumerated()
            .filter { stop.activities.contains($1) }.map { (place: $0, activity: $1) }
        var minutes = levers.map { _ in [Int](repeating: 0, count: samples.count) }
        // Few before many, so that only what goes beyond the sum is added.
        for bits in (1..<1 << levers.count).sorted(by: { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }) {
            let together = levers.indices.filter { bits >> $0 & 1 == 1 }
            let least = item.least(under: missed.union(LeverSet(together.map { levers[$0] })))
            for (at, sample) in samples.enumerated() {
                var taken = 0
                for (place, activity) in places {
                    guard let least else { break }
                    taken += max(0, shortest[activity][sample] - least[place][sample])
                }
                let lacking = taken - together.reduce(0) { $0 + minutes[$1][at] }
                if lacking > 0 { for lever in together { minutes[lever][at] += lacking } }
            }
        }
        return Array(zip(levers, minutes))
    }
}

extension SampledReforms.Columns {
    /// By activity and sample: the least under any subset of these levers that does not drop the item.
    func least(under open: LeverSet) -> [[Int]]? {
        var least: [[Int]]?
        for bits in variants.indices {
            guard levers.indices.allSatisfy({ bits >> $0 & 1 == 0 || open.contains(levers[$0]) }),
                let variant = variants[bits]
            else { continue }
            least = least.map { known in zip(known, variant).map { zip($0, $1).map { min($0, $1) } } } ?? variant
        }
        return least
    }
}
