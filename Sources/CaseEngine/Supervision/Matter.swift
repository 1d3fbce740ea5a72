import WorkCalendar
import WorkflowModel

/// Something that is followed until it is answered and closed (督办件): beside the items, and never their clock's affair.
public struct Matter: Hashable, Sendable {
    /// The kind and a running number, `complaint-2`.
    public let id: String
    public let kind: MatterKind
    /// The item that it is about; `nil` for the case as a whole.
    public internal(set) var item: String?
    /// Whose doing it is about: the department that was asked first.
    public let department: String
    public let text: String
    public let openedOn: LocalDate
    public internal(set) var status: MatterStatus = .open
    /// Who has to answer now: the department, or an office above it.
    public internal(set) var office: String
    /// How often it went up the chain.
    public internal(set) var level = 0
    /// The last day for the answer.
    public internal(set) var due: LocalDate
    public internal(set) var isExtended = false
    /// Since when it is late, by the limit that was told first.
    public internal(set) var overdueSince: LocalDate?
    public internal(set) var answers: [Answer] = []
    public internal(set) var callBack: CallBack?
    public internal(set) var closedOn: LocalDate?
    /// Whether the present office let its limit pass.
    var isOverdue = false

    /// What was answered, and by whom.
    public struct Answer: Hashable, Sendable {
        public let on: LocalDate
        public let office: String?
        public let text: String
        /// Of a bad rating: which of the three ways it was dealt with.
        public let outcome: BadRatingOutcome?
    }

    /// What the person said who was called back (回访).
    public struct CallBack: Hashable, Sendable {
        public let on: LocalDate
        public let isSatisfied: Bool
        public let note: String
    }

    /// When it was answered first; `nil` before.
    public var answeredOn: LocalDate? { answers.first?.on }

    /// Working days by which the first answer came, or has not come, after its limit (超期天数).
    public func overdueDays(asOf date: LocalDate, on calendar: WorkCalendar) -> Int {
        guard let overdueSince else { return 0 }
        let end = answeredOn.map { min($0, date) } ?? date
        return max(0, calendar.workingDays(after: overdueSince.adding(days: -1), through: end))
    }
}

/// What a matter is.
public enum MatterKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 督办, by the supervisor.
    case followUp = "follow-up"
    /// 疑难问题: put to the office above.
    case issue
    /// 投诉
    case complaint
    /// 差评工单: opened by a rating of 4 or 5.
    case badRating = "bad-rating"
    /// 限期取证: the agent's promise of a date for the whole project.
    case certificate

    /// Whether it goes up the chain by itself when it is not answered in time.
    public var escalates: Bool { self != .complaint && self != .certificate }

    public var title: LocalizedText {
        switch self {
        case .followUp: LocalizedText(zh: "督办", en: "follow-up")
        case .issue: LocalizedText(zh: "疑难问题", en: "issue")
        case .complaint: LocalizedText(zh: "投诉", en: "complaint")
        case .badRating: LocalizedText(zh: "差评", en: "bad rating")
        case .certificate: LocalizedText(zh: "限期取证", en: "promised certificate")
        }
    }
}

/// Where a matter stands.
public enum MatterStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// 待答复
    case open
    /// 已答复
    case answered
    /// 已销号
    case closed

    public var title: LocalizedText {
        switch self {
        case .open: LocalizedText(zh: "待答复", en: "open")
        case .answered: LocalizedText(zh: "已答复", en: "answered")
        case .closed: LocalizedText(zh: "已办结", en: "closed")
        }
    }
}

/// How a bad rating was dealt with (差评整改方式), one of three.
///
/// - Source: 乳山市"十四五"行政审批发展规划 七章二节: 立行立改、限期整改、解释说明.
public enum BadRatingOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// 立行立改
    case fixedAtOnce = "fixed-at-once"
    /// 限期整改, followed up by its date.
    case fixedByDate = "fixed-by-date"
    /// 解释说明
    case explained

    public var title: LocalizedText {
        switch self {
        case .fixedAtOnce: LocalizedText(zh: "立行立改", en: "put right at once")
        case .fixedByDate: LocalizedText(zh: "限期整改", en: "to be put right by a date")
        case .explained: LocalizedText(zh: "解释说明", en: "explained")
        }
    }
}

/// What was done about a confirmed red card (问责措施).
///
/// - Source: 乳山市"十四五"行政审批发展规划 七章二节: 整改通知、通报、问责；谈话提醒、批评教育、调整岗位.
public enum AccountabilityMeasure: String, Hashable, Sendable, Codable, CaseIterable {
    /// 整改通知
    case notice
    /// 谈话提醒
    case talk
    /// 批评教育
    case criticism
    /// 通报
    case circular
    /// 调整岗位
    case reassignment
    /// 问责
    case discipline

    public var title: LocalizedText {
        switch self {
        case .notice: LocalizedText(zh: "整改通知", en: "notice to put right")
        case .talk: LocalizedText(zh: "谈话提醒", en: "talk")
        case .criticism: LocalizedText(zh: "批评教育", en: "criticism")
        case .circular: LocalizedText(zh: "通报", en: "circular")
        case .reassignment: LocalizedText(zh: "调整岗位", en: "reassignment")
        case .discipline: LocalizedText(zh: "问责", en: "discipline")
        }
    }
}

/// A rating (好差评) of one completed step.
public struct Rating: Hashable, Sendable {
    public internal(set) var item: String
    public let attempt: Int
    public let step: RatedStep
    /// 1 非常满意 … 5 非常不满意.
    ///
    /// - Source: GB/T 39046-2020 A.8.
    public let score: Int
    public let channel: RatingChannel
    public let comment: String
    public let on: LocalDate
    public let department: String?

    /// 4 or 5 (差评).
    public var isBad: Bool { Self.isBad(score) }

    static func isBad(_ score: Int) -> Bool { score >= 4 }
}

/// What is rated.
public enum RatedStep: String, Hashable, Sendable, Codable, CaseIterable {
    /// 受理
    case admission
    /// 办理: the decision, or the work when nobody applies for it.
    case decision
    /// 发证
    case delivery

    public var title: LocalizedText {
        switch self {
        case .admission: LocalizedText(zh: "受理", en: "admission")
        case .decision: LocalizedText(zh: "办理", en: "decision")
        case .delivery: LocalizedText(zh: "发证", en: "delivery")
        }
    }
}

/// How a rating came in (评价渠道).
///
/// - Source: 窗口、电脑、移动 are codes 1 to 3 of GB/T 39046-2020; surveys, call-backs and third parties are named by the
///   plans of Chongqing and Yingkou.
public enum RatingChannel: String, Hashable, Sendable, Codable, CaseIterable {
    case window
    case web
    case mobile
    /// 电话回访
    case phone
    /// 问卷、抽样调查
    case survey
    /// 第三方评估
    case thirdParty = "third-party"
    case other
}

/// What is known of ratings and matters in a case (监察台账): there is none in most.
public struct Oversight: Hashable, Sendable {
    /// In the order in which they were opened.
    public internal(set) var matters: [Matter] = []
    /// In the order in which they came.
    public internal(set) var ratings: [Rating] = []
    /// The earliest date on which a matter is late.
    var nextDue: LocalDate?

    init() {}
}
