import Orchestrator
import WorkCalendar

/// A store in memory on which appends go wrong as they are told to: the way networks and disks do.
actor FaultyStore: ForwardingStore {
    /// What happens to one transaction.
    enum Fault: Hashable, CaseIterable {
        case none
        /// It is stored, and nobody hears of it.
        case answerLost
        /// It is refused and nothing is stored.
        case refused
        /// Others get on a good deal before it is stored.
        case slow
    }

    let base: InMemoryStore
    private let fault: @Sendable (_ append: Int) -> Fault
    private var appends = 0
    private(set) var reads = 0
    private(set) var eventsRead = 0
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var readsFail = false
    private var edited: [String: [UInt8]] = [:]

    /// - Parameter fault: of each transaction by its number, from 0.
    init(_ base: InMemoryStore = InMemoryStore(), fault: @escaping @Sendable (_ append: Int) -> Fault = { _ in .none })
    {
        self.base = base
        self.fault = fault
    }

    /// Appends stop before they do anything, until they are released.
    func hold() { isHeld = true }

    /// Returns when an append has stopped.
    func untilHeld() async { while held.isEmpty { await Task.yield() } }

    func release() {
        isHeld = false
        for continuation in held { continuation.resume() }
        held = []
    }

    func failReads(_ fail: Bool) { readsFail = fail }

    /// Somebody edits a published text in the database.
    func edit(_ definition: String, _ text: String) { edited[definition] = Array(text.utf8) }

    func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        let number = appends
        appends += 1
        if isHeld { await withCheckedContinuation { held.append($0) } }
        switch fault(number) {
        case .none: return try await base.append(batch)
        case .slow:
            for _ in 0..<200 { await Task.yield() }
            return try await base.append(batch)
        case .answerLost:
            _ = try await base.append(batch)
            throw StoreError(.unavailable, operation: "append", underlying: "connection lost after commit")
        case .refused: throw StoreError(.unavailable, operation: "append", underlying: "busy")
        }
    }

    func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        reads += 1
        if readsFail { throw StoreError(.unavailable, operation: "events", underlying: "busy") }
        let events = try await base.events(of: caseID, after: sequence, limit: limit)
        eventsRead += events.count
        return events
    }

    func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        var definition = try await base.definition(id, version: version)
        if let text = edited[id] { definition?.bytes = text }
        return definition
    }
}
