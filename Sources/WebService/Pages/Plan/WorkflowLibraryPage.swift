import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// S10, the shelf: the workflows of the bureau and where their versions stand (流程库).
struct WorkflowLibraryPage: Page {
    /// One workflow.
    struct Row: Sendable {
        var id: String
        var title: LocalizedText
        /// The version that cases open on today; `nil` when none is in force.
        var inForce: LibraryVersion?
        /// Versions handed in and not released.
        var drafts: [LibraryVersion]
        var upcoming: [LibraryVersion]
        var openCases: Int
        /// Whether cases go by a version that is not in force any more.
        var casesOnOlder: Int
    }

    let rows: [Row]
    var mayEdit = false

    var place: Place? { .workflows }

    func title(in context: PageContext) -> String { context.say("流程库", "Workflows") }

    func main(in context: PageContext) -> [Markup] {
        let start: [Markup] =
            mayEdit
            ? [
                .tag(
                    "p", ["class": "buttons"],
                    [Kit.link(context.say("起草新流程", "Draft a new workflow"), Links.editor("new"), class: "button")])
            ] : []
        guard !rows.isEmpty else {
            return [
                Kit.empty(
                    context.say(
                        "流程库还是空的。请流程管理员提交第一个流程，由另一人发布后即可立案。",
                        "The library is empty. An editor hands in the first workflow, and after another person has released it, cases can open."
                    ))
            ] + start
        }
        return start + [
            Kit.table(
                context.say("流程", "Workflows"),
                head: [
                    context.say("流程", "workflow"), context.say("现行版本", "in force"),
                    context.say("自", "since"), context.say("草案", "drafts"), context.say("待生效", "upcoming"),
                    context.say("在办办件", "open cases"), context.say("其中旧版本", "on older versions"),
                ],
                rows: rows.map { row(of: $0, context) }, numbers: [2, 5, 6], hidesCaption: true)
        ]
    }

    private func row(of row: Row, _ context: PageContext) -> [[Markup]] {
        func versions(_ versions: [LibraryVersion]) -> [Markup] {
            versions.isEmpty
                ? [.tag("span", ["class": "nothing"], "—")]
                : versions.map { Kit.link($0.version, Links.workflow($0.workflow, $0.version)) + " " }
        }
        return [
            [
                .tag("a", ["href": Links.workflow(row.id)], [Kit.foreign(row.title[context.language], context)]),
                .tag("span", ["class": "code hint"], row.id),
            ],
            row.inForce.map { [Kit.link($0.version, Links.workflow($0.workflow, $0.version))] }
                ?? [.tag("span", ["class": "muted"], context.say("没有", "none"))],
            row.inForce.map { [Kit.figure($0.effective, context)] } ?? [.text("—")],
            versions(row.drafts), versions(row.upcoming), [.text("\(row.openCases)")],
            row.casesOnOlder == 0
                ? [.tag("span", ["class": "nothing"], "0")]
                : [.text("\(row.casesOnOlder)")],
        ]
    }
}

/// Something and a space after it.
private func + (markup: Markup, space: String) -> Markup { .tag("span", [:], [markup, .text(space)]) }

extension LibraryVersion.Standing {
    /// The class of its tag: what cases open on stands out.
    var tag: Markup.Attribute { .init(name: "class", value: "tag version-\(rawValue)") }
}
