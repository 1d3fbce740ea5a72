import WorkCalendar

/// Where a decision is contested (救济途径).
///
/// - Source: 行政许可法 (2019) art. 38: a refusal names both.
public enum AppealRoute: String, Hashable, Sendable, Codable, CaseIterable {
    /// 行政复议
    case reconsideration
    /// 行政诉讼
    case court

    public var title: LocalizedText {
        switch self {
        case .reconsideration: LocalizedText(zh: "行政复议", en: "reconsideration")
        case .court: LocalizedText(zh: "行政诉讼", en: "court")
        }
    }
}

/// What became of an appeal (复议、诉讼结果).
public enum AppealOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// 维持: the decision stands.
    case upheld
    /// 撤销: the decision falls, and the matter is decided again.
    case annulled
    /// 撤回申请
    case withdrawn

    public var title: LocalizedText {
        switch self {
        case .upheld: LocalizedText(zh: "维持", en: "upheld")
        case .annulled: LocalizedText(zh: "撤销原决定", en: "annulled")
        case .withdrawn: LocalizedText(zh: "撤回", en: "withdrawn")
        }
    }
}

/// How a result reaches the applicant (送达方式).
public enum DeliveryMethod: String, Hashable, Sendable, Codable, CaseIterable {
    /// 窗口领取
    case window
    /// 快递送达
    case courier
    /// 电子证照
    case electronic

    public var title: LocalizedText {
        switch self {
        case .window: LocalizedText(zh: "窗口领取", en: "at the window")
        case .courier: LocalizedText(zh: "快递送达", en: "by courier")
        case .electronic: LocalizedText(zh: "电子证照", en: "electronically")
        }
    }
}

/// Periods that laws set for what follows a decision; those that no law sets are assumed.
enum LegalPeriod {
    /// - Source: 行政复议法 (2023) art. 20: sixty days from knowing of the decision.
    static let reconsideration = DayAmount.calendar(60)
    /// - Source: 行政诉讼法 (2017) art. 46: six months from knowing of the decision.
    static let courtMonths = 6
    /// - Source: 行政诉讼法 (2017) art. 45: fifteen days from the answer of the reconsideration.
    static let courtAfterReconsideration = DayAmount.calendar(15)
    /// How long before a permit lapses its holder is reminded; assumed.
    static let lapseReminder = DayAmount.working(-10)
}
