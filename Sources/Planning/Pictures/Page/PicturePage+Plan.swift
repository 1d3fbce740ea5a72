import WorkCalendar
import WorkflowModel

extension PicturePage {
    /// A plan as a page: its verdicts, the metro map, the Gantt chart as a table, and its targets in numbers.
    public init(_ report: PlanReport, language: Language) {
        let reader = PlanReader(report: report, language: language)
        let facts = report.targets.filter { $0.target.limit != nil }.map { target in
            Fact(
                name: target.target.title?[language] ?? target.target.id, value: reader.verdict(target),
                isGood: target.isMet)
        }
        let days = report.calendar.workingDays(after: report.start, through: report.finish)
        var notes: [String] = [
            language.say(
                "日期均为当日日终：某日开始的事项自次日起计，第 n 个工作日日终用满。计入审批用时的是目标所列各方的时间。",
                "Dates are closings: what starts on a date counts from the next day and is used up at the closing of the n-th working day."
            )
        ]
        if report.isProvisional {
            notes.append(
                language.say(
                    "暂定：有日期落在尚未公布放假安排的年份。", "Provisional: some dates lie beyond the published holidays."))
        }
        if !report.plan.notNeeded.isEmpty {
            let titles = Dictionary(report.plan.workflow.items.map { ($0.id, $0.title[language]) }) { first, _ in first
            }
            let names = report.plan.notNeeded.map { titles[$0] ?? $0 }
            notes.append(
                language.say("按项目属性不涉及：", "Not required for this project: ")
                    + names.joined(separator: language.say("、", ", ")))
        }
        self.init(
            title: report.plan.workflow.title[language], subtitle: reader.subtitle, language: language,
            facts: facts + [
                Fact(
                    name: language.say("全部完成", "everything done"),
                    value: language.say(
                        "\(language.long(report.finish))，共 \(days) 个工作日",
                        "\(language.long(report.finish)), \(language.days(days * DayAmount.minutesPerDay))"))
            ],
            sections: [MetroMap(report, language: language).section, GanttChart(report, language: language).section]
                + (report.targets.isEmpty ? [] : [reader.targetSection]),
            notes: notes)
    }

    /// Two workflows side by side as a page.
    public init(_ comparison: Comparison, language: Language) {
        let chart = BeforeAfter(comparison, language: language)
        func window(_ figures: Comparison.Figures) -> String {
            let titles = Dictionary(figures.workflow.items.map { ($0.id, $0.title[language]) }) { first, _ in first }
            return
                "\(titles[figures.window.from] ?? figures.window.from) → \(titles[figures.window.to] ?? figures.window.to)"
        }
        self.init(
            title: "\(chart.before) → \(chart.after)",
            subtitle: language.say(
                "改革前：\(window(comparison.before)) · 改革后：\(window(comparison.after))",
                "before: \(window(comparison.before)) · after: \(window(comparison.after))"),
            language: language,
            facts: chart.figures.map {
                Fact(
                    name: $0.title, value: BeforeAfter.change($0.cut), isGood: $0.cut.flatMap { $0 == 0 ? nil : $0 > 0 }
                )
            },
            sections: [Section(chart)],
            notes: [
                language.say(
                    "变化 =（改革后 − 改革前）/ 改革前。时间以工作日计。", "Change = (after − before) / before. Times are in working days.")
            ])
    }
}

extension PlanReader {
    /// The four measures of every target, always together.
    var targetSection: PicturePage.Section {
        let rows = report.targets.map { target in
            let number = { (minutes: Int) in DayAmount.number(minutes: minutes) }
            return [
                target.target.title?[language] ?? target.target.id, "\(target.from) – \(target.to)",
                number(target.union), number(target.span), number(target.sum), number(target.countedPathLength),
                target.target.limit.map { language.days($0.minutes, $0.unit) } ?? "—",
                target.margin.map { number($0) } ?? "—",
            ]
        }
        let table = PageTable(
            caption: language.say(
                "各目标的四种用时（工作日；以自然日为限的目标以自然日计）",
                "The four measures of every target (working days, or calendar days where the limit is)"),
            head: [
                language.say("目标", "target"), language.say("窗口", "window"), language.say("并集", "union"),
                language.say("跨度", "span"), language.say("累计", "sum"), language.say("计时关键路径", "counted path"),
                language.say("时限", "limit"), language.say("余量", "margin"),
            ], rows: rows)
        return PicturePage.Section(title: language.say("时限目标", "Targets"), content: [table.markup()])
    }
}
