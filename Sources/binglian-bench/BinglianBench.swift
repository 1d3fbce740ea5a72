import ArgumentParser
import WorkflowModel

/// Measures the parts of Binglian, one line of JSON a run; `scripts/bench` compares them with references.
@main
struct BinglianBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "binglian-bench",
        abstract: "Figures for docs/performance.md; run scripts/bench for the table.",
        subcommands: [
            EngineBenchmark.self, StageBenchmark.self, PortfolioBenchmark.self, NetworkBenchmark.self,
            SimulationBenchmark.self, FlowBenchmark.self, CityBenchmark.self, CalendarBenchmark.self,
            TradeoffBenchmark.self, ResourceBenchmark.self, ForecastBenchmark.self,
            RuleChangeBenchmark.self, OpeningBenchmark.self, CalibrationBenchmark.self,
            HistoryBenchmark.self, LedgerBenchmark.self, OfficeBenchmark.self,
        ])
}

/// Prints figures as one JSON object on a line of its own.
func report(_ figures: KeyValuePairs<String, Double>) {
    print(JSONText.object(figures.map { .init($0.key, .number($0.value)) }).compact)
}

/// Seconds that work takes on the wall clock.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(work) / .seconds(1)
}
