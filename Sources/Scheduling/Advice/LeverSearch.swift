/// Finds the cheapest levers that meet a limit, with proof.
public enum LeverSearch {
    /// The cheapest set that meets the limit.
    /// - Parameter shouldStop: asked before each evaluation; once it says yes, the best set so far is returned with the gap.
    public static func cheapest(
        _ problem: LeverProblem, shouldStop: () -> Bool = { false }
    ) -> LeverAdvice {
        exhaustive(problem)
    }

    /// The cheapest sets that meet the limit and of which no lever is superfluous, at most `count` of them.
    public static func alternatives(
        _ problem: LeverProblem, count: Int, shouldStop: () -> Bool = { false }
    ) -> LeverChoices {
        LeverChoices(choices: [], isProven: false, evaluations: 0)
    }

    /// What each sum of money buys: the sets of which no cheaper one has as low a value, from nothing pulled down to the
    /// lowest value, whatever the limit.
    public static func front(_ problem: LeverProblem, shouldStop: () -> Bool = { false }) -> LeverChoices {
        LeverChoices(choices: [], isProven: false, evaluations: 0)
    }

    /// The same as `cheapest` by trying every set; for tests and small problems.
    /// - Precondition: at most 20 levers.
    public static func exhaustive(_ problem: LeverProblem) -> LeverAdvice {
        precondition(problem.options.count <= 20, "\(problem.options.count) levers are too many to try every set")
        var best: (set: LeverSet, cost: Int, value: Double)?
        var least: (set: LeverSet, value: Double) = (.none, .infinity)
        var evaluations = 0
        for bits in 0..<UInt64(1) << UInt64(problem.options.count) {
            let set = LeverSet(bits: bits)
            guard problem.isAdmissible(set) else { continue }
            evaluations += 1
            let value = problem.value(set)
            if value < least.value { least = (set, value) }
            guard value <= problem.limit else { continue }
            let cost = problem.cost(of: set)
            if let best, (best.cost, best.set.count) <= (cost, set.count) { continue }
            best = (set, cost, value)
        }
        return LeverAdvice(
            best: best?.set, cost: best?.cost, value: best?.value,
            proof: best == nil ? .infeasible(bestValue: least.value, by: least.set) : .optimal,
            evaluations: evaluations, effects: [])
    }
}
