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
                .tag(
                    "p", ["class": "basis"],
                    context.say("依据：", "Basis: ") + rule.title[context.language]
                        + context.say("（\(rule.source)）", " (\(rule.source))")))
        }
        parts.append(.tag("p", ["class": "muted"], context.say("编号 \(request)", "Reference \(request)")))
        return parts
    }
}
