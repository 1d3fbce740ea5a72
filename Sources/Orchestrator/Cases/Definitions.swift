import CaseEngine
import WorkCalendar
import WorkflowModel

/// The published texts that cases go by, by id and version, and the rules made from them.
///
/// A case keeps the version that it goes by: its text is in the store, whatever becomes of the file.
actor Definitions {
    private let store: any EventStore
    /// What has been read so far.
    nonisolated let rules = RuleBook()
    /// What this process has published: the store keeps it for good.
    private var published: Set<[String]> = []

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

    /// The rules of a case, from what governs it.
    ///
    /// - Throws: `OrchestratorError.definitionChanged` when the store's text is not the one that the case names by its
    ///   hash.
    func machine(for governing: CaseGoverning) async throws -> CaseMachine {
        if let known = rules.known(governing) { return known }
        let versions = [(governing.version, governing.definition)] + governing.kept.map { ($0.version, $0.definition) }
        for (version, hash) in versions {
            guard try await loadWorkflow(governing.workflow, version: version) == hash else {
                throw OrchestratorError.definitionChanged("workflow.\(governing.workflow) \(version)")
            }
        }
        for version in [governing.calendarVersion] + governing.laterCalendars.map(\.version) {
            try await loadCalendar(governing.calendar, version: version)
        }
        guard let machine = rules.machine(for: governing) else {
            throw OrchestratorError.unreadableDefinition("calendar.\(governing.calendar) \(governing.newestCalendar)")
        }
        return machine
    }

    /// Reads the texts that a command which changes the rules of a case names; those that are not published are left
    /// out, and the decision says so.
    func read(for command: CaseCommand, of workflow: String) async throws {
        do {
            switch command {
            case .migrate(let order): _ = try await loadWorkflow(workflow, version: order.version)
            case .changeCalendar(let order): try await loadCalendar(order.calendar, version: order.version)
            default: break
            }
        } catch let error as OrchestratorError {
            guard case .unknownDefinition = error else { throw error }
        }
    }

    /// A published version of a workflow with its hash; `nil` when there is none.
    func workflow(_ id: String, version: String) async throws -> (definition: WorkflowDefinition, hash: String)? {
        do {
            let hash = try await loadWorkflow(id, version: version)
            return rules.workflow(id, version, hash).map { ($0, hash) }
        } catch OrchestratorError.unknownDefinition {
            return nil
        }
    }

    /// - Returns: the hash of the text.
    @discardableResult
    private func loadWorkflow(_ id: String, version: String) async throws -> String {
        if let known = rules.hash(of: id, version) { return known }
        let name = "workflow.\(id) \(version)"
        guard let text = try await text("workflow.\(id)", version: version) else {
            throw OrchestratorError.unknownDefinition(name)
        }
        guard let workflow = WorkflowFile.read(text, path: name).value else {
            throw OrchestratorError.unreadableDefinition(name)
        }
        let hash = PublishedText.workflow(workflow, text: text).hash.description
        rules.put(workflow, id, version, hash)
        return hash
    }

    /// A published version of a calendar; `nil` when there is none.
    func calendar(_ id: String, version: String) async throws -> WorkCalendar? {
        do {
            try await loadCalendar(id, version: version)
        } catch OrchestratorError.unknownDefinition {
            return nil
        }
        return rules.calendar(id, version)
    }

    private func loadCalendar(_ id: String, version: String) async throws {
        guard !rules.hasCalendar(id, version) else { return }
        let name = "calendar.\(id) \(version)"
        if let text = try await text("calendar.\(id)", version: version) {
            guard let calendar = CalendarFile.read(text, path: name).value else {
                throw OrchestratorError.unreadableDefinition(name)
            }
            rules.put(calendar, id, version)
            return
        }
        // Plain weekdays need no text.
        guard id == WorkCalendar.weekdays.id, version == WorkCalendar.weekdays.version else {
            throw OrchestratorError.unknownDefinition(name)
        }
        rules.put(.weekdays, id, version)
    }

    private func text(_ id: String, version: String) async throws -> String? {
        try await store.definition(id, version: version).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}
