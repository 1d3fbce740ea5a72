import Planning
import WorkCalendar

/// S1: name and password, and where to go on (登录页).
struct SignInPage: Page {
    /// The cities to choose from; one needs no choice.
    let tenants: [(id: String, name: LocalizedText)]
    /// The page to go on to.
    let then: String
    /// What was typed before.
    var account = ""
    var tenant = ""

    func title(in context: PageContext) -> String { context.say("登录", "Sign in") }
    var place: Place? { nil }

    func main(in context: PageContext) -> [Markup] {
        var fields: [Markup] = [.tag("input", ["type": "hidden", "name": "then", "value": then])]
        if tenants.count > 1 {
            fields.append(
                field(
                    "tenant", context.say("城市", "City"), context,
                    .tag(
                        "select", ["id": "tenant", "name": "tenant"],
                        tenants.map { id, name in
                            .tag(
                                "option", ["value": id, "selected": id == tenant ? "selected" : nil],
                                name[context.language])
                        })))
        }
        fields += [
            field(
                "account", context.say("账号", "Account"), context,
                .tag(
                    "input",
                    [
                        "id": "account", "name": "account", "type": "text", "autocomplete": "username",
                        "value": account, "required": "required",
                    ])),
            field(
                "password", context.say("口令", "Password"), context,
                .tag(
                    "input",
                    [
                        "id": "password", "name": "password", "type": "password",
                        "autocomplete": "current-password", "required": "required",
                    ])),
            .tag("p", [:], [.tag("button", ["type": "submit", "class": "primary"], context.say("继续", "Continue"))]),
        ]
        return [.tag("form", ["method": "post", "action": Links.signIn, "class": "sign-in"], fields)]
    }

    private func field(_ id: String, _ label: String, _ context: PageContext, _ input: Markup) -> Markup {
        let mistake = context.mistakes.first { $0.field == id }
        return .tag(
            "div", ["class": mistake == nil ? "field" : "field wrong"],
            [.tag("label", ["for": id], label)]
                + (mistake.map { [.tag("p", ["class": "mistake", "id": "\(id)-mistake"], $0.text)] } ?? []) + [input])
    }
}
