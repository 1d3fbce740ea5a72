import Scheduling
import TestSupport
import WorkCalendar
import WorkflowModel

@testable import Planning

/// Pictures of plans, charts with every mark, and charts that are hard to lay out.
enum SamplePictures {
    static let start = LocalDate("2024-03-01")!  // a date that exists

    /// The holidays that are shipped.
    static func calendar() throws -> WorkCalendar {
        let path = "Workflows/calendars/cn.yaml"
        let reading = CalendarFile.read(try ProjectFiles.text(path), path: path)
        guard let calendar = reading.value else { throw ShippedWorkflow.Missing(what: "\(reading.diagnostics)") }
        return calendar
    }

    static func report(_ network: Int, _ scenario: PlanScenario = PlanScenario(), every: Bool = false) throws
        -> PlanReport
    {
        try ShippedWorkflow(network, everyCondition: every)
            .report(start: start, scenario: scenario, calendar: calendar())
    }

    static func comparison() throws -> Comparison {
        let reports = (before: try report(12), after: try report(2))
        guard let windows = Comparison.windows(reports.before.plan, reports.after.plan),
            let before = Comparison.Figures(reports.before, window: windows.before),
            let after = Comparison.Figures(reports.after, window: windows.after)
        else { throw ShippedWorkflow.Missing(what: "a window") }
        return Comparison(before: before, after: after)
    }

    /// Ten thousand sums of three dice, 3…18, around 30 days.
    static func histogram(_ language: Language) -> Histogram {
        var random = SeededGenerator(seed: 7)
        let values = (0..<10_000).map { _ in
            30 + (0..<3).reduce(0.0) { sum, _ in sum + Double(Int.random(in: 1...6, using: &random)) }
        }
        let sorted = values.sorted()
        return Histogram(
            of: values, title: language.say("审批用时的分布", "How long approval takes"), language: language,
            axis: language.say("审批用时并集（工作日）", "union (working days)"),
            marks: [
                .init(name: "P50", value: sorted[4_999]), .init(name: "P80", value: sorted[7_999]),
                .init(name: "P95", value: sorted[9_499]),
            ],
            target: .init(
                name: language.say("目标", "target"), value: 42,
                chance: Double(values.count { $0 <= 42 }) / Double(values.count)))
    }

    static func tornado(_ language: Language) -> Tornado {
        Tornado(
            title: language.say("什么最影响完成日", "What moves the finish most"), language: language,
            axis: language.say("全程跨度（工作日）", "span (working days)"), base: 352,
            bars: [
                .init(title: language.say("联合验收整改", "Rectification at acceptance"), low: 340, high: 382),
                .init(title: language.say("施工", "Construction"), low: 300, high: 420, isCritical: true),
                .init(title: language.say("批前公示", "Public notice"), low: 351, high: 353),
            ])
    }

    /// Four hundred plays of a plan whose targets have a limit and have none.
    static func simulation() throws -> SimulationReport {
        let plan = try ShippedWorkflow(2).plan
        let model = try RiskModel(
            plan: plan, calendar: calendar(), start: start, assumptions: RiskAssumptions(of: plan.workflow))
        return try model.report(on: model.simulation.run(0..<400))
    }

    /// What to reform in the serial process, so that it takes 180 days.
    static func advice() throws -> AdviceReport {
        let shipped = try ShippedWorkflow(12)
        guard let target = shipped.workflow.targets.first(where: { $0.id == "whole-process" }) else {
            throw ShippedWorkflow.Missing(what: "whole-process")
        }
        return try LeverAdvisor(
            workflow: shipped.workflow, facts: shipped.plan.facts,
            target: target.with(limit: DayAmount(minutes: 180 * DayAmount.minutesPerDay, unit: .working)),
            calendar: calendar(), start: start
        ).advice()
    }

    static func row(
        _ number: Int, _ title: String, from start: Int, days: Int, critical: Bool = false,
        clock: ClockHolder = .gov, float: Int = 0, mark: GanttChart.Row.Mark = .bar,
        facts: GanttChart.Facts = GanttChart.Facts()
    ) -> GanttChart.Row {
        let begin = Self.start.adding(days: start)
        let finish = begin.adding(days: days)
        return GanttChart.Row(
            id: "r\(number)", mark: mark, title: title, department: "规划和自然资源", takes: "\(days)", start: begin,
            finish: finish, lateFinish: finish.adding(days: float), totalFloat: float * DayAmount.minutesPerDay,
            isCritical: critical, clock: clock,
            arrows: number == 0 ? [] : [.init(from: "r\(number - 1)", type: .finishToStart)], facts: facts)
    }

    static func chart(_ title: String, _ rows: [GanttChart.Row], dataDate: LocalDate? = nil) -> GanttChart {
        GanttChart(
            title: title, subtitle: "–", language: .zh, calendar: .weekdays, start: rows.map(\.start).min() ?? start,
            finish: rows.map(\.finish).max() ?? start, rows: rows, targets: [], dataDate: dataDate)
    }

    /// Sixty Chinese characters.
    static let longName = String(repeating: "建设用地规划许可证核发", count: 6).prefix(60).description

    /// A case under way: every mark that a plan does not have.
    static var live: GanttChart {
        func range(_ from: Int, _ to: Int) -> Range<LocalDate> { start.adding(days: from)..<start.adding(days: to) }
        return chart(
            "在办",
            [
                row(
                    0, "已完成", from: 0, days: 9, critical: true, facts: .init(progress: .finished, baseline: range(0, 7))
                ),
                row(
                    1, "办理中", from: 9, days: 21, critical: true,
                    facts: .init(
                        progress: .running, pauses: [range(12, 15)], baseline: range(7, 20),
                        uncertainty: [26, 30, 40].map { start.adding(days: $0) })),
                row(2, "时差为负", from: 30, days: 10, critical: true, float: -4),
                row(3, "不关键", from: 20, days: 13, clock: .tech, float: 6, facts: .init(progress: .running)),
            ], dataDate: start.adding(days: 22))
    }

    /// Charts at the ends of what can happen.
    static var extremes: [GanttChart] {
        [
            chart("一日", [row(0, "一", from: 0, days: 1, critical: true)]),
            chart("零日", [row(0, "一", from: 0, days: 0, critical: true, mark: .milestone)]),
            chart(
                "十年",
                (0..<40).map {
                    row(
                        $0, longName, from: $0 * 90, days: 60, critical: $0 % 3 == 0,
                        clock: ClockHolder.allCases[$0 % 7],
                        float: $0 % 3 == 0 ? 0 : 20)
                }),
            chart(
                "六百",
                (0..<600).map {
                    row(
                        $0, longName, from: $0 % 300, days: 9, critical: $0 % 5 == 0,
                        clock: ClockHolder.allCases[$0 % 7])
                }),
            live,
        ]
    }

    /// A map with every state and every light.
    static var liveMap: MetroMap {
        let lights: [DeadlineLight?] = [nil] + DeadlineLight.allCases
        return MetroMap(
            title: "在办", subtitle: "–", language: .zh,
            stages: [
                .init(id: "a", number: 1, title: "立项用地规划许可", notes: ["2024-03-01"]),
                .init(id: "b", number: 2, title: "工程建设许可", notes: []),
                .init(id: "c", number: nil, title: "并行推进", notes: []),
            ],
            stations: (0..<24).map { number in
                MetroMap.Station(
                    id: "s\(number)", stage: ["a", "b", "c"][number / 8],
                    kind: number % 4 == 2 ? .joint(participants: 5) : number % 7 == 0 ? .milestone : .item,
                    title: number == 5 ? longName : "事项\(number)", note: "2024-03-01",
                    state: WorkState.allCases[number % 8], light: number < 8 ? lights[number % 6] : nil,
                    lightText: number == 1 ? "剩 2 个工作日" : nil, isCritical: number % 3 == 0,
                    after: number % 8 == 0 ? [] : number < 8 ? ["s\(max(0, number - 2))"] : ["s\(number / 8 * 8)"],
                    link: number == 3 ? "#s3" : nil)
            })
    }

    /// Every kind of picture, by name.
    static func all(_ language: Language) throws -> [(name: String, picture: Picture)] {
        let plan = try report(9)
        return [
            ("gantt", GanttChart(plan, language: language).picture),
            ("metro", MetroMap(plan, language: language).picture),
            ("before-after", BeforeAfter(try comparison(), language: language).picture()),
            ("histogram", histogram(language).picture()), ("tornado", tornado(language).picture()),
        ]
    }
}
