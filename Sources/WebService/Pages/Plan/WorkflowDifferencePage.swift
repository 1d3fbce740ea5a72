import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// S10: what changed between two versions, in words and in days, and which cases it would reach (版本差别).
struct WorkflowDifferencePage: Page {
    let older: WorkflowDefinition
    let newer: WorkflowDefinition
    let difference: WorkflowDifference
    let effects: [TargetEffect]
    /// Open cases that go by the older version.
    let affected: [CaseRow]
    var mayEdit = false

    struct CaseRow: Sendable {
        var id: String
        var project: String
        var title: String
    }

    var place: Place? { .workflows }

    func title(in context: PageContext) -> String {
        "\(newer.title[context.language])\(context.say("：", ": "))\(older.version) → \(newer.version)"
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("流程库", "Workflows"), link: Links.workflows),
            Crumb(title: newer.version, link: Links.workflow(newer.id, newer.version)),
        ]
    }

    func main(in context: PageContext) -> [Markup] { [words(context), targets(context), cases(context)] }

    private func words(_ context: PageContext) -> Markup {
        guard !difference.changes.isEmpty else {
            return Kit.section(
                "words", context.say("改了什么", "What changed"),
                [Kit.empty(context.say("两个版本没有差别。", "The two versions do not differ."))])
        }
        return Kit.section(
            "words", context.say("改了什么", "What changed"),
            [
                .tag(
                    "ul", ["class": "changes"],
                    difference.changes.map { change in
                        .tag(
                            "li", ["class": change.kind.rawValue],
                            [
                                .tag(
                                    "span", ["class": "tag change-\(change.kind.rawValue)"],
                                    change.kind.word[context.language]),
                                .text(" "), Kit.foreign(change.words[context.language], context),
                            ])
                    })
            ])
    }

    private func targets(_ context: PageContext) -> Markup {
        let rows = effects.map { effect -> [[Markup]] in
            func days(_ minutes: Int?) -> [Markup] {
                [.text(minutes.map { context.language.days($0, effect.unit) } ?? "—")]
            }
            let change = effect.change.map { minutes in
                minutes == 0
                    ? context.say("不变", "same")
                    : (minutes > 0 ? "+" : "\u{2212}") + context.language.days(abs(minutes), effect.unit)
            }
            return [
                [Kit.foreign(effect.target.title?[context.language] ?? effect.target.id, context)],
                days(effect.before), days(effect.after), [.text(change ?? "—")], days(effect.limitAfter?.minutes),
                [
                    .text(
                        effect.isMetAfter.map { $0 ? context.say("达标", "met") : context.say("未达标", "missed") } ?? "—")
                ],
            ]
        }
        return Kit.section(
            "effects", context.say("对时限目标的影响", "What it does to the targets"),
            rows.isEmpty
                ? [Kit.empty(context.say("两个版本都没有时限目标。", "Neither version has targets."))]
                : [
                    Kit.table(
                        context.say(
                            "按项目属性的缺省值和可能用时排程", "Planned with every fact at its default and at likely durations"),
                        head: [
                            context.say("目标", "target"), older.version, newer.version,
                            context.say("变化", "change"), context.say("时限", "limit"), context.say("结论", "verdict"),
                        ], rows: rows, numbers: [1, 2, 3, 4])
                ])
    }

    private func cases(_ context: PageContext) -> Markup {
        var content: [Markup] = [
            affected.isEmpty
                ? Kit.empty(
                    context.say("没有在办办件按 \(older.version) 办理。", "No open case goes by \(older.version)."))
                : Kit.paragraph(
                    context.say(
                        "\(affected.count) 件在办办件按 \(older.version) 办理；发布新版本不会改动它们，除非迁移。",
                        "\(affected.count) open case\(affected.count == 1 ? " goes" : "s go") by \(older.version). Releasing the new version does not touch them unless they are migrated."
                    ))
        ]
        if !affected.isEmpty {
            content.append(
                .tag(
                    "ul", ["class": "plain"],
                    affected.prefix(100).map { row in
                        .tag(
                            "li", [:],
                            [
                                Kit.link(row.project, Links.caseFile(row.id)), .text(" "),
                                Kit.foreign(row.title, context),
                            ])
                    }))
            if mayEdit {
                content.append(
                    .tag(
                        "p", ["class": "buttons"],
                        [
                            Kit.link(
                                context.say("预览迁移", "Preview the migration"),
                                Links.migration(newer.id, newer.version)
                                    + "?from=\(Links.escaped(older.version))", class: "button second")
                        ]))
            }
        }
        return Kit.section("affected", context.say("受影响的办件", "Cases affected"), content)
    }
}

extension WorkflowDifference.Kind {
    var word: LocalizedText {
        switch self {
        case .added: LocalizedText(zh: "新增", en: "added")
        case .removed: LocalizedText(zh: "取消", en: "removed")
        case .merged: LocalizedText(zh: "合并", en: "merged")
        case .renamed: LocalizedText(zh: "改名", en: "renamed")
        case .moved: LocalizedText(zh: "移动", en: "moved")
        case .changed: LocalizedText(zh: "修改", en: "changed")
        case .reordered: LocalizedText(zh: "调序", en: "reordered")
        }
    }
}

/// S10: putting open cases under a version (办件迁移), with what would happen to each before it does.
struct MigrationPage: Page {
    let workflow: String
    let workflowTitle: LocalizedText
    let version: String
    /// Versions that open cases go by, and how many.
    let sources: [(version: String, cases: Int)]
    /// What would happen, case by case; `nil` before it was looked at.
    var outcomes: [Outcome]?
    /// Whether it has happened, and is not only looked at.
    var isDone = false
    var typed: [String: String] = [:]

    struct Outcome: Sendable {
        enum Kind: Sendable { case changed([LocalizedText]), refused(LocalizedText), unchanged }
        var caseID: String
        var project: String
        var kind: Kind
    }

    var place: Place? { .workflows }

    func title(in context: PageContext) -> String {
        context.say("迁移办件到 \(version)", "Migrate cases to \(version)")
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("流程库", "Workflows"), link: Links.workflows),
            Crumb(title: workflowTitle[context.language], link: Links.workflow(workflow, version)),
        ]
    }

    func main(in context: PageContext) -> [Markup] {
        let told = outcomes.map { [results($0, context)] } ?? []
        guard !sources.isEmpty else {
            return told + [
                Kit.empty(
                    context.say(
                        "没有在办办件按别的版本办理，不需要迁移。", "No open case goes by another version, so there is nothing to migrate."),
                    Crumb(title: context.say("返回流程", "Back to the workflow"), link: Links.workflow(workflow, version)))
            ]
        }
        // What has been done is read before what might be done next.
        return isDone ? told + [form(context)] : [form(context)] + told
    }

    private func form(_ context: PageContext) -> Markup {
        let kit = FormKit(context: context, values: typed)
        let all = sources.reduce(0) { $0 + $1.cases }
        let options =
            [(value: "", title: context.say("所有其他版本（\(all) 件）", "all other versions (\(all))"))]
            + sources.map { (value: $0.version, title: "\($0.version)（\($0.cases)）") }
        return kit.form(
            Links.migration(workflow, version),
            [
                Kit.paragraph(
                    context.say(
                        "编号相同的事项自动衔接，已给出的意见继续有效，未到期的时限重新计算。新版本没有的在办事项，须写明由哪一项接续，或按旧版本办完。",
                        "Items with equal ids go on by themselves, opinions given stand, and open deadlines are counted anew. An item under way that the new version lacks must be mapped, or finish under the old version."
                    )),
                kit.choose("from", context.say("从哪个版本", "From which version"), options),
                kit.text(
                    "map", context.say("接续关系（可不填）", "Which item takes up which (optional)"),
                    hint: context.say("每行一条：旧编号=新编号", "One a line: OLD=NEW"), rows: 3),
                kit.input(
                    "keep", context.say("按旧版本办完的事项（可不填）", "Items that finish under the old version (optional)"),
                    hint: context.say("编号之间用空格", "Ids with spaces between")),
                kit.input(
                    "reason", context.say("迁移理由", "Why"),
                    hint: context.say("依据的通知、决定或规定", "The notice, decision or rule that orders it")),
                .tag(
                    "p", ["class": "buttons"],
                    [
                        kit.button(context.say("预览", "Preview"), isMain: outcomes == nil, name: "do", value: "preview")
                    ]
                        + (outcomes == nil || isDone
                            ? []
                            : [kit.button(context.say("执行迁移", "Migrate"), name: "do", value: "migrate")])),
            ])
    }

    private func results(_ outcomes: [Outcome], _ context: PageContext) -> Markup {
        let changed = outcomes.count { if case .changed = $0.kind { true } else { false } }
        let refused = outcomes.count { if case .refused = $0.kind { true } else { false } }
        let sum =
            isDone
            ? context.say("已迁移 \(changed) 件，不能迁移 \(refused) 件。", "\(changed) migrated, \(refused) refused.")
            : context.say(
                "将迁移 \(changed) 件，不能迁移 \(refused) 件。还没有改动任何办件。",
                "\(changed) would be migrated, \(refused) refused. Nothing has been changed yet.")
        return Kit.section(
            "outcomes", isDone ? context.say("结果", "Result") : context.say("预览", "Preview"),
            [Kit.paragraph(sum, class: refused > 0 ? "warning" : "hint")]
                + outcomes.prefix(200).map { outcome in
                    .tag(
                        "details", ["open": outcomes.count <= 10 ? "open" : nil],
                        [
                            .tag("summary", [:], [.text("\(outcome.project) · \(word(outcome.kind, context))")]),
                            .tag("ul", ["class": "plain"], lines(outcome.kind, context)),
                            .tag(
                                "p", [:],
                                [Kit.link(context.say("打开办件", "Open the case"), Links.caseFile(outcome.caseID))]),
                        ])
                })
    }

    private func word(_ kind: Outcome.Kind, _ context: PageContext) -> String {
        switch kind {
        case .changed(let events):
            context.say("\(events.count) 处变化", "\(events.count) change\(events.count == 1 ? "" : "s")")
        case .refused: context.say("不能迁移", "refused")
        case .unchanged: context.say("已按此版本办理", "already there")
        }
    }

    private func lines(_ kind: Outcome.Kind, _ context: PageContext) -> [Markup] {
        switch kind {
        case .changed(let events): events.map { .tag("li", [:], [Kit.foreign($0[context.language], context)]) }
        case .refused(let why): [.tag("li", [:], [Kit.foreign(why[context.language], context)])]
        case .unchanged: []
        }
    }
}
