import CaseEngine
import Synchronization
import WorkCalendar
import WorkflowModel

/// One case in memory and its only writer in this process (单写者).
///
/// A command is decided at once on the newest state, whether or not what led there is durable yet, and answered when
/// that is. Several may be under way: they reach the committer in the order in which they were decided. When an append
/// fails or another process was faster, nothing in memory can be trusted any more but what was durable before: the
/// session goes stale, everybody who waits is told so, and the case is brought up from there.
///
/// A lock and not an actor: deciding takes microseconds, and a caller who only waits for its own turn and for the disk
/// is woken once instead of at every door.
final class CaseSession: Sendable {
    let id: CaseID
    private let store: any EventStore
    private let committer: GroupCommitter
    private let heads: HeadReader
    /// The rules that a migration or a new calendar may lead to.
    private let rules: RuleBook
    private let shared: Mutex<Shared>

    private struct Shared {
        var desk: CaseDesk
        var waiting: [(version: Int, answer: CheckedContinuation<Bool, Never>)] = []
    }

    init(
        id: CaseID, known: KnownCase, store: any EventStore, committer: GroupCommitter, heads: HeadReader,
        rules: RuleBook,
        receivers: [String: String] = [:]
    ) {
        self.id = id
        self.store = store
        self.committer = committer
        self.heads = heads
        self.rules = rules
        self.shared = Mutex(
            Shared(desk: CaseDesk(id, known, receivers: receivers, ranking: { rules.ranks(of: $0, in: $1) })))
    }

    /// The case as far as it is known to be durable; what a newer session goes on from.
    var known: KnownCase { shared.withLock { $0.desk.known } }

    /// How large it is: its items and events.
    var weight: Int { shared.withLock { $0.desk.state.items.count + $0.desk.state.version } }

    /// The case as it stands, when all of it is durable.
    ///
    /// - Throws: `StaleSession`; `StoreError`.
    func snapshot() async throws -> CaseSnapshot {
        let (machine, state) = shared.withLock { ($0.desk.machine, $0.desk.state) }
        try await confirm(state.version)
        return CaseSnapshot(id: id, machine: machine, state: state)
    }

    /// The materials that a command may need from outside the case, and what the case opened with.
    func wanted(by command: CaseCommand, on date: LocalDate) -> (materials: [Material], opening: CaseOpening?) {
        shared.withLock { shared in
            (shared.desk.machine.wanted(by: command, in: shared.desk.state, on: date), shared.desk.state.opening)
        }
    }

    /// Decides a command and returns when its events are durable.
    ///
    /// - Throws: `CaseRejection`, in which case nothing happened; `OrchestratorError.keyReused`; `StaleSession` when
    ///   another writer was faster; `StoreError` when it is not known whether it happened.
    func perform(_ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant) async throws
        -> Performed
    {
        let (decided, ticket) = shared.withLock { decide(command, key: key, in: context, at: at, at: &$0.desk) }
        switch decided {
        case .stale: throw StaleSession()
        case .doneBefore(let done):
            try await untilDurable(done.events.upperBound - 1)
            try await requireSame(command, by: context.actor, as: done, key: key)
            return try await performedBefore(done.events)
        case .refused(let rejection, let version):
            try await confirm(version)
            throw rejection
        case .idle(let version):
            try await confirm(version)
            return Performed(events: [], version: version, isRepeat: false)
        case .toAppend(let events, _):
            guard let outcome = await ticket?.outcome() else { preconditionFailure("what is appended has a ticket") }
            guard let head = settle(outcome) else {
                _ = try outcome.get()
                throw StaleSession()
            }
            return Performed(events: events, version: head.version, isRepeat: false)
        }
    }

    /// Nothing happens between the decision and the queue, so appends arrive in the order of decisions.
    private func decide(
        _ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant, at desk: inout CaseDesk
    ) -> (CaseDesk.Decided, GroupCommitter.Ticket?) {
        let decided = desk.decide(command, key: key, in: context, at: at, finding: { rules.machine(for: $0) })
        guard case .toAppend(_, let request) = decided else { return (decided, nil) }
        return (decided, committer.submit(request))
    }

    /// The answer of a command that was sent before: its events.
    private func performedBefore(_ range: Range<Int>) async throws -> Performed {
        let records = try await store.events(of: id, after: range.lowerBound - 1, limit: range.count)
        return Performed(
            events: try records.map { try CaseEvent(record: $0) }, version: range.upperBound - 1, isRepeat: true)
    }

    /// A key that comes again must come with the command, and from the person, that it came with first.
    private func requireSame(
        _ command: CaseCommand, by actor: Actor, as done: DoneCommand, key: CommandKey
    ) async throws {
        // Whoever opens a case again is asked for the same opening instead, by anybody.
        if case .open = command { return }
        var fingerprint = done.fingerprint
        if fingerprint == nil {
            fingerprint = try await store.answer(of: id, to: key)?.answer
            shared.withLock { [fingerprint] in $0.desk.note(fingerprint: fingerprint, of: key) }
        }
        // Earlier versions kept none, and what they stored can be told from nothing else.
        guard fingerprint == [] || fingerprint == DoneCommand.fingerprint(of: command, by: actor) else {
            throw OrchestratorError.keyReused(key)
        }
    }

    // MARK: Durability

    /// Returns when a version is durable and was the newest of the case at some moment since the call.
    ///
    /// An answer that appends nothing needs it: one that does is checked by the store.
    private func confirm(_ version: Int) async throws {
        try await untilDurable(version)
        let stored = try await heads.version(of: id)
        wake { $0.see(stored: stored) }
        // What is newer was decided here, unless its append is about to find out that it was not.
        try await untilDurable(stored)
    }

    private func untilDurable(_ version: Int) async throws {
        if shared.withLock({ $0.desk.isDurable(version) }) == true { return }
        let isDurable = await withCheckedContinuation { answer in
            let known = shared.withLock { shared in
                let known = shared.desk.isDurable(version)
                if known == nil { shared.waiting.append((version, answer)) }
                return known
            }
            if let known { answer.resume(returning: known) }
        }
        guard isDurable else { throw StaleSession() }
    }

    private func settle(_ outcome: GroupCommitter.Outcome) -> Head? { wake { $0.settle(outcome) } }

    /// Changes the desk and answers everybody who has waited for that.
    private func wake<Answer>(_ change: (inout CaseDesk) -> Answer) -> Answer {
        var answered: [(answer: CheckedContinuation<Bool, Never>, isDurable: Bool)] = []
        let answer = shared.withLock { shared in
            let answer = change(&shared.desk)
            if shared.waiting.isEmpty { return answer }
            shared.waiting.removeAll { waiting in
                guard let isDurable = shared.desk.isDurable(waiting.version) else { return false }
                answered.append((waiting.answer, isDurable))
                return true
            }
            return answer
        }
        for (answer, isDurable) in answered { answer.resume(returning: isDurable) }
        return answer
    }
}

/// What a session holds in memory is not, or may not be, what the store has: load the case anew and decide again.
struct StaleSession: Error {}
