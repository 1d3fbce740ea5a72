import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract: "Play rules by example: what had happened, what is tried, what comes of it. 情形演示。",
        discussion: "Exit status 0: everything came out as expected; 1: something did not, or could not be read.")

    @Argument(help: "Scenario files.")
    var files: [String]

    @Flag(help: "One line a scenario instead of the protocol.")
    var brief = false

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let reader = Files(terminal: terminal)
            var failed = 0
            var played: [JSONText] = []
            for path in files {
                let reading = ScenarioFile.read(try reader.text(path), path: path, library: reader.scenarioLibrary)
                let text = ScenarioText(path: path, terminal: terminal)
                let play = reading.value?.play()
                let result = play?.result
                let found = reading.diagnostics + (result?.diagnostics ?? [])
                if let scenario = reading.value, format == .text, !brief {
                    printOut(text.protocolText(of: scenario, lines: play?.lines ?? []))
                }
                if !found.isEmpty {
                    printError(found.map { terminal.diagnostics.text(for: $0) }.joined(separator: "\n"))
                }
                let isKept = result?.value != nil
                if !isKept { failed += 1 }
                if format == .text { printOut(text.verdict(isKept: isKept, scenario: reading.value)) }
                played.append(text.json(of: reading.value, lines: play?.lines ?? [], isKept: isKept, findings: found))
            }
            if format == .json { printOut(JSONText.array(played).pretty) }
            if failed > 0 { throw ExitCode(1) }
        }
    }
}
