import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Clocks in words and meters (计时面板): used and remaining make the limit, stopped days stand apart.
struct ClockParts {
    let view: CaseView
    let context: PageContext

    private var language: Language { context.language }

    /// The clocks of a project's targets, in days counted so far.
    var targets: [Markup] {
        (view.report?.targets ?? []).compactMap { progress in
            guard let limit = progress.planned.target.limit, let measured = progress.measured,
                let actual = progress.actual
            else { return nil }
            let left = limit.minutes - measured.minutes
            let light: DeadlineStanding? =
                actual.isClosed
                ? nil
                : DeadlineStanding(
                    light: left < 0 ? .overduePromised : left * 10 <= limit.minutes ? .near : .normal, last: nil,
                    text: LocalizedText(
                        zh: left < 0
                            ? "超目标 \(Language.zh.days(-left, limit.unit))" : "剩 \(Language.zh.days(left, limit.unit))",
                        en: left < 0
                            ? "\(Language.en.days(-left, limit.unit)) over the target"
                            : "\(Language.en.days(left, limit.unit)) left"))
            let title =
                progress.planned.target.title?[language]
                ?? context.say("全流程审批时限", "Whole process")
            return row(
                title: title, kind: context.say("项目目标", "target"), used: measured, limit: limit, light: light,
                stopped: nil, last: nil,
                more: actual.isClosed
                    ? [.text(progress.isMet == true ? context.say("已达标", "met") : context.say("未达标", "missed"))] : [])
        }
    }

    /// The promised and the statutory clock of one item, two lines.
    func item(_ standing: ItemStanding) -> [Markup] {
        guard let clocks = standing.clocks else { return [] }
        var rows: [Markup] = []
        if let promised = clocks.promised {
            rows.append(line(promised, context.say("承诺时限", "promised"), standing, isFirst: true))
        }
        if let statutory = clocks.statutory {
            rows.append(line(statutory, context.say("法定时限", "statutory"), standing, isFirst: clocks.promised == nil))
        }
        return rows
    }

    private func line(_ clock: ApprovalClock, _ kind: String, _ standing: ItemStanding, isFirst: Bool) -> Markup {
        let used = clock.used(asOf: view.today)
        let stopped = clock.stopped(asOf: view.today)
        let n = used.wholeDaysRoundedUp
        let link = Links.clock(view.id, standing.item.id)
        return row(
            title: isFirst ? standing.item.title[language] : "", kind: kind, used: used,
            limit: clock.limit(asOf: view.today), light: isFirst ? standing.deadline : nil,
            stopped: stopped.minutes > 0 ? stopped : nil,
            last: standing.clocks?.isStopped == true ? nil : clock.deadline(asOf: view.today),
            more: isFirst
                ? [
                    .tag(
                        "a", ["href": link],
                        [
                            .text(context.say("为什么是第 \(n) 天？", "Why is this day \(n)?")),
                            .unseen(" " + standing.item.title[language]),
                        ])
                ] : [])
    }

    private func row(
        title: String, kind: String, used: DayAmount, limit: DayAmount, light: DeadlineStanding?, stopped: DayAmount?,
        last: LocalDate?, more: [Markup]
    ) -> Markup {
        let remaining = limit.minutes - used.minutes
        return .tag(
            "tr", [:],
            [
                .tag("th", ["scope": "row"], [.foreign(title, context), .div("muted small", [.text(kind)])]),
                .tag(
                    "td", ["data-head": context.say("已用", "Used")],
                    [
                        .span(
                            nil,
                            [
                                .text(
                                    context.say(
                                        "已用 \(DayAmount.number(minutes: used.minutes)) ／ \(language.days(limit.minutes, limit.unit))",
                                        "\(DayAmount.number(minutes: used.minutes)) of \(language.days(limit.minutes, limit.unit)) used"
                                    )),
                                Self.meter(used: used.minutes, limit: limit.minutes),
                            ])
                    ]),
                .tag(
                    "td", ["data-head": context.say("剩余", "Remaining")],
                    [
                        light.map { Tag.light($0, context) }
                            ?? .span(
                                "muted",
                                remaining >= 0
                                    ? context.say(
                                        "剩 \(language.days(remaining, limit.unit))",
                                        "\(language.days(remaining, limit.unit)) left")
                                    : context.say(
                                        "超 \(language.days(-remaining, limit.unit))",
                                        "\(language.days(-remaining, limit.unit)) over"))
                    ]),
                .tag(
                    "td", ["data-head": context.say("最后一天", "Last day")], last.map { [.shortDate($0, context)] } ?? []),
                .tag(
                    "td", ["data-head": context.say("停表", "Stopped")],
                    stopped.map {
                        [
                            .text(
                                context.say(
                                    "另停表 \(language.days($0.minutes, $0.unit))",
                                    "\(language.days($0.minutes, $0.unit)) apart"))
                        ]
                    } ?? []),
                .tag("td", [:], more),
            ])
    }

    /// A bar of what is used; beyond the limit it is hatched.
    static func meter(used: Int, limit: Int) -> Markup {
        let whole = Double(max(limit, used, 1))
        let width = 200.0
        let inside = width * Double(min(used, limit)) / whole
        let end = width * Double(limit) / whole
        var marks: [Markup] = [
            .tag("rect", ["class": "f-off", "x": "0", "y": "2", "width": "200", "height": "8", "rx": "2"]),
            .tag(
                "rect",
                ["class": "f-steel", "x": "0", "y": "2", "width": String(Int(inside)), "height": "8", "rx": "2"]),
        ]
        if used > limit {
            marks.append(
                .tag(
                    "rect",
                    [
                        "class": "f-red", "x": String(Int(end)), "y": "2", "width": String(Int(width - end)),
                        "height": "8",
                    ]))
        }
        marks.append(.tag("path", ["class": "none s-ink", "d": "M\(Int(min(end, 199)))  0v12", "stroke-width": "2"]))
        return .tag(
            "svg", ["class": "meter", "viewBox": "0 0 200 12", "preserveAspectRatio": "none", "aria-hidden": "true"],
            marks)
    }

    /// The head of a table of clocks.
    func table(_ rows: [Markup], caption: String) -> Markup {
        .tag(
            "table", ["class": "clocks stack"],
            [
                .tag("caption", ["class": "unseen"], caption),
                .tag(
                    "thead", [:],
                    [
                        .tag(
                            "tr", [:],
                            [
                                context.say("事项与时限", "Item and limit"), context.say("已用", "Used"),
                                context.say("剩余", "Remaining"),
                                context.say("最后一天", "Last day"), context.say("停表", "Stopped"), "",
                            ].map { $0.isEmpty ? .tag("td", [:], []) : .tag("th", ["scope": "col"], $0) })
                    ]),
                .tag("tbody", [:], rows),
            ])
    }
}
