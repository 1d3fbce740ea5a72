/// With what chance a target is to be met, and how that chance is estimated.
public struct WantedChance: Sendable, Hashable {
    /// Above 0 and below 1.
    public let probability: Double
    /// Samples; the same ones for every set of levers.
    public let runs: Int
    public let assumptions: RiskAssumptions

    /// How many samples may be drawn.
    public static let runRange = 100...20_000
    public static let defaultRuns = 2_000

    /// - Throws: `AdviceError.wantedOutOfRange`.
    public init(
        probability: Double, runs: Int = defaultRuns, assumptions: RiskAssumptions
    ) throws(AdviceError) {
        guard probability > 0, probability < 1, Self.runRange.contains(runs) else { throw .wantedOutOfRange }
        self.probability = probability
        self.runs = runs
        self.assumptions = assumptions
    }

    /// The most samples that may miss the target.
    public var allowedMisses: Int {
        // A product such as 0.9 × 2000 may come out a little above the whole number.
        runs - Int((probability * Double(runs) - 1e-9).rounded(.up))
    }
}
