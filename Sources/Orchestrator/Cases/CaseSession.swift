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
    /// The rules that a migration or a new calendar may lead to.
    private let rules: RuleBook
    private let desk: Mutex<Desk>

    /// What lies on the desk of the one writer.
    private struct Desk {
        var machine: CaseMachine
        var state: CaseState
        /// Where the log will end when all that is under way is stored.
        var head: Head
        var done: [CommandKey: DoneCommand]
        /// Everything up to this version is durable; what lies between it and the state's is under way.
        var durable: Int
        /// The case as it was when nothing was under way; `nil` while nothing is.
        var settled: (machine: CaseMachine, state: CaseState, head: Head)?
        var waiting: [(version: Int, answer: CheckedContinuation<Bool, Never>)] = []
        var isStale = false
        var sealer = HashChain.Sealer()
        /// The row and the timers that were sent to the store last.
        var summary: CaseSummary?
        var timers: [StoredTimer]?

        var isOpen: Bool { state.status == .open }
    }

    init(id: CaseID, known: KnownCase, store: any EventStore, committer: GroupCommitter, rules: RuleBook) {
        self.id = id
        self.store = store
        self.committer = committer
        self.rules = rules
        self.desk = Mutex(
            Desk(
                machine: known.machine, state: known.state, head: known.head, done: known.done,
                durable: known.state.version))
    }

    /// The case as far as it is known to be durable; what a newer session goes on from.
    var known: KnownCase {
        desk.withLock { desk in
            let (machine, state, head) = desk.settled ?? (desk.machine, desk.state, desk.head)
            return KnownCase(
                machine: machine, state: state, head: head,
                done: desk.done.filter { $0.value.events.upperBound <= head.version + 1 })
        }
    }

    /// The case as it stands, when all of it is durable.
    ///
    /// - Throws: `StaleSession`; `StoreError`.
    func snapshot() async throws -> CaseSnapshot {
        let (machine, state) = desk.withLock { ($0.machine, $0.state) }
        try await confirm(state.version)
        return CaseSnapshot(id: id, machine: machine, state: state)
    }

    /// The materials that a command may need from outside the case, and what the case opened with.
    func wanted(by command: CaseCommand, on date: LocalDate) -> (materials: [Material], opening: CaseOpening?) {
        desk.withLock { desk in
            (desk.machine.wanted(by: command, in: desk.state, on: date), desk.state.opening)
        }
    }

    /// What became of a command at the desk.
    private enum Decided {
        case queued([CaseEvent], GroupCommitter.Ticket)
        case refused(CaseRejection, version: Int)
        /// There was nothing to do.
        case idle(version: Int)
        case doneBefore(DoneCommand)
        case stale
    }

    /// Decides a command and returns when its events are durable.
    ///
    /// - Throws: `CaseRejection`, in which case nothing happened; `OrchestratorError.keyReused`; `StaleSession` when
    ///   another writer was faster; `StoreError` when it is not known whether it happened.
    func perform(_ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant) async throws
        -> Performed
    {
        switch desk.withLock({ decide(command, key: key, in: context, at: at, on: &$0) }) {
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
        case .queued(let events, let ticket):
            do {
                // Otherwise what was decided here rests on an old state.
                guard case .appended(let head) = try await ticket.outcome().get() else { throw StaleSession() }
                becameDurable(head.version)
                return Performed(events: events, version: head.version, isRepeat: false)
            } catch {
                goStale()
                throw error
            }
        }
    }

    /// Nothing happens between the decision and the queue, so appends arrive in the order of decisions.
    private func decide(
        _ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant, on desk: inout Desk
    ) -> Decided {
        if desk.isStale { return .stale }
        if let done = desk.done[key] { return .doneBefore(done) }
        let version = desk.state.version
        let settled = desk.durable == version ? (desk.machine, desk.state, desk.head) : nil
        let events: [CaseEvent]
        do throws(CaseRejection) {
            if command.changesRules {
                (events, desk.machine) = try desk.machine.perform(
                    command, on: &desk.state, in: context, finding: { rules.machine(for: $0) })
                desk.timers = nil
            } else {
                events = try desk.machine.perform(command, on: &desk.state, in: context)
            }
        } catch {
            return .refused(error, version: version)
        }
        if events.isEmpty { return .idle(version: version) }
        if let settled { desk.settled = settled }
        let done = DoneCommand(
            events: version + 1..<version + 1 + events.count,
            fingerprint: DoneCommand.fingerprint(of: command, by: context.actor))
        desk.done[key] = done
        let request = request(events, key: key, answer: done.fingerprint ?? [], at: at, on: &desk)
        return .queued(events, committer.submit(request))
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
            desk.withLock { $0.done[key]?.fingerprint = fingerprint }
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
        let stored = try await store.head(of: id)?.version ?? 0
        guard stored <= desk.withLock({ $0.state.version }) else {
            goStale()
            throw StaleSession()
        }
        // What is newer was decided here, unless its append is about to find out that it was not.
        try await untilDurable(stored)
    }

    private func untilDurable(_ version: Int) async throws {
        func isDurable(_ desk: inout Desk) -> Bool? { desk.isStale ? false : desk.durable >= version ? true : nil }
        if desk.withLock({ isDurable(&$0) }) == true { return }
        let isDurable = await withCheckedContinuation { answer in
            let known = desk.withLock { desk in
                let known = isDurable(&desk)
                if known == nil { desk.waiting.append((version, answer)) }
                return known
            }
            if let known { answer.resume(returning: known) }
        }
        guard isDurable else { throw StaleSession() }
    }

    private func becameDurable(_ version: Int) {
        let reached = desk.withLock { desk in
            desk.durable = max(desk.durable, version)
            if desk.durable == desk.state.version { desk.settled = nil }
            if desk.waiting.isEmpty { return [CheckedContinuation<Bool, Never>]() }
            let reached = desk.waiting.filter { $0.version <= desk.durable }.map(\.answer)
            desk.waiting.removeAll { $0.version <= desk.durable }
            return reached
        }
        for answer in reached { answer.resume(returning: true) }
    }

    private func goStale() {
        let waiting = desk.withLock { desk in
            desk.isStale = true
            defer { desk.waiting = [] }
            return desk.waiting.map(\.answer)
        }
        for answer in waiting { answer.resume(returning: false) }
    }

    /// The request to store events that the state holds already; moves the head past them.
    ///
    /// It says on which events it was decided by their hash: what this session has under way may lose against another
    /// writer's, and a later request must not pass for one that was decided on those.
    private func request(
        _ events: [CaseEvent], key: CommandKey, answer: [UInt8], at: Instant, on desk: inout Desk
    ) -> AppendRequest {
        let machine = desk.machine
        // Cards and matters ask somebody too, and touch no item.
        let parties =
            !machine.keepRequests(in: &desk.state).isEmpty
            || events.contains { $0.item == nil || $0.kind.isOversight }
        if var summary = desk.summary {
            desk.summary = nil
            machine.update(&summary, to: desk.state, partiesChanged: parties)
            desk.summary = summary
        } else {
            desk.summary = machine.summary(of: desk.state)
        }
        guard let summary = desk.summary else { preconditionFailure("a case has a row, made just above") }
        let messages =
            BreachReports.messages(of: events, after: desk.head.version, in: id, opening: desk.state.opening)
            + OwnerLibrary.messages(of: events, by: machine, in: id, desk.state)
        let timers = timers(after: &desk, by: machine)
        var request = AppendRequest(
            caseID: id, expectedVersion: desk.head.version, expectedHash: desk.head.hash, key: key,
            events: events.map { event in
                NewEvent(
                    kind: event.kind.rawValue, schema: CaseEvent.schema, on: event.on, at: at, actor: event.by.label,
                    payload: event.payload)
            },
            summary: summary, timers: timers, messages: messages, answer: answer)
        desk.head = request.seal(after: desk.head, with: &desk.sealer)
        return request
    }

    /// The timers of the case; `nil` when they are those that the store was told last.
    private func timers(after desk: inout Desk, by machine: CaseMachine) -> [StoredTimer]? {
        guard machine.keepTimers(in: &desk.state) || desk.timers == nil || !desk.isOpen else { return nil }
        let timers = machine.timers(in: desk.state).map { StoredTimer(name: $0.name, due: $0.due) }
        if timers == desk.timers { return nil }
        desk.timers = timers
        return timers
    }
}

/// What a session holds in memory is not, or may not be, what the store has: load the case anew and decide again.
struct StaleSession: Error {}
