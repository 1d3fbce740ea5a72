/// Numbers under a picture: a head, rows, the first cell of each its name.
public struct PageTable: Sendable, Hashable {
    public let caption: String
    public let head: [String]
    public let rows: [[String]]

    public init(caption: String, head: [String], rows: [[String]]) {
        self.caption = caption
        self.head = head
        self.rows = rows
    }

    /// The table, which scrolls by itself where it is too wide.
    ///
    /// - Parameter name: the style: `numbers`, or `texts` for a table of sentences.
    public func markup(class name: String = "numbers") -> Markup {
        .tag(
            "div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": caption],
            [
                .tag(
                    "table", ["class": name],
                    [
                        .tag("caption", [:], caption),
                        .tag("thead", [:], [.tag("tr", [:], head.map { .tag("th", ["scope": "col"], $0) })]),
                        .tag(
                            "tbody", [:],
                            rows.map { row in
                                .tag(
                                    "tr", [:],
                                    row.enumerated().map { number, cell in
                                        number == 0 ? .tag("th", ["scope": "row"], cell) : .tag("td", [:], cell)
                                    })
                            }),
                    ])
            ])
    }
}
