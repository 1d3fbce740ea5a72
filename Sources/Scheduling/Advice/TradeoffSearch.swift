/// Branch and bound over the modes of a trade-off.
///
/// A node allows each activity some of its modes. Modes that are too long for the deadline go; the flow (`CrashingFlow`) bounds
/// the cost; modes that the bound prices above the best known cost go as well. What the bound takes in part is rounded to
/// modes that meet the deadline, and an activity that rounding makes dearer is split at its window
/// (`TradeoffSearch+Branching`).
///
/// - Source: E. Demeulemeester, B. De Reyck, B. Foubert, W. Herroelen, M. Vanhoucke, *New computational results on the discrete
///   time/cost trade-off problem in project networks*, JORS 49 (1998), doi:10.1057/palgrave.jors.2600634. Ours keeps one flow
///   from node to node and fixes modes by their price.
struct TradeoffSearch {
    let problem: TradeoffProblem
    let modes: ModeTable
    let precedences: PrecedenceTable
    /// No later than everything is done in the slowest modes.
    let deadline: Int
    var flow: CrashingFlow
    /// By activity: the modes that the flow's steps stand for.
    private var applied: [ModeSet]
    /// By activity: a mode's place in the table.
    private(set) var best: (modes: [Int], cost: Int)?
    private(set) var nodes = 0
    /// By falling bound.
    private var waiting: [Node] = []
    var experience: Experience

    /// By activity, with the modes chosen or the fastest allowed: its finish, and the longest way from its start to the end.
    var finish: [Int]
    var tail: [Int]

    struct Node {
        var allowed: [ModeSet]
        var bound: Int
        var depth = 0
    }

    init(_ problem: TradeoffProblem) {
        self.problem = problem
        let modes = ModeTable(problem)
        self.modes = modes
        let network = EventNetwork(problem)
        precedences = PrecedenceTable(problem, precedences: network.precedences)
        let costs = (0..<modes.count).reduce(1) { $0 + modes.cost($1, 0) }
        // The flow's strength is at most the sum of costs, its paths are at most as long as the slowest finish.
        let scale = max(1, min(1 << 20, (1 << 60) / costs / (problem.slowestFinish + 1)))
        deadline = min(problem.deadline, problem.slowestFinish)
        flow = CrashingFlow(
            network: network, deadline: deadline, scale: scale,
            longestSteps: (0..<modes.count).map(modes.modeCount).max() ?? 1)
        applied = (0..<modes.count).map(modes.all)
        finish = Array(repeating: 0, count: modes.count)
        tail = finish
        experience = Experience(count: modes.count)
        for activity in applied.indices {
            flow.setSteps(of: activity, hull: modes.hull(activity, applied[activity]))
        }
        flow.plantTree(order: network.order)
    }

    /// When everything is done with the fastest modes.
    var earliestFinish: Int { problem.outcome(of: (0..<modes.count).map { modes.index($0, 0) }).finish }

    /// The best modes known, as indices in the input; the fastest while none is known.
    var chosen: [Int] { (0..<modes.count).map { modes.index($0, best?.modes[$0] ?? 0) } }

    /// Searches to the end.
    /// - Returns: `nil`, or when stopped the cost that nothing undercuts.
    mutating func run(shouldStop: () -> Bool) -> Int? {
        waiting = [Node(allowed: applied, bound: 0)]
        while var node = waiting.popLast() {
            if isBeaten(node.bound) { break }
            let least = node.bound
            // Dive: one child at once, the other waits.
            while true {
                if shouldStop() { return least }
                nodes += 1
                guard let next = expand(&node, shouldStop: shouldStop) else { break }
                node = next
            }
        }
        return nil
    }

    func isBeaten(_ bound: Int) -> Bool { best.map { bound >= $0.cost } ?? false }

    mutating func wait(_ node: Node) {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].bound > node.bound { low = middle + 1 } else { high = middle }
        }
        waiting.insert(node, at: low)
    }

    /// Works on a node until it is ended or split.
    /// - Returns: the child to go on with.
    private mutating func expand(_ node: inout Node, shouldStop: () -> Bool) -> Node? {
        guard dropTooLong(&node.allowed) else { return nil }
        while true {
            let scaled = bound(node.allowed)
            node.bound = max(node.bound, whole(scaled))
            if isBeaten(node.bound) { return nil }
            round(node)
            if isBeaten(node.bound) { return nil }
            if dropTooDear(&node.allowed, scaled) {
                guard dropTooLong(&node.allowed) else { return nil }
                continue
            }
            switch branch(&node, scaled, shouldStop: shouldStop) {
            case .narrowed: guard dropTooLong(&node.allowed) else { return nil }
            case .ended: return nil
            case .split(let child): return child
            }
        }
    }

    // MARK: Bound

    /// The flow's bound for these modes, in parts of a cost unit.
    mutating func bound(_ allowed: [ModeSet]) -> Int {
        for activity in applied.indices where applied[activity] != allowed[activity] {
            applied[activity] = allowed[activity]
            flow.setSteps(of: activity, hull: modes.hull(activity, applied[activity]))
        }
        flow.solve(pivotLimit: 100 * (modes.count + 10))
        var sum = -flow.strength * deadline
        for activity in allowed.indices { sum += leastPrice(activity, allowed[activity]) }
        return sum
    }

    /// The least whole cost that a bound leaves.
    func whole(_ scaled: Int) -> Int { scaled <= 0 ? 0 : (scaled + flow.scale - 1) / flow.scale }

    private func price(_ activity: Int, _ mode: Int) -> Int {
        modes.cost(activity, mode) * flow.scale + flow.flow[activity] * modes.duration(activity, mode)
    }

    private func leastPrice(_ activity: Int, _ allowed: ModeSet) -> Int {
        var least = Int.max
        var left = allowed
        while !left.isEmpty {
            least = min(least, price(activity, left.fastest))
            left.remove(left.fastest)
        }
        return least
    }

    // MARK: Dropping modes

    /// Drops modes that the bound prices at the best known cost or above.
    /// - Returns: whether any was dropped.
    private func dropTooDear(_ allowed: inout [ModeSet], _ scaled: Int) -> Bool {
        guard let best else { return false }
        let room = (best.cost - 1) * flow.scale - scaled
        var hasDropped = false
        for activity in allowed.indices where allowed[activity].count > 1 {
            let least = leastPrice(activity, allowed[activity])
            var left = allowed[activity]
            while !left.isEmpty {
                let mode = left.fastest
                left.remove(mode)
                guard price(activity, mode) - least > room else { continue }
                allowed[activity].remove(mode)
                hasDropped = true
            }
        }
        return hasDropped
    }

    /// Drops modes that miss the deadline even when all others are fastest.
    /// - Returns: `false` when an activity has none left.
    mutating func dropTooLong(_ allowed: inout [ModeSet]) -> Bool {
        for activity in precedences.order {
            let start = precedences.latest(before: activity, finish)
            finish[activity] = start + modes.duration(activity, allowed[activity].fastest)
        }
        for activity in precedences.order.reversed() {
            let after = precedences.longest(after: activity, tail)
            let fastest = modes.duration(activity, allowed[activity].fastest)
            tail[activity] = after + fastest
            let room = deadline - (finish[activity] - fastest) - after
            if room < fastest { return false }
            while modes.duration(activity, allowed[activity].slowest) > room {
                allowed[activity].remove(allowed[activity].slowest)
            }
        }
        return true
    }

    /// Takes modes as the best known when they are cheaper.
    mutating func accept(_ chosen: [Int], cost: Int) {
        if isBeaten(cost) { return }
        guard problem.outcome(of: chosen.indices.map { modes.index($0, chosen[$0]) }).finish <= problem.deadline
        else { preconditionFailure("modes that miss the deadline") }
        best = (chosen, cost)
    }
}
