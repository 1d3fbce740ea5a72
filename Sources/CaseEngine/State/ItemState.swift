import WorkCalendar
import WorkflowModel

/// The state of one item (事项状态).
public struct ItemState: Hashable, Sendable {
    public internal(set) var id: String
    public internal(set) var status: ItemStatus = .planned
    /// The number of the application, from 1; 0 before the first.
    public internal(set) var attempt = 0

    // Dates.
    /// The date from which everything it waits for is there, which may lie ahead when a lag runs; `nil` while something
    /// is outstanding.
    public internal(set) var readyFrom: LocalDate?
    public internal(set) var readyOn: LocalDate?
    /// Filed, begun or reached.
    public internal(set) var startedOn: LocalDate?
    /// Decided in its favour, completed or reached.
    public internal(set) var finishedOn: LocalDate?
    public internal(set) var filedOn: LocalDate?
    /// The working day that the filing, or the supplied correction, counts as received.
    public internal(set) var receivedOn: LocalDate?
    /// The last day to ask for a correction; past it the application is deemed admitted.
    public internal(set) var admitBy: LocalDate?
    /// The day of admission, from which the clock runs; the day of receipt when deemed.
    public internal(set) var admittedOn: LocalDate?
    public internal(set) var isDeemedAdmitted = false
    /// Whether admission was refused because another body is in charge.
    public internal(set) var isForOtherBody = false
    /// The end of the application: decided either way, not admitted, returned or withdrawn.
    public internal(set) var endedOn: LocalDate?
    public internal(set) var issuedOn: LocalDate?

    // The application.
    public internal(set) var correction: Notice?
    public internal(set) var supplement: Notice?
    public internal(set) var signatures: [Signature] = []
    /// Minor materials that were missing when it was filed.
    public internal(set) var missing: [String] = []
    public internal(set) var gaps: Gaps?
    /// The documents used, a later one of the same material in place of the earlier.
    public internal(set) var documents: [MaterialUse] = []
    /// The documents that the last signature or decision saw.
    public internal(set) var seen: [MaterialUse] = []
    /// Raised whenever documents change, so that an opinion can say what it saw.
    public internal(set) var revision = 0
    /// How many pre-reviews and pauses of the application have begun, so that each one is asked to end by its own name.
    public internal(set) var interludes = 0
    /// How many special procedures of the application have begun.
    public internal(set) var procedures = 0

    // Time.
    public internal(set) var pause: Pause?
    /// Stops of the clock since admission, the last one open while it stands still.
    public internal(set) var stops: [ClockStop] = []
    public internal(set) var extended: ClockExtension?
    /// Times of earlier applications that came to nothing: they were used all the same.
    public internal(set) var past: [HeldTime] = []
    /// When cards are due while the clock runs; `nil` while it does not.
    public internal(set) var limits: LimitDates?
    /// The person of the department who acted on it last.
    public internal(set) var officer: String?
    var raised: CardLevels = []

    /// What only joint items have.
    public internal(set) var joint: JointState?

    /// Promises, appeals and what follows a decision; `nil` for most items.
    public internal(set) var aftermath: Aftermath? {
        get { rare.first }
        set { rare = newValue.map { [$0] } ?? [] }
    }
    /// Of one element when there is any: an item's state is copied often, and this part is seldom there.
    private(set) var rare: [Aftermath] = []

    init(id: String) { self.id = id }

    /// Changes the part that is seldom there, and makes it if need be.
    mutating func withAftermath(_ change: (inout Aftermath) -> Void) {
        if rare.isEmpty { rare = [Aftermath()] }
        change(&rare[0])
    }

    /// The round of opinions, or of changes to what was granted; 0 is the first.
    var round: Int { joint?.round ?? rare.first?.changes ?? 0 }

    /// Whether its clock stands still, for a pause or for the applicant's rectification.
    public var isStopped: Bool { status == .rectifying || pause?.stopsClock == true }
}

/// A notice to the applicant and its answer (告知与补齐).
public struct Notice: Hashable, Sendable {
    public let points: [Point]
    public let on: LocalDate
    public internal(set) var suppliedOn: LocalDate?
}

/// A signature in the reviewer chain (签署).
public struct Signature: Hashable, Sendable {
    /// Which link of the chain, from 0.
    public let link: Int
    public let name: String
    /// The absent officer for whom a deputy signed.
    public let onBehalfOf: String?
    public let on: LocalDate
}

/// Minor materials that follow (容缺).
public struct Gaps: Hashable, Sendable {
    public internal(set) var materials: [String]
    public let promise: LocalDate
    /// When the applicant is reminded.
    public let remindOn: LocalDate
    public internal(set) var isReminded = false
    public internal(set) var isBroken = false
}

/// What a review waits for (暂停): pauses never nest, and each one has one end.
public struct Pause: Hashable, Sendable {
    public let kind: PauseKind
    public let since: LocalDate
    /// What a special procedure is.
    public let procedure: SpecialProcedure?
    /// The length told to the applicant.
    let length: DayAmount?
    /// The last day of the length told to the applicant.
    public let announced: LocalDate?
    /// The first working day past it.
    let overrunOn: LocalDate?
    public internal(set) var hasOverrun = false
    public let stopsClock: Bool
}

/// The kinds of pauses.
public enum PauseKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 过程补件
    case supplement
    /// 特别程序
    case procedure
    /// 中止
    case suspension
    /// 报上级: an authority of another level decides.
    case referral
}

/// The dates of a running clock (时限节点): what is due is due at a date's closing.
public struct LimitDates: Hashable, Sendable {
    public internal(set) var blue: LocalDate?
    public internal(set) var yellow: LocalDate?
    public internal(set) var red: LocalDate?
    public internal(set) var statutoryRed: LocalDate?
    /// The last day of the promised limit.
    public internal(set) var promised: LocalDate?
    /// The first working day past the promised limit, where supervision warns.
    public internal(set) var pastPromised: LocalDate?
    /// The last day of the statutory limit.
    public internal(set) var statutory: LocalDate?

    public init() {}

    public internal(set) subscript(level: CardLevel) -> LocalDate? {
        get {
            switch level {
            case .blue: blue
            case .yellow: yellow
            case .red: red
            case .statutoryRed: statutoryRed
            }
        }
        set {
            switch level {
            case .blue: blue = newValue
            case .yellow: yellow = newValue
            case .red: red = newValue
            case .statutoryRed: statutoryRed = newValue
            }
        }
    }
}

/// The levels already raised in the round.
struct CardLevels: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    init(rawValue: UInt8) { self.rawValue = rawValue }
    init(_ level: CardLevel) { rawValue = 1 << UInt8(level.rank) }
}
