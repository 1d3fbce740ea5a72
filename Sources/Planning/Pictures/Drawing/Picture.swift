import WorkCalendar

/// A finished drawing (图): shapes on a ground of a given size, with a name and a sentence for those who do not see it.
public struct Picture: Sendable {
    public let title: String
    /// What it says, in a sentence or two.
    public let summary: String
    public let language: Language
    /// Pixels.
    public let width: Double
    public let height: Double
    let content: [Markup]

    /// The hatches that pictures in a page refer to, to be written once in it.
    public static var hatches: Markup { Hatch.definitions }

    init(
        title: String, summary: String, language: Language, width: Double, height: Double, content: [Markup]
    ) {
        self.title = title
        self.summary = summary
        self.language = language
        self.width = width
        self.height = height
        self.content = content
    }

    /// The picture as a file of its own: needs nothing else, runs nothing and asks no network for anything.
    public var svg: String {
        let document = Markup.tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": width.px, "height": height.px,
                "viewBox": "0 0 \(width.px) \(height.px)", "role": "img", "lang": language.tag,
                "aria-labelledby": "title desc",
            ],
            [
                .tag("title", ["id": "title"], title), .tag("desc", ["id": "desc"], summary), .style(Theme.marks),
                Hatch.definitions,
                .tag("rect", ["class": "f-ground", "width": width.px, "height": height.px]),
            ] + content)
        return document.written + "\n"
    }

    /// The picture in a page that has the sheet and the hatches already.
    ///
    /// - Parameters:
    ///   - isDecoration: when the page says the same in words beside it.
    ///   - heading: pixels at the top that the page has no need of, since it has a heading of its own.
    public func inline(class name: String? = nil, isDecoration: Bool, without heading: Double = 0) -> Markup {
        .tag(
            "svg",
            [
                "class": name, "width": width.px, "height": (height - heading).px,
                "viewBox": "0 \(heading.px) \(width.px) \((height - heading).px)",
                "role": isDecoration ? nil : "img", "aria-label": isDecoration ? nil : "\(title). \(summary)",
                "aria-hidden": isDecoration ? "true" : nil,
            ], content)
    }
}
