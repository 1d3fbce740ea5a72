import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension CityOffice {
    /// The workflows under which a case can be opened today, each in the version in force: what the library says, and what
    /// cases go by already where it does not manage a workflow.
    func workflowsInForce() async throws -> [WorkflowDefinition] {
        let library = try await library.library()
        var versions: [String: String] = [:]
        for version in library.versions where versions[version.workflow] == nil {
            versions[version.workflow] = library.inForce(version.workflow, on: clock.today())?.version
        }
        for row in try await summaries(SummaryFilter(), limit: 500) where !library.manages(row.summary.workflow) {
            let version = row.summary.workflowVersion
            versions[row.summary.workflow] = max(versions[row.summary.workflow] ?? version, version)
        }
        var found: [WorkflowDefinition] = []
        for (id, version) in versions.sorted(by: { $0.key < $1.key }) {
            if let workflow = try await orchestrator.workflow(id, version: version) {
                found.append(workflow.definition)
            }
        }
        return found
    }

    /// The calendar that the office's cases count on, by its id; `nil` while no case uses it.
    func calendar(of workflow: WorkflowDefinition) async throws -> WorkCalendar? {
        if workflow.calendar == WorkCalendar.weekdays.id { return .weekdays }
        for row in try await summaries(SummaryFilter(), limit: 50) {
            let snapshot = try await orchestrator.snapshot(of: row.caseID)
            if snapshot.machine.calendar.id == workflow.calendar { return snapshot.machine.calendar }
        }
        return nil
    }

    /// Opens a case under a workflow in force.
    ///
    /// - Throws: `CaseRejection` when the id is in use; `Problem` when the office has no such calendar.
    func open(
        _ id: CaseID, _ workflow: WorkflowDefinition, project: Project, facts: [String: FactValue], by actor: Actor
    ) async throws {
        guard let text = try await store.definition("workflow.\(workflow.id)", version: workflow.version),
            let calendar = try await calendar(of: workflow)
        else {
            throw Problem.notFound("流程或其工作日历没有发布", "The workflow or its calendar is not published")
        }
        let calendarText = try await store.definition("calendar.\(calendar.id)", version: calendar.version)
        let publication = Publication(
            workflow: workflow, text: String(decoding: text.bytes, as: UTF8.self), calendar: calendar,
            calendarText: calendarText.map { String(decoding: $0.bytes, as: UTF8.self) })
        _ = try await orchestrator.open(
            id, with: publication, project: project, facts: facts, on: clock.today(), by: actor, at: clock.now())
        noteChange()
    }
}
