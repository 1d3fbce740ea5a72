import CaseEngine
import Crypto
import Synchronization
import WorkCalendar

/// The registry as its stream has it (名册), kept in memory and brought up to date from time to time.
///
/// An entry made through this desk is seen at once; one that another process made, when the stream is looked at again.
/// What a decision used says at which entry it stood, so a third party sees which it knew.
final class RegistryDesk: Sendable {
    private let store: any EventStore
    private let committer: GroupCommitter
    /// How old what is known may be.
    private let maximumAge: Duration
    private let kept: Mutex<Kept>

    private struct Kept {
        var registry = Registry()
        var standing = Standing.unregistered
        var head = Head.empty
        /// When the stream was looked at; `nil` before the first time.
        var asOf: ContinuousClock.Instant?
    }

    private static let attempts = 32
    private static let pageSize = 1000

    init(store: any EventStore, committer: GroupCommitter, maximumAge: Duration) {
        self.store = store
        self.committer = committer
        self.maximumAge = maximumAge
        self.kept = Mutex(Kept())
    }

    /// What the registry says now, no older than it may be.
    func standing() async throws -> Standing {
        let known = kept.withLock { kept in
            kept.asOf.map { ContinuousClock.now - $0 < maximumAge } == true ? kept.standing : nil
        }
        if let known { return known }
        try await refresh()
        return kept.withLock { $0.standing }
    }

    /// The registry as it is stored now.
    func registry() async throws -> Registry {
        try await refresh()
        return kept.withLock { $0.registry }
    }

    /// Makes an entry and returns when it is durable.
    ///
    /// - Throws: `RegistryRejection`; `OrchestratorError.keyReused`, `contended`, `unreadableLog`; `StoreError`.
    func enter(
        _ entry: RegistryEntry, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant
    ) async throws -> Entered {
        let fingerprint = Array(SHA256.hash(data: entry.statement(by: actor)).prefix(16))
        for _ in 0..<Self.attempts {
            try await refresh()
            if let answer = try await store.answer(of: .registry, to: key) {
                return try await enteredBefore(answer, fingerprint, key)
            }
            let (registry, head) = kept.withLock { ($0.registry, $0.head) }
            let events = try registry.decide(entry, by: actor, on: date)
            if events.isEmpty { return Entered(events: [], version: head.version, isRepeat: false) }
            let request = Self.request(
                events, key: key, answer: fingerprint, at: at, after: head, opened: registry.asOf)
            switch try await committer.append(request) {
            case .appended(let new):
                fold(events, from: head, to: new)
                return Entered(events: events, version: new.version, isRepeat: false)
            case .repeated(let answer): return try await enteredBefore(answer, fingerprint, key)
            case .conflict, .fenced: continue  // somebody else was faster
            }
        }
        throw OrchestratorError.contended(.registry)
    }

    private func enteredBefore(
        _ answer: StoredAnswer, _ fingerprint: [UInt8], _ key: CommandKey
    ) async throws -> Entered {
        guard answer.answer == fingerprint else { throw OrchestratorError.keyReused(key) }
        try await refresh()
        // An entry is one event.
        let records = try await store.events(of: .registry, after: answer.version - 1, limit: 1)
        return Entered(
            events: try records.map { try RegistryEvent(record: $0) }, version: answer.version, isRepeat: true)
    }

    /// The request to store entries that were decided on a stream which ends at a head.
    static func request(
        _ events: [RegistryEvent], key: CommandKey, answer: [UInt8], at: Instant, after head: Head, opened: LocalDate?
    ) -> AppendRequest {
        AppendRequest(
            caseID: .registry, expectedVersion: head.version, expectedHash: head.hash, key: key,
            events: events.map { event in
                NewEvent(
                    kind: event.kind.rawValue, schema: RegistryEvent.schema, on: event.on, at: at,
                    actor: event.by.label, payload: event.payload)
            },
            summary: CaseSummary(
                workflow: CaseSummary.officeWorkflow, workflowVersion: "1", title: "registry", status: "office",
                openedOn: opened ?? events[0].on, updatedOn: events[0].on),
            answer: answer)
    }

    // MARK: Reading

    /// Reads what the stream has more than is known.
    private func refresh() async throws {
        for _ in 0..<Self.attempts {
            let head = kept.withLock { $0.head }
            let began = ContinuousClock.now
            var records: [EventRecord] = []
            while true {
                let page = try await store.events(
                    of: .registry, after: head.version + records.count, limit: Self.pageSize)
                records += page
                if page.count < Self.pageSize { break }
            }
            if let first = records.first, first.previousHash != head.hash {
                // Not the stream that was known: begin again.
                kept.withLock { $0 = Kept() }
                continue
            }
            let events = try records.map { try RegistryEvent(record: $0) }
            let end = records.last.map { Head(version: $0.sequence, hash: $0.hash) } ?? head
            if fold(events, from: head, to: end) {
                kept.withLock { $0.asOf = max($0.asOf ?? began, began) }
                return
            }
        }
        throw OrchestratorError.contended(.registry)
    }

    /// Folds events into what is known, unless it has moved on meanwhile.
    @discardableResult
    private func fold(_ events: [RegistryEvent], from head: Head, to end: Head) -> Bool {
        kept.withLock { kept in
            guard kept.head == head else { return false }
            guard !events.isEmpty else { return true }
            for event in events { kept.registry.evolve(by: event) }
            kept.head = end
            kept.standing = Standing(kept.registry)
            return true
        }
    }
}

/// What came of an entry (登记结果).
public struct Entered: Sendable {
    /// Empty when this stood in the registry already.
    public let events: [RegistryEvent]
    /// The number of the registry's last entry then.
    public let version: Int
    /// Whether the entry had been made before under the same key; nothing happened a second time.
    public let isRepeat: Bool
}

extension CaseID {
    /// The stream of the registry.
    public static let registry = CaseID("office.registry")!  // a valid id
}

extension RegistryEvent {
    /// The entry that a record of the registry's log holds.
    ///
    /// - Throws: `OrchestratorError.unreadableLog`.
    public init(record: EventRecord) throws {
        do {
            try self.init(kind: record.event.kind, schema: record.event.schema, payload: record.event.payload)
        } catch {
            throw OrchestratorError.unreadableLog(record.caseID, "event \(record.sequence): \(error)")
        }
    }
}
