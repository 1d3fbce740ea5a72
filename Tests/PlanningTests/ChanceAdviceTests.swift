import Foundation
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Advice on the chance of meeting a target")
struct ChanceAdviceTests {
    static let start = LocalDate("2024-03-01")!
    static let isLong = ProcessInfo.processInfo.environment["LONG"] != nil

    /// A random workflow, its samples under every admissible set of levers, drawn from the workflow that has them.
    private struct Case {
        let reform: RandomReform
        let levers: [Lever]
        let assumptions: RiskAssumptions
        let sets: [(set: LeverSet, cost: Int, measures: [Int]?)]

        init(seed: UInt64, levers count: Int, runs: Int) throws {
            let reform = try RandomReform(
                seed: seed, items: 6, levers: count, measure: ["union", "span", "sum"][Int(seed % 3)])
            var assumptions = RiskAssumptions(of: reform.workflow, seed: seed)
            assumptions.shape = [.triangular, .pert, .uniform][Int(seed / 3 % 3)]
            assumptions.departmentCorrelation = seed.isMultiple(of: 2) ? 0.4 : 0
            assumptions.latinHypercube = seed.isMultiple(of: 5)
            let levers = reform.workflow.availableLevers(facts: reform.facts)
            let measure = reform.workflow.targets[0].measure.windowMeasure.rawValue
            sets = try reform.admissible.map { set in
                let workflow = try reform.workflow.applying(set.map { levers[$0].id }, facts: reform.facts)
                let model = try? RiskModel(
                    plan: Plan.resolve(workflow, facts: reform.facts), calendar: .weekdays,
                    start: ChanceAdviceTests.start, assumptions: assumptions)
                let part = model.map { $0.simulation.run(0..<runs, detail: .outcomes) }
                return (
                    LeverSet(set), set.reduce(0) { $0 + levers[$1].cost },
                    part?.measures.first?.map { Int($0[measure]) }
                )
            }
            self.reform = reform
            self.levers = levers
            self.assumptions = assumptions
        }

        func advisor(limit: Int) -> LeverAdvisor {
            LeverAdvisor(
                workflow: reform.workflow, facts: reform.facts,
                target: reform.workflow.targets[0].with(limit: DayAmount(minutes: limit, unit: .working)),
                calendar: .weekdays, start: ChanceAdviceTests.start)
        }
    }

    @Test(
        "The advised levers are the cheapest of all sets that meet the target often enough in the same samples",
        arguments: UInt64(1)...(isLong ? 200 : 8))
    func cheapest(seed: UInt64) throws {
        let runs = 128
        let all = try Case(seed: seed, levers: Self.isLong ? 8 : 5, runs: runs)
        let before = try #require(all.sets.first?.measures).sorted()
        // Sometimes a limit that is met half the time, sometimes one that is hard to meet.
        for (limit, probability) in [
            (before[runs / 2], 0.9), (max(480, before[0] - 480), 0.5), (before[runs / 2], 0.6),
        ] {
            let allowed = runs - Int((probability * Double(runs)).rounded(.up))
            let advice = try all.advisor(limit: limit).advice(
                reaching: WantedChance(probability: probability, runs: runs, assumptions: all.assumptions))
            let meeting = all.sets.filter { ($0.measures?.count { $0 > limit } ?? .max) <= allowed }
            let chance = try #require(advice.chance)
            #expect(chance.before.successes == before.count { $0 <= limit }, "seed \(seed)")
            #expect(chance.fresh.samples == runs && chance.fresh.interval.contains(chance.fresh.value), "seed \(seed)")
            if let cheapest = meeting.map(\.cost).min() {
                #expect(advice.outcome == .met(proof: .optimal), "seed \(seed), limit \(limit)")
                #expect(advice.cost == cheapest, "seed \(seed), limit \(limit), \(probability)")
                #expect(chance.after.samples - chance.after.successes <= allowed, "seed \(seed)")
            } else {
                #expect(advice.outcome == .notMet, "seed \(seed), limit \(limit)")
                let best = all.sets.compactMap { $0.measures?.count { $0 <= limit } }.max()
                #expect(chance.after.successes == best, "seed \(seed), limit \(limit)")
            }
        }
    }

    @Test(
        "No set of levers that is still possible misses the limit less often than the bound",
        arguments: UInt64(1)...(isLong ? 60 : 10))
    func bounds(seed: UInt64) throws {
        let runs = 64
        let all = try Case(seed: seed, levers: 5, runs: runs)
        let wanted = try WantedChance(probability: 0.5, runs: 100, assumptions: all.assumptions)
        let network = try #require(
            ReformNetwork(
                all.reform.workflow, facts: all.reform.facts, target: all.reform.workflow.targets[0],
                calendar: .weekdays, start: Self.start, scenario: PlanScenario(), chances: true))
        let advisor = all.advisor(limit: 480)
        let reforms = try SampledReforms(network, advisor: advisor, assumptions: wanted.assumptions, runs: runs)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let every = LeverSet(first: all.levers.count)
            let pulled = LeverSet(every.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
            let open = LeverSet(every.subtracting(pulled).filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
            let least = reforms.lengths(pulled: pulled, open: open)
            for (set, _, measures) in all.sets where pulled.isSubset(of: set) && set.isSubset(of: pulled.union(open)) {
                guard let measures else { continue }
                #expect(
                    zip(least, measures).allSatisfy { $0 <= $1 },
                    "seed \(seed), pulled \(pulled), open \(open), set \(set)")
            }
        }
    }

    @Test("No set of levers misses the limit less often than a floor says, and a floor says that its own set misses it")
    func floors() throws {
        let runs = 100
        var drawn = 0
        for seed in UInt64(1)...(Self.isLong ? 60 : 12) {
            let all = try Case(seed: seed, levers: 5, runs: runs)
            let wanted = try WantedChance(probability: 0.7, runs: runs, assumptions: all.assumptions)
            let before = try #require(all.sets.first?.measures).sorted()
            for limit in [before[runs / 4], max(480, before[0] - 960)] {
                let sampled = try SampledTarget(all.advisor(limit: limit), wanted, limit: limit)
                let counts = all.sets.compactMap { entry in
                    entry.measures.map { (entry.set, $0.count { $0 > limit }) }
                }
                for (missed, count) in counts where count > wanted.allowedMisses {
                    guard let floor = sampled.floor(missed: missed) else { continue }
                    func least(_ set: LeverSet) -> Double { set.reduce(floor.base) { $0 - floor.saved[$1] } }
                    #expect(least(missed) > Double(wanted.allowedMisses), "seed \(seed), limit \(limit): \(missed)")
                    for (set, other) in counts {
                        #expect(
                            least(set) <= Double(other) + 1e-9,
                            "seed \(seed), limit \(limit): floor of \(missed) at \(set), which misses \(other)")
                    }
                    drawn += 1
                }
            }
        }
        #expect(drawn > 10)
    }

    @Test("With all levers settled the bound of a chain is the measure itself in nearly every sample")
    func tightness() throws {
        let shipped = try ShippedWorkflow(12)
        let target = try #require(
            shipped.workflow.targets.first { $0.id == "whole-process" } ?? shipped.workflow.targets.first)
        let advisor = LeverAdvisor(
            workflow: shipped.workflow, facts: shipped.plan.facts, target: target.with(limit: .working(200)),
            calendar: .weekdays, start: Self.start)
        let wanted = try WantedChance(
            probability: 0.9, runs: 128, assumptions: RiskAssumptions(of: shipped.workflow))
        let sampled = try SampledTarget(advisor, wanted, limit: DayAmount.working(200).minutes)
        let missed = try #require(sampled.missed(under: .none))
        #expect(sampled.missed(pulled: .none, open: .none) <= missed)
        #expect(sampled.missed(pulled: .none, open: .none) > missed * 9 / 10)
    }

    @Test(
        "What a lever saves is the mean difference of two simulations, and none saves more alone than its interval says"
    )
    func gains() throws {
        let runs = 256
        let all = try Case(seed: 7, levers: 5, runs: runs)
        let base = try #require(all.sets.first?.measures)
        let limit = base.sorted()[runs / 2]
        let advice = try all.advisor(limit: limit).advice(
            reaching: WantedChance(probability: 0.9, runs: runs, assumptions: all.assumptions))
        for row in advice.rows where row.lever.requires.isEmpty {
            let position = try #require(all.levers.firstIndex { $0.id == row.lever.id })
            guard let measures = all.sets.first(where: { $0.set == [position] })?.measures else { continue }
            let gain = try #require(row.expected?.alone)
            let mean = Double(zip(base, measures).reduce(0) { $0 + $1.0 - $1.1 }) / Double(runs)
            #expect(abs(gain.minutes - mean) < 1e-6)
            #expect(gain.interval.contains(gain.minutes))
            let points = Double(measures.count { $0 <= limit } - base.count { $0 <= limit }) / Double(runs)
            #expect(abs(gain.points - points) < 1e-9)
        }
        let ratios = advice.rows.compactMap(\.perCost)
        #expect(ratios == ratios.sorted(by: >))
    }

    @Test("A search that may not take any time says so")
    func stopped() throws {
        let all = try Case(seed: 3, levers: 5, runs: 128)
        let limit = max(480, try #require(all.sets.first?.measures?.min()) - 480)
        let advice = try all.advisor(limit: limit).advice(
            reaching: WantedChance(probability: 0.9, runs: 128, assumptions: all.assumptions), shouldStop: { true })
        #expect(!advice.outcome.isProven)
        #expect(advice.chance?.wanted.probability == 0.9)
        // What comes nearest is weighed even then: never worse than nothing, and not nothing where levers help.
        let chance = try #require(advice.chance)
        #expect(chance.after.successes >= chance.before.successes)
        let met = all.sets.compactMap { entry in entry.measures.map { $0.count { $0 <= limit } } }
        let most = try #require(met.max())
        #expect(!advice.chosen.isEmpty || most == chance.before.successes)
    }

    @Test("A probability is between 0 and 1, and samples are neither too few nor too many")
    func refusals() throws {
        let assumptions = RiskAssumptions()
        for probability in [-0.1, 0, 1, 1.5, .nan] {
            #expect(throws: AdviceError.wantedOutOfRange) {
                try WantedChance(probability: probability, assumptions: assumptions)
            }
        }
        for runs in [0, 99, 20_001] {
            #expect(throws: AdviceError.wantedOutOfRange) {
                try WantedChance(probability: 0.9, runs: runs, assumptions: assumptions)
            }
        }
        // 0.9 of 2000 is 1800, whatever a product of two fractions says.
        #expect(try WantedChance(probability: 0.9, runs: 2000, assumptions: assumptions).allowedMisses == 200)
        #expect(try WantedChance(probability: 0.95, runs: 101, assumptions: assumptions).allowedMisses == 5)
    }
}
