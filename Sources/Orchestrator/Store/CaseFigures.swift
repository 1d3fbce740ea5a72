import WorkCalendar

/// What lists and figures say of a case beside its row (办件指标): found from its state after the fact and kept in the store,
/// so that neither a list nor a board reads logs.
public struct CaseFigures: Hashable, Sendable {
    /// Most bytes of ``body`` and of ``tally`` each: 65,536.
    public static let byteLimit = 65_536

    public var caseID: CaseID
    /// Of the case when they were found.
    public var version: Int
    /// ``CaseSummary/status`` then.
    public var status: String
    public var lights = ListedLights()
    /// When it is planned to end, or ended; `nil` where that is not known.
    public var finish: LocalDate?
    /// When something happened last.
    public var updatedOn: LocalDate
    /// The ids of the bodies that take part, whether their turn has come or not: letters, digits, `-`.
    public var departments: [String] = []
    /// What the owner is called, where the row has its code.
    public var ownerName: String?
    /// What texts are looked for in: id, project code and title, a line each, with ASCII letters in small.
    public var search = ""
    /// What a list shows.
    public var body: [UInt8] = []
    /// What counts of figures are made of.
    public var tally: [UInt8] = []
    /// What reports are made of, at most 1 MiB; never read back with the row.
    public var handling: [UInt8]?
    /// The tasks of the case at ``version``, where the store may have none from an earlier schema; never read back.
    public var tasks: [StoredTask]?

    public init(caseID: CaseID, version: Int, status: String, updatedOn: LocalDate) {
        self.caseID = caseID
        self.version = version
        self.status = status
        self.updatedOn = updatedOn
    }

    /// Why no store may take them, or `nil`.
    public var defect: String? {
        if version < 1 { return "figures are of a version of a case" }
        if body.count > Self.byteLimit || tally.count > Self.byteLimit { return "figures are too long" }
        if handling?.count ?? 0 > 16 * Self.byteLimit { return "what reports are made of is too long" }
        let names = departments.allSatisfy { Token.isValid($0, limit: 128) }
        if !names || departments.count > 1000 { return "a department's id is no plain token" }
        return (tasks ?? []).lazy.compactMap(\.defect).first
    }
}

/// From which days on the lights of a case change, as long as nothing happens in it (灯的起始日).
public struct ListedLights: Hashable, Sendable {
    /// The first day on which a limit is near.
    public var near: LocalDate?
    /// The first day past a promised limit, or past a statutory one.
    public var late: LocalDate?
    /// The first day past a statutory limit.
    public var over: LocalDate?
    /// Whether a clock stands still.
    public var isStopped = false
    /// Whether a clock runs.
    public var isRunning = false

    public init(
        near: LocalDate? = nil, late: LocalDate? = nil, over: LocalDate? = nil, isStopped: Bool = false,
        isRunning: Bool = false
    ) {
        self.near = near
        self.late = late
        self.over = over
        self.isStopped = isStopped
        self.isRunning = isRunning
    }

    /// The gravest on a day; `nil` without clocks.
    public func light(on date: LocalDate) -> ListedLight? {
        func has(_ day: LocalDate?) -> Bool { day.map { $0 <= date } ?? false }
        if has(over) { return .over }
        if has(late) { return .late }
        if has(near) { return .near }
        return isStopped ? .stopped : isRunning ? .normal : nil
    }
}

/// The gravest light of a case (预警灯), gravest first.
public enum ListedLight: Int, Sendable, Hashable, CaseIterable {
    case over, late, near, stopped, normal
}

/// Which cases a list shows: those that agree with every value given. Cases without figures yet are not among them.
public struct ListFilter: Hashable, Sendable {
    /// ``CaseFigures/status``.
    public var status: String?
    /// Part of ``CaseFigures/search``, whatever the case of ASCII letters.
    public var text: String?
    public var light: ListedLight?
    /// A body that takes part.
    public var department: String?
    /// Codes or names of owners or codes of projects, one of which must be the case's; at most 50.
    public var owners: [String]?
    /// The day on which lights are looked at.
    public var date: LocalDate

    public static let ownerLimit = 50

    public init(
        status: String? = nil, text: String? = nil, light: ListedLight? = nil, department: String? = nil,
        owners: [String]? = nil, date: LocalDate
    ) {
        self.status = status
        self.text = text
        self.light = light
        self.department = department
        self.owners = owners
        self.date = date
    }
}

/// In which order a list shows cases; those alike by opening.
public enum ListOrder: String, Sendable, Hashable, CaseIterable {
    /// Those whose limit ends first, or ended longest ago, then those without one.
    case urgency
    /// Those changed last.
    case change
    /// Those that end first, then those of which that is not known.
    case finish
    /// Those opened first.
    case opening
}

/// A row of a list of cases.
public struct ListedCase: Hashable, Sendable {
    public var row: StoredSummary
    public var figures: CaseFigures

    public init(row: StoredSummary, figures: CaseFigures) {
        self.row = row
        self.figures = figures
    }
}

/// A place in an ordered list of cases: what the next page begins after.
public struct ListPlace: Hashable, Sendable {
    /// The day that the list is sorted by, ``ListOrder/noDay`` where there is none.
    public var day: Int
    public var caseID: CaseID

    public init(day: Int, caseID: CaseID) {
        self.day = day
        self.caseID = caseID
    }

    public init(of listed: ListedCase, in order: ListOrder) {
        self.init(day: order.place(of: listed.figures), caseID: listed.row.caseID)
    }
}

/// A case whose figures are older than itself, or that has none.
public struct UnlistedCase: Hashable, Sendable {
    public var caseID: CaseID
    public var hasFigures: Bool

    public init(caseID: CaseID, hasFigures: Bool) {
        self.caseID = caseID
        self.hasFigures = hasFigures
    }
}

/// What lists and figures are read from (清单).
public protocol ListStore: Sendable {
    /// Keeps figures of cases, each unless newer ones are there, and the tasks given if the case is still at that version.
    /// Those of cases that are not there are left out.
    ///
    /// - Throws: `rejected` if one has a defect.
    func putFigures(_ figures: [CaseFigures]) async throws(StoreError)

    /// Cases other than the office's own whose figures are missing or older than they are, in the order of opening, those
    /// after `cursor`, at most `limit`.
    ///
    /// - Complexity: of the whole store; meant for the start.
    func unlistedCases(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [UnlistedCase]

    /// A page of a list of cases, those after `cursor`. A cursor whose case is not there gives an empty page.
    ///
    /// - Complexity: of a page; of the owners' cases where owners are given; of the rows gone through where a rare light is
    ///   looked for; of those that have the text, or a page of them where they are more than
    ///   ``SearchGrams/candidateLimit``.
    func listedCases(
        matching filter: ListFilter, in order: ListOrder, after cursor: ListPlace?, limit: Int
    ) async throws(StoreError) -> [ListedCase]

    /// How many there are, counted up to a bound.
    func countListed(matching filter: ListFilter, upTo bound: Int) async throws(StoreError) -> Int

    /// The tallies of all cases in the order of opening, those after `cursor`, at most `limit`.
    func tallies(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally]

    /// What reports are made of, of all cases that have it, in the order of opening, those after `cursor`, at most `limit`.
    func handlings(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally]

    /// What others than a party have to do, in the order of ``EventStore/tasks(of:_:after:limit:)``, at most `limit`: with
    /// ``TaskFilter/lead`` in items that it leads, else in the cases of its owners. Nothing where neither is given.
    func tasks(ofOthersThan party: String, _ filter: TaskFilter, limit: Int) async throws(StoreError) -> [CaseTask]

    /// What somebody did of late: events with that ``NewEvent/actor`` among the office's last `depth`, the newest first,
    /// at most `limit`.
    func recentEvents(by actor: String, depth: Int, limit: Int) async throws(StoreError) -> [EventRecord]
}

/// What figures or reports are made of, of one case.
public struct StoredTally: Hashable, Sendable {
    public var caseID: CaseID
    /// ``CaseFigures/tally`` or ``CaseFigures/handling``.
    public var bytes: [UInt8]

    public init(caseID: CaseID, bytes: [UInt8]) {
        self.caseID = caseID
        self.bytes = bytes
    }
}
