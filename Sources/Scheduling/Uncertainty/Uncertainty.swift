/// What is not certain about an activity of a network: how long it takes, and whether it happens at all.
public struct Uncertainty: Sendable, Hashable {
    /// Working minutes of the activity's calendar, when it happens.
    public var duration: Distribution
    /// Drawn durations are rounded to whole multiples of so many minutes, within the distribution's bounds; ≥ 1.
    public var unit: Int
    /// The chance that it happens, 0...1; else it takes no time.
    public var chance: Double
    /// The id of a preceding activity; this one can only happen when that one did.
    public var onlyAfter: String?
    /// What it has in common with others (共同因素), such as their department: see `SimulationSettings.correlation`.
    public var factor: String?

    public init(
        _ duration: Distribution, unit: Int = 1, chance: Double = 1, onlyAfter: String? = nil, factor: String? = nil
    ) {
        self.duration = duration
        self.unit = unit
        self.chance = chance
        self.onlyAfter = onlyAfter
        self.factor = factor
    }

    /// It happens, and takes exactly so many minutes.
    public static func fixed(_ minutes: Int) -> Uncertainty { Uncertainty(.fixed(Double(minutes))) }
}

/// How samples are drawn.
public struct SimulationSettings: Sendable, Hashable {
    public var seed: UInt64
    /// Every block of `SampleBlock.size` samples spreads each variable evenly over its range (拉丁超立方抽样); blocks are
    /// independent replicates.
    /// - Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979), doi:10.2307/1268522.
    public var latinHypercube: Bool
    /// Correlation, 0..<1, of the normal scores of any two activities that share a factor: a Gaussian copula with one
    /// factor a group, so every activity keeps its own distribution.
    public var correlation: Double

    public init(seed: UInt64 = 1, latinHypercube: Bool = false, correlation: Double = 0) {
        self.seed = seed
        self.latinHypercube = latinHypercube
        self.correlation = correlation
    }
}

/// Why a network cannot be simulated.
public enum SimulationError: Error, Sendable, Hashable {
    /// The number of uncertainties is not that of activities.
    case count(uncertainties: Int, activities: Int)
    /// A distribution whose figures are not in order, a chance outside 0...1 or a unit below 1.
    case badFigures(activity: String)
    /// An activity that another depends on for happening is unknown or does not precede it.
    case notBefore(String, activity: String)
    /// A correlation outside 0..<1.
    case correlation(Double)
    /// Windows are measured on calendars whose working days have the same hours, without constraints, within a century.
    case windowsNeedOneKindOfDay
}
