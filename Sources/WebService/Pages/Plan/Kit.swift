import Planning
import WorkCalendar

/// Small pieces that the pages of planning are put together from (页面零件).
enum Kit {
    // MARK: Words

    static func link(_ text: String, _ href: String, class name: String? = nil, isCurrent: Bool = false) -> Markup {
        .tag("a", ["href": href, "class": name, "aria-current": isCurrent ? "true" : nil], text)
    }

    static func paragraph(_ text: String, class name: String? = nil) -> Markup { .tag("p", ["class": name], text) }

    static func date(_ date: LocalDate, _ context: PageContext) -> Markup {
        .tag("time", ["datetime": date.description], context.language.long(date))
    }

    /// A date in figures, marked where it rests on holidays that are not published.
    static func figure(_ date: LocalDate, isProvisional: Bool = false, _ context: PageContext) -> Markup {
        guard isProvisional else { return .tag("time", ["datetime": date.description], date.description) }
        return .tag(
            "span", ["class": "provisional"],
            [
                .tag("time", ["datetime": date.description], date.description),
                .tag("small", [:], " " + context.say("暂定", "provisional")),
            ])
    }

    /// Words in another language than the page's.
    static func foreign(_ text: String, _ context: PageContext) -> Markup {
        let hasHan = text.unicodeScalars.contains { (0x2E80...0x9FFF).contains($0.value) }
        return context.language == .en && hasHan ? .tag("span", ["lang": "zh"], text) : .text(text)
    }

    // MARK: Blocks

    static func section(_ id: String, _ title: String, class name: String? = nil, _ content: [Markup]) -> Markup {
        .tag("section", ["aria-labelledby": id, "class": name], [.tag("h2", ["id": id], title)] + content)
    }

    /// What there is nothing of, why, and the one next step.
    static func empty(_ text: String, _ next: Crumb? = nil) -> Markup {
        .tag(
            "p", ["class": "empty"],
            [.text(text)] + (next.map { [.text(" "), link($0.title, $0.link)] } ?? []))
    }

    struct Fact {
        var name: String
        var value: String
        var isGood: Bool?
        var detail: String?
    }

    static func facts(_ facts: [Fact]) -> Markup {
        .tag(
            "dl", ["class": "figures"],
            facts.map { fact in
                .tag(
                    "div", ["class": fact.isGood.map { $0 ? "good" : "bad" }],
                    [
                        .tag("dt", [:], fact.name),
                        .tag(
                            "dd", [:],
                            [.text(fact.value)] + (fact.detail.map { [.tag("small", [:], $0)] } ?? [])),
                    ])
            })
    }

    /// A table that scrolls by itself where it is too wide.
    ///
    /// - Parameter numbers: columns, from 0, that hold figures.
    static func table(
        _ caption: String, head: [String], rows: [[[Markup]]], numbers: Set<Int> = [], class name: String = "grid",
        hidesCaption: Bool = false
    ) -> Markup {
        func cell(_ tag: String, _ column: Int, _ content: [Markup], scope: String? = nil) -> Markup {
            .tag(tag, ["scope": scope, "class": numbers.contains(column) ? "num" : nil], content)
        }
        return .tag(
            "div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": caption],
            [
                .tag(
                    "table", ["class": name],
                    [
                        .tag("caption", ["class": hidesCaption ? "unseen" : nil], caption),
                        .tag(
                            "thead", [:],
                            [
                                .tag(
                                    "tr", [:],
                                    head.enumerated().map { cell("th", $0, [.text($1)], scope: "col") })
                            ]),
                        .tag(
                            "tbody", [:],
                            rows.map { row in
                                .tag(
                                    "tr", [:],
                                    row.enumerated().map { column, content in
                                        column == 0
                                            ? cell("th", column, content, scope: "row") : cell("td", column, content)
                                    })
                            }),
                    ])
            ])
    }

    // MARK: Choices

    /// Links of which one is chosen, such as the width of a day.
    static func choice(_ label: String, _ options: [(title: String, link: String, isChosen: Bool)]) -> Markup {
        .tag(
            "div", ["class": "switcher", "role": "group", "aria-label": label],
            [.tag("span", ["class": "label", "aria-hidden": "true"], label)]
                + options.map { link($0.title, $0.link, isCurrent: $0.isChosen) })
    }
}

/// The fields of forms, each with its mistake beside it (表单字段).
struct FormKit {
    let context: PageContext
    /// What was typed before, by name.
    var values: [String: String] = [:]

    func form(_ action: String, class name: String? = nil, isUpload: Bool = false, _ content: [Markup]) -> Markup {
        .tag(
            "form",
            [
                "method": "post", "action": action, "class": name,
                "enctype": isUpload ? "multipart/form-data" : nil,
            ],
            [.tag("input", ["type": "hidden", "name": "_token", "value": context.formToken])] + content)
    }

    func button(_ text: String, isMain: Bool = true, name: String? = nil, value: String? = nil, leadsTo: String? = nil)
        -> Markup
    {
        .tag(
            "button",
            [
                "type": "submit", "class": isMain ? nil : "second", "name": name, "value": value,
                "formaction": leadsTo,
            ], text)
    }

    func input(
        _ name: String, _ label: String, type: String = "text", value: String? = nil, hint: String? = nil,
        isShort: Bool = false, more: [(String, String)] = []
    ) -> Markup {
        field(name, label, hint: hint) { described in
            .element(
                name: "input",
                attributes: attributes(
                    [
                        ("id", name), ("name", name), ("type", type), ("value", values[name] ?? value ?? ""),
                        ("class", isShort ? "short" : ""), ("aria-describedby", described),
                        ("aria-invalid", mistake(name) == nil ? "" : "true"),
                    ] + more),
                children: [])
        }
    }

    func choose(
        _ name: String, _ label: String, _ options: [(value: String, title: String)], value: String? = nil,
        hint: String? = nil
    ) -> Markup {
        let chosen = values[name] ?? value
        return field(name, label, hint: hint) { described in
            .tag(
                "select", ["id": name, "name": name, "aria-describedby": described.isEmpty ? nil : described],
                options.map { option in
                    .tag(
                        "option", ["value": option.value, "selected": option.value == chosen ? "selected" : nil],
                        option.title)
                })
        }
    }

    func tick(_ name: String, value: String, _ label: String, isTicked: Bool, detail: String? = nil) -> Markup {
        let id = "\(name)-\(value)"
        return .tag(
            "div", ["class": "tick"],
            [
                .tag(
                    "input",
                    [
                        "type": "checkbox", "id": id, "name": name, "value": value,
                        "checked": isTicked ? "checked" : nil,
                    ]),
                .tag("label", ["for": id], label),
            ] + (detail.map { [.tag("span", ["class": "hint"], $0)] } ?? []))
    }

    func text(_ name: String, _ label: String, value: String? = nil, hint: String? = nil, rows: Int = 4) -> Markup {
        field(name, label, hint: hint) { described in
            .tag(
                "textarea",
                [
                    "id": name, "name": name, "rows": "\(rows)",
                    "aria-describedby": described.isEmpty ? nil : described,
                    "aria-invalid": mistake(name) == nil ? nil : "true",
                ], values[name] ?? value ?? "")
        }
    }

    // MARK: Inside

    private func mistake(_ name: String) -> String? { context.mistakes.first { $0.field == name }?.text }

    private func attributes(_ pairs: [(String, String)]) -> [Markup.Attribute] {
        guard
            case .element(_, let made, _) = Markup.tagged("input", pairs.filter { !$0.1.isEmpty || $0.0 == "value" })
        else { return [] }
        return made
    }

    private func field(_ name: String, _ label: String, hint: String?, _ input: (String) -> Markup) -> Markup {
        let wrong = mistake(name)
        let described = [hint.map { _ in "\(name)-hint" }, wrong.map { _ in "\(name)-error" }].compactMap(\.self)
        return .tag(
            "div", ["class": wrong == nil ? "field" : "field wrong"],
            [.tag("label", ["for": name], label)]
                + (hint.map { [.tag("span", ["class": "hint", "id": "\(name)-hint"], $0)] } ?? [])
                + (wrong.map { [.tag("span", ["class": "mistake", "id": "\(name)-error"], $0)] } ?? [])
                + [input(described.joined(separator: " "))])
    }
}

extension Markup {
    /// An element whose attributes are known only now.
    static func tagged(_ name: String, _ attributes: [(String, String)], _ children: [Markup] = []) -> Markup {
        .element(
            name: name, attributes: attributes.map { Attribute(name: $0.0, value: $0.1) }, children: children)
    }
}
