import WorkCalendar
import WorkflowModel

/// The state of a case (办件状态): the fold of its events, nothing else.
public struct CaseState: Hashable, Sendable {
    public internal(set) var status: CaseStatus = .unopened
    public internal(set) var opening: CaseOpening? {
        get { openings.first }
        set { openings = newValue.map { [$0] } ?? [] }
    }
    /// Of one element, once it is open: a case is copied often, and an opening never changes.
    private var openings: [CaseOpening] = []
    /// What governs the case now: its opening, as migrations and changes of the calendar have left it.
    public internal(set) var governing: CaseGoverning? {
        get { amended.first ?? opening.map { CaseGoverning($0) } }
        set { amended = newValue.map { [$0] } ?? [] }
    }
    /// The version that a migration put the case under; `nil` while it is the one it opened with.
    public var amendedVersion: String? { amended.first?.version }
    /// Empty until the first change of its rules, then of one element.
    private var amended: [CaseGoverning] = []
    public internal(set) var openedOn: LocalDate?
    /// When it was completed, withdrawn or cancelled.
    public internal(set) var closedOn: LocalDate?
    /// In the order of the plan.
    public internal(set) var items = ItemStates()
    /// In the order of the workflow.
    public internal(set) var stages: [StageState] = []
    /// The case-wide store of documents, in order of arrival; a document's number is its position plus one.
    public internal(set) var materials: [HeldMaterial] = []
    /// Requests that were avoided and look-ups that failed, in order.
    public internal(set) var materialNotes: [MaterialNote] = []
    /// The forms of whole stages, in order of arrival.
    public internal(set) var intakes: [StageIntake] = []
    /// In the order in which they were raised.
    public internal(set) var cards: [Card] = []
    /// The control values of the zone that it rests on; empty for most cases.
    public internal(set) var standards: [AppliedStandard] = []
    /// Whether and why the case goes first 绿色通道.
    public internal(set) var greenChannel: GreenChannel?
    /// The date of the last event.
    public internal(set) var asOf: LocalDate?
    /// How many events have been folded: the version to append at.
    public internal(set) var version = 0
    /// Items that still have to finish before the case is complete; later checks are not among them.
    public internal(set) var unfinished = 0

    /// The earliest date on which something happens by time, and the position of the item that it happens to.
    var nextDue: LocalDate?
    var nextItem = 0
    /// The earliest such date of each item.
    var dues: [LocalDate?] = []
    /// The first day after which a document in the store is not valid any more; `nil` when none expires.
    var nextExpiry: LocalDate?
    /// Of one element, once there is something to keep.
    var oversights: [Oversight] = []
    /// What is kept of requests and timers.
    var views = CaseViews()

    /// The state before the first event.
    public init() {}

    /// The item with that id, if the plan has it.
    /// - Complexity: O(n), n = items; where there are many to look up, use ``Plan/index(of:)``.
    public subscript(item id: String) -> ItemState? { items.first { $0.id == id } }
}

/// Where a case stands (办件状态).
public enum CaseStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case unopened
    /// 办理中
    case open
    /// 办结
    case completed
    /// 撤件
    case withdrawn
    /// 终止
    case cancelled
}

/// Why a case goes first (绿色通道).
public struct GreenChannel: Hashable, Sendable {
    public let since: LocalDate
    /// The rule; `nil` when it was opened by hand.
    public let rule: GreenChannelRule?
    public let reason: String
}

/// Where a stage stands (阶段状态).
public struct StageState: Hashable, Sendable {
    public let id: String
    public internal(set) var startedOn: LocalDate?
    public internal(set) var closedOn: LocalDate?

    init(id: String) { self.id = id }
}

/// A document in the case's store (已有材料), reused by every later item.
///
/// - Source: 行政许可法 (2019) art. 31; what one step has collected no later step asks for again.
public struct HeldMaterial: Hashable, Sendable {
    /// The id of the material in the workflow.
    public let material: String
    public let hash: String
    public let since: LocalDate
    /// The day on which it was made out, when it says so.
    public let issuedOn: LocalDate?
    /// The last day on which it is valid; `nil` without end.
    public let validUntil: LocalDate?
    /// The id of the item that collected or issued it, or of the intake of a stage.
    public internal(set) var origin: String
    /// Whether the item issued it, rather than collected it.
    public let isOutput: Bool
    /// Whether what the item granted was revoked or has lapsed.
    public internal(set) var isRevoked = false
    /// Whether its effect is suspended for a broken promise.
    public internal(set) var isSuspended = false
    /// Of one element when it came from outside the case: few do, and all are copied often.
    let sources: [MaterialSource]

    /// Where it was taken over from; `nil` when the applicant handed it in or an item issued it.
    public var source: MaterialSource? { sources.first }

    public func isValid(on date: LocalDate) -> Bool {
        !isRevoked && !isSuspended && validUntil.map { date <= $0 } ?? true
    }
}

/// A supervision card (监察牌).
public struct Card: Hashable, Sendable {
    public let id: String
    public internal(set) var item: String
    public let participant: String?
    /// The round of opinions; 0 is the first.
    public let round: Int
    public let level: CardLevel
    /// The department that held the time.
    public let department: String?
    public let raisedOn: LocalDate
    /// Who was in charge at that moment; `nil` when nobody had acted yet.
    public let person: String?
    /// What was broken; `nil` when it is about time.
    public let rule: SupervisionRule?
    /// What shows it, on a card that is not about time.
    public let evidence: String?
    public internal(set) var explanation: String?
    public internal(set) var explainedOn: LocalDate?
    /// What was done about it once it was confirmed.
    public internal(set) var accountability: [AccountabilityNote] = []
    public internal(set) var standing: Standing = .open

    /// A measure taken (问责).
    public struct AccountabilityNote: Hashable, Sendable {
        public let on: LocalDate
        public let measure: AccountabilityMeasure
        public let note: String
    }

    /// What became of it.
    public enum Standing: String, Hashable, Sendable, Codable {
        case open
        /// 解除
        case lifted
        /// 认定
        case confirmed
    }
}
