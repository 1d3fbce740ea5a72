import ArgumentParser
import Scheduling
import WorkCalendar

/// The critical path of a large random network, the same that `scripts/benchmarks/critical_path.c` makes.
struct NetworkBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "Milliseconds for the critical path of a large network.")

    @Option(help: "Activities.")
    var activities = 100_000

    @Option(help: "How often it is solved.")
    var repeats = 9

    func run() throws {
        var made: [Activity] = []
        var relations: [Relation] = []
        var draw = Draw()
        for position in 0..<activities {
            made.append(Activity("a\(position)", duration: 480 * Int(1 + draw.next(20))))
            guard position > 0 else { continue }
            // As many distinct predecessors as are drawn, among the hundred activities before.
            let reach = min(position, 100)
            var chosen: [Int] = []
            for _ in 0..<1 + draw.next(5) {
                let predecessor = position - 1 - Int(draw.next(UInt64(reach)))
                if !chosen.contains(predecessor) { chosen.append(predecessor) }
            }
            for predecessor in chosen { relations.append(Relation("a\(predecessor)", "a\(position)")) }
        }
        let time = WorkingTime(calendar: .weekdays)
        var network: ActivityNetwork?
        let building = try seconds {
            network = try ActivityNetwork(activities: made, relations: relations, calendars: [time])
        }
        guard let network else { return }
        let start = LocalDate(dayNumber: 19_783).dayNumber * 1440 + 17 * 60
        var times: [Double] = []
        var schedule = CriticalPath.solve(network, start: start)
        for _ in 0..<repeats { times.append(seconds { schedule = CriticalPath.solve(network, start: start) }) }
        times.sort()
        let length = time.work(before: schedule.projectFinish) - time.work(before: start)
        report([
            "links": Double(relations.count), "buildMilliseconds": building * 1000,
            "milliseconds": times[times.count / 2] * 1000, "bestMilliseconds": times[0] * 1000,
            "length": Double(length),
        ])
    }
}
