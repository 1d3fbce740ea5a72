import Scheduling
import WorkCalendar
import WorkflowModel

/// What is left of a case as a network that begins on the day of the forecast (剩余网络).
///
/// What is over is no part of it; what waits for a lag that still runs waits for a date. What does not happen is left
/// out, and those before it lead to those after it.
struct RemainingNetwork {
    private(set) var activities: [Activity] = []
    private(set) var uncertainties: [Uncertainty] = []
    private(set) var relations: [Scheduling.Relation] = []
    /// Where each node of the graph is in the network.
    private(set) var place: [Int?]
    /// By place: its node, or the stop that it is.
    private(set) var origins: [Origin] = []
    private(set) var clocks: [ClockHolder] = []

    enum Origin {
        case node(Int)
        case stop(CaseProgress.Stop)
        /// A date that is known, or the day of the forecast itself.
        case date
    }

    private let graph: ForecastGraph
    private let progress: CaseProgress
    private let calendar: WorkCalendar
    private let times: OfficeTimes
    let date: LocalDate
    /// The nodes that run.
    let running: Set<Int>
    /// The day of the forecast.
    private(set) var now = 0
    /// What does not happen and was passed on the way to one node.
    private var passed: Set<Int> = []

    init(
        _ graph: ForecastGraph, _ progress: CaseProgress, on date: LocalDate, _ times: OfficeTimes,
        _ calendar: WorkCalendar
    ) {
        self.graph = graph
        self.progress = progress
        self.calendar = calendar
        self.times = times
        self.date = date
        running = Set(progress.standings.indices.filter { progress.standings[$0].isRunning })
        place = Array(repeating: nil, count: graph.nodes.count)
        now = append("\n now", .date, clock: .none, unit: .calendar, .fixed(0))
        for (node, standing) in progress.standings.enumerated() { appendNode(node, standing) }
        for node in graph.nodes.indices { connect(node) }
        for (number, stop) in progress.stops.enumerated() { append(stop, number) }
    }

    /// The activities whose time counts for a target.
    func counted(by target: Target) -> Set<Int> {
        Set(clocks.indices.filter { target.counts(clocks[$0], of: name(of: origins[$0])) })
    }

    private func name(of origin: Origin) -> String {
        switch origin {
        case .node(let node): graph.nodes[node].activity.id
        case .stop(let stop): graph.nodesOfItem[stop.item].first.map { graph.nodes[$0].activity.id } ?? ""
        case .date: ""
        }
    }

    // MARK: Activities

    @discardableResult
    private mutating func append(
        _ id: String, _ origin: Origin, clock: ClockHolder, unit: DayUnit, _ uncertainty: Uncertainty
    ) -> Int {
        let longest = Int(uncertainty.duration.bounds.upperBound.rounded())
        // What takes no time has no calendar of its own.
        let calendar = times.calendarIndex(of: longest == 0 ? .calendar : unit)
        activities.append(Activity(id, duration: longest, calendar: calendar))
        uncertainties.append(uncertainty)
        origins.append(origin)
        clocks.append(clock)
        return activities.count - 1
    }

    private mutating func appendNode(_ node: Int, _ standing: CaseProgress.Standing) {
        let own = graph.nodes[node]
        let uncertainty: Uncertainty
        switch standing {
        case .past, .never: return
        case .running(_, let remaining):
            uncertainty = Uncertainty(remaining, factor: own.activity.department)
        case .waiting(let chance, let before):
            uncertainty = Uncertainty(
                own.distribution, unit: own.unit, chance: chance,
                onlyAfter: before.map { graph.nodes[$0].activity.id }, factor: own.activity.department)
        }
        place[node] = append(
            own.activity.id, .node(node), clock: own.activity.clock, unit: own.activity.estimate.unit, uncertainty)
    }

    private mutating func append(_ stop: CaseProgress.Stop, _ number: Int) {
        let stopped = append(
            "\n stop \(number)", .stop(stop), clock: stop.holder, unit: stop.unit, Uncertainty(stop.remaining))
        let nodes = graph.nodesOfItem[stop.item]
        let running = nodes.filter { progress.standings[$0].isRunning }
        for node in running.isEmpty ? nodes : running {
            guard let place = place[node] else { continue }
            link(stopped, place, stop.stopsClock || running.isEmpty ? .finishToStart : .finishToFinish)
        }
    }

    // MARK: Relations

    private mutating func link(_ predecessor: Int, _ successor: Int, _ kind: RelationType, _ lag: DayAmount = .zero) {
        relations.append(
            Scheduling.Relation(
                activities[predecessor].id, activities[successor].id, kind.relationKind, lag: lag.minutes,
                lagCalendar: .calendar(times.calendarIndex(of: lag.unit))))
    }

    private mutating func connect(_ node: Int) {
        guard let own = place[node] else { return }
        passed.removeAll(keepingCapacity: true)
        for number in graph.incoming[node] {
            let relation = graph.relations[number]
            // What has begun needs nothing to begin.
            if progress.standings[node].isRunning, relation.type.bindsStart { continue }
            follow(relation.predecessor, relation.type, relation.lag, to: own)
        }
    }

    private mutating func follow(_ predecessor: Int, _ type: RelationType, _ lag: DayAmount, to own: Int) {
        switch progress.standings[predecessor] {
        case .past(let start, let finish): wait(for: type.isFromStart ? start : finish, type, lag, to: own)
        case .running(let since, _):
            if type.isFromStart {
                wait(for: since, type, lag, to: own)
            } else if let before = place[predecessor] {
                link(before, own, type, lag)
            }
        case .waiting:
            if let before = place[predecessor] { link(before, own, type, lag) }
        case .never:
            // Phases side by side that do not happen all lead to the same.
            guard type != .finishToStart || lag.minutes != 0 || passed.insert(predecessor).inserted else { return }
            // It takes no time, so its start and its finish are one, and at most one of two relations has a lag.
            for number in graph.incoming[predecessor] {
                let earlier = graph.relations[number]
                follow(
                    earlier.predecessor, RelationType(fromStart: earlier.type.isFromStart, bindsStart: type.bindsStart),
                    lag.minutes == 0 ? earlier.lag : lag, to: own)
            }
        }
    }

    /// A lag after something that is over.
    private mutating func wait(for event: LocalDate?, _ type: RelationType, _ lag: DayAmount, to own: Int) {
        guard lag.minutes > 0, let event else { return }
        let until = calendar.adding(lag, to: event)
        guard until > date else { return }
        let release = append(
            "\n date \(activities.count)", .date, clock: .none, unit: .calendar,
            .fixed(until.days(since: date) * DayAmount.minutesPerDay))
        link(release, own, type.bindsStart ? .finishToStart : .finishToFinish)
    }
}

extension RelationType {
    fileprivate init(fromStart: Bool, bindsStart: Bool) {
        self =
            fromStart
            ? (bindsStart ? .startToStart : .startToFinish) : (bindsStart ? .finishToStart : .finishToFinish)
    }

    var isFromStart: Bool { self == .startToStart || self == .startToFinish }
    var bindsStart: Bool { self == .finishToStart || self == .startToStart }
}
