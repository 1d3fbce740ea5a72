import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// The whole history of a case 全过程 (S9): newest last, by day, each event with a number that has an address.
struct HistoryPage: Page {
    let view: CaseView
    let entries: [Entry]
    /// What it is filtered by.
    let item: String?
    let search: String
    /// Whether the chain of hashes was verified up to the last event.
    let isVerified: Bool?

    struct Entry: Sendable {
        let number: Int
        let event: CaseEvent
    }

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String { context.say("全过程记录", "History") }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
        ]
    }

    private func shown(_ context: PageContext) -> [Entry] {
        entries.filter { entry in
            if let item, entry.event.item != item { return false }
            return search.isEmpty || entry.event.words.zh.contains(search) || entry.event.words.en.contains(search)
                || entry.event.by.name.contains(search)
        }
    }

    func main(in context: PageContext) -> [Markup] {
        let shown = shown(context)
        var content: [Markup] = [
            .p(
                [
                    .named(view.title, context), .text(" · \(view.code) · "),
                    .text(
                        context.say("\(entries.count) 条记录", "\(entries.count) event\(entries.count == 1 ? "" : "s")")),
                ], class: "lead")
        ]
        if let isVerified {
            content.append(
                Notices.inset(
                    [
                        .p(
                            isVerified
                                ? context.say(
                                    "已核验：记录首尾相连，没有被改动。", "Verified: the chain of events is whole and unchanged.")
                                : context.say(
                                    "核验不符：记录的哈希链断开，请联系系统管理员。", "The chain of events is broken. Tell the administrator.")
                        )
                    ], kind: isVerified ? "good" : "bad"))
        }
        content.append(filter(context))
        if shown.isEmpty {
            content.append(
                .empty(
                    context.say("没有符合条件的记录。", "No event matches."),
                    next: Crumb(title: context.say("显示全部", "Show all"), link: Links.history(view.id))))
        }
        var days: [(LocalDate, [Entry])] = []
        for entry in shown {
            if days.last?.0 == entry.event.on {
                days[days.count - 1].1.append(entry)
            } else {
                days.append((entry.event.on, [entry]))
            }
        }
        for (day, entries) in days {
            content.append(.tag("h2", ["class": "day"], [.date(day, context)]))
            content.append(.tag("ol", ["class": "events"], entries.map { line($0, context) }))
        }
        return content
    }

    private func filter(_ context: PageContext) -> Markup {
        .tag(
            "form", ["class": "filters", "method": "get", "action": Links.history(view.id)],
            [
                .div(
                    nil,
                    [
                        .tag("label", ["for": "item"], context.say("事项", "Item")),
                        .tag(
                            "select", ["id": "item", "name": "item"],
                            [FormParts.option("", context.say("全部", "All"), chosen: item ?? "")]
                                + view.plan.items.map {
                                    FormParts.option($0.id, $0.item.title[context.language], chosen: item ?? "")
                                }),
                    ]),
                .div(
                    nil,
                    [
                        .tag("label", ["for": "search"], context.say("内容或姓名", "Words or name")),
                        .tag("input", ["id": "search", "name": "q", "type": "text", "value": search]),
                    ]),
                .tag("button", ["class": "second"], context.say("筛选", "Filter")),
            ])
    }

    private func line(_ entry: Entry, _ context: PageContext) -> Markup {
        let event = entry.event
        let who =
            event.by.role == .system
            ? context.say("按规则自动", "by rule") : "\(event.by.name)"
        return .tag(
            "li", ["id": "e\(entry.number)"],
            [
                .span("no", [.link("#\(entry.number)", to: Links.event(view.id, entry.number))]),
                .span(
                    nil,
                    (event.item.map {
                        [
                            .tag("a", ["href": Links.task(view.id, $0)], [.named(view.title(ofItem: $0), context)]),
                            .text(" "),
                        ]
                    } ?? [])
                        + [.foreign(view.spoken(event.words)[context.language], context)]),
                .span(
                    "by",
                    [
                        .foreign(who, context),
                        .text(event.by.role == .system ? "" : " · \(event.by.role.title[context.language])"),
                    ]),
            ])
    }
}
