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

    public enum Outcome: Sendable, Hashable {
        /// `chosen` meets the target.
        case met(proof: Proof)
        /// No set of levers meets it; `chosen` comes nearest.
        case notMet
        /// The time was over before any set was found; what meets it, if anything does, costs at least so much.
        case stopped(lowestCost: Int)
    }

    public enum Proof: Sendable, Hashable {
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

        /// Minutes saved for one unit of cost; `nil` for a lever that costs nothing.
        public var perCost: Double? {
            cost == 0 ? nil : alone.map { Double($0) * 100 / Double(cost) }
        }
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
        guard let alone else { return -.infinity }
        return perCost ?? (alone > 0 ? .infinity : alone < 0 ? -.infinity : 0)
    }
}
