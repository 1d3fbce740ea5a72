import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Simulation of plans")
struct RiskModelTests {
    static let calendar = Result { try PlannerTests.calendars()[1] }

    private func model(
        _ network: Int, _ assumptions: RiskAssumptions, everyCondition: Bool = true, start: LocalDate? = nil
    ) throws -> RiskModel {
        try RiskModel(
            plan: try ShippedWorkflow(network, everyCondition: everyCondition).plan,
            calendar: try Self.calendar.get(), start: start ?? PlannerTests.starts[network % PlannerTests.starts.count],
            assumptions: assumptions)
    }

    @Test("Without chance, every sample has the dates, measures and critical activities of the plan", arguments: 1...12)
    func fixed(network: Int) throws {
        for everyCondition in [false, true] {
            for start in PlannerTests.starts {
                let model = try model(
                    network, RiskAssumptions(shape: .fixed, chances: false), everyCondition: everyCondition,
                    start: start)
                let planned = try Planner(plan: model.plan, calendar: model.calendar).report(start: start)
                let part = model.simulation.run(0..<3)
                let report = try model.report(on: part)
                #expect(report.finish.percentiles.map(\.value) == Array(repeating: planned.finish, count: 4))
                #expect(report.finish.planned == planned.finish)
                #expect(report.targets.map(\.target) == planned.targets.map(\.target))
                for (simulated, target) in zip(report.targets, planned.targets) {
                    let values = [target.union, target.span, target.sum, target.countedPathLength]
                    for (measure, value) in zip(simulated.measures, values) {
                        #expect(measure.percentiles.allSatisfy { $0.value == value })
                        #expect(measure.chance?.value == target.target.limit.map { value <= $0.minutes ? 1 : 0 })
                    }
                }
                let drivers = model.simulation.drivers(ofWindow: nil, in: part)
                for row in planned.activities {
                    let index = try #require(model.simulation.network.index(of: row.activity.id))
                    #expect(
                        (drivers[index].criticality.value == 1) == row.isCritical,
                        "\(row.activity.id) from \(start)")
                }
            }
        }
    }

    @Test("Random plans too, with lags and waits for phases", arguments: 1...40)
    func randomPlans(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let random = try RandomPlan.make(using: &generator)
        for (basis, shape) in [(EstimateBasis.likely, DurationShape.fixed)] {
            let planned = try Planner(plan: random, calendar: try Self.calendar.get())
                .report(start: PlannerTests.starts[Int(seed) % 7], scenario: PlanScenario(basis: basis))
            let model = try RiskModel(
                plan: random, calendar: planned.calendar, start: planned.start,
                assumptions: RiskAssumptions(shape: shape, chances: false))
            let part = model.simulation.run(0..<1)
            let report = try model.report(on: part)
            #expect(report.finish.percentiles.first?.value == planned.finish)
            for (simulated, target) in zip(report.targets, planned.targets) {
                #expect(
                    simulated.measures.map { $0.percentiles[0].value }
                        == [target.union, target.span, target.sum, target.countedPathLength])
            }
        }
    }

    @Test(
        "Whole days: no sample finishes within a day, and none before the plan at its minima or after it at its maxima")
    func bounds() throws {
        let model = try model(2, RiskAssumptions(seed: 5))
        let part = model.simulation.run(0..<2000, detail: .outcomes)
        #expect(part.finishes.allSatisfy { $0 % 480 == 0 })
        func finish(_ basis: EstimateBasis, _ rounds: Int) throws -> LocalDate {
            try Planner(plan: model.plan, calendar: model.calendar)
                .report(start: model.start, scenario: PlanScenario(basis: basis, rectificationRounds: rounds)).finish
        }
        let first = try finish(.min, 0)
        let last = try finish(.max, 5)
        let report = try model.report(on: model.simulation.run(0..<2000))
        #expect(report.finish.curve.allSatisfy { first <= $0.x && $0.x <= last })
        #expect(report.finish.bins.reduce(0) { $0 + $1.count } == 2000)
        #expect(report.finish.curve.last?.p == 1)
    }

    @Test("A target that is met at the maxima with every round is met for certain, and one missed at the minima never")
    func certainTargets() throws {
        for network in 1...12 {
            let model = try model(network, RiskAssumptions(seed: 2))
            let report = try model.report(on: model.simulation.run(0..<512))
            for target in report.targets where target.target.limit != nil {
                let chance = try #require(target.measured.chance)
                let index = try #require(model.targets.firstIndex(of: target.target))
                #expect(
                    model.chance(ofMeeting: index, on: target.measured.measure, in: model.simulation.run(0..<512))
                        == chance)
                let best = try #require(
                    try Planner(plan: model.plan, calendar: model.calendar)
                        .report(start: model.start, scenario: PlanScenario(basis: .min)).measure(target.target))
                if best.isMet == false, target.target.measure == .span { #expect(chance.value == 0) }
            }
        }
    }

    @Test("Departments that are slow together make the outcome less sure")
    func correlation() throws {
        func deviation(_ correlation: Double) throws -> Double {
            let model = try model(2, RiskAssumptions(seed: 3, departmentCorrelation: correlation, chances: false))
            return try model.report(on: model.simulation.run(0..<4096)).targets[0].measures[2].deviation
        }
        #expect(try deviation(0.8) > 1.2 * deviation(0))
    }

    /// One permit of five days that may need a correction of two and a hearing of three, and what starts with it.
    private func permit(correction: Double, hearing: Double) throws -> Plan {
        let reading = WorkflowFile.read(
            """
            workflow: sample
            version: "1"
            title: {zh: 样例, en: Sample}
            processType: 3
            source: assumed
            calendar: weekdays
            facts: {}
            departments: {planning: {zh: 规划, en: Planning}}
            targets:
              - {id: t, limit: 6 wd, from: entered, to: completed, counts: [gov], measure: span, source: assumed}
            stages:
              - id: works
                title: {zh: 许可, en: Permit}
                national: 3
                lead: planning
                items:
                  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
                  - id: permit
                    title: {zh: 许可, en: Permit}
                    kind: approval
                    department: planning
                    takes: 5 wd
                    after: [entered]
                    correction: {chance: \(correction), applicant: 2 wd}
                    special: {procedure: hearing, chance: \(hearing), takes: 3 wd}
                    milestone: true
                    source: assumed
                  - {id: record, title: {zh: 归档, en: Record}, kind: applicant, department: planning, takes: 1 wd,
                     after: [{item: permit, type: SS}], source: assumed}
                  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [permit, record]}
            """, path: "permit.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        return Plan.resolve(workflow, facts: [:])
    }

    @Test("Corrections delay an item and special procedures stop its clock, each as often as its chance says")
    func chances() throws {
        let start = PlannerTests.starts[0]
        func target(_ correction: Double, _ hearing: Double, runs: Int) throws -> SimulationReport.TargetChance {
            let model = try RiskModel(
                plan: try permit(correction: correction, hearing: hearing), calendar: .weekdays, start: start)
            return try model.report(on: model.simulation.run(0..<runs)).targets[0]
        }
        for (chances, span) in [((0.0, 0.0), 5), ((1, 0), 7), ((0, 1), 8), ((1, 1), 10)] {
            let target = try target(chances.0, chances.1, runs: 64)
            #expect(target.measures[WindowMeasure.span.rawValue].percentiles.allSatisfy { $0.value == span * 480 })
            #expect(target.measures[WindowMeasure.union.rawValue].percentiles.allSatisfy { $0.value == 5 * 480 })
        }
        let chance = try #require(try target(0.3, 0.2, runs: 8192).measured.chance)
        #expect(abs(chance.value - 0.7 * 0.8) < 4 * (0.56 * 0.44 / 8192).squareRoot())
        let driver = try #require(try target(0.3, 0.2, runs: 8192).drivers.first)
        #expect(driver.id == "permit.special-procedure")
        #expect(abs(driver.swing - 3 * 480) < 100)
    }

    @Test("JSON repeats the report, with every chart's values")
    func json() throws {
        let model = try model(2, RiskAssumptions(seed: 3))
        let report = try model.report(on: model.simulation.run(0..<512), isPartial: true)
        let text = report.json.pretty
        #expect(text.contains("\"partial\": true"))
        #expect(text.contains("\"runs\": 512"))
        for target in report.targets { #expect(text.contains("\"id\": \"\(target.target.id)\"")) }
    }
}
