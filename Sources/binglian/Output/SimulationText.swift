import Foundation
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A simulated plan: the chances of its targets, when it finishes, a histogram with its S-curve, and what drives it.
struct SimulationText {
    let report: SimulationReport
    /// The target whose details are shown; `nil` for the finish.
    let shown: Int?
    let terminal: Terminal

    private var language: Language { terminal.language }

    var text: String {
        ([heading, finish] + report.targets.map(chances) + [distribution, drivers, legend]).joined(separator: "\n\n")
    }

    private var heading: String {
        let workflow = report.plan.workflow
        let assumptions = report.assumptions
        var how = [
            terminal.say("\(report.runs) 次", "\(report.runs) runs"),
            terminal.say("种子 \(assumptions.seed)", "seed \(assumptions.seed)"),
            assumptions.shape.title[language],
            assumptions.wholeDays ? terminal.say("整日", "whole days") : terminal.say("精确到分钟", "to the minute"),
        ]
        if assumptions.departmentCorrelation > 0 {
            how.append(
                terminal.say(
                    "同部门相关 \(assumptions.departmentCorrelation)",
                    "department correlation \(assumptions.departmentCorrelation)"))
        }
        if assumptions.latinHypercube { how.append(terminal.say("拉丁超立方", "Latin hypercube")) }
        let calendar = "\(report.calendar.id) \(report.calendar.version)"
        let line = terminal.say("自 \(report.start)  日历 \(calendar)  ", "from \(report.start)  calendar \(calendar)  ")
        let partial = terminal.styled(
            terminal.say("\n部分结果：模拟提前停止。", "\nPARTIAL: the simulation was stopped early."), .yellow)
        return terminal.styled("\(workflow.title[language])  \(workflow.id) \(workflow.version)", .bold) + "\n" + line
            + how.joined(separator: terminal.say("，", ", ")) + (report.isPartial ? partial : "")
    }

    private var finish: String {
        let planned = terminal.say("计划完成 \(report.finish.planned)", "finish as planned \(report.finish.planned)")
        let percentiles = report.finish.percentiles.map { percentile in
            let range = percentile.low == percentile.high ? "" : " (\(percentile.low)…\(percentile.high))"
            return "P\(Int(percentile.p * 100)) \(percentile.value)\(range)"
        }
        return ([planned] + percentiles).joined(separator: "\n  ") + refusal
    }

    /// The chance that an item is refused; nothing where none can be.
    private var refusal: String {
        guard !report.refusals.isEmpty else { return "" }
        func percent(_ chance: Double) -> String { String(format: "%.1f %%", chance * 100) }
        let items = report.refusals.map { "\($0.title[language]) \(percent($0.chance))" }
        let chance = percent(report.chanceOfRefusal)
        return terminal.say(
            "\n整改轮次用尽不予许可、随即重新申请的概率 \(chance)：\(items.joined(separator: "，"))",
            "\nchance of a refusal after the last round, and of applying again at once, \(chance): "
                + items.joined(separator: ", "))
    }

    // MARK: Targets

    private func chances(_ chance: SimulationReport.TargetChance) -> String {
        let target = chance.target
        var verdict = terminal.say("无时限", "no limit")
        if let limit = target.limit, let met = chance.measured.chance {
            let words = terminal.say("达标概率 ", "chance to meet ") + "\(limit): \(Self.chance(met))"
            verdict = terminal.styled(words, met.value >= 0.8 ? .green : met.value >= 0.5 ? .yellow : .red)
        }
        var table = TextTable(
            [
                .init(terminal.say("口径", "measure")), .init(terminal.say("达标概率", "chance")),
                .init(terminal.say("均值", "mean"), .right),
            ] + SimulationReport.percentiles.map { .init("P\(Int($0 * 100))", .right) })
        for measure in chance.measures {
            let mark = measure.measure == target.measure.windowMeasure ? " *" : ""
            table.add(
                [
                    measure.measure.title[language] + mark, measure.chance.map(Self.chance) ?? "",
                    Self.days(measure.mean),
                ] + measure.percentiles.map { DayAmount.number(minutes: $0.value) })
        }
        return terminal.styled(target.id, .bold) + "  \(target.from) → \(target.to)   " + verdict + "\n" + table.text
    }

    // MARK: Distribution

    private var distribution: String {
        guard let shown else {
            let title = terminal.say("完成日期", "finish")
            return histogram(title, report.finish.bins.map { ("≤ \($0.to)", $0.count) })
        }
        let chance = report.targets[shown]
        let title = "\(chance.target.id), \(chance.measured.measure.title[language])"
        return histogram(title, chance.bins.map { ("≤ \(DayAmount.number(minutes: $0.to))", $0.count) })
    }

    private func histogram(_ title: String, _ bins: [(label: String, count: Int)]) -> String {
        let greatest = bins.map(\.count).max() ?? 1
        var table = TextTable([
            .init(title, .right, limit: 40), .init(terminal.say("次数", "runs"), limit: 44),
            .init("%", .right), .init(terminal.say("累计 %", "sum %"), .right),
        ])
        var sum = 0
        for bin in bins {
            sum += bin.count
            let width = (bin.count * 40 + greatest / 2) / max(1, greatest)
            table.add([
                bin.label, String(repeating: "█", count: width), Self.percent(bin.count, of: report.runs),
                Self.percent(sum, of: report.runs),
            ])
        }
        return table.text
    }

    // MARK: Drivers

    private var drivers: String {
        let drivers = shown.map { report.targets[$0].drivers } ?? report.finish.drivers
        let bars = drivers.compactMap { driver in driver.low.flatMap { low in driver.high.map { (low, $0) } } }
        let scale = TornadoScale(bars: bars, columns: 28)
        var table = TextTable([
            .init(terminal.say("影响因素", "driver"), limit: 40), .init(terminal.say("关键度", "critical"), .right),
            .init(terminal.say("敏感度", "cruciality"), .right), .init(terminal.say("秩相关", "rank"), .right),
            .init("SSI", .right), .init(terminal.say("短", "short"), .right), .init(terminal.say("长", "long"), .right),
            .init(terminal.say("龙卷风", "tornado"), limit: 32),
        ])
        for driver in drivers {
            table.add([
                driver.title[language],
                Self.percent(driver.criticality.successes, of: driver.criticality.samples) + " %",
                Self.hundredths(driver.cruciality), Self.hundredths(driver.rankCorrelation),
                Self.hundredths(driver.sensitivity), driver.low.map(Self.days) ?? "", driver.high.map(Self.days) ?? "",
                driver.low.flatMap { low in driver.high.map { scale.bar(low, $0) } } ?? "",
            ])
        }
        return table.text
    }

    private var legend: String {
        terminal.styled(
            terminal.say(
                "* 时限所用口径；括号内为 95 % 置信区间。短、长：该环节处于最短或最长一成时的均值（天）。",
                "* the measure that the limit is for; in brackets 95 % confidence. short, long: mean days with the activity in its lowest or highest tenth."
            ), .dim)
    }

    // MARK: Numbers and words

    private static func chance(_ estimate: ChanceEstimate) -> String {
        func tenths(_ value: Double) -> String { fixed(value * 100, digits: 1) }
        let interval = estimate.interval
        return "\(tenths(estimate.value)) % (\(tenths(interval.lowerBound))–\(tenths(interval.upperBound)))"
    }

    static func percent(_ count: Int, of all: Int) -> String {
        fixed(Double(count) * 100 / Double(max(1, all)), digits: 1)
    }

    static func days(_ minutes: Double) -> String {
        fixed(minutes / Double(DayAmount.minutesPerDay), digits: 1)
    }
    static func hundredths(_ value: Double) -> String { fixed(value, digits: 2) }

    /// A number with so many digits after the point.
    private static func fixed(_ value: Double, digits: Int) -> String {
        let scale = digits == 1 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled.magnitude % UInt(scale))
        return (scaled < 0 ? "-" : "") + "\(scaled.magnitude / UInt(scale))."
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}

/// Places bars of a tornado chart side by side on one scale.
struct TornadoScale {
    private let least: Double
    private let greatest: Double
    private let columns: Int

    init(bars: [(low: Double, high: Double)], columns: Int) {
        least = bars.map { min($0.low, $0.high) }.min() ?? 0
        greatest = bars.map { max($0.low, $0.high) }.max() ?? 0
        self.columns = columns
    }

    func bar(_ low: Double, _ high: Double) -> String {
        guard greatest > least else { return "" }
        func column(_ value: Double) -> Int { Int(((value - least) / (greatest - least) * Double(columns)).rounded()) }
        let (from, to) = (column(min(low, high)), column(max(low, high)))
        return String(repeating: " ", count: from) + String(repeating: "█", count: max(1, to - from))
    }
}
