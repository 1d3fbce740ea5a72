import CaseEngine
import WorkCalendar
import WorkflowModel

/// One case in memory and its only writer in this process (单写者).
///
/// A command is decided at once on the newest state, whether or not what led there is durable yet, and answered when
/// that is. Several may be under way: they reach the committer in the order in which they were decided. When an append
/// fails or another process was faster, nothing in memory can be trusted any more: the session goes stale, everybody who
/// waits is told so, and the case is loaded anew.
actor CaseSession {
    let id: CaseID
    private let machine: CaseMachine
    private var state: CaseState
    /// Where the log will end when all that is under way is stored.
    private var head: Head
    private var sealer = HashChain.Sealer()
    private var done: [CommandKey: Range<Int>]
    private let store: any EventStore
    private let committer: GroupCommitter
    /// Everything up to this version is durable; what lies between it and the state's is under way.
    private var durable: Int
    private var waiting: [(version: Int, answer: CheckedContinuation<Bool, Never>)] = []
    private var isStale = false

    /// - Parameters:
    ///   - state: as the log has it.
    ///   - head: where the log ends.
    ///   - done: the keys of all commands so far, with the sequences of their events.
    init(
        id: CaseID, machine: CaseMachine, state: CaseState, head: Head, done: [CommandKey: Range<Int>],
        store: any EventStore, committer: GroupCommitter
    ) {
        self.id = id
        self.machine = machine
        self.state = state
        self.head = head
        self.done = done
        self.store = store
        self.committer = committer
        self.durable = state.version
    }

    /// The case as it stands, when all of it is durable.
    ///
    /// - Throws: `StaleSession`; `StoreError`.
    func snapshot() async throws -> CaseSnapshot {
        let snapshot = CaseSnapshot(id: id, machine: machine, state: state)
        try await confirm(snapshot.state.version)
        return snapshot
    }

    /// Decides a command and returns when its events are durable.
    ///
    /// - Throws: `CaseRejection`, in which case nothing happened; `StaleSession` when another writer was faster;
    ///   `StoreError` when it is not known whether it happened.
    func perform(_ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant) async throws
        -> Performed
    {
        guard !isStale else { throw StaleSession() }
        if let range = done[key] { return try await performedBefore(range) }
        let version = state.version
        let decision = Result { () throws(CaseRejection) in try machine.decide(command, on: state, in: context) }
        guard case .success(let events) = decision, !events.isEmpty else {
            try await confirm(version)
            return Performed(events: try decision.get(), version: version, isRepeat: false)
        }
        for event in events { machine.evolve(&state, by: event) }
        done[key] = version + 1..<version + 1 + events.count
        do {
            // Nothing suspends between the decision and the queue, so appends arrive in the order of decisions.
            let outcome = try await committer.append(request(events, key: key, at: at))
            // Otherwise what was decided here rests on an old state.
            guard case .appended(let head) = outcome else { throw StaleSession() }
            becameDurable(head.version)
            return Performed(events: events, version: head.version, isRepeat: false)
        } catch {
            goStale()
            throw error
        }
    }

    /// The answer of a command that was sent before: its events, once they are durable.
    private func performedBefore(_ range: Range<Int>) async throws -> Performed {
        try await untilDurable(range.upperBound - 1)
        let records = try await store.events(of: id, after: range.lowerBound - 1, limit: range.count)
        return Performed(
            events: try records.map { try CaseEvent(record: $0) }, version: range.upperBound - 1, isRepeat: true)
    }

    // MARK: Durability

    /// Returns when a version is durable and was the newest of the case at some moment since the call.
    ///
    /// An answer that appends nothing needs it: one that does is checked by the store.
    private func confirm(_ version: Int) async throws {
        try await untilDurable(version)
        let stored = try await store.head(of: id)?.version ?? 0
        guard stored <= state.version else {
            goStale()
            throw StaleSession()
        }
        // What is newer was decided here, unless its append is about to find out that it was not.
        try await untilDurable(stored)
    }

    private func untilDurable(_ version: Int) async throws {
        guard !isStale else { throw StaleSession() }
        guard durable < version else { return }
        let isDurable = await withCheckedContinuation { waiting.append((version, $0)) }
        guard isDurable else { throw StaleSession() }
    }

    private func becameDurable(_ version: Int) {
        durable = max(durable, version)
        for waiter in waiting where waiter.version <= durable { waiter.answer.resume(returning: true) }
        waiting.removeAll { $0.version <= durable }
    }

    private func goStale() {
        isStale = true
        for waiter in waiting { waiter.answer.resume(returning: false) }
        waiting = []
    }

    /// The request to store events that the state holds already; moves the head past them.
    ///
    /// It says on which events it was decided by their hash: what this session has under way may lose against another
    /// writer's, and a later request must not pass for one that was decided on those.
    private func request(_ events: [CaseEvent], key: CommandKey, at: Instant) -> AppendRequest {
        let decidedOn = head
        let events = events.map { event in
            NewEvent(
                kind: event.kind.rawValue, schema: CaseEvent.schema, on: event.on, at: at, actor: event.by.label,
                payload: event.payload)
        }
        for event in events {
            let sequence = head.version + 1
            let hash = sealer.hash(event, of: id, sequence: sequence, key: key, after: head.hash)
            head = Head(version: sequence, hash: hash)
        }
        return AppendRequest(
            caseID: id, expectedVersion: decidedOn.version, expectedHash: decidedOn.hash, key: key, events: events,
            summary: machine.summary(of: state),
            timers: machine.timers(in: state).map { StoredTimer(name: $0.name, due: $0.due) })
    }
}

/// What a session holds in memory is not, or may not be, what the store has: load the case anew and decide again.
struct StaleSession: Error {}

extension Actor {
    /// How the log names whoever did something: role or department, and the person.
    var label: String {
        let place = department ?? role.rawValue
        return (name.isEmpty || name == place ? place : "\(place):\(name)").plain(limit: 256)
    }
}

extension String {
    /// The text as a list shows it in one line: without control characters, and cut to so many bytes. Other people's
    /// names and titles must not keep a store from taking what happened.
    func plain(limit: Int) -> String {
        var plain = ""
        var bytes = 0
        for scalar in unicodeScalars {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            bytes += isControl ? 1 : String(scalar).utf8.count
            if bytes > limit { break }
            plain.unicodeScalars.append(isControl ? " " : scalar)
        }
        return plain
    }
}
