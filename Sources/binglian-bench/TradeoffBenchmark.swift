import ArgumentParser
import Foundation
import Scheduling

/// Time/cost trade-offs solved to proof: the instances of `scripts/benchmarks/tradeoff.py`.
struct TradeoffBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tradeoff", abstract: "Seconds to the cheapest modes that meet a deadline, with proof.")

    @Option(help: "Activities.")
    var activities = 120

    @Option(help: "The deadline: percent of the way from the fastest to the slowest finish.")
    var part = 50

    @Option(help: "Instances.")
    var instances = 9

    @Option(help: "The most nodes spent on one; the gap is reported then.")
    var nodes = 1_000_000

    func run() throws {
        var times: [Double] = []
        var searched: [Double] = []
        var gap = 0.0
        var unproven = 0.0
        var costs = 0
        for seed in 1...UInt64(instances) {
            let problem = try makeProblem(seed: seed)
            var advice = TimeCostTradeoff.cheapest(problem, shouldStop: { true })
            var asked = 0
            let begin = clock()
            advice = TimeCostTradeoff.cheapest(problem) {
                asked += 1
                return asked > nodes
            }
            times.append(Double(clock() - begin) / Double(CLOCKS_PER_SEC))
            searched.append(Double(advice.nodes))
            costs += advice.cost ?? 0
            if case .stopped(_, let left) = advice.proof {
                gap = max(gap, left)
                unproven += 1
            }
        }
        times.sort()
        searched.sort()
        report([
            "medianSeconds": times[times.count / 2], "greatestSeconds": times[times.count - 1],
            "medianNodes": searched[searched.count / 2], "greatestNodes": searched[searched.count - 1],
            "unproven": unproven, "greatestGap": gap, "costs": Double(costs),
        ])
    }

    private func makeProblem(seed: UInt64) throws -> TradeoffProblem {
        var draw = SplitMix64(state: seed)
        var modes: [[TradeoffMode]] = []
        var precedences: [TradeoffProblem.Precedence] = []
        for activity in 0..<activities {
            let count = 3 + draw.next(below: 3)
            var durations: Set<Int> = []
            while durations.count < count { durations.insert(1 + draw.next(below: 20)) }
            var cost = 5 + draw.next(below: 46)
            var own: [TradeoffMode] = []
            for duration in durations.sorted(by: >) {
                own.append(TradeoffMode(duration: duration, cost: cost))
                cost += 1 + draw.next(below: 60)
            }
            modes.append(own)
            guard activity > 0 else { continue }
            var before: Set<Int> = []
            for _ in 0..<1 + draw.next(below: 3) { before.insert(activity - 1 - draw.next(below: min(activity, 12))) }
            precedences += before.sorted().map { .init($0, activity) }
        }
        let free = try TradeoffProblem(modes: modes, precedences: precedences, deadline: 0)
        // The slowest mode comes first.
        let slow = free.outcome(of: modes.map { _ in 0 }).finish
        let fast = free.outcome(of: modes.map { $0.count - 1 }).finish
        return try TradeoffProblem(
            modes: modes, precedences: precedences, deadline: fast + (part * (slow - fast) + 50) / 100)
    }
}
