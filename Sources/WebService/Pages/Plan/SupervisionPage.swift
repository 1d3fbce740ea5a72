import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// S11: what a supervisor looks at every morning (督办看板).
struct SupervisionPage: Page {
    let board: SupervisionBoard
    /// What in the logs should be looked into; the newest first.
    var findings: [(caseID: String, finding: Finding)] = []
    /// The one department that is shown; `nil` for all.
    var department: String?
    /// Whether the reader may send reminders.
    var mayRemind = false

    var place: Place? { .supervision }

    func title(in context: PageContext) -> String { context.say("督办看板", "Supervision") }

    func main(in context: PageContext) -> [Markup] {
        let reader = SupervisionReader(page: self, context: context)
        return [
            .tag(
                "p", ["class": "subtitle"],
                [
                    .text(context.say("截至 ", "As of ")), Kit.date(board.asOf, context),
                    .text(
                        context.say(" · 办件 \(board.cases) 件", " · \(board.cases) case\(board.cases == 1 ? "" : "s")")),
                ])
        ] + reader.content
    }
}

/// Puts the board's parts together.
private struct SupervisionReader {
    let page: SupervisionPage
    let context: PageContext

    private var board: SupervisionBoard { page.board }
    private var language: Language { context.language }

    var content: [Markup] {
        guard board.cases > 0 else {
            return [
                Kit.empty(
                    context.say("还没有办件，因此没有可督办的事项。", "There are no cases yet, so there is nothing to supervise."),
                    Crumb(title: context.say("新建项目", "Start a project"), link: Links.newProject))
            ]
        }
        return [departments, oldest, targets, trend, cards, matters, findings, ratings, thresholds]
            .compactMap(\.self)
    }

    // MARK: Lights

    private static let lights: [DeadlineLight] = [.overdueStatutory, .overduePromised, .near, .stopped, .normal]

    private var departments: Markup {
        let rows = board.rows.map { row in
            [[Kit.link(row.title[language], "\(Links.supervision)?department=\(Links.escaped(row.department))")]]
                + Self.lights.map { light in [count(row.counts[light] ?? 0, light)] } + [[.text("\(row.total)")]]
        }
        return Kit.section(
            "lights", context.say("各部门在办事项", "Open work by department"),
            board.rows.isEmpty
                ? [Kit.empty(context.say("目前没有部门在办的事项。", "No department has open work now."))]
                : [
                    Kit.table(
                        context.say("按时限状态分；超期多的在前", "By deadline; most overdue first"),
                        head: [context.say("部门", "department")] + Self.lights.map { $0.word[language].capitalizedFirst }
                            + [context.say("合计", "total")],
                        rows: rows, numbers: [1, 2, 3, 4, 5, 6])
                ])
    }

    private func count(_ number: Int, _ light: DeadlineLight) -> Markup {
        guard number > 0 else { return .tag("span", ["class": "nothing"], "0") }
        return .tag("span", ["class": "light l-\(light.rawValue)"], [sign(light), .text("\(number)")])
    }

    private func sign(_ light: DeadlineLight) -> Markup {
        .tag(
            "svg", ["width": "16", "height": "16", "viewBox": "-10 -10 20 20", "aria-hidden": "true"],
            light.mark(x: 0, y: 0))
    }

    // MARK: The oldest

    private var oldest: Markup {
        let parts = board.oldest([.overdueStatutory, .overduePromised, .near, .stopped], of: page.department)
        let name = page.department.flatMap { board.departments[$0]?.title[language] }
        let heading =
            name.map { context.say("需要过问的事项：\($0)", "What needs attention: \($0)") }
            ?? context.say("需要过问的事项", "What needs attention")
        var content: [Markup] = []
        if page.department != nil {
            content.append(
                .tag("p", [:], [Kit.link(context.say("查看全部部门", "Show all departments"), Links.supervision)]))
        }
        guard !parts.isEmpty else {
            return Kit.section(
                "oldest", heading,
                content + [
                    Kit.empty(
                        context.say("没有超期、临近或停表的事项。", "Nothing is overdue, near its limit or stopped."))
                ])
        }
        let shown = parts.prefix(50)
        let all = board.attentionCount(of: page.department)
        let kit = FormKit(context: context)
        let rows = shown.map { open -> [[Markup]] in
            var row: [[Markup]] = [
                [
                    .tag(
                        "a", ["href": Links.task(open.part.caseID, open.part.item)],
                        [Kit.foreign(open.part.title[language], context)])
                ],
                [.tag("span", ["class": "code"], open.part.project)],
                [Kit.foreign(open.part.departmentTitle[language], context)],
                [.tag("span", ["class": "light l-\(open.light.rawValue)"], [sign(open.light), .text(words(open))])],
                [Kit.figure(open.part.start, context)],
                [.text("\(open.age)")],
            ]
            if page.mayRemind {
                row.append([
                    kit.form(
                        Links.reminder, class: "inline",
                        [
                            .tag("input", ["type": "hidden", "name": "case", "value": open.part.caseID]),
                            .tag("input", ["type": "hidden", "name": "item", "value": open.part.item]),
                            .tag("input", ["type": "hidden", "name": "department", "value": open.part.department]),
                            kit.button(context.say("催办", "Remind"), isMain: false),
                        ])
                ])
            }
            return row
        }
        content.append(
            Kit.table(
                context.say("计时最早的在前", "The oldest clock first")
                    + (all > shown.count
                        ? context.say("，显示 \(shown.count) / \(all)", ", \(shown.count) of \(all) shown") : ""),
                head: [
                    context.say("事项", "item"), context.say("项目代码", "project"), context.say("部门", "department"),
                    context.say("时限", "deadline"), context.say("计时自", "since"),
                    context.say("已过（工作日）", "age (working days)"),
                ] + (page.mayRemind ? [context.say("督办", "follow up")] : []),
                rows: Array(rows), numbers: [4, 5]))
        return Kit.section("oldest", heading, content)
    }

    private func words(_ open: SupervisionBoard.OpenPart) -> String {
        guard open.light != .stopped, let left = open.left else { return open.light.word[language].capitalizedFirst }
        let unit = (open.part.promised ?? open.part.statutory)?.limit.unit ?? .working
        let days = language.days(abs(left) * DayAmount.minutesPerDay, unit)
        switch open.light {
        case .overdueStatutory: return context.say("超法定期限 \(days)", "\(days) over the statutory limit")
        case .overduePromised: return context.say("超承诺期限 \(days)", "\(days) over the promised limit")
        default: return left == 0 ? context.say("今天到期", "due today") : context.say("剩 \(days)", "\(days) left")
        }
    }

    // MARK: Targets and trend

    private var targets: Markup {
        guard !board.targets.isEmpty else {
            return Kit.section(
                "targets", context.say("时限目标", "Targets"),
                [Kit.empty(context.say("还没有项目进入目标的起点。", "No project has reached the beginning of a target yet."))])
        }
        let rows = board.targets.map { tally -> [[Markup]] in
            let limit = tally.target.limit
            let unit = limit?.unit ?? .working
            return [
                [Kit.foreign(tally.target.title?[language] ?? tally.target.id, context)],
                [Kit.foreign(tally.workflowTitle[language], context)],
                [.text(limit.map { language.days($0.minutes, $0.unit) } ?? "—")],
                [.text("\(tally.met)")],
                [.tag("span", ["class": tally.missed > 0 ? "bad" : nil], "\(tally.missed)")],
                [.text("\(tally.running)")],
                [.tag("span", ["class": tally.runningOver > 0 ? "bad" : nil], "\(tally.runningOver)")],
                [
                    .text(
                        tally.meanCounted.map { language.days(Self.tenth($0), unit) }
                            ?? context.say("尚无", "none yet"))
                ],
                [
                    .text(
                        tally.meanCalendarDays.map { language.days($0 * DayAmount.minutesPerDay, .calendar) }
                            ?? context.say("尚无", "none yet"))
                ],
            ]
        }
        return Kit.section(
            "targets", context.say("时限目标", "Targets"),
            [
                Kit.paragraph(
                    context.say(
                        "计时天数按目标口径（停表、申请人用时不计）；自然日是从起点到终点实际经过的天数。两个数字都给出。",
                        "Counted days are as the target measures them, without stops and the applicant's time; calendar days are what really passed. Both are shown."
                    ), class: "hint"),
                Kit.table(
                    context.say("达标与否", "Met or not"),
                    head: [
                        context.say("目标", "target"), context.say("流程", "workflow"), context.say("时限", "limit"),
                        context.say("达标", "met"), context.say("未达标", "missed"), context.say("在办", "running"),
                        context.say("其中已超", "of them over"), context.say("平均计时", "mean counted"),
                        context.say("平均自然日", "mean calendar"),
                    ], rows: rows, numbers: [2, 3, 4, 5, 6, 7, 8], hidesCaption: true),
            ])
    }

    /// Minutes rounded to tenths of a day.
    private static func tenth(_ minutes: Int) -> Int { minutes / 48 * 48 }

    private var trend: Markup? {
        let months = board.months.sorted { $0.key < $1.key }.suffix(12)
        guard months.count > 1 else { return nil }
        let most = months.map(\.value.handled).max() ?? 1
        let rows = months.map { key, month -> [[Markup]] in
            let share = month.handled == 0 ? 0 : month.inTime * 100 / month.handled
            let width = Double(month.handled) / Double(max(1, most)) * 160
            return [
                [.text(key)], [.text("\(month.handled)")], [.text("\(share) %")],
                [
                    .tag(
                        "svg",
                        [
                            "width": "164", "height": "18", "role": "img",
                            "aria-label": context.say(
                                "办结 \(month.handled)，按时 \(month.inTime)",
                                "\(month.handled) decided, \(month.inTime) in time"),
                        ],
                        [
                            .tag(
                                "rect",
                                [
                                    "class": "f-steel-tint s-steel", "x": "1", "y": "3", "height": "12",
                                    "width": width.px,
                                ]),
                            .tag(
                                "rect",
                                [
                                    "class": "f-steel", "x": "1", "y": "3", "height": "12",
                                    "width": (width * Double(share) / 100).px,
                                ]),
                        ])
                ],
            ]
        }
        return Kit.section(
            "trend", context.say("逐月趋势", "Month by month"),
            [
                Kit.table(
                    context.say("办结件数和按时率；实心为按时", "Decided, and the share in time; solid is in time"),
                    head: [
                        context.say("月份", "month"), context.say("办结", "decided"), context.say("按时率", "in time"),
                        context.say("图", "chart"),
                    ], rows: rows, numbers: [1, 2])
            ])
    }

    // MARK: Cards, matters, findings, ratings

    private var cards: Markup {
        let cards = board.cards.sorted { a, b in
            (b.card.level, a.card.raisedOn, a.caseID, a.card.id) < (a.card.level, b.card.raisedOn, b.caseID, b.card.id)
        }
        let rows = cards.prefix(50).map { entry -> [[Markup]] in
            [
                [.tag("span", ["class": "card \(entry.card.level.rawValue)"], entry.card.level.title[language])],
                [
                    .tag(
                        "a", ["href": Links.task(entry.caseID, entry.card.item)],
                        [Kit.foreign(entry.itemTitle[language], context)])
                ],
                [.tag("span", ["class": "code"], entry.project)],
                [Kit.foreign(entry.departmentTitle?[language] ?? "—", context)],
                [Kit.figure(entry.card.raisedOn, context)],
                [
                    entry.card.explanation.map { Kit.foreign($0, context) }
                        ?? .tag("span", ["class": "muted"], context.say("尚未说明", "not explained yet"))
                ],
            ]
        }
        return Kit.section(
            "cards", context.say("亮牌", "Cards"),
            rows.isEmpty
                ? [Kit.empty(context.say("没有生效的提醒或牌。", "No card is in force."))]
                : [
                    Kit.table(
                        context.say(
                            "最重的在前，共 \(board.cardsInForce) 张", "The gravest first, \(board.cardsInForce) in all"),
                        head: [
                            context.say("级别", "level"), context.say("事项", "item"), context.say("项目代码", "project"),
                            context.say("部门", "department"), context.say("亮牌日", "raised"),
                            context.say("说明", "explanation"),
                        ], rows: Array(rows), numbers: [4])
                ])
    }

    private var matters: Markup? {
        guard !board.matters.isEmpty else { return nil }
        let rows = board.matters.sorted {
            ($0.matter.due, $0.caseID, $0.matter.id) < ($1.matter.due, $1.caseID, $1.matter.id)
        }
        .prefix(50).map { entry -> [[Markup]] in
            [
                [.text(entry.matter.kind.title[language])], [Kit.foreign(entry.matter.text, context)],
                [Kit.link(entry.project, Links.caseFile(entry.caseID))],
                [Kit.foreign(entry.departmentTitle[language], context)],
                [.text(entry.matter.status.title[language])], [Kit.figure(entry.matter.due, context)],
                [.tag("span", ["class": entry.overdueDays > 0 ? "bad" : nil], "\(entry.overdueDays)")],
            ]
        }
        return Kit.section(
            "matters", context.say("督办件", "Follow-ups"),
            [
                Kit.table(
                    context.say("最早到期的在前；超期以工作日计", "First due first; overdue in working days"),
                    head: [
                        context.say("类别", "kind"), context.say("内容", "what"), context.say("项目代码", "project"),
                        context.say("部门", "department"), context.say("状态", "state"), context.say("答复期限", "due"),
                        context.say("超期", "overdue"),
                    ], rows: Array(rows), numbers: [5, 6])
            ])
    }

    private var findings: Markup? {
        guard !page.findings.isEmpty else { return nil }
        let rows = page.findings.prefix(50).map { entry -> [[Markup]] in
            [
                [Kit.foreign(entry.finding.words[language], context)],
                [Kit.link(entry.caseID, Links.history(entry.caseID))], [Kit.figure(entry.finding.on, context)],
                [.tag("code", [:], entry.finding.rule.rawValue)],
            ]
        }
        return Kit.section(
            "findings", context.say("异常线索", "Findings"),
            [
                Kit.paragraph(
                    context.say(
                        "线索由全过程记录推得，不等于结论；核实后再亮牌。",
                        "Derived from the log; a finding accuses nobody. Look into it before a card is raised."),
                    class: "hint"),
                Kit.table(
                    context.say("异常线索", "Findings"),
                    head: [
                        context.say("线索", "what the log shows"), context.say("办件", "case"), context.say("日期", "on"),
                        context.say("规则", "rule"),
                    ], rows: Array(rows), numbers: [2], hidesCaption: true),
            ])
    }

    private var ratings: Markup? {
        let rows = board.ratings.sorted.filter { !$0.period.contains("Q") }
        guard !rows.isEmpty else { return nil }
        return Kit.section(
            "ratings", context.say("好差评", "Ratings"),
            [
                Kit.table(
                    context.say("按年汇总", "By year"),
                    head: [
                        context.say("年", "year"), context.say("部门", "department"), context.say("评价数", "ratings"),
                        context.say("满意率", "satisfied"), context.say("差评", "bad"), context.say("已答复", "answered"),
                    ],
                    rows: rows.map { row in
                        [
                            [.text(row.period)], [Kit.foreign(row.title[language], context)], [.text("\(row.count)")],
                            [.text("\(Int((row.satisfied * 100).rounded())) %")], [.text("\(row.bad)")],
                            [.text("\(row.answered)")],
                        ]
                    }, numbers: [2, 3, 4, 5])
            ])
    }

    // MARK: Thresholds

    private var thresholds: Markup {
        let lines = board.policies.flatMap { policy in
            CardLevel.allCases.map { level in
                "\(level.title[language])\(context.say("：", ": "))\(policy[level].words[language])"
            }
        }
        var seen: Set<String> = []
        return Kit.section(
            "thresholds", context.say("灯和牌的条件", "When lights and cards change"),
            [
                .tag("ul", ["class": "plain"], lines.filter { seen.insert($0).inserted }.map { .tag("li", [:], $0) }),
                Kit.paragraph(
                    context.say(
                        "“临近”与黄牌同一条件，或只剩 1 个工作日。条件写在流程文件的 supervision 一节，各城市可以不同。",
                        "“Near” is the condition of the yellow card, or one working day left. The conditions stand in the workflow's supervision section and may differ between cities."
                    ), class: "hint"),
            ])
    }
}

extension CardThreshold {
    /// When it is, in words.
    var words: LocalizedText {
        switch self {
        case .before(let amount, let limit):
            LocalizedText(
                zh: "\(limit.title.zh)到期前 \(Language.zh.days(amount.minutes, amount.unit))",
                en: "\(Language.en.days(amount.minutes, amount.unit)) before the \(limit.title.en) ends")
        case .share(let percent, let limit):
            LocalizedText(zh: "\(limit.title.zh)用去 \(percent) %", en: "\(percent) % of the \(limit.title.en) is used")
        case .past(let limit):
            LocalizedText(zh: "超过\(limit.title.zh)的次一工作日", en: "the first working day past the \(limit.title.en)")
        case .never: LocalizedText(zh: "不使用", en: "never")
        }
    }
}

extension CardThreshold.WarnedLimit {
    var title: LocalizedText {
        switch self {
        case .promised: LocalizedText(zh: "承诺时限", en: "promised limit")
        case .statutory: LocalizedText(zh: "法定时限", en: "statutory limit")
        }
    }
}

extension Links {
    static let reminder = supervision + "/reminder"
}
