import Scheduling
import WorkCalendar
import WorkflowModel

/// What a simulation says of a plan: the chance of each target, dates with their confidence, and what drives them.
///
/// Plain values throughout, for text, JSON and charts alike. Amounts are minutes, 480 a day.
public struct SimulationReport: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar
    public let start: LocalDate
    public let assumptions: RiskAssumptions
    public let runs: Int
    /// Whether the simulation was stopped before it had all its runs.
    public let isPartial: Bool
    public let finish: Finish
    /// The items that may be refused, in the order of the plan.
    public let refusals: [RiskModel.Refusal]
    /// The chance that any of them is, exactly.
    public let chanceOfRefusal: Double
    /// In the order of the workflow.
    public let targets: [TargetChance]

    /// When the plan finishes.
    public struct Finish: Sendable {
        /// The finish of the same plan at the likely figures without rectification.
        public let planned: LocalDate
        public let mean: LocalDate
        public let percentiles: [Percentile<LocalDate>]
        public let bins: [Bin<LocalDate>]
        public let curve: [Point<LocalDate>]
        /// The most important first; `low` and `high` are calendar days after the start, in minutes of such days.
        public let drivers: [Activity]
    }

    /// A value that is not exceeded with chance p, and between which values it lies with confidence 95 %.
    public struct Percentile<Value: Sendable & Hashable & Comparable>: Sendable, Hashable {
        public let p: Double
        public let value: Value
        public let low: Value
        public let high: Value
    }

    /// A bar of a histogram: samples after `from` and at most `to`.
    public struct Bin<Value: Sendable & Hashable>: Sendable, Hashable {
        public let from: Value
        public let to: Value
        public let count: Int
    }

    /// A point of the S-curve: the share p of the samples is at most x.
    public struct Point<Value: Sendable & Hashable>: Sendable, Hashable {
        public let x: Value
        public let p: Double
    }

    /// One target: how the samples stand against its limit on each measure, and what drives the one that it uses.
    public struct TargetChance: Sendable {
        public let target: Target
        /// Union, span, sum and counted critical path, in this order.
        public let measures: [MeasureChance]
        public let bins: [Bin<Int>]
        public let curve: [Point<Int>]
        /// The most important first.
        public let drivers: [Activity]

        /// The measure that the target's limit is held against.
        public var measured: MeasureChance { measures[target.measure.windowMeasure.rawValue] }
    }

    /// One measure of a target's window.
    public struct MeasureChance: Sendable, Hashable {
        public let measure: WindowMeasure
        public let mean: Double
        public let deviation: Double
        /// The chance that it is within the limit; `nil` without a limit.
        public let chance: ChanceEstimate?
        public let percentiles: [Percentile<Int>]
    }

    /// One activity as a driver; a bar of the tornado when `low` and `high` are there.
    public struct Activity: Sendable, Hashable {
        public let id: String
        public let title: LocalizedText
        public let criticality: ChanceEstimate
        public let cruciality: Double
        public let rankCorrelation: Double
        public let sensitivity: Double
        public let meanDuration: Double
        /// Mean of the outcome with the activity in its lowest and in its highest tenth.
        public let low: Double?
        public let high: Double?

        public var swing: Double { low.flatMap { low in high.map { $0 - low } } ?? 0 }
    }

    /// The percentiles that are reported.
    public static let percentiles = [0.1, 0.5, 0.8, 0.95]
    /// Drivers that are listed of each outcome.
    public static let driverCount = 12
}

extension RiskModel {
    /// The report on samples drawn with detail `drivers`.
    /// - Parameter isPartial: whether more were wanted.
    /// - Precondition: at least one sample.
    public func report(on part: SimulationPart, isPartial: Bool = false) throws -> SimulationReport {
        precondition(part.count > 0, "a report needs samples")
        let planned = try Planner(plan: plan, calendar: calendar).report(start: start).finish
        let finishes = OutcomeDistribution(part.finishes)
        let day = DayAmount.minutesPerDay
        let finish = SimulationReport.Finish(
            planned: planned, mean: date(ofFinish: Int(finishes.mean.rounded())),
            percentiles: percentiles(finishes, date(ofFinish:)),
            bins: finishes.histogram(unit: day).map {
                // The first bin may begin before the start.
                .init(from: dateOfDay($0.from), to: dateOfDay($0.to), count: $0.count)
            },
            curve: finishes.curve().map { .init(x: date(ofFinish: $0.x), p: $0.p) },
            drivers: drivers(ofWindow: nil, in: part))
        return SimulationReport(
            plan: plan, calendar: calendar, start: start, assumptions: assumptions, runs: part.count,
            isPartial: isPartial, finish: finish, refusals: refusals, chanceOfRefusal: chanceOfRefusal,
            targets: targets.indices.map { targetChance($0, in: part) })
    }

    private func targetChance(_ index: Int, in part: SimulationPart) -> SimulationReport.TargetChance {
        let target = targets[index]
        let outcomes = WindowMeasure.allCases.map { measure in
            OutcomeDistribution(part.measures[index].map { Int($0[measure.rawValue]) })
        }
        let measured = outcomes[target.measure.windowMeasure.rawValue]
        return SimulationReport.TargetChance(
            target: target,
            measures: zip(WindowMeasure.allCases, outcomes).map { measure, outcome in
                .init(
                    measure: measure, mean: outcome.mean, deviation: outcome.standardDeviation,
                    chance: target.limit.map { outcome.chance(ofAtMost: $0.minutes) },
                    percentiles: percentiles(outcome) { $0 })
            },
            bins: measured.histogram(unit: DayAmount.minutesPerDay).map {
                .init(from: $0.from, to: $0.to, count: $0.count)
            },
            curve: measured.curve().map { .init(x: $0.x, p: $0.p) }, drivers: drivers(ofWindow: index, in: part))
    }

    private func percentiles<Value>(_ outcome: OutcomeDistribution, _ read: (Int) -> Value)
        -> [SimulationReport.Percentile<Value>]
    {
        SimulationReport.percentiles.compactMap { p in
            guard let value = outcome.quantile(p), let interval = outcome.quantileInterval(p) else { return nil }
            return .init(p: p, value: read(value), low: read(interval.lowerBound), high: read(interval.upperBound))
        }
    }

    /// Those that matter: by the swing of the outcome, then by criticality. What follows a refusal is rare and goes
    /// together, so that it would hide them; its chance is said apart.
    private func drivers(ofWindow window: Int?, in part: SimulationPart) -> [SimulationReport.Activity] {
        // Three standard errors of a correlation that is none.
        let noise = 3 / Double(part.count).squareRoot()
        return simulation.drivers(ofWindow: window, in: part)
            .filter {
                activities[$0.activity].application == 1 && $0.meanDuration > 0
                    && ($0.criticality.successes > 0 || abs($0.cruciality) > noise)
            }
            .sorted {
                (abs($0.swing), $0.criticality.value, -$0.activity) > (
                    abs($1.swing), $1.criticality.value, -$1.activity
                )
            }
            .prefix(SimulationReport.driverCount)
            .map { driver in
                SimulationReport.Activity(
                    id: activities[driver.activity].id, title: activities[driver.activity].titleWithRound,
                    criticality: driver.criticality, cruciality: driver.cruciality,
                    rankCorrelation: driver.rankCorrelation, sensitivity: driver.sensitivity,
                    meanDuration: driver.meanDuration, low: driver.low, high: driver.high)
            }
    }

    /// The closing that lies so many minutes of calendar days after the start.
    private func dateOfDay(_ minutes: Int) -> LocalDate { start.adding(days: minutes / DayAmount.minutesPerDay) }
}

extension PlanActivity {
    /// The title, with the round and the application from the second on.
    var titleWithRound: LocalizedText {
        var (zh, en) = (title.zh, title.en)
        switch phase {
        case .rectification(let round), .recheck(let round):
            if round > 1 { (zh, en) = ("\(zh)（第 \(round) 轮）", "\(en), round \(round)") }
        default: break
        }
        if application > 1 { (zh, en) = ("\(zh)（再次申请）", "\(en), applied for again") }
        return LocalizedText(zh: zh, en: en)
    }
}
