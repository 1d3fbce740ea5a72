import Planning
import WorkCalendar
import WorkflowModel

/// A team report for the terminal: projects, departments, and the activities that wait.
struct TeamText {
    let report: TeamReport
    let terminal: Terminal

    var text: String {
        [projects, departments, activities, summary].compactMap(\.self).joined(separator: "\n\n")
    }

    private var projects: String {
        var table = TextTable([
            .init(terminal.say("项目", "project"), limit: 40), .init(terminal.say("进入", "start")),
            .init(terminal.say("不排队完成", "unlimited")), .init(terminal.say("完成", "finish")),
            .init(terminal.say("推迟", "delay"), .right),
        ])
        for project in report.projects {
            table.add([
                project.name, project.start.description, project.earlyFinish.description, project.finish.description,
                days(project.delay),
            ])
        }
        return table.text
    }

    private var departments: String {
        var table = TextTable([
            .init(terminal.say("部门", "department"), limit: 40), .init(terminal.say("组", "teams"), .right),
            .init(terminal.say("审查", "work"), .right), .init(terminal.say("等待", "waiting"), .right),
            .init(terminal.say("多一组：共提前", "one more: all"), .right), .init(terminal.say("最后提前", "last"), .right),
        ])
        for department in report.departments {
            table.add([
                department.title[terminal.language], String(department.teams), days(department.work),
                days(department.waiting), department.oneMore.map { days($0.all) } ?? "—",
                department.oneMore.map { days($0.last) } ?? "—",
            ])
        }
        return table.text
    }

    private var activities: String? {
        let waiting = report.rows.filter { $0.waiting > 0 }
        guard !waiting.isEmpty else { return terminal.say("没有活动等待审查组。", "No activity waits for a team.") }
        var table = TextTable([
            .init(terminal.say("项目", "project"), limit: 24),
            .init(terminal.say("等待的活动", "activity that waits"), limit: 40),
            .init(terminal.say("部门", "departments"), limit: 30), .init(terminal.say("开始", "start")),
            .init(terminal.say("完成", "finish")), .init(terminal.say("等待", "waiting"), .right),
        ])
        for row in waiting {
            table.add([
                row.project, row.activity.title[terminal.language], row.departments.joined(separator: ", "),
                row.start.description, row.finish.description, days(row.waiting),
            ])
        }
        return table.text
    }

    private var summary: String {
        let gap = (report.gap * 1000).rounded() / 10
        return terminal.say(
            "全部 \(days(report.length)) 个工作日，至少需要 \(days(report.lowerBound))（差距至多 \(gap) %）；试了 \(report.schedules) 个进度。",
            """
            All of it \(days(report.length)) working days; at least \(days(report.lowerBound)) (gap at most \(gap) %); \
            \(report.schedules) schedules tried.
            """)
    }

    private func days(_ minutes: Int) -> String { DayAmount.number(minutes: minutes) }
}
