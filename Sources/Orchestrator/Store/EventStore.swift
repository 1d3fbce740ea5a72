import WorkCalendar

/// Where cases live: their logs, the rows that lists show, timers, messages to send, and published workflows.
///
/// What a store promises, and `Tests/StoreConformance` checks:
/// - A request that was answered `appended` survives the end of the process and of the machine.
/// - Events of a case are a gap-free, hash-chained sequence; nothing ever changes or removes one.
/// - Events, summary, timers, messages and the key with its answer are stored together or not at all.
/// - One key has one effect and one answer in its case.
/// - Reads see whole batches only, and everything that was acknowledged before they began.
public protocol EventStore: Sendable {
    /// How many transactions of different cases it is worth sending at the same time; 1 where one file has one writer.
    var transactionsAtATime: Int { get }

    /// Stores a batch in one transaction and judges every request on its own, in order: a later request of a case
    /// sees what an earlier one did, and a conflict or repetition does not touch the others.
    ///
    /// Cancelling the caller does not stop it.
    ///
    /// - Returns: one outcome for each request, in order, when all of them are durable.
    /// - Throws: if the transaction as a whole failed; `rejected` if a request has a ``AppendRequest/defect``.
    func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome]

    /// Events of a case with a sequence above `sequence`, in order, at most `limit`; empty if there is no such case.
    func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord]

    /// Where the log of a case ends; `nil` if there is no such case.
    func head(of caseID: CaseID) async throws(StoreError) -> Head?

    /// The versions of cases in their order, 0 where there is none, in one look.
    func versions(of ids: [CaseID]) async throws(StoreError) -> [Int]

    /// What was answered to a command; `nil` if the case has not had a command with this key.
    func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer?

    /// The list row of a case.
    func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary?

    /// List rows in the order in which the cases were opened, those after `cursor`, at most `limit`.
    ///
    /// A cursor that names no case gives an empty page.
    func summaries(matching filter: SummaryFilter, after cursor: CaseID?, limit: Int) async throws(StoreError)
        -> [StoredSummary]

    /// How many rows match.
    func count(matching filter: SummaryFilter) async throws(StoreError) -> Int

    /// Tasks of a party, those after `cursor`, at most `limit`: by rank, then limit with those that have none last, then
    /// opening of the case, then name. A cursor whose case is not there gives an empty page.
    ///
    /// - Complexity: of a page, not of the inbox, unless the filter names an owner, a project or cases: then of theirs.
    func tasks(of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int) async throws(StoreError)
        -> [CaseTask]

    /// How many tasks a party has, how many of them are overdue today, and how many will be by the horizon.
    func taskCount(of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate)
        async throws(StoreError) -> TaskCount

    /// Timers due on or before `date`, by date, then opening of the case, then name; those after `cursor`, at most
    /// `limit`. A timer stays until an append to its case leaves it out.
    func dueTimers(through date: LocalDate, after cursor: DueTimer?, limit: Int) async throws(StoreError) -> [DueTimer]

    /// Receivers for whom messages wait, due or not, in order of name.
    func waitingReceivers() async throws(StoreError) -> [String]

    /// Messages to send to a receiver now, in the order in which they were appended, at most `limit`.
    ///
    /// A message that is to be tried again later also holds back the later ones of its case to this receiver; other
    /// cases go on. Whoever sends delivers the messages of one case in order.
    func waitingMessages(for receiver: String, at now: Instant, limit: Int) async throws(StoreError) -> [OutboxMessage]

    /// Takes messages that the receiver has confirmed out of the queue. Those not waiting are left alone.
    ///
    /// - Returns: `false`, and nothing was changed, if another holder has taken the lease over; see ``LeaseStore``.
    @discardableResult
    func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease?) async throws(StoreError) -> Bool

    /// Counts a failed attempt: the message waits until `retryAt`, or becomes a dead letter if that is `nil`.
    ///
    /// - Returns: `false`, and nothing was changed, if another holder has taken the lease over.
    @discardableResult
    func markFailed(_ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease?)
        async throws(StoreError) -> Bool

    /// Messages that were given up (死信), oldest first; those after `cursor`, at most `limit`.
    func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage]

    /// Puts a dead letter back into its queue, with no attempts counted.
    ///
    /// - Returns: `false` if it is no dead letter.
    func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool

    /// Publishes a version of a workflow for good.
    ///
    /// - Returns: `false` if exactly this was published before.
    /// - Throws: `definitionConflict` if this id and version exist with other content.
    @discardableResult
    func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool

    /// A published version of a workflow.
    func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition?

    /// Published versions without their texts, by id and version, those after `cursor`, at most `limit`.
    func definitions(after cursor: DefinitionEntry?, limit: Int) async throws(StoreError) -> [DefinitionEntry]

    /// Where the store's events end now: what ``changedCases(after:limit:)`` goes on from; 0 before the first.
    func latestPosition() async throws(StoreError) -> Int64

    /// The cases of the next events after a position, at most `limit` events, each case once, at its last of these, in
    /// order of position. Whoever goes on from the last position of each page misses no event, whoever wrote it.
    func changedCases(after position: Int64, limit: Int) async throws(StoreError) -> [ChangedCase]

    /// Ends all work on the database; what is under way is finished first. Closing again does nothing.
    func close() async throws(StoreError)
}

extension EventStore {
    public var transactionsAtATime: Int { 1 }

    public func markDelivered(_ messages: [OutboxMessage.ID]) async throws(StoreError) {
        try await markDelivered(messages, under: nil)
    }

    public func markFailed(_ message: OutboxMessage.ID, reason: String, retryAt: Instant?) async throws(StoreError) {
        try await markFailed(message, reason: reason, retryAt: retryAt, under: nil)
    }
}

/// A list row with the case it is about.
public struct StoredSummary: Hashable, Sendable {
    public var caseID: CaseID
    /// Version of the case that the row shows.
    public var version: Int
    public var summary: CaseSummary

    public init(caseID: CaseID, version: Int, summary: CaseSummary) {
        self.caseID = caseID
        self.version = version
        self.summary = summary
    }
}

/// Which list rows: those of cases that agree with every value given.
///
/// The office's own streams, see ``OfficeStream``, are listed only under ``CaseSummary/officeWorkflow``.
public struct SummaryFilter: Hashable, Sendable {
    public var projectCode: String?
    public var status: String?
    public var workflow: String?
    public var owner: String?
    /// Part of the title, byte by byte.
    public var title: String?

    public init(
        projectCode: String? = nil, status: String? = nil, workflow: String? = nil, owner: String? = nil,
        title: String? = nil
    ) {
        self.projectCode = projectCode
        self.status = status
        self.workflow = workflow
        self.owner = owner
        self.title = title
    }
}

/// A timer whose day has come.
public struct DueTimer: Hashable, Sendable {
    public var caseID: CaseID
    public var timer: StoredTimer

    public init(caseID: CaseID, timer: StoredTimer) {
        self.caseID = caseID
        self.timer = timer
    }
}

/// A message in the queue of its receiver.
public struct OutboxMessage: Hashable, Sendable, Identifiable {
    /// Place in the store's queue of messages; grows with time.
    public var id: Int64
    public var caseID: CaseID
    public var message: OutgoingMessage
    /// Failed attempts so far.
    public var attempts: Int
    /// Why the last attempt failed.
    public var lastFailure: String?

    public init(id: Int64, caseID: CaseID, message: OutgoingMessage, attempts: Int = 0, lastFailure: String? = nil) {
        self.id = id
        self.caseID = caseID
        self.message = message
        self.attempts = attempts
        self.lastFailure = lastFailure
    }
}

/// A published version of a workflow, as its bytes.
public struct StoredDefinition: Hashable, Sendable {
    public var id: String
    public var version: String
    /// SHA-256 of the content in whatever canonical form the publisher chose.
    public var contentHash: ChainHash
    public var bytes: [UInt8]

    public init(id: String, version: String, contentHash: ChainHash, bytes: [UInt8]) {
        self.id = id
        self.version = version
        self.contentHash = contentHash
        self.bytes = bytes
    }
}
