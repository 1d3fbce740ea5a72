import ArgumentParser
import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// A live case foretold after every event of its likely course, on one thread, in processor time.
struct ForecastBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Milliseconds for the forecast of one live case.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "Samples of a forecast.")
    var runs = 2_000

    func run() async throws {
        let script = try Script(files.read())
        let machine = script.machine
        let forecaster = Forecaster(
            machine, assumptions: ForecastAssumptions(of: machine.plan.workflow, runs: runs))
        var state = CaseState()
        var times: [Double] = []
        for (command, context) in script.commands {
            _ = try machine.perform(command, on: &state, in: context)
            guard state.status == .open else { break }
            times.append(try processorSeconds { _ = try forecaster.forecast(state, on: context.today) } * 1_000)
        }
        let first = times[0]
        times.sort()
        report([
            "forecasts": Double(times.count), "openingMilliseconds": first,
            "milliseconds": times[times.count / 2], "worstMilliseconds": times[times.count - 1],
        ])
    }
}
