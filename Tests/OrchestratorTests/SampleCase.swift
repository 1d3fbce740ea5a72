import CaseEngine
import Orchestrator
import Planning
import StoreConformance
import WorkCalendar
import WorkflowModel

/// A small project on a workflow written in a few lines, run in memory.
struct SampleCase {
    let store = InMemoryStore()
    let orchestrator: Orchestrator
    let publication: Publication
    let plan: Plan
    let id = CaseID("sample")!  // a valid id

    /// - Parameter stages: the YAML of the stages.
    init(_ stages: String) throws {
        let text = """
            workflow: sample
            version: "1"
            title: {zh: 样例, en: Sample}
            processType: 3
            source: assumed
            calendar: weekdays
            facts:
              floorArea: {type: number, unit: m2, default: 100}
            departments:
              planning: {zh: 规划, en: Planning}
              fire: {zh: 消防, en: Fire}
              water: {zh: 供水, en: Water}
            targets:
              - {id: t, limit: 30 wd, from: entered, to: completed, counts: [gov], source: assumed}
            stages:
            \(stages)
            """
        let reading = WorkflowFile.read(text, path: "sample.yaml")
        guard let workflow = reading.value else {
            throw Unreadable(text: DiagnosticRenderer(language: .en, isColoured: false).text(for: reading))
        }
        publication = Publication(workflow: workflow, text: text, calendar: .weekdays, calendarText: nil)
        plan = Plan.resolve(workflow, facts: workflow.resolvedFacts([:]))
        orchestrator = Orchestrator(store: store)
    }

    struct Unreadable: Error { let text: String }

    static let start = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    func open() async throws {
        _ = try await orchestrator.open(
            id, with: publication,
            project: Project(code: "2401-500000-04-01-000001", title: plan.workflow.title, owner: nil, facts: [:]),
            facts: plan.workflow.resolvedFacts([:]), on: Self.start, by: Actor(role: .applicant, name: "owner"),
            at: .officeClosing(of: Self.start))
    }

    /// Opens the case and runs it with parties, telling every step.
    func run(
        _ parties: any DepartmentConnector, deadline: Duration = .seconds(10),
        onStep: @escaping @Sendable (CaseRun.Step) async -> Void = { _ in }
    ) async throws -> CaseRun.End {
        try await open()
        return try await CaseRun(
            orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties, deadline: deadline),
            onStep: onStep
        ).run()
    }

    func parties(seed: UInt64, basis: SimulatedParties.Pace = .drawn) -> SimulatedParties {
        SimulatedParties(plan: plan, calendar: .weekdays, seed: seed, basis: basis)
    }

    var state: CaseState {
        get async throws { try await orchestrator.snapshot(of: id).state }
    }
}
