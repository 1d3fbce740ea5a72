/// Branch and bound over the modes of a trade-off.
///
/// A node allows each activity some of its modes. Modes that are too long for the deadline go; the flow (`CrashingFlow`) bounds
/// the cost; modes that the bound prices above the best known cost go as well. What the bound takes in part is rounded to
/// modes that meet the deadline, and the activity where that loses most is split at its window.
///
/// - Source: E. Demeulemeester, B. De Reyck, B. Foubert, W. Herroelen, M. Vanhoucke, *New computational results on the discrete
///   time/cost trade-off problem in project networks*, JORS 49 (1998), doi:10.1057/palgrave.jors.2600634. Ours keeps one flow
///   from node to node and fixes modes by their price.
struct TradeoffSearch {
    let problem: TradeoffProblem
    /// By activity: modes that no other beats, the fastest first; and their indices in the input.
    let modes: [[TradeoffMode]]
    let indices: [[Int]]
    var network: EventNetwork
    var flow: CrashingFlow
    /// By activity: the modes that the flow's steps stand for.
    private var applied: [UInt16]
    private(set) var best: (modes: [Int], cost: Int)?
    private(set) var nodes = 0
    private var waiting: [Node] = []

    private let predecessors: [[Int]]
    private let successors: [[Int]]
    private var early: [Int]
    private var tail: [Int]

    struct Node {
        var allowed: [UInt16]
        var bound: Int
    }

    init(_ problem: TradeoffProblem) {
        self.problem = problem
        let efficient = problem.modes.map(Self.efficient)
        indices = efficient
        modes = zip(problem.modes, efficient).map { all, kept in kept.map { all[$0] } }
        network = EventNetwork(problem)
        let costs = modes.reduce(1) { $0 + $1[0].cost }
        let scale = max(1, min(1 << 20, (1 << 60) / max(1, costs) / (problem.deadline + 1)))
        flow = CrashingFlow(
            network: network, deadline: problem.deadline, scale: scale, longestSteps: modes.map(\.count).max() ?? 1)
        applied = modes.map { UInt16.max >> UInt16(16 - $0.count) }
        var predecessors = [[Int]](repeating: [], count: modes.count)
        var successors = predecessors
        for precedence in problem.precedences {
            predecessors[precedence.after].append(precedence.before)
            successors[precedence.before].append(precedence.after)
        }
        self.predecessors = predecessors
        self.successors = successors
        early = Array(repeating: 0, count: modes.count)
        tail = early
        for activity in modes.indices {
            flow.setSteps(of: activity, hull: hull(of: activity, allowed: applied[activity]))
        }
        flow.plantTree(order: network.order)
    }

    /// Modes that no other beats in both time and money, the fastest first.
    private static func efficient(_ modes: [TradeoffMode]) -> [Int] {
        let sorted = modes.indices.sorted {
            (modes[$0].duration, modes[$0].cost, $0) < (modes[$1].duration, modes[$1].cost, $1)
        }
        var kept: [Int] = []
        for index in sorted where kept.last.map({ modes[index].cost < modes[$0].cost }) ?? true { kept.append(index) }
        return kept
    }

    /// The allowed modes on the lower convex hull, the slowest first.
    private func hull(of activity: Int, allowed: UInt16) -> [TradeoffMode] {
        var hull: [TradeoffMode] = []
        for index in modes[activity].indices.reversed() where allowed >> UInt16(index) & 1 == 1 {
            let mode = modes[activity][index]
            while hull.count >= 2 {
                let middle = hull[hull.count - 1]
                let slow = hull[hull.count - 2]
                let first = (middle.cost - slow.cost) * (middle.duration - mode.duration)
                let second = (mode.cost - middle.cost) * (slow.duration - middle.duration)
                guard first >= second else { break }
                hull.removeLast()
            }
            hull.append(mode)
        }
        return hull
    }

    /// When everything is done with the fastest modes.
    var earliestFinish: Int { problem.outcome(of: indices.map { $0[0] }).finish }

    /// Searches to the end.
    /// - Returns: `nil`, or when stopped the cost that nothing undercuts.
    mutating func run(shouldStop: () -> Bool) -> Int? {
        waiting = [Node(allowed: applied, bound: 0)]
        while var node = waiting.popLast() {
            if isBeaten(node.bound) { continue }
            if shouldStop() { return waiting.reduce(node.bound) { min($0, $1.bound) } }
            nodes += 1
            expand(&node)
        }
        return nil
    }

    private func isBeaten(_ bound: Int) -> Bool { best.map { bound >= $0.cost } ?? false }

    private mutating func expand(_ node: inout Node) {
        guard dropTooLong(&node) else { return }
        while true {
            apply(node)
            flow.solve(pivotLimit: 100 * (modes.count + 10))
            let scaled = scaledBound(node)
            node.bound = max(node.bound, (scaled + flow.scale - 1) / flow.scale)
            if isBeaten(node.bound) { return }
            round(node)
            if isBeaten(node.bound) { return }
            guard dropTooDear(&node, scaled) else { break }
            guard dropTooLong(&node) else { return }
        }
        split(node)
    }

    private mutating func apply(_ node: Node) {
        for activity in modes.indices where applied[activity] != node.allowed[activity] {
            applied[activity] = node.allowed[activity]
            flow.setSteps(of: activity, hull: hull(of: activity, allowed: applied[activity]))
        }
    }

    private func scaledBound(_ node: Node) -> Int {
        var sum = -flow.strength * problem.deadline
        for activity in modes.indices { sum += leastPrice(activity, node.allowed[activity]) }
        return sum
    }

    private func price(_ activity: Int, _ mode: Int) -> Int {
        modes[activity][mode].cost * flow.scale + flow.flow[activity] * modes[activity][mode].duration
    }

    private func leastPrice(_ activity: Int, _ allowed: UInt16) -> Int {
        var least = Int.max
        var left = allowed
        while left != 0 {
            least = min(least, price(activity, left.trailingZeroBitCount))
            left &= left - 1
        }
        return least
    }

    /// Drops modes that the bound prices at the best known cost or above.
    /// - Returns: whether any was dropped.
    private func dropTooDear(_ node: inout Node, _ scaled: Int) -> Bool {
        guard let best else { return false }
        let room = (best.cost - 1) * flow.scale - scaled
        var hasDropped = false
        for activity in modes.indices where node.allowed[activity].nonzeroBitCount > 1 {
            let least = leastPrice(activity, node.allowed[activity])
            var left = node.allowed[activity]
            while left != 0 {
                let mode = left.trailingZeroBitCount
                left &= left - 1
                if price(activity, mode) - least > room {
                    node.allowed[activity] &= ~(1 << UInt16(mode))
                    hasDropped = true
                }
            }
        }
        return hasDropped
    }

    /// Drops modes that miss the deadline even when all others are fastest.
    /// - Returns: `false` when an activity has none left.
    private mutating func dropTooLong(_ node: inout Node) -> Bool {
        for activity in problem.order.map({ Int($0) }) {
            var start = 0
            for before in predecessors[activity] { start = max(start, early[before] + fastest(before, node)) }
            early[activity] = start
        }
        for activity in problem.order.reversed().map({ Int($0) }) {
            var after = 0
            for next in successors[activity] { after = max(after, tail[next] + fastest(next, node)) }
            tail[activity] = after
            let room = problem.deadline - early[activity] - after
            while node.allowed[activity] != 0 {
                let longest = 15 - node.allowed[activity].leadingZeroBitCount
                guard modes[activity][longest].duration > room else { break }
                node.allowed[activity] &= ~(1 << UInt16(longest))
            }
            if node.allowed[activity] == 0 { return false }
        }
        return true
    }

    private func fastest(_ activity: Int, _ node: Node) -> Int {
        modes[activity][node.allowed[activity].trailingZeroBitCount].duration
    }

    /// The slowest allowed mode that fits the activity's window.
    private func fitting(_ activity: Int, _ node: Node) -> Int {
        let window = flow.window(of: activity)
        var left = node.allowed[activity]
        var found = left.trailingZeroBitCount
        left &= left - 1
        while left != 0, modes[activity][left.trailingZeroBitCount].duration <= window {
            found = left.trailingZeroBitCount
            left &= left - 1
        }
        return found
    }

    /// Takes what the bound proposes, each activity in the slowest mode that fits its window: that meets the deadline.
    private mutating func round(_ node: Node) {
        var chosen = modes.indices.map { fitting($0, node) }
        relaxGreedily(&chosen)
        let cost = chosen.indices.reduce(0) { $0 + modes[$1][chosen[$1]].cost }
        if isBeaten(cost) { return }
        guard finish(of: chosen) <= problem.deadline else { return }
        best = (chosen, cost)
    }

    private func finish(of chosen: [Int]) -> Int {
        problem.outcome(of: chosen.indices.map { indices[$0][chosen[$0]] }).finish
    }

    /// Slows activities down as long as the deadline allows, the greatest saving first.
    mutating func relaxGreedily(_ chosen: inout [Int]) {
        let order = problem.order.map { Int($0) }
        while true {
            for activity in order {
                var start = 0
                for before in predecessors[activity] {
                    start = max(start, early[before] + modes[before][chosen[before]].duration)
                }
                early[activity] = start
            }
            var found: (activity: Int, mode: Int, saving: Int)?
            for activity in order.reversed() {
                var after = 0
                for next in successors[activity] { after = max(after, tail[next] + modes[next][chosen[next]].duration) }
                tail[activity] = after
                let room = problem.deadline - early[activity] - after
                var mode = chosen[activity]
                while mode + 1 < modes[activity].count, modes[activity][mode + 1].duration <= room { mode += 1 }
                let saving = modes[activity][chosen[activity]].cost - modes[activity][mode].cost
                if saving > found?.saving ?? 0 { found = (activity, mode, saving) }
            }
            guard let found else { return }
            chosen[found.activity] = found.mode
        }
    }

    /// Splits the activity where rounding loses most: at its window into faster and slower modes.
    private mutating func split(_ node: Node) {
        var chosen: (activity: Int, loss: Double, mode: Int)?
        for activity in modes.indices where node.allowed[activity].nonzeroBitCount > 1 {
            let mode = fitting(activity, node)
            let window = min(flow.window(of: activity), problem.deadline)
            let hullCost = hullCost(activity, node.allowed[activity], window)
            let loss = Double(modes[activity][mode].cost) - hullCost
            if loss > chosen?.loss ?? 1e-9 { chosen = (activity, loss, mode) }
        }
        guard let chosen else { return }
        let lower = UInt16(truncatingIfNeeded: (UInt32(2) << UInt32(chosen.mode)) - 1)
        var faster = node
        faster.allowed[chosen.activity] &= lower
        var slower = node
        slower.allowed[chosen.activity] &= ~lower
        waiting.append(faster)
        waiting.append(slower)
    }

    private func hullCost(_ activity: Int, _ allowed: UInt16, _ window: Int) -> Double {
        let hull = hull(of: activity, allowed: allowed)
        if window >= hull[0].duration { return Double(hull[0].cost) }
        for step in 1..<hull.count where window >= hull[step].duration {
            let part =
                Double(window - hull[step].duration) / Double(hull[step - 1].duration - hull[step].duration)
            return Double(hull[step].cost) + part * Double(hull[step - 1].cost - hull[step].cost)
        }
        return Double(hull[hull.count - 1].cost)
    }
}
