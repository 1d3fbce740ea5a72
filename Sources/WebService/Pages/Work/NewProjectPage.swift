import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// A new project 新建项目 (A1): which items apply to my facts, in which order and for how long, before anything is filed.
struct NewProjectPage: Page {
    let workflows: [WorkflowDefinition]
    /// What is chosen and typed so far.
    let answers: FormAnswers
    let chosen: WorkflowDefinition?
    /// The plan for these facts; `nil` before they are given.
    let report: PlanReport?
    let mayOpen: Bool

    var place: Place? { .cases }
    func title(in context: PageContext) -> String { context.say("新建项目", "Start a project") }
    func crumbs(in context: PageContext) -> [Crumb] { [Crumb(title: context.say("办件", "Cases"), link: Links.cases)] }

    func main(in context: PageContext) -> [Markup] {
        var content: [Markup] = [
            .p(
                context.say(
                    "先看哪些事项适用于您的项目、按什么顺序办、大约多久；确认之后再立案。",
                    "First see which items apply to your project, in which order and how long they take; then open the case."
                ), class: "lead"),
            choice(context),
        ]
        if let chosen { content.append(facts(chosen, context)) }
        if let report { content += plan(report, context) }
        return content
    }

    private func choice(_ context: PageContext) -> Markup {
        .tag(
            "form", ["class": "filters", "method": "get", "action": Links.newProject],
            [
                .div(
                    nil,
                    [
                        .tag("label", ["for": "workflow"], context.say("项目类型（流程）", "Kind of project (workflow)")),
                        .tag(
                            "select", ["id": "workflow", "name": "workflow"],
                            [FormParts.option("", context.say("请选择", "Choose"), chosen: chosen?.id ?? "")]
                                + workflows.map {
                                    FormParts.option($0.id, $0.title[context.language], chosen: chosen?.id ?? "")
                                }),
                    ]),
                .tag("button", ["class": "second"], context.say("选择", "Choose")),
            ])
    }

    static func inputs(of workflow: WorkflowDefinition) -> [Input] {
        [
            .line(
                "code", "项目代码", "Project code",
                missing: (
                    "填写 24 位项目代码，例如 2403-500112-04-01-230517",
                    "Enter the project code, for example 2403-500112-04-01-230517"
                )),
            .line("title", "项目名称", "Name of the project", missing: ("填写项目名称", "Enter the name of the project")),
            .line("owner", "建设单位", "Owner", missing: ("填写建设单位名称", "Enter the owner's name")),
            Input(
                name: "ownerCode", label: LocalizedText(zh: "建设单位统一社会信用代码", en: "The owner's credit code"), kind: .line,
                isRequired: false,
                missing: LocalizedText(
                    zh: "填写 18 位统一社会信用代码，例如 91500112MA5260182G",
                    en: "Enter the credit code of 18 characters, for example 91500112MA5260182G")),
        ] + workflow.facts.map(input)
    }

    private static func input(_ fact: FactDeclaration) -> Input {
        let title = fact.title ?? LocalizedText(zh: fact.id, en: fact.id)
        let label = fact.unit.map { LocalizedText(zh: "\(title.zh)（\($0)）", en: "\(title.en) (\($0))") } ?? title
        let value =
            switch fact.defaultValue {
            case .boolean(let value): value ? "true" : "false"
            case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
            case .text(let value): value
            case nil: ""
            }
        let kind: Input.Kind =
            switch fact.type {
            case .boolean:
                .select([
                    .init(value: "true", label: LocalizedText(zh: "是", en: "Yes")),
                    .init(value: "false", label: LocalizedText(zh: "否", en: "No")),
                ])
            case .number, .text: .line
            case .oneOf(let values):
                .select(values.map { .init(value: $0, label: FactWords.title(of: $0, in: fact.id)) })
            }
        return Input(
            name: "fact-\(fact.id)", label: label, kind: kind,
            isRequired: fact.defaultValue == nil && fact.type != .boolean,
            missing: LocalizedText(zh: "填写\(label.zh)", en: "Give \(label.en)"), value: value)
    }

    private func facts(_ workflow: WorkflowDefinition, _ context: PageContext) -> Markup {
        let isEmpty = answers.values.keys.allSatisfy { $0 != "code" && !$0.hasPrefix("fact-") }
        return .section(
            "facts", context.say("项目情况", "The project"),
            [
                .tag(
                    "form",
                    ["class": "form", "method": "post", "action": Links.newProject, "novalidate": "novalidate"],
                    FormParts.token(context) + [FormParts.hidden("workflow", workflow.id)]
                        + Self.inputs(of: workflow).map { FormParts.field($0, isEmpty ? nil : answers, context) }
                        + [
                            .div(
                                "buttons",
                                [
                                    .tag(
                                        "button",
                                        ["class": report == nil ? nil : "second", "name": "do", "value": "plan"],
                                        context.say("看看要办哪些事项", "See what applies"))
                                ]
                                    + (report != nil && mayOpen
                                        ? [
                                            .tag(
                                                "button", ["name": "do", "value": "open"],
                                                context.say("立案", "Open the case"))
                                        ] : []))
                        ])
            ])
    }

    private func plan(_ report: PlanReport, _ context: PageContext) -> [Markup] {
        let map = MetroMap(report, language: context.language)
        let left = report.plan.notNeeded.count
        let target = report.targets.first { $0.target.limit != nil }
        var figures: [(String, String)] = [
            (context.say("要办的事项", "Items"), context.say("\(report.plan.items.count) 项", "\(report.plan.items.count)")),
            (context.say("不涉及", "Not required"), context.say("\(left) 项", "\(left)")),
            (context.say("预计办结", "Finish"), context.language.long(report.finish)),
        ]
        if let target, let limit = target.target.limit {
            figures.append(
                (
                    context.say(
                        "审批用时（目标 \(context.language.days(limit.minutes, limit.unit))）",
                        "Counted (target \(context.language.days(limit.minutes, limit.unit)))"),
                    context.language.days(target.measured, limit.unit)
                ))
        }
        return [
            .tag(
                "dl", ["class": "figures"],
                figures.map { .tag("div", [:], [.tag("dt", [:], $0), .tag("dd", [:], $1)]) }),
            .section(
                "map", context.say("适用的事项和顺序", "What applies, in order"),
                [
                    .tag(
                        "div",
                        [
                            "class": "metro-picture", "role": "region", "tabindex": "0",
                            "aria-label": context.say("地铁图，可左右滚动", "Metro map, scrolls sideways"),
                        ],
                        [map.picture.inline(isDecoration: true, without: 80)]),
                    .tag(
                        "ol", ["class": "stages"],
                        map.stages.map { stage in
                            let own = map.stations.filter { $0.stage == stage.id }
                            return .tag(
                                "li", ["class": stage.number == nil ? "lane" : nil],
                                [
                                    .tag(
                                        "h3", [:],
                                        [
                                            .span(nil, [.foreign(stage.title, context)]),
                                            .tag("small", [:], context.say("\(own.count) 项", "\(own.count)")),
                                        ]),
                                    .tag(
                                        "ul", ["class": "stations"],
                                        own.map { station in
                                            .tag(
                                                "li", ["class": station.isCritical ? "critical" : nil],
                                                [
                                                    .span(nil, [.foreign(station.title, context)]),
                                                    .span(
                                                        "side",
                                                        (station.isCritical ? [Tag.critical(context)] : []) + [
                                                            .span("muted", station.note)
                                                        ]),
                                                ])
                                        }),
                                ])
                        }),
                ]),
        ]
    }
}
