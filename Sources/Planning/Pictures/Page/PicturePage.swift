import WorkCalendar

/// One self-contained HTML document (单文件网页): pictures, and beside each the same in words and numbers.
///
/// It needs no script and asks no network for anything, and says so in its own security policy.
public struct PicturePage: Sendable {
    public let title: String
    public let subtitle: String
    public let language: Language
    /// What matters most, above everything.
    public let facts: [Fact]
    public let sections: [Section]
    /// Sentences below everything.
    public let notes: [String]
    /// Rules of layout beside those that all pages have.
    let style: String

    public init(
        title: String, subtitle: String, language: Language, facts: [Fact] = [], sections: [Section],
        notes: [String] = []
    ) {
        self.init(
            title: title, subtitle: subtitle, language: language, facts: facts, sections: sections, notes: notes,
            style: "")
    }

    init(
        title: String, subtitle: String, language: Language, facts: [Fact] = [], sections: [Section],
        notes: [String] = [], style: String
    ) {
        self.title = title
        self.subtitle = subtitle
        self.language = language
        self.facts = facts
        self.sections = sections
        self.notes = notes
        self.style = style
    }

    /// A figure with its name, and whether it is good news.
    public struct Fact: Sendable, Hashable {
        public let name: String
        public let value: String
        public let isGood: Bool?

        public init(name: String, value: String, isGood: Bool? = nil) {
            self.name = name
            self.value = value
            self.isGood = isGood
        }
    }

    /// A heading and what stands under it.
    public struct Section: Sendable {
        public let title: String
        public let content: [Markup]
    }

    /// The document's text.
    public var html: String {
        let head = Markup.tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
                    ]),
                .tag("title", [:], "\(title) – Binglian \(language.say("并联", ""))"),
                .style(Theme.page + "\n" + Theme.marks + (style.isEmpty ? "" : "\n" + style)),
            ])
        var main: [Markup] = []
        if !facts.isEmpty {
            main.append(
                .tag(
                    "dl", ["class": "facts"],
                    facts.map { fact in
                        .tag(
                            "div", ["class": fact.isGood.map { $0 ? "good" : "bad" }],
                            [.tag("dt", [:], fact.name), .tag("dd", [:], fact.value)])
                    }))
        }
        main += sections.enumerated().map { number, section in
            .tag(
                "section", ["aria-labelledby": "s\(number + 1)"],
                [.tag("h2", ["id": "s\(number + 1)"], section.title)] + section.content)
        }
        let body = Markup.tag(
            "body", [:],
            [
                .tag("a", ["class": "skip", "href": "#main"], language.say("跳到正文", "Skip to the content")),
                .tag(
                    "svg", ["class": "defs", "width": "0", "height": "0", "aria-hidden": "true"], [Hatch.definitions]),
                .tag("header", [:], [.tag("h1", [:], title), .tag("p", ["class": "muted"], subtitle)]),
                .tag("main", ["id": "main"], main),
            ] + (notes.isEmpty ? [] : [.tag("footer", [:], notes.map { .tag("p", [:], $0) })]))
        return "<!DOCTYPE html>\n" + Markup.tag("html", ["lang": language.tag], [head, body]).written + "\n"
    }
}

extension PicturePage.Section {
    /// A chart drawn for wide and for narrow screens, with its table.
    init(_ title: String, table: PageTable, picture: (_ width: Double) -> Picture) {
        self.init(title: title, content: [Self.figure(picture), table.markup()])
    }

    /// A chart drawn for wide and for narrow screens, with what it says in words.
    package static func figure(_ picture: (_ width: Double) -> Picture) -> Markup {
        let wide = picture(760)
        return .tag(
            "figure", ["role": "img", "aria-label": "\(wide.title). \(wide.summary)"],
            [
                wide.inline(class: "wide", isDecoration: true),
                picture(336).inline(class: "narrow", isDecoration: true),
            ])
    }

    public init(_ histogram: Histogram) {
        self.init(histogram.title, table: histogram.table) { histogram.picture(width: $0) }
    }

    public init(_ tornado: Tornado) {
        self.init(tornado.title, table: tornado.table) { tornado.picture(width: $0) }
    }

    public init(_ comparison: BeforeAfter) {
        self.init(comparison.title, table: comparison.table) { comparison.picture(width: $0) }
    }
}
