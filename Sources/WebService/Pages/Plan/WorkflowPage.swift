import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// S10: one version of a workflow (流程版本): what it looks like, what it does to its targets, and what can be done with it.
struct WorkflowPage: Page {
    let workflow: WorkflowDefinition
    let version: LibraryVersion
    let standing: LibraryVersion.Standing
    /// All versions, the newest first, with where each stands.
    let versions: [(version: LibraryVersion, standing: LibraryVersion.Standing)]
    let history: [LibraryEvent]
    /// The plan of a project with every fact at its default.
    let plan: PlanReport
    let text: String
    let view: ScheduleView
    /// Open cases by the version that they go by.
    var cases: [String: Int] = [:]
    var mayEdit = false
    /// Whether the reader may release it: an editor who did not submit it.
    var mayRelease = false

    var place: Place? { .workflows }

    func title(in context: PageContext) -> String { "\(workflow.title[context.language]) \(version.version)" }

    func crumbs(in context: PageContext) -> [Crumb] {
        [Crumb(title: context.say("流程库", "Workflows"), link: Links.workflows)]
    }

    func main(in context: PageContext) -> [Markup] {
        [
            head(context), actions(context), facts(context), map(context), schedule(context), versionTable(context),
            changes(context), source(context),
        ]
    }

    private var path: String { Links.workflow(workflow.id, version.version) }

    private func head(_ context: PageContext) -> Markup {
        .tag(
            "p", ["class": "subtitle"],
            [
                .tag("span", ["class": "tag version-\(standing.rawValue)"], standing.title[context.language]),
                .text(" "), .tag("span", ["class": "code"], workflow.id), .text(" · "),
                .text(context.say("自 ", "from ")), Kit.date(version.effective, context), .text(" · "),
                .text(context.say("提交 ", "submitted by ")), Kit.foreign(version.editor, context),
            ]
                + (version.releasedBy.map {
                    [.text(context.say("，发布 ", ", released by ")), Kit.foreign($0, context)]
                } ?? []))
    }

    // MARK: What can be done

    private func actions(_ context: PageContext) -> Markup {
        let kit = FormKit(context: context)
        var content: [Markup] = [
            Kit.link(
                context.say("推演", "Simulate"), Links.simulation(ofWorkflow: workflow.id, version.version),
                class: "button second")
        ]
        if mayEdit {
            content.append(
                Kit.link(
                    context.say("编辑", "Edit"), "\(Links.editor(workflow.id))?from=\(Links.escaped(version.version))",
                    class: "button second"))
        }
        if mayEdit, standing == .inForce {
            content.append(
                Kit.link(
                    context.say("迁移在办办件", "Migrate open cases"), Links.migration(workflow.id, version.version),
                    class: "button second"))
        }
        var forms: [Markup] = [.tag("p", ["class": "buttons"], content)]
        if standing == .draft {
            forms.append(
                mayRelease
                    ? kit.form(
                        Links.release(workflow.id, version.version), class: "inset",
                        [
                            Kit.paragraph(
                                context.say(
                                    "草案由 \(version.editor) 提交。请核对下面的线路图、时限和差别；发布后内容不再改变，自 \(version.effective) 起新办件按它办理。",
                                    "Somebody else submitted this draft. Check the map, the limits and the differences below; once released it never changes, and cases open on it from \(version.effective)."
                                )),
                            kit.button(context.say("发布这个版本", "Release this version")),
                        ])
                    : Kit.paragraph(
                        context.say(
                            "草案由 \(version.editor) 提交，须由另一位流程管理员发布。",
                            "This draft was submitted by one editor; another has to release it."),
                        class: "inset"))
        }
        return .tag("div", [:], forms)
    }

    private func facts(_ context: PageContext) -> Markup {
        let running = cases.values.reduce(0, +)
        let own = cases[version.version] ?? 0
        return Kit.facts(
            [
                .init(
                    name: context.say("事项", "items"), value: "\(workflow.items.count)",
                    detail: context.say(
                        "其中联合 \(workflow.items.count { $0.joint != nil })",
                        "\(workflow.items.count { $0.joint != nil }) of them joint")),
                .init(
                    name: context.say("在办办件", "open cases"), value: "\(running)",
                    detail: context.say("按本版本 \(own)", "\(own) on this version")),
            ]
                + plan.targets.prefix(3).map { target in
                    .init(
                        name: target.target.title?[context.language] ?? target.target.id,
                        value: context.language.days(target.measured, target.target.limit?.unit ?? .working),
                        isGood: target.isMet,
                        detail: target.target.limit.map {
                            context.say("时限 ", "limit ") + context.language.days($0.minutes, $0.unit)
                        })
                })
    }

    private func map(_ context: PageContext) -> Markup {
        let section = MetroMap(plan, language: context.language).section
        return Kit.section("map", section.title, section.content)
    }

    private func schedule(_ context: PageContext) -> Markup {
        var table = ScheduleTable(
            chart: GanttChart(plan, language: context.language), view: view, context: context, path: path)
        let rows = plan.activities.map(ScheduledRow.init)
        for row in rows {
            table.reasons[row.activity.id] = DateSentence(row, among: rows, on: plan.calendar)
        }
        return Kit.section(
            "schedule", context.say("排程和关键线路", "Schedule and critical path"),
            [
                Kit.paragraph(
                    context.say(
                        "按项目属性的缺省值和可能用时排程，自 \(plan.start) 进件。",
                        "Planned with every fact at its default and at likely durations, entering on \(plan.start)."),
                    class: "hint"),
                .tag(
                    "nav", ["class": "controls", "aria-label": context.say("图的显示", "How the chart is shown")],
                    [
                        Kit.choice(
                            context.say("显示", "Show"),
                            [
                                (
                                    context.say("全部事项", "everything"),
                                    view.link(path, anchor: "schedule") { $0.criticalOnly = false }, !view.criticalOnly
                                ),
                                (
                                    context.say("仅关键线路", "critical path only"),
                                    view.link(path, anchor: "schedule") { $0.criticalOnly = true }, view.criticalOnly
                                ),
                            ])
                    ]),
            ] + table.markup)
    }

    // MARK: Versions

    private func versionTable(_ context: PageContext) -> Markup {
        Kit.section(
            "versions", context.say("版本", "Versions"),
            [
                Kit.table(
                    context.say("版本", "Versions"),
                    head: [
                        context.say("版本", "version"), context.say("状态", "standing"), context.say("自", "from"),
                        context.say("改革方式", "means"), context.say("说明", "note"), context.say("提交", "submitted by"),
                        context.say("发布", "released by"), context.say("在办", "open cases"),
                        context.say("差别", "difference"),
                    ],
                    rows: versions.map { entry in
                        let other = entry.version
                        return [
                            [
                                other.version == version.version
                                    ? .tag("strong", [:], other.version)
                                    : Kit.link(other.version, Links.workflow(workflow.id, other.version))
                            ],
                            [
                                .tag(
                                    "span", ["class": "tag version-\(entry.standing.rawValue)"],
                                    entry.standing.title[context.language])
                            ],
                            [Kit.figure(other.effective, context)],
                            [
                                .text(
                                    other.means.map { $0.title[context.language] }.joined(
                                        separator: context.say("、", ", ")))
                            ],
                            [Kit.foreign(other.note, context)], [Kit.foreign(other.editor, context)],
                            [Kit.foreign(other.releasedBy ?? "—", context)], [.text("\(cases[other.version] ?? 0)")],
                            other.version == version.version
                                ? [.text("")]
                                : [
                                    Kit.link(
                                        context.say("与本版本比较", "compare"),
                                        Links.libraryDifference(workflow.id, version.version, with: other.version))
                                ],
                        ]
                    }, numbers: [2, 7], hidesCaption: true)
            ])
    }

    private func changes(_ context: PageContext) -> Markup {
        .tag(
            "details", [:],
            [
                .tag("summary", [:], context.say("变更记录（\(history.count)）", "Log of changes (\(history.count))")),
                .tag(
                    "ul", ["class": "plain"],
                    history.reversed().map { event in
                        .tag(
                            "li", [:],
                            [
                                Kit.figure(event.on, context), .text(" \(event.version.version) "),
                                Kit.foreign(event.words[context.language], context),
                                .tag("span", ["class": "hint"], [Kit.foreign(event.by.name, context)]),
                            ])
                    }),
            ])
    }

    private func source(_ context: PageContext) -> Markup {
        .tag(
            "details", [:],
            [
                .tag("summary", [:], context.say("流程文件全文", "The file")),
                .tag(
                    "label", ["for": "source", "class": "unseen"], context.say("流程文件全文", "The file")),
                .tag(
                    "textarea",
                    [
                        "id": "source", "class": "source", "rows": "24", "readonly": "readonly", "spellcheck": "false",
                        "lang": "zh",
                    ], text),
            ])
    }
}
