import Scheduling
import WorkCalendar
import WorkflowModel

extension PicturePage {
    /// A simulation as a page: the chances, then for the finish and for every target its percentiles, the histogram with
    /// its S-curve, and what drives it.
    public init(_ report: SimulationReport, language: Language) {
        let reader = SimulationReader(report: report, language: language)
        self.init(
            title: report.plan.workflow.title[language], subtitle: reader.subtitle, language: language,
            facts: reader.facts,
            sections: [reader.finish] + report.targets.indices.map(reader.target), notes: reader.notes)
    }
}

/// Reads a simulation for a page.
private struct SimulationReader {
    let report: SimulationReport
    let language: Language

    var subtitle: String {
        let (workflow, assumptions) = (report.plan.workflow, report.assumptions)
        var parts = [
            "\(workflow.id) \(workflow.version)",
            language.say("自 \(language.long(report.start))", "from \(language.long(report.start))"),
            language.say("日历 ", "calendar ") + "\(report.calendar.id) \(report.calendar.version)",
            language.say("\(report.runs) 次推演", "\(report.runs) runs"),
            language.say("种子 \(assumptions.seed)", "seed \(assumptions.seed)"), assumptions.shape.title[language],
        ]
        if assumptions.departmentCorrelation > 0 {
            let correlation = assumptions.departmentCorrelation.px
            parts.append(language.say("同部门相关 \(correlation)", "department correlation \(correlation)"))
        }
        if assumptions.latinHypercube { parts.append(language.say("拉丁超立方", "Latin hypercube")) }
        return parts.joined(separator: " · ")
    }

    var facts: [PicturePage.Fact] {
        let chances = report.targets.compactMap { chance -> PicturePage.Fact? in
            guard let limit = chance.target.limit, let met = chance.measured.chance else { return nil }
            return PicturePage.Fact(
                name: chance.name(language),
                value: language.say(
                    "\(language.days(limit.minutes, limit.unit))内办结的概率 \(percent(met))",
                    "\(percent(met)) chance of \(language.days(limit.minutes, limit.unit))"),
                isGood: met.value >= 0.8 ? true : met.value < 0.5 ? false : nil)
        }
        let finish = report.finish.percentiles.filter { $0.p == 0.5 || $0.p == 0.8 }.map {
            PicturePage.Fact(
                name: language.say("完成日期 \($0.name)", "finish, \($0.name)"), value: language.long($0.value))
        }
        return chances + finish
    }

    var notes: [String] {
        var notes = [
            language.say(
                "Pn 是有 n % 的把握不超过的值；括号或“至”之间为 95 % 置信区间。",
                "Pn is not exceeded with a chance of n %; in brackets, or from … to …, is the confidence interval of 95 %."
            ),
            language.say(
                "短、长：该环节处于最短或最长一成时结果的均值。关键度：它决定日期的推演所占比例；不低于一半的标“关键”。敏感度：它与结果的相关系数。",
                "short, long: the mean outcome with the activity in its lowest or highest tenth. criticality: the share of runs in which it sets the date; ‘critical’ from one half on. cruciality: its correlation with the outcome."
            ),
        ]
        if report.isPartial {
            notes.insert(language.say("部分结果：模拟提前停止。", "Partial: the simulation was stopped early."), at: 0)
        }
        return notes
    }

    // MARK: Sections

    var finish: PicturePage.Section {
        let finish = report.finish
        let table = PageTable(
            caption: language.say(
                "计划完成 \(finish.planned)，均值 \(finish.mean)", "planned \(finish.planned), mean \(finish.mean)"),
            head: ["", language.say("完成日期", "finish"), language.say("95 % 置信区间", "confidence interval of 95 %")],
            rows: finish.percentiles.map {
                [$0.name, $0.value.description, language.say("\($0.low) 至 \($0.high)", "\($0.low) to \($0.high)")]
            })
        return section(language.say("完成日期", "Finish"), table, target: nil, finish.drivers) { minutes in
            report.start.adding(days: Int((minutes / Double(DayAmount.minutesPerDay)).rounded())).description
        }
    }

    func target(_ index: Int) -> PicturePage.Section {
        let chance = report.targets[index]
        let rows = chance.measures.map { measure in
            [
                measure.measure.title[language]
                    + (measure.measure == chance.measured.measure ? language.say("（目标所用）", " (the target's)") : ""),
                measure.chance.map(percent) ?? "—", days(measure.mean),
            ] + measure.percentiles.map { DayAmount.number(minutes: $0.value) }
        }
        let limit = chance.target.limit.map { language.days($0.minutes, $0.unit) } ?? language.say("无时限", "no limit")
        let table = PageTable(
            caption: "\(chance.target.id): \(chance.target.from) → \(chance.target.to) · \(limit)",
            head: [language.say("口径", "measure"), language.say("达标概率", "chance"), language.say("均值", "mean")]
                + chance.measured.percentiles.map(\.name),
            rows: rows)
        return section(chance.name(language), table, target: index, chance.drivers, days)
    }

    private func section(
        _ title: String, _ table: PageTable, target: Int?, _ drivers: [SimulationReport.Activity],
        _ read: (Double) -> String
    ) -> PicturePage.Section {
        var histogram = report.histogram(ofTarget: target, language: language)
        // The section's heading names what they are of.
        var tornado = report.tornado(ofTarget: target, language: language)
        histogram.title = language.say("频次与累计比例", "How often, and the share so far")
        tornado.title = language.say("影响最大的环节", "What moves it most")
        return PicturePage.Section(
            title: title,
            content: [table.markup(), PicturePage.Section.figure { histogram.picture(width: $0) }]
                + [folded(histogram.table)]
                + (tornado.bars.isEmpty
                    ? []
                    : [
                        PicturePage.Section.figure { tornado.picture(width: $0) },
                        self.table(drivers, tornado.title, read).markup(),
                    ]))
    }

    /// A long table that is shown when it is asked for.
    private func folded(_ table: PageTable) -> Markup {
        .tag(
            "details", [:],
            [.tag("summary", [:], language.say("各区间的次数", "The number of runs of every bar")), table.markup()])
    }

    private func table(_ drivers: [SimulationReport.Activity], _ title: String, _ read: (Double) -> String)
        -> PageTable
    {
        PageTable(
            caption: title,
            head: [
                language.say("环节", "activity"), language.say("关键度", "criticality"), language.say("敏感度", "cruciality"),
                language.say("短", "short"), language.say("长", "long"),
            ],
            rows: drivers.map { driver in
                [
                    driver.title[language], Histogram.percent(driver.criticality.value), driver.cruciality.px,
                    driver.low.map(read) ?? "—", driver.high.map(read) ?? "—",
                ]
            })
    }

    // MARK: Numbers

    private func days(_ minutes: Double) -> String {
        ((minutes / Double(DayAmount.minutesPerDay) * 10).rounded() / 10).px
    }

    /// `43.8 % (41.6–46.0)`.
    private func percent(_ estimate: ChanceEstimate) -> String {
        func tenths(_ share: Double) -> String { ((share * 1000).rounded() / 10).px }
        let interval = estimate.interval
        return "\(tenths(estimate.value)) % (\(tenths(interval.lowerBound))–\(tenths(interval.upperBound)))"
    }
}
