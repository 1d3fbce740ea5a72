import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// One piece of work in a list (待办行): what is asked, of which item, of whom and by when.
struct WorkRow: Sendable {
    /// Stable, so that a live update finds the row again.
    let id: String
    let caseID: String
    let project: LocalizedText
    let item: LocalizedText
    let ask: LocalizedText
    let party: LocalizedText
    let link: String
    let deadline: DeadlineStanding?
    let due: LocalDate?
    let since: LocalDate
    let isCritical: Bool
    let isGreen: Bool

    init(_ request: WorkRequest, of view: CaseView) {
        id = "\(view.id)/\(request.id)"
        caseID = view.id
        project = view.title
        let participant = request.participant.map { view.name($0) }
        let title = view.title(ofItem: request.item)
        item = participant.map { LocalizedText(zh: "\(title.zh) · \($0.zh)", en: "\(title.en) · \($0.en)") } ?? title
        ask = AskWords.of(request.ask, naming: view.name)
        party = view.words(request.party)
        link = Links.task(view.id, request.item)
        deadline = view.deadline(of: request)
        due = request.due
        since = request.since
        isCritical = view.isCritical(request.item)
        isGreen = view.isGreen
    }

    init(_ request: OversightRequest, of view: CaseView) {
        id = "\(view.id)/\(request.id)"
        caseID = view.id
        project = view.title
        item = request.item.map { view.title(ofItem: $0) } ?? LocalizedText(zh: "整个办件", en: "the whole case")
        ask = request.ask.words
        party = view.words(request.party)
        let verb =
            switch request.ask {
            case .explainCard: "explain-card"
            case .reviewCard: "confirm-card"
            case .answer: "answer-matter"
            case .callBack: "call-back"
            case .close: "close-matter"
            }
        link = Links.act(view.id, verb)
        deadline = request.due.map { DeadlineStanding($0, on: view.today, calendar: view.machine.calendar) }
        due = request.due
        since = request.since
        isCritical = false
        isGreen = view.isGreen
    }

    /// A row of the store: nothing of the case is read.
    ///
    /// - Parameter calendar: the one that the row names; without it a light is shown by its word alone.
    init(_ task: CaseTask, on today: LocalDate, calendar: WorkCalendar?) {
        let body = TaskBody(task.task.body)
        id = "\(task.caseID)/\(task.task.name)"
        caseID = task.caseID.text
        project = LocalizedText(zh: task.title, en: body?.projectEnglish ?? task.title)
        let title =
            body?.title ?? body?.item.map { LocalizedText(zh: $0, en: $0) }
            ?? LocalizedText(zh: "整个办件", en: "the whole case")
        item =
            body?.participantTitle.map { LocalizedText(zh: "\(title.zh) · \($0.zh)", en: "\(title.en) · \($0.en)") }
            ?? title
        let verb = body?.kind ?? task.task.name
        ask = body?.ask ?? Self.words(for: verb)
        party = body?.partyTitle ?? Self.words(forParty: task.task.party)
        if let form = Self.oversightForm(verb) {
            link = Links.act(task.caseID.text, form)
        } else {
            link = body?.item.map { Links.task(task.caseID.text, $0) } ?? Links.caseFile(task.caseID.text)
        }
        deadline = body.flatMap { body in
            calendar.flatMap {
                DeadlineStanding(
                    body.lights, unit: body.inCalendarDays ? .calendar : .working,
                    statutory: body.statutoryInCalendarDays ? .calendar : .working, stopped: body.stoppedOn, on: today,
                    calendar: $0)
            } ?? body.lights.light(on: today).map { DeadlineStanding(light: $0, last: task.task.due, text: $0.word) }
        }
        due = task.task.due
        since = body?.since ?? today
        isCritical = task.task.rank == 0
        isGreen = body?.isGreen ?? false
    }

    /// The form in which a request of supervision is answered; `nil` for what is asked of items.
    private static func oversightForm(_ verb: String) -> String? {
        switch verb {
        case "card explain": "explain-card"
        case "card confirm", "card review", "card lift": "confirm-card"
        case "matter answer": "answer-matter"
        case "matter call-back": "call-back"
        case "matter close": "close-matter"
        default: nil
        }
    }

    /// For rows of earlier versions, which have no words of their own.
    private static func words(for verb: String) -> LocalizedText {
        (CommandForm.ofItem(verb) ?? CommandForm.ofCase(oversightForm(verb) ?? verb))?.title
            ?? LocalizedText(zh: verb, en: verb)
    }

    private static func words(forParty name: String) -> LocalizedText {
        switch name {
        case Party.applicant.name: LocalizedText(zh: "建设单位", en: "the applicant")
        case Party.window.name: LocalizedText(zh: "综合窗口", en: "the window")
        case Party.supervisor.name: LocalizedText(zh: "监察人员", en: "the supervisor")
        default: LocalizedText(zh: name, en: name)
        }
    }

    /// First what goes first by rule, then what holds a critical path up, then by deadline.
    static func order(_ a: WorkRow, _ b: WorkRow) -> Bool {
        (a.isGreen ? 0 : 1, a.isCritical ? 0 : 1, a.due ?? .latest, a.since, a.id)
            < (b.isGreen ? 0 : 1, b.isCritical ? 0 : 1, b.due ?? .latest, b.since, b.id)
    }

    /// What is asked of one person in some cases.
    static func asked(of actor: Actor, in views: [CaseView]) -> [WorkRow] {
        views.flatMap { view in
            view.requests.filter { actor.answers(for: $0.party) }.map { WorkRow($0, of: view) }
                + view.machine.oversightRequests(in: view.state).filter { actor.answers(for: $0.party) }
                .map { WorkRow($0, of: view) }
        }.sorted(by: order)
    }

    func markup(_ context: PageContext, isLink: Bool = true, showsParty: Bool = false) -> Markup {
        var when: [Markup] = []
        if let deadline { when.append(Tag.light(deadline, context)) }
        if let due {
            when.append(.tag("span", ["class": "muted"], [.text(context.say("至 ", "by ")), .shortDate(due, context)]))
        }
        if deadline == nil, due == nil {
            when.append(
                .tag("span", ["class": "muted"], [.text(context.say("自 ", "since ")), .shortDate(since, context)]))
        }
        let marks =
            (isGreen ? [.text(" "), Tag.green(context)] : []) + (isCritical ? [.text(" "), Tag.critical(context)] : [])
        let content: [Markup] = [
            .span(nil, [.span("what", [.named(ask, context)])] + marks),
            .span(
                "where",
                [.named(item, context), .text(" · "), .named(project, context)]
                    + (showsParty
                        ? [.text(" · "), .text(context.say("等待 ", "waits for ")), .named(party, context)] : [])),
            .span("when", when),
        ]
        return .tag(
            "li", ["id": "row-\(id)", "data-row": id, "data-case": caseID],
            [
                isLink
                    ? .tag("a", ["class": "row", "href": link], content + [Icon.chevron])
                    : .tag("div", ["class": "row"], content)
            ])
    }
}
