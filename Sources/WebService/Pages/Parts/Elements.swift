import Planning
import WorkCalendar
import WorkflowModel

/// Short names for the elements that pages are made of.
extension Markup {
    static func div(_ name: String? = nil, _ children: [Markup]) -> Markup { .tag("div", ["class": name], children) }
    static func span(_ name: String? = nil, _ text: String) -> Markup { .tag("span", ["class": name], text) }
    static func span(_ name: String? = nil, _ children: [Markup]) -> Markup { .tag("span", ["class": name], children) }
    static func p(_ text: String, class name: String? = nil) -> Markup { .tag("p", ["class": name], text) }
    static func p(_ children: [Markup], class name: String? = nil) -> Markup { .tag("p", ["class": name], children) }
    static func h2(_ text: String, id: String? = nil) -> Markup { .tag("h2", ["id": id], text) }
    static func h3(_ text: String) -> Markup { .tag("h3", [:], text) }
    static func link(_ text: String, to address: String, class name: String? = nil) -> Markup {
        .tag("a", ["href": address, "class": name], text)
    }
    static func strong(_ text: String) -> Markup { .tag("strong", [:], text) }
    /// What only those hear who do not see.
    static func unseen(_ text: String) -> Markup { .tag("span", ["class": "unseen"], text) }

    /// A date that machines can read, in words.
    static func date(_ date: LocalDate, _ context: PageContext) -> Markup {
        .tag("time", ["datetime": date.description], context.language.long(date))
    }

    /// A date without its year and day of the week, where a table has many of them.
    static func shortDate(_ date: LocalDate, _ context: PageContext) -> Markup {
        let text =
            date.year == context.today.year
            ? context.language.short(date)
            : context.say("\(date.year)年", "") + context.language.short(date)
                + context.say("", " \(date.year)")
        return .tag("time", ["datetime": date.description], text)
    }

    /// A text of the project's own, such as a title, in both languages: marked where it is Chinese on an English page.
    static func named(_ text: LocalizedText, _ context: PageContext) -> Markup {
        foreign(text[context.language], context)
    }

    /// A text that people typed, which may be in another language than the page.
    static func foreign(_ text: String, _ context: PageContext) -> Markup {
        context.language == .en && text.hasChinese ? .tag("span", ["lang": "zh"], text) : .text(text)
    }

    /// A law or policy that something rests on.
    static func cited(_ text: String, _ context: PageContext) -> Markup {
        foreign(Citation.words(text, in: context.language), context)
    }

    /// A section with a heading.
    static func section(
        _ id: String, _ title: String, class name: String? = nil, aside: [Markup] = [], _ content: [Markup]
    ) -> Markup {
        let heading = Markup.tag("h2", ["id": id], title)
        return .tag(
            "section", ["class": name, "aria-labelledby": id],
            [aside.isEmpty ? heading : .div("head", [heading] + aside)] + content)
    }

    /// Pairs of a name and what it is.
    static func facts(_ pairs: [(String, [Markup])], class name: String = "facts") -> Markup {
        .tag(
            "dl", ["class": name],
            pairs.map { term, value in .tag("div", [:], [.tag("dt", [:], term), .tag("dd", [:], value)]) })
    }

    /// Why there is nothing here, and one next step.
    static func empty(_ sentence: String, next: Crumb? = nil) -> Markup {
        .tag(
            "p", ["class": "empty"],
            [.text(sentence)] + (next.map { [.text(" "), .link($0.title, to: $0.link)] } ?? []))
    }
}

extension String {
    /// Whether Chinese characters are in it.
    var hasChinese: Bool {
        unicodeScalars.contains {
            (0x3400...0x9FFF).contains($0.value) || (0x3000...0x303F).contains($0.value)
                || (0xFF00...0xFFEF).contains($0.value)
        }
    }
}
