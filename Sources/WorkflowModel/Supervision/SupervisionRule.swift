import WorkCalendar

/// Supervision levels (监察等级), in the order in which they are raised.
public enum CardLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// A limit is near 提醒.
    case blue
    /// 黄牌
    case yellow
    /// 红牌
    case red
    /// The gravest: by default the statutory limit has passed 法定超期.
    case statutoryRed

    package var rank: Int {
        switch self {
        case .blue: 0
        case .yellow: 1
        case .red: 2
        case .statutoryRed: 3
        }
    }

    public static func < (a: CardLevel, b: CardLevel) -> Bool { a.rank < b.rank }
}

/// What supervision looks for beside lateness (监察规则编号): the rule named on a card or a finding.
///
/// - Source: triggers that are not time follow a provincial rule on electronic supervision of approvals (art. 6); extra
///   materials and hidden extensions the clearance campaign of Yingkou; joint acceptance the rule of Qingdao.
public enum SupervisionRule: String, Hashable, Sendable, Codable, CaseIterable {
    // Seen by people, with evidence; some of them also by the log.
    /// 依法应受理而不予受理
    case refusedLawfulApplication = "refused-lawful-application"
    /// 全程未超时而单个环节超时
    case stepLate = "step-late"
    /// 不予受理不说明理由
    case noReasons = "no-reasons"
    /// 应网上办理而线下办理
    case notOnline = "not-online"
    /// 违规收费
    case unlawfulCharge = "unlawful-charge"
    /// 擅自增加材料
    case extraMaterial = "extra-material"
    /// 变相延长时限
    case hiddenExtension = "hidden-extension"

    // Patterns of a log.
    /// 临近到期启动特别程序
    case lateProcedure = "late-special-procedure"
    /// 体外循环: a result without the steps that lead to it.
    case resultWithoutSteps = "result-without-steps"
    /// 体外循环: a date before the one on which it was entered.
    case backdated
    /// 多次暂停
    case manyPauses = "many-pauses"
    /// 重复补正、补件
    case correctionRepeated = "correction-repeated"
    /// 受理后退件
    case sentBackAfterAdmission = "sent-back-after-admission"

    // Joint items.
    /// 联合事项反馈迟延
    case jointAnswerLate = "joint-answer-late"
    /// 联合事项不表态，视为同意
    case jointNoPosition = "joint-no-position"
    /// 未一次性告知整改内容
    case jointPointsLate = "joint-points-late"
    /// 联合验收后仍未合并意见
    case jointMergeLate = "joint-merge-late"

    public var title: LocalizedText {
        switch self {
        case .refusedLawfulApplication:
            LocalizedText(zh: "依法应受理而不予受理", en: "a lawful application was not admitted")
        case .stepLate: LocalizedText(zh: "单个环节超时", en: "a single step was late")
        case .noReasons: LocalizedText(zh: "不予受理未说明理由", en: "not admitted without reasons")
        case .notOnline: LocalizedText(zh: "应网上办理而线下办理", en: "handled offline though offered online")
        case .unlawfulCharge: LocalizedText(zh: "违规收费", en: "an unlawful charge")
        case .extraMaterial: LocalizedText(zh: "清单外索要材料", en: "a material was asked for outside the list")
        case .hiddenExtension: LocalizedText(zh: "变相延长时限", en: "a hidden extension")
        case .lateProcedure: LocalizedText(zh: "临近到期启动特别程序", en: "a special procedure near the end of the limit")
        case .resultWithoutSteps:
            LocalizedText(zh: "没有办理环节直接录入结果（体外循环）", en: "a result entered without the steps before it")
        case .backdated:
            LocalizedText(zh: "结果日期早于录入日期（体外循环）", en: "a result dated before it was entered")
        case .manyPauses: LocalizedText(zh: "多次暂停计时", en: "the clock was stopped many times")
        case .correctionRepeated: LocalizedText(zh: "重复要求补正或补件", en: "corrections asked for again")
        case .sentBackAfterAdmission: LocalizedText(zh: "受理后退件", en: "sent back after admission")
        case .jointAnswerLate: LocalizedText(zh: "联合事项反馈迟延", en: "a participant answered late")
        case .jointNoPosition: LocalizedText(zh: "联合事项未表态", en: "a participant took no position")
        case .jointPointsLate: LocalizedText(zh: "整改内容未一次性告知", en: "points to rectify were not told at once")
        case .jointMergeLate: LocalizedText(zh: "牵头部门合并意见迟延", en: "the lead merged the opinions late")
        }
    }

    /// Whether an event alone shows the breach, so that a card may be raised by rule at once.
    public var isShownByEvent: Bool {
        switch self {
        case .stepLate, .hiddenExtension, .sentBackAfterAdmission, .jointNoPosition: true
        default: false
        }
    }
}
