import Foundation
import Scheduling
import TestSupport
import Testing

@Suite("Advice: the cheapest levers")
struct LeverSearchTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    /// Small networks with every mix of levers: with rules or without, some that make things worse, with lines or without.
    private func random(
        _ levers: Int, seed: UInt64, withFloor: Bool? = nil
    ) throws -> (RandomLevers, LeverProblem) {
        var generator = SeededGenerator(seed: seed)
        func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let activities = pick(1...7)
        let reach = pick(1...4)
        let random = RandomLevers(
            levers: levers, activities: activities, reach: reach, rules: [0, 20, 60][pick(0...2)],
            isNeverWorse: pick(0...1) == 0, using: &generator)
        let limit = random.limit(at: Double.random(in: -0.1...1, using: &generator))
        return (random, try random.problem(limit: limit, withFloor: withFloor ?? (pick(0...1) == 0)))
    }

    private func expectAgreement(_ levers: Int, seed: UInt64) throws {
        let problem = try random(levers, seed: seed).1
        let advice = LeverSearch.cheapest(problem)
        let reference = LeverSearch.exhaustive(problem)
        #expect(advice.cost == reference.cost, "seed \(seed), \(levers) levers")
        guard let best = advice.best else {
            guard case .infeasible(let value, let by) = advice.proof else {
                Issue.record("seed \(seed): nothing found and nothing proven")
                return
            }
            #expect(problem.isAdmissible(by) && problem.value(by) == value && value > problem.limit, "seed \(seed)")
            return
        }
        #expect(advice.proof == .optimal, "seed \(seed)")
        #expect(problem.isAdmissible(best) && problem.value(best) == advice.value, "seed \(seed)")
        #expect(problem.value(best) <= problem.limit && problem.cost(of: best) == advice.cost, "seed \(seed)")
    }

    @Test("The advice costs what trying every set of up to eleven levers finds")
    func agreesWithTryingEverything() throws {
        for seed in 0..<UInt64(Self.isLong ? 20_000 : 240) { try expectAgreement(Int(seed % 12), seed: seed) }
    }

    @Test("So it does for twelve to fifteen levers", arguments: 12...15)
    func agreesUpToFifteen(levers: Int) throws {
        for seed in 0..<UInt64(Self.isLong ? 500 : 1) { try expectAgreement(levers, seed: seed + 77_000) }
    }

    /// Every admissible set that meets the limit and holds no other that does.
    private func minimalSets(_ problem: LeverProblem) -> [LeverSet] {
        let met = (0..<UInt64(1) << UInt64(problem.options.count)).map { LeverSet(bits: $0) }
            .filter { problem.isAdmissible($0) && problem.value($0) <= problem.limit }
        return met.filter { set in !met.contains { $0 != set && $0.isSubset(of: set) } }
    }

    @Test("Alternatives are the cheapest sets of which none holds another")
    func alternatives() throws {
        for seed in 0..<UInt64(150) {
            let problem = try random(Int(seed % 8), seed: seed + 5_000).1
            let found = LeverSearch.alternatives(problem, count: 4)
            let expected = minimalSets(problem).map { [problem.cost(of: $0), $0.count] }
                .sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
            #expect(found.isProven)
            #expect(
                found.choices.map { [$0.cost, $0.levers.count] } == Array(expected.prefix(4)), "seed \(seed)")
            for choice in found.choices {
                #expect(problem.isAdmissible(choice.levers) && problem.value(choice.levers) == choice.value)
            }
        }
    }

    @Test("The front holds every sum of money that buys a lower value, and what it buys")
    func front() throws {
        for seed in 0..<UInt64(150) {
            let problem = try random(Int(seed % 8), seed: seed + 9_000).1
            let front = LeverSearch.front(problem)
            var expected: [[Double]] = []
            let sets = (0..<UInt64(1) << UInt64(problem.options.count)).map { LeverSet(bits: $0) }
                .filter(problem.isAdmissible)
                .map { (cost: problem.cost(of: $0), value: problem.value($0)) }
                .sorted { ($0.cost, $0.value) < ($1.cost, $1.value) }
            for set in sets where set.value < expected.last?[1] ?? .infinity {
                expected.append([Double(set.cost), set.value])
            }
            #expect(front.isProven)
            #expect(front.choices.map { [Double($0.cost), $0.value] } == expected, "seed \(seed)")
        }
    }

    @Test("Told to stop, it returns a bound below the cheapest cost, and what it found")
    func stopping() throws {
        for seed in 0..<UInt64(120) {
            let problem = try random(9, seed: seed + 3_000).1
            let reference = LeverSearch.exhaustive(problem)
            var questions = 0
            let advice = LeverSearch.cheapest(problem) {
                questions += 1
                return questions > Int(seed)
            }
            if let best = advice.best { #expect(problem.value(best) <= problem.limit) }
            switch advice.proof {
            case .optimal: #expect(advice.cost == reference.cost, "seed \(seed)")
            case .infeasible: #expect(reference.best == nil, "seed \(seed)")
            case .stopped(let bound, let gap):
                #expect(bound <= reference.cost ?? .max, "seed \(seed)")
                #expect(gap.map { (0...1).contains($0) } ?? (advice.best == nil), "seed \(seed)")
            }
        }
    }

    @Test("Forty levers whose effect is known as lines need few questions", arguments: [0.1, 0.3, 0.5, 0.7])
    func fortyLevers(part: Double) throws {
        for seed in 0..<UInt64(Self.isLong ? 30 : 1) {
            var generator = SeededGenerator(seed: seed)
            let random = RandomLevers(
                levers: 40, activities: 30, reach: 4, rules: 20, isNeverWorse: true, costs: 1...1000,
                using: &generator)
            let advice = LeverSearch.cheapest(try random.problem(limit: random.limit(at: part), withFloor: true))
            #expect(advice.proof == .optimal, "seed \(seed)")
            #expect(advice.evaluations <= 5_000, "seed \(seed)")
        }
    }

    @Test("The limit met with nothing pulled costs nothing")
    func nothingNeeded() throws {
        let problem = try LeverProblem(options: [LeverOption(cost: 5)], limit: 10, neverWorse: { $0.isEmpty ? 10 : 3 })
        let advice = LeverSearch.cheapest(problem)
        #expect(advice.best == LeverSet.none && advice.cost == 0 && advice.proof == .optimal)
        #expect(advice.effects.map(\.alone) == [7] && advice.effects.map(\.last) == [7])
    }

    @Test("What a lever saves alone and last differs when another does the same or opens the way")
    func effects() throws {
        // 0 and 1 do the same; 2 helps only together with 0 and requires it; 3 can never be pulled.
        let options = [
            LeverOption(cost: 1), LeverOption(cost: 4), LeverOption(cost: 1, requires: [0]),
            LeverOption(cost: 1, requires: [0], excludes: [0]),
        ]
        let problem = try LeverProblem(
            options: options, limit: 5,
            neverWorse: { set in
                10 - (set.contains(0) || set.contains(1) ? 2 : 0) - (LeverSet([0, 2]).isSubset(of: set) ? 4 : 0)
            })
        let advice = LeverSearch.cheapest(problem)
        #expect(advice.best == [0, 2] && advice.cost == 2 && advice.value == 4)
        #expect(advice.effects.map(\.alone) == [2, 2, 6, nil])
        #expect(advice.effects.map(\.last) == [6, 0, 4, nil])
    }

    @Test("Levers that contradict themselves are refused")
    func refusals() throws {
        func make(_ options: [LeverOption], limit: Double = 1) throws {
            _ = try LeverProblem(options: options, limit: limit, neverWorse: { _ in 0 })
        }
        #expect(throws: LeverError.tooManyLevers(65)) {
            try make(Array(repeating: LeverOption(cost: 0), count: 65))
        }
        #expect(throws: LeverError.costOutOfRange(-1, lever: 0)) { try make([LeverOption(cost: -1)]) }
        #expect(throws: LeverError.unknownLever(3, lever: 0)) { try make([LeverOption(cost: 1, requires: [3])]) }
        #expect(throws: LeverError.excludesItself(lever: 0)) { try make([LeverOption(cost: 1, excludes: [0])]) }
        #expect(throws: LeverError.limitIsNotANumber) { try make([], limit: .nan) }
    }
}
