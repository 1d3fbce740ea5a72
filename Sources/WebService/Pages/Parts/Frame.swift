import Planning
import WorkCalendar

/// The document around every page (页面框架): header, navigation, crumbs, notices, footer, and the ways to change language
/// and role without losing the page.
struct Frame {
    let page: any Page
    let context: PageContext

    static let siteName = LocalizedText(zh: "并联 Binglian", en: "Binglian")

    var html: String {
        "<!DOCTYPE html>\n" + Markup.tag("html", ["lang": context.language.tag], [head, body]).written + "\n"
    }

    private var windowTitle: String {
        let mistake = context.mistakes.isEmpty ? "" : context.say("错误：", "Error: ")
        // With the thing that the page belongs to, so that tabs of two cases can be told apart.
        let parts = [page.title(in: context)] + page.crumbs(in: context).dropFirst().reversed().map(\.title)
        return mistake + (parts + [Self.siteName[context.language]]).joined(separator: " – ")
    }

    private var head: Markup {
        .tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]),
                .tag("title", [:], windowTitle),
                .tag("link", ["rel": "icon", "href": "/assets/icon.svg", "type": "image/svg+xml"]),
                .tag("link", ["rel": "stylesheet", "href": Links.stylesheet]),
                .tag("script", ["src": Links.script, "defer": "defer"], []),
            ])
    }

    private var body: Markup {
        .tag(
            "body",
            ["class": page.isWide ? "wide" : nil, "data-live": context.reader == nil ? nil : Links.live],
            [
                .tag("a", ["class": "skip", "href": "#main"], context.say("跳到正文", "Skip to the content")),
                .tag("svg", ["class": "defs", "width": "0", "height": "0", "aria-hidden": "true"], [Picture.hatches]),
                header,
            ] + crumbs + [main, footer]
                + [
                    .tag("div", ["class": "unseen", "id": "announce", "role": "status", "aria-live": "polite"], [])
                ])
    }

    // MARK: Header

    private var header: Markup {
        .tag(
            "header", ["class": "top"],
            [
                .div(
                    "bar",
                    [
                        .tag(
                            "a", ["class": "brand", "href": context.reader == nil ? Links.help : Links.work],
                            [
                                Icon.brand, .strong(context.say("并联", "Binglian")),
                                .span("tenant", [.named(context.tenant, context)]),
                            ])
                    ] + search + [.div("me", me)])
            ] + navigation)
    }

    private var search: [Markup] {
        guard context.reader != nil else { return [] }
        return [
            .tag(
                "form", ["class": "find", "role": "search", "action": Links.cases, "method": "get"],
                [
                    .tag("label", ["class": "unseen", "for": "find"], context.say("查找办件", "Find a case")),
                    .tag(
                        "input",
                        [
                            "id": "find", "name": "q", "type": "search", "autocomplete": "off",
                            "placeholder": context.say("项目代码或名称", "Project code or name"),
                        ]),
                    .tag("button", ["class": "second"], context.say("查找", "Find")),
                ])
        ]
    }

    private var me: [Markup] {
        var parts: [Markup] = []
        if let reader = context.reader {
            parts.append(
                .div(
                    "who",
                    [.span("name", [.foreign(reader.name, context)]), .span("role", [.named(reader.role, context)])]))
            if reader.hasOtherRoles {
                parts.append(.link(context.say("换角色", "Change role"), to: Links.role(returning: context.location)))
            }
        }
        parts.append(otherLanguage)
        parts.append(.link(context.say("帮助", "Help"), to: Links.help))
        if context.reader != nil {
            parts.append(
                .tag(
                    "form", ["action": Links.signOut, "method": "post", "class": "inline"],
                    FormParts.token(context) + [.tag("button", ["class": "plain"], context.say("退出", "Sign out"))]))
        }
        return parts
    }

    /// The same page in the other language.
    private var otherLanguage: Markup {
        let other: Language = context.language == .zh ? .en : .zh
        return .tag(
            "a",
            [
                "href": Links.location(context.location, in: other), "lang": other.tag, "hreflang": other.tag,
                "data-language": other.rawValue,
            ], other == .zh ? "中文" : "English")
    }

    private var navigation: [Markup] {
        guard context.reader != nil, !context.places.isEmpty else { return [] }
        return [
            .tag(
                "nav", ["class": "places", "aria-label": context.say("主导航", "Main")],
                [
                    .tag(
                        "ul", [:],
                        context.places.map { place in
                            .tag(
                                "li", [:],
                                [
                                    .tag(
                                        "a",
                                        [
                                            "href": place.link(context),
                                            "aria-current": place == page.place ? "page" : nil,
                                        ], place.title[context.language])
                                ])
                        })
                ])
        ]
    }

    // MARK: Around the content

    private var crumbs: [Markup] {
        let crumbs = page.crumbs(in: context)
        guard !crumbs.isEmpty else { return [] }
        return [
            .tag(
                "nav", ["class": "crumbs", "aria-label": context.say("当前位置", "You are here")],
                [
                    .tag(
                        "ol", [:],
                        crumbs.map { .tag("li", [:], [.tag("a", ["href": $0.link], [.foreign($0.title, context)])]) }
                            + [.tag("li", ["aria-current": "page"], [.foreign(page.title(in: context), context)])])
                ])
        ]
    }

    private var main: Markup {
        .tag(
            "main", ["id": "main", "tabindex": "-1"],
            Notices.summary(context) + Notices.done(context)
                + [.tag("h1", [:], [.foreign(page.title(in: context), context)])]
                + page.main(in: context))
    }

    private var footer: Markup {
        .tag(
            "footer", ["class": "foot"],
            [
                .p(
                    [.text(context.say("办公日期 ", "Office date ")), .date(context.today, context)]
                        + (page.asOf.map {
                            [.text(context.say("　数据至 #\($0)", " · data up to #\($0)"))]
                        } ?? [])),
                .p(
                    [
                        .link(context.say("使用帮助与快捷键", "Help and keys"), to: Links.help), .text(" · "),
                        .link(context.say("刷新", "Refresh"), to: context.location),
                    ]),
            ])
    }
}

extension Place {
    var title: LocalizedText {
        switch self {
        case .work: LocalizedText(zh: "我的待办", en: "My work")
        case .cases: LocalizedText(zh: "办件", en: "Cases")
        case .workflows: LocalizedText(zh: "流程", en: "Workflows")
        case .simulation: LocalizedText(zh: "推演", en: "Simulation")
        case .supervision: LocalizedText(zh: "督办", en: "Supervision")
        case .calendar: LocalizedText(zh: "日历", en: "Calendar")
        case .exchange: LocalizedText(zh: "导入导出", en: "Exchange")
        case .system: LocalizedText(zh: "系统", en: "System")
        }
    }

    func link(_ context: PageContext) -> String {
        switch self {
        case .work: Links.work
        case .cases: Links.cases
        case .workflows: Links.workflows
        case .simulation: Links.simulations
        case .supervision: Links.supervision
        case .calendar: Links.calendar("cn", context.today.year)
        case .exchange: Links.exchange
        case .system: Links.system
        }
    }
}
