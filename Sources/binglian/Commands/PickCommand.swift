import ArgumentParser
import Foundation
import Planning
import WorkCalendar
import WorkflowModel

struct PickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pick",
        abstract: "Which workflow of the catalogue a project falls under. 按项目属性选流程。",
        discussion: "Exit status 0: one applies; 1: none does.")

    @Argument(help: "The project file with the facts.")
    var project: String

    @Option(help: "The catalogue file; default: the shipped one.")
    var catalogue: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let path = catalogue ?? files.library.appendingPathComponent("catalogue.yaml").path
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let project = try files.projectFile(project)
            for name in try files.catalogue(path).workflows {
                let file = Files.seenFromHere(folder.appendingPathComponent(name).path)
                let workflow = try files.workflow(file)
                guard workflow.applies(to: project) else { continue }
                return printPick(workflow, file: file, terminal)
            }
            throw CommandFailure(
                zh: "目录 \(path) 中没有适用于该项目的流程。请检查项目属性，或在目录末尾加一个兜底流程。",
                en:
                    "no workflow of '\(path)' applies to this project. Check its facts, or end the catalogue with one that always applies."
            )
        }
    }

    private func printPick(_ workflow: WorkflowDefinition, file: String, _ terminal: Terminal) {
        switch format {
        case .text: printOut("\(file)\n\(workflow.title[terminal.language])")
        case .json:
            printOut(
                JSONText.members([
                    "workflow": .string(workflow.id), "version": .string(workflow.version),
                    "title": workflow.title.json, "file": .string(file),
                    "appliesWhen": .optional(workflow.appliesWhen?.text),
                ]).pretty)
        }
    }
}
