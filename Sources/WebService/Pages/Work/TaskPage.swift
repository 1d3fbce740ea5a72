import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// One item as somebody who works on it needs it 办理 (S6): what is asked, by when, on what basis, and what lies beside.
struct TaskPage: Page {
    let view: CaseView
    let index: Int
    let actor: Actor
    /// What happened to the item, newest last.
    var events: [HistoryPage.Entry] = []

    private var standing: ItemStanding { view.standings[index] }
    private var item: ItemState { view.state.items[index] }
    private var definition: Item { view.plan.items[index].item }
    private var site: FormSite { FormSite(snapshot: view.snapshot, index: index, actor: actor, today: view.today) }
    /// Internal notes are for those who decide.
    private var isInside: Bool { actor.role != .applicant && actor.role != .agent }

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String { definition.title[context.language] }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
        ]
    }

    func main(in context: PageContext) -> [Markup] {
        let requests = view.requests.filter { $0.item == item.id }
        let own = requests.filter { actor.answers($0, in: view.state) }
        var content: [Markup] = [heading(context)]
        content += asked(own, context)
        // Whoever only looks on reads the dates in the tables below.
        if !own.isEmpty || item.isStopped {
            content += DeadlineSentence.markup(view: view, index: index, requests: own, context)
        }
        if own.isEmpty { content += waiting(requests.filter { $0.participant == nil || item.joint == nil }, context) }
        content += joint(context)
        content.append(materials(context))
        content += clock(context)
        content += notices(context)
        content += others(own, context)
        content += why(context)
        content += history(context)
        return content
    }

    private func heading(_ context: PageContext) -> Markup {
        var pairs: [(String, [Markup])] = [
            (context.say("状态", "State"), [Tag.state(standing.state, standing.detail, context)])
        ]
        if let deadline = standing.deadline {
            pairs.append((context.say("时限", "Time"), [Tag.light(deadline, context)]))
        }
        if view.isCritical(item.id) { pairs.append((context.say("线路", "Path"), [Tag.critical(context)])) }
        if let department = definition.department {
            pairs.append(
                (
                    context.say(
                        definition.joint == nil ? "办理部门" : "牵头部门", definition.joint == nil ? "Department" : "Lead"),
                    [.named(view.title(ofDepartment: department), context)]
                ))
        }
        if item.attempt > 1 {
            pairs.append(
                (
                    context.say("申请", "Application"),
                    [.text(context.say("第 \(item.attempt) 次", "number \(item.attempt)"))]
                ))
        }
        if let basis = definition.basis {
            pairs.append((context.say("依据", "Basis"), [.cited(basis, context)]))
        }
        pairs.append((context.say("项目代码", "Project code"), [.text(view.code)]))
        return .facts(pairs)
    }

    // MARK: What is asked

    private func asked(_ own: [WorkRequest], _ context: PageContext) -> [Markup] {
        guard !own.isEmpty else { return [] }
        let verbs = Self.verbs(own)
        let buttons = verbs.enumerated().compactMap { number, verb -> Markup? in
            guard let form = CommandForm.ofItem(verb) else { return nil }
            return .link(
                form.title[context.language], to: Links.act(view.id, item.id, verb),
                class: number == 0 ? "button" : "button second")
        }
        return [
            .section(
                "todo", context.say("请您办理", "For you to do"), class: "panel",
                own.map { .p([.named(AskWords.of($0.ask, naming: view.name), context)]) } + [.div("buttons", buttons)])
        ]
    }

    /// What answers requests, the usual answer first.
    static func verbs(_ requests: [WorkRequest]) -> [String] {
        var verbs: [String] = []
        for request in requests {
            let answers: [String] =
                switch request.ask {
                case .admit: ["admit", "request-correction", "refuse-admission"]
                case .commit: ["commit", "decline-commitment"]
                case .sign: ["sign", "request-supplement", "pause"]
                case .decide: ["decide", "request-supplement", "pause"]
                case .opine, .recheck: ["opine"]
                case .check: ["check", "find-breach"]
                default: [request.ask.verb]
                }
            verbs += answers.filter { !verbs.contains($0) }
        }
        return verbs
    }

    private func waiting(_ requests: [WorkRequest], _ context: PageContext) -> [Markup] {
        guard !requests.isEmpty else { return [] }
        return [
            .section(
                "waits", context.say("正在等", "Waits for"),
                [
                    .tag(
                        "ul", ["class": "tasks", "data-live": "rows"],
                        requests.map {
                            WorkRow($0, of: view).markup(context, isLink: false, showsParty: true, isWithinCase: true)
                        })
                ])
        ]
    }

    // MARK: Joint items

    private func joint(_ context: PageContext) -> [Markup] {
        guard let joint = item.joint, let procedure = definition.joint, !joint.participants.isEmpty else { return [] }
        // Who is missing stands first.
        let rows = zip(procedure.participants, joint.participants).enumerated().sorted { a, b in
            (a.element.1.standing == .asked ? 0 : 1, a.offset) < (b.element.1.standing == .asked ? 0 : 1, b.offset)
        }.map(\.element)
        let answered = joint.participants.count { $0.standing == .answered || $0.standing == .deemed }
        let missing = joint.participants.count { $0.standing == .asked }
        return [
            .section(
                "joint", context.say("各方意见", "Opinions"),
                [
                    .p(
                        context.say(
                            "\(answered) / \(joint.participants.count) 方已答复" + (missing > 0 ? "，\(missing) 方未答复" : "")
                                + (joint.round > 0 ? "，第 \(joint.round) 轮复核" : ""),
                            "\(answered) of \(joint.participants.count) have answered"
                                + (missing > 0 ? ", \(missing) missing" : "")
                                + (joint.round > 0 ? ", round \(joint.round)" : "")), class: "muted"),
                    .tag(
                        "table", ["class": "stack"],
                        [
                            .tag("caption", ["class": "unseen"], context.say("参加方与意见", "Participants and opinions")),
                            .tag(
                                "thead", [:],
                                [
                                    .tag(
                                        "tr", [:],
                                        [
                                            context.say("参加方", "Participant"), context.say("意见", "Opinion"),
                                            context.say("时间", "When"), context.say("时限", "Time"),
                                        ].map {
                                            .tag("th", ["scope": "col"], $0)
                                        })
                                ]),
                            .tag("tbody", ["data-live": "rows"], rows.map { opinion($0, $1, context) }),
                        ]),
                ])
        ]
    }

    private func opinion(_ participant: Participant, _ state: ParticipantState, _ context: PageContext) -> Markup {
        let isAsked = state.standing == .asked
        var words: [Markup] = []
        if let verdict = state.verdict {
            let word = VerdictWord(verdict).title[context.language]
            words.append(verdict.passes || verdict == .notInvolved ? .text(word) : .strong(word))
            if state.standing == .deemed {
                words.append(.span("muted", context.say("（逾期视为同意）", " (deemed, silent past the limit)")))
            }
            if !state.points.isEmpty, isInside || item.joint?.passed != nil {
                words.append(.tag("ul", [:], state.points.map { .tag("li", [:], [.foreign($0.text, context)]) }))
            }
        } else if isAsked {
            words.append(.strong(context.say("未答复", "Missing")))
        } else {
            words.append(
                .span(
                    "muted",
                    state.standing == .released
                        ? context.say("不再需要", "no longer needed") : context.say("尚未征求", "not asked yet")))
        }
        let deadline =
            isAsked
            ? state.limits?.promised.map { DeadlineStanding($0, on: view.today, calendar: view.machine.calendar) } : nil
        return .tag(
            "tr", ["data-row": "\(view.id)/\(item.id)/\(participant.id)", "data-case": view.id],
            [
                .tag("th", ["scope": "row"], [.named(participant.title, context)]),
                .tag("td", ["data-head": context.say("意见", "Opinion")], words),
                .tag(
                    "td", ["data-head": context.say("时间", "When")],
                    (state.answeredOn ?? state.askedOn).map {
                        [.text(state.answeredOn == nil ? context.say("征求于 ", "asked ") : ""), .shortDate($0, context)]
                    } ?? []),
                .tag("td", ["data-head": context.say("时限", "Time")], deadline.map { [Tag.light($0, context)] } ?? []),
            ])
    }

    // MARK: Materials

    private func materials(_ context: PageContext) -> Markup {
        .section(
            "materials", context.say("材料", "Materials"),
            definition.materials.isEmpty
                ? [.empty(context.say("本事项不要求提交材料。", "Nothing has to be handed in."))]
                : [
                    MaterialTable(view: view, needed: definition.materials, missing: item.missing, context: context)
                        .markup
                ])
    }

    private func clock(_ context: PageContext) -> [Markup] {
        guard standing.clocks != nil else { return [] }
        let parts = ClockParts(view: view, context: context)
        var content = [parts.table(parts.item(standing), caption: context.say("本事项的时限", "The limits of this item"))]
        if !item.stops.isEmpty {
            content.append(
                .tag(
                    "ul", ["class": "small"],
                    item.stops.map { stop in
                        let told = stop.resume == nil ? item.pause?.announced : nil
                        return .tag(
                            "li", [:],
                            [
                                .text(context.say("停表：", "Stopped: ")), .text(stop.reason.title[context.language]),
                                .text(context.say("，", ", ")), .date(stop.stop, context),
                                .text(context.say(" 至 ", " to ")),
                            ] + (stop.resume.map { [.date($0, context)] } ?? [.text(context.say("今", "now"))])
                                + (told.map { [.text(context.say("，预计到 ", ", expected until ")), .date($0, context)] }
                                    ?? [])
                                + [.text(context.say("，依据 ", ", on the basis of ")), .cited(stop.basis, context)])
                    }))
        }
        return [.section("clock", context.say("时限", "Clock"), content)]
    }

    private func notices(_ context: PageContext) -> [Markup] {
        let notices = view.machine.notices(ofItemAt: index, in: view.state)
        guard !notices.isEmpty else { return [] }
        return [
            .section(
                "notices", context.say("告知文书", "Notices"),
                notices.map { notice in
                    .tag(
                        "details", [:],
                        [
                            .tag(
                                "summary", [:],
                                [
                                    .text(notice.kind.title[context.language]), .text(" · "),
                                    .shortDate(notice.on, context),
                                ]),
                            .tag("ul", [:], notice.lines.map { .tag("li", [:], [.named($0, context)]) }),
                            .p(
                                [.text(context.say("依据：", "Basis: ")), .cited(notice.rule.source, context)],
                                class: "muted small"),
                        ])
                })
        ]
    }

    // MARK: What else can be done

    private func others(_ own: [WorkRequest], _ context: PageContext) -> [Markup] {
        let asked = Set(Self.verbs(own))
        let possibilities = view.machine.possibilities(ofItemAt: index, in: view.state, on: view.today).filter {
            actor.isLike($0.by) && $0.command.verb.map { !asked.contains($0) } == true
        }
        let open = possibilities.filter { $0.rejection == nil }
        let closed = possibilities.compactMap { possibility in
            possibility.rejection.map { (verb: possibility.command.verb ?? "", text: $0.text, rule: $0.rule) }
        }
        guard !open.isEmpty || !closed.isEmpty else { return [] }
        var content: [Markup] = []
        if !open.isEmpty {
            content.append(
                .tag(
                    "ul", ["class": "acts"],
                    open.compactMap { $0.command.verb }.compactMap { CommandForm.ofItem($0) }.map { form in
                        .tag(
                            "li", [:], [.link(form.title[context.language], to: Links.act(view.id, item.id, form.verb))]
                        )
                    }))
        }
        if !closed.isEmpty {
            content.append(
                .tag(
                    "details", [:],
                    [
                        .tag("summary", [:], context.say("现在还不能办的，以及原因", "What cannot be done now, and why")),
                        .tag(
                            "ul", [:],
                            closed.compactMap { entry in
                                CommandForm.ofItem(entry.verb).map { form in
                                    .tag(
                                        "li", [:],
                                        [
                                            .strong(form.title[context.language]), .text(context.say("：", ": ")),
                                            .named(entry.text, context),
                                        ])
                                }
                            }),
                    ]))
        }
        return [.section("others", context.say("其他操作", "Other actions"), class: "no-print", content)]
    }

    private func why(_ context: PageContext) -> [Markup] {
        let reasons = view.machine.reasons(ofItemAt: index, in: view.state, on: view.today).map { reason in
            Markup.tag(
                "li", [:],
                [
                    .named(view.spoken(reason.words), context), .text(" "),
                    .span(
                        "muted small",
                        [.text(context.say("（", "(")), .cited(reason.source, context), .text(context.say("）", ")"))]),
                ])
        }
        guard !reasons.isEmpty else { return [] }
        let rest = reasons.dropFirst(Self.reasonsShown)
        let more = Markup.tag(
            "details", [:],
            [
                .tag("summary", [:], context.say("另外 \(rest.count) 条", "\(rest.count) more")),
                .tag("ul", [:], Array(rest)),
            ])
        return [
            .section(
                "why", context.say("为什么是这样", "Why it stands so"),
                [.tag("ul", [:], Array(reasons.prefix(Self.reasonsShown)))] + (rest.isEmpty ? [] : [more]))
        ]
    }

    private static let reasonsShown = 10

    private func history(_ context: PageContext) -> [Markup] {
        guard !events.isEmpty else { return [] }
        return [
            .section(
                "events", context.say("办理记录", "History"),
                aside: [.link(context.say("全过程记录", "The whole case"), to: Links.history(view.id))],
                [
                    .tag(
                        "ol", ["class": "events"],
                        events.map { entry in
                            .tag(
                                "li", [:],
                                [
                                    .span("no", [.shortDate(entry.event.on, context)]),
                                    .span(nil, [.foreign(view.spoken(entry.event.words)[context.language], context)]),
                                    .span(
                                        "by",
                                        [
                                            .foreign(
                                                entry.event.by.role == .system
                                                    ? context.say("按规则自动", "by rule") : entry.event.by.name, context)
                                        ]),
                                ])
                        })
                ])
        ]
    }
}

extension Actor {
    /// Whether what one of them may do the other may, as far as roles go.
    func isLike(_ other: Actor) -> Bool {
        let role = self.role == .agent ? .applicant : self.role
        return role == other.role && (role != .department || department == other.department)
    }
}

extension Tag {
    /// A state's sign with another word.
    static func state(_ state: WorkState, _ detail: LocalizedText?, _ context: PageContext, word: LocalizedText)
        -> Markup
    {
        .tag("span", ["class": "tag t-\(state.rawValue)"], [Icon.state(state), .text(word[context.language])])
    }
}
