/// One way to carry an activity out (执行模式).
public struct TradeoffMode: Sendable, Hashable {
    /// In any unit, 0...`TradeoffProblem.longestDuration`.
    public let duration: Int
    /// In any unit, 0...`TradeoffProblem.greatestCost`.
    public let cost: Int

    public init(duration: Int, cost: Int) {
        self.duration = duration
        self.cost = cost
    }
}

/// Activities that can each be done in several ways, faster for more money, and a day by which all must be done (时间—费用权衡).
public struct TradeoffProblem: Sendable {
    /// By activity: its modes, in any order; at least one, at most 16.
    public let modes: [[TradeoffMode]]
    /// Activities that must finish before others start, by index.
    public let precedences: [Precedence]
    /// The longest that everything may take.
    public let deadline: Int

    public struct Precedence: Sendable, Hashable {
        public let before: Int
        public let after: Int

        public init(_ before: Int, _ after: Int) {
            self.before = before
            self.after = after
        }
    }

    public static let longestDuration = 1 << 24
    public static let greatestCost = 1 << 32
    public static let mostModes = 16
    public static let mostActivities = 1 << 14

    /// The greatest product of all costs and the slowest finish, so that no price overflows.
    public static let greatestProduct = 1 << 58

    /// Every activity after those before it.
    let order: [Int32]
    /// When everything is done in the slowest modes.
    private(set) var slowestFinish: Int

    /// - Throws: `TradeoffError` when something is out of range, or precedences form a cycle.
    public init(modes: [[TradeoffMode]], precedences: [Precedence], deadline: Int) throws(TradeoffError) {
        guard modes.count <= Self.mostActivities else { throw .tooManyActivities(modes.count) }
        for (activity, own) in modes.enumerated() {
            guard (1...Self.mostModes).contains(own.count) else {
                throw .modeCountOutOfRange(own.count, activity: activity)
            }
            for (mode, one) in own.enumerated() {
                guard (0...Self.longestDuration).contains(one.duration), (0...Self.greatestCost).contains(one.cost)
                else { throw .modeOutOfRange(one, mode: mode, activity: activity) }
            }
        }
        for (index, precedence) in precedences.enumerated() {
            for end in [precedence.before, precedence.after] where !modes.indices.contains(end) {
                throw .unknownActivity(end, precedence: index)
            }
        }
        guard (0...Self.longestDuration * Self.mostActivities).contains(deadline) else {
            throw .deadlineOutOfRange(deadline)
        }
        let arcs = Arcs(
            count: modes.count, predecessors: precedences.map { Int32($0.before) },
            successors: precedences.map { Int32($0.after) })
        guard let order = arcs.topologicalOrder() else {
            throw .cycle(arcs.cycle().map { precedences[$0].before })
        }
        self.modes = modes
        self.precedences = precedences
        self.deadline = deadline
        self.order = order
        slowestFinish = 0
        slowestFinish =
            outcome(of: modes.map { own in own.indices.max { own[$0].duration < own[$1].duration } ?? 0 }).finish
        let costs = modes.reduce(0) { sum, own in sum + (own.map(\.cost).max() ?? 0) }
        guard (costs + 1).multipliedReportingOverflow(by: slowestFinish + 1).partialValue <= Self.greatestProduct,
            !(costs + 1).multipliedReportingOverflow(by: slowestFinish + 1).overflow
        else { throw .tooLarge(costs: costs, finish: slowestFinish) }
    }

    /// How long everything takes and what it costs when each activity runs in the given mode.
    /// - Precondition: a mode for every activity.
    public func outcome(of chosen: [Int]) -> (finish: Int, cost: Int) {
        precondition(chosen.count == modes.count, "a mode for every activity")
        var start = [Int](repeating: 0, count: modes.count)
        var after = [[Int]](repeating: [], count: modes.count)
        for precedence in precedences { after[precedence.before].append(precedence.after) }
        var finish = 0
        var cost = 0
        for activity in order.map({ Int($0) }) {
            let mode = modes[activity][chosen[activity]]
            let end = start[activity] + mode.duration
            finish = max(finish, end)
            cost += mode.cost
            for next in after[activity] { start[next] = max(start[next], end) }
        }
        return (finish, cost)
    }
}

/// What is wrong with a trade-off problem.
public enum TradeoffError: Error, Sendable, Hashable {
    /// More than `TradeoffProblem.mostActivities`.
    case tooManyActivities(Int)
    /// An activity has no mode, or more than `TradeoffProblem.mostModes`.
    case modeCountOutOfRange(Int, activity: Int)
    /// A duration or a cost is out of range.
    case modeOutOfRange(TradeoffMode, mode: Int, activity: Int)
    /// A precedence, by its index, names an activity that is not there.
    case unknownActivity(Int, precedence: Int)
    /// The sum of the dearest modes times the finish in the slowest is above `TradeoffProblem.greatestProduct`; coarser units
    /// of money or time help.
    case tooLarge(costs: Int, finish: Int)
    /// The deadline is negative or beyond every possible finish.
    case deadlineOutOfRange(Int)
    /// Activities of which each must finish before the next starts, and the last before the first.
    case cycle([Int])
}

/// The cheapest modes found, and what is proven about them.
public struct TradeoffAdvice: Sendable, Hashable {
    /// By activity: an index into its modes. `nil` when nothing meets the deadline.
    public let modes: [Int]?
    public let cost: Int?
    /// When everything is done in these modes.
    public let finish: Int?
    public let proof: Proof
    /// Nodes of the search tree.
    public let nodes: Int

    public enum Proof: Sendable, Hashable {
        /// Nothing that meets the deadline is cheaper.
        case optimal
        /// Even the fastest modes finish only then.
        case infeasible(earliestFinish: Int)
        /// The search was told to stop. Nothing that meets the deadline costs less than the bound; `gap` is what the cost is
        /// above it, as a part of the cost, 0...1.
        case stopped(lowerBoundOnCost: Int, gap: Double)
    }
}
