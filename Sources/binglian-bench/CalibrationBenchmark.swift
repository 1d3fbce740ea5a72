import ArgumentParser
import CaseEngine
import Planning
import WorkflowModel

/// How often what came lay in the 90 % intervals of forecasts of drawn cases; no matter of speed.
struct CalibrationBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration", abstract: "Coverage of the 90 % intervals of forecasts.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "How many cases are drawn.")
    var cases = 800

    @Option(help: "Samples of a forecast.")
    var runs = 250

    func run() async throws {
        let contents = try files.read()
        let machine = CaseMachine(
            plan: Plan.resolve(contents.definition, facts: contents.facts), calendar: contents.calendar)
        let found = try ForecastCalibration(of: machine, cases: 1..<cases + 1, runs: runs)
        report([
            "forecasts": Double(found.forecasts), "coverage": found.coverage, "mean": found.mean,
            "variance": found.variance, "targetsForetold": found.foretold, "targetsMet": Double(found.met),
        ])
    }
}
