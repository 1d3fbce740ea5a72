import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// What becomes of a case, judged by what has happened so far (预测): the chance of each target, when it finishes, who
/// holds the time now, and what it depends on.
///
/// Plain values throughout. Amounts are minutes, 480 a day; dates are closings.
public struct Forecast: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar
    public let assumptions: ForecastAssumptions
    public let status: CaseStatus
    /// The day of the forecast: what happens from its closing on is not known.
    public let on: LocalDate
    /// The date of the case's last event.
    public let asOf: LocalDate
    public let finish: Finish
    /// In the order of the workflow.
    public let targets: [TargetForecast]
    /// What is being done, or waited for, in the order of the plan.
    public let holders: [Holder]
    /// What the finish depends on now, the most important first.
    public let drivers: [Driver]

    /// When the case finishes.
    public enum Finish: Sendable {
        /// It has finished.
        case past(LocalDate)
        /// Given up or ended: it never does.
        case never
        case ahead(Dates)
    }

    /// Dates with their chances.
    public struct Dates: Sendable, Hashable {
        /// In days as numbered by `LocalDate.dayNumber`.
        public let distribution: OutcomeDistribution
        public let mean: LocalDate
        public let percentiles: [SimulationReport.Percentile<LocalDate>]

        /// The date that is not exceeded with chance p.
        public func date(_ p: Double) -> LocalDate {
            LocalDate(dayNumber: distribution.quantile(p) ?? 0)
        }

        /// From the first date that is late enough to the last that is early enough: the finish lies in it, ends
        /// included, with at least that chance.
        public func interval(_ chance: Double = 0.9) -> ClosedRange<LocalDate> {
            date((1 - chance) / 2)...date((1 + chance) / 2)
        }

        /// Where a date lies among the samples, 0...1: how many are before it, and of those on it as large a share as
        /// `share`. Over many cases it is uniform when forecasts are as sure as they say.
        /// - Source: the randomised probability integral transform, A. E. Brockwell, *Statistics & Probability Letters*
        ///   77 (2007), doi:10.1016/j.spl.2007.02.008.
        public func place(of date: LocalDate, share: Double) -> Double {
            let before = distribution.chance(ofAtMost: date.dayNumber - 1).value
            return before + share * (distribution.chance(ofAtMost: date.dayNumber).value - before)
        }
    }

    /// How a target stands.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        /// Its window has not opened.
        case ahead
        /// Its window is open, and its limit not used up.
        case open
        /// Its window is closed, within the limit.
        case kept
        /// Its limit is exceeded already.
        case lost
        /// It has no limit, and its window is closed.
        case measured
        /// The case ended before its window closed.
        case ended
    }

    /// One target as it stands and as it may come out.
    public struct TargetForecast: Sendable {
        public let target: Target
        public let standing: Standing
        /// When its window opened and closed, as far as it did.
        public let opened: LocalDate?
        public let closed: LocalDate?
        /// Union, span, sum and counted critical path, in this order.
        public let measures: [MeasureForecast]
        /// The most important first; empty once it is decided.
        public let drivers: [Driver]

        /// The measure that the target's limit is held against.
        public var measured: MeasureForecast { measures[target.measure.windowMeasure.rawValue] }
        /// The chance that it is kept: 1 or 0 once that is known; `nil` without a limit, or when the case ended before.
        public var chance: ChanceEstimate? { standing == .ended ? nil : measured.chance }
    }

    /// One measure of a target's window.
    public struct MeasureForecast: Sendable, Hashable {
        public let measure: WindowMeasure
        /// What has been used of it so far.
        public let used: Int
        public let mean: Double
        /// The chance that it is within the limit in the end; `nil` without a limit.
        public let chance: ChanceEstimate?
        public let percentiles: [SimulationReport.Percentile<Int>]
    }

    /// Who holds the time of an item now.
    public struct Holder: Sendable, Hashable {
        public let id: String
        public let item: String
        public let title: LocalizedText
        /// `nil` when it is not a department's work.
        public let department: String?
        public let clock: ClockHolder
        public let reason: Reason
        public let since: LocalDate
        /// Whole days of its own unit since, stops of the clock included.
        public let days: DayAmount
        /// How much longer it takes, in minutes of its own days: mean, and what is not exceeded in 8 of 10 cases.
        public let meanRemaining: Double
        public let remaining80: Int

        /// Why it holds it.
        public enum Reason: String, Sendable, Hashable, CaseIterable {
            /// Its turn has come, and somebody has to file it, to admit it or to begin.
            case waiting
            case work, correction, supplement, procedure, suspension, rectification
        }
    }

    /// An activity still ahead or running, as a driver of an outcome.
    public struct Driver: Sendable, Hashable {
        public let id: String
        public let title: LocalizedText
        public let department: String?
        public let clock: ClockHolder
        /// In which share of the samples it happens without float.
        public let criticality: ChanceEstimate
        /// Criticality × deviation of its duration / deviation of the outcome.
        public let sensitivity: Double
        /// Minutes, where it happens or not.
        public let meanRemaining: Double
        public let isRunning: Bool
    }

    /// The percentiles that are reported.
    public static let percentiles = [0.1, 0.5, 0.8, 0.9, 0.95]
    /// Drivers that are listed of each outcome.
    public static let driverCount = 5
}
