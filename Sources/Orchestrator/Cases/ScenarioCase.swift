import CaseEngine
import WorkCalendar
import WorkflowModel

/// A scenario that was played as a case and is kept.
public struct ScenarioCase: Sendable {
    public let lines: [ScenarioPlay.Line]
    public let result: FileReading<[ScenarioPlay.Line]>
}

extension Orchestrator {
    /// Plays a scenario as a case of its own, each step at its office's closing.
    ///
    /// - Throws: `OrchestratorError`, `StoreError`. A refusal is an outcome of the play.
    public func play(_ scenario: Scenario, as id: CaseID) async throws -> ScenarioCase {
        var play = ScenarioPlay(scenario)
        var machine = CaseMachine(plan: scenario.plan, calendar: scenario.calendar)
        var state = CaseState()
        while let act = play.next(machine: machine, state: state) {
            let number = play.lines.count
            do {
                let events = try await perform(act, number: number, of: scenario, as: id)
                let snapshot = try await snapshot(of: id)
                (machine, state) = (snapshot.machine, snapshot.state)
                play.record(.success(events), machine: machine, state: state)
            } catch let rejection as CaseRejection {
                play.record(.failure(rejection), machine: machine, state: state)
            }
        }
        return ScenarioCase(lines: play.lines, result: play.result)
    }

    private func perform(
        _ act: Scenario.Act, number: Int, of scenario: Scenario, as id: CaseID
    ) async throws -> [CaseEvent] {
        let at = Instant.officeClosing(of: act.on)
        if case .open = act.command {
            let publication = Publication(
                workflow: scenario.workflow, text: scenario.workflowText, calendar: scenario.calendar,
                calendarText: scenario.calendarText)
            return try await open(
                id, with: publication, project: scenario.project, facts: scenario.facts, on: act.on, by: act.by, at: at
            ).events
        }
        guard let key = CommandKey("scenario-\(number)") else { preconditionFailure("a valid key") }
        let command = try await published(act.command, of: scenario)
        return try await perform(
            command, on: id, key: key, by: act.by, on: act.on, at: at, .given(scenario.atHand)
        ).events
    }

    /// A change of rules names a text that is published, and by its hash.
    private func published(_ command: CaseCommand, of scenario: Scenario) async throws -> CaseCommand {
        for later in scenario.laterCalendars where command.changesRules {
            try await publish(.calendar(later.calendar, text: later.text))
        }
        guard case .migrate(let order) = command,
            let version = scenario.versions.first(where: { $0.workflow.version == order.version })
        else { return command }
        let text = PublishedText.workflow(version.workflow, text: version.text)
        try await publish(text)
        return .migrate(
            MigrationOrder(
                version: order.version, definition: text.hash.description, map: order.map, keep: order.keep,
                reason: order.reason))
    }
}
