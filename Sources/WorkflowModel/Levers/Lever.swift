import WorkCalendar

/// A reform that a bureau may carry out (改革措施): what it changes in a workflow, and what that costs.
///
/// A lever that is not pulled changes nothing. `WorkflowDefinition.applying` pulls some of them.
public struct Lever: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let kind: LeverKind
    /// Hundredths of the bureau's own unit, 0…100,000,000: money, posts, or points of a scale; only sums and ratios of the
    /// costs of one workflow mean something.
    public let cost: Int
    /// The document that names the reform.
    public let source: String
    public let basis: String?
    /// For which projects it can be pulled; `nil` for all.
    public let when: Condition?
    /// Ids of levers that have to be pulled as well.
    public let requires: [String]
    /// Ids of levers that cannot be pulled as well; binding both ways, whichever of the two says so.
    public let excludes: [String]
    public let effects: [ReformEffect]

    /// The largest cost that can be written, in hundredths.
    public static let highestCost = 100_000_000
    /// The most levers of one workflow: a set of them is one machine word.
    public static let most = 64
    /// The most effects of one lever.
    public static let mostEffects = 64

    public init(
        id: String, title: LocalizedText, kind: LeverKind, cost: Int, source: String, basis: String? = nil,
        when: Condition? = nil, requires: [String] = [], excludes: [String] = [], effects: [ReformEffect]
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.cost = cost
        self.source = source
        self.basis = basis
        self.when = when
        self.requires = requires
        self.excludes = excludes
        self.effects = effects
    }
}

/// What a lever is called in the reform documents.
public enum LeverKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Decided on the applicant's promise, checked later 告知承诺.
    case commitment
    /// Begun before everything is there 容缺受理.
    case tolerance
    /// Begun as soon as an earlier item allows it 提前介入.
    case startEarlier = "start-earlier"
    /// Side by side instead of one after the other 并联办理.
    case parallel
    /// Several items as one 多评合一、合并办理.
    case merge
    /// Not asked of projects in a region that was assessed as a whole 区域评估.
    case regionalAssessment = "regional-assessment"
    /// A shorter promise 压缩时限.
    case shorterLimit = "shorter-limit"
    /// One more team for the work 增配力量.
    case moreTeams = "more-teams"
    /// Not asked of projects of low risk 低风险豁免.
    case exemption

    public var title: LocalizedText {
        switch self {
        case .commitment: .init(zh: "告知承诺", en: "commitment")
        case .tolerance: .init(zh: "容缺受理", en: "tolerance")
        case .startEarlier: .init(zh: "提前介入", en: "start earlier")
        case .parallel: .init(zh: "并联办理", en: "parallel")
        case .merge: .init(zh: "合并办理", en: "merge")
        case .regionalAssessment: .init(zh: "区域评估", en: "regional assessment")
        case .shorterLimit: .init(zh: "压缩时限", en: "shorter limit")
        case .moreTeams: .init(zh: "增配力量", en: "more teams")
        case .exemption: .init(zh: "豁免", en: "exemption")
        }
    }
}

/// One change that a lever makes.
public enum ReformEffect: Sendable, Hashable {
    case change(ItemChange)
    case merge(ItemMerge)
    /// A further item, such as a later check; it stands after the item that its `after` names first.
    case add(Item)
}

/// What becomes of one item, or of one phase of a joint item. What is `nil` or empty stays.
public struct ItemChange: Sendable, Hashable {
    public let item: String
    /// The phase that `takes`, `limit` and `percent` are about; `nil` for the whole item.
    public let phase: JointPhase?
    public let takes: DurationEstimate?
    public let limit: DayAmount?
    /// How long it takes, in percent of what it took, 1…400; of a joint item every phase but the applicant's.
    public let percent: Int?
    public let handling: Handling?
    /// What it waits for instead.
    public let after: [Dependency]?
    /// What it no longer waits for; type and lag of these do not matter.
    public let notAfter: [Dependency]
    /// What it waits for besides.
    public let alsoAfter: [Dependency]
    /// The chance that a round of rectification is needed.
    public let chance: Double?
    public let tolerance: DayAmount?
    /// Materials that may follow under tolerance.
    public let minor: [String]
    /// The item is not asked for: it hands its predecessors on, as one whose condition is false does.
    public let isDropped: Bool

    public init(
        item: String, phase: JointPhase? = nil, takes: DurationEstimate? = nil, limit: DayAmount? = nil,
        percent: Int? = nil, handling: Handling? = nil, after: [Dependency]? = nil, notAfter: [Dependency] = [],
        alsoAfter: [Dependency] = [], chance: Double? = nil, tolerance: DayAmount? = nil, minor: [String] = [],
        isDropped: Bool = false
    ) {
        self.item = item
        self.phase = phase
        self.takes = takes
        self.limit = limit
        self.percent = percent
        self.handling = handling
        self.after = after
        self.notAfter = notAfter
        self.alsoAfter = alsoAfter
        self.chance = chance
        self.tolerance = tolerance
        self.minor = minor
        self.isDropped = isDropped
    }

    /// As a file names it: `item` or `item.phase`.
    public var reference: String { phase.map { "\(item).\($0.name)" } ?? item }
}

/// Several items that become one (合并).
///
/// The new item stands where the first of them stood, and whatever waited for one of them waits for it. It is needed as
/// soon as one of them is, unless it has a condition of its own; it is a milestone item if one of them was; materials and
/// outputs that it does not name are theirs.
public struct ItemMerge: Sendable, Hashable {
    /// Ids of the items, at least two.
    public let items: [String]
    public let into: Item
    /// Whether the new item waits for all that the old ones waited for, because nothing else is said.
    public let keepsPredecessors: Bool

    public init(items: [String], into: Item, keepsPredecessors: Bool = true) {
        self.items = items
        self.into = into
        self.keepsPredecessors = keepsPredecessors
    }
}
