import Orchestrator
import WorkCalendar

/// A store in memory that counts its batches, can be held in the middle of one, and fails where a case's name says so:
/// `poison` refuses the batch, `busy-…` and `disk-…` fail it as a whole.
actor ScriptedStore: ForwardingStore {
    let base = InMemoryStore()
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
        return try await base.append(batch)
    }
}

/// A store in memory that works on several batches at a time, each for some turns, and sees whose are under way.
actor ParallelStore: ForwardingStore {
    let base = InMemoryStore()
    let transactionsAtATime: Int
    private(set) var underWay: [CaseID] = []
    private(set) var twiceUnderWay: Set<CaseID> = []
    private(set) var mostAtATime = 0
    private(set) var largest = 0
    private var atATime = 0
    private var heldCase: String?
    private var held: [CheckedContinuation<Void, Never>] = []

    init(transactionsAtATime: Int) { self.transactionsAtATime = transactionsAtATime }

    /// Batches with this case stop until ``release()``.
    func hold(_ name: String) { heldCase = name }

    func release() {
        heldCase = nil
        for continuation in held { continuation.resume() }
        held = []
    }

    func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        let cases = Set(batch.map(\.caseID))
        twiceUnderWay.formUnion(cases.intersection(underWay))
        underWay += cases
        atATime += 1
        (mostAtATime, largest) = (max(mostAtATime, atATime), max(largest, batch.count))
        defer {
            underWay.removeAll { cases.contains($0) }
            atATime -= 1
        }
        if let heldCase, cases.contains(where: { $0.text == heldCase }) {
            await withCheckedContinuation { held.append($0) }
        }
        for _ in 0..<(20 + batch.count % 7) { await Task.yield() }
        return try await base.append(batch)
    }
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
