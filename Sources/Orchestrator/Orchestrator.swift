import CaseEngine
import Logging
import WorkCalendar
import WorkflowModel

/// Runs cases (编排): opens them, decides commands on them one writer a case, and keeps what happened.
///
/// Safe to use from any number of tasks; commands to different cases go side by side, and what they append shares
/// transactions. Several processes may work on one store: the one that appends second decides again on the newer state.
/// Every answer, a refusal or a snapshot too, rests on durable events only, and on all that were durable when it was
/// asked for. Cancelling a caller does not take its command back.
public actor Orchestrator {
    private let committer: GroupCommitter
    private let store: any EventStore
    private let logger: Logger
    private let definitions: Definitions
    private var resident: ResidentCases

    /// How often a command is decided again after another process was faster. Each time somebody else got on, so only a
    /// case under constant fire from several processes comes near it.
    private static let attempts = 32

    /// - Parameter residentCases: how many cases may stay in memory; those used longest ago are let go and loaded again
    ///   when they are needed.
    public init(
        store: any EventStore, residentCases: Int = 4096, logger: Logger = Logger(label: "binglian.orchestrator")
    ) {
        self.store = store
        self.committer = GroupCommitter(store: store)
        self.logger = logger
        self.definitions = Definitions(store: store)
        self.resident = ResidentCases(limit: residentCases)
    }

    /// Opens a case on published texts. Opening it again in the same way has the same answer and no second effect.
    ///
    /// - Throws: `CaseRejection.caseAlreadyOpen` when the id is in use for something else;
    ///   `OrchestratorError.otherTextPublished` when the workflow was edited but kept its version; `StoreError`.
    public func open(
        _ id: CaseID, with publication: Publication, project: Project, facts: [String: FactValue], on date: LocalDate,
        by actor: Actor, at: Instant
    ) async throws -> Performed {
        for text in publication.texts { try await definitions.publish(text) }
        let opening = CaseOpening(
            project: project.code, title: project.title, owner: project.owner, workflow: publication.workflow.id,
            version: publication.workflow.version, definition: publication.workflowText.hash.description,
            calendar: publication.calendar.id, calendarVersion: publication.calendar.version, facts: facts)
        let context = CaseContext(today: date, actor: actor)
        for _ in 0..<Self.attempts {
            let repeated = try await withSession(of: id) { session in
                guard try await session.snapshot().state.opening == opening else { throw CaseRejection.caseAlreadyOpen }
                return try await session.perform(.open(opening), key: Self.openingKey, in: context, at: at)
            }
            if let repeated { return repeated }
            // Nobody else sees the session before the case exists.
            let machine = try await definitions.machine(for: opening)
            let session = makeSession(id, machine: machine, state: CaseState(), head: .empty, done: [:])
            do {
                let opened = try await session.perform(.open(opening), key: Self.openingKey, in: context, at: at)
                resident.put(Task { session }, as: id)
                return opened
            } catch is StaleSession {
                continue  // somebody else opened it at the same moment
            }
        }
        throw OrchestratorError.contended(id)
    }

    /// Carries a command out and returns when it is durable.
    ///
    /// - Parameter key: the command's idempotency key: sent again, it has the same answer and no second effect. A command
    ///   that changed nothing leaves no trace, so its key is free.
    /// - Throws: `CaseRejection` when the rules forbid it now; `OrchestratorError.unknownCase`; `StoreError`, after which
    ///   it is not known whether it happened, and sending it again with its key finds out.
    public func perform(
        _ command: CaseCommand, on id: CaseID, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant
    ) async throws -> Performed {
        let context = CaseContext(today: date, actor: actor)
        let done = try await withSession(of: id) { session in
            try await session.perform(command, key: key, in: context, at: at)
        }
        guard let done else { throw OrchestratorError.unknownCase(id) }
        return done
    }

    /// The case as it stands.
    ///
    /// - Throws: `OrchestratorError.unknownCase`; `StoreError`.
    public func snapshot(of id: CaseID) async throws -> CaseSnapshot {
        guard let snapshot = try await withSession(of: id, { try await $0.snapshot() }) else {
            throw OrchestratorError.unknownCase(id)
        }
        return snapshot
    }

    /// The cases with a timer that is due by the closing of a date, in the order in which they are due.
    public nonisolated func casesDue(through date: LocalDate) async throws -> [CaseID] {
        var ids: [CaseID] = []
        var seen: Set<CaseID> = []
        var last: DueTimer?
        while true {
            let page = try await store.dueTimers(through: date, after: last, limit: Self.pageSize)
            for timer in page where seen.insert(timer.caseID).inserted { ids.append(timer.caseID) }
            guard page.count == Self.pageSize else { return ids }
            last = page.last
        }
    }

    /// Lets go of a case in memory; the next command loads it again.
    public func release(_ id: CaseID) { resident.drop(id) }

    /// How many cases are in memory.
    public var residentCount: Int { resident.count }

    /// All events of a case, read page by page; empty when there is no such case.
    public nonisolated func log(of id: CaseID) async throws -> [EventRecord] {
        var records: [EventRecord] = []
        while true {
            let page = try await store.events(of: id, after: records.count, limit: Self.pageSize)
            records += page
            if page.count < Self.pageSize { return records }
        }
    }

    private static let openingKey = CommandKey("open")!  // a valid key
    private static let pageSize = 1000

    // MARK: Sessions

    /// Does something with a case in memory, and again with the case loaded anew as long as others are faster.
    ///
    /// - Returns: `nil` when there is no such case.
    private func withSession<Answer: Sendable>(
        of id: CaseID, _ act: @Sendable (CaseSession) async throws -> Answer
    ) async throws -> Answer? {
        for _ in 0..<Self.attempts {
            // A task of its own: it is not cancelled with the caller who happens to need the case first.
            let loading = resident.session(of: id) { Task { try await load(id) } }
            do {
                guard let session = try await loading.value else {
                    resident.drop(loading, of: id)
                    return nil
                }
                return try await act(session)
            } catch is StaleSession {
                logger.info("case reloaded", metadata: ["case": "\(id)"])
                resident.drop(loading, of: id)
            } catch let rejection as CaseRejection {
                throw rejection
            } catch {
                resident.drop(loading, of: id)
                throw error
            }
        }
        throw OrchestratorError.contended(id)
    }

    /// Replays a case from its events, off the actor: other cases go on meanwhile.
    @concurrent
    private nonisolated func load(_ id: CaseID) async throws -> CaseSession? {
        let records = try await log(of: id)
        guard let first = records.first, let last = records.last else { return nil }
        guard case .caseOpened(let opening) = try CaseEvent(record: first).what else {
            throw OrchestratorError.unreadableLog(id, "the first event is \(first.event.kind)")
        }
        let machine = try await definitions.machine(for: opening)
        var state = CaseState()
        var done: [CommandKey: Range<Int>] = [:]
        for record in records {
            machine.evolve(&state, by: try CaseEvent(record: record))
            let start = done[record.key]?.lowerBound ?? record.sequence
            done[record.key] = start..<record.sequence + 1
        }
        let head = Head(version: last.sequence, hash: last.hash)
        return makeSession(id, machine: machine, state: state, head: head, done: done)
    }

    private nonisolated func makeSession(
        _ id: CaseID, machine: CaseMachine, state: CaseState, head: Head, done: [CommandKey: Range<Int>]
    ) -> CaseSession {
        CaseSession(id: id, machine: machine, state: state, head: head, done: done, store: store, committer: committer)
    }
}
