import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// All cases 办件 (S3): how far each has come, what is next, and whose light is on; filters stand in the address.
struct CasesPage: Page {
    let rows: [CaseRow]
    let query: Query
    let pager: Pager
    /// Whether the reader may open a case.
    var mayOpen = false

    struct Query: Sendable, Hashable {
        var text = ""
        var status = ""
        var light = ""
        var sort = ""

        var isEmpty: Bool { text.isEmpty && status.isEmpty && light.isEmpty }
    }

    var place: Place? { .cases }
    func title(in context: PageContext) -> String { context.say("办件", "Cases") }

    func main(in context: PageContext) -> [Markup] {
        var content: [Markup] = [filters(context)]
        if rows.isEmpty {
            content.append(
                query.isEmpty
                    ? .empty(
                        context.say("还没有办件。", "There are no cases yet."),
                        next: mayOpen
                            ? Crumb(title: context.say("新建项目", "Start a project"), link: Links.newProject) : nil)
                    : .empty(
                        context.say("没有符合条件的办件。", "No case matches."),
                        next: Crumb(title: context.say("清除筛选", "Clear the filter"), link: Links.cases)))
        } else {
            content.append(table(context))
            content += pager.markup(context)
        }
        if mayOpen, !rows.isEmpty {
            content.append(
                .div(
                    "buttons no-print",
                    [.link(context.say("新建项目", "Start a project"), to: Links.newProject, class: "button second")]))
        }
        return content
    }

    private func filters(_ context: PageContext) -> Markup {
        func select(_ name: String, _ label: String, _ options: [(String, String)], chosen: String) -> Markup {
            .div(
                nil,
                [
                    .tag("label", ["for": name], label),
                    .tag(
                        "select", ["id": name, "name": name], options.map { FormParts.option($0, $1, chosen: chosen) }),
                ])
        }
        return .tag(
            "form", ["class": "filters", "method": "get", "action": Links.cases],
            [
                .div(
                    nil,
                    [
                        .tag("label", ["for": "q"], context.say("项目代码或名称", "Project code or name")),
                        .tag("input", ["id": "q", "name": "q", "type": "text", "value": query.text]),
                    ]),
                select(
                    "status", context.say("状态", "Status"),
                    [("", context.say("全部", "All"))]
                        + [CaseStatus.open, .completed, .withdrawn, .cancelled].map {
                            ($0.rawValue, $0.title[context.language].capitalizedFirst)
                        },
                    chosen: query.status),
                select(
                    "light", context.say("预警灯", "Light"),
                    [("", context.say("全部", "All"))]
                        + DeadlineLight.allCases.map { ($0.rawValue, $0.word[context.language].capitalizedFirst) },
                    chosen: query.light),
                select(
                    "sort", context.say("排序", "Order"),
                    [
                        ("", context.say("最急的在前", "Most urgent first")),
                        ("updated", context.say("最近更新", "Last changed")),
                        ("finish", context.say("计划办结", "Planned finish")),
                    ],
                    chosen: query.sort),
                .tag("button", ["class": "second"], context.say("筛选", "Filter")),
            ])
    }

    private func table(_ context: PageContext) -> Markup {
        .tag(
            "table", ["class": "stack"],
            [
                .tag("caption", ["class": "unseen"], context.say("办件列表", "List of cases")),
                .tag(
                    "thead", [:],
                    [
                        .tag(
                            "tr", [:],
                            [
                                context.say("项目", "Project"), context.say("四个阶段", "Stages"), context.say("接下来", "Next"),
                                context.say("计划办结", "Planned finish"), context.say("预警", "Light"),
                                context.say("在等谁", "Waits for"),
                            ].map { .tag("th", ["scope": "col"], $0) })
                    ]),
                .tag("tbody", ["data-live": "rows"], rows.map { row($0, context) }),
            ])
    }

    private func row(_ row: CaseRow, _ context: PageContext) -> Markup {
        let blockers = row.waiting.map { $0[context.language] }.joined(separator: context.say("、", ", "))
        let count = row.waitingCount
        let more =
            count > row.waiting.count
            ? context.say(" 等 \(count) 方", " and \(count - row.waiting.count) more") : ""
        return .tag(
            "tr", ["data-row": row.id, "data-case": row.id],
            [
                .tag(
                    "th", ["scope": "row"],
                    [
                        .tag("a", ["href": Links.caseFile(row.id)], [.named(row.title, context)]),
                        .div(
                            "muted small", [.text(row.code)] + (row.isGreen ? [.text(" "), Tag.green(context)] : [])),
                    ]),
                .tag("td", ["data-head": context.say("四个阶段", "Stages")], [strip(row, context)]),
                .tag(
                    "td", ["data-head": context.say("接下来", "Next")],
                    row.next.map { [.span(nil, [.named($0, context)])] }
                        ?? [.span("muted", row.status[context.language])]),
                .tag(
                    "td", ["data-head": context.say("计划办结", "Planned finish")],
                    row.finish.map { [.shortDate($0, context)] } ?? []),
                .tag(
                    "td", ["data-head": context.say("预警", "Light")], row.light.map { [Tag.light($0, context)] } ?? []),
                .tag(
                    "td", ["data-head": context.say("在等谁", "Waits for")],
                    row.waiting.isEmpty ? [] : [.span("small", [.foreign(blockers + more, context)])]),
            ])
    }

    /// Four segments: done, under way, ahead.
    private func strip(_ row: CaseRow, _ context: PageContext) -> Markup {
        var words: [String] = []
        let segments = row.stages.map { stage -> Markup in
            let title = LocalizedText(pair: stage.title)?[context.language] ?? ""
            let (word, look) =
                switch stage.progress {
                case .done: (context.say("完成", "done"), "full")
                case .underWay: (context.say("进行中", "under way"), "part")
                case .ahead: (context.say("未开始", "not started"), "none-yet")
                }
            words.append(title + context.say("：", ": ") + word)
            return .tag("span", ["class": look], [])
        }
        return .tag(
            "span", [:],
            [
                .tag("span", ["class": "strip", "aria-hidden": "true"], segments),
                .tag("span", ["class": "unseen"], [.foreign(words.joined(separator: context.say("，", ", ")), context)]),
            ])
    }
}
