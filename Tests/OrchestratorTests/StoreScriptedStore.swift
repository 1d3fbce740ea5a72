import Orchestrator
import WorkCalendar

/// A store in memory that counts its batches, can be held in the middle of one, and fails where a case's name says so:
/// `poison` refuses the batch, `busy-…` and `disk-…` fail it as a whole.
actor ScriptedStore: EventStore {
    private let store = InMemoryStore()
    private(set) var batches: [Int] = []
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    /// The next append stops before it does anything.
    func hold() { isHeld = true }

    func waitUntilHeld() async {
        if held.isEmpty { await withCheckedContinuation { watchers.append($0) } }
    }

    func release() {
        isHeld = false
        for continuation in held { continuation.resume() }
        held = []
    }

    func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        batches.append(batch.count)
        if isHeld {
            await withCheckedContinuation { continuation in
                held.append(continuation)
                for watcher in watchers { watcher.resume() }
                watchers = []
            }
        }
        for request in batch {
            let name = request.caseID.text
            if name == "poison" { throw StoreError(.rejected, operation: "append", underlying: "poison") }
            if name.hasPrefix("busy") { throw StoreError(.unavailable, operation: "append", underlying: "busy") }
            if name.hasPrefix("disk") { throw StoreError(.diskFailed, operation: "append", underlying: "no disk") }
        }
        return try await store.append(batch)
    }

    func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try await store.events(of: caseID, after: sequence, limit: limit)
    }

    func head(of caseID: CaseID) async throws(StoreError) -> Head? { try await store.head(of: caseID) }

    func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer? {
        try await store.answer(of: caseID, to: key)
    }

    func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary? {
        try await store.summary(of: caseID)
    }

    func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredSummary] {
        try await store.summaries(matching: filter, after: cursor, limit: limit)
    }

    func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) async throws(StoreError) -> [DueTimer] {
        try await store.dueTimers(through: date, after: cursor, limit: limit)
    }

    func waitingReceivers() async throws(StoreError) -> [String] { try await store.waitingReceivers() }

    func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) async throws(StoreError) -> [OutboxMessage] {
        try await store.waitingMessages(for: receiver, at: now, limit: limit)
    }

    func markDelivered(_ messages: [OutboxMessage.ID]) async throws(StoreError) {
        try await store.markDelivered(messages)
    }

    func markFailed(_ message: OutboxMessage.ID, reason: String, retryAt: Instant?) async throws(StoreError) {
        try await store.markFailed(message, reason: reason, retryAt: retryAt)
    }

    func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage] {
        try await store.deadLetters(after: cursor, limit: limit)
    }

    func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool { try await store.requeue(message) }

    func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool {
        try await store.putDefinition(definition)
    }

    func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        try await store.definition(id, version: version)
    }

    func close() async throws(StoreError) { try await store.close() }
}

extension AppendRequest {
    /// A request with one event.
    static func opening(_ name: String, at version: Int = 0, key: String = "k", payload: Int = 10) -> AppendRequest {
        guard let caseID = CaseID(name), let key = CommandKey(key) else { preconditionFailure("bad sample") }
        let day = LocalDate(dayNumber: 20_000)
        return AppendRequest(
            caseID: caseID, expectedVersion: version, key: key,
            events: [
                NewEvent(
                    kind: "noted", on: day, at: Instant(milliseconds: 0), actor: "officer",
                    payload: [UInt8](repeating: 7, count: payload))
            ],
            summary: CaseSummary(
                workflow: "w", workflowVersion: "1", title: name, status: "open", openedOn: day, updatedOn: day))
    }
}
