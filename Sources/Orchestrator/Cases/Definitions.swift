import CaseEngine
import WorkCalendar
import WorkflowModel

/// The published texts that cases were opened with, by id and version, and the rules made from them.
///
/// A case keeps the version that it opened with: its text is in the store, whatever becomes of the file.
actor Definitions {
    private let store: any EventStore
    private var workflows: [String: (definition: WorkflowDefinition, hash: String)] = [:]
    private var calendars: [String: WorkCalendar] = [:]
    /// What this process has published: the store keeps it for good.
    private var published: Set<[String]> = []
    /// Rules by everything they depend on, which is all of an opening but the project's name.
    private var machines: [Governing: CaseMachine] = [:]

    private struct Governing: Hashable {
        let definition: String
        let calendar: String
        let facts: [String: FactValue]
        let works: [Work]
    }

    /// Projects share rules when their facts are equal; a bound keeps a store of unequal ones from filling memory.
    private static let machineLimit = 256

    init(store: any EventStore) { self.store = store }

    /// Stores what a case opens with.
    ///
    /// - Throws: `OrchestratorError.otherTextPublished` when this id and version have another text.
    func publish(_ definition: PublishedText) async throws {
        // By its hash: the text is long, and every opening asks.
        let name = [definition.storeID, definition.version, definition.hash.description]
        guard !published.contains(name) else { return }
        do throws(StoreError) {
            try await store.putDefinition(definition.stored)
        } catch {
            guard error.code == .definitionConflict else { throw error }
            throw OrchestratorError.otherTextPublished("\(definition.storeID) \(definition.version)")
        }
        published.insert(name)
    }

    /// The rules of a case, from what it opened with.
    ///
    /// - Throws: `OrchestratorError.definitionChanged` when the store's text is not the one that the case names by its
    ///   hash.
    func machine(for opening: CaseOpening) async throws -> CaseMachine {
        let workflow = try await workflow(opening.workflow, version: opening.version)
        guard workflow.hash == opening.definition else {
            throw OrchestratorError.definitionChanged("workflow.\(opening.workflow) \(opening.version)")
        }
        let governing = Governing(
            definition: "\(opening.workflow) \(opening.version) \(opening.definition)",
            calendar: "\(opening.calendar) \(opening.calendarVersion)", facts: opening.facts,
            works: opening.works)
        if let known = machines[governing] { return known }
        let calendar = try await calendar(opening.calendar, version: opening.calendarVersion)
        let definition = workflow.definition.divided(into: opening.works, facts: opening.facts)
        let machine = CaseMachine(plan: Plan.resolve(definition, facts: opening.facts), calendar: calendar)
        if machines.count >= Self.machineLimit { machines.removeAll() }
        machines[governing] = machine
        return machine
    }

    private func workflow(_ id: String, version: String) async throws -> (definition: WorkflowDefinition, hash: String)
    {
        let name = "workflow.\(id) \(version)"
        if let known = workflows[name] { return known }
        guard let text = try await text("workflow.\(id)", version: version) else {
            throw OrchestratorError.unknownDefinition(name)
        }
        guard let workflow = WorkflowFile.read(text, path: name).value else {
            throw OrchestratorError.unreadableDefinition(name)
        }
        let read = (workflow, PublishedText.workflow(workflow, text: text).hash.description)
        workflows[name] = read
        return read
    }

    private func calendar(_ id: String, version: String) async throws -> WorkCalendar {
        let name = "calendar.\(id) \(version)"
        if let known = calendars[name] { return known }
        if let text = try await text("calendar.\(id)", version: version) {
            guard let calendar = CalendarFile.read(text, path: name).value else {
                throw OrchestratorError.unreadableDefinition(name)
            }
            calendars[name] = calendar
            return calendar
        }
        // Plain weekdays need no text.
        guard id == WorkCalendar.weekdays.id, version == WorkCalendar.weekdays.version else {
            throw OrchestratorError.unknownDefinition(name)
        }
        return .weekdays
    }

    private func text(_ id: String, version: String) async throws -> String? {
        try await store.definition(id, version: version).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}
