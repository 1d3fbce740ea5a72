import Foundation
import Planning
import WorkCalendar
import WorkflowModel

/// What came of a city, as tables.
struct CityText {
    let city: City
    let report: PortfolioReport
    /// `nil` when it was not asked what one more team buys.
    let gains: [TeamGain]?
    let terminal: Terminal

    private var language: Language { terminal.language }

    var text: String {
        var parts = [heading, kinds, interludes]
        if !report.departments.isEmpty { parts.append(departments) }
        if let gains { parts.append(table(of: gains)) }
        return parts.joined(separator: "\n\n")
    }

    private var heading: String {
        let projects = report.kinds.reduce(0) { $0 + $1.projects }
        let dates = [report.start, report.through].compactMap { $0?.description }.joined(separator: " → ")
        let partial = report.isPartial ? terminal.styled(terminal.say("  不完整", "  partial"), .yellow) : ""
        return terminal.styled("\(city.title[language])  \(city.id)", .bold)
            + terminal.say(
                "\n\(dates)  \(projects) 个项目  办结事项 \(report.completions)  种子 \(report.seed)",
                "\n\(dates)  \(projects) projects  \(report.completions) items finished  seed \(report.seed)") + partial
    }

    // MARK: Kinds

    private var kinds: String {
        var table = TextTable([
            .init(terminal.say("项目类别", "kind of project"), limit: 40), .init(terminal.say("到来", "arrived"), .right),
            .init(terminal.say("办结", "done"), .right), .init(terminal.say("目标", "target")),
            .init(terminal.say("时限", "limit"), .right), .init(terminal.say("达成", "kept"), .right),
            .init(terminal.say("平均", "mean"), .right), .init("P50", .right), .init("P80", .right),
            .init("P95", .right),
        ])
        for kind in report.kinds {
            var names = [kind.workflow.title[language], String(kind.arrived), String(kind.finished)]
            for target in kind.targets {
                table.add(
                    names + [
                        target.target.id, target.target.limit?.description ?? "—", percent(target.share),
                    ] + figures(target.days))
                names = ["", "", ""]
            }
            table.add(
                names + [terminal.say("到来至办结（自然日）", "arrival to end (cd)"), "", ""] + figures(kind.duration))
        }
        return table.text
    }

    // MARK: What had to come first

    private var interludes: String {
        var table = TextTable([
            .init(terminal.say("中间环节（工作日）", "what came between (wd)")), .init(terminal.say("次数", "times"), .right),
            .init(terminal.say("合计", "total"), .right), .init(terminal.say("平均", "mean"), .right), .init("P50", .right),
            .init("P80", .right), .init("P95", .right),
        ])
        for kind in Interlude.Kind.allCases {
            let sample = report.interludes[kind] ?? DaySample([])
            table.add([title(of: kind), String(sample.count), String(sample.total)] + figures(sample))
        }
        let refused = terminal.say(
            "不予许可 \(report.refusals) 次，申请人随即重新申请。", "Refused: \(report.refusals); who is refused applies again at once."
        )
        return table.text + "\n" + refused
    }

    private func title(of kind: Interlude.Kind) -> String {
        switch kind {
        case .correction: terminal.say("补正", "correction")
        case .specialProcedure: terminal.say("特别程序", "special procedure")
        case .rectification: terminal.say("整改", "rectification")
        }
    }

    private func figures(_ sample: DaySample) -> [String] {
        [decimal(sample.mean)] + [0.5, 0.8, 0.95].map { share in sample.quantile(share).map { "\($0)" } ?? "—" }
    }

    // MARK: Departments

    private var departments: String {
        var table = TextTable([
            .init(terminal.say("部门", "department"), limit: 36), .init(terminal.say("组数", "teams"), .right),
            .init(terminal.say("办理", "served"), .right), .init(terminal.say("利用率", "used"), .right),
            .init(terminal.say("平均等待", "mean wait"), .right), .init("P90", .right),
            .init(terminal.say("合计", "total"), .right), .init(terminal.say("最长队", "longest"), .right),
            .init(terminal.say("排队（每周）", "queue by week"), limit: Self.weeks),
        ])
        for department in report.departments {
            table.add([
                department.title[language], String(department.teams), String(department.served),
                percent(department.utilisation), decimal(department.waits.mean),
                department.waits.quantile(0.9).map { "\($0)" } ?? "—", String(department.waits.total),
                String(department.longestQueue), spark(department.weeklyQueue),
            ])
        }
        return table.text + "\n"
            + terminal.say("等待以工作日计；█ 为各部门自己的最长队。", "Waits in working days; █ is the department's own longest queue.")
    }

    private static let weeks = 40

    /// A queue over time, as many weeks to a column as fit.
    private func spark(_ lengths: [Int]) -> String {
        let most = lengths.max() ?? 0
        guard most > 0 else { return "" }
        let blocks = Array(" ▁▂▃▄▅▆▇█")
        let columns = min(Self.weeks, lengths.count)
        var line = ""
        for column in 0..<columns {
            let range = column * lengths.count / columns..<max(1, (column + 1) * lengths.count / columns)
            let height = lengths[range].max() ?? 0
            // One that waits is seen however long the longest queue was.
            line.append(blocks[(height * 8 + most - 1) / most])
        }
        return line
    }

    // MARK: One more team

    private func table(of gains: [TeamGain]) -> String {
        var table = TextTable([
            .init(terminal.say("增加一组", "one more team"), limit: 36), .init(terminal.say("组数", "teams"), .right),
            .init(terminal.say("达成（百分点）", "kept (points)"), .right),
            .init(terminal.say("到来至办结（自然日）", "arrival to end (cd)"), .right),
            .init(terminal.say("等待合计（工作日）", "total wait (wd)"), .right),
        ])
        for gain in gains {
            let title = report.departments.first { $0.id == gain.department }?.title[language] ?? gain.department
            table.add([
                title, String(gain.teams), signed(gain.attainment.map { $0 * 100 }), signed(gain.meanDays),
                signed(Double(gain.totalWait), digits: 0),
            ])
        }
        return table.text
    }

    // MARK: Numbers

    private func percent(_ share: Double?) -> String { share.map { "\(decimal($0 * 100)) %" } ?? "—" }

    private func decimal(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "—" }

    /// With its sign; what rounds to nothing has none.
    private func signed(_ value: Double?, digits: Int = 1) -> String {
        guard let value else { return "—" }
        let text = String(format: "%+.\(digits)f", value)
        return text.contains { ("1"..."9").contains($0) } ? text : "0"
    }
}
