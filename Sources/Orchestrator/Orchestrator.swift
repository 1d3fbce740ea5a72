import CaseEngine
import Logging
import Synchronization
import WorkCalendar
import WorkflowModel

/// Runs cases (编排): opens them, decides commands on them one writer a case, and keeps what happened.
///
/// Safe to use from any number of tasks; commands to different cases go side by side, and what they append shares
/// transactions. Several processes may work on one store: the one that appends second decides again on the newer state.
/// Every answer, a refusal or a snapshot too, rests on durable events only, and on all that were durable when it was
/// asked for. Cancelling a caller does not take its command back.
public final class Orchestrator: Sendable {
    private let committer: GroupCommitter
    private let heads: HeadReader
    private let store: any EventStore
    private let logger: Logger
    let definitions: Definitions
    private let receivers: [String: String]
    private let resident: Mutex<ResidentCases>
    private let desk: RegistryDesk
    private let materials: MaterialDesk
    /// Whether breaches that earlier processes left are in the registry.
    private let hasCaughtUp = Mutex(false)
    var rules: RuleBook { definitions.rules }

    /// How often a command is decided again after another process was faster. Each time somebody else got on, so only a
    /// case under constant fire from several processes comes near it.
    private static let attempts = 32

    /// - Parameter residentCases: how many cases may stay in memory, fewer where they are large; those used longest ago are
    ///   let go and loaded again when they are needed.
    /// - Parameter registryAge: how old what is known of the registry may be, where another process made the entry.
    /// - Parameter registers: what answers under the names that workflows give to registers of shared data.
    /// - Parameter receivers: the queues of departments that are told by message what is asked of them, by the departments'
    ///   ids.
    /// - Parameter archive: materials that lie at hand for every case, such as those from before this store.
    public init(
        store: any EventStore, residentCases: Int = 1024, registryAge: Duration = .seconds(1),
        registers: [String: any SharedDataSource] = [:], archive: MaterialsAtHand = .none,
        receivers: [String: String] = [:],
        logger: Logger = Logger(label: "binglian.orchestrator")
    ) {
        self.store = store
        self.committer = GroupCommitter(store: store)
        self.heads = HeadReader(store: store)
        self.desk = RegistryDesk(store: store, committer: committer, maximumAge: registryAge)
        self.materials = MaterialDesk(store: store, registers: registers, archive: archive, logger: logger)
        self.logger = logger
        self.receivers = receivers
        self.definitions = Definitions(store: store)
        self.resident = Mutex(ResidentCases(limit: residentCases))
    }

    /// What a register of codes has for a project: by the code that is typed, else by the owner's credit code; `nil` when it
    /// has none.
    ///
    /// - Throws: when the register cannot be asked.
    public static func code(
        of project: Project, from register: String, _ source: any SharedDataSource, on date: LocalDate
    ) async throws -> ProjectCodeSource? {
        func ask(_ owner: String?, _ code: String) async throws -> SharedDataAnswer? {
            try await source.answer(
                to: SharedDataQuery(material: ProjectCodeSource.material, project: code, owner: owner, on: date))
        }
        var found = try await ask(nil, project.code)
        if found == nil, let owner = project.ownerCode?.description { found = try await ask(owner, "") }
        return found.map { ProjectCodeSource(register: register, asked: date, code: $0.hash, answer: $0.text) }
    }

    /// Opens a case on published texts. Opening it again in the same way has the same answer and no second effect.
    ///
    /// - Throws: `CaseRejection.caseAlreadyOpen` when the id is in use for something else;
    ///   `OrchestratorError.otherTextPublished` when the workflow was edited but kept its version; `StoreError`.
    public func open(
        _ id: CaseID, with publication: Publication, project: Project, facts: [String: FactValue], on date: LocalDate,
        by actor: Actor, at: Instant, codeSource: ProjectCodeSource? = nil
    ) async throws -> Performed {
        guard !id.isOffice else { throw OrchestratorError.officeName(id) }
        for text in publication.texts { try await definitions.publish(text) }
        let opening = CaseOpening(
            project: project.code, title: project.title, owner: project.owner,
            ownerCode: project.ownerCode?.description, workflow: publication.workflow.id,
            version: publication.workflow.version, definition: publication.workflowText.hash.description,
            calendar: publication.calendar.id, calendarVersion: publication.calendar.version, facts: facts,
            works: project.works, codeSource: codeSource)
        let context = try await context(actor, on: date, at: at)
        for _ in 0..<Self.attempts {
            let repeated = try await withSession(of: id) { session in
                guard try await session.snapshot().state.opening == opening else { throw CaseRejection.caseAlreadyOpen }
                return try await session.perform(.open(opening), key: Self.openingKey, in: context, at: at)
            }
            if let repeated { return repeated }
            // Nobody else sees the session before the case exists.
            let machine = try await definitions.machine(for: CaseGoverning(opening))
            let session = session(of: id, from: KnownCase(unopened: machine))
            do {
                let opened = try await session.perform(.open(opening), key: Self.openingKey, in: context, at: at)
                resident.withLock { $0.put(Task { session }, as: id) }
                return opened
            } catch is StaleSession {
                continue  // somebody else opened it at the same moment
            }
        }
        throw OrchestratorError.contended(id)
    }

    /// Carries a command out and returns when it is durable.
    ///
    /// What the command needs and the case does not hold is looked up outside the case first. A refusal to ask the
    /// applicant for what the office has is written down in the case, under a key of its own.
    ///
    /// - Parameter key: the command's idempotency key: sent again, it has the same answer and no second effect. A command
    ///   that changed nothing leaves no trace, so its key is free.
    /// - Parameter looksUp: whether anything is looked up outside the case.
    /// - Throws: `CaseRejection` when the rules forbid it now; `OrchestratorError.unknownCase` and `keyReused`, when the key
    ///   came with another command or from somebody else before; `StoreError`, after which
    ///   it is not known whether it happened, and sending it again with its key finds out.
    public func perform(
        _ command: CaseCommand, on id: CaseID, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant,
        looksUp: Bool = true
    ) async throws -> Performed {
        let lookup = looksUp ? MaterialLookup.everywhere : .nowhere
        return try await perform(command, on: id, key: key, by: actor, on: date, at: at, lookup)
    }

    func perform(
        _ command: CaseCommand, on id: CaseID, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant,
        _ lookup: MaterialLookup
    ) async throws -> Performed {
        let place = try await place(for: command, of: id, key: key, at: at)
        let context = try await context(actor, on: date, at: at)
        do {
            return try await perform(command, on: id, key: key, in: context, at: at, lookup)
        } catch let rejection as CaseRejection {
            await place?.giveBack()
            if let note = rejection.note(of: command) {
                do {
                    _ = try await perform(note, on: id, key: key.ofRefusal, in: context, at: at, lookup)
                } catch {
                    logger.warning("a refusal was not written down", metadata: ["case": "\(id)", "error": "\(error)"])
                }
            }
            throw rejection
        }
    }

    private func perform(
        _ command: CaseCommand, on id: CaseID, key: CommandKey, in context: CaseContext, at: Instant,
        _ lookup: MaterialLookup
    ) async throws -> Performed {
        let done = try await withSession(of: id) { [definitions] session in
            if command.changesRules {
                let workflow = try await session.snapshot().state.opening?.workflow
                try await definitions.read(for: command, of: workflow ?? "")
            }
            var context = context
            if command.looksAhead { context = context.lookingAhead(command, from: try await session.snapshot()) }
            if command.looksForMaterials {
                switch lookup {
                case .nowhere: break
                case .given(let atHand): context = context.with(atHand)
                case .everywhere: context = try await self.lookingUp(command, of: session, in: context, at: at)
                }
            }
            return try await session.perform(command, key: key, in: context, at: at)
        }
        guard let done else { throw OrchestratorError.unknownCase(id) }
        if done.events.contains(where: \.isReported) { await enterReports(at: at) }
        return done
    }

    // MARK: Materials from outside

    private func lookingUp(
        _ command: CaseCommand, of session: CaseSession, in context: CaseContext, at: Instant
    ) async throws -> CaseContext {
        let (wanted, opening) = session.wanted(by: command, on: context.today)
        guard let opening, !wanted.isEmpty else { return context }
        return try await self.context(context, with: wanted, opening, in: session.id, at: at)
    }

    private func context(
        _ context: CaseContext, with wanted: [Material], _ opening: CaseOpening, in id: CaseID, at: Instant
    ) async throws -> CaseContext {
        let owner = opening.ownerCode ?? opening.owner.flatMap { context.standing.registry?.owner($0.zh)?.code }
        let atHand = try await materials.atHand(
            of: wanted, for: opening, owner: owner, in: id, on: context.today, at: at,
            opening: { other in try await self.readable(other) })
        return context.with(atHand)
    }

    /// A case as it stands; `nil` when its log cannot be read.
    private func readable(_ id: CaseID) async throws -> CaseSnapshot? {
        do {
            return try await snapshot(of: id)
        } catch let error as OrchestratorError {
            logger.warning("a case is passed over", metadata: ["case": "\(id)", "error": "\(error)"])
            return nil
        }
    }

    /// What need not be asked of the applicant because it can be taken over from outside the case, of some materials
    /// (可调取的材料).
    ///
    /// - Throws: `OrchestratorError.unknownCase`; `StoreError`.
    public func servable(
        _ ids: [String], in id: CaseID, on date: LocalDate, at: Instant
    ) async throws -> (served: [ServedMaterial], failed: [FailedLookup]) {
        let snapshot = try await snapshot(of: id)
        guard let opening = snapshot.state.opening else { return ([], []) }
        let wanted = snapshot.machine.plan.workflow.materials.filter { ids.contains($0.id) }
        let standing = try await desk.standing()
        let known = CaseContext(today: date, actor: .system, standing: standing)
        let context = try await context(known, with: wanted, opening, in: id, at: at)
        return snapshot.machine.servable(ids, in: snapshot.state, context)
    }

    /// What an owner has handed in anywhere, oldest first (建设单位材料库).
    ///
    /// - Parameter owner: the owner's unified social credit code.
    /// - Throws: `OrchestratorError.unreadableLog`; `StoreError`.
    public func documents(of owner: String, at: Instant) async throws -> [OwnerDocument] {
        try await materials.documents(of: owner, at: at)
    }

    /// What a decision depends on besides the case.
    private func context(_ actor: Actor, on date: LocalDate, at: Instant) async throws -> CaseContext {
        // What happens by time alone asks nobody.
        guard actor.role != .system else { return CaseContext(today: date, actor: actor) }
        if !hasCaughtUp.withLock({ $0 }) { try await catchUp(at: at) }
        return CaseContext(today: date, actor: actor, standing: try await desk.standing())
    }

    // MARK: Appointments

    /// Holds a place for a booking, so that of two that want the last one only one is decided on it.
    private func place(for command: CaseCommand, of id: CaseID, key: CommandKey, at: Instant) async throws -> HeldPlace?
    {
        guard let wanted = WantedPlace(command, of: id), let store = store as? any TransientStore else { return nil }
        // Whatever was booked before, by whichever process, is in the registry now.
        try await catchUp(at: at)
        return try await HeldPlace.hold(wanted, for: key, in: try await desk.registry(), store)
    }

    // MARK: The registry

    /// The registry as it is stored now.
    ///
    /// - Throws: `OrchestratorError.unreadableLog`; `StoreError`.
    public func registry() async throws -> Registry { try await desk.registry() }

    /// Makes an entry in the registry and returns when it is durable. Commands in this process see it at once.
    ///
    /// - Parameter key: sent again under it, the entry has the same answer and is made once.
    /// - Throws: `RegistryRejection` when it is not allowed; `OrchestratorError.keyReused`; `StoreError`, after which
    ///   sending it again with its key finds out whether it was made.
    public func enter(
        _ entry: RegistryEntry, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant
    ) async throws -> Entered {
        if !hasCaughtUp.withLock({ $0 }) { try await catchUp(at: at) }
        return try await desk.enter(entry, key: key, by: actor, on: date, at: at)
    }

    /// Enters the breaches that cases have reported and nobody has entered yet.
    private func catchUp(at: Instant) async throws {
        try await desk.takeReports(from: store, at: at)
        hasCaughtUp.withLock { $0 = true }
    }

    /// The command was carried out, whatever becomes of its report: that is stored, and the next command tries again.
    private func enterReports(at: Instant) async {
        hasCaughtUp.withLock { $0 = false }
        do {
            try await catchUp(at: at)
        } catch {
            logger.warning("reports wait to be entered in the registry", metadata: ["error": "\(error)"])
        }
    }

    /// What a command would do to the case as it stands; nothing happens (预览).
    ///
    /// - Throws: as ``perform(_:on:key:by:on:at:)``.
    public func preview(
        _ command: CaseCommand, on id: CaseID, by actor: Actor, on date: LocalDate
    ) async throws -> (events: [CaseEvent], after: CaseSnapshot) {
        let before = try await snapshot(of: id)
        let context = try await context(actor, on: date, at: .officeClosing(of: date))
            .lookingAhead(command, from: before)
        try await definitions.read(for: command, of: before.state.opening?.workflow ?? "")
        var state = before.state
        let rules = definitions.rules
        let (events, machine) = try before.machine.perform(
            command, on: &state, in: context, finding: { rules.machine(for: $0) })
        return (events, CaseSnapshot(id: id, machine: machine, state: state))
    }

    /// Publishes a text for good; publishing it again does nothing.
    ///
    /// - Throws: `OrchestratorError.otherTextPublished` when this id and version have another text.
    public func publish(_ text: PublishedText) async throws { try await definitions.publish(text) }

    /// A published version of a workflow with the hash of its text; `nil` when there is none.
    public func workflow(_ id: String, version: String) async throws -> (definition: WorkflowDefinition, hash: String)?
    {
        try await definitions.workflow(id, version: version)
    }

    /// A published version of a calendar; `nil` when there is none.
    public func calendar(_ id: String, version: String) async throws -> WorkCalendar? {
        if let known = rules.calendar(id, version) { return known }
        return try await definitions.calendar(id, version: version)
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
    public func casesDue(through date: LocalDate) async throws -> [CaseID] {
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
    public func release(_ id: CaseID) async { resident.withLock { $0.drop(id) } }

    /// How many cases are in memory.
    public var residentCount: Int { get async { resident.withLock { $0.count } } }

    /// All events of a case, read page by page; empty when there is no such case.
    public func log(of id: CaseID) async throws -> [EventRecord] { try await log(of: id, after: 0) }

    private func log(of id: CaseID, after version: Int) async throws -> [EventRecord] {
        var records: [EventRecord] = []
        while true {
            let page = try await store.events(of: id, after: version + records.count, limit: Self.pageSize)
            records += page
            if page.count < Self.pageSize { return records }
        }
    }

    private static let openingKey = CommandKey("open")!  // a valid key
    private static let pageSize = 1000

    // MARK: Sessions

    /// Does something with a case in memory, and again on the newer state as long as others are faster.
    ///
    /// - Returns: `nil` when there is no such case.
    private func withSession<Answer: Sendable>(
        of id: CaseID, _ act: @Sendable (CaseSession) async throws -> Answer
    ) async throws -> Answer? {
        if id.isOffice { return nil }
        var known: KnownCase?
        for _ in 0..<Self.attempts {
            // A task of its own: it is not cancelled with the caller who happens to need the case first.
            let loading = resident.withLock { resident in
                resident.session(of: id) { [known] in Task { try await self.load(id, after: known) } }
            }
            do {
                guard let session = try await loading.value else {
                    drop(loading, of: id)
                    return nil
                }
                resident.withLock { $0.weigh(loading, of: id, as: session.weight) }
                do {
                    return try await act(session)
                } catch is StaleSession {
                    logger.info("case was changed by another process", metadata: ["case": "\(id)"])
                    known = session.known
                    drop(loading, of: id)
                }
            } catch let rejection as CaseRejection {
                throw rejection
            } catch let error as OrchestratorError {
                if case .keyReused = error { throw error }
                drop(loading, of: id)
                throw error
            } catch {
                drop(loading, of: id)
                throw error
            }
        }
        throw OrchestratorError.contended(id)
    }

    private func drop(_ loading: ResidentCases.Loading, of id: CaseID) {
        resident.withLock { $0.drop(loading, of: id) }
    }

    /// Brings a case up from its log: from what is known of it if the log goes on from there, or from its first event.
    private func load(_ id: CaseID, after known: KnownCase?) async throws -> CaseSession? {
        if let known {
            let newer = try await log(of: id, after: known.head.version)
            if newer.first.map({ $0.previousHash == known.head.hash }) ?? true {
                return session(of: id, from: try await replay(newer, onto: known))
            }
        }
        let records = try await log(of: id)
        guard let first = records.first else { return nil }
        guard case .caseOpened(let opening) = try CaseEvent(record: first).what else {
            throw OrchestratorError.unreadableLog(id, "the first event is \(first.event.kind)")
        }
        let machine = try await definitions.machine(for: CaseGoverning(opening))
        return session(of: id, from: try await replay(records, onto: KnownCase(unopened: machine)))
    }

    private func replay(_ records: [EventRecord], onto known: KnownCase) async throws -> KnownCase {
        var known = known
        for record in records {
            let event = try CaseEvent(record: record)
            let governing = known.state.governing(after: event)
            var rules: CaseMachine?
            if let governing { rules = try await definitions.machine(for: governing) }
            known.take(event, record, under: rules)
        }
        return known
    }

    private func session(of id: CaseID, from known: KnownCase) -> CaseSession {
        CaseSession(
            id: id, known: known, store: store, committer: committer, heads: heads, rules: definitions.rules,
            receivers: receivers)
    }
}
