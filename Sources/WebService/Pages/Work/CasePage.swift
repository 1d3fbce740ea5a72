import CaseEngine
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// One case 项目 (S4): the map, whose clock runs, what comes next, and the forecast against the promise.
struct CasePage: Page {
    let view: CaseView
    /// What the reader can do with the whole case, by verb.
    var acts: [String] = []

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String { view.title[context.language] }

    func crumbs(in context: PageContext) -> [Crumb] {
        [Crumb(title: context.say("办件", "Cases"), link: Links.cases)]
    }

    func main(in context: PageContext) -> [Markup] {
        [
            .div(
                "case-page",
                [facts(context), figures(context)] + green(context) + promise(context) + [next(context)] + [
                    clocks(context), map(context),
                ]
                    + cards(context) + [more(context)])
        ]
    }

    private func facts(_ context: PageContext) -> Markup {
        let opening = view.state.opening
        var pairs: [(String, [Markup])] = [
            (context.say("项目代码", "Project code"), [.strong(view.code)])
        ]
        if let owner = opening?.owner { pairs.append((context.say("建设单位", "Owner"), [.named(owner, context)])) }
        pairs.append(
            (
                context.say("流程", "Workflow"),
                [
                    .tag("a", ["href": Links.workflow(view.workflow.id)], [.named(view.workflow.title, context)]),
                    .text(" \(view.state.governing?.version ?? view.workflow.version)"),
                ]
            ))
        if let opened = view.state.openedOn { pairs.append((context.say("立案", "Opened"), [.date(opened, context)])) }
        pairs.append((context.say("状态", "Status"), [.text(view.state.status.title[context.language].capitalizedFirst)]))
        return .facts(pairs)
    }

    // MARK: Figures

    private func figures(_ context: PageContext) -> Markup {
        let done = view.standings.count { $0.state == .approved }
        var figures: [(name: String, value: String, small: String, kind: String?)] = [
            (
                context.say("事项进度", "Progress"),
                context.say("\(done) / \(view.standings.count) 项办结", "\(done) of \(view.standings.count) done"),
                context.say(
                    "在办 \(view.standings.count { $0.state.isActive }) 项",
                    "\(view.standings.count { $0.state.isActive }) under way"), nil
            )
        ]
        if let report = view.report {
            figures.append(
                (
                    context.say("计划办结", "Planned finish"), context.language.long(report.plan.finish),
                    report.plan.isProvisional
                        ? context.say("暂定：节假日安排尚未公布", "provisional: holidays not published yet")
                        : context.say("按最可能用时", "at the likely durations"), nil
                ))
        }
        if let forecast = view.forecast { figures += outlook(forecast, context) }
        return .tag(
            "dl", ["class": "figures"],
            figures.map { figure in
                .tag(
                    "div", ["class": figure.kind],
                    [
                        .tag("dt", [:], figure.name),
                        .tag("dd", [:], [.text(figure.value), .tag("small", [:], figure.small)]),
                    ])
            })
    }

    private func outlook(_ forecast: Forecast, _ context: PageContext) -> [(String, String, String, String?)] {
        var figures: [(String, String, String, String?)] = []
        if case .ahead(let dates) = forecast.finish {
            let (p50, p80) = (dates.date(0.5), dates.date(0.8))
            figures.append(
                (
                    context.say("预计办结（八成把握）", "Forecast finish (8 in 10)"), context.language.long(p80),
                    context.say("一半把握：\(context.language.long(p50))", "even odds: \(context.language.long(p50))"), nil
                ))
        }
        if let target = forecast.targets.first(where: { $0.target.limit != nil }), let chance = target.chance {
            let percent = Int((chance.value * 100).rounded())
            let limit = target.target.limit ?? .zero
            let (zh, en, kind): (String, String, String?) =
                switch target.standing {
                case .kept: ("已达标", "kept", "good")
                case .lost: ("已超目标", "missed", "bad")
                default:
                    (
                        "达标可能 \(percent)%", "\(percent)% likely to be kept",
                        percent >= 80 ? "good" : percent < 50 ? "bad" : nil
                    )
                }
            let mean = target.measured.percentiles.first { $0.p == 0.8 }?.value ?? 0
            figures.append(
                (
                    context.say(
                        "审批时限目标 \(context.language.days(limit.minutes, limit.unit))",
                        "Target of \(context.language.days(limit.minutes, limit.unit))"),
                    context.say(zh, en),
                    context.say(
                        "八成把握不超过 \(context.language.days(mean, limit.unit))",
                        "8 in 10: at most \(context.language.days(mean, limit.unit))"), kind
                ))
        }
        return figures
    }

    private func green(_ context: PageContext) -> [Markup] {
        guard let channel = view.state.greenChannel else { return [] }
        let why = channel.rule?.title[context.language] ?? channel.reason
        return [
            Notices.inset(
                [
                    .p([
                        Tag.green(context), .text(context.say(" 自 ", " since ")), .date(channel.since, context),
                        .text(context.say("：", ": ")), .foreign(why, context),
                    ])
                ],
                kind: "good")
        ]
    }

    private func promise(_ context: PageContext) -> [Markup] {
        guard let promise = view.state.certificatePromise else { return [] }
        let level = promise.level(on: view.today, view.machine.calendar)
        return [
            Notices.inset(
                [.p([.text(promise.words(on: view.today, view.machine.calendar)[context.language])])],
                kind: level.map { $0 >= .yellow ? "warning" : "good" } ?? "good")
        ]
    }

    // MARK: What comes next

    private func next(_ context: PageContext) -> Markup {
        let rows = view.requests.map { WorkRow($0, of: view) }.sorted(by: WorkRow.order)
        let named = rows.prefix(3)
        return .section(
            "next", context.say("接下来", "Next"),
            rows.isEmpty
                ? [
                    .empty(
                        view.state.status == .open
                            ? context.say(
                                "眼下没有人需要办理，等前面的事项完成。", "Nobody has to do anything now; earlier items have to finish.")
                            : context.say(
                                "办件\(view.state.status.title.zh)。", "The case is \(view.state.status.title.en)."))
                ]
                : [
                    .tag(
                        "ul", ["class": "tasks", "data-live": "rows"],
                        named.map { $0.markup(context, showsParty: true, isWithinCase: true) })
                ]
                    + (rows.count > 3
                        ? [
                            .tag(
                                "details", [:],
                                [
                                    .tag(
                                        "summary", [:], context.say("另外 \(rows.count - 3) 件", "\(rows.count - 3) more")),
                                    .tag(
                                        "ul", ["class": "tasks"],
                                        rows.dropFirst(3).map {
                                            $0.markup(context, showsParty: true, isWithinCase: true)
                                        }),
                                ])
                        ] : []))
    }

    // MARK: The map

    private func map(_ context: PageContext) -> Markup {
        var content: [Markup] = []
        if let plan = view.report?.plan {
            let map = MetroMap(plan, view.machine, view.state, standings: view.standings, language: context.language) {
                Links.task(view.id, $0)
            }
            content.append(
                .tag(
                    "div",
                    [
                        "class": "metro-picture", "role": "region", "tabindex": "0",
                        "aria-label": context.say(
                            "地铁图，可左右滚动；下面的列表内容相同", "Metro map, scrolls sideways; the list below says the same"),
                    ], [map.picture.inline(isDecoration: true, without: 80)]))
        }
        content.append(StationList(view: view, context: context).markup)
        return .section(
            "map", context.say("地铁图", "Metro map"),
            aside: [.link(context.say("进度横道图", "Schedule"), to: Links.schedule(view.id), class: "no-print")], content)
    }

    // MARK: Clocks

    private func clocks(_ context: PageContext) -> Markup {
        let parts = ClockParts(view: view, context: context)
        let open = view.standings.filter { $0.clocks?.isOpen == true }
        let rows = parts.targets + open.flatMap(parts.item)
        return .section(
            "clocks", context.say("谁的钟在走", "Whose clock runs"),
            rows.isEmpty
                ? [.empty(context.say("没有正在计时的事项。受理之后才开始计时。", "No clock runs. Clocks start with admission."))]
                : [
                    parts.table(
                        rows,
                        caption: context.say(
                            "目标、承诺和法定时限，各计各的", "Targets, promised and statutory limits, each for itself")),
                    .p(
                        context.say(
                            "承诺时限用去九成或只剩 1 个工作日时亮“临近”；停表的日子单独列出，不算已用。",
                            "“Near” is shown when nine tenths of the promised limit are used or one working day is left; stopped days stand apart."
                        ),
                        class: "muted small no-print"),
                ])
    }

    private func cards(_ context: PageContext) -> [Markup] {
        let open = view.state.cards.filter { $0.standing == .open }
        guard !open.isEmpty else { return [] }
        return [
            .section(
                "cards", context.say("监察牌", "Cards"),
                [
                    .tag(
                        "ul", ["class": "tasks"],
                        open.map { card in
                            .tag(
                                "li", [:],
                                [
                                    .tag(
                                        "a", ["class": "row", "href": Links.task(view.id, card.item)],
                                        [
                                            .span("what", card.level.title[context.language].capitalizedFirst),
                                            .span(
                                                "where",
                                                [.named(view.title(ofItem: card.item), context)]
                                                    + (card.department.map {
                                                        [.text(" · "), .named(view.title(ofDepartment: $0), context)]
                                                    } ?? [])),
                                            .span("when", [.shortDate(card.raisedOn, context)]), Icon.chevron,
                                        ])
                                ])
                        })
                ])
        ]
    }

    private func more(_ context: PageContext) -> Markup {
        let stages = view.workflow.stages.filter { stage in view.standings.contains { $0.stage == stage.id } }
        var links: [Markup] = [
            .link(context.say("全过程记录", "History"), to: Links.history(view.id)),
            .link(context.say("材料清单", "Materials"), to: Links.materials(view.id)),
            .link(context.say("进度横道图", "Schedule"), to: Links.schedule(view.id)),
            .link(context.say("推演与比较", "Simulate and compare"), to: Links.simulation(of: view.id)),
            .link(context.say("公开进度页", "Public progress page"), to: Links.publicProgress(view.code)),
        ]
        links += stages.map { stage in
            .tag(
                "a", ["href": Links.stageForm(view.id, stage.id)],
                [.text(context.say("一张表单：", "One form: ")), .named(stage.title, context)])
        }
        links += acts.compactMap { CommandForm.ofCase($0) }.map { form in
            .link(form.title[context.language], to: Links.act(view.id, form.verb))
        }
        return .section(
            "more", context.say("更多", "More"), class: "no-print",
            [.tag("ul", ["class": "acts"], links.map { .tag("li", [:], [$0]) })])
    }
}

/// Stages in order and their items (事项清单): what the map is underneath.
struct StationList {
    let view: CaseView
    let context: PageContext

    var markup: Markup {
        .tag(
            "ol", ["class": "stages"],
            view.workflow.stages.enumerated().compactMap { number, stage in
                let own = view.standings.filter { $0.stage == stage.id }
                guard !own.isEmpty else { return nil }
                let done = own.count { $0.state == .approved }
                return .tag(
                    "li", ["class": stage.national > 4 ? "lane" : nil],
                    [
                        .tag(
                            "h3", [:],
                            [
                                .span(nil, [.named(stage.title, context)]),
                                .tag(
                                    "small", [:],
                                    context.say("\(done) / \(own.count) 办结", "\(done) of \(own.count) done")),
                            ]),
                        .tag("ul", ["class": "stations"], own.map(station)),
                    ])
            })
    }

    private func station(_ standing: ItemStanding) -> Markup {
        let isCritical = view.isCritical(standing.item.id)
        var classes = [
            standing.state == .approved ? "approved" : "", isCritical ? "critical" : "",
            standing.item.joint == nil ? "" : "joint",
        ]
        classes.removeAll(where: \.isEmpty)
        // The link's name says everything at once; the tags beside it say it to the eye.
        var words = [standing.state.word[context.language]]
        if let detail = standing.detail?[context.language] { words.append(detail) }
        if let deadline = standing.deadline, standing.state != .approved {
            words.append(deadline.light.word[context.language])
            words.append(deadline.text[context.language])
        }
        if isCritical { words.append(context.say("关键线路", "critical path")) }
        let separator = context.say("，", ", ")
        var side: [Markup] = []
        if isCritical { side.append(Tag.critical(context)) }
        if let deadline = standing.deadline, standing.state != .approved { side.append(Tag.light(deadline, context)) }
        if let finished = standing.finished, standing.state == .approved { side.append(.shortDate(finished, context)) }
        side.append(Tag.state(standing.state, nil, context))
        return .tag(
            "li",
            [
                "class": classes.isEmpty ? nil : classes.joined(separator: " "),
                "data-row": "\(view.id)/\(standing.item.id)",
                "data-case": view.id,
            ],
            [
                .tag(
                    "a", ["href": Links.task(view.id, standing.item.id)],
                    [.named(standing.item.title, context), .unseen(separator + words.joined(separator: separator))]),
                .tag("span", ["class": "side", "aria-hidden": "true"], side),
            ])
    }
}
