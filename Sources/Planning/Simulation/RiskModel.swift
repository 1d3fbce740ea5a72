import Scheduling
import WorkCalendar
import WorkflowModel

/// What a simulation of a plan assumes besides the workflow.
public struct RiskAssumptions: Sendable, Hashable {
    /// Samples depend on it alone.
    public var seed: UInt64
    /// How a duration is spread between its minimum and its maximum, where its item does not say.
    public var shape: DurationShape
    /// How strongly the durations of one department go together, 0..<1; see `SimulationSettings.correlation`.
    public var departmentCorrelation: Double
    /// Samples spread evenly: see `SimulationSettings.latinHypercube`.
    public var latinHypercube: Bool
    /// Drawn durations are whole days, as parties of a simulated run take them; else whole minutes.
    public var wholeDays: Bool
    /// Whether rounds, corrections and special procedures happen with their chances; else never, as in a plan without
    /// rectification.
    public var chances: Bool

    /// What the workflow's author assumes.
    public init(of workflow: WorkflowDefinition, seed: UInt64 = 1) {
        self.init(
            seed: seed, shape: workflow.simulation.distribution,
            departmentCorrelation: workflow.simulation.departmentCorrelation)
    }

    public init(
        seed: UInt64 = 1, shape: DurationShape = .triangular, departmentCorrelation: Double = 0,
        latinHypercube: Bool = false, wholeDays: Bool = true, chances: Bool = true
    ) {
        self.seed = seed
        self.shape = shape
        self.departmentCorrelation = departmentCorrelation
        self.latinHypercube = latinHypercube
        self.wholeDays = wholeDays
        self.chances = chances
    }
}

/// A plan whose durations and rounds are uncertain: what is simulated to know the chance of each target (风险模型).
///
/// The plan is unfolded as `Planner` does it, with all that may happen as the case engine and `SimulatedParties` play it:
/// corrections, special procedures, and every round of rectification that can follow. A round happens with its chance, and
/// the next only when it did; what does not happen takes no time. Who fails the last recheck is refused and applies once
/// more, at once; that application is taken to pass after its last round. Dates, windows and measures of each sample are
/// those that `Planner` gives for the durations drawn.
public struct RiskModel: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar
    public let start: LocalDate
    public let assumptions: RiskAssumptions
    /// All that may happen, in the order of `simulation.network`.
    public let activities: [PlanActivity]
    /// The targets that this plan has both ends of; window i of `simulation` is target i.
    public let targets: [Target]
    public let simulation: NetworkSimulation
    /// The items that may be refused, in the order of the plan.
    public let refusals: [Refusal]
    let times: OfficeTimes

    /// How likely it is that the first application for an item is refused (不予许可的可能).
    public struct Refusal: Sendable, Hashable {
        public let item: String
        public let title: LocalizedText
        /// Exactly, 0…1.
        public let chance: Double
    }

    /// - Parameter targets: what is measured instead of the workflow's own targets.
    /// - Throws: `NetworkError` or `SimulationError` when the plan is no network or an assumption is out of range; a
    ///   workflow that was read without errors always is one.
    public init(
        plan: Plan, calendar: WorkCalendar, start: LocalDate, assumptions: RiskAssumptions = RiskAssumptions(),
        targets: [Target]? = nil
    ) throws {
        let graph = PlanGraph(plan, chances: assumptions.chances)
        let times = OfficeTimes(calendar: calendar)
        let network = try graph.network(times) { $0.estimate.max }
        let windows = (targets ?? plan.workflow.targets).compactMap { target in
            graph.window(of: target, times).map { (target, $0) }
        }
        simulation = try NetworkSimulation(
            network, graph.activities.map { $0.uncertainty(assumptions) }, start: times.closing(of: start),
            settings: SimulationSettings(
                seed: assumptions.seed, latinHypercube: assumptions.latinHypercube,
                correlation: assumptions.departmentCorrelation),
            windows: windows.map(\.1), emptyStays: true, floatCalendar: times.calendarIndex(of: .working))
        self.plan = plan
        self.calendar = calendar
        self.start = start
        self.assumptions = assumptions
        activities = graph.activities
        refusals = graph.refusals.map { activity, chance in
            Refusal(item: activity.item, title: plan[activity.item]?.item.title ?? activity.title, chance: chance)
        }
        self.targets = windows.map(\.0)
        self.times = times
    }

    /// Whether the samples meet a target of the model, by its index, on one measure; `nil` without a limit.
    public func chance(ofMeeting target: Int, on measure: WindowMeasure, in part: SimulationPart) -> ChanceEstimate? {
        guard let limit = targets[target].limit else { return nil }
        let met = part.measures[target].count { Int($0[measure.rawValue]) <= limit.minutes }
        return ChanceEstimate(successes: met, of: part.count)
    }

    /// The chance that any item is refused; rounds of different items are failed independently.
    public var chanceOfRefusal: Double { 1 - refusals.reduce(1) { $0 * (1 - $1.chance) } }

    /// The date that a finish of a sample prints as.
    public func date(ofFinish finish: Int) -> LocalDate { times.finishDate(of: simulation.instant(ofFinish: finish)) }
}

extension PlanActivity {
    /// How its duration is drawn.
    func uncertainty(_ assumptions: RiskAssumptions) -> Uncertainty {
        let (min, likely, max) = (
            Double(estimate.min.minutes), Double(estimate.likely.minutes), Double(estimate.max.minutes)
        )
        let distribution: Distribution =
            switch shape ?? assumptions.shape {
            case .triangular: .triangular(min: min, likely: likely, max: max)
            case .pert: .pert(min: min, likely: likely, max: max)
            case .uniform: .uniform(min: min, max: max)
            case .fixed: .fixed(likely)
            }
        let longest = parallel > 1 ? distribution.longest(of: parallel) : distribution
        return Uncertainty(
            endsAfter.map { longest.capped(at: Double($0)) } ?? longest,
            unit: assumptions.wholeDays ? DayAmount.minutesPerDay : 1, chance: occurrence?.chance ?? 1,
            onlyAfter: occurrence?.onlyAfter, factor: department)
    }
}

extension PlanGraph {
    /// The window of a target; `nil` when the plan lacks one of its ends.
    fileprivate func window(of target: Target, _ times: OfficeTimes) -> TimeWindow? {
        guard let from = ends(of: target.from), let begins = begins(of: target.from), let to = ends(of: target.to)
        else { return nil }
        return TimeWindow(
            from: Array(from), begins: Array(begins), to: Array(to),
            counted: Set(activities.indices.filter { target.counts(activities[$0].clock, of: activities[$0].id) }),
            calendar: times.calendarIndex(of: target.limit?.unit ?? .working),
            measure: target.measure.windowMeasure)
    }
}

extension Target.Measure {
    /// The measure of the simulation that the target's limit is held against.
    public var windowMeasure: WindowMeasure {
        switch self {
        case .union: .union
        case .span: .span
        case .sum: .sum
        }
    }
}
