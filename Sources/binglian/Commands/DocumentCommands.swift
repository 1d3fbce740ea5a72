import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Where documents for applicants are made from, and what they are written to.
struct DocumentOptions: ParsableArguments {
    @Option(help: "The item catalogue; default: the shipped one. none: the workflow alone.")
    var items: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @Option(help: "Also write the document to this HTML file; it needs nothing else.")
    var html: String?

    @OptionGroup var common: CommonOptions

    func catalogue(_ files: Files) throws -> ItemCatalogue? {
        items == "none" ? nil : try files.itemCatalogue(items).catalogue
    }

    func show(_ document: OfficeDocument, json: JSONText, _ terminal: Terminal) throws {
        if let html { try PictureOptions.write(document.page.html, to: html, terminal) }
        switch format {
        case .json: printOut(json.pretty)
        case .text: printOut(OfficeDocumentText(document: document, terminal: terminal).text)
        }
    }
}

struct GuideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: "How items are handled: who, where, basis, materials, steps, limits, fees, appeals 办事指南.")

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "Only this item.")
    var item: String?

    @Option(help: "A project file: only the items and materials that this project needs.")
    var facts: String?

    @OptionGroup var documents: DocumentOptions

    func run() async throws {
        try await documents.common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            var definition = try files.workflow(workflow)
            if let facts {
                let (divided, _, values) = try files.workflow(workflow, of: facts)
                definition = Plan.resolve(divided, facts: values).asWorkflow
            }
            let guide = ServiceGuide(definition, catalogue: try documents.catalogue(files), item: item)
            guard !guide.entries.isEmpty else {
                throw CommandFailure(
                    zh: "没有可办的事项“\(item ?? "")”。", en: "there is nothing to apply for under '\(item ?? "")'.")
            }
            try documents.show(guide.document(terminal.language), json: guide.json, terminal)
        }
    }
}

struct NoticeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Everything that a project has to hand in for a stage, each document once 一次告知单.")

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The stage's id.")
    var stage: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @OptionGroup var documents: DocumentOptions

    func run() async throws {
        try await documents.common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let (definition, project, values) = try files.workflow(workflow, of: facts)
            let plan = Plan.resolve(definition, facts: values)
            guard
                let notice = StageNotice(
                    plan, stage: stage, project: project, catalogue: try documents.catalogue(files))
            else { throw CommandFailure.noStage(stage, plan) }
            try documents.show(notice.document(terminal.language), json: notice.json, terminal)
        }
    }
}

struct FormCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "form",
        abstract: "The one application form of a stage, filled in as far as the office knows 一表申请.")

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The stage's id.")
    var stage: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @Option(help: "A filled form of an earlier stage; several times.")
    var collected: [String] = []

    @Option(help: "The date by which earlier answers may be too old; default: today in Beijing.")
    var on: LocalDate?

    @OptionGroup var documents: DocumentOptions

    func run() async throws {
        try await documents.common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let (definition, project, values) = try files.workflow(workflow, of: facts)
            let plan = Plan.resolve(definition, facts: values)
            let forms = try collected.map { path in
                let form = try files.value(of: FilledForm.read(try files.text(path), path: path), path: path)
                guard form.project == nil || form.project == project.code else {
                    throw CommandFailure(
                        zh: "\(path) 是另一个项目的表：\(form.project ?? "")。",
                        en: "'\(path)' is the form of another project: \(form.project ?? "").")
                }
                return form
            }
            guard
                let form = StageForm(
                    plan, stage: stage, project: project, catalogue: try documents.catalogue(files), collected: forms,
                    on: on ?? OfficeDate.today)
            else { throw CommandFailure.noStage(stage, plan) }
            try documents.show(form.document(terminal.language), json: form.json, terminal)
        }
    }
}

extension CommandFailure {
    fileprivate static func noStage(_ stage: String, _ plan: Plan) -> CommandFailure {
        let known = plan.asWorkflow.stages.filter { $0.items.contains(where: \.isApplication) }.map(\.id)
        return CommandFailure(
            zh: "该项目在阶段“\(stage)”没有要申请的事项；有的阶段：\(known.joined(separator: "、"))。",
            en: "this project applies for nothing in a stage '\(stage)'; there are: \(known.joined(separator: ", ")).")
    }
}
