import Planning
import WorkCalendar
import WorkflowModel

/// S12: a year of a calendar (工作日历), with every day that is not as its weekday says.
struct CalendarPage: Page {
    let calendar: WorkCalendar
    let year: Int
    /// The ids of the calendars there are.
    let known: [String]
    /// The reader's feed of deadlines; `nil` before it is asked for.
    var feed: String?
    var today: LocalDate

    var place: Place? { .calendar }

    func title(in context: PageContext) -> String {
        context.say("\(year) 年工作日历", "Working days of \(year)")
    }

    func main(in context: PageContext) -> [Markup] {
        [head(context), Kit.facts(facts(context)), controls(context), months(context), legend(context)]
            + [list(context), feedSection(context)].compactMap(\.self)
    }

    private func head(_ context: PageContext) -> Markup {
        .tag(
            "p", ["class": "subtitle"],
            [
                .text(context.say("日历 ", "Calendar ") + "\(calendar.id) \(calendar.version) · "),
                .text(context.say("依据：", "source: ")), Kit.foreign(calendar.source, context),
            ])
    }

    private var first: LocalDate? { LocalDate(year: year, month: 1, day: 1) }
    private var last: LocalDate? { LocalDate(year: year, month: 12, day: 31) }

    private func facts(_ context: PageContext) -> [Kit.Fact] {
        guard let first, let last else { return [] }
        let working = calendar.workingDays(after: first.adding(days: -1), through: last)
        let own = calendar.exceptions.filter { $0.date.year == year }
        let isOpen = calendar.isProvisional(first) || calendar.isProvisional(last)
        let coverage =
            calendar.published.map { context.say("已公布至 ", "published to ") + context.language.long($0.upperBound) }
            ?? context.say("没有期限", "has no end")
        return [
            .init(name: context.say("工作日", "working days"), value: "\(working)"),
            .init(
                name: context.say("放假", "days off by holiday"), value: "\(own.count { !$0.isWorking })"),
            .init(name: context.say("调休上班", "make-up working days"), value: "\(own.count(where: \.isWorking))"),
            .init(
                name: context.say("放假安排", "holiday notice"), value: coverage, isGood: isOpen ? false : true,
                detail: isOpen
                    ? context.say("这一年尚未公布，日期暂定", "not published for this year: provisional") : nil),
        ]
    }

    private func controls(_ context: PageContext) -> Markup {
        .tag(
            "nav", ["class": "controls", "aria-label": context.say("换一年或换日历", "Another year or calendar")],
            [
                Kit.choice(
                    context.say("年份", "Year"),
                    ((year - 1)...(year + 1)).map { ("\($0)", Links.calendar(calendar.id, $0), $0 == year) }),
                Kit.choice(
                    context.say("日历", "Calendar"),
                    known.map { ($0, Links.calendar($0, year), $0 == calendar.id) }),
            ])
    }

    // MARK: The grid

    private func months(_ context: PageContext) -> Markup {
        .tag("div", ["class": "year"], (1...12).map { month($0, context) })
    }

    private func month(_ month: Int, _ context: PageContext) -> Markup {
        guard let first = LocalDate(year: year, month: month, day: 1) else { return .text("") }
        let next =
            month == 12 ? LocalDate(year: year + 1, month: 1, day: 1) : LocalDate(year: year, month: month + 1, day: 1)
        let last = (next ?? first).adding(days: -1)
        let working = calendar.workingDays(after: first.adding(days: -1), through: last)
        let names = context.say("一二三四五六日", "MTWTFSS").map(String.init)
        let full = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        var weeks: [[Markup]] = []
        var week: [Markup] = (1..<first.weekday.rawValue).map { _ in .tag("td", ["class": "blank"]) }
        for number in first.dayNumber...last.dayNumber {
            week.append(day(LocalDate(dayNumber: number), context))
            if week.count == 7 {
                weeks.append(week)
                week = []
            }
        }
        if !week.isEmpty {
            week += (week.count..<7).map { _ in .tag("td", ["class": "blank"]) }
            weeks.append(week)
        }
        return .tag(
            "table", ["class": "month"],
            [
                .tag(
                    "caption", [:],
                    [
                        .text(context.language.month(month)),
                        .tag("small", [:], " " + context.language.days(working * DayAmount.minutesPerDay)),
                    ]),
                .tag(
                    "thead", [:],
                    [
                        .tag(
                            "tr", [:],
                            zip(names, full).map { name, whole in
                                .tag(
                                    "th", ["scope": "col", "abbr": context.say("周\(name)", whole)], name)
                            })
                    ]),
                .tag("tbody", [:], weeks.map { .tag("tr", [:], $0) }),
            ])
    }

    private func day(_ date: LocalDate, _ context: PageContext) -> Markup {
        let kind = calendar.kind(of: date)
        let number = "\(date.components.day)"
        var classes: [String] = []
        var mark: String?
        var words: String?
        switch kind {
        case .ordinary: break
        case .weekend: classes.append("off")
        case .holiday(let name):
            classes += ["off", "holiday"]
            mark = context.say("休", "off")
            words = context.say("放假：", "holiday: ") + name[context.language]
        case .makeUp(let name):
            classes.append("makeup")
            mark = context.say("班", "work")
            words = context.say("调休上班：", "make-up working day: ") + name[context.language]
        }
        if date == today { classes.append("today") }
        if calendar.isProvisional(date) { classes.append("provisional") }
        return .tag(
            "td", ["class": classes.isEmpty ? nil : classes.joined(separator: " "), "title": words],
            [.tag("time", ["datetime": date.description], number)]
                + (mark.map { [.tag("small", [:], $0)] } ?? [])
                + (words.map { [.tag("span", ["class": "unseen"], " " + $0)] } ?? []))
    }

    private func legend(_ context: PageContext) -> Markup {
        .tag(
            "ul", ["class": "legend-list"],
            [
                .tag("li", [:], [.tag("span", ["class": "swatch off"]), .text(context.say("周末", "weekend"))]),
                .tag(
                    "li", [:],
                    [
                        .tag("span", ["class": "swatch off holiday"], context.say("休", "off")),
                        .text(context.say("放假", "holiday")),
                    ]),
                .tag(
                    "li", [:],
                    [
                        .tag("span", ["class": "swatch makeup"], context.say("班", "work")),
                        .text(context.say("调休上班", "make-up working day")),
                    ]),
                .tag(
                    "li", [:],
                    [
                        .tag("span", ["class": "swatch provisional"], "8"),
                        .text(context.say("暂定：放假安排未公布", "provisional: holidays not published")),
                    ]),
            ])
    }

    // MARK: Holidays in words

    private func list(_ context: PageContext) -> Markup? {
        var runs: [(name: LocalizedText, off: [LocalDate], work: [LocalDate])] = []
        for day in calendar.exceptions where day.date.year == year {
            let place = runs.firstIndex { $0.name == day.name } ?? runs.count
            if place == runs.count { runs.append((day.name, [], [])) }
            if day.isWorking { runs[place].work.append(day.date) } else { runs[place].off.append(day.date) }
        }
        guard !runs.isEmpty else {
            return Kit.empty(
                context.say(
                    "\(year) 年没有已公布的节假日，按周一至周五推算。",
                    "No holidays are published for \(year); the weekly pattern alone speaks."))
        }
        func span(_ dates: [LocalDate]) -> String {
            guard let first = dates.first, let last = dates.last else { return "—" }
            return first == last ? "\(first)" : "\(first) – \(last)"
        }
        return Kit.section(
            "holidays", context.say("节假日和调休", "Holidays and make-up days"),
            [
                Kit.table(
                    context.say("节假日", "Holidays"),
                    head: [
                        context.say("节日", "holiday"), context.say("放假", "off"), context.say("天数", "days"),
                        context.say("调休上班", "worked instead"),
                    ],
                    rows: runs.map { run in
                        [
                            [Kit.foreign(run.name[context.language], context)], [.text(span(run.off))],
                            [.text("\(run.off.count)")],
                            [.text(run.work.map(\.description).joined(separator: context.say("、", ", ")))],
                        ]
                    }, numbers: [2], hidesCaption: true)
            ])
    }

    private func feedSection(_ context: PageContext) -> Markup? {
        let kit = FormKit(context: context)
        let content: [Markup] =
            feed.map { feed in
                [
                    Kit.paragraph(
                        context.say(
                            "在日历软件里“按网址订阅”，期限和里程碑会自动更新。这个网址等于您的查看权限，请勿转发。",
                            "Subscribe to this address in your calendar; deadlines and milestones follow by themselves. Whoever has the address can read it."
                        )),
                    .tag("p", [:], [.tag("a", ["href": feed, "class": "code wrap"], feed)]),
                ]
            } ?? [
                Kit.paragraph(
                    context.say(
                        "把办件的期限和里程碑放进自己的日历。", "Have deadlines and milestones in your own calendar.")),
                kit.form(
                    Links.makeFeed, class: "buttons",
                    [kit.button(context.say("生成订阅网址", "Make a subscription address"), isMain: false)]),
            ]
        return context.reader == nil ? nil : Kit.section("feed", context.say("订阅期限", "Subscribe to deadlines"), content)
    }
}

extension Links {
    static let makeFeed = "/feeds"
}
