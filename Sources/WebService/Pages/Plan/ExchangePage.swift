import Planning
import WorkCalendar
import WorkflowModel

/// S13: taking plans out and bringing them in (导入导出), with what is lost said before anything is written.
struct ExchangePage: Page {
    /// Cases whose dates can be taken out.
    let cases: [WorkflowDifferencePage.CaseRow]
    /// Workflows that can be taken out, with the version in force.
    let workflows: [(id: String, version: String, title: LocalizedText)]
    /// What came of a file; `nil` before one was given.
    var result: ImportResult?
    var mayImport = false

    var place: Place? { .exchange }

    func title(in context: PageContext) -> String { context.say("导入导出", "Import and export") }

    func main(in context: PageContext) -> [Markup] {
        (result.map { [shown($0, context)] } ?? []) + (mayImport ? [importing(context)] : []) + [exporting(context)]
    }

    /// What a file held, and what would become of it.
    struct ImportResult: Sendable {
        var fileName: String
        var format: LocalizedText
        /// What was read, in figures.
        var read: [(name: LocalizedText, count: Int)]
        /// What is taken over otherwise than it stands, and what is left out.
        var losses: [LocalizedText]
        /// The workflow that it becomes; `nil` when it becomes none.
        var text: String?
        /// Why the file is not read.
        var refusal: (place: String?, message: LocalizedText, advice: LocalizedText)?
    }

    private func importing(_ context: PageContext) -> Markup {
        let kit = FormKit(context: context)
        return Kit.section(
            "import", context.say("导入", "Import"),
            [
                Kit.paragraph(
                    context.say(
                        "可以读 BPMN 2.0 流程和 Microsoft Project XML 计划，最大 10 MiB。先给出读到了什么、丢了什么；确认之前不写入任何东西。",
                        "BPMN 2.0 processes and Microsoft Project XML schedules are read, up to 10 MiB. You are shown first what was read and what is lost; nothing is written before you say so."
                    )),
                kit.form(
                    Links.exchangeImport, isUpload: true,
                    [
                        .tag(
                            "div", ["class": "field"],
                            [
                                .tag("label", ["for": "upload"], context.say("选择文件", "Choose a file")),
                                .tag(
                                    "input",
                                    ["type": "file", "id": "upload", "name": "upload", "accept": ".bpmn,.xml"]),
                            ]),
                        kit.text(
                            "file", context.say("或粘贴文件内容", "Or paste its content"),
                            hint: context.say("选了文件时不看这里", "Not looked at when a file is chosen"), rows: 8),
                        .tag("p", ["class": "buttons"], [kit.button(context.say("读入并预览", "Read and preview"))]),
                    ]),
            ])
    }

    private func shown(_ result: ImportResult, _ context: PageContext) -> Markup {
        let language = context.language
        var content: [Markup] = [
            .tag(
                "p", ["class": "subtitle"],
                [.tag("span", ["class": "code"], result.fileName), .text(" · " + result.format[language])])
        ]
        if let refusal = result.refusal {
            content.append(
                Kit.paragraph(
                    (refusal.place.map { $0 + context.say("：", ": ") } ?? "") + refusal.message[language]
                        + context.say("。", ". ") + refusal.advice[language].capitalizedFirst + context.say("。", "."),
                    class: "inset near"))
            return Kit.section("result", context.say("没有读入", "The file was not read"), content)
        }
        content.append(Kit.facts(result.read.map { .init(name: $0.name[language], value: "\($0.count)") }))
        content.append(
            result.losses.isEmpty
                ? Kit.paragraph(context.say("没有丢失任何内容。", "Nothing is lost."))
                : .tag(
                    "div", [:],
                    [
                        .tag(
                            "h3", [:],
                            context.say(
                                "会改变或丢失的内容（\(result.losses.count)）", "What changes or is lost (\(result.losses.count))")
                        ),
                        .tag(
                            "ul", ["class": "loss plain"],
                            result.losses.prefix(200).map { .tag("li", [:], [Kit.foreign($0[language], context)]) }),
                    ]))
        if let text = result.text {
            let kit = FormKit(context: context)
            content.append(
                kit.form(
                    Links.editor("new"), class: "buttons",
                    [
                        .tag("input", ["type": "hidden", "name": "do", "value": "check"]),
                        .tag(
                            "textarea", ["name": "text", "hidden": "hidden", "aria-hidden": "true", "tabindex": "-1"],
                            text),
                        kit.button(context.say("放进编辑器继续", "Go on in the editor")),
                        Kit.link(
                            context.say("放弃，什么也不写入", "Give it up; nothing is written"), Links.exchange,
                            class: "button second"),
                    ]))
        }
        return Kit.section("result", context.say("读到的内容", "What was read"), content)
    }

    private func exporting(_ context: PageContext) -> Markup {
        let formats: [(String, String)] = [
            ("msproject", "Microsoft Project XML"), ("ics", "iCalendar"), ("csv", "CSV"), ("xes", "XES"),
        ]
        var content: [Markup] = []
        if cases.isEmpty {
            content.append(
                Kit.empty(context.say("没有您能导出的办件。", "There are no cases that you can take out.")))
        } else {
            content.append(
                Kit.table(
                    context.say("办件的计划、期限和过程", "Dates, deadlines and history of cases"),
                    head: [context.say("办件", "case"), context.say("项目", "project"), context.say("格式", "formats")],
                    rows: cases.prefix(50).map { row in
                        [
                            [Kit.link(row.project, Links.caseFile(row.id))], [Kit.foreign(row.title, context)],
                            formats.map { name, title in
                                .tag("span", [:], [Kit.link(title, Links.exportFile(row.id, name)), .text("　")])
                            },
                        ]
                    }))
        }
        if !workflows.isEmpty {
            content.append(
                Kit.table(
                    context.say("流程", "Workflows"),
                    head: [context.say("流程", "workflow"), context.say("版本", "version"), context.say("格式", "formats")],
                    rows: workflows.map { row in
                        [
                            [Kit.foreign(row.title[context.language], context)],
                            [.text(row.version)],
                            [
                                Kit.link("BPMN 2.0", Links.workflow(row.id, row.version) + "/export/bpmn"), .text("　"),
                                Kit.link("YAML", Links.workflow(row.id, row.version) + "/export/yaml"),
                            ],
                        ]
                    }))
        }
        return Kit.section("export", context.say("导出", "Export"), content)
    }
}
