import CaseEngine
import WorkCalendar
import Planning

/// What a person reads when something cannot be done: the same sentences as programs get (错误页).
struct ErrorPage: Page {
    let problem: Problem
    /// The number to quote.
    let request: String

    func title(in context: PageContext) -> String { problem.title[context.language] }
    var place: Place? { nil }

    func main(in context: PageContext) -> [Markup] {
        var parts: [Markup] = [.tag("p", ["class": "lead"], problem.detail[context.language])]
        if let rule = problem.rule {
            parts.append(
                .p(
                    [
                        .text(context.say("依据：", "Basis: ")), .named(rule.title, context),
                        .text(context.say("（", " (")), .cited(rule.source, context), .text(context.say("）", ")")),
                    ], class: "muted"))
        }
        if context.reader == nil {
            parts.append(.div("buttons", [.link(context.say("去登录", "Sign in"), to: Links.signIn, class: "button")]))
        } else {
            parts.append(
                .div(
                    "buttons",
                    [
                        .link(context.say("回到我的待办", "Back to my work"), to: Links.work, class: "button"),
                        .link(context.say("查找办件", "Find a case"), to: Links.cases, class: "button second"),
                    ]
                        + (problem.code == "roleMissing" && context.reader?.hasOtherRoles == true
                            ? [
                                .link(
                                    context.say("换岗位", "Switch role"), to: Links.role(returning: context.location),
                                    class: "button second")
                            ]
                            : [])))
        }
        parts.append(.tag("p", ["class": "muted small"], context.say("编号 \(request)", "Reference \(request)")))
        return parts
    }
}
