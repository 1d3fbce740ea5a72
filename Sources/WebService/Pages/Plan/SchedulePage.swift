import Planning
import WorkCalendar
import WorkflowModel

/// S5: the dates of a case (进度), item by item, against the plan it began with.
struct SchedulePage: Page {
    let caseID: String
    let code: String
    let projectTitle: LocalizedText
    let schedule: CaseSchedule
    let baseline: PlanReport?
    let view: ScheduleView
    /// By the activity's id.
    var signs: [String: ScheduleTable.Sign] = [:]
    /// The dates by which the case is over with a chance of 50 and 80 %; `nil` when it is over.
    var forecast: (p50: LocalDate, p80: LocalDate)?

    var place: Place? { .cases }
    var isWide: Bool { true }

    func title(in context: PageContext) -> String { context.say("进度", "Schedule") }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: projectTitle[context.language], link: Links.caseFile(caseID)),
        ]
    }

    func main(in context: PageContext) -> [Markup] {
        [head(context), Kit.facts(facts(context)), controls(context)]
            + table(context).markup + [details(context)]
    }

    private var path: String { Links.schedule(caseID) }

    /// What stands on every printed page as well.
    private func head(_ context: PageContext) -> Markup {
        .tag(
            "p", ["class": "subtitle"],
            [
                Kit.foreign(projectTitle[context.language], context), .text(" · "),
                .tag("span", ["class": "code"], code), .text(" · " + context.say("数据日期 ", "data date ")),
                Kit.date(schedule.on, context),
            ]
                + (schedule.isProvisional
                    ? [
                        .text(" · "),
                        .tag(
                            "span", ["class": "provisional"],
                            context.say("部分日期暂定：放假安排尚未公布", "some dates are provisional: holidays not yet published")),
                    ] : []))
    }

    private func facts(_ context: PageContext) -> [Kit.Fact] {
        var facts: [Kit.Fact] = []
        if let baseline {
            facts.append(
                .init(name: context.say("计划完成", "planned finish"), value: context.language.long(baseline.finish)))
            let late = schedule.calendar.workingDays(after: baseline.finish, through: schedule.finish)
            let words =
                late == 0
                ? context.say("与计划一致", "as planned")
                : late > 0
                    ? context.say("晚 ", "") + context.language.days(late * DayAmount.minutesPerDay)
                        + context.say("", " later")
                    : context.say("早 ", "") + context.language.days(-late * DayAmount.minutesPerDay)
                        + context.say("", " earlier")
            facts.append(
                .init(
                    name: context.say("按现状推算完成", "finish as it stands"),
                    value: context.language.long(schedule.finish), isGood: late == 0 ? nil : late < 0, detail: words))
        } else {
            facts.append(
                .init(
                    name: context.say("按现状推算完成", "finish as it stands"),
                    value: context.language.long(schedule.finish)))
        }
        if let forecast {
            facts.append(
                .init(
                    name: context.say("八成把握不晚于（P80）", "no later than, with 80 % (P80)"),
                    value: context.language.long(forecast.p80),
                    detail: context.say("一半把握（P50）", "with 50 % (P50) ") + context.language.long(forecast.p50)))
        }
        let critical = schedule.rows.count(where: { $0.standing != .finished && $0.isCritical })
        facts.append(
            .init(
                name: context.say("决定完成日期的环节", "what sets the finish"),
                value: context.say("\(critical) 个", "\(critical) step\(critical == 1 ? "" : "s")"),
                detail: context.say("共 \(schedule.rows.count) 个", "of \(schedule.rows.count)")))
        return facts
    }

    private func controls(_ context: PageContext) -> Markup {
        let zooms: [(ScheduleView.Zoom, String)] = [
            (.whole, context.say("全部", "whole")), (.month, context.say("月", "month")),
            (.week, context.say("周", "week")), (.day, context.say("日", "day")),
        ]
        let only = view.criticalOnly
        let shown = view.showsBaseline
        return .tag(
            "nav", ["class": "controls", "aria-label": context.say("进度图的显示", "How the chart is shown")],
            [
                Kit.choice(
                    context.say("一天的宽度", "Width of a day"),
                    zooms.map { zoom, title in (title, view.link(path) { $0.zoom = zoom }, view.zoom == zoom) }),
                Kit.choice(
                    context.say("显示", "Show"),
                    [
                        (context.say("全部事项", "everything"), view.link(path) { $0.criticalOnly = false }, !only),
                        (
                            context.say("仅关键线路", "critical path only"), view.link(path) { $0.criticalOnly = true },
                            only
                        ),
                    ]),
            ]
                + (baseline == nil
                    ? []
                    : [
                        Kit.choice(
                            context.say("原计划", "Baseline"),
                            [
                                (context.say("显示", "on"), view.link(path) { $0.showsBaseline = true }, shown),
                                (context.say("隐藏", "off"), view.link(path) { $0.showsBaseline = false }, !shown),
                            ])
                    ]))
    }

    private func table(_ context: PageContext) -> ScheduleTable {
        let chart = GanttChart(
            schedule, baseline: view.showsBaseline ? baseline : nil, title: projectTitle[context.language],
            subtitle: code, language: context.language)
        var table = ScheduleTable(chart: chart, view: view, context: context, path: path)
        table.signs = signs
        for row in schedule.rows {
            table.links[row.activity.id] = Links.task(caseID, row.activity.item)
            table.links["joint:\(row.activity.item)"] = Links.task(caseID, row.activity.item)
            table.reasons[row.activity.id] = DateSentence(row, among: schedule.rows, on: schedule.calendar)
        }
        return table
    }

    /// What is not in the chart, in words.
    private func details(_ context: PageContext) -> Markup {
        let titles = Dictionary(
            schedule.plan.workflow.items.map { ($0.id, $0.title[context.language]) },
            uniquingKeysWith: { first, _ in first })
        let unneeded = (schedule.plan.notNeeded + schedule.dropped).map { titles[$0] ?? $0 }
        var content: [Markup] = [
            Kit.paragraph(
                context.say(
                    "日期均为当日日终：某日开始的事项自次日起计。数据日期左侧是事实，右侧按可能用时推算；时差以工作日计。",
                    "Dates are closings: what starts on a date counts from the next day. Left of the data date are facts, right of it the forecast at likely durations; floats are in working days."
                ))
        ]
        if !unneeded.isEmpty {
            content.append(
                .tag(
                    "details", [:],
                    [
                        .tag(
                            "summary", [:],
                            context.say("不涉及的事项（\(unneeded.count)）", "Not required here (\(unneeded.count))")),
                        .tag("ul", [:], unneeded.map { .tag("li", [:], [Kit.foreign($0, context)]) }),
                    ]))
        }
        return .tag("div", ["class": "notes"], content)
    }
}
