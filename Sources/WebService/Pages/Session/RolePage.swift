import WorkCalendar
import Planning

/// Which of one's posts to go on with (切换岗位).
struct RolePage: Page {
    let posts: [Post]
    let current: Post
    let then: String

    func title(in context: PageContext) -> String { context.say("切换岗位", "Switch role") }
    var place: Place? { nil }

    func main(in context: PageContext) -> [Markup] {
        let options = posts.enumerated().map { Input.Option(value: String($0), label: $1.title) }
        let number = posts.firstIndex(of: current) ?? 0
        return [
            .tag(
                "form", ["method": "post", "action": Links.role, "class": "form"],
                FormParts.token(context) + [
                    FormParts.hidden("then", then),
                    FormParts.field(
                        .choice(
                            "post", "以哪个岗位继续", "Go on as", missing: ("选择岗位", "Choose a role"), options),
                        FormAnswers(["post": [String(number)]]), context),
                    .div("buttons", [.tag("button", ["type": "submit"], context.say("继续", "Continue"))]),
                ])
        ]
    }
}
