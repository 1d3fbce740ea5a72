/// Finds short schedules for problems whose teams are few, within a budget, and proves how short they could be at best.
///
/// - Source: the search is `ResourceSearch`, the bounds are `ResourceBounds`.
public struct ResourceSolver: Sendable {
    public let problem: ResourceProblem
    /// No schedule is shorter.
    public let lowerBound: Int
    private var search: ResourceSearch
    private var isFinished = false

    /// - Parameter seed: the same seed and number of schedules give the same answer everywhere.
    /// - Complexity: that of the bounds, O(activities² · resources) and less than a second at 500 activities.
    public init(_ problem: ResourceProblem, seed: UInt64 = 1) {
        self.problem = problem
        lowerBound = ResourceBounds(problem.packed).best
        search = ResourceSearch(
            problem.packed, bound: problem.isPortfolio ? problem.packed.leastCost : lowerBound, seed: seed)
    }

    /// A copy that goes another way through the same problem, for another thread.
    public func island(seed: UInt64) -> ResourceSolver {
        var copy = self
        copy.search = ResourceSearch(problem.packed, bound: search.bound, seed: seed)
        return copy
    }

    /// Searches once.
    ///
    /// - Parameters:
    ///   - schedules: the most schedules to generate, ≥ 1, counted in placements: as many as there are activities are one,
    ///     in a pass forward or backward, whole or given up, and in an exhaustive search.
    ///   - spent: the share of the time allowed that is used up, 0...1, read every 32 schedules; the search ends at 1.
    ///     The answer then depends on the machine's speed.
    ///   - onImprovement: called with every better schedule.
    /// - Returns: always a schedule without violations: the first one does not ask for time.
    public mutating func solve(
        schedules: Int, spent: @escaping () -> Double = { 0 },
        onImprovement: @escaping (SearchProgress) -> Void = { _ in }
    ) -> ResourceSchedule {
        let bound = search.bound
        var budget = SearchBudget(schedules: max(1, schedules), spent: spent) { best, passes in
            onImprovement(SearchProgress(cost: best.cost, bound: bound, schedules: passes))
        }
        search.run(&budget)
        return schedule
    }

    /// The best so far.
    private var schedule: ResourceSchedule {
        let packed = problem.packed
        return ResourceSchedule(
            problem: problem, starts: packed.rank.map { Int(search.best.start[$0]) },
            lowerBound: search.isExhausted ? search.best.latest : lowerBound, schedules: search.passes,
            ending: search.isOptimal ? .optimal : .budgetSpent)
    }

    /// The schedule of one priority rule under one generation scheme.
    public static func schedule(
        _ problem: ResourceProblem, rule: PriorityRule, scheme: GenerationScheme
    ) -> ResourceSchedule {
        let packed = problem.packed
        var decoder = Decoder(packed)
        var candidate = Candidate()
        let order = scheme.order(packed, priorities: rule.priorities(of: packed))
        _ = decoder.decodeForward(order, into: &candidate)
        return ResourceSchedule(
            problem: problem, starts: packed.rank.map { Int(candidate.start[$0]) },
            lowerBound: packed.criticalPathLength, schedules: 1,
            ending: candidate.latest == packed.criticalPathLength ? .optimal : .budgetSpent)
    }
}

/// Where a search stands when it has found a better schedule.
public struct SearchProgress: Sendable, Hashable {
    /// The makespan, or the weighted cost of a portfolio.
    public let cost: Int
    /// Nothing costs less.
    public let bound: Int
    /// Schedules made so far.
    public let schedules: Int
}

extension PackedProblem {
    /// What a portfolio costs when no project waits for another.
    var leastCost: Int {
        var completion = [Int32](repeating: 0, count: projects.count)
        for rank in 0..<count {
            completion[Int(project[rank])] = max(completion[Int(project[rank])], heads[rank] + duration[rank])
        }
        return cost(of: completion, latest: criticalPathLength)
    }
}
