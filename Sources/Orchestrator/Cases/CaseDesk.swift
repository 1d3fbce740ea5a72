import CaseEngine
import WorkCalendar

/// What lies on the desk of a case's one writer (案头): the case as decided so far, and what of it is durable.
///
/// A step machine without clock, task or store: it is given commands, what became of appends and what the store says,
/// and it tells what to append and what to answer. Whoever holds it sends requests on in the order in which they were
/// made. In production that is ``CaseSession``; the simulation steps the same desk through every order of things.
struct CaseDesk {
    let id: CaseID
    private(set) var machine: CaseMachine
    private(set) var state: CaseState
    /// Where the log will end when all that is under way is stored.
    private(set) var head: Head
    private(set) var done: [CommandKey: DoneCommand]
    /// Everything up to this version is durable; what lies between it and the state's is under way.
    private(set) var durable: Int
    /// The case as it was when nothing was under way; `nil` while nothing is.
    private var settled: (machine: CaseMachine, state: CaseState, head: Head)?
    /// Whether nothing here can be trusted any more: load the case anew.
    private(set) var isStale = false
    private var sealer = HashChain.Sealer()
    /// The row and the timers that were sent to the store last.
    private var summary: CaseSummary?
    private var timers: [StoredTimer]?
    private var tasks = TaskList()
    /// How urgent the items of a plan are; asked for once a plan.
    private let ranking: @Sendable (CaseMachine, CaseState) -> TaskRanks
    private var ranks: TaskRanks?
    private var requestMessages: RequestMessages

    /// - Parameter receivers: the queues of departments with systems of their own, by the departments' ids.
    /// - Parameter ranking: how urgent the items of a plan are.
    init(
        _ id: CaseID, _ known: KnownCase, receivers: [String: String] = [:],
        ranking: @escaping @Sendable (CaseMachine, CaseState) -> TaskRanks = { _, _ in .none }
    ) {
        self.id = id
        self.ranking = ranking
        requestMessages = RequestMessages(receivers: receivers)
        machine = known.machine
        state = known.state
        head = known.head
        done = known.done
        durable = known.state.version
    }

    /// The case as far as it is known to be durable; what a newer desk goes on from.
    var known: KnownCase {
        let (machine, state, head) = settled ?? (machine, state, head)
        return KnownCase(
            machine: machine, state: state, head: head,
            done: done.filter { $0.value.events.upperBound <= head.version + 1 })
    }

    // MARK: Deciding

    /// What became of a command.
    enum Decided {
        /// To be appended; nothing is answered before it is durable.
        case toAppend([CaseEvent], AppendRequest)
        /// To be answered once that version is confirmed.
        case refused(CaseRejection, version: Int)
        /// There was nothing to do; to be answered once that version is confirmed.
        case idle(version: Int)
        /// To be answered as before, once that is durable.
        case doneBefore(DoneCommand)
        case stale
    }

    /// Decides a command on the newest state, whether or not what led there is durable yet.
    ///
    /// - Parameter successor: the rules that a migration or a new calendar may lead to.
    mutating func decide(
        _ command: CaseCommand, key: CommandKey, in context: CaseContext, at: Instant,
        finding successor: (CaseGoverning) -> CaseMachine?
    ) -> Decided {
        if isStale { return .stale }
        if let done = done[key] { return .doneBefore(done) }
        let version = state.version
        let before = durable == version ? (machine, state, head) : nil
        let events: [CaseEvent]
        do throws(CaseRejection) {
            if command.changesRules {
                (events, machine) = try machine.perform(command, on: &state, in: context, finding: successor)
                timers = nil
                tasks = TaskList()
                ranks = nil
            } else {
                events = try machine.perform(command, on: &state, in: context)
            }
        } catch {
            return .refused(error, version: version)
        }
        if events.isEmpty { return .idle(version: version) }
        if let before { settled = before }
        let command = DoneCommand(
            events: version + 1..<version + 1 + events.count,
            fingerprint: DoneCommand.fingerprint(of: command, by: context.actor))
        done[key] = command
        return .toAppend(events, request(events, key: key, answer: command.fingerprint ?? [], at: at))
    }

    /// The request to store events that the state holds already; moves the head past them.
    ///
    /// It says on which events it was decided by their hash: what this desk has under way may lose against another
    /// writer's, and a later request must not pass for one that was decided on those.
    private mutating func request(
        _ events: [CaseEvent], key: CommandKey, answer: [UInt8], at: Instant
    ) -> AppendRequest {
        // Cards and matters ask somebody too, and touch no item.
        let changed = machine.keepRequests(in: &state)
        let wholeCase = events.contains { $0.item == nil }
        let oversight = events.contains { $0.kind.isOversight }
        let parties = !changed.isEmpty || wholeCase || oversight
        if var row = summary {
            summary = nil
            machine.update(&row, to: state, partiesChanged: parties)
            summary = row
        } else {
            summary = machine.summary(of: state)
        }
        guard let summary else { preconditionFailure("a case has a row, made just above") }
        let messages =
            RegistryReports.messages(of: events, after: head.version, in: id, opening: state.opening)
            + OwnerLibrary.messages(of: events, by: machine, in: id, state)
            + requestMessages.messages(of: changed, in: id, machine, state)
        var request = AppendRequest(
            caseID: id, expectedVersion: head.version, expectedHash: head.hash, key: key,
            events: events.map { event in
                NewEvent(
                    kind: event.kind.rawValue, schema: CaseEvent.schema, on: event.on, at: at, actor: event.by.label,
                    payload: event.payload)
            },
            summary: summary, timers: newTimers(after: events),
            tasks: newTasks(changed, wholeCase: wholeCase, oversight: oversight), messages: messages, answer: answer)
        head = request.seal(after: head, with: &sealer)
        return request
    }

    /// What becomes of the timers of the case since the store was told last.
    private mutating func newTimers(after events: [CaseEvent]) -> ListChange<StoredTimer> {
        // Matters have timers too, and stand beside the items.
        let mayDiffer = machine.keepTimers(in: &state) || events.contains { $0.kind.isOversight }
        guard mayDiffer || timers == nil || state.status != .open else { return .unchanged }
        let found = machine.timers(in: state).map { StoredTimer(name: $0.name, due: $0.due) }
        defer { timers = found }
        return timers.map { .from($0, to: found) } ?? .all(found)
    }

    /// What becomes of the tasks of the case since the store was told last.
    private mutating func newTasks(_ changed: [Int], wholeCase: Bool, oversight: Bool) -> ListChange<StoredTask> {
        let ranks = self.ranks ?? ranking(machine, state)
        self.ranks = ranks
        return tasks.update(
            to: state, of: machine, changed: changed, wholeCase: wholeCase, oversightChanged: oversight, ranks: ranks)
    }

    // MARK: What became of appends

    /// Takes note of what the store did with a request of this desk.
    ///
    /// - Returns: where the log ended with it; `nil` when it is not there, or nobody knows: what was decided here rests
    ///   on an old state then, and the desk is stale.
    mutating func settle(_ outcome: Result<AppendOutcome, StoreError>) -> Head? {
        guard case .success(.appended(let head)) = outcome else {
            goStale()
            return nil
        }
        durable = max(durable, head.version)
        if durable == state.version { settled = nil }
        return head
    }

    mutating func goStale() { isStale = true }

    /// Whether a version is durable; `nil` while that is not known yet, `false` when it will never be.
    func isDurable(_ version: Int) -> Bool? { isStale ? false : durable >= version ? true : nil }

    /// Takes note of where the log ends in the store: past what was decided here only when another writer was faster.
    mutating func see(stored version: Int) {
        if version > state.version { goStale() }
    }

    /// Takes note of what the store keeps of a command that was read from a log.
    mutating func note(fingerprint: [UInt8]?, of key: CommandKey) { done[key]?.fingerprint = fingerprint }
}
