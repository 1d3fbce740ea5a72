/// One of the fourteen points by which schedules are assessed (进度计划质量检查).
///
/// - Source: the DCMA 14-point assessment, DCMA-EA PAM 200.1 §4 (2012). Points 1 to 7 with their thresholds were read
///   again in descriptions of it; those of 8 to 14 are as they are commonly given.
public struct QualityCheck: Sendable, Hashable {
    public enum Point: Int, Sendable, Hashable, CaseIterable {
        case logic = 1
        case leads, lags, relationTypes, hardConstraints, highFloat, negativeFloat, highDuration, invalidDates
        case resources, missedActivities, criticalPathTest, criticalPathLengthIndex, baselineExecutionIndex
    }

    public let point: Point
    /// A share in percent, a count, or an index, as the threshold is; `nil` when there is nothing to measure it on.
    public let value: Double?
    public let threshold: Threshold
    /// What was found, by index of the activity in the input; of relations their successors. In order, each once.
    public let activities: [Int]
    /// The same for relations, where the point is about them.
    public let relations: [Int]
    /// How many were looked at: the base of a share.
    public let population: Int

    public enum Threshold: Sendable, Hashable {
        /// Per cent of the population.
        case atMostPercent(Double)
        case atLeastPercent(Double)
        /// A number of findings.
        case atMost(Int)
        /// An index.
        case atLeast(Double)
        /// 0 for passed, 1 for failed.
        case passes
    }

    /// `nil` when there is nothing to measure it on.
    public var isMet: Bool? {
        guard let value else { return nil }
        return switch threshold {
        case .atMostPercent(let bound): value <= bound
        case .atLeastPercent(let bound): value >= bound
        case .atMost(let bound): value <= Double(bound)
        case .atLeast(let bound): value >= bound
        case .passes: value == 0
        }
    }

    init(
        _ point: Point, _ value: Double?, _ threshold: Threshold, _ activities: [Int] = [], relations: [Int] = [],
        of population: Int
    ) {
        self.point = point
        self.value = value
        self.threshold = threshold
        self.activities = activities
        self.relations = relations
        self.population = population
    }
}

/// What the checks need besides the schedule.
public struct QualityTerms: Sendable {
    /// Working minutes of a day.
    public var minutesPerDay: Int
    /// By activity, whether resources or costs are assigned; `nil` when that is not known.
    public var hasResources: [Bool?]
    public var baseline: Baseline?

    public init(minutesPerDay: Int = 480, hasResources: [Bool?] = [], baseline: Baseline? = nil) {
        self.minutesPerDay = minutesPerDay
        self.hasResources = hasResources
        self.baseline = baseline
    }
}
