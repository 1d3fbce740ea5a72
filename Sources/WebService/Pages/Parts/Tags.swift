import Planning
import WorkCalendar

/// Words with a sign: states, lights, criticality. Never buttons.
enum Tag {
    /// One of the eight words of a state, with what the engine says more exactly in smaller print.
    static func state(_ state: WorkState, _ detail: LocalizedText? = nil, _ context: PageContext) -> Markup {
        let word = state.word[context.language].capitalizedFirst
        let main = Markup.tag("span", ["class": "tag t-\(state.rawValue)"], [Icon.state(state), .text(word)])
        guard let detail = detail?[context.language], detail != word else { return main }
        return .span("tags", [main, .span("detail", detail)])
    }

    /// A light with its number.
    static func light(_ deadline: DeadlineStanding, _ context: PageContext) -> Markup {
        .span(
            "light l-\(deadline.light.rawValue)",
            [
                Icon.light(deadline.light), .unseen(deadline.light.word[context.language] + context.say("，", ", ")),
                .text(deadline.text[context.language]),
            ]
                + (deadline.light == .overdueStatutory
                    ? [.tag("abbr", ["title": context.say("法定期限", "statutory limit")], context.say("法", "law"))] : []))
    }

    static func critical(_ context: PageContext) -> Markup {
        .tag("span", ["class": "tag t-critical"], context.say("关键", "Critical"))
    }

    static func green(_ context: PageContext) -> Markup {
        .tag("span", ["class": "tag t-ready"], context.say("绿色通道", "Green channel"))
    }
}

extension String {
    /// With a capital letter at its beginning, as the first word of a tag has.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
