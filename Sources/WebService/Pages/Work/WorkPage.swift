import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// My work 我的待办 (S2): what waits for me, what I wait for, and what was done of late.
struct WorkPage: Page {
    let rows: [WorkRow]
    let waiting: [WorkRow]
    /// Newest first.
    let done: [Done]
    /// What comes next if nothing waits now.
    let next: LocalizedText?
    /// How much there is in all, where ``rows`` are a page of it.
    var counts: TaskCount?
    /// Whether this is a later page, and where the next one is.
    var isLater = false
    var more: String?

    struct Done: Sendable {
        let on: LocalDate
        let words: LocalizedText
        let item: LocalizedText
        let project: LocalizedText
        let link: String
    }

    var place: Place? { .work }

    func title(in context: PageContext) -> String { context.say("我的待办", "My work") }

    func main(in context: PageContext) -> [Markup] {
        [.p(lead(context), class: "lead")] + [group(context)] + others(context) + recent(context)
    }

    private func lead(_ context: PageContext) -> String {
        guard !rows.isEmpty else { return context.say("今天没有等您办理的事。", "Nothing waits for you today.") }
        if let counts { return lead(counts, context) }
        let late = rows.count { [.overduePromised, .overdueStatutory].contains($0.deadline?.light) }
        let near = rows.count { $0.deadline?.light == .near }
        let critical = rows.count(where: \.isCritical)
        var zh = ["\(rows.count) 件等您办理"]
        var en = ["\(rows.count) wait\(rows.count == 1 ? "s" : "") for you"]
        if late > 0 { zh.append("\(late) 件超期"); en.append("\(late) overdue") }
        if near > 0 { zh.append("\(near) 件临近期限"); en.append("\(near) near the limit") }
        if critical > 0 { zh.append("\(critical) 件在关键线路上"); en.append("\(critical) on a critical path") }
        return context.say(zh.joined(separator: "，") + "。", en.joined(separator: ", ") + ".")
    }

    /// Of more than a page: what the store counts.
    private func lead(_ counts: TaskCount, _ context: PageContext) -> String {
        var zh = ["\(counts.open) 件等您办理"]
        var en = ["\(counts.open) wait\(counts.open == 1 ? "s" : "") for you"]
        if counts.overdue > 0 { zh.append("\(counts.overdue) 件超期"); en.append("\(counts.overdue) overdue") }
        if counts.dueSoon > 0 {
            zh.append("\(counts.dueSoon) 件三天内到期"); en.append("\(counts.dueSoon) due within three days")
        }
        return context.say(zh.joined(separator: "，") + "。", en.joined(separator: ", ") + ".")
    }

    private func pages(_ context: PageContext) -> [Markup] {
        guard isLater || more != nil else { return [] }
        var links: [Markup] = []
        if isLater {
            links.append(.link(context.say("回到第一页", "First page"), to: Links.work, class: "button second"))
        }
        if let more { links.append(.link(context.say("下一页", "Next page"), to: more, class: "button second")) }
        return [.tag("nav", ["class": "pager", "aria-label": context.say("分页", "Pages")], links)]
    }

    private func group(_ context: PageContext) -> Markup {
        let content: Markup =
            rows.isEmpty
            ? emptyList(context)
            : .tag("ul", ["class": "tasks", "data-live": "rows"], rows.map { $0.markup(context) })
        return .section("now", context.say("现在要办", "To do now"), [content] + pages(context))
    }

    private func emptyList(_ context: PageContext) -> Markup {
        .tag(
            "div", ["data-live": "rows"],
            [
                .empty(
                    next?[context.language]
                        ?? context.say("没有待办。新的事项到达时会出现在这里。", "No work. What arrives appears here."),
                    next: Crumb(title: context.say("查看全部办件", "See all cases"), link: Links.cases))
            ])
    }

    private func others(_ context: PageContext) -> [Markup] {
        guard !waiting.isEmpty else { return [] }
        return [
            .section(
                "waiting", context.say("等别人办", "Waiting for others"),
                [
                    .tag(
                        "ul", ["class": "tasks", "data-live": "rows"],
                        waiting.prefix(Self.listed).map { $0.markup(context, showsParty: true) })
                ]
                    + (waiting.count > Self.listed
                        ? [
                            .p([.link(context.say("更多见办件列表", "More are in the list of cases"), to: Links.cases)])
                        ] : []))
        ]
    }

    private func recent(_ context: PageContext) -> [Markup] {
        guard !done.isEmpty else { return [] }
        return [
            .section(
                "done", context.say("最近办过", "Recently done"),
                [
                    .tag(
                        "ul", ["class": "tasks past"],
                        done.map { entry in
                            .tag(
                                "li", [:],
                                [
                                    .tag(
                                        "a", ["class": "row", "href": entry.link],
                                        [
                                            .span("what", [.named(entry.words, context)]),
                                            .span(
                                                "where",
                                                [
                                                    .named(entry.item, context), .text(" · "),
                                                    .named(entry.project, context),
                                                ]),
                                            .span("when", [.shortDate(entry.on, context)]), Icon.chevron,
                                        ])
                                ])
                        })
                ])
        ]
    }

    /// So much of what waits for others is shown.
    static let listed = 30
}

extension WorkPage {
    /// What one person finds in some cases.
    init(of actor: Actor, in views: [CaseView], done: [Done] = []) {
        rows = WorkRow.asked(of: actor, in: views)
        // A department sees what its own items wait for; everybody else what their cases wait for.
        waiting = views.flatMap { view in
            view.requests.filter { request in
                guard !actor.answers(for: request.party) else { return false }
                guard actor.role == .department else { return true }
                return view.plan[request.item]?.item.department == actor.department
            }.map { WorkRow($0, of: view) }
        }.sorted(by: WorkRow.order)
        self.done = done
        next = Self.next(for: actor, in: views)
    }

    /// Rows of the store.
    init(rows: [WorkRow], waiting: [WorkRow], done: [Done], next: LocalizedText?) {
        self.rows = rows
        self.waiting = waiting
        self.done = done
        self.next = next
    }

    /// What comes to a department next if all goes to plan, in some cases.
    static func next(for actor: Actor, in views: [CaseView]) -> LocalizedText? {
        let ahead = views.flatMap { view in
            view.standings.filter {
                $0.state == .notStarted && $0.item.department == actor.department && $0.item.department != nil
            }
            .compactMap { standing in
                view.report?.rows.first { $0.item.id == standing.item.id }.map {
                    (row: $0, standing: standing, view: view)
                }
            }
        }.min { $0.row.plannedStart < $1.row.plannedStart }
        return ahead.map { next in
            let (row, title, project) = (next.row, next.standing.item.title, next.view.title)
            return LocalizedText(
                zh: "没有待办。下一件按计划 \(Language.zh.short(row.plannedStart)) 到达（\(title.zh) · \(project.zh)）。",
                en:
                    "Nothing to do. The next is planned to arrive on \(Language.en.short(row.plannedStart)) (\(title.en) · \(project.en))."
            )
        }
    }
}
