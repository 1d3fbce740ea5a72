/// Where a node is split.
///
/// The activities that rounding makes dearer are candidates; each would be split at its window. What a split lifts the bound
/// by is tried out for some of them and remembered, so that later nodes can do without trying: reliability branching.
///
/// - Source: T. Achterberg, T. Koch, A. Martin, *Branching rules revisited*, Operations Research Letters 33 (2005),
///   doi:10.1016/j.orl.2004.04.002.
extension TradeoffSearch {
    /// How much splits of an activity have lifted the bound, relative to what rounding lost there.
    struct Experience {
        var faster: [Double]
        var slower: [Double]
        var tries: [Int]

        init(count: Int) {
            faster = Array(repeating: 0, count: count)
            slower = faster
            tries = Array(repeating: 0, count: count)
        }

        mutating func add(_ activity: Int, faster: Double, slower: Double) {
            let number = Double(tries[activity])
            self.faster[activity] = (self.faster[activity] * number + faster) / (number + 1)
            self.slower[activity] = (self.slower[activity] * number + slower) / (number + 1)
            tries[activity] += 1
        }
    }

    enum Branching {
        /// A try showed that one side cannot be better than the best known.
        case narrowed
        case ended
        case split(Node)
    }

    private struct Candidate {
        let activity: Int
        let mode: Int
        let loss: Double
        var score = 0.0
        var slowerIsBetter = true
    }

    private static let triesToTrust = 4
    private static let mostTried = 10

    mutating func branch(_ node: inout Node, _ scaled: Int, shouldStop: () -> Bool) -> Branching {
        var candidates = candidates(node)
        if candidates.isEmpty { return .ended }
        for index in candidates.indices {
            let activity = candidates[index].activity
            let known = experience.tries[activity] > 0
            let faster = candidates[index].loss * (known ? experience.faster[activity] : 1)
            let slower = candidates[index].loss * (known ? experience.slower[activity] : 1)
            candidates[index].score = Self.score(faster, slower)
            candidates[index].slowerIsBetter = slower <= faster
        }
        candidates.sort { ($1.score, $0.activity) < ($0.score, $1.activity) }
        var tried = 0
        var bestTried = -1.0
        for index in candidates.indices where tried < Self.mostTried {
            let candidate = candidates[index]
            guard experience.tries[candidate.activity] < Self.triesToTrust else {
                if bestTried < 0 { bestTried = candidate.score }
                continue
            }
            if shouldStop() { break }
            tried += 1
            let (faster, slower) = node.allowed[candidate.activity].split(after: candidate.mode)
            let fasterLift = lift(node, candidate.activity, faster, from: scaled)
            let slowerLift = lift(node, candidate.activity, slower, from: scaled)
            guard let fasterLift, let slowerLift else {
                if fasterLift == nil, slowerLift == nil { return .ended }
                node.allowed[candidate.activity] = fasterLift == nil ? slower : faster
                return .narrowed
            }
            experience.add(
                candidate.activity, faster: fasterLift / candidate.loss, slower: slowerLift / candidate.loss)
            candidates[index].score = Self.score(fasterLift, slowerLift)
            candidates[index].slowerIsBetter = slowerLift <= fasterLift
        }
        guard let chosen = candidates.max(by: { $0.score < $1.score }) else { return .ended }
        return .split(split(node, chosen))
    }

    private static func score(_ first: Double, _ second: Double) -> Double {
        max(min(first, second), 1e-6) * max(max(first, second), 1e-6)
    }

    private func candidates(_ node: Node) -> [Candidate] {
        var found: [Candidate] = []
        for activity in node.allowed.indices where node.allowed[activity].count > 1 {
            let mode = fitting(activity, node.allowed[activity])
            let hullCost = modes.hullCost(activity, node.allowed[activity], window: flow.window(of: activity))
            let loss = Double(modes.cost(activity, mode)) - hullCost
            if loss > 1e-9 { found.append(Candidate(activity: activity, mode: mode, loss: loss)) }
        }
        return found
    }

    /// By how much the bound rises, in cost units, when an activity keeps only some modes; `nil` when nothing better is left.
    private mutating func lift(_ node: Node, _ activity: Int, _ kept: ModeSet, from scaled: Int) -> Double? {
        var allowed = node.allowed
        allowed[activity] = kept
        guard dropTooLong(&allowed) else { return nil }
        let other = bound(allowed)
        return isBeaten(whole(other)) ? nil : Double(max(0, other - scaled)) / Double(flow.scale)
    }

    private mutating func split(_ node: Node, _ chosen: Candidate) -> Node {
        let (fasterModes, slowerModes) = node.allowed[chosen.activity].split(after: chosen.mode)
        var faster = node
        faster.allowed[chosen.activity] = fasterModes
        faster.depth += 1
        var slower = node
        slower.allowed[chosen.activity] = slowerModes
        slower.depth += 1
        wait(chosen.slowerIsBetter ? faster : slower)
        return chosen.slowerIsBetter ? slower : faster
    }
}
