import WorkCalendar

/// What only few items come to have (承诺、救济与决定之后): promises, checks, appeals, delivery, lapse.
public struct Aftermath: Hashable, Sendable {
    /// How the application came in.
    public internal(set) var arrival: Arrival?
    /// What decisions took from the registry, in order.
    public internal(set) var grounds: [NotedGrounds] = []
    /// Who signed the applicant's promise, and when 承诺书.
    public internal(set) var promise: SignedPromise?
    /// Whether the applicant chose the ordinary way instead of a promise.
    public internal(set) var isOrdinary = false
    /// When the department began, where that is told.
    public internal(set) var reviewBeganOn: LocalDate?
    public internal(set) var legality: LegalOpinion?
    /// When somebody was there 到场.
    public internal(set) var visitedOn: LocalDate?
    /// Of one element while a change to what was granted is looked at, where nobody takes part but the department.
    var standing: [StandingGrant] = []
    /// How many changes to what was granted were applied for since then, where nobody takes part but the department: the
    /// round of what is asked and of cards.
    var changes = 0
    /// The date that has to be named for a special procedure.
    public internal(set) var response: ProcedureResponse?
    public internal(set) var check: LaterCheck?
    public internal(set) var breach: FoundBreach?
    /// The authority of another level to which it went.
    public internal(set) var referral: Referral?
    /// By whom and in whose name the power is exercised, where it moved.
    public internal(set) var power: ShiftedPower?
    /// In the order in which they were booked.
    public internal(set) var appointments: [Appointment] = []
    /// What was measured at an acceptance, where the area has control values.
    public internal(set) var measurement: Measurement?
    /// The firm that does an intermediary's work, with its promised time.
    public internal(set) var engagement: FirmEngagement?
    /// How many breaches were found or recorded.
    public internal(set) var breaches = 0
    /// Why what was granted has no effect at present.
    public internal(set) var suspended: EffectSuspension?
    /// In the order in which they were filed.
    public internal(set) var appeals: [Appeal] = []
    /// The reasons of the last refusal, and of the one that was annulled.
    var refusal: String?
    var annulled: String?
    public internal(set) var delivery: HandingOver?
    /// What a department wrote last to the applicant, where the window hands it out.
    public internal(set) var letter: Letter?
    /// Which result was pushed to the supervising department last, from 1, and whether it has been received.
    public internal(set) var push: ResultPush?
    public internal(set) var lapse: LapseClock?
    /// What a revocation took away, for the case that it is annulled.
    var beforeRevocation: BeforeRevocation?

    init() {}

    /// Whether an appeal annulled a decision of the item, so that it is decided again.
    public var isReopened: Bool { appeals.contains { $0.outcome == .annulled } }
}

/// 承诺书
public struct SignedPromise: Hashable, Sendable {
    public let signer: String
    public let on: LocalDate
}

/// 法制审核意见
public struct LegalOpinion: Hashable, Sendable {
    public let name: String
    public let agrees: Bool
    public let on: LocalDate
}

/// 马上响应
public struct ProcedureResponse: Hashable, Sendable {
    /// The last day to name a date.
    public let by: LocalDate
    /// The first working day past it.
    let overrunOn: LocalDate
    public internal(set) var date: LocalDate?
    public internal(set) var hasOverrun = false
}

/// 事后核查
public struct LaterCheck: Hashable, Sendable {
    /// The last day; `nil` without one.
    public internal(set) var due: LocalDate?
    /// Whether it is asked for: always, or because it was drawn.
    public internal(set) var isAsked: Bool
    /// Who checks, when that was drawn.
    public internal(set) var inspectors: [String] = []
    public internal(set) var hasOverrun = false
}

/// 核查发现的不符
public struct FoundBreach: Hashable, Sendable {
    public let finding: String
    public let on: LocalDate
    /// The last day to put it right; `nil` when there is none.
    public let rectifyBy: LocalDate?
    public internal(set) var rectifiedOn: LocalDate?
    public internal(set) var isMissed = false
}

/// 中止效力
public struct EffectSuspension: Hashable, Sendable {
    public let cause: BreachKind
    public let on: LocalDate
}

/// 复议、诉讼
public struct Appeal: Hashable, Sendable {
    public let route: AppealRoute
    public let filedOn: LocalDate
    public internal(set) var outcome: AppealOutcome?
    public internal(set) var decidedOn: LocalDate?
}

/// 送达
public struct HandingOver: Hashable, Sendable {
    /// The last day.
    public let due: LocalDate
    /// The first working day past it.
    let overrunOn: LocalDate
    public internal(set) var hasOverrun = false
    public internal(set) var method: DeliveryMethod?
    public internal(set) var tracking: String?
    public internal(set) var on: LocalDate?
}

/// 结果推送
public struct ResultPush: Hashable, Sendable {
    public let number: Int
    public let department: String
    public let on: LocalDate
    public internal(set) var acknowledgedOn: LocalDate?
}

/// 许可失效期
public struct LapseClock: Hashable, Sendable {
    /// The last day on which it can be made use of.
    public internal(set) var voidAfter: LocalDate
    public internal(set) var remindOn: LocalDate
    public internal(set) var isReminded = false
    public internal(set) var extensions = 0
}

struct BeforeRevocation: Hashable, Sendable {
    let status: ItemStatus
    let finishedOn: LocalDate?
    let gaps: Gaps?
    let lapse: LapseClock?
    let on: LocalDate
}

/// What a decision rested on in the registry (名册依据).
public struct NotedGrounds: Hashable, Sendable {
    public let kind: CaseEvent.Kind
    /// Who decided.
    public let name: String
    public let grounds: Grounds
    public let on: LocalDate
}
