/// The discrete time/cost trade-off (离散时间—费用权衡问题): the cheapest modes that meet a deadline, with proof (docs/advice.md).
public enum TimeCostTradeoff {
    /// - Parameter shouldStop: asked at every node of the search; once it says yes, the best found is returned with the gap.
    /// - Complexity: exponential in the worst case, as the problem is NP-hard; see docs/performance.md.
    public static func cheapest(_ problem: TradeoffProblem, shouldStop: () -> Bool = { false }) -> TradeoffAdvice {
        var search = TradeoffSearch(problem)
        let earliest = search.earliestFinish
        guard earliest <= problem.deadline else {
            return TradeoffAdvice(
                modes: nil, cost: nil, finish: nil, proof: .infeasible(earliestFinish: earliest), nodes: 0)
        }
        let bound = search.run(shouldStop: shouldStop)
        let chosen = search.chosen
        let outcome = problem.outcome(of: chosen)
        var proof = TradeoffAdvice.Proof.optimal
        if let bound, bound < outcome.cost {
            proof = .stopped(lowerBoundOnCost: bound, gap: Double(outcome.cost - bound) / Double(outcome.cost))
        }
        return TradeoffAdvice(
            modes: chosen, cost: outcome.cost, finish: outcome.finish, proof: proof, nodes: search.nodes)
    }
}
