import ArgumentParser
import CaseEngine
import Orchestrator
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

    @Option(help: "Keep what happens as a case with that id in the store, to ask it more; with one file.")
    var keepAs: String?

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if keepAs != nil, files.count != 1 { throw ValidationError("--keep-as goes with one file.") }
    }

    func run() async throws {
        try await store.terminal.run { terminal in
            let reader = Files(terminal: terminal)
            var failed = 0
            var played: [JSONText] = []
            for path in files {
                let reading = ScenarioFile.read(try reader.text(path), path: path, library: reader.scenarioLibrary)
                let text = ScenarioText(path: path, terminal: terminal)
                var lines: [ScenarioPlay.Line] = []
                var found = reading.diagnostics
                if let scenario = reading.value {
                    let end = try await play(scenario, terminal)
                    lines = end.lines
                    found += end.diagnostics
                    if store.format == .text, !brief { printOut(text.protocolText(of: scenario, lines: lines)) }
                }
                if !found.isEmpty {
                    printError(found.map { terminal.diagnostics.text(for: $0) }.joined(separator: "\n"))
                }
                let isKept = found.allSatisfy { $0.severity != .error }
                if !isKept { failed += 1 }
                if store.format == .text { printOut(text.verdict(isKept: isKept, scenario: reading.value)) }
                played.append(text.json(of: reading.value, lines: lines, isKept: isKept, findings: found))
            }
            if store.format == .json { printOut(JSONText.array(played).pretty) }
            if failed > 0 { throw ExitCode(1) }
        }
    }

    /// In the engine alone, or as a case of the store.
    private func play(
        _ scenario: Scenario, _ terminal: Terminal
    ) async throws -> (lines: [ScenarioPlay.Line], diagnostics: [Diagnostic]) {
        guard let keepAs else {
            let play = scenario.play()
            return (play.lines, play.result.diagnostics)
        }
        let id = try CaseOffice.id(keepAs)
        var end: (lines: [ScenarioPlay.Line], diagnostics: [Diagnostic]) = ([], [])
        try await store.withOffice(terminal, creating: true) { office in
            let kept = try await office.orchestrator.play(scenario, as: id)
            end = (kept.lines, kept.result.diagnostics)
        }
        return end
    }
}
