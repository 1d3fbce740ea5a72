import WorkCalendar

/// How a duration is spread over its estimate (分布形状).
public enum DurationShape: String, Sendable, Hashable, Codable, CaseIterable {
    /// 三角分布
    case triangular
    /// Beta distribution with the weight of PERT.
    case pert
    /// Any duration between the ends is as likely as another; the likely figure is not used.
    case uniform
    /// Always the likely figure.
    case fixed
}

/// A correction 补正 that may be asked for before an item is admitted; the applicant's time, on no office's clock.
public struct CorrectionChance: Sendable, Hashable {
    /// The chance that it is asked for, 0…1.
    public let chance: Double
    public let applicant: DurationEstimate

    public init(chance: Double, applicant: DurationEstimate) {
        self.chance = chance
        self.applicant = applicant
    }
}

/// A special procedure 特别程序 that an item may need before it is decided; the clock stands still meanwhile.
public struct SpecialChance: Sendable, Hashable {
    public let procedure: StopReason
    /// The chance that it is needed, 0…1.
    public let chance: Double
    public let takes: DurationEstimate

    public init(procedure: StopReason, chance: Double, takes: DurationEstimate) {
        self.procedure = procedure
        self.chance = chance
        self.takes = takes
    }

    /// What stops a clock without being a special procedure.
    static let others: [StopReason] = [.supplement, .rectification, .suspension, .referral]
}

/// What simulations of a workflow assume unless they are told otherwise.
public struct SimulationDefaults: Sendable, Hashable {
    /// How durations are spread where an item does not say.
    public let distribution: DurationShape
    /// How strongly the durations of one department go together, 0..<1.
    public let departmentCorrelation: Double

    public init(distribution: DurationShape = .triangular, departmentCorrelation: Double = 0) {
        self.distribution = distribution
        self.departmentCorrelation = departmentCorrelation
    }
}
