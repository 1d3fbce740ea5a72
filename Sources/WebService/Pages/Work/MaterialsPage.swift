import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Everything that the office holds of a case (材料清单), with the files that can be opened.
struct MaterialsPage: Page {
    let view: CaseView

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String { context.say("材料清单", "Materials") }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
        ]
    }

    func main(in context: PageContext) -> [Markup] {
        let held = view.state.materials
        let lead = Markup.p([.named(view.title, context), .text(" · \(view.code)")], class: "lead")
        guard !held.isEmpty else {
            return [
                lead,
                .empty(
                    context.say("还没有收存材料。", "Nothing has been handed in yet."),
                    next: Crumb(title: context.say("回到项目", "Back to the project"), link: Links.caseFile(view.id))),
            ]
        }
        let heads = [
            context.say("材料", "Material"), context.say("状态", "Standing"), context.say("来源", "From"),
            context.say("内容标识", "Content"),
        ]
        return [
            lead,
            .tag(
                "table", ["class": "stack"],
                [
                    .tag(
                        "caption", ["class": "unseen"],
                        context.say("收存的材料，先收的在前", "What the office holds, oldest first")),
                    .tag("thead", [:], [.tag("tr", [:], heads.map { .tag("th", ["scope": "col"], $0) })]),
                    .tag("tbody", [:], held.map { row($0, heads, context) }),
                ]),
        ]
    }

    private func row(_ held: HeldMaterial, _ heads: [String], _ context: PageContext) -> Markup {
        let isValid = held.isValid(on: view.today)
        var standing = [
            Tag.state(
                isValid ? .approved : .refused, nil, context,
                word: isValid
                    ? LocalizedText(zh: "有效", en: "Valid") : LocalizedText(zh: "已失效", en: "No longer valid"))
        ]
        if let end = held.validUntil {
            standing += [.text(context.say(" 至 ", " until ")), .shortDate(end, context)]
        }
        let paper = held.hash.hasPrefix("paper:")
        return .tag(
            "tr", [:],
            [
                .tag("th", ["scope": "row"], [.named(view.title(ofMaterial: held.material), context)]),
                .tag("td", ["data-head": heads[1]], standing),
                .tag(
                    "td", ["data-head": heads[2]],
                    MaterialWords.origin(held, view, context) + MaterialWords.file(held, view, context)),
                .tag(
                    "td", ["data-head": heads[3]],
                    [
                        paper
                            ? .text(context.say("纸质原件", "Paper original"))
                            : .tag("span", ["class": "code small", "title": held.hash], String(held.hash.prefix(16)))
                    ]),
            ])
    }
}
