import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// What was asked of a workflow's plan besides its dates.
struct PlanAnswersText {
    let answers: PlanAnswers
    let terminal: Terminal

    var text: String { (backward + paths + comparison + quality).joined(separator: "\n") }

    private func days(_ minutes: Int) -> String { DayAmount.number(minutes: minutes) }

    private func heading(_ zh: String, _ en: String) -> [String] { ["", terminal.styled(terminal.say(zh, en), .bold)] }

    /// By department, each in the order of the plan: who must have decided what by when.
    private var backward: [String] {
        guard let backward = answers.backward else { return [] }
        let isFeasible = backward.shortfall == 0
        let verdict =
            isFeasible
            ? terminal.say("可行，最迟 \(backward.latestEntry) 进入", "feasible; enter by \(backward.latestEntry)")
            : terminal.say(
                "不可行，差 \(days(backward.shortfall)) 个工作日",
                "not feasible, \(days(backward.shortfall)) working days are lacking")
        var table = TextTable([
            .init(terminal.say("部门", "department"), limit: 24), .init(terminal.say("事项", "item"), limit: 40),
            .init(terminal.say("最迟开始", "start by")), .init(terminal.say("最迟办结", "decide by")),
            .init(terminal.say("余量", "to spare"), .right),
        ])
        let workflow = answers.report.plan.workflow
        let rows = backward.rows.filter { $0.activity.kind != .milestone }
        for department in workflow.departments {
            var name = department.title[terminal.language]
            for row in rows where row.activity.department == department.id {
                table.add([name] + cells(row))
                name = ""
            }
        }
        for row in rows where row.activity.department == nil {
            table.add([terminal.say("申请人", "applicant")] + cells(row))
        }
        return heading("倒排工期 \(backward.wanted)", "wanted by \(backward.wanted)")
            + [terminal.styled(verdict, isFeasible ? .green : .red)]
            + [
                terminal.say("决定它的线路  ", "the chain that decides  ") + backward.chain.joined(separator: " → "), "",
                table.text,
            ]
    }

    private func cells(_ row: PlanAnswers.Backward.Row) -> [String] {
        [
            row.activity.title[terminal.language], row.latestStart.description, row.latestFinish.description,
            days(row.float),
        ]
    }

    private var paths: [String] {
        func list(_ paths: [FloatPath]) -> [String] {
            paths.enumerated().map { number, path in
                "\(number + 1)  " + terminal.say("余 ", "gap ") + days(path.gap) + "  "
                    + path.path.activities.map(answers.id).joined(separator: " → ")
            }
        }
        var lines: [String] = []
        if !answers.paths.isEmpty {
            lines += heading("最长的线路（余量为工作日）", "longest paths (gap in working days)") + list(answers.paths)
        }
        if let near = answers.near { lines += heading("接近关键的线路", "near-critical paths") + list(near) }
        return lines
    }

    private var comparison: [String] {
        guard let comparison = answers.comparison else { return [] }
        var table = TextTable([
            .init(terminal.say("活动", "activity"), limit: 40), .init(terminal.say("开始", "start"), .right),
            .init(terminal.say("完成", "finish"), .right), .init(terminal.say("时差", "float"), .right),
        ])
        func signed(_ value: Double) -> String {
            (value > 0 ? "+" : "") + (value == value.rounded() ? "\(Int(value))" : "\(value)")
        }
        for shift in comparison.shifts where shift.isMoved {
            table.add([shift.id, signed(Double(shift.start)), signed(Double(shift.finish)), signed(shift.totalFloat)])
        }
        var lines = heading("与基线相比（工作日）", "against the baseline (working days)")
        lines.append(table.rows.isEmpty ? terminal.say("没有变化", "nothing moved") : table.text)
        if !comparison.added.isEmpty {
            lines.append(terminal.say("新增：", "added: ") + comparison.added.joined(separator: ", "))
        }
        if !comparison.removed.isEmpty {
            lines.append(terminal.say("删除：", "removed: ") + comparison.removed.joined(separator: ", "))
        }
        return lines
    }

    private var quality: [String] {
        guard let checks = answers.quality else { return [] }
        return ["", QualityText(checks: checks, terminal: terminal, name: answers.id).text]
    }
}
