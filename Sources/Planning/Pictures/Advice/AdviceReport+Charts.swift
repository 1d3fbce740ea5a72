import WorkCalendar
import WorkflowModel

extension AdviceReport {
    /// The target's measures without any lever and with the advised ones.
    public func beforeAfter(_ language: Language) -> BeforeAfter {
        let measures: [(name: String, isTargets: Bool, of: (TargetReport) -> Int)] = [
            (language.say("并集", "union"), target.measure == .union, { $0.union }),
            (language.say("跨度", "span"), target.measure == .span, { $0.span }),
            (language.say("累计", "sum"), target.measure == .sum, { $0.sum }),
            (language.say("计时关键路径", "counted path"), false, { $0.countedPathLength }),
        ]
        return BeforeAfter(
            title: language.say("采用建议前后", "Before and after the advised levers"), language: language,
            before: language.say("不采用措施", "no lever"),
            after: chosen.isEmpty
                ? language.say("不采用措施", "no lever")
                : language.say("采用 \(chosen.count) 项措施", "\(chosen.count) lever\(chosen.count == 1 ? "" : "s")"),
            figures: measures.map { measure in
                let (old, new) = (measure.of(before), measure.of(after))
                return BeforeAfter.Figure(
                    title: measure.name + (measure.isTargets ? language.say("（目标所用）", " (the target's)") : ""),
                    before: days(old), after: days(new), beforeText: DayAmount.number(minutes: old),
                    afterText: DayAmount.number(minutes: new), cut: Comparison.cut(from: old, to: new))
            })
    }

    /// Where each lever alone brings the target, and the advised ones together, from where it stands; levers that move
    /// nothing are left out.
    public func tornado(_ language: Language) -> Tornado {
        let today = before.measured
        var bars = rows.compactMap { row -> Tornado.Bar? in
            guard let alone = row.alone, alone != 0 else { return nil }
            return bar((row.isChosen ? "● " : "") + row.lever.title[language], saved: alone)
        }
        if chosen.count > 1 {
            bars.insert(
                bar(
                    language.say("● 建议的 \(chosen.count) 项合计", "● the \(chosen.count) advised together"),
                    saved: today - after.measured),
                at: 0)
        }
        return Tornado(
            title: language.say("各项措施单独采用：\(name(language))", "Each lever alone: \(name(language))"),
            language: language,
            axis: language.say(
                "\(unit == .working ? "工作日" : "自然日")；●：建议采用",
                "\(unit == .working ? "working" : "calendar") days; ●: advised"),
            base: days(today), bars: bars, most: 16,
            goal: target.limit.map { .init(name: language.say("时限", "limit"), value: days($0.minutes)) })
    }

    func name(_ language: Language) -> String { target.title?[language] ?? target.id }

    var unit: DayUnit { target.limit?.unit ?? .working }

    private func bar(_ title: String, saved: Int) -> Tornado.Bar {
        let ends = [before.measured - saved, before.measured].sorted().map(days)
        return Tornado.Bar(title: title, low: ends[0], high: ends[1])
    }

    private func days(_ minutes: Int) -> Double { Double(minutes) / Double(DayAmount.minutesPerDay) }
}
