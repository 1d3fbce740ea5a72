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
        return try await perform(act.command, on: id, key: key, by: act.by, on: act.on, at: at).events
    }
}
