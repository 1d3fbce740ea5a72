import WorkCalendar
import WorkflowModel

extension PicturePage {
    /// Advice as a page: the answer, the target before and after, what each lever does alone, and every lever in numbers.
    public init(_ report: AdviceReport, language: Language) {
        let reader = AdviceReader(report: report, language: language)
        var tornado = report.tornado(language)
        tornado.title = language.say("各项措施单独采用", "Each lever alone")
        self.init(
            title: language.say("改革建议：", "Advice: ") + report.workflow.title[language], subtitle: reader.subtitle,
            language: language, facts: reader.facts,
            sections: [
                Section(report.beforeAfter(language)),
                Section(
                    title: "\(language.say("改革措施", "Levers")) · \(report.name(language))",
                    content: (tornado.bars.isEmpty ? [] : [Section.figure { tornado.picture(width: $0) }])
                        + [reader.levers.markup()]),
            ], notes: reader.notes)
    }
}

/// Reads advice for a page.
private struct AdviceReader {
    let report: AdviceReport
    let language: Language

    var subtitle: String {
        let rounds = report.scenario.rectificationRounds
        return [
            "\(report.workflow.id) \(report.workflow.version)", language.long(report.start),
            language.say("日历 ", "calendar ") + "\(report.calendar.id) \(report.calendar.version)",
            report.scenario.basis.word[language],
            rounds == 0
                ? nil : language.say("联合事项整改 \(rounds) 轮", "\(rounds) rectification round\(rounds == 1 ? "" : "s")"),
        ].compactMap(\.self).joined(separator: " · ")
    }

    // MARK: The answer

    var facts: [PicturePage.Fact] {
        let limit = report.target.limit.map { language.days($0.minutes, $0.unit) } ?? "—"
        return [
            .init(
                name: "\(report.name(language)) / \(limit)",
                value: "\(days(report.before.measured)) → \(days(report.after.measured))", isGood: report.after.isMet),
            .init(name: language.say("合计成本", "cost in all"), value: amount(report.cost)),
            .init(name: language.say("结论", "answer"), value: answer),
        ]
    }

    private var answer: String {
        switch report.outcome {
        case .met where report.chosen.isEmpty:
            language.say("不采用任何措施也能达标", "met without any lever")
        case .met(.optimal): language.say("成本最低，已证", "the cheapest, proven")
        case .met(.gap(let lowest, _)):
            language.say("可行；成本不低于 \(amount(lowest))", "feasible; the cheapest costs at least \(amount(lowest))")
        case .notMet: language.say("达不到，已证；此为最接近的", "cannot be met, proven; this is the nearest")
        case .stopped(let lowest):
            language.say("时间内未找到；成本不低于 \(amount(lowest))", "none found in time; costs at least \(amount(lowest))")
        }
    }

    // MARK: Every lever

    var levers: PageTable {
        PageTable(
            caption: language.say("按每单位成本的效果排列；●：建议采用", "In order of effect per cost; ●: advised"),
            head: [
                language.say("改革措施", "lever"), language.say("成本", "cost"),
                language.say("单独少用", "alone"), language.say("区间", "min…max"), language.say("组合中", "with others"),
                language.say("每单位成本", "per cost"), language.say("类别", "kind"),
            ],
            rows: report.rows.map { row in
                [
                    (row.isChosen ? "● " : "") + row.lever.title[language],
                    amount(row.cost), row.alone.map(days) ?? "—", interval(row), row.withOthers.map(days) ?? "—",
                    row.perCost.map { ($0 / Double(DayAmount.minutesPerDay)).px } ?? "—",
                    row.lever.kind.title[language],
                ]
            })
    }

    private func interval(_ row: AdviceReport.Row) -> String {
        guard let interval = row.interval else { return "" }
        return interval.lowerBound == interval.upperBound
            ? days(interval.lowerBound) : "\(days(interval.lowerBound))…\(days(interval.upperBound))"
    }

    var notes: [String] {
        let unit =
            report.unit == .working
            ? LocalizedText(zh: "工作日", en: "working days") : LocalizedText(zh: "自然日", en: "calendar days")
        var notes = [
            language.say(
                "少用的天数以\(unit.zh)计。单独：连同它所要求的措施；区间：各事项取最短、最可能和最长时长；组合中：作为建议组合的最后一项。",
                "Days saved are \(unit.en). alone: with what it requires; min…max: at minimum, likely and maximum durations; with others: as the last of the advised."
            )
        ]
        if !report.unavailable.isEmpty {
            let names = report.unavailable.map { $0.title[language] }.joined(separator: language.say("、", ", "))
            notes.append(language.say("按项目属性不适用：\(names)", "Not for this project: \(names)"))
        }
        return notes
    }

    private func days(_ minutes: Int) -> String { DayAmount.number(minutes: minutes) }

    /// Hundredths of the bureau's unit.
    private func amount(_ hundredths: Int) -> String { (Double(hundredths) / 100).px }
}
