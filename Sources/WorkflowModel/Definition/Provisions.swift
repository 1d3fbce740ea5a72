import WorkCalendar

/// What an item says of promises, of its clock's beginning and of the time after its decision (办理约定); most items say
/// nothing of it.
public struct Provisions: Sendable, Hashable {
    /// The rule that lets minor materials follow later than the promised limit; `nil` where they may not.
    public var toleranceBasis: String?
    public var commitment: CommitmentRule?
    /// When the system decides by itself, on the facts of the project 秒批; `nil` when people always do.
    public var autoDecide: Condition?
    public var clockStarts: ClockStart = .admission
    /// How special procedures of this item differ from what the law says of their kind.
    public var procedures: [ProcedureRule] = []
    /// Whether a lawyer looks at a refusal before it is made 法制审核.
    public var legalReview = false
    /// Within how long after the decision the outputs reach the applicant 送达; `nil` when handing out ends it.
    public var delivery: DayAmount?
    /// The id of the department that supervises what was granted, and is told of it 审管衔接.
    public var supervisedBy: String?
    public var lapses: LapseRule?
    /// Whether somebody has to have been there before it is granted 现场核实.
    ///
    /// - Source: 行政许可法 (2019) art. 34.
    public var visit = false

    public static let none = Provisions()

    public init() {}

    public func rule(of procedure: StopReason) -> ProcedureRule? { procedures.first { $0.kind == procedure } }
}

/// Where the item's own clock starts (计时起点).
///
/// - Source: 行政许可法 (2019) art. 42 counts from admission; the data-exchange standard knows admission by the window
///   (3) and the department's beginning (8) apart.
public enum ClockStart: String, Sendable, Hashable, CaseIterable, Codable {
    /// 窗口受理
    case admission
    /// 部门开始办理
    case department
}

/// How a promise of the applicant is looked after (告知承诺的事后核查).
///
/// - Source: 优化营商环境条例 art. 40.
public struct CommitmentRule: Sendable, Hashable {
    /// Within how long after the decision it is checked whether the promise was kept; `nil` without a date.
    public let checkWithin: DayAmount?
    /// The share that is drawn at random for the check 双随机抽查, in per cent, 1…100; `nil` when every one is checked.
    public let sample: Int?
    /// How long the applicant has to put a breach right; `nil` when a breach has its consequence at once.
    public let rectifyWithin: DayAmount?

    public init(checkWithin: DayAmount?, sample: Int?, rectifyWithin: DayAmount?) {
        self.checkWithin = checkWithin
        self.sample = sample
        self.rectifyWithin = rectifyWithin
    }
}

/// A special procedure as one item has it (特别程序约定).
public struct ProcedureRule: Sendable, Hashable {
    public let kind: StopReason
    /// `nil` leaves it to the kind: all stop the clock but site visits and collective discussions.
    public let stopsClock: Bool?
    /// The longest length that may be announced.
    public let limit: DayAmount?
    /// Within how long the unit that carries it out names a date 马上响应.
    public let respondWithin: DayAmount?
    public let basis: String?

    public init(
        kind: StopReason, stopsClock: Bool?, limit: DayAmount?, respondWithin: DayAmount?, basis: String?
    ) {
        self.kind = kind
        self.stopsClock = stopsClock
        self.limit = limit
        self.respondWithin = respondWithin
        self.basis = basis
    }
}

/// When a permit that nobody uses becomes void (许可失效).
///
/// - Source: 建筑法 (2019) art. 9: works begin within three months of the permit; two extensions of at most three months.
public struct LapseRule: Sendable, Hashable {
    public let months: Int
    /// The id of the item whose beginning makes use of it.
    public let unless: String
    /// How often it may be extended.
    public let extensions: Int
    public let extensionMonths: Int
    public let basis: String?

    public init(months: Int, unless: String, extensions: Int, extensionMonths: Int, basis: String?) {
        self.months = months
        self.unless = unless
        self.extensions = extensions
        self.extensionMonths = extensionMonths
        self.basis = basis
    }
}
