import Planning

/// What has to be read before anything else on a page.
enum Notices {
    /// All mistakes of a form, linked to their fields; takes the focus when the page opens.
    static func summary(_ context: PageContext) -> [Markup] {
        guard !context.mistakes.isEmpty else { return [] }
        return [
            .tag(
                "div",
                [
                    "class": "summary", "id": "summary", "role": "alert", "tabindex": "-1", "autofocus": "autofocus",
                    "aria-labelledby": "summary-title",
                ],
                [
                    .tag(
                        "h2", ["id": "summary-title"],
                        context.say("还不能提交，请先改正", "This cannot be sent yet")),
                    .tag(
                        "ul", [:],
                        context.mistakes.map { mistake in
                            .tag(
                                "li", [:],
                                mistake.field.isEmpty
                                    ? [.foreign(mistake.text, context)]
                                    : [.tag("a", ["href": "#\(mistake.field)"], [.foreign(mistake.text, context)])])
                        }),
                ])
        ]
    }

    /// What has just been done.
    static func done(_ context: PageContext) -> [Markup] {
        guard let notice = context.notice else { return [] }
        return [
            .tag(
                "div", ["class": "done", "role": "status"],
                [
                    .p(
                        [.foreign(notice.text, context)]
                            + (notice.link.map { [.text(" "), .link($0.title, to: $0.link)] } ?? []))
                ])
        ]
    }

    /// A sentence that stands out: a deadline, a warning.
    static func inset(_ children: [Markup], kind: String = "") -> Markup {
        .div(kind.isEmpty ? "inset" : "inset \(kind)", children)
    }
}
