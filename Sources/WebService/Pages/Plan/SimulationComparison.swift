import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// Two simulations side by side, on the same random numbers (措施前后比较).
struct SimulationComparison {
    let before: SimulationReport
    let after: SimulationReport
    let levers: [Lever]
    let context: PageContext

    private var language: Language { context.language }

    var markup: [Markup] {
        [
            changes, Kit.facts(facts), finishes,
        ] + targets + [pictures]
    }

    private var changes: Markup {
        Kit.section(
            "changes", context.say("改变了什么", "What was changed"),
            [
                .tag(
                    "ul", ["class": "plain"],
                    levers.map { lever in
                        .tag(
                            "li", [:],
                            [
                                .text(lever.title[language]),
                                .tag(
                                    "span", ["class": "hint"],
                                    context.say("成本 ", "cost ") + (Double(lever.cost) / 100).px),
                            ])
                    })
            ])
    }

    private var facts: [Kit.Fact] {
        let p80 = [before, after].compactMap { $0.finish.percentiles.first { $0.p == 0.8 }?.value }
        var facts: [Kit.Fact] = []
        if p80.count == 2 {
            let saved = before.calendar.workingDays(after: p80[1], through: p80[0])
            facts.append(
                .init(
                    name: context.say("八成把握的完成日期（P80）", "finish with 80 % (P80)"),
                    value: "\(p80[0]) → \(p80[1])", isGood: saved == 0 ? nil : saved > 0,
                    detail: saved == 0
                        ? context.say("没有变化", "no change")
                        : (saved > 0 ? context.say("提前 ", "earlier by ") : context.say("推迟 ", "later by "))
                            + language.days(abs(saved) * DayAmount.minutesPerDay)))
        }
        for (old, new) in pairs {
            guard let a = old.measured.chance, let b = new.measured.chance, let limit = new.target.limit else {
                continue
            }
            facts.append(
                .init(
                    name: context.say(
                        "\(new.target.title?.zh ?? new.target.id)：\(language.days(limit.minutes, limit.unit))内办结",
                        "\(new.target.title?.en ?? new.target.id) within \(language.days(limit.minutes, limit.unit))"),
                    value: "\(percent(a.value)) → \(percent(b.value))",
                    isGood: b.value >= 0.8 ? true : b.value < 0.5 ? false : nil))
        }
        return facts
    }

    private var pairs: [(SimulationReport.TargetChance, SimulationReport.TargetChance)] {
        before.targets.compactMap { old in
            after.targets.first { $0.target.id == old.target.id }.map { (old, $0) }
        }
    }

    private var finishes: Markup {
        let rows = before.finish.percentiles.compactMap { old -> [[Markup]]? in
            guard let new = after.finish.percentiles.first(where: { $0.p == old.p }) else { return nil }
            let saved = before.calendar.workingDays(after: new.value, through: old.value)
            return [
                [.text("P\(Int((old.p * 100).rounded()))")], [Kit.figure(old.value, context)],
                [Kit.figure(new.value, context)], [.text(signed(-saved))],
            ]
        }
        return Kit.section(
            "finish", context.say("完成日期", "Finish"),
            [
                Kit.table(
                    context.say("各把握下的完成日期；差以工作日计", "The finish at each chance; difference in working days"),
                    head: [
                        context.say("把握", "chance"), context.say("现状", "as it is"),
                        context.say("采用后", "with the levers"),
                        context.say("差", "difference"),
                    ], rows: rows, numbers: [1, 2, 3])
            ])
    }

    private var targets: [Markup] {
        pairs.enumerated().map { number, pair in
            let (old, new) = pair
            let rows = old.measured.percentiles.compactMap { a -> [[Markup]]? in
                guard let b = new.measured.percentiles.first(where: { $0.p == a.p }) else { return nil }
                return [
                    [.text("P\(Int((a.p * 100).rounded()))")], [.text(days(a.value))], [.text(days(b.value))],
                    [.text(signed(Double(b.value - a.value) / Double(DayAmount.minutesPerDay)))],
                ]
            }
            let chance: [[Markup]] = [
                [.text(context.say("达标概率", "chance of the target"))],
                [.text(old.measured.chance.map { percent($0.value) } ?? "—")],
                [.text(new.measured.chance.map { percent($0.value) } ?? "—")],
                [.text("")],
            ]
            let unit = old.target.limit?.unit ?? .working
            return Kit.section(
                "target-\(number)", new.target.title?[language] ?? new.target.id,
                [
                    Kit.table(
                        context.say(
                            "审批用时（\(unit == .working ? "工作日" : "自然日")）",
                            "Time used (\(unit == .working ? "working" : "calendar") days)"),
                        head: [
                            context.say("把握", "chance"), context.say("现状", "as it is"),
                            context.say("采用后", "with the levers"), context.say("差", "difference"),
                        ], rows: rows + [chance], numbers: [1, 2, 3])
                ])
        }
    }

    private var pictures: Markup {
        func side(_ title: String, _ report: SimulationReport) -> Markup {
            var histogram = report.histogram(ofTarget: nil, language: language)
            histogram.title = title
            let picture = histogram.picture(width: 480)
            return .tag(
                "figure", ["role": "img", "aria-label": "\(picture.title). \(picture.summary)"],
                [picture.inline(isDecoration: true)])
        }
        return Kit.section(
            "distributions", context.say("完成日期的分布", "How the finish is spread"),
            [
                .tag(
                    "div", ["class": "side-by-side"],
                    [side(context.say("现状", "As it is"), before), side(context.say("采用后", "With the levers"), after)])
            ])
    }

    private func days(_ minutes: Int) -> String { DayAmount.number(minutes: minutes) }
    private func percent(_ share: Double) -> String { "\(((share * 1000).rounded() / 10).px) %" }
    private func signed(_ days: Int) -> String { signed(Double(days)) }
    private func signed(_ days: Double) -> String {
        days == 0 ? "0" : days > 0 ? "+\(days.px)" : "\u{2212}\((-days).px)"
    }
}
