import CaseEngine
import Foundation
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Scenarios through an orchestrator")
struct ScenarioRunTests {
    static let names: [String] = try! ProjectFiles.files(in: "Fixtures/scenarios", extension: "yaml")
        .map(\.lastPathComponent)

    private static let library = ScenarioLibrary { try? ProjectFiles.text("Workflows/\($0)") }

    @Test("A scenario comes out the same through an orchestrator, and again from its log", arguments: names)
    func plays(name: String) async throws {
        let path = "Fixtures/scenarios/\(name)"
        let reading = ScenarioFile.read(try ProjectFiles.text(path), path: path, library: Self.library)
        let scenario = try #require(reading.value, "\(reading.diagnostics.map(\.message.en))")
        let store = InMemoryStore()
        let id = try #require(CaseID(scenario.id))
        var play = ScenarioPlay(scenario)
        var count = 0
        for (number, entry) in scenario.registry.enumerated() {
            _ = try await Orchestrator(store: store).enter(
                entry.entry, key: try #require(CommandKey("entry-\(number)")), by: entry.by, on: entry.on,
                at: .officeClosing(of: entry.on))
        }
        // A new process each time: what was in memory is gone, and all comes from the log.
        var orchestrator = Orchestrator(store: store, archive: scenario.atHand)
        var machine = CaseMachine(plan: scenario.plan, calendar: scenario.calendar)
        var state = CaseState()
        while let act = play.next(machine: machine, state: state) {
            count += 1
            // Long stories change processes now and then.
            if count < 50 || count.isMultiple(of: 40) {
                orchestrator = Orchestrator(store: store, archive: scenario.atHand)
            }
            let outcome = try await Self.outcome(of: act, in: scenario, number: count, on: id, orchestrator)
            guard let snapshot = try? await orchestrator.snapshot(of: id) else { break }
            (machine, state) = (snapshot.machine, snapshot.state)
            play.record(outcome, machine: machine, state: state)
        }
        let result = play.result
        #expect(result.value != nil, "\(result.diagnostics.map { "\($0.place.span.start.line): \($0.message.en)" })")
    }

    private static func outcome(
        of act: Scenario.Act, in scenario: Scenario, number: Int, on id: CaseID, _ orchestrator: Orchestrator
    ) async throws -> ScenarioPlay.Outcome {
        let at = Instant.officeClosing(of: act.on)
        do {
            if case .open = act.command {
                let publication = Publication(
                    workflow: scenario.workflow, text: scenario.workflowText, calendar: scenario.calendar,
                    calendarText: scenario.calendarText)
                return .success(
                    try await orchestrator.open(
                        id, with: publication, project: scenario.project, facts: scenario.facts, on: act.on,
                        by: act.by, at: at
                    ).events)
            }
            let key = try #require(CommandKey("step-\(number)"))
            let command = try await published(act.command, of: scenario, orchestrator)
            return .success(
                try await orchestrator.perform(command, on: id, key: key, by: act.by, on: act.on, at: at).events)
        } catch let rejection as CaseRejection {
            return .failure(rejection)
        }
    }

    /// A change of rules names a text that is published, and by its hash.
    private static func published(
        _ command: CaseCommand, of scenario: Scenario, _ orchestrator: Orchestrator
    ) async throws -> CaseCommand {
        for later in scenario.laterCalendars where command.changesRules {
            try await orchestrator.publish(.calendar(later.calendar, text: later.text))
        }
        guard case .migrate(let order) = command,
            let version = scenario.versions.first(where: { $0.workflow.version == order.version })
        else { return command }
        let text = PublishedText.workflow(version.workflow, text: version.text)
        try await orchestrator.publish(text)
        return .migrate(
            MigrationOrder(
                version: order.version, definition: text.hash.description, map: order.map, keep: order.keep,
                reason: order.reason))
    }
}
