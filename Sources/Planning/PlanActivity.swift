import WorkCalendar
import WorkflowModel

/// One activity of a plan's network: a plain item, or one phase of a joint item.
public struct PlanActivity: Sendable, Hashable {
    /// The item's id, or `item.phase`.
    public let id: String
    public let item: String
    public let phase: JointPhase?
    public let stage: String
    public let title: LocalizedText
    /// `nil` for milestones.
    public let department: String?
    public let kind: ItemKind
    public let clock: ClockHolder
    public let estimate: DurationEstimate
    /// Promised limit 承诺时限.
    public let limit: DayAmount?
    /// Statutory limit 法定时限.
    public let statutory: DayAmount?
    /// How its duration is spread in simulations; `nil` for the workflow's default.
    public let shape: DurationShape?
    /// When it happens, of what need not happen; `nil` for what always does.
    public let occurrence: Occurrence?
    /// What it is of its item.
    public let part: Part
    /// Which application it belongs to: 1, or 2 after a refusal.
    public let application: Int
    /// Of how many that work at once it is the longest, each with a time of its own.
    public let parallel: Int
    /// When it ends by law, whatever it takes; minutes of its own days.
    public let endsAfter: Int?

    /// What an activity is of its item (组成).
    public enum Part: Sendable, Hashable {
        /// The item itself, or a phase of it.
        case work
        case correction, specialProcedure
        /// The item is refused, which takes no time.
        case refusal
    }

    /// Whether something happens that need not (发生概率).
    public struct Occurrence: Sendable, Hashable {
        /// 0…1, once it can happen at all.
        public let chance: Double
        /// The id of the activity that has to happen before; `nil` when none has to.
        public let onlyAfter: String?
    }

    init(
        id: String, item: String, phase: JointPhase?, stage: String, title: LocalizedText, department: String?,
        kind: ItemKind, clock: ClockHolder, estimate: DurationEstimate, limit: DayAmount?, statutory: DayAmount?,
        shape: DurationShape? = nil, occurrence: Occurrence? = nil, part: Part = .work, application: Int = 1,
        parallel: Int = 1, endsAfter: Int? = nil
    ) {
        self.id = id
        self.item = item
        self.phase = phase
        self.stage = stage
        self.title = title
        self.department = department
        self.kind = kind
        self.clock = clock
        self.estimate = estimate
        self.limit = limit
        self.statutory = statutory
        self.shape = shape
        self.occurrence = occurrence
        self.part = part
        self.application = application
        self.parallel = parallel
        self.endsAfter = endsAfter
    }

    /// How long it takes when looked at that way.
    ///
    /// A limit that is missing is replaced by the next one that binds: statutory by promised, promised by likely.
    public func duration(at basis: EstimateBasis) -> DayAmount {
        switch basis {
        case .min: estimate.min
        case .likely: estimate.likely
        case .max: estimate.max
        case .promised: limit ?? estimate.likely
        case .statutory: statutory ?? limit ?? estimate.likely
        }
    }
}

/// Which of its figures a plan is computed with.
public enum EstimateBasis: String, Sendable, Hashable, CaseIterable, Codable {
    case min, likely, max
    /// The promised limits 承诺时限.
    case promised
    /// The statutory limits 法定时限.
    case statutory
}

/// What a deterministic plan assumes.
public struct PlanScenario: Sendable, Hashable {
    public let basis: EstimateBasis
    /// Rectification rounds that every joint item goes through, at most those it allows.
    public let rectificationRounds: Int

    public init(basis: EstimateBasis = .likely, rectificationRounds: Int = 0) {
        self.basis = basis
        self.rectificationRounds = rectificationRounds
    }
}
