import Scheduling
import WorkCalendar
import WorkflowModel

/// Which reforms meet a target at the least cost, and what each of them does (改革建议).
public struct AdviceReport: Sendable {
    public let workflow: WorkflowDefinition
    /// With the measure that was asked for.
    public let target: Target
    public let scenario: PlanScenario
    public let start: LocalDate
    public let calendar: WorkCalendar
    /// The target without any lever.
    public let before: TargetReport
    /// The target with the levers of `chosen`.
    public let after: TargetReport
    /// In the order of the file: the cheapest levers that meet the target, or those that come nearest.
    public let chosen: [Lever]
    /// Of `chosen`, in hundredths of the bureau's own unit.
    public let cost: Int
    public let outcome: Outcome
    /// Every lever that this project can use, by effect per cost, the strongest first.
    public let rows: [Row]
    /// Levers whose condition, or that of what they require, does not hold for this project.
    public let unavailable: [Lever]
    /// How often a set of levers was evaluated.
    public let evaluations: Int
    /// With what chance the target is met, where that was asked for.
    public let chance: Chance?

    public enum Outcome: Sendable, Hashable, Codable {
        /// `chosen` meets the target.
        case met(proof: Proof)
        /// No set of levers meets it; `chosen` comes nearest.
        case notMet
        /// The time was over before any set was found; what meets it, if anything does, costs at least so much.
        case stopped(lowestCost: Int)
    }

    public enum Proof: Sendable, Hashable, Codable {
        /// No cheaper levers meet the target.
        case optimal
        /// The time was over: nothing that meets the target costs less than this, so `share` of the cost is in doubt, 0…1.
        case gap(lowestCost: Int, share: Double)
    }

    /// One lever.
    public struct Row: Sendable {
        public let lever: Lever
        public let isChosen: Bool
        /// In hundredths, with what it requires.
        public let cost: Int
        /// Minutes that it saves when only it and what it requires are pulled; negative when it makes things worse; `nil`
        /// when it cannot be pulled like that.
        public let alone: Int?
        /// Minutes that it saves as the last of `chosen`, or on top of them; `nil` when it does not go with them.
        public let withOthers: Int?
        /// The least and the most that it saves alone, with every duration at its minimum, likely and maximum.
        public let interval: ClosedRange<Int>?
        /// What it does where durations are uncertain; `nil` when no chance was asked for.
        public let expected: Expected?

        /// Minutes saved alone: expected where a chance was asked for, else in the plan.
        public var gain: Double? { expected.map { $0.alone?.minutes } ?? alone.map(Double.init) }

        /// Minutes saved for one unit of cost; `nil` for a lever that costs nothing.
        public var perCost: Double? { cost == 0 ? nil : gain.map { $0 * 100 / Double(cost) } }
    }

    /// The target where durations are uncertain, over the same samples with and without levers.
    public struct Chance: Sendable {
        public let wanted: WantedChance
        /// Without any lever.
        public let before: ChanceEstimate
        /// With those of `chosen`.
        public let after: ChanceEstimate
        /// With those of `chosen` in as many samples drawn anew: the levers were chosen for the others, so that `after` flatters
        /// them a little.
        public let fresh: ChanceEstimate
        /// Means of the target's measure, in minutes.
        public let meanBefore: Double
        public let meanAfter: Double
    }

    /// What a lever saves, like `Row.alone` and `Row.withOthers`.
    public struct Expected: Sendable, Hashable, Codable {
        public let alone: Gain?
        public let withOthers: Gain?
    }

    /// The difference that a lever makes, sample by sample.
    public struct Gain: Sendable, Hashable, Codable {
        /// The mean number of minutes saved.
        public let minutes: Double
        /// Where the true mean lies with confidence 95 %.
        public let interval: ClosedRange<Double>
        /// By how much the chance rises, −1…1.
        public let points: Double
    }
}

extension [AdviceReport.Row] {
    /// By minutes saved alone for their cost; what costs nothing and helps comes first, ties keep the order of the file.
    var inOrderOfEffect: [AdviceReport.Row] {
        enumerated().sorted { a, b in
            let (one, other) = (a.element.rank, b.element.rank)
            return one == other ? a.offset < b.offset : one > other
        }.map(\.element)
    }
}

extension AdviceReport.Row {
    fileprivate var rank: Double {
        guard let gain else { return -.infinity }
        return perCost ?? (gain > 0 ? .infinity : gain < 0 ? -.infinity : 0)
    }
}
