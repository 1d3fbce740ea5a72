import Foundation
import Scheduling
import TestSupport
import Testing

@Suite("Advice: time against cost")
struct TimeCostTradeoffTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    /// Random modes, also some that others beat, on a random network; the deadline the given part of the way from the
    /// fastest to the slowest.
    private func random(
        activities: ClosedRange<Int>, modes: ClosedRange<Int>, longest: Int, reach: Int, part: Double? = nil,
        seed: UInt64
    ) throws -> TradeoffProblem {
        var generator = SeededGenerator(seed: seed)
        func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let count = pick(activities)
        let made = (0..<count).map { _ in
            (0..<pick(modes)).map { _ in
                let duration = pick(0...longest)
                return TradeoffMode(duration: duration, cost: (longest - duration) * pick(2...7) + pick(0...9))
            }
        }
        var precedences: [TradeoffProblem.Precedence] = []
        for after in 0..<count {
            for before in max(0, after - reach)..<after where pick(0...2) == 0 {
                precedences.append(.init(before, after))
            }
        }
        let free = try TradeoffProblem(modes: made, precedences: precedences, deadline: 0)
        func finish(_ isBetter: (Int, Int) -> Bool) -> Int {
            free.outcome(
                of: made.map { own in own.indices.min { isBetter(own[$0].duration, own[$1].duration) } ?? 0 }
            ).finish
        }
        let (fast, slow) = (finish(<), finish(>))
        let share = part ?? Double(pick(-2...12)) / 10
        let deadline = max(0, fast + Int((share * Double(slow - fast)).rounded()))
        return try TradeoffProblem(modes: made, precedences: precedences, deadline: deadline)
    }

    /// The least cost of every choice of modes that meets the deadline.
    private func leastCost(_ problem: TradeoffProblem) -> Int? {
        var least: Int?
        var chosen = [Int](repeating: 0, count: problem.modes.count)
        while true {
            let outcome = problem.outcome(of: chosen)
            if outcome.finish <= problem.deadline, outcome.cost < least ?? .max { least = outcome.cost }
            var activity = 0
            while activity < chosen.count {
                chosen[activity] += 1
                if chosen[activity] < problem.modes[activity].count { break }
                chosen[activity] = 0
                activity += 1
            }
            if activity == chosen.count { return least }
        }
    }

    @Test("The modes cost what trying every choice finds")
    func agreesWithTryingEverything() throws {
        for seed in 0..<UInt64(Self.isLong ? 20_000 : 400) {
            let problem = try random(activities: 0...6, modes: 1...4, longest: 9, reach: 4, seed: seed)
            let advice = TimeCostTradeoff.cheapest(problem)
            #expect(advice.cost == leastCost(problem), "seed \(seed)")
            guard let modes = advice.modes else {
                guard case .infeasible(let earliest) = advice.proof else {
                    Issue.record("seed \(seed): nothing found and nothing proven")
                    continue
                }
                #expect(earliest > problem.deadline, "seed \(seed)")
                continue
            }
            #expect(advice.proof == .optimal, "seed \(seed)")
            let outcome = problem.outcome(of: modes)
            #expect(outcome.finish <= problem.deadline, "seed \(seed)")
            #expect(outcome.cost == advice.cost && outcome.finish == advice.finish, "seed \(seed)")
        }
    }

    @Test("A chain is the knapsack that counting up the days solves")
    func chain() throws {
        for seed in 0..<UInt64(Self.isLong ? 300 : 12) {
            var generator = SeededGenerator(seed: seed)
            let modes = (0..<24).map { _ in
                (0..<4).map { _ in
                    TradeoffMode(
                        duration: Int.random(in: 1...12, using: &generator),
                        cost: Int.random(in: 0...200, using: &generator))
                }
            }
            let deadline = Int.random(in: 60...160, using: &generator)
            let problem = try TradeoffProblem(
                modes: modes, precedences: (1..<24).map { .init($0 - 1, $0) }, deadline: deadline)
            // By days used: the least cost.
            var least = [Int?](repeating: 0, count: deadline + 1)
            for own in modes {
                least = (0...deadline).map { days in
                    own.compactMap { mode in
                        days < mode.duration ? nil : least[days - mode.duration].map { $0 + mode.cost }
                    }.min()
                }
            }
            #expect(TimeCostTradeoff.cheapest(problem).cost == least[deadline], "seed \(seed)")
        }
    }

    @Test("Told to stop, it returns modes that meet the deadline and a bound below the least cost")
    func stopping() throws {
        for seed in 0..<UInt64(60) {
            let problem = try random(
                activities: 12...16, modes: 3...5, longest: 15, reach: 5, part: 0.3, seed: seed + 400)
            let optimal = try #require(TimeCostTradeoff.cheapest(problem).cost)
            var asked = 0
            let advice = TimeCostTradeoff.cheapest(problem) {
                asked += 1
                return asked > Int(seed) / 4
            }
            let cost = try #require(advice.cost)
            #expect(advice.finish.map { $0 <= problem.deadline } == true, "seed \(seed)")
            switch advice.proof {
            case .optimal: #expect(cost == optimal, "seed \(seed)")
            case .infeasible: Issue.record("seed \(seed): it can be met")
            case .stopped(let bound, let gap):
                #expect(bound <= optimal && optimal <= cost && (0...1).contains(gap), "seed \(seed)")
            }
        }
    }

    @Test("A hundred and twenty activities need few nodes", arguments: [0.5, 0.75])
    func large(part: Double) throws {
        let problem = try random(
            activities: 120...120, modes: 3...5, longest: 20, reach: 6, part: part, seed: 3)
        let advice = TimeCostTradeoff.cheapest(problem)
        #expect(advice.proof == .optimal)
        #expect(advice.nodes <= 20_000)
    }

    @Test("Extreme amounts neither overflow nor lose the answer")
    func extremes() throws {
        let slow = TradeoffMode(duration: TradeoffProblem.longestDuration / 4, cost: 0)
        let fast = TradeoffMode(duration: 0, cost: TradeoffProblem.greatestCost)
        let problem = try TradeoffProblem(
            modes: [[slow, fast], [slow, fast]], precedences: [.init(0, 1)], deadline: slow.duration)
        #expect(TimeCostTradeoff.cheapest(problem).cost == fast.cost)
        let nothing = try TradeoffProblem(modes: [], precedences: [], deadline: 0)
        #expect(TimeCostTradeoff.cheapest(nothing).modes == [])
    }

    @Test("What cannot be worked out is refused")
    func refusals() throws {
        let one = [TradeoffMode(duration: 1, cost: 1)]
        func make(
            _ modes: [[TradeoffMode]], _ precedences: [TradeoffProblem.Precedence] = [], deadline: Int = 1
        ) throws {
            _ = try TradeoffProblem(modes: modes, precedences: precedences, deadline: deadline)
        }
        #expect(throws: TradeoffError.modeCountOutOfRange(0, activity: 0)) { try make([[]]) }
        let negative = TradeoffMode(duration: -1, cost: 0)
        #expect(throws: TradeoffError.modeOutOfRange(negative, mode: 0, activity: 0)) { try make([[negative]]) }
        #expect(throws: TradeoffError.unknownActivity(2, precedence: 0)) { try make([one], [.init(0, 2)]) }
        #expect(throws: TradeoffError.cycle([0, 1])) { try make([one, one], [.init(0, 1), .init(1, 0)]) }
        #expect(throws: TradeoffError.deadlineOutOfRange(-1)) { try make([one], deadline: -1) }
        let dear = TradeoffMode(
            duration: TradeoffProblem.longestDuration, cost: TradeoffProblem.greatestCost)
        #expect(throws: TradeoffError.tooLarge(costs: dear.cost * 8, finish: dear.duration * 8)) {
            try make(Array(repeating: [dear], count: 8), (1..<8).map { .init($0 - 1, $0) })
        }
    }
}
