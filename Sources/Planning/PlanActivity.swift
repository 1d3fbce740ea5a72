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
