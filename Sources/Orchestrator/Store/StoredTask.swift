import WorkCalendar

/// Something that a party has to do (待办), as the store lists it: a page of an inbox reads no case.
public struct StoredTask: Hashable, Sendable {
    /// Unique in its case: 1 to 128 characters of `[A-Za-z0-9._:-]`.
    public var name: String
    /// Whose turn it is: 1 to 128 bytes without controls.
    public var party: String
    /// How much hangs on it, 0 first: 0 to 99.
    public var rank: Int
    /// The last day on which it is in time; `nil` without a limit.
    public var due: LocalDate?
    /// The department whose item it is in, where that waits for somebody else: as ``party``.
    public var lead: String?
    /// Who of the party may not do it, by ``NewEvent/actor``'s name: whoever signed just before. At most
    /// ``barredLimit``, each as ``party``.
    public var barred: [String] = []
    /// What a list shows of it, in bytes of the reader's choice: at most 65,536.
    public var body: [UInt8]

    /// Most names in ``barred``: 8.
    public static let barredLimit = 8

    public init(
        name: String, party: String, rank: Int, due: LocalDate? = nil, lead: String? = nil, barred: [String] = [],
        body: [UInt8] = []
    ) {
        self.name = name
        self.party = party
        self.rank = rank
        self.due = due
        self.lead = lead
        self.barred = barred
        self.body = body
    }

    /// ``barred`` as databases keep it, each name on a line of its own; `nil` where there is none.
    public var barredLines: String? { barred.isEmpty ? nil : "\n\(barred.joined(separator: "\n"))\n" }

    /// Reads ``barredLines``.
    public static func barred(_ lines: String?) -> [String] {
        (lines ?? "").split(separator: "\n").map(String.init)
    }
}

/// Which tasks of a party: those that agree with every value given.
public struct TaskFilter: Hashable, Sendable {
    /// Most cases that one filter may name.
    public static let caseLimit = 500

    /// ``CaseSummary/owner``.
    public var owner: String?
    /// ``CaseSummary/projectCode``.
    public var project: String?
    /// One of these cases; at most ``caseLimit``, those after them are left out.
    public var cases: [CaseID]?
    /// Due on that date or before; leaves out those without a limit.
    public var dueThrough: LocalDate?
    /// Codes or names of owners or codes of projects, one of which must be the case's; at most
    /// ``ListFilter/ownerLimit``.
    public var owners: [String]?
    /// ``StoredTask/lead``.
    public var lead: String?
    /// Who asks: leaves out what this person may not do, see ``StoredTask/barred``.
    public var person: String?

    /// Whether it names cases in one way or another, so that they are looked for first.
    public var namesCases: Bool { owner != nil || project != nil || cases != nil || owners != nil }

    public init(
        owner: String? = nil, project: String? = nil, cases: [CaseID]? = nil, dueThrough: LocalDate? = nil,
        owners: [String]? = nil, lead: String? = nil, person: String? = nil
    ) {
        self.owner = owner
        self.project = project
        self.cases = cases
        self.dueThrough = dueThrough
        self.owners = owners
        self.lead = lead
        self.person = person
    }
}

/// A task with what a list shows of its case.
public struct CaseTask: Hashable, Sendable {
    public var caseID: CaseID
    public var projectCode: String?
    /// ``CaseSummary/title``.
    public var title: String
    public var owner: String?
    public var task: StoredTask

    public init(caseID: CaseID, projectCode: String?, title: String, owner: String?, task: StoredTask) {
        self.caseID = caseID
        self.projectCode = projectCode
        self.title = title
        self.owner = owner
        self.task = task
    }
}

/// How many tasks a party has (待办数).
public struct TaskCount: Hashable, Sendable {
    public var open: Int
    /// Due before today.
    public var overdue: Int
    /// Due from today through the horizon.
    public var dueSoon: Int

    public init(open: Int, overdue: Int, dueSoon: Int) {
        self.open = open
        self.overdue = overdue
        self.dueSoon = dueSoon
    }
}

extension StoredTask {
    /// Why no store may take this task, or `nil`.
    var defect: String? {
        if !Token.isValid(name, limit: 128) { return "'\(name)' is no name of a task" }
        if !Token.isPlain(party, limit: 1...128) { return "the party is empty, too long or has controls" }
        if let lead, !Token.isPlain(lead, limit: 1...128) { return "the lead is empty, too long or has controls" }
        if barred.count > Self.barredLimit || !barred.allSatisfy({ Token.isPlain($0, limit: 1...128) }) {
            return "who may not do the task '\(name)' are too many, or a name is empty, too long or has controls"
        }
        if !(0...99).contains(rank) { return "the rank \(rank) of the task '\(name)' is not within 0 and 99" }
        if body.count > 65_536 { return "the body of the task '\(name)' has more than 65536 bytes" }
        return nil
    }
}
