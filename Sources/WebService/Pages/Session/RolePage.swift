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
        [
            .tag(
                "form", ["method": "post", "action": Links.role],
                [
                    .tag("input", ["type": "hidden", "name": "_token", "value": context.formToken]),
                    .tag("input", ["type": "hidden", "name": "then", "value": then]),
                    .tag(
                        "fieldset", [:],
                        [.tag("legend", [:], context.say("以哪个岗位继续", "Go on as"))]
                            + posts.enumerated().map { number, post in
                                .tag(
                                    "p", [:],
                                    [
                                        .tag(
                                            "input",
                                            [
                                                "type": "radio", "name": "post", "value": String(number),
                                                "id": "post-\(number)", "checked": post == current ? "checked" : nil,
                                            ]),
                                        .tag("label", ["for": "post-\(number)"], post.title[context.language]),
                                    ])
                            }),
                    .tag(
                        "p", [:],
                        [.tag("button", ["type": "submit", "class": "primary"], context.say("继续", "Continue"))]),
                ])
        ]
    }
}
