import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Levers of a workflow, compiled")
struct ReformNetworkTests {
    static let start = LocalDate("2024-03-01")!

    /// The measure by another reading of the workflow; `nil` when the levers close a circle.
    private func planned(_ reform: RandomReform, _ set: [Int], _ scenario: PlanScenario) throws -> Int? {
        let levers = reform.workflow.availableLevers(facts: reform.facts)
        let workflow = try reform.workflow.applying(set.map { levers[$0].id }, facts: reform.facts)
        let plan = Plan.resolve(workflow, facts: reform.facts)
        let report = try? Planner(plan: plan, calendar: .weekdays).report(start: Self.start, scenario: scenario)
        return report?.targets.first?.measured
    }

    private func network(_ reform: RandomReform, _ scenario: PlanScenario) throws -> ReformNetwork {
        try #require(
            ReformNetwork(
                reform.workflow, facts: reform.facts, target: reform.workflow.targets[0], calendar: .weekdays,
                start: Self.start, scenario: scenario))
    }

    @Test(
        "Under every set of levers a target measures what the workflow with these levers measures",
        arguments: UInt64(1)...40)
    func measures(seed: UInt64) throws {
        let reform = try RandomReform(seed: seed, measure: ["union", "span", "sum"][Int(seed % 3)])
        let scenario = PlanScenario(basis: EstimateBasis.allCases[Int(seed / 3 % 5)])
        let network = try network(reform, scenario)
        for set in reform.admissible {
            let expected = try planned(reform, set, scenario)
            #expect(network.minutes(under: LeverSet(set)) == expected, "seed \(seed), levers \(set)")
        }
    }

    @Test("The random workflows keep levers of every kind, and most levers change something")
    func coverage() throws {
        var kinds: [LeverKind: Int] = [:]
        var changing = 0
        for seed in UInt64(1)...40 {
            let reform = try RandomReform(seed: seed)
            let network = try network(reform, PlanScenario())
            let base = network.minutes(under: .none)
            for (index, lever) in network.levers.enumerated() {
                kinds[lever.kind, default: 0] += 1
                if network.minutes(under: [index]) != base { changing += 1 }
            }
        }
        #expect(kinds.count == 7 && kinds.values.allSatisfy { $0 > 5 })
        #expect(changing > 80)
    }

    @Test("No set of levers that is still possible measures less than the bound", arguments: UInt64(1)...60)
    func bounds(seed: UInt64) throws {
        let reform = try RandomReform(seed: seed, measure: ["union", "span", "sum"][Int(seed % 3)])
        let network = try network(reform, PlanScenario())
        let sets = reform.admissible.map { LeverSet($0) }
        let values = sets.map { network.minutes(under: $0) ?? .max }
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let all = LeverSet(first: network.levers.count)
            let pulled = LeverSet(all.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
            let open = LeverSet(all.subtracting(pulled).filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
            let bound = network.bound(pulled: pulled, open: open)
            for (set, value) in zip(sets, values) where pulled.isSubset(of: set) && set.isSubset(of: pulled.union(open))
            {
                #expect(bound <= value, "seed \(seed), pulled \(pulled), open \(open), set \(set)")
            }
        }
        for missed in sets {
            guard let floor = network.floor(missed: missed) else { continue }
            for (set, value) in zip(sets, values) where value != .max {
                let saved = set.reduce(0) { $0 + floor.saved[$1] }
                #expect(floor.base - saved <= Double(value), "seed \(seed), missed \(missed), set \(set): \(floor)")
            }
        }
    }
}
