import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Before and after a reform")
struct ComparisonTests {
    private func plan(_ path: String, facts: [String: FactValue] = [:]) throws -> Plan {
        let reading = WorkflowFile.read(try ProjectFiles.text(path), path: path)
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        return Plan.resolve(workflow, facts: workflow.resolvedFacts(facts))
    }

    private func report(_ plan: Plan) throws -> PlanReport {
        try Planner(plan: plan, calendar: .weekdays).report(start: PlannerTests.starts[0])
    }

    private func compare(
        _ before: Plan, _ after: Plan, from: String? = nil, to: String? = nil
    ) throws -> Comparison {
        let windows = try #require(Comparison.windows(before, after))
        func figures(_ plan: Plan, _ own: Comparison.Window) throws -> Comparison.Figures {
            let window = Comparison.Window(from: from ?? own.from, to: to ?? own.to)
            return try #require(Comparison.Figures(try report(plan), window: window))
        }
        return Comparison(before: try figures(before, windows.before), after: try figures(after, windows.after))
    }

    @Test(
        "The reforms that the policy documents name cut the counted days that they claim",
        arguments: [
            (12, 1, nil, 239, 101, 57.7), (12, 2, nil, 239, 47, 80.3), (2, 9, nil, 47, 15, 68.1),
            (5, 11, "construction-start", 15, 2, 86.7), (12, 8, "construction-start", 192, 60, 68.8),
        ] as [(Int, Int, String?, Int, Int, Double)])
    func claims(before: Int, after: Int, to: String?, counted: Int, left: Int, cut: Double) throws {
        let comparison = try compare(try ShippedWorkflow(before).plan, try ShippedWorkflow(after).plan, to: to)
        let union = try #require(comparison.figures.first { $0.id == "union" })
        #expect(union.before == counted * 480)
        #expect(union.after == left * 480)
        #expect(union.cut == cut)
    }

    @Test("Guangdong's halving holds: government time before construction is at most half of what it was")
    func halving() throws {
        let comparison = try compare(
            try ShippedWorkflow(12).plan, try ShippedWorkflow(8).plan, to: "construction-start")
        #expect(2 * comparison.after.union <= comparison.before.union)
    }

    @Test("A bureau's catalogue is compared in steps, signers and the sum of its limits, to one decimal")
    func catalogue() throws {
        let comparison = try compare(
            try plan("Fixtures/workflows/bureau-before.yaml"), try plan("Fixtures/workflows/bureau-after.yaml"))
        let figures = Dictionary(uniqueKeysWithValues: comparison.figures.map { ($0.id, $0) })
        #expect(figures["steps"].map { [$0.before, $0.after] } == [34, 25])
        #expect(figures["signers"].map { [$0.before, $0.after] } == [47, 34])
        #expect(figures["sumOfLimits"].map { [$0.before / 480, $0.after / 480] } == [115, 59])
        #expect(figures["steps"]?.cut == 26.5)
        #expect(figures["signers"]?.cut == 27.7)
        #expect(figures["sumOfLimits"]?.cut == 48.7)
    }

    @Test("The share cut is rounded as a person rounds, exactly, halves away from zero")
    func cut() {
        #expect(Comparison.cut(from: 0, to: 5) == nil)
        #expect(Comparison.cut(from: 192, to: 60) == 68.8)  // 68.75
        #expect(Comparison.cut(from: 8, to: 11) == -37.5)
        #expect(Comparison.cut(from: 100, to: 100) == 0)
        #expect(Comparison.cut(from: 2000, to: 1999) == 0.1)  // 0.05
        #expect(Comparison.cut(from: 2000, to: 2001) == -0.1)
        for before in 1...60 {
            for after in 0...70 {
                // Tenths by long division on paper.
                let thousandths = abs(before - after) * 1000
                var tenths = thousandths / before
                if 2 * (thousandths % before) >= before { tenths += 1 }
                let sign = after > before ? -1.0 : 1.0
                #expect(Comparison.cut(from: before, to: after) == sign * Double(tenths) / 10)
            }
        }
    }

    @Test("Plans are compared from the first milestone that both have to the last; with one, each from its own first")
    func windows() throws {
        let serial = try ShippedWorkflow(12).plan
        let general = try ShippedWorkflow(2).plan
        let window = Comparison.Window(from: "entered", to: "completed")
        #expect(try #require(Comparison.windows(serial, general)).before == window)
        #expect(try #require(Comparison.windows(serial, general)).after == window)
        let industrial = try ShippedWorkflow(5).plan
        let zeroLand = try ShippedWorkflow(11).plan
        let own = try #require(Comparison.windows(industrial, zeroLand))
        #expect(own.before == Comparison.Window(from: "land-obtained", to: "construction-start"))
        #expect(own.after == Comparison.Window(from: "entered", to: "construction-start"))
    }

    @Test("A window of which a plan lacks an end has no figures")
    func missingWindow() throws {
        let report = try report(try ShippedWorkflow(2).plan)
        #expect(Comparison.Figures(report, window: Comparison.Window(from: "entered", to: "nowhere")) == nil)
        #expect(Comparison.Figures(report, window: Comparison.Window(from: "nowhere", to: "completed")) == nil)
    }

    @Test("In a sum of limits a limit of calendar days counts five of seven, rounded up")
    func calendarLimits() throws {
        let text = """
            workflow: limits
            version: "1"
            title: {zh: 时限, en: Limits}
            processType: 3
            source: assumed
            calendar: weekdays
            facts:
              floorArea: {type: number, unit: m2, default: 100}
            departments:
              planning: {zh: 规划, en: Planning}
            targets:
              - {id: whole, from: entered, to: completed, counts: [gov], source: assumed}
            stages:
              - id: all
                title: {zh: 全部, en: All}
                national: 1
                lead: planning
                items:
                  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
                  - {id: a, title: {zh: 甲, en: A}, kind: approval, department: planning, takes: 2 wd, limit: 3 wd,
                     statutory: 20 wd, after: [entered], milestone: true, source: assumed}
                  - {id: b, title: {zh: 乙, en: B}, kind: approval, department: planning, takes: 10 wd,
                     statutory: 60 cd, after: [entered], source: assumed}
                  - {id: c, title: {zh: 丙, en: C}, kind: filing, department: planning, takes: 1 wd,
                     after: [entered], source: assumed}
                  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [a, b, c]}
            """
        let workflow = try #require(WorkflowFile.read(text, path: "limits.yaml").value)
        let report = try report(Plan.resolve(workflow, facts: workflow.resolvedFacts([:])))
        let figures = try #require(
            Comparison.Figures(report, window: Comparison.Window(from: "entered", to: "completed")))
        #expect(figures.sumOfLimits == (3 + 43 + 1) * 480)
        #expect(figures.steps == 3)
        #expect(figures.signers == 3)
    }
}
