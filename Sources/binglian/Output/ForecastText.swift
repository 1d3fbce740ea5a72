import CaseEngine
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A case foretold: when it finishes, how its targets stand, who holds the time, and what it depends on.
struct ForecastText {
    let title: LocalizedText?
    let id: String
    let forecast: Forecast
    let terminal: Terminal

    private var language: Language { terminal.language }
    private static let shownDrivers = 3

    var text: String {
        ([heading, finish] + (forecast.targets.isEmpty ? [] : [targets]) + (forecast.holders.isEmpty ? [] : [holders])
            + (forecast.drivers.isEmpty ? [] : [drivers])).joined(separator: "\n\n")
    }

    private var heading: String {
        let workflow = forecast.plan.workflow
        let name = title.map { $0[language] } ?? ""
        return terminal.styled("\(name)  \(id)", .bold)
            + "\n\(workflow.title[language])  \(workflow.version)  "
            + terminal.say(
                "\(forecast.status.title[language])，自 \(forecast.on) 起预测（最近事件 \(forecast.asOf)），\(forecast.assumptions.runs) 次，种子 \(forecast.assumptions.risk.seed)",
                "\(forecast.status.title[language]), forecast from \(forecast.on) (last event \(forecast.asOf)), \(forecast.assumptions.runs) runs, seed \(forecast.assumptions.risk.seed)"
            )
    }

    private var finish: String {
        switch forecast.finish {
        case .past(let date): return terminal.say("已于 \(date) 办结", "finished on \(date)")
        case .never: return terminal.say("不会办结", "it will not finish")
        case .ahead(let dates):
            let percentiles = [0.5, 0.8, 0.95].map { "P\(Int($0 * 100)) \(dates.date($0))" }
            let interval = dates.interval()
            return terminal.say("预计办结  ", "finish  ") + percentiles.joined(separator: "  ")
                + terminal.say(
                    "  十有九次在 \(interval.lowerBound) 至 \(interval.upperBound)",
                    "  9 times in 10 from \(interval.lowerBound) to \(interval.upperBound)")
        }
    }

    private var targets: String {
        var table = TextTable([
            .init(terminal.say("目标", "target")), .init(terminal.say("状态", "stands")),
            .init(terminal.say("口径", "measure")), .init(terminal.say("时限", "limit"), .right),
            .init(terminal.say("已用", "used"), .right), .init("P50", .right), .init("P80", .right),
            .init("P95", .right), .init(terminal.say("达标概率", "chance"), .right),
        ])
        for target in forecast.targets {
            for measure in target.measures {
                let isOwn = measure.measure == target.measured.measure
                let values = measure.percentiles.filter { [0.5, 0.8, 0.95].contains($0.p) }
                table.add(
                    [
                        isOwn ? target.target.id : "", isOwn ? word(target.standing) : "",
                        measure.measure.title[language] + (isOwn ? " *" : ""),
                        isOwn ? target.target.limit?.description ?? "" : "", DayAmount.number(minutes: measure.used),
                    ] + values.map { DayAmount.number(minutes: $0.value) } + [
                        target.standing == .ended ? "" : measure.chance.map(chance) ?? ""
                    ])
            }
        }
        return table.text
    }

    private var holders: String {
        var table = TextTable([
            .init(terminal.say("现在由谁计时", "now under way"), limit: 40),
            .init(terminal.say("谁", "who"), limit: 20), .init(terminal.say("自", "since")),
            .init(terminal.say("已历", "for"), .right), .init(terminal.say("平均还需", "mean left"), .right),
            .init(terminal.say("八成不超过", "P80 left"), .right),
        ])
        for holder in forecast.holders {
            table.add([
                holder.title[language], who(holder.clock, holder.department), holder.since.description,
                holder.days.description, SimulationText.days(holder.meanRemaining),
                DayAmount.number(minutes: holder.remaining80),
            ])
        }
        return table.text
    }

    private var drivers: String {
        var table = TextTable([
            .init(terminal.say("取决于", "depends on"), limit: 40), .init(terminal.say("谁", "who"), limit: 20),
            .init(terminal.say("关键度", "critical"), .right), .init("SSI", .right),
            .init(terminal.say("平均还需", "mean left"), .right),
        ])
        for driver in forecast.drivers.prefix(Self.shownDrivers) {
            table.add([
                driver.title[language], who(driver.clock, driver.department), chance(driver.criticality),
                SimulationText.hundredths(driver.sensitivity), SimulationText.days(driver.meanRemaining),
            ])
        }
        return table.text
    }

    // MARK: Words

    private func chance(_ estimate: ChanceEstimate) -> String {
        SimulationText.percent(estimate.successes, of: estimate.samples) + " %"
    }

    private func who(_ clock: ClockHolder, _ department: String?) -> String {
        if clock == .applicant { return terminal.say("申请人", "applicant") }
        guard let department else { return clock == .none ? terminal.say("综合窗口", "window") : "" }
        return forecast.plan.workflow.departments.first { $0.id == department }?.title[language] ?? department
    }

    private func word(_ standing: Forecast.Standing) -> String {
        switch standing {
        case .ahead: terminal.say("未开始", "not begun")
        case .open: terminal.say("进行中", "open")
        case .kept: terminal.styled(terminal.say("已达标", "kept"), .green)
        case .lost: terminal.styled(terminal.say("已超时", "lost"), .red)
        case .measured: terminal.say("已结束", "closed")
        case .ended: terminal.say("已终止", "ended")
        }
    }
}
