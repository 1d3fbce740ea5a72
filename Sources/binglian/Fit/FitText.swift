import Interchange
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A fit report for the terminal.
struct FitText {
    let report: FitReport
    let terminal: Terminal

    var text: String {
        var lines = [
            terminal.styled(report.source, .bold)
                + terminal.say(
                    "  \(report.cases) 个办件，\(report.events) 个事件，日历 \(report.calendar.id)",
                    "  \(report.cases) cases, \(report.events) events, calendar \(report.calendar.id)"),
            "", table, "", legend,
        ]
        if !report.chances.isEmpty { lines += ["", chances] }
        if !report.left.isEmpty {
            lines += ["", terminal.say("未写入：", "Left as they are:")]
            lines += report.left.map { "  \($0.place): \($0.reason[terminal.language])" }
        }
        return lines.joined(separator: "\n")
    }

    private var table: String {
        var table = TextTable([
            .init(terminal.say("活动", "activity"), limit: 44), .init("n", .right),
            .init(terminal.say("办件", "cases"), .right), .init(terminal.say("返工", "repeated"), .right),
            .init(terminal.say("最短", "min"), .right), .init(terminal.say("中位", "median"), .right),
            .init(terminal.say("最长", "max"), .right), .init(terminal.say("拟合", "fit")),
            .init("D", .right), .init("p", .right),
        ])
        for row in report.rows {
            let share = report.cases == 0 ? 0 : Double(row.cases) / Double(report.cases)
            let again = row.cases == 0 ? 0 : Double(row.repeatedCases) / Double(row.cases)
            let head = [row.id, String(row.fit?.count ?? 0), Self.percent(share), Self.percent(again)]
            guard let fit = row.fit else {
                table.add(head + ["–", "–", "–", terminal.say("没有可计的用时", "no durations"), "", ""])
                continue
            }
            table.add(
                head + [fit.min, fit.median, fit.max].map(Self.days) + [words(for: fit, row.unit)]
                    + goodness(of: fit))
        }
        return table.text
    }

    private func words(for fit: DurationFit, _ unit: DayUnit) -> String {
        let chosen = fit.chosen
        if fit.evidence == .tooFew, chosen.family != .fixed {
            return terminal.say("样本太少，不作判断", "too few to tell")
        }
        let few = fit.evidence != .enough ? terminal.say("（样本少）", " (few)") : ""
        if chosen.family == .quantiles {
            let middle = [0.1, 0.5, 0.9].map { Self.days(chosen.distribution.quantile($0)) }.joined(separator: "/")
            return terminal.say("分位数 P10/50/90 \(middle)", "quantiles P10/50/90 \(middle)") + few
        }
        let figures = chosen.distribution.figures.map(Self.days).joined(separator: "/")
        return "\(name(of: chosen.family)) \(figures) \(unit.rawValue)\(few)"
    }

    /// Of a table, how far off the nearest of the others is.
    private func goodness(of fit: DurationFit) -> [String] {
        let shown = fit.nearest
        return [shown.distance.decimal(3), shown.p.map { $0 < 0.01 ? "<0.01" : $0.decimal(2) } ?? "–"]
    }

    private func name(of family: DurationFit.Family) -> String {
        switch family {
        case .fixed: terminal.say("固定", "fixed")
        case .uniform: terminal.say("均匀", "uniform")
        case .triangular: terminal.say("三角", "triangular")
        case .pert: "PERT"
        case .quantiles: terminal.say("分位数", "quantiles")
        }
    }

    private var legend: String {
        var lines = [
            terminal.say(
                "单位为天（一天 8 小时）。D：与样本的最大差距；p < 0.05 时拒绝该分布。取分位数时，D 和 p 属于最接近的分布。",
                "Days of 8 hours. D: greatest distance from the samples; a family with p < 0.05 is rejected. "
                    + "Beside quantiles, D and p are those of the nearest family.")
        ]
        if report.rows.contains(where: { $0.basis == .sincePrevious }) {
            lines.append(
                terminal.say(
                    "日志没有开始事件的活动，用时从上一事件算起，含等待。",
                    "Where the log has no start, time runs from the event before: waiting and work together."))
        }
        let left = report.rows.reduce(0) { $0 + $1.leftOut.total }
        if left > 0 {
            lines.append(
                terminal.say(
                    "\(left) 次没有可计的用时（办件首个事件、缺开始或完成、时间倒退）。",
                    "\(left) runs have no duration (first of their case, no start or end, time running backwards)."))
        }
        return lines.joined(separator: "\n")
    }

    private var chances: String {
        var table = TextTable([
            .init(terminal.say("可能发生", "may happen"), limit: 44), .init(terminal.say("发生", "happened"), .right),
            .init(terminal.say("机会", "of"), .right), .init(terminal.say("概率", "chance"), .right),
        ])
        for chance in report.chances {
            table.add([
                chance.place.description, String(chance.happened), String(chance.of), Self.percent(chance.share),
            ])
        }
        return table.text
    }

    private static func days(_ minutes: Double) -> String {
        let days = minutes / Double(DayAmount.minutesPerDay)
        return days.decimal(days < 0.1 ? 3 : days < 100 ? 2 : 1)
    }

    private static func percent(_ share: Double) -> String { "\((share * 100).decimal(1)) %" }
}
