import WorkCalendar
import WorkflowModel

/// What a forecast assumes besides the workflow and what has happened.
public struct ForecastAssumptions: Sendable, Hashable {
    /// How durations and chances are drawn: as in a simulation of the plan.
    public var risk: RiskAssumptions
    /// How often the rest of the case is played through, ≥ 1.
    public var runs: Int
    /// From the notice to its answer, where the workflow does not say how long a correction 补正 takes.
    public var correction: DurationEstimate
    /// From the day of the forecast on: nobody knows how long a supplement 补件 takes, and waiting makes it no likelier.
    public var supplement: DurationEstimate
    /// From the day of the forecast on, as for a supplement.
    public var suspension: DurationEstimate
    /// From the day of the forecast on, for a special procedure 特别程序 that has outrun its announced length, or has none.
    public var procedure: DurationEstimate

    /// What the workflow's author assumes.
    public init(of workflow: WorkflowDefinition, seed: UInt64 = 1, runs: Int = 2_000) {
        self.init(risk: RiskAssumptions(of: workflow, seed: seed), runs: runs)
    }

    /// - Parameter runs: ≥ 1.
    public init(risk: RiskAssumptions = RiskAssumptions(), runs: Int = 2_000) {
        precondition(runs >= 1, "a forecast needs runs")
        self.risk = risk
        self.runs = runs
        correction = .working(0, 3, 5)
        supplement = .working(1, 5, 15)
        suspension = .working(5, 20, 60)
        procedure = .working(0, 3, 10)
    }
}

extension DurationEstimate {
    fileprivate static func working(_ min: Int, _ likely: Int, _ max: Int) -> DurationEstimate {
        DurationEstimate(min: .working(min), likely: .working(likely), max: .working(max))
    }
}
