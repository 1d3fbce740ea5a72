import CaseEngine
import Foundation
import Logging
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// A small lively city (示范城市): projects in every state of work, whose departments answer by themselves at the pace of
/// the office's clock, and some that wait for whoever has signed in.
///
/// What lies before the opening day is played at once, and then every day when the clock reaches it. Everything is drawn
/// from the project's code, so a city that was stopped goes on where it was.
struct DemoCity: Sendable {
    let orchestrator: Orchestrator
    let files: Files
    /// The first day that the clock shows.
    let opensOn: LocalDate
    /// Returns when the office's date is that day or a later one.
    let waitUntil: @Sendable (LocalDate) async throws -> Void
    let logger: Logger

    /// Lives until it is cancelled. A project that cannot go on is told in the log and left alone.
    func live() async {
        await withDiscardingTaskGroup { group in
            for project in DemoProject.all {
                group.addTask {
                    do {
                        try await live(project)
                    } catch is CancellationError {
                    } catch {
                        logger.error(
                            "a project of the demonstration stands still",
                            metadata: ["project": "\(project.code)", "error": "\(error)"])
                    }
                }
            }
        }
    }

    private func live(_ project: DemoProject) async throws {
        let entered = opensOn.adding(days: project.enters)
        try await waitUntil(entered)
        let inputs = try inputs(of: project)
        let id = try CaseOffice.id(inputs.defaultID)
        _ = try await orchestrator.open(
            id, with: inputs.publication, project: inputs.project, facts: inputs.facts, on: entered,
            by: Actor(role: .applicant, name: inputs.applicant), at: .officeClosing(of: entered))
        let parties = DemoParties(
            simulated: SimulatedParties(plan: inputs.plan, calendar: inputs.calendar, seed: seed(of: project)),
            opensOn: project.isLeftToPeople ? opensOn : nil)
        let run = CaseRun(
            orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties),
            onDay: { _, next in try await waitUntil(next) })
        var looked = opensOn
        while case .stuck = try await run.run() {
            // Somebody has to act; looked at again when the next day begins.
            looked = max(looked, try await orchestrator.snapshot(of: id).state.asOf ?? looked).adding(days: 1)
            try await waitUntil(looked)
        }
    }

    private func inputs(of project: DemoProject) throws -> CaseInputs {
        let path = files.library.appendingPathComponent(project.workflow + ".yaml").path
        let workflow = try files.workflow(path)
        let file = try files.value(of: ProjectFile.read(project.file, path: project.code), path: project.code)
        let facts = try files.value(of: file.facts(for: workflow), path: project.code)
        let source = try files.calendarSource(workflow.calendar, beside: path)
        return CaseInputs(
            publication: Publication(
                workflow: workflow, text: try files.text(path), calendar: source.calendar, calendarText: source.text),
            project: file.project, facts: facts, calendar: source.calendar)
    }

    private func seed(of project: DemoProject) -> UInt64 {
        project.code.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }  // FNV-1a
    }
}

/// Departments that answer by themselves, and from the opening day on perhaps leave what is asked to people.
private struct DemoParties: DepartmentConnector {
    let simulated: SimulatedParties
    /// From when on people answer; `nil` for never.
    let opensOn: LocalDate?

    func deliver(_ dispatch: Dispatch) async throws -> Delivery {
        if let opensOn, dispatch.request.since >= opensOn { return .posted }
        return try await simulated.deliver(dispatch)
    }
}
