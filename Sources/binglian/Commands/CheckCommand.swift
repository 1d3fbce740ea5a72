import ArgumentParser
import CaseEngine
import Foundation
import WorkCalendar
import Planning
import WorkflowModel

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find every mistake in workflow, calendar, project, catalogue and city files. 检查文件。",
        discussion: "Exit status 0: nothing found; 1: something found.")

    @Argument(help: "Files to check.")
    var files: [String]

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let reader = Files(terminal: terminal)
            var findings: [Diagnostic] = []
            var unreadable = 0
            for path in files {
                do {
                    let reading = check(try reader.bytes(path), path: path, reader)
                    findings += reading.diagnostics
                    guard format == .text else { continue }
                    if !reading.diagnostics.isEmpty { printOut(terminal.diagnostics.text(for: reading)) }
                    printOut(summary(of: reading.diagnostics, path: path, terminal))
                } catch let failure as CommandFailure {
                    // The other files are still worth checking.
                    unreadable += 1
                    printError("\(terminal.say("错误：", "error: "))\(failure.text[terminal.language])")
                }
            }
            if format == .json { printOut(Diagnostic.json(findings)) }
            if !findings.isEmpty || unreadable > 0 { throw ExitCode(1) }
        }
    }

    private func check(_ bytes: Data, path: String, _ reader: Files) -> FileReading<DefinitionFile.Kind> {
        let text = DefinitionFile.text(of: bytes, path: path)
        guard let value = text.value else { return FileReading(value: nil, diagnostics: text.diagnostics) }
        let checked = DefinitionFile.check(value, path: path)
        if checked.value == .scenario {
            let scenario = ScenarioFile.read(value, path: path, library: reader.scenarioLibrary)
            return FileReading(
                value: scenario.value == nil ? nil : .scenario, diagnostics: scenario.diagnostics,
                omitted: scenario.omitted)
        }
        guard checked.value == .network else { return checked }
        let network = NetworkReport.read(value, path: path)
        return FileReading(
            value: network.value == nil ? nil : .network, diagnostics: network.diagnostics, omitted: network.omitted)
    }

    private func summary(of found: [Diagnostic], path: String, _ terminal: Terminal) -> String {
        let errors = found.count { $0.severity == .error }
        let warnings = found.count - errors
        guard !found.isEmpty else {
            return "\(path): " + terminal.styled(terminal.say("没有发现问题", "no findings"), .green)
        }
        return "\(path): "
            + terminal.styled(
                terminal.say("\(errors) 个错误，\(warnings) 个警告", "\(errors) errors, \(warnings) warnings"),
                errors > 0 ? .red : .yellow)
    }
}
