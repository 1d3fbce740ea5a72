import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension CityOffice {
    /// The workflows under which a case can be opened today, each in the version that is in force, by their ids.
    func workflowsInForce() async throws -> [WorkflowDefinition] {
        let library = try await library.library()
        let ids = Set(shipped.workflows.keys).union(library.versions.map(\.workflow))
        var found: [WorkflowDefinition] = []
        for id in ids.sorted() {
            // One whose versions are all still to come is none that a case can be opened under.
            if library.manages(id), library.inForce(id, on: clock.today) == nil { continue }
            found.append(try await definition(of: id, version: nil, on: clock.today).definition)
        }
        return found
    }

    /// Opens a case under the version of a workflow that is in force.
    ///
    /// - Throws: `CaseRejection` when the id is in use.
    func open(
        _ id: CaseID, _ workflow: String, project: Project, facts: [String: FactValue], by actor: Actor
    ) async throws {
        let publication = try await publication(of: workflow, version: nil, on: clock.today)
        _ = try await orchestrator.open(
            id, with: publication, project: project, facts: facts, on: clock.today, by: actor, at: clock.now)
        noteChange()
    }
}
