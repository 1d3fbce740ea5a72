import WorkCalendar

/// One node of a workflow (事项).
///
/// What can be set is what resolving a plan or pulling a lever changes.
public struct Item: Sendable, Hashable {
    public package(set) var id: String
    /// The bureau's own number of the item 事项编码.
    public let code: String?
    public package(set) var title: LocalizedText
    public let kind: ItemKind
    /// Who handles it: the lead department of a joint item; `nil` for a milestone.
    public package(set) var department: String?
    public let clock: ClockHolder
    /// How long it takes; `nil` for milestones and for joint items whose participants each have their own.
    public package(set) var takes: DurationEstimate?
    /// Promised limit 承诺时限.
    public package(set) var limit: DayAmount?
    /// Statutory limit 法定时限.
    public let statutory: StatutoryLimit?
    public package(set) var after: [Dependency]
    public package(set) var when: Condition?
    /// Whether the item is one of those that close its stage 里程碑事项.
    public package(set) var isMilestoneItem: Bool
    public package(set) var handling: Handling
    /// How long minor materials may follow under tolerance 容缺受理; `nil` when they may not.
    public package(set) var tolerance: DayAmount?
    public package(set) var materials: [MaterialRequirement]
    /// Ids of the materials that the item issues; for a joint item, those issued together.
    public package(set) var outputs: [String]
    /// The reviewer chain 承办人→审查人→审批人, at most three links; empty when one person decides.
    public let chain: [String]
    public let silence: Silence
    public let basis: String?
    public let source: String?
    /// What makes it a joint item; present exactly when `kind` is `.joint`.
    public package(set) var joint: JointProcedure?
    /// `nil` when corrections are not simulated.
    public let correction: CorrectionChance?
    /// `nil` when no special procedure is simulated.
    public let special: SpecialChance?
    /// How its durations are spread; `nil` for the workflow's default.
    public let distribution: DurationShape?
    /// For a project of several works; `nil` where its stage and what it waits for decide.
    public let scope: ItemScope?
    /// What it says of promises, of its clock's beginning and of the time after its decision.
    public package(set) var provisions: Provisions

    public init(
        id: String, code: String?, title: LocalizedText, kind: ItemKind, department: String?, clock: ClockHolder,
        takes: DurationEstimate?, limit: DayAmount?, statutory: StatutoryLimit?, after: [Dependency],
        when: Condition?, isMilestoneItem: Bool, handling: Handling, tolerance: DayAmount?,
        materials: [MaterialRequirement], outputs: [String], chain: [String], silence: Silence, basis: String?,
        source: String?, joint: JointProcedure?, correction: CorrectionChance? = nil, special: SpecialChance? = nil,
        distribution: DurationShape? = nil, scope: ItemScope? = nil, provisions: Provisions = .none
    ) {
        self.id = id
        self.code = code
        self.title = title
        self.kind = kind
        self.department = department
        self.clock = clock
        self.takes = takes
        self.limit = limit
        self.statutory = statutory
        self.after = after
        self.when = when
        self.isMilestoneItem = isMilestoneItem
        self.handling = handling
        self.tolerance = tolerance
        self.materials = materials
        self.outputs = outputs
        self.chain = chain
        self.silence = silence
        self.basis = basis
        self.source = source
        self.joint = joint
        self.correction = correction
        self.special = special
        self.distribution = distribution
        self.scope = scope
        self.provisions = provisions
    }
}

/// What an item is.
public enum ItemKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// 审批
    case approval
    /// 备案
    case filing
    /// 技术审查
    case review
    /// 征求意见
    case opinion
    /// 公示听证
    case publicity
    /// 中介服务
    case intermediary
    /// 市政公用
    case utility
    /// 申请人的工作
    case applicant
    /// 事中事后核查
    case check
    /// 辅导, before and outside every clock
    case guidance
    /// 里程碑
    case milestone
    /// 联合事项
    case joint

    /// Who holds the time of such an item unless the file says otherwise.
    public var defaultClock: ClockHolder {
        switch self {
        case .approval, .filing, .opinion, .joint: .gov
        case .review: .tech
        case .publicity: .special
        case .intermediary: .intermediary
        case .utility: .utility
        case .applicant: .applicant
        case .check, .guidance, .milestone: .none
        }
    }
}

/// Who holds the time (计时).
public enum ClockHolder: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    /// Government approval 政府审批.
    case gov
    /// Technical review for the government 技术审查.
    case tech
    /// Special procedure 特别程序.
    case special
    /// The applicant 申请人.
    case applicant
    /// A firm that the applicant chose 中介.
    case intermediary
    /// A public utility 市政公用.
    case utility
    /// Nobody: milestones, guidance, later checks.
    case none

    public static func < (a: ClockHolder, b: ClockHolder) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!  // every case is in allCases
    }
}

/// A duration with its uncertainty: minimum, most likely, maximum; all in one unit.
public struct DurationEstimate: Sendable, Hashable, Codable {
    public let min: DayAmount
    public let likely: DayAmount
    public let max: DayAmount

    /// - Precondition: one unit, 0 ≤ min ≤ likely ≤ max (files are checked before they get here).
    public init(min: DayAmount, likely: DayAmount, max: DayAmount) {
        precondition(min.unit == likely.unit && likely.unit == max.unit, "a duration has one unit")
        precondition(0 <= min.minutes && min.minutes <= likely.minutes && likely.minutes <= max.minutes)
        self.min = min
        self.likely = likely
        self.max = max
    }

    public static let zero = DurationEstimate(min: .zero, likely: .zero, max: .zero)
    public var unit: DayUnit { likely.unit }
}

/// A limit set by law (法定时限), with the extension that the law allows once.
public struct StatutoryLimit: Sendable, Hashable {
    public let limit: DayAmount
    /// The longest extension, granted once with a reason; `nil` when the law knows none.
    public let longestExtension: DayAmount?
    public let basis: String?

    public init(limit: DayAmount, extension extended: DayAmount?, basis: String?) {
        self.limit = limit
        self.longestExtension = extended
        self.basis = basis
    }
}

/// How an application is handled.
public enum Handling: String, Sendable, Hashable, CaseIterable, Codable {
    case ordinary
    /// Decided on the spot 即办.
    case instant
    /// Decided on the applicant's promise and checked later 告知承诺.
    case commitment
}

/// What the silence of a department past its limit means.
public enum Silence: String, Sendable, Hashable, CaseIterable, Codable {
    /// A card is raised and the item goes on waiting.
    case escalate
    /// The department is taken to agree, recorded as its default.
    case deemedAgree = "deemed-agree"
    /// Never taken as agreement: fire, structure, civil defence.
    case neverDeemed = "never-deemed"
}

/// A material that an item asks for.
public struct MaterialRequirement: Sendable, Hashable {
    public let material: String
    /// A minor material may follow under tolerance 容缺.
    public let isMinor: Bool

    public init(material: String, isMinor: Bool) {
        self.material = material
        self.isMinor = isMinor
    }
}

/// What an item waits for.
public struct Dependency: Sendable, Hashable {
    /// The id of the item waited for.
    public let item: String
    /// The phase of a joint item waited for; `nil` for the whole item.
    public let phase: JointPhase?
    public let type: RelationType
    public let lag: DayAmount

    public init(item: String, phase: JointPhase? = nil, type: RelationType = .finishToStart, lag: DayAmount = .zero) {
        self.item = item
        self.phase = phase
        self.type = type
        self.lag = lag
    }

    /// As it is written in a file: `item` or `item.phase`.
    public var reference: String { phase.map { "\(item).\($0.name)" } ?? item }
}

/// How two items are tied (搭接关系).
public enum RelationType: String, Sendable, Hashable, CaseIterable, Codable {
    case finishToStart = "FS"
    case startToStart = "SS"
    case finishToFinish = "FF"
    case startToFinish = "SF"
}
