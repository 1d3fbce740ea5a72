import Planning

/// Which part of a list is shown, and the way to the next.
struct Pager: Sendable, Hashable {
    /// From 1.
    var page: Int
    var perPage: Int
    var total: Int
    /// The address of a page of the list.
    var address: @Sendable (Int) -> String

    static func == (a: Pager, b: Pager) -> Bool { (a.page, a.perPage, a.total) == (b.page, b.perPage, b.total) }
    func hash(into hasher: inout Hasher) {
        hasher.combine(page)
        hasher.combine(total)
    }

    var pages: Int { max(1, (total + perPage - 1) / perPage) }

    func markup(_ context: PageContext) -> [Markup] {
        guard pages > 1 else { return [] }
        let from = (page - 1) * perPage + 1
        let to = min(total, page * perPage)
        var parts: [Markup] = [
            .p(context.say("第 \(from)–\(to) 件，共 \(total) 件", "\(from)–\(to) of \(total)"), class: "muted")
        ]
        if page > 1 {
            parts.append(.link(context.say("上一页", "Previous page"), to: address(page - 1), class: "button second"))
        }
        if page < pages {
            parts.append(.link(context.say("下一页", "Next page"), to: address(page + 1), class: "button second"))
        }
        return [.tag("nav", ["class": "pager", "aria-label": context.say("分页", "Pages")], parts)]
    }
}
