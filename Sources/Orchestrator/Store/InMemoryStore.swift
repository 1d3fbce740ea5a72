import WorkCalendar

/// A store in memory: ``StoreContents`` behind an actor. Keeps nothing when the process ends.
public actor InMemoryStore: EventStore {
    var contents = StoreContents()
    var records = TransientContents()
    var jobs = JobContents()
    /// What the ends of leases are compared with.
    let clock: @Sendable () -> Instant
    private var isClosed = false

    /// - Parameter clock: the time by which leases end.
    public init(clock: @escaping @Sendable () -> Instant = { .now }) { self.clock = clock }

    func checkOpen(_ operation: String) throws(StoreError) {
        if isClosed { throw StoreError(.closed, operation: operation, underlying: "the store was closed") }
    }

    public func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        try checkOpen("append")
        return try contents.append(batch)
    }

    public func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try checkOpen("events")
        return contents.events(of: caseID, after: sequence, limit: limit)
    }

    public func head(of caseID: CaseID) async throws(StoreError) -> Head? {
        try checkOpen("head")
        return contents.head(of: caseID)
    }

    public func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer? {
        try checkOpen("answer")
        return contents.answer(of: caseID, to: key)
    }

    public func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary? {
        try checkOpen("summary")
        return contents.summary(of: caseID)
    }

    public func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredSummary] {
        try checkOpen("summaries")
        return contents.summaries(matching: filter, after: cursor, limit: limit)
    }

    public func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) async throws(StoreError) -> [DueTimer] {
        try checkOpen("dueTimers")
        return contents.dueTimers(through: date, after: cursor, limit: limit)
    }

    public func waitingReceivers() async throws(StoreError) -> [String] {
        try checkOpen("waitingReceivers")
        return contents.waitingReceivers()
    }

    public func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) async throws(StoreError) -> [OutboxMessage] {
        try checkOpen("waitingMessages")
        return contents.waitingMessages(for: receiver, at: now, limit: limit)
    }

    @discardableResult
    public func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease?) async throws(StoreError) -> Bool {
        try checkOpen("markDelivered")
        return contents.markDelivered(messages, under: lease)
    }

    @discardableResult
    public func markFailed(
        _ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease?
    ) async throws(StoreError) -> Bool {
        try checkOpen("markFailed")
        return contents.markFailed(message, reason: reason, retryAt: retryAt, under: lease)
    }

    public func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage] {
        try checkOpen("deadLetters")
        return contents.deadLetters(after: cursor, limit: limit)
    }

    public func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool {
        try checkOpen("requeue")
        return contents.requeue(message)
    }

    @discardableResult
    public func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool {
        try checkOpen("putDefinition")
        return try contents.putDefinition(definition)
    }

    public func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        try checkOpen("definition")
        return contents.definition(id, version: version)
    }

    public func close() async throws(StoreError) {
        isClosed = true
    }
}
