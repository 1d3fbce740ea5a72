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
    var waitUntil: @Sendable (LocalDate) async throws -> Void
    let logger: Logger

    /// Plays everything up to the opening day, at once. Nobody else may let time pass in these cases meanwhile.
    func playHistory() async {
        var past = self
        past.waitUntil = { [opensOn] in if $0 > opensOn { throw CancellationError() } }
        await past.play(DemoProject.all.filter { $0.enters <= 0 })
    }

    /// Lives until it is cancelled.
    func live() async { await play(DemoProject.all) }

    /// A project that cannot go on is told in the log and left alone.
    private func play(_ projects: [DemoProject]) async {
        // A workflow is read once, however many projects it governs.
        var read: [String: Result<ReadWorkflow, any Error>] = [:]
        for name in projects.map(\.workflow) where read[name] == nil { read[name] = Result { try readWorkflow(name) } }
        await withDiscardingTaskGroup { group in
            for project in projects {
                guard let workflow = read[project.workflow] else { continue }
                group.addTask {
                    do {
                        try await play(project, under: workflow.get())
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

    private func play(_ project: DemoProject, under workflow: ReadWorkflow) async throws {
        let entered = opensOn.adding(days: project.enters)
        try await waitUntil(entered)
        let inputs = try inputs(of: project, under: workflow)
        let id = try CaseOffice.id(inputs.defaultID)
        _ = try await orchestrator.open(
            id, with: inputs.publication, project: inputs.project, facts: inputs.facts, on: entered,
            by: Actor(role: .applicant, name: inputs.applicant), at: .officeClosing(of: entered))
        let parties = DemoParties(
            city: self, project: project,
            simulated: SimulatedParties(plan: inputs.plan, calendar: inputs.calendar, seed: seed(of: project)))
        let run = CaseRun(
            orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties),
            onDay: { last, next in
                if let day = project.trouble?.act.map({ opensOn.adding(days: $0.day) }), last < day, day < next {
                    try await waitUntil(day)
                    try await act(in: id, of: project, by: day)
                }
                try await waitUntil(next)
                try await act(in: id, of: project, by: next)
            })
        var looked = opensOn
        while true {
            do {
                guard case .stuck = try await run.run() else { return }
            } catch CaseRejection.dateBeforeLast {
                // Somebody else, or the clock itself, was ahead; goes on from there.
            }
            // Somebody has to act; looked at again when the next day begins.
            looked = max(looked, try await orchestrator.snapshot(of: id).state.asOf ?? looked).adding(days: 1)
            try await waitUntil(looked)
            try await act(in: id, of: project, by: looked)
        }
    }

    /// What is done in a project's trouble beside answers, once its day has come; done again it has no effect.
    private func act(in id: CaseID, of project: DemoProject, by day: LocalDate) async throws {
        guard let act = project.trouble?.act, let key = CommandKey("demo.trouble"),
            opensOn.adding(days: act.day) <= day
        else { return }
        let known = try await orchestrator.snapshot(of: id).state.asOf ?? day
        let date = max(known, opensOn.adding(days: act.day))
        _ = try await orchestrator.perform(
            .supervise(act.command), on: id, key: key, by: Actor(role: act.role, name: project.owner.zh), on: date,
            at: .officeClosing(of: date))
    }

    private func readWorkflow(_ name: String) throws -> ReadWorkflow {
        let path = files.library.appendingPathComponent(name + ".yaml").path
        let workflow = try files.workflow(path)
        let source = try files.calendarSource(workflow.calendar, beside: path)
        return ReadWorkflow(
            publication: Publication(
                workflow: workflow, text: try files.text(path), calendar: source.calendar, calendarText: source.text),
            calendar: source.calendar)
    }

    private func inputs(of project: DemoProject, under workflow: ReadWorkflow) throws -> CaseInputs {
        let file = try files.value(of: ProjectFile.read(project.file, path: project.code), path: project.code)
        let facts = try files.value(of: file.facts(for: workflow.publication.workflow), path: project.code)
        return CaseInputs(
            publication: workflow.publication, project: file.project, facts: facts, calendar: workflow.calendar)
    }

    private func seed(of project: DemoProject) -> UInt64 {
        project.code.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }  // FNV-1a
    }
}

/// A workflow of the library with its calendar.
private struct ReadWorkflow: Sendable {
    let publication: Publication
    let calendar: WorkCalendar
}

/// Departments that answer by themselves, and from the opening day on perhaps leave what is asked to people.
private struct DemoParties: DepartmentConnector {
    let city: DemoCity
    let project: DemoProject
    let simulated: SimulatedParties

    func deliver(_ dispatch: Dispatch) async throws -> Delivery {
        if project.isLeftToPeople, dispatch.request.since >= city.opensOn { return .posted }
        let usual = try await simulated.deliver(dispatch)
        guard case .answer(let answer) = usual else { return usual }
        return project.trouble?.answer(dispatch.request, usual: answer, in: city, on: simulated.calendar) ?? usual
    }
}
