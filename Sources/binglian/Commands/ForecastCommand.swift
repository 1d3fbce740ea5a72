import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "What becomes of a case as it stands: the chance of each target, and when it finishes. 办件预测。")

    @Argument(help: "The case.")
    var caseID: String

    @Option(help: "As of that date, never before the last event; default: today in Beijing time.")
    var on: LocalDate?

    @Option(help: "How often the rest is played through, 100 to 100000.")
    var runs = 2_000

    @Option(help: "Durations are drawn from this number.")
    var seed: UInt64 = 1

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard (100...100_000).contains(runs) else { throw ValidationError("--runs takes 100 to 100000") }
    }

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let snapshot = try await office.snapshot(of: caseID)
                let forecast = try forecast(of: snapshot)
                switch store.format {
                case .json: printOut(forecast.json(of: snapshot.id.text).pretty)
                case .text:
                    printOut(
                        ForecastText(
                            title: snapshot.state.opening?.title, id: snapshot.id.text, forecast: forecast,
                            terminal: terminal
                        ).text)
                }
            }
        }
    }

    private func forecast(of snapshot: CaseSnapshot) throws -> Forecast {
        let machine = snapshot.machine
        let assumptions = ForecastAssumptions(of: machine.plan.workflow, seed: seed, runs: runs)
        do {
            return try Forecaster(machine, assumptions: assumptions)
                .forecast(snapshot.state, on: on ?? OfficeDate.today)
        } catch let error as NetworkError {
            throw CommandFailure(zh: "流程无法预测：\(error)", en: "the workflow cannot be forecast: \(error)")
        } catch let error as SimulationError {
            throw CommandFailure(zh: "流程无法预测：\(error)", en: "the workflow cannot be forecast: \(error)")
        }
    }
}
