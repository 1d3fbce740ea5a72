import ArgumentParser
import Scheduling
import WorkCalendar

/// The critical path of a large random network, the same that `scripts/benchmarks/critical_path.c` makes, and what one
/// changed duration costs in it.
struct NetworkBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "Milliseconds for the critical path of a large network.")

    enum Shape: String, ExpressibleByArgument {
        /// Layers of 1,000; each activity follows three of the three layers before.
        case layers
        /// One to five of the hundred activities before.
        case near
    }

    enum Links: String, ExpressibleByArgument {
        /// Finish to start without lag.
        case plain
        /// Every kind of relation, a quarter with lags.
        case linked
        /// The same on four calendars.
        case calendars
    }

    @Option(help: "Activities.")
    var activities = 100_000

    @Option(help: "How often it is solved.")
    var repeats = 9

    @Option(help: "layers or near.")
    var shape = Shape.layers

    @Option(help: "plain, linked or calendars.")
    var links = Links.plain

    @Option(help: "So many activities get another duration and their own back, each time settled and read.")
    var edits = 0

    func run() throws {
        var network: ActivityNetwork?
        let building = try seconds { network = try make() }
        guard let network else { return }
        let start = LocalDate(dayNumber: 19_783).dayNumber * 1440 + 17 * 60
        if edits > 0 { return try change(network, start: start) }
        var alone: [Double] = []
        for _ in 0..<repeats { alone.append(processorSeconds { _ = CriticalPath.solve(network, start: start) }) }
        var solver = RepeatedSolver(network, start: start)
        let durations = solver.durations
        var again: [Double] = []
        for _ in 0..<repeats { again.append(processorSeconds { solver.solve(durations: durations) }) }
        alone.sort()
        again.sort()
        let time = network.calendars[0]
        let floats = durations.indices.reduce(0) { $0 + solver.totalFloat(of: $1) + solver.freeFloat(of: $1) }
        report([
            "links": Double(network.relations.count), "buildMilliseconds": building * 1000,
            "milliseconds": alone[repeats / 2] * 1000, "bestMilliseconds": alone[0] * 1000,
            "againMilliseconds": again[repeats / 2] * 1000,
            "length": Double(time.work(from: start, to: solver.projectFinish)), "floats": Double(floats),
        ])
    }

    // MARK: What-if

    private func change(_ network: ActivityNetwork, start: Minute) throws {
        var schedule = IncrementalSchedule(network, start: start)
        let path = schedule.drivingPath()?.activities ?? []
        var draw = SplitMix64(state: 7)
        let anywhere = try (0..<edits).flatMap { _ in
            try whatIf(Int(draw.next(UInt64(activities))), of: network, &schedule)
        }.sorted()
        // A hundred of them, evenly.
        let sample = path.enumerated().filter { $0.offset % (path.count / 100 + 1) == 0 }.map(\.element)
        let onPath = try sample.flatMap { try whatIf($0, of: network, &schedule) }.sorted()
        report([
            "p50Microseconds": anywhere[anywhere.count / 2] * 1e6,
            "p95Microseconds": anywhere[anywhere.count * 95 / 100] * 1e6,
            "criticalP50Microseconds": onPath[onPath.count / 2] * 1e6,
            "criticalP95Microseconds": onPath[onPath.count * 95 / 100] * 1e6,
            "path": Double(path.count), "links": Double(network.relations.count),
        ])
    }

    /// Seconds for three days more and for three days less again: dates, the floats of what changed, the driving path.
    private func whatIf(
        _ activity: Int, of network: ActivityNetwork, _ schedule: inout IncrementalSchedule
    ) throws -> [Double] {
        let own = network.activities[activity].duration
        return try [own + 3 * 480, own].map { duration in
            var floats = 0
            return try processorSeconds {
                try schedule.setDuration(of: activity, to: duration)
                for changed in schedule.changed ?? [] {
                    floats &+= schedule.totalFloat(of: changed) &+ schedule.freeFloat(of: changed)
                }
                floats &+= schedule.drivingPath()?.activities.count ?? 0
            }
        }
    }

    // MARK: The network

    private func make() throws -> ActivityNetwork {
        var draw = SplitMix64(state: 1)
        var relations = RelationTable()
        let ends = makeEnds(&draw)
        let made = (0..<activities).map {
            Activity("a\($0)", duration: 480 * Int(1 + draw.next(20)), calendar: Int(draw.next(4)))
        }
        let kinds: [Relation.Kind] = [.startToStart, .finishToFinish, .startToFinish]
        relations.reserveCapacity(ends.count)
        for (predecessor, successor) in ends {
            var terms = Relation("", "")
            if links != .plain {
                let kind = Int(draw.next(10))
                if kind >= 7 { terms.kind = kinds[kind - 7] }
                if draw.next(4) == 0 { terms.lag = 480 * Int(draw.next(5)) }
            }
            relations.append(from: Int(predecessor), to: Int(successor), terms: terms)
        }
        guard links == .calendars else {
            let alike = made.map { Activity($0.id, duration: $0.duration) }
            return try ActivityNetwork(
                activities: alike, relations: relations, calendars: [WorkingTime(calendar: .weekdays)])
        }
        return try ActivityNetwork(activities: made, relations: relations, calendars: Self.calendars)
    }

    private func makeEnds(_ draw: inout SplitMix64) -> [(predecessor: Int32, successor: Int32)] {
        var ends: [(predecessor: Int32, successor: Int32)] = []
        ends.reserveCapacity(3 * activities)
        let width = activities < 4000 ? activities / 20 + 1 : 1000
        for successor in 0..<activities {
            let layer = successor / width * width
            let low = max(0, layer - 3 * width)
            switch shape {
            case .layers where layer > 0:
                for _ in 0..<3 { ends.append((Int32(low + Int(draw.next(UInt64(layer - low)))), Int32(successor))) }
            case .near where successor > 0:
                // As many distinct predecessors as are drawn.
                var chosen: [Int] = []
                for _ in 0..<1 + draw.next(5) {
                    let predecessor = successor - 1 - Int(draw.next(UInt64(min(successor, 100))))
                    if !chosen.contains(predecessor) { chosen.append(predecessor) }
                }
                ends += chosen.map { (Int32($0), Int32(successor)) }
            default: break
            }
        }
        return ends
    }

    /// Five days a week, six, five with a day off in every 25 days, and every day.
    private static var calendars: [WorkingTime] {
        let hours = [WorkingTime.officeHours]
        let five: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        let week = Dictionary(uniqueKeysWithValues: five.map { ($0, hours) })
        let off = (0..<400).map { (LocalDate(dayNumber: 19_800 + 25 * $0), [Range<Int>]()) }
        return [
            WorkingTime(week: week), WorkingTime(week: week.merging([.saturday: hours]) { $1 }),
            WorkingTime(week: week, exceptions: Dictionary(uniqueKeysWithValues: off)), .everyDay(),
        ]
    }
}
