import Planning

/// Which part of a list is shown, and the way to the next: a list is read on from its last row, so that a page costs the
/// same wherever it is.
struct Pager: Sendable, Hashable {
    /// From 1.
    var page: Int
    var perPage: Int
    var total: Int
    /// Whether there are more than ``total``, which was not counted to the end.
    var isCapped = false
    /// The address of the next page; `nil` on the last.
    var next: String?
    /// The address of the first page.
    var first = ""

    init(page: Int, perPage: Int, total: Int, next: String?) {
        self.page = page
        self.perPage = perPage
        self.total = total
        self.next = next
    }

    func markup(_ context: PageContext) -> [Markup] {
        guard page > 1 || next != nil else { return [] }
        let from = (page - 1) * perPage + 1
        // The last page has what is left; another may have changed meanwhile.
        let to = next == nil && !isCapped ? max(from, total) : page * perPage
        let all = isCapped ? context.say("\(total) 件以上", "more than \(total)") : context.say("\(total) 件", "\(total)")
        var parts: [Markup] = [
            .p(context.say("第 \(from)–\(to) 件，共 \(all)", "\(from)–\(to) of \(all)"), class: "muted")
        ]
        if page > 1 {
            parts.append(.link(context.say("回到第一页", "First page"), to: first, class: "button second"))
        }
        if let next {
            parts.append(.link(context.say("下一页", "Next page"), to: next, class: "button second"))
        }
        return [.tag("nav", ["class": "pager", "aria-label": context.say("分页", "Pages")], parts)]
    }
}
