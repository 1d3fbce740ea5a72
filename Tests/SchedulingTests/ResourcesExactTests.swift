import Foundation
import TestSupport
import Testing

@testable import Scheduling

@Suite("Shared teams: the exhaustive search")
struct ResourcesExactTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] != nil

    /// The shortest makespan by the serial scheme on every order that relations allow: one of them gives an active schedule
    /// that is shortest.
    private func shortest(_ problem: PackedProblem) -> Int {
        var decoder = Decoder(problem)
        var candidate = Candidate()
        var best = Int.max
        var order: [Int32] = []
        func extend(_ placed: Int) {
            if order.count == problem.count {
                _ = decoder.decodeForward(order, into: &candidate)
                best = min(best, candidate.latest)
                return
            }
            for rank in 0..<problem.count where placed >> rank & 1 == 0 {
                let links = problem.links[0]
                guard links.range(rank).allSatisfy({ placed >> Int(links.ends[$0]) & 1 == 1 }) else { continue }
                order.append(Int32(rank))
                extend(placed | 1 << rank)
                order.removeLast()
            }
        }
        extend(0)
        return best
    }

    @Test(
        "A search that ends has found the shortest schedule, read forward and backward, with milestones and idle activities",
        arguments: UInt64(0)...(isLong ? 3000 : 150))
    func exhaustive(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let random = RandomResourceProblem(
            count: 4 + Int(seed % 4), resources: 1 + Int(seed % 4), complexity: 0.4 + Double(seed % 3) * 0.4,
            factor: 0.4 + Double(seed % 5) * 0.15, strength: Double(seed % 3) * 0.3, durations: 0...6,
            using: &generator)
        let problem = try random.problem()
        let packed = problem.packed
        #expect(ExactSearch.suits(packed))
        let best = shortest(packed)
        for backward in [false, true] {
            // From a bad schedule, from one period above the shortest, and from the shortest itself.
            for known in [packed.horizon, best + 1, best] {
                var search = ExactSearch(packed, backward: backward, below: known)
                #expect(search.run { _ in false }, "seed \(seed)")
                guard let start = search.best else {
                    #expect(known == best, "seed \(seed), backward \(backward), known \(known): nothing found")
                    continue
                }
                let schedule = ResourceSchedule(
                    problem: problem, starts: packed.rank.map { Int(start[$0]) }, lowerBound: 0, schedules: 0,
                    ending: .budgetSpent)
                #expect(schedule.violations.isEmpty, "seed \(seed), backward \(backward)")
                #expect(schedule.makespan == best, "seed \(seed), backward \(backward), known \(known)")
            }
        }
    }

    @Test("What it proves shortest is not beaten by a long search", arguments: UInt64(0)..<(isLong ? 60 : 6))
    func proofs(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 77)
        let random = RandomResourceProblem(
            count: 20, factor: [0.5, 0.75, 1][Int(seed % 3)], strength: 0.2, using: &generator)
        let problem = try random.problem()
        var solver = ResourceSolver(problem, seed: seed)
        let schedule = solver.solve(schedules: 2000)
        #expect(schedule.violations.isEmpty)
        guard schedule.ending == .optimal else { return }
        #expect(schedule.lowerBound == schedule.makespan || schedule.makespan == solver.lowerBound, "seed \(seed)")
        var search = ResourceSearch(problem.packed, bound: 0, seed: seed &+ 1)
        var budget = SearchBudget(schedules: 3000, spent: { 0 })
        search.breed(&budget, until: 1)
        #expect(search.best.cost >= schedule.makespan, "seed \(seed)")
    }

    @Test("It stops when told, and counts what it placed towards the budget")
    func stopped() throws {
        var generator = SeededGenerator(seed: 4)
        let problem = try RandomResourceProblem(count: 38, factor: 1, strength: 0.1, using: &generator).problem()
        var search = ExactSearch(problem.packed, backward: false, below: problem.packed.horizon)
        var asked: [Int] = []
        let isDone = search.run {
            asked.append($0)
            return $0 >= 640
        }
        #expect(!isDone)
        #expect(asked == (1...10).map { 64 * $0 })
        #expect(search.placements == 640)
        var solver = ResourceSolver(problem)
        let schedule = solver.solve(schedules: 500)
        #expect(schedule.ending == .budgetSpent)
        #expect((499...502).contains(schedule.schedules))
    }

    @Test("Redundant resources are kept by every schedule")
    func redundant() throws {
        for seed in 0..<UInt64(40) {
            var generator = SeededGenerator(seed: seed)
            let problem = try RandomResourceProblem(
                count: 16, factor: 0.8, strength: 0.2, using: &generator
            ).problem()
            let packed = problem.packed
            let resources = RedundantResources(packed, ranks: Array(0..<packed.count))
            var decoder = Decoder(packed)
            var candidate = Candidate()
            let priorities = (0..<packed.count).map { _ in Int.random(in: 0..<100, using: &generator) }
            _ = decoder.decodeForward(
                GenerationScheme.serial.order(packed, priorities: priorities), into: &candidate)
            for period in 0..<Int32(candidate.latest) {
                var used = RedundantResources.Units(repeating: 0)
                for rank in 0..<packed.count
                where candidate.start[rank] <= period && period < candidate.start[rank] + packed.duration[rank] {
                    used &+= resources.needs[rank]
                }
                #expect(!any(used .> resources.capacities), "seed \(seed), period \(period)")
            }
        }
    }
}
