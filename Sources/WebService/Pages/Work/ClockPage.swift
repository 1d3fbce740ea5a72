import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Why this is day 17 (逐日台账): every day since a clock started, whether it counts and why not.
struct ClockPage: Page {
    let view: CaseView
    let index: Int
    /// Whether the statutory limit is looked at instead of the promised one.
    let isStatutory: Bool

    private var standing: ItemStanding { view.standings[index] }
    var place: Place? { .cases }
    var asOf: Int? { view.state.version }

    private var clock: ApprovalClock? {
        isStatutory ? standing.clocks?.statutory ?? standing.clocks?.promised : standing.clocks?.leading
    }

    func title(in context: PageContext) -> String {
        guard let clock else { return context.say("尚未计时", "No clock yet") }
        let n = clock.used(asOf: view.today).wholeDaysRoundedUp
        return context.say("为什么是第 \(n) 天？", "Why is this day \(n)?")
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
            Crumb(title: standing.item.title[context.language], link: Links.task(view.id, standing.item.id)),
        ]
    }

    func main(in context: PageContext) -> [Markup] {
        guard let clock else {
            return [.empty(context.say("受理之后才开始计时。", "The clock starts with admission."))]
        }
        let language = context.language
        let (used, limit) = (clock.used(asOf: view.today), clock.limit(asOf: view.today))
        let last = clock.deadline(asOf: view.today)
        let stopped = clock.stopped(asOf: view.today)
        var sentences: [Markup] = [
            .text(context.say("自 ", "Day 0 is ")), .date(clock.start, context),
            .text(
                context.say(
                    "（当天不算）起，已用 \(DayAmount.number(minutes: used.minutes)) 天，期限 \(language.days(limit.minutes, limit.unit))",
                    ", which does not count. \(DayAmount.number(minutes: used.minutes)) of \(language.days(limit.minutes, limit.unit)) are used"
                )),
        ]
        if stopped.minutes > 0 {
            sentences.append(
                .text(
                    context.say(
                        "，停表 \(language.days(stopped.minutes, stopped.unit))不计",
                        "; \(language.days(stopped.minutes, stopped.unit)) stood still and do not count")))
        }
        if standing.clocks?.isStopped != true {
            sentences += [.text(context.say("，最后一天是 ", ". The last day is ")), .date(last, context)]
        }
        sentences.append(.text(context.say("。", ".")))
        var content: [Markup] = [.p(sentences, class: "lead")]
        if let moved = movedNote(clock, context) { content.append(Notices.inset([.p(moved)])) }
        if standing.clocks?.promised != nil, standing.clocks?.statutory != nil { content.append(choice(context)) }
        content.append(ledger(clock, context))
        return content
    }

    /// Which rule moved a last day that was a day off.
    private func movedNote(_ clock: ApprovalClock, _ context: PageContext) -> [Markup]? {
        let nominal = clock.ledger(asOf: view.today, through: clock.deadline(asOf: view.today)).entries
        guard nominal.contains(where: { $0.standing == .moved }) else { return nil }
        return [
            .text(
                context.say(
                    "期限最后一天遇休息日，顺延到休息日结束的次日（民法典第二百零三条）。",
                    "The last day was a day off and moved to the next working day (Civil Code art. 203)."))
        ]
    }

    private func choice(_ context: PageContext) -> Markup {
        let address = Links.clock(view.id, standing.item.id)
        func link(_ words: String, _ to: String, isHere: Bool) -> Markup {
            .tag("a", ["href": to, "class": "button second", "aria-current": isHere ? "true" : nil], words)
        }
        return .div(
            "buttons no-print",
            [
                link(context.say("承诺时限", "Promised limit"), address, isHere: !isStatutory),
                link(context.say("法定时限", "Statutory limit"), address + "?limit=statutory", isHere: isStatutory),
            ])
    }

    private func ledger(_ clock: ApprovalClock, _ context: PageContext) -> Markup {
        let last = standing.clocks?.isStopped == true ? nil : clock.deadline(asOf: view.today)
        let ledger = clock.ledger(asOf: view.today, through: max(view.today, last ?? view.today))
        return .tag(
            "table", ["class": "ledger"],
            [
                .tag("caption", [:], context.say("逐日台账", "Day by day")),
                .tag(
                    "thead", [:],
                    [
                        .tag(
                            "tr", [:],
                            [context.say("日期", "Date"), context.say("计不计", "Counts"), context.say("原因", "Why")].map {
                                .tag("th", ["scope": "col"], $0)
                            })
                    ]),
                .tag("tbody", [:], ledger.entries.map { entry($0, last: last, context) }),
            ])
    }

    private func entry(_ entry: DayLedger.Entry, last: LocalDate?, _ context: PageContext) -> Markup {
        let isAhead = entry.date > view.today
        var classes: [String] = []
        switch entry.standing {
        case .dayOff, .decided, .idle: classes.append("off")
        case .stopped: classes.append("stop")
        case .beyondLimit: classes.append("over")
        case .counted, .moved: break
        }
        if entry.date == view.today { classes.append("last") }
        let count =
            entry.standing.counts
            ? context.say("第 \(entry.total) 天", "day \(entry.total)") : context.say("不计", "does not count")
        return .tag(
            "tr",
            [
                "class": classes.isEmpty ? nil : classes.joined(separator: " "),
                "data-counted": entry.standing.counts && !isAhead ? "yes" : nil,
            ],
            [
                .tag("th", ["scope": "row"], [.date(entry.date, context)]),
                .tag("td", [:], count),
                .tag(
                    "td", [:],
                    [.text(reason(entry, context))]
                        + (entry.date == view.today ? [.strong(context.say("　今天", " – today"))] : [])
                        + (entry.date == last ? [.strong(context.say("　最后一天", " – the last day"))] : [])
                        + (isAhead ? [.span("muted", context.say("　预计", " – foreseen"))] : [])),
            ])
    }

    private func reason(_ entry: DayLedger.Entry, _ context: PageContext) -> String {
        switch entry.standing {
        case .counted: kind(entry.kind, context)
        case .moved: context.say("期限末日为休息日，顺延", "the limit ended on a day off and moved here")
        case .beyondLimit: context.say("超过期限", "beyond the limit") + context.say("，", ", ") + kind(entry.kind, context)
        case .dayOff: kind(entry.kind, context)
        case .stopped(let stop):
            context.say(
                "停表：\(stop.reason.title.zh)（\(Citation.words(stop.basis, in: .zh))）",
                "clock stopped: \(stop.reason.title.en)")
                + (context.language == .en && !stop.basis.hasChinese ? " (\(stop.basis))" : "")
        case .idle: context.say("没有计时", "nothing runs")
        case .decided: context.say("决定之后", "after the decision")
        }
    }

    private func kind(_ kind: DayKind, _ context: PageContext) -> String {
        switch kind {
        case .ordinary: context.say("工作日", "working day")
        case .makeUp(let name): context.say("调休上班（\(name.zh)）", "make-up working day (\(name.en))")
        case .weekend: context.say("周末", "weekend")
        case .holiday(let name): context.say("\(name.zh)放假", "holiday (\(name.en))")
        }
    }
}
