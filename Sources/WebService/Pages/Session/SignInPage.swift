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
        let answers = FormAnswers(["account": [account], "tenant": [tenant]])
        var fields: [Markup] = [FormParts.hidden("then", then)]
        if tenants.count > 1 {
            let options = tenants.map { Input.Option(value: $0.id, label: $0.name) }
            fields.append(
                FormParts.field(
                    Input(
                        name: "tenant", label: LocalizedText(zh: "城市", en: "City"), kind: .select(options),
                        missing: LocalizedText(zh: "选择城市", en: "Choose the city")), answers, context))
        }
        fields += [
            field("account", context.say("账号", "Account"), type: "text", complete: "username", account, context),
            field(
                "password", context.say("口令", "Password"), type: "password", complete: "current-password", "", context),
            .div("buttons", [.tag("button", ["type": "submit"], context.say("登录", "Sign in"))]),
        ]
        return [
            .p(
                context.say("工程建设项目并联审批", "Parallel approval of construction projects"), class: "lead"),
            .tag(
                "form", ["method": "post", "action": Links.signIn, "class": "form", "novalidate": "novalidate"], fields),
            .p(
                [
                    .text(
                        context.say(
                            "忘记口令或没有账号，请联系本单位的系统管理员。",
                            "Forgot your password, or have no account? Ask your administrator."))
                ],
                class: "muted small"),
        ]
    }

    private func field(
        _ id: String, _ label: String, type: String, complete: String, _ value: String, _ context: PageContext
    ) -> Markup {
        let mistake = context.mistakes.first { $0.field == id }
        return .tag(
            "div", ["class": mistake == nil ? "field" : "field wrong"],
            [.tag("label", ["for": id], label)]
                + (mistake.map { [.tag("p", ["class": "mistake", "id": "\(id)-mistake"], $0.text)] } ?? []) + [
                    .tag(
                        "input",
                        [
                            "id": id, "name": id, "type": type, "autocomplete": complete, "value": value,
                            "aria-invalid": mistake == nil ? nil : "true",
                            "aria-describedby": mistake == nil ? nil : "\(id)-mistake",
                        ])
                ])
    }
}
