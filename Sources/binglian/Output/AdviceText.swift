import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// Advice in words: where the target stands, the cheapest levers, and every lever by its effect.
struct AdviceText {
    let report: AdviceReport
    let terminal: Terminal

    private var language: Language { terminal.language }

    var text: String {
        ([heading] + verdict + chanceBefore + [""] + answer + ["", table, "", legend] + notes).joined(separator: "\n")
    }

    private var heading: String {
        let workflow = report.workflow
        let rounds = report.scenario.rectificationRounds
        let at =
            report.scenario.basis.rawValue
            + (rounds == 0 ? "" : terminal.say("，每个联合事项整改 \(rounds) 轮", ", \(rounds) rectification round(s)"))
        return terminal.styled("\(workflow.title[language])  \(workflow.id) \(workflow.version)", .bold) + "\n"
            + terminal.say(
                "\(report.start) 进入  日历 \(report.calendar.id) \(report.calendar.version)  取值 \(at)",
                "enters \(report.start)  calendar \(report.calendar.id) \(report.calendar.version)  at \(at)")
    }

    private var verdict: [String] { TargetText(target: report.before, terminal: terminal, isBrief: true).lines }

    // MARK: The chance

    private var chanceBefore: [String] {
        guard let chance = report.chance else { return [] }
        let wanted = chance.wanted
        let limit = report.target.limit?.description ?? ""
        return [
            terminal.say(
                "  达标概率（\(limit)）\(words(of: chance.before))，要求 \(tenths(wanted.probability * 100)) %；\(wanted.runs) 次，种子 \(wanted.assumptions.seed)",
                "  chance to meet \(limit): \(words(of: chance.before)), wanted \(tenths(wanted.probability * 100)) %; \(wanted.runs) runs, seed \(wanted.assumptions.seed)"
            )
        ]
    }

    private func chanceAfter(_ chance: AdviceReport.Chance) -> String {
        let saved = chance.meanBefore - chance.meanAfter
        let fresh = terminal.say(
            "  另抽 \(chance.fresh.samples) 次复核：达标概率 \(words(of: chance.fresh))",
            "  on \(chance.fresh.samples) fresh runs: chance \(words(of: chance.fresh))")
        let found = terminal.say(
            "  合计成本 \(amount(report.cost))；达标概率 \(words(of: chance.before)) → \(words(of: chance.after))；平均 \(tenthsOfDays(chance.meanBefore)) → \(tenthsOfDays(chance.meanAfter))，少用 \(tenthsOfDays(saved)) 天",
            "  cost \(amount(report.cost)) in all; chance \(words(of: chance.before)) → \(words(of: chance.after)); mean \(tenthsOfDays(chance.meanBefore)) → \(tenthsOfDays(chance.meanAfter)), \(tenthsOfDays(saved)) saved"
        )
        return found + "\n" + fresh
    }

    /// A chance in per cent with its interval.
    private func words(of chance: ChanceEstimate) -> String {
        let interval = chance.interval
        return
            "\(tenths(chance.value * 100)) % (\(tenths(interval.lowerBound * 100))–\(tenths(interval.upperBound * 100)))"
    }

    private func tenthsOfDays(_ minutes: Double) -> String { tenths(minutes / Double(DayAmount.minutesPerDay)) }

    private func tenths(_ value: Double) -> String {
        let scaled = Int((value * 10).rounded())
        return (scaled < 0 ? "-" : "") + "\(scaled.magnitude / 10).\(scaled.magnitude % 10)"
    }

    // MARK: The answer

    private var answer: [String] {
        switch report.outcome {
        case .met where report.chosen.isEmpty && report.chance != nil:
            [
                terminal.styled(
                    terminal.say(
                        "不采用任何改革措施，达标概率也足够。", "The target is met often enough without any lever."), .green)
            ]
        case .met where report.chosen.isEmpty:
            [terminal.styled(terminal.say("不采用任何改革措施也能达标。", "The target is met without any lever."), .green)]
        case .met(let proof):
            [
                terminal.styled(
                    terminal.say("成本最低的改革措施（\(words(of: proof).zh)）：", "The cheapest levers (\(words(of: proof).en)):"),
                    .green)
            ] + chosen + [result]
        case .notMet:
            [
                terminal.styled(
                    report.chance == nil
                        ? terminal.say(
                            "采用哪些改革措施都达不到（已证）。最接近的是：", "No set of levers meets the target (proven). The nearest:")
                        : terminal.say(
                            "采用哪些改革措施都达不到所要求的概率（在这些样本上已证）。最接近的是：",
                            "No set of levers meets the target that often (proven on these samples). The nearest:"),
                    .red)
            ] + chosen + (report.chance == nil ? [result, missing] : [result])
        case .stopped(let lowest):
            [
                terminal.styled(
                    terminal.say(
                        "时间内没有找到能达标的组合；若有，成本不低于 \(amount(lowest))。",
                        "No set that meets the target was found in time; one that does costs at least \(amount(lowest))."
                    ),
                    .yellow),
                terminal.say("用 --time 给更多时间。目前最接近的是：", "Give more time with --time. The nearest so far:"),
            ] + chosen + (report.chance == nil ? [result, missing] : [result])
        }
    }

    private func words(of proof: AdviceReport.Proof) -> LocalizedText {
        switch proof {
        case .optimal where report.chance != nil:
            LocalizedText(zh: "在这些样本上最优已证", en: "proven optimal on these samples")
        case .optimal: LocalizedText(zh: "最优已证", en: "proven optimal")
        case .gap(let lowest, let share):
            LocalizedText(
                zh: "时间到，未证最优：成本下界 \(amount(lowest))，差距 \(percent(share))",
                en: "time is over, not proven: at least \(amount(lowest)), gap \(percent(share))")
        }
    }

    private var chosen: [String] {
        report.chosen.map { "  ● \($0.title[language])  \($0.id)  \(amount($0.cost))" }
    }

    private var result: String {
        if let chance = report.chance { return chanceAfter(chance) }
        let (before, after) = (report.before.measured, report.after.measured)
        let limit = report.target.limit?.description ?? ""
        return terminal.say(
            "  合计成本 \(amount(report.cost))；\(days(before)) → \(days(after)) / \(limit)，少用 \(days(before - after)) 天",
            "  cost \(amount(report.cost)) in all; \(days(before)) → \(days(after)) / \(limit), \(days(before - after)) saved"
        )
    }

    /// What keeps the target from being met, and the chain that binds.
    private var missing: String {
        let lacking = -(report.after.margin ?? 0)
        let chain = report.target.measure == .span ? report.after.elapsedPath : report.after.countedPath
        let path = chain.joined(separator: " → ")
        return terminal.say(
            "  还差 \(days(lacking)) 天；决定用时的链条：\(path)", "  \(days(lacking)) too many; the chain that binds: \(path)")
    }

    // MARK: Every lever

    private var table: String { report.chance == nil ? planTable : chanceTable }

    private var chanceTable: String {
        var table = TextTable([
            .init(terminal.say("改革措施", "lever"), limit: 44), .init(terminal.say("成本", "cost"), .right),
            .init(terminal.say("单独平均少用", "alone"), .right), .init("95 %", .right),
            .init(terminal.say("概率", "chance"), .right), .init(terminal.say("组合中", "with others"), .right),
            .init("95 %", .right), .init(terminal.say("概率", "chance"), .right),
            .init(terminal.say("每单位成本", "per cost"), .right), .init(terminal.say("依据", "source"), limit: 40),
        ])
        for row in report.rows {
            table.add(
                [(row.isChosen ? "● " : "  ") + row.lever.title[language], amount(row.cost)]
                    + cells(row.expected?.alone) + cells(row.expected?.withOthers)
                    + [row.perCost.map { ratio($0) } ?? "—", row.lever.source])
        }
        return table.text
    }

    private func cells(_ gain: AdviceReport.Gain?) -> [String] {
        guard let gain else { return ["—", "", ""] }
        let points = tenths(gain.points * 100)
        return [
            tenthsOfDays(gain.minutes),
            "\(tenthsOfDays(gain.interval.lowerBound))…\(tenthsOfDays(gain.interval.upperBound))",
            points.hasPrefix("-") || points == "0.0" ? points : "+" + points,
        ]
    }

    private var planTable: String {
        var table = TextTable([
            .init(terminal.say("改革措施", "lever"), limit: 44), .init(terminal.say("类别", "kind"), limit: 20),
            .init(terminal.say("成本", "cost"), .right), .init(terminal.say("单独少用", "alone"), .right),
            .init(terminal.say("区间", "min…max"), .right), .init(terminal.say("组合中", "with others"), .right),
            .init(terminal.say("每单位成本", "per cost"), .right), .init(terminal.say("依据", "source"), limit: 40),
        ])
        for row in report.rows {
            table.add([
                (row.isChosen ? "● " : "  ") + row.lever.title[language], row.lever.kind.title[language],
                amount(row.cost), row.alone.map { days($0) } ?? "—", interval(row),
                row.withOthers.map { days($0) } ?? "—", row.perCost.map { ratio($0) } ?? "—",
                row.lever.source,
            ])
        }
        return table.text
    }

    private func interval(_ row: AdviceReport.Row) -> String {
        guard let interval = row.interval else { return "" }
        return interval.lowerBound == interval.upperBound
            ? days(interval.lowerBound) : "\(days(interval.lowerBound))…\(days(interval.upperBound))"
    }

    private var legend: String { terminal.styled(report.chance == nil ? planLegend : chanceLegend, .dim) }

    private var chanceLegend: String {
        terminal.say(
            "● 建议采用  天数为同一批样本中平均少用的\(unit.zh)及其 95 % 区间；概率为达标概率增加的百分点；组合中：作为建议组合的最后一项",
            "● advised  mean \(unit.en) saved over the same samples, with 95 % interval; chance in points; with others: as the last of the advised"
        )
    }

    private var planLegend: String {
        terminal.say(
            "● 建议采用  天数为少用的\(unit.zh)；区间取自各事项最短、最可能和最长时长；组合中：作为建议组合的最后一项",
            "● advised  \(unit.en) saved; min…max over minimum, likely and maximum durations; with others: as the last of the advised"
        )
    }

    private var unit: LocalizedText {
        report.target.limit?.unit == .calendar
            ? LocalizedText(zh: "自然日", en: "calendar days") : LocalizedText(zh: "工作日", en: "working days")
    }

    private var notes: [String] {
        guard !report.unavailable.isEmpty else { return [] }
        let names = report.unavailable.map(\.id).joined(separator: ", ")
        return [terminal.say("按项目属性不适用：\(names)", "Not for this project: \(names)")]
    }

    private func days(_ minutes: Int) -> String { DayAmount.number(minutes: minutes) }

    /// Hundredths as people write them.
    private func amount(_ hundredths: Int) -> String {
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return String(whole) }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Days for one unit of cost, two decimals.
    private func ratio(_ minutes: Double) -> String {
        let hundredths = Int((minutes / Double(DayAmount.minutesPerDay) * 100).rounded())
        return (hundredths < 0 ? "-" : "") + amount(abs(hundredths))
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.up))) %" }
}
