import CaseEngine
import WorkCalendar
import WorkflowModel

extension LibraryEvent: OfficeEvent {
    public static var schema: Int { 1 }
}

extension DefinitionLibrary: OfficeLedger {
    public static var streamName: String { "definitions" }
}

/// The library of definitions in a store (流程版本库): its log, and the texts of drafts beside the published ones.
public struct LibraryDesk: Sendable {
    private let store: any EventStore
    private let orchestrator: Orchestrator
    private let stream: OfficeStream<DefinitionLibrary>

    public init(store: any EventStore, orchestrator: Orchestrator) {
        self.store = store
        self.orchestrator = orchestrator
        stream = OfficeStream(store: store)
    }

    public func library() async throws -> DefinitionLibrary { try await stream.ledger() }

    /// Everything that happened, in order.
    public func events() async throws -> [LibraryEvent] { try await stream.events() }

    /// Keeps a draft's text and notes that it was submitted.
    public func submit(
        _ workflow: WorkflowDefinition, text: String, effective: LocalDate, means: [ReformMeans], note: String,
        key: CommandKey, in context: CaseContext, at: Instant
    ) async throws -> [LibraryEvent] {
        let published = PublishedText.workflow(workflow, text: text)
        let draft = LibraryDraft(
            workflow: workflow.id, version: workflow.version, definition: published.hash.description,
            effective: effective, means: means, note: note)
        // Refused before anything is kept.
        _ = try await library().decide(.submit(draft: draft), in: context)
        try await store.putDefinition(
            StoredDefinition(
                id: Self.draftID(workflow.id), version: draft.definition, contentHash: published.hash,
                bytes: [UInt8](text.utf8)))
        return try await stream.perform(.submit(draft: draft), key: key, in: context, at: at)
    }

    /// Publishes a draft's text for good and notes that it was released.
    public func release(
        _ workflow: String, version: String, key: CommandKey, in context: CaseContext, at: Instant
    ) async throws -> [LibraryEvent] {
        let library = try await library()
        guard let draft = library[workflow, version] else {
            throw LibraryRejection.unknownVersion(workflow: workflow, version: version)
        }
        let command = LibraryCommand.release(workflow: workflow, version: version, definition: draft.definition)
        if draft.releasedOn == nil { _ = try library.decide(command, in: context) }
        let (definition, text) = try await self.draft(draft)
        let published = PublishedText.workflow(definition, text: text)
        try await orchestrator.publish(published)
        return try await stream.perform(command, key: key, in: context, at: at)
    }

    public func withdraw(
        _ workflow: String, version: String, reason: String, key: CommandKey, in context: CaseContext, at: Instant
    ) async throws -> [LibraryEvent] {
        try await stream.perform(
            .withdraw(workflow: workflow, version: version, reason: reason), key: key, in: context, at: at)
    }

    /// The text of a version of the library, released or not, and what it says.
    public func draft(_ version: LibraryVersion) async throws -> (definition: WorkflowDefinition, text: String) {
        let name = "\(Self.draftID(version.workflow)) \(version.version)"
        guard let stored = try await store.definition(Self.draftID(version.workflow), version: version.definition)
        else { throw OrchestratorError.unknownDefinition(name) }
        let text = String(decoding: stored.bytes, as: UTF8.self)
        guard let definition = WorkflowFile.read(text, path: name).value else {
            throw OrchestratorError.unreadableDefinition(name)
        }
        return (definition, text)
    }

    /// Refuses a version that is not in force on a date, if the library keeps that workflow.
    public func requireInForce(_ workflow: String, version: String, definition: String, on date: LocalDate) async throws
    {
        let library = try await library()
        guard library.manages(workflow) else { return }
        guard let current = library.inForce(workflow, on: date) else {
            throw LibraryRejection.noneInForce(workflow: workflow, on: date)
        }
        guard current.version == version, current.definition == definition else {
            throw LibraryRejection.notInForce(workflow: workflow, version: version, on: date)
        }
    }

    /// Drafts lie beside the published texts, each under its own hash, so that a draft may be edited.
    private static func draftID(_ workflow: String) -> String { "draft.workflow.\(workflow)" }
}
