import Planning
import WorkCalendar
import WorkflowModel

/// A solved plan as a table with a small Gantt chart, and its targets in sentences.
struct PlanText {
    let report: PlanReport
    let terminal: Terminal
    let rows: Rows

    /// What a row of the table is.
    enum Rows: String, CaseIterable { case activity, stage }

    private var language: Language { terminal.language }

    var text: String {
        let table = rows == .activity ? schedule : stages
        return ([heading] + targets + ["", table, "", legend] + notes).joined(separator: "\n")
    }

    private var heading: String {
        let workflow = report.plan.workflow
        let at = report.scenario.basis.rawValue
        let rounds = report.scenario.rectificationRounds
        let assumption =
            rounds == 0 ? at : terminal.say("\(at)，每个联合事项整改 \(rounds) 轮", "\(at), \(rounds) rectification round(s)")
        return terminal.styled("\(workflow.title[language])  \(workflow.id) \(workflow.version)", .bold) + "\n"
            + terminal.say(
                "\(report.start) → \(report.finish)  日历 \(report.calendar.id) \(report.calendar.version)  取值 \(assumption)",
                "\(report.start) → \(report.finish)  calendar \(report.calendar.id) \(report.calendar.version)  at \(assumption)"
            )
    }

    private var targets: [String] {
        report.targets.flatMap { TargetText(target: $0, terminal: terminal, isBrief: rows == .stage).lines }
    }

    private var stages: String {
        let scale = GanttScale(start: report.start, finish: report.finish, columns: max(24, terminal.columns - 84))
        var table = TextTable([
            .init(terminal.say("阶段", "stage"), limit: 38), .init(terminal.say("开始", "start")),
            .init(terminal.say("完成", "finish")), .init(terminal.say("审批用时", "counted"), .right),
            .init(terminal.say("预算", "budget"), .right), .init(scale.head, limit: scale.columns + 1),
        ])
        for row in report.stages {
            table.add([
                row.stage.title[language], row.start.description, row.finish.description,
                "\(DayAmount.number(minutes: row.counted)) wd", row.stage.budget?.description ?? "",
                scale.bar(from: row.start, to: row.finish, row.isCritical ? .critical : .uncounted),
            ])
        }
        return table.text
    }

    private var schedule: String {
        let scale = GanttScale(start: report.start, finish: report.finish, columns: max(24, terminal.columns - 96))
        var table = TextTable([
            .init(terminal.say("事项", "item"), limit: 34), .init(terminal.say("部门", "department"), limit: 16),
            .init(terminal.say("用时", "takes"), .right), .init(terminal.say("开始", "start")),
            .init(terminal.say("完成", "finish")), .init(terminal.say("时差", "float"), .right),
            .init(scale.head, limit: scale.columns + 1),
        ])
        var stage = ""
        let titles = Dictionary(uniqueKeysWithValues: report.plan.workflow.stages.map { ($0.id, $0.title[language]) })
        let departments = Dictionary(
            uniqueKeysWithValues: report.plan.workflow.departments.map { ($0.id, $0.title[language]) })
        for row in report.activities {
            if row.activity.stage != stage {
                stage = row.activity.stage
                table.add(["[\(titles[stage] ?? stage)]", "", "", "", "", "", ""])
            }
            let isMoment = row.activity.kind == .milestone
            table.add([
                "  " + row.activity.title[language], row.activity.department.flatMap { departments[$0] } ?? "",
                isMoment ? "" : row.duration.description, row.earlyStart.description, row.earlyFinish.description,
                row.isCritical ? "●" : DayAmount.number(minutes: row.totalFloat),
                scale.bar(from: row.earlyStart, to: row.earlyFinish, mark(of: row)),
            ])
        }
        return table.text
    }

    private func mark(of row: PlanReport.Row) -> GanttScale.Mark {
        if row.isCritical { return .critical }
        return [.gov, .tech].contains(row.activity.clock) ? .counted : .uncounted
    }

    private var legend: String {
        terminal.styled(
            terminal.say(
                "● 关键  时差为工作日  █ 关键  ▓ 计入审批时间  ░ 不计入  ◆ 里程碑；日期均为当日日终",
                "● critical  float in working days  █ critical  ▓ counted  ░ not counted  ◆ moment; dates are closings"),
            .dim)
    }

    private var notes: [String] {
        var notes: [String] = []
        if report.isProvisional {
            notes.append(
                terminal.say(
                    "注意：有日期落在尚未公布放假安排的年份，属暂定结果。",
                    "Note: some dates lie beyond the published holidays; they are provisional."))
        }
        if !report.plan.notNeeded.isEmpty {
            let names = report.plan.notNeeded.joined(separator: ", ")
            notes.append(terminal.say("按项目属性不需要：\(names)", "Not needed for this project: \(names)"))
        }
        return notes
    }
}

/// One target in words: the verdict, the four measures and the two critical paths.
struct TargetText {
    let target: TargetReport
    let terminal: Terminal
    /// Without the critical paths.
    var isBrief = false

    var lines: [String] {
        let days = { (minutes: Int) in DayAmount.number(minutes: minutes) }
        var verdict: String
        if let isMet = target.isMet, let margin = target.margin, let limit = target.target.limit {
            let text =
                isMet
                ? terminal.say("达标，余 \(days(margin)) 天", "met, \(days(margin)) to spare")
                : terminal.say("超出 \(days(-margin)) 天", "missed by \(days(-margin))")
            verdict = "\(days(target.measured)) / \(limit.description)  " + terminal.styled(text, isMet ? .green : .red)
        } else {
            verdict = terminal.say("\(days(target.measured)) 工作日（无时限）", "\(days(target.measured)) wd (no limit)")
        }
        return [
            "",
            terminal.styled("\(target.target.id)", .bold)
                + "  \(target.target.from) \(target.from) → \(target.target.to) \(target.to)   " + verdict,
            "  "
                + terminal.say(
                    "并集 \(days(target.union))  跨度 \(days(target.span))  累计 \(days(target.sum))  计时关键路径 \(days(target.countedPathLength))",
                    "union \(days(target.union))  span \(days(target.span))  sum \(days(target.sum))  counted critical path \(days(target.countedPathLength))"
                ),
        ] + (isBrief ? [] : paths)
    }

    private var paths: [String] {
        [
            "  " + terminal.say("历时关键路径：", "critical path, elapsed: ") + target.elapsedPath.joined(separator: " → "),
            "  " + terminal.say("计时关键路径：", "critical path, counted: ") + target.countedPath.joined(separator: " → "),
        ]
    }
}
