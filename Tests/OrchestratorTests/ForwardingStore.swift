import Orchestrator
import WorkCalendar

/// A store that passes everything on to a store in memory; what a test does otherwise it writes itself.
protocol ForwardingStore: EventStore {
    var base: InMemoryStore { get }
}

extension ForwardingStore {
    func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] { try await base.append(batch) }

    func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try await base.events(of: caseID, after: sequence, limit: limit)
    }

    func head(of caseID: CaseID) async throws(StoreError) -> Head? { try await base.head(of: caseID) }

    func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer? {
        try await base.answer(of: caseID, to: key)
    }

    func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary? { try await base.summary(of: caseID) }

    func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredSummary] {
        try await base.summaries(matching: filter, after: cursor, limit: limit)
    }

    func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) async throws(StoreError) -> [DueTimer] {
        try await base.dueTimers(through: date, after: cursor, limit: limit)
    }

    func waitingReceivers() async throws(StoreError) -> [String] { try await base.waitingReceivers() }

    func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) async throws(StoreError) -> [OutboxMessage] {
        try await base.waitingMessages(for: receiver, at: now, limit: limit)
    }

    func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease?) async throws(StoreError) -> Bool {
        try await base.markDelivered(messages, under: lease)
    }

    func markFailed(
        _ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease?
    ) async throws(StoreError) -> Bool {
        try await base.markFailed(message, reason: reason, retryAt: retryAt, under: lease)
    }

    func count(matching filter: SummaryFilter) async throws(StoreError) -> Int {
        try await base.count(matching: filter)
    }

    func tasks(
        of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        try await base.tasks(of: party, filter, after: cursor, limit: limit)
    }

    func taskCount(
        of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate
    ) async throws(StoreError) -> TaskCount {
        try await base.taskCount(of: party, filter, today: today, horizon: horizon)
    }

    func definitions(after cursor: DefinitionEntry?, limit: Int) async throws(StoreError) -> [DefinitionEntry] {
        try await base.definitions(after: cursor, limit: limit)
    }

    func latestPosition() async throws(StoreError) -> Int64 { try await base.latestPosition() }

    func changedCases(after position: Int64, limit: Int) async throws(StoreError) -> [ChangedCase] {
        try await base.changedCases(after: position, limit: limit)
    }

    func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage] {
        try await base.deadLetters(after: cursor, limit: limit)
    }

    func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool { try await base.requeue(message) }

    func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool {
        try await base.putDefinition(definition)
    }

    func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        try await base.definition(id, version: version)
    }

    func close() async throws(StoreError) { try await base.close() }
}
