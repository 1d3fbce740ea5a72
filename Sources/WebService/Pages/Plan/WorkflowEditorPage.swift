import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// S10: the editor (流程编辑): a text, what is wrong with it line by line, and what it would look like.
///
/// Without the script, a button looks the text through; with it, that happens while one types.
struct WorkflowEditorPage: Page {
    /// The workflow's id, or `new`.
    let id: String
    let text: String
    let check: WorkflowCheck
    var today: LocalDate
    /// What stood in the fields beside the text.
    var typed: [String: String] = [:]

    var place: Place? { .workflows }
    var isWide: Bool { true }

    func title(in context: PageContext) -> String {
        id == "new"
            ? context.say("起草流程", "Draft a workflow")
            : context.say("编辑流程：", "Edit: ") + (check.workflow?.title[context.language] ?? id)
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [Crumb(title: context.say("流程库", "Workflows"), link: Links.workflows)]
            + (id == "new" ? [] : [Crumb(title: id, link: Links.workflow(id))])
    }

    func main(in context: PageContext) -> [Markup] {
        let kit = FormKit(context: context, values: typed)
        let today = today
        return [
            kit.form(
                Links.editor(id), class: "editor",
                [
                    .tag(
                        "div", ["class": "editor-columns"],
                        [
                            .tag(
                                "div", ["class": "editor-text"],
                                [
                                    .tag(
                                        "label", ["for": "text"],
                                        context.say("流程文件（YAML）", "Workflow file (YAML)")),
                                    .tag(
                                        "div", ["class": "lined"],
                                        [
                                            .tag("div", ["class": "gutter", "aria-hidden": "true"], gutter),
                                            .tag(
                                                "textarea",
                                                [
                                                    "id": "text", "name": "text", "rows": "32", "spellcheck": "false",
                                                    "wrap": "off", "autocapitalize": "off", "lang": "zh",
                                                    "data-check": Links.validation(id),
                                                    "aria-describedby": "findings",
                                                ], text),
                                        ]),
                                ]),
                            .tag("div", ["class": "editor-side", "id": "checked"], check.markup(context)),
                        ]),
                    .tag(
                        "p", ["class": "buttons"],
                        [
                            kit.button(context.say("检查", "Check"), isMain: false, name: "do", value: "check")
                        ]),
                    .tag(
                        "fieldset", [:],
                        [
                            .tag("legend", [:], context.say("提交草案", "Hand the draft in")),
                            Kit.paragraph(
                                context.say(
                                    "草案由另一位流程管理员核对后发布；改动已发布的流程时，请先改文件中的 version。",
                                    "Another editor checks and releases it. To change a released workflow, give the file a new version first."
                                ), class: "hint"),
                            .tag(
                                "div", ["class": "fields"],
                                [
                                    kit.input(
                                        "effective", context.say("施行日期", "In force from"), type: "date",
                                        value: today.description, isShort: true),
                                    kit.input(
                                        "note", context.say("修改理由", "Why"),
                                        hint: context.say("依据的通知或决定", "The notice or decision that orders it")),
                                ]),
                            .tag(
                                "div",
                                [
                                    "class": "ticks", "role": "group",
                                    "aria-labelledby": "means-label",
                                ],
                                [
                                    .tag(
                                        "span", ["class": "label", "id": "means-label"],
                                        context.say("改革方式", "Means of the reform"))
                                ]
                                    + ReformMeans.allCases.map {
                                        kit.tick(
                                            "means", value: $0.rawValue, $0.title[context.language], isTicked: false)
                                    }),
                            .tag(
                                "p", ["class": "buttons"],
                                [
                                    kit.button(
                                        context.say("提交草案", "Hand the draft in"), leadsTo: Links.submission(id))
                                ]),
                        ]),
                ])
        ]
    }

    /// The numbers of the lines, with those marked that have something wrong.
    private var gutter: [Markup] {
        let count = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        let marks = check.worstByLine
        return (1...max(1, count)).map { line in
            .tag("span", ["class": marks[line].map { "line is-\($0.rawValue)" }], "\(line)")
        }
    }
}

/// What looking a workflow's text through found (检查结果).
struct WorkflowCheck: Sendable {
    let workflow: WorkflowDefinition?
    let diagnostics: [Diagnostic]
    let omitted: Int
    /// The plan of a project with every fact at its default; `nil` while the text is no workflow.
    let plan: PlanReport?

    /// - Parameter calendar: the calendar that a workflow names.
    init(_ text: String, start: LocalDate, calendar: (String) -> WorkCalendar?) {
        let reading = WorkflowFile.read(text, path: "workflow.yaml")
        workflow = reading.value
        diagnostics = reading.diagnostics
        omitted = reading.omitted
        plan = reading.value.flatMap { workflow in
            try? Planner(
                plan: Plan.resolve(workflow, facts: workflow.resolvedFacts([:])),
                calendar: calendar(workflow.calendar) ?? .weekdays
            ).report(start: start)
        }
    }

    var worstByLine: [Int: Diagnostic.Severity] {
        var worst: [Int: Diagnostic.Severity] = [:]
        for diagnostic in diagnostics {
            let line = diagnostic.place.span.start.line
            if worst[line] != .error { worst[line] = diagnostic.severity }
        }
        return worst
    }

    func markup(_ context: PageContext) -> [Markup] { [findings(context)] + preview(context) }

    private func findings(_ context: PageContext) -> Markup {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        let sum =
            diagnostics.isEmpty
            ? context.say("没有发现问题，可以提交。", "Nothing is wrong; it can be handed in.")
            : [
                errors > 0 ? context.say("\(errors) 处错误", "\(errors) error\(errors == 1 ? "" : "s")") : nil,
                warnings > 0 ? context.say("\(warnings) 处提醒", "\(warnings) warning\(warnings == 1 ? "" : "s")") : nil,
                omitted > 0 ? context.say("另有 \(omitted) 处未列出", "\(omitted) more not listed") : nil,
            ].compactMap(\.self).joined(separator: context.say("，", ", "))
        return .tag(
            "section", ["id": "findings", "aria-labelledby": "findings-title"],
            [
                .tag("h2", ["id": "findings-title"], context.say("检查结果", "What was found")),
                .tag("p", ["class": errors > 0 ? "inset bad" : "hint", "role": "status"], sum),
                .tag("ol", ["class": "diagnostics"], diagnostics.map { item($0, context) }),
            ])
    }

    private func item(_ diagnostic: Diagnostic, _ context: PageContext) -> Markup {
        let start = diagnostic.place.span.start
        let language = context.language
        let isError = diagnostic.severity == .error
        return .tag(
            "li", ["class": "is-\(diagnostic.severity.rawValue)"],
            [
                .tag(
                    "a",
                    [
                        "href": "#text", "class": "place", "data-line": "\(start.line)",
                        "data-column": "\(start.column)",
                    ], "\(start.line):\(start.column)"),
                .text(" "),
                .tag(
                    "strong", [:],
                    "\(isError ? context.say("错误", "error") : context.say("提醒", "warning")) \(diagnostic.code.rawValue)"
                ),
                .text(" "), Kit.foreign(diagnostic.message[language], context),
                .tag("code", ["class": "excerpt", "lang": "zh"], diagnostic.place.excerpt.text),
            ] + diagnostic.hints.map { .tag("span", ["class": "hint"], [Kit.foreign($0[language], context)]) })
    }

    private func preview(_ context: PageContext) -> [Markup] {
        guard let plan else {
            return [
                .tag(
                    "section", ["class": "preview"],
                    [
                        .tag("h2", [:], context.say("预览", "Preview")),
                        Kit.empty(
                            context.say(
                                "改正错误后，这里显示线路图和关键线路。",
                                "Once the errors are mended, the map and the critical path appear here.")),
                    ])
            ]
        }
        let map = MetroMap(plan, language: context.language)
        let critical = plan.activities.filter { $0.isCritical && $0.duration.minutes > 0 }
        return [
            .tag(
                "section", ["class": "preview", "aria-labelledby": "preview-title"],
                [
                    .tag("h2", ["id": "preview-title"], context.say("预览", "Preview")),
                    Kit.facts(
                        [
                            .init(
                                name: context.say("全部完成", "everything done"),
                                value: context.language.days(
                                    plan.calendar.workingDays(after: plan.start, through: plan.finish)
                                        * DayAmount.minutesPerDay))
                        ]
                            + plan.targets.prefix(2).map { target in
                                .init(
                                    name: target.target.title?[context.language] ?? target.target.id,
                                    value: context.language.days(
                                        target.measured, target.target.limit?.unit ?? .working), isGood: target.isMet)
                            }),
                    .tag(
                        "div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": map.title],
                        map.section.content),
                    .tag("h3", [:], context.say("关键线路", "Critical path")),
                    .tag(
                        "ol", ["class": "path"],
                        critical.map { row in
                            .tag(
                                "li", [:],
                                [
                                    Kit.foreign(row.activity.title[context.language], context),
                                    .tag(
                                        "span", ["class": "hint"],
                                        "\(row.earlyStart) – \(row.earlyFinish) · "
                                            + context.language.days(row.duration.minutes, row.duration.unit)),
                                ])
                        }),
                ])
        ]
    }
}
