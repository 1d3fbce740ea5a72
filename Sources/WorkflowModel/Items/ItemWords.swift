import WorkCalendar

/// The level of administration that exercises a power (行使层级), highest first.
///
/// - Source: GB/T 39046-2020, code list of levels: 1 国家 to 5 镇.
public enum AdministrativeLevel: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case national, provincial, municipal, county, town

    public var title: LocalizedText {
        switch self {
        case .national: .init(zh: "国家级", en: "national")
        case .provincial: .init(zh: "省级", en: "provincial")
        case .municipal: .init(zh: "市级", en: "municipal")
        case .county: .init(zh: "县（区）级", en: "county or district")
        case .town: .init(zh: "乡镇（街道）级", en: "township or subdistrict")
        }
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether a level stands above another.
    public static func < (a: AdministrativeLevel, b: AdministrativeLevel) -> Bool { a.rank < b.rank }
}

/// What an item is in law (事项类型).
///
/// - Source: 粤府办〔2018〕51号 一 names six kinds of service items; 其他行政权力 is that of GB/T 39046-2020 (10), internal
///   and intermediary services are kept in lists of their own (二(七)21).
public enum ItemType: String, Sendable, Hashable, CaseIterable {
    case permit, benefit, confirmation, reward, ruling
    case publicService = "public-service"
    case otherPower = "other-power"
    case `internal`, intermediary

    public var title: LocalizedText {
        switch self {
        case .permit: .init(zh: "行政许可", en: "administrative permit")
        case .benefit: .init(zh: "行政给付", en: "administrative benefit")
        case .confirmation: .init(zh: "行政确认", en: "administrative confirmation")
        case .reward: .init(zh: "行政奖励", en: "administrative reward")
        case .ruling: .init(zh: "行政裁决", en: "administrative ruling")
        case .publicService: .init(zh: "公共服务", en: "public service")
        case .otherPower: .init(zh: "其他行政权力", en: "other administrative power")
        case .internal: .init(zh: "政府内部事项", en: "internal to government")
        case .intermediary: .init(zh: "中介服务", en: "intermediary service")
        }
    }
}

/// A step of an item's procedure (办理流程).
public enum ProcedureStep: String, Sendable, Hashable, CaseIterable {
    case application, admission, review, inspection, opinions
    case expertReview = "expert-review"
    case hearing, publicity, decision, delivery

    public var title: LocalizedText {
        switch self {
        case .application: .init(zh: "申请", en: "application")
        case .admission: .init(zh: "受理", en: "admission")
        case .review: .init(zh: "审查", en: "review")
        case .inspection: .init(zh: "现场勘验", en: "site inspection")
        case .opinions: .init(zh: "征求意见", en: "opinions of other departments")
        case .expertReview: .init(zh: "专家评审", en: "expert review")
        case .hearing: .init(zh: "听证", en: "hearing")
        case .publicity: .init(zh: "公示", en: "public notice")
        case .decision: .init(zh: "决定", en: "decision")
        case .delivery: .init(zh: "送达", en: "delivery")
        }
    }
}

/// Whom an item is for (服务对象).
public enum ServedParty: String, Sendable, Hashable, CaseIterable {
    case naturalPerson = "natural-person"
    case legalPerson = "legal-person"
    case organisation

    public var title: LocalizedText {
        switch self {
        case .naturalPerson: .init(zh: "自然人", en: "natural persons")
        case .legalPerson: .init(zh: "法人", en: "legal persons")
        case .organisation: .init(zh: "其他组织", en: "other organisations")
        }
    }
}

/// An attribute ticked in the catalogue (四办): how easily an item can be had.
///
/// - Source: 粤府办〔2018〕51号 二(一).
public enum ServiceWay: String, Sendable, Hashable, CaseIterable {
    case instant, online, nearby, once

    public var title: LocalizedText {
        switch self {
        case .instant: .init(zh: "马上办", en: "at once")
        case .online: .init(zh: "网上办", en: "online")
        case .nearby: .init(zh: "就近办", en: "nearby")
        case .once: .init(zh: "一次办", en: "in one visit")
        }
    }
}

/// How an applicant and the office meet (办理类型).
///
/// - Source: 衡阳“最多跑一次”实施方案 (2018) 五(四)1 names the five.
public enum Reception: String, Sendable, Hashable, CaseIterable {
    case zeroVisit = "zero-visit"
    case instant, courier
    case preReview = "pre-review"
    case appointment

    public var title: LocalizedText {
        switch self {
        case .zeroVisit: .init(zh: "零上门", en: "no visit")
        case .instant: .init(zh: "即办", en: "decided at the window")
        case .courier: .init(zh: "窗口受理、快递送达", en: "window, then courier")
        case .preReview: .init(zh: "网上预审", en: "reviewed online first")
        case .appointment: .init(zh: "预约上门", en: "home service by appointment")
        }
    }
}

/// In what form a document is handed in (材料形式).
public enum DocumentForm: String, Sendable, Hashable, CaseIterable {
    case original, copy, electronic

    public var title: LocalizedText {
        switch self {
        case .original: .init(zh: "原件", en: "original")
        case .copy: .init(zh: "复印件", en: "copy")
        case .electronic: .init(zh: "电子件", en: "electronic")
        }
    }
}
