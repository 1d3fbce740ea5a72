import ArgumentParser
import Orchestrator
import Scheduling
import WorkCalendar

/// Monte Carlo on a random network, the same that `scripts/benchmarks/monte_carlo.c` and `monte_carlo.py` make.
struct SimulationBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulation", abstract: "Milliseconds for Monte Carlo with criticality and percentiles.")

    @Option(help: "Samples.")
    var samples = 100_000

    @Option(help: "Activities.")
    var activities = 60

    @Option(help: "triangular or pert.")
    var distribution = "triangular"

    @Option(help: "Tasks at once.")
    var tasks = 2

    @Option(help: "How often it is run.")
    var repeats = 15

    func run() async throws {
        let (network, uncertainties) = try network()
        let start = LocalDate(dayNumber: 19_783).dayNumber * 1440 + 17 * 60
        let simulation = try NetworkSimulation(network, uncertainties, start: start)
        let runs = OrderedRuns(tasks: tasks, rangeSize: 24 * SampleBlock.size)
        var times: [Double] = []
        var mean = 0.0
        var p80 = 0
        var checksum = 0
        let clock = ContinuousClock()
        for _ in 0..<repeats {
            let begin = clock.now
            var whole = simulation.run(0..<0, detail: .criticality)
            await runs.run(count: samples) {
                simulation.run($0, detail: .criticality)
            } take: {
                whole.append($0)
                return true
            }
            let finish = OutcomeDistribution(whole.finishes)
            for p in [0.1, 0.5, 0.95] { checksum &+= finish.quantile(p) ?? 0 }
            (mean, p80) = (finish.mean, finish.quantile(0.8) ?? 0)
            times.append((clock.now - begin) / .milliseconds(1))
        }
        times.sort()
        report([
            "links": Double(network.relations.count), "milliseconds": times[times.count / 2],
            "bestMilliseconds": times[0], "mean": mean / 480, "p80": Double(p80) / 480, "checksum": Double(checksum),
        ])
    }

    private func network() throws -> (ActivityNetwork, [Uncertainty]) {
        var made: [Activity] = []
        var uncertainties: [Uncertainty] = []
        var relations: [Relation] = []
        var draw = SplitMix64()
        for position in 0..<activities {
            let likely = Double(2 + draw.next(15)) * 480
            let (min, max) = (likely * Double(4 + draw.next(6)) / 10, likely * Double(12 + draw.next(19)) / 10)
            made.append(Activity("a\(position)", duration: Int(likely)))
            uncertainties.append(
                Uncertainty(
                    distribution == "pert"
                        ? .pert(min: min, likely: likely, max: max) : .triangular(min: min, likely: likely, max: max)))
            guard position >= 4 else { continue }
            // As many distinct predecessors as are drawn, among the fourteen activities before.
            var chosen: [Int] = []
            for _ in 0..<1 + draw.next(3) {
                let predecessor = position - 1 - Int(draw.next(UInt64(Swift.min(position, 14))))
                if !chosen.contains(predecessor) { chosen.append(predecessor) }
            }
            for predecessor in chosen { relations.append(Relation("a\(predecessor)", "a\(position)")) }
        }
        let network = try ActivityNetwork(
            activities: made, relations: relations, calendars: [WorkingTime(calendar: .weekdays)])
        return (network, uncertainties)
    }
}
