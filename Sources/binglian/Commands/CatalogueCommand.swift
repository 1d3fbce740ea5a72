import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Item catalogues: held to the rules, to each other and to workflows.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue", abstract: "Item catalogues: lint, list, compare versions, find duplicates 事项目录.",
        subcommands: [
            CatalogueLintCommand.self, CatalogueListCommand.self, CatalogueCompareCommand.self,
            CatalogueDuplicatesCommand.self,
        ])
}

struct CatalogueLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Hold item catalogues to the unified elements, and workflows to their catalogue 目录核对.",
        discussion: """
            Workflows are held to the first catalogue that is named, or else to the shipped one. A catalogue that extends
            another is held to it.
            Exit status 0: nothing found; 1: something found.
            """)

    @Argument(help: "Item catalogues and workflow files; default: the shipped ones.")
    var files: [String] = []

    @Option(help: "The date on which batches have to be in force; default: today in Beijing.")
    var on: LocalDate?

    @Option(help: "text or json; the JSON is that of check, described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let reader = Files(terminal: terminal)
            let paths = files.isEmpty ? reader.shippedCatalogueFiles : files
            var catalogues: [ItemCatalogueFile] = []
            var namesCatalogue = false
            var workflows: [PlacedWorkflow] = []
            var found: [Diagnostic] = []
            for path in paths {
                let text = try reader.text(path)
                let kind = DefinitionFile.kind(of: text, path: path)
                switch kind.value {
                case .itemCatalogue:
                    let reading = try reader.readItemCatalogue(path)
                    namesCatalogue = true
                    found += reading.diagnostics
                    if let file = reading.value { catalogues.append(file) }
                case .workflow:
                    let reading = PlacedWorkflow.read(text, path: path)
                    found += reading.diagnostics
                    if let workflow = reading.value { workflows.append(workflow) }
                case nil: found += kind.diagnostics
                default:
                    throw CommandFailure(
                        zh: "\(path) 不是事项目录，也不是流程文件。", en: "'\(path)' is neither an item catalogue nor a workflow.",
                        exitCode: 64)
                }
            }
            if !namesCatalogue, !workflows.isEmpty { catalogues.append(try reader.itemCatalogue(nil)) }
            if let catalogue = catalogues.first {
                found += CatalogueLint(catalogue).check(workflows, on: on ?? OfficeDate.today)
            }
            for workflow in workflows { found += CatalogueLint.duplicates(in: workflow) }
            try report(found, paths.count, terminal)
        }
    }

    private func report(_ found: [Diagnostic], _ files: Int, _ terminal: Terminal) throws {
        let errors = found.count { $0.severity == .error }
        switch format {
        case .json: printOut(Diagnostic.json(found))
        case .text:
            for diagnostic in found { printOut(terminal.diagnostics.text(for: diagnostic)) }
            printOut(
                found.isEmpty
                    ? terminal.styled(
                        terminal.say("\(files) 个文件：没有发现问题", "\(files) files: no findings"), .green)
                    : terminal.styled(
                        terminal.say(
                            "\(files) 个文件：\(errors) 个错误，\(found.count - errors) 个警告",
                            "\(files) files: \(errors) errors, \(found.count - errors) warnings"),
                        errors > 0 ? .red : .yellow))
        }
        if !found.isEmpty { throw ExitCode(1) }
    }
}

struct CatalogueListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The items of a catalogue, and the proofs that it keeps 事项清单.")

    @Argument(help: "The item catalogue; default: the shipped one.")
    var file: String?

    @Flag(help: "The list of proofs kept instead of the items.")
    var proofs = false

    @Option(help: "Only items of this type, such as permit or intermediary.")
    var type: ItemType?

    @Option(help: "The date by which items are in force; default: today in Beijing.")
    var on: LocalDate?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let catalogue = try Files(terminal: terminal).itemCatalogue(file).catalogue
            let text = CatalogueText(catalogue: catalogue, date: on ?? OfficeDate.today, terminal: terminal)
            switch (format, proofs) {
            case (.json, _): printOut(text.json(type: type).pretty)
            case (.text, true): printOut(text.proofs)
            case (.text, false): printOut(text.items(type: type))
            }
        }
    }
}

struct CatalogueCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "What became of each item from one version of a catalogue to the next 减放并转调.")

    @Argument(help: "The older version.")
    var older: String

    @Argument(help: "The newer version.")
    var newer: String

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let (older, newer) = (try files.itemCatalogue(older).catalogue, try files.itemCatalogue(newer).catalogue)
            let changes = CatalogueChange.between(older, newer)
            switch format {
            case .json: printOut(CatalogueChangeText.json(changes, older, newer).pretty)
            case .text: printOut(CatalogueChangeText.text(changes, older, newer, terminal))
            }
        }
    }
}

struct CatalogueDuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Materials that are the same under different names, and how often each is asked for 重复材料.")

    @Argument(help: "Workflow files.")
    var files: [String]

    @Option(help: "A project file: only what this project needs, in one workflow.")
    var facts: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if facts != nil, files.count > 1 { throw ValidationError("--facts is for one workflow") }
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let reader = Files(terminal: terminal)
            let workflows = try files.map { path in
                guard let facts else { return try reader.workflow(path) }
                let (workflow, _, values) = try reader.workflow(path, of: facts)
                return Plan.resolve(workflow, facts: values).asWorkflow
            }
            let duplicates = MaterialDuplicates(workflows)
            switch format {
            case .json: printOut(DuplicatesText.json(duplicates).pretty)
            case .text: printOut(DuplicatesText.text(duplicates, terminal))
            }
        }
    }
}

extension ItemType: ExpressibleByArgument {}
