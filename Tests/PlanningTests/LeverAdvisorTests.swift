import Foundation
import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Advice on reforms")
struct LeverAdvisorTests {
    static let start = LocalDate("2024-03-01")!

    private func advisor(_ reform: RandomReform, limit: Int) -> LeverAdvisor {
        LeverAdvisor(
            workflow: reform.workflow, facts: reform.facts,
            target: reform.workflow.targets[0].with(limit: DayAmount(minutes: limit, unit: .working)),
            calendar: .weekdays, start: Self.start)
    }

    /// What the target measures with these levers, by another reading of the workflow; `nil` for a circle.
    private func measured(_ reform: RandomReform, _ ids: [String]) throws -> Int? {
        let workflow = try reform.workflow.applying(ids, facts: reform.facts)
        let plan = Plan.resolve(workflow, facts: reform.facts)
        return (try? Planner(plan: plan, calendar: .weekdays).report(start: Self.start))?.targets.first?.measured
    }

    static let isLong = ProcessInfo.processInfo.environment["LONG"] != nil

    @Test(
        "The advised levers are the cheapest of all sets that meet the target, tried one by one",
        arguments: UInt64(1)...(isLong ? 200 : 24))
    func cheapest(seed: UInt64) throws {
        let reform = try RandomReform(
            seed: seed, items: 7, levers: Self.isLong ? Int(seed % 15) + 1 : 7,
            measure: ["union", "span", "sum"][Int(seed % 3)])
        let levers = reform.workflow.availableLevers(facts: reform.facts)
        let all = try reform.admissible.compactMap { set -> (value: Int, cost: Int)? in
            try measured(reform, set.map { levers[$0].id }).map { ($0, set.reduce(0) { $0 + levers[$1].cost }) }
        }
        let values = Set(all.map(\.value)).sorted()
        let base = try #require(all.first?.value)
        // Exactly what some set reaches, and a minute less; and less than anything.
        for limit in [values[0], values[values.count / 2], base - 1, values[0] - 1] where limit > 0 {
            let advice = try advisor(reform, limit: limit).advice()
            let cheapest = all.filter { $0.value <= limit }.map(\.cost).min()
            if let cheapest {
                #expect(advice.outcome == .met(proof: .optimal), "seed \(seed), limit \(limit)")
                #expect(advice.cost == cheapest, "seed \(seed), limit \(limit)")
                #expect(advice.after.measured <= limit, "seed \(seed), limit \(limit)")
            } else {
                #expect(advice.outcome == .notMet, "seed \(seed), limit \(limit)")
                #expect(advice.after.measured == values[0], "seed \(seed), limit \(limit)")
            }
            #expect(try measured(reform, advice.chosen.map(\.id)) == advice.after.measured)
        }
    }

    @Test("What was found makes the same report again, through JSON too", arguments: UInt64(1)...6)
    func findings(seed: UInt64) throws {
        let reform = try RandomReform(seed: seed, items: 7, levers: 7)
        let base = try #require(try measured(reform, []))
        let advisor = advisor(reform, limit: max(1, base * 3 / 4))
        let wanted =
            seed.isMultiple(of: 2)
            ? try WantedChance(
                probability: 0.8, runs: 200, assumptions: RiskAssumptions(of: reform.workflow, seed: seed)) : nil
        let report = try advisor.advice(reaching: wanted)
        let kept = try JSONEncoder().encode(report.findings)
        let findings = try JSONDecoder().decode(AdviceReport.Findings.self, from: kept)
        #expect(findings == report.findings)
        let again = try advisor.report(of: findings, reaching: wanted)
        #expect(again.json == report.json)
        #expect(again.chosen.map(\.id) == report.chosen.map(\.id) && again.outcome == report.outcome)
    }

    @Test(
        "With 40 levers the advice is proven, or its gap is said; more questions only narrow the gap",
        arguments: UInt64(1)...(isLong ? 20 : 3))
    func many(seed: UInt64) throws {
        let reform = try RandomReform(seed: seed, items: 30, levers: 40)
        let base = try #require(try measured(reform, []))
        var known: (cost: Int, lowest: Int)?
        for questions in [40, 400, 2_000] {
            var asked = 0
            let advice = try advisor(reform, limit: base * 3 / 5).advice {
                asked += 1
                return asked > questions
            }
            #expect(try measured(reform, advice.chosen.map(\.id)) == advice.after.measured, "seed \(seed)")
            switch advice.outcome {
            case .met(.optimal):
                #expect(known.map { $0.lowest <= advice.cost && advice.cost <= $0.cost } ?? true, "seed \(seed)")
            case .met(.gap(let lowest, let share)):
                #expect((0...1).contains(share) && lowest <= advice.cost, "seed \(seed)")
                #expect(advice.after.measured <= base * 3 / 5, "seed \(seed)")
                #expect(known.map { $0.lowest <= lowest && advice.cost <= $0.cost } ?? true, "seed \(seed)")
                known = (advice.cost, lowest)
            case .stopped: #expect(known == nil, "seed \(seed)")
            case .notMet: #expect(advice.after.measured > base * 3 / 5, "seed \(seed)")
            }
        }
    }

    @Test("What a lever saves is the difference of two plans, and rows stand by what a unit of cost saves")
    func rows() throws {
        for seed in UInt64(1)...10 {
            let reform = try RandomReform(seed: seed, measure: "union")
            let base = try #require(try measured(reform, []))
            let advice = try advisor(reform, limit: max(1, base - 480)).advice()
            #expect(advice.rows.count + advice.unavailable.count == reform.workflow.levers.count)
            for row in advice.rows {
                guard let alone = row.alone else { continue }
                let closure = Self.closure(of: row.lever.id, in: reform.workflow)
                #expect(try measured(reform, closure).map { base - $0 } == alone, "seed \(seed) \(row.lever.id)")
                #expect(row.interval?.contains(alone) == true)
                if row.isChosen, let lost = row.withOthers {
                    let rest = advice.chosen.map(\.id).filter {
                        !Self.closure(of: $0, in: reform.workflow).contains(row.lever.id)
                    }
                    #expect(try measured(reform, rest).map { $0 - advice.after.measured } == lost, "seed \(seed)")
                }
            }
            let ratios = advice.rows.compactMap(\.perCost)
            #expect(ratios == ratios.sorted(by: >), "seed \(seed)")
        }
    }

    private static func closure(of id: String, in workflow: WorkflowDefinition) -> [String] {
        var all = [id]
        var next = 0
        while next < all.count {
            for other in workflow.levers.first(where: { $0.id == all[next] })?.requires ?? [] where !all.contains(other)
            {
                all.append(other)
            }
            next += 1
        }
        return all
    }

    @Test("A search that may not take any time says so, and advises what it has")
    func stopped() throws {
        let reform = try RandomReform(seed: 3, measure: "union")
        let base = try #require(try measured(reform, []))
        let advice = try advisor(reform, limit: max(1, base - 480)).advice(shouldStop: { true })
        #expect(!advice.outcome.isProven)
        #expect(advice.outcome.lowestCost == 0)
    }

    @Test("A target without limit, or whose window the project lacks, gets no advice but a reason")
    func refusals() throws {
        let shipped = try ShippedWorkflow(12)
        let target = shipped.workflow.targets[0]
        let advisor = LeverAdvisor(
            workflow: shipped.workflow, facts: shipped.plan.facts, target: target, calendar: .weekdays,
            start: Self.start)
        #expect(throws: AdviceError.noLimit(target.id)) { try advisor.advice() }
        let elsewhere = Target(
            id: "x", title: nil, limit: .working(5), from: "entered", to: "nowhere", counts: [.gov], measure: .union,
            source: "")
        let lost = LeverAdvisor(
            workflow: shipped.workflow, facts: shipped.plan.facts, target: elsewhere, calendar: .weekdays,
            start: Self.start)
        #expect(throws: AdviceError.noWindow("x")) { try lost.advice() }
    }

    @Test(
        "Every shipped workflow is advised on a tenth less time, and the plan with the advice is what was promised",
        arguments: 1...12)
    func shipped(network: Int) throws {
        let shipped = try ShippedWorkflow(network, everyCondition: network == 11)
        let target = try #require(shipped.workflow.targets.first)
        let base = try #require(try shipped.report(start: Self.start).measure(target)).measured
        let advisor = LeverAdvisor(
            workflow: shipped.workflow, facts: shipped.plan.facts,
            target: target.with(limit: DayAmount(minutes: max(1, base * 9 / 10), unit: .working)), calendar: .weekdays,
            start: Self.start)
        let advice = try advisor.advice()
        #expect(advice.outcome.isProven, "WF-\(network)")
        #expect(advice.before.measured == base)
        let reformed = try shipped.workflow.applying(advice.chosen.map(\.id), facts: shipped.plan.facts)
        let report = try Planner(plan: Plan.resolve(reformed, facts: shipped.plan.facts), calendar: .weekdays)
            .report(start: Self.start)
        #expect(try #require(report.measure(target)).measured == advice.after.measured)
        #expect(advice.rows.contains { ($0.alone ?? 0) > 0 }, "WF-\(network): no lever saves anything")
    }
}
