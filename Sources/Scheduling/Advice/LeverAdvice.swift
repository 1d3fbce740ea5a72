/// The cheapest levers found, and what is proven about them (改革建议).
public struct LeverAdvice: Sendable, Hashable {
    /// The set that meets the limit at the least cost, and of those one with the fewest levers; `nil` when none is found.
    public let best: LeverSet?
    /// Of `best`, in hundredths of the bureau's own unit.
    public let cost: Int?
    /// Of `best`.
    public let value: Double?
    public let proof: Proof
    /// Where the search was stopped before it found any that meets the limit: of what it has seen, the set of the lowest value.
    public let nearest: LeverSet?
    /// How often the evaluator was asked, for values and for bounds.
    public let evaluations: Int
    /// Every lever by index: what it saves alone and on top of the advice. Empty when the search was stopped before.
    public let effects: [LeverEffect]

    /// What is known of all sets of levers.
    public enum Proof: Sendable, Hashable {
        /// No set that meets the limit is cheaper.
        case optimal
        /// No set meets the limit. `bestValue` is the least that was seen, `by` the levers that reach it.
        case infeasible(bestValue: Double, by: LeverSet)
        /// The search was told to stop. No set that meets the limit costs less than the bound; `gap` is what the cost of
        /// `best` is above it, as a part of that cost, 0...1, and `nil` when nothing was found.
        case stopped(lowerBoundOnCost: Int, gap: Double?)
    }
}

/// What one lever does to the value.
public struct LeverEffect: Sendable, Hashable {
    public let lever: Int
    /// By how much it lowers the value when it and what it requires are all that is pulled. `nil` when what it requires
    /// contradicts itself, so that it can never be pulled.
    public let alone: Double?
    /// By how much it lowers the value as the last of the advised levers: the value without it, and without what
    /// requires it, less the value of the advice; for a lever not advised, what it would save on top, `nil` when it cannot
    /// go with them. Measured on the best levers known when nothing meets the limit.
    public let last: Double?
}

/// One set of levers, what it costs and what it achieves.
public struct LeverChoice: Sendable, Hashable {
    public let levers: LeverSet
    /// In hundredths of the bureau's own unit.
    public let cost: Int
    public let value: Double
}

/// Several choices and whether they are all of their kind.
public struct LeverChoices: Sendable, Hashable {
    /// By cost, then by the number of levers.
    public let choices: [LeverChoice]
    /// Whether the search went to its end: none of these is beaten, and none that belongs here is missing.
    public let isProven: Bool
    public let evaluations: Int
}
