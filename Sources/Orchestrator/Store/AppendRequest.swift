import WorkCalendar

/// Everything that one accepted command leaves behind; it is stored whole or not at all.
///
/// The store judges it by two questions only: was the key used before in this case, and does the case still end where
/// it did when the command was decided.
public struct AppendRequest: Hashable, Sendable {
    public var caseID: CaseID { didSet { seals = nil } }
    /// Version of the case on which the command was decided; 0 opens the case.
    public var expectedVersion: Int
    /// Hash of the event on which the command was decided; `nil` to compare versions only.
    ///
    /// A version is enough for a writer who waits for every answer. One who builds on requests of its own that are under
    /// way names the hash too: when another writer was faster with as many events, the version alone would agree.
    public var expectedHash: ChainHash?
    public var key: CommandKey { didSet { seals = nil } }
    /// In order; may be empty, when the command was accepted without changing anything.
    public var events: [NewEvent] { didSet { seals = nil } }
    /// The case's row for lists and searches after this command.
    public var summary: CaseSummary
    /// What becomes of the timers of the case.
    public var timers: ListChange<StoredTimer>
    /// What becomes of the tasks of the case.
    public var tasks: ListChange<StoredTask>
    /// Under which lease it was decided: when another holder has taken that over, nothing is stored. `nil` asks nothing.
    public var lease: Lease?
    /// What others are to be told, in order.
    public var messages: [OutgoingMessage]
    /// The answer to the sender, given again whenever the same key comes again.
    public var answer: [UInt8]
    /// The seals of the events, when they were sealed already: whoever changes what they are over takes them off.
    private(set) var seals: HashChain.Seals?

    public init(
        caseID: CaseID, expectedVersion: Int, expectedHash: ChainHash? = nil, key: CommandKey, events: [NewEvent],
        summary: CaseSummary,
        timers: ListChange<StoredTimer> = .all([]), tasks: ListChange<StoredTask> = .unchanged,
        messages: [OutgoingMessage] = [],
        answer: [UInt8] = [], lease: Lease? = nil
    ) {
        self.caseID = caseID
        self.expectedVersion = expectedVersion
        self.expectedHash = expectedHash
        self.key = key
        self.events = events
        self.summary = summary
        self.timers = timers
        self.tasks = tasks
        self.lease = lease
        self.messages = messages
        self.answer = answer
    }

    /// Seals the events in advance, so that a store which finds the case where it is expected need not.
    ///
    /// - Returns: where the log ends with them.
    @discardableResult
    public mutating func seal(after head: Head, with sealer: inout HashChain.Sealer) -> Head {
        let seals = sealer.seals(of: self, after: head)
        self.seals = seals
        return seals.end
    }

    /// The seals of the events in the log of a case that ends at `head`: made before, on exactly that head, or now.
    ///
    /// Only ``HashChain`` makes seals, and no part of the request can change under them, so a store may take them as
    /// they are.
    public func seals(after head: Head, with sealer: inout HashChain.Sealer) -> HashChain.Seals {
        if let seals, seals.start == head { return seals }
        return sealer.seals(of: self, after: head)
    }

    /// Whether the command was decided on a case that ended there.
    public func isDecided(on head: Head) -> Bool {
        expectedVersion == head.version && (expectedHash == nil || expectedHash == head.hash)
    }
}

/// How the store judged one request.
public enum AppendOutcome: Hashable, Sendable {
    /// Stored; the case now ends here.
    case appended(Head)
    /// The key was used before in this case: what was answered then, and the version of the case after it. Nothing
    /// was stored.
    case repeated(StoredAnswer)
    /// The case ends elsewhere than expected, at version `current`, 0 if there is no such case. Nothing was stored;
    /// decide again.
    case conflict(current: Int)
    /// The lease that the request names is somebody else's by now. Nothing was stored.
    case fenced
}

/// What was answered to a command.
public struct StoredAnswer: Hashable, Sendable {
    public var answer: [UInt8]
    /// Version of the case right after the command.
    public var version: Int

    public init(answer: [UInt8], version: Int) {
        self.answer = answer
        self.version = version
    }
}

/// A row about a case for lists and searches (办件摘要); what is in `body` is the reader's affair.
public struct CaseSummary: Hashable, Sendable {
    public var workflow: String
    public var workflowVersion: String
    public var projectCode: String?
    public var title: String
    /// Whose project it is: the owner's unified social credit code, else the owner's name.
    public var owner: String?
    public var status: String
    public var openedOn: LocalDate
    public var updatedOn: LocalDate
    /// Whatever else a list shows, for example the open items, in bytes of the reader's choice.
    public var body: [UInt8]

    public init(
        workflow: String, workflowVersion: String, projectCode: String? = nil, title: String, owner: String? = nil,
        status: String, openedOn: LocalDate, updatedOn: LocalDate, body: [UInt8] = []
    ) {
        self.workflow = workflow
        self.workflowVersion = workflowVersion
        self.projectCode = projectCode
        self.title = title
        self.owner = owner
        self.status = status
        self.openedOn = openedOn
        self.updatedOn = updatedOn
        self.body = body
    }
}

/// An alarm of a case (定时器): at the closing of `due` the case is to be looked at.
public struct StoredTimer: Hashable, Sendable {
    /// Unique in its case: 1 to 128 characters of `[A-Za-z0-9._:-]`.
    public var name: String
    public var due: LocalDate

    public init(name: String, due: LocalDate) {
        self.name = name
        self.due = due
    }
}

/// Something that a receiver is to be told (待发消息).
public struct OutgoingMessage: Hashable, Sendable {
    /// Who: 1 to 64 characters of `[A-Za-z0-9._:-]`.
    public var receiver: String
    /// What about: 1 to 64 characters of `[A-Za-z0-9._:-]`.
    public var kind: String
    /// Stable id by which the receiver knows a message it has had: 1 to 128 characters of `[A-Za-z0-9._:-]`. A
    /// message whose id the receiver's queue already knows is not stored again.
    public var dedupKey: String
    public var payload: [UInt8]

    public init(receiver: String, kind: String, dedupKey: String, payload: [UInt8]) {
        self.receiver = receiver
        self.kind = kind
        self.dedupKey = dedupKey
        self.payload = payload
    }
}
