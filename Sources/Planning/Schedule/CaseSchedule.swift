import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// The dates of a case (办件进度): what has happened, and at likely durations what is still ahead.
///
/// Left of the day it was made on everything is fact, right of it forecast. What need not happen is in it when that is at
/// least as likely as not. A case of which nothing has happened yet has the dates of its plan.
public struct CaseSchedule: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar
    /// The day up to whose closing facts are known 数据日期.
    public let on: LocalDate
    /// In the order of the plan.
    public let rows: [ScheduledRow]
    /// Items of the plan that do not happen in this case any more.
    public let dropped: [String]

    public var start: LocalDate { rows.map(\.start).min() ?? on }
    public var finish: LocalDate { rows.map(\.finish).max() ?? on }
    /// Whether any date rests on holidays that are not published yet.
    public var isProvisional: Bool { calendar.isProvisional(start) || calendar.isProvisional(finish) }
}

extension Forecaster {
    /// The dates of a case by its state alone.
    ///
    /// - Parameter date: never taken earlier than the last event; a case that is over is looked at on its last day.
    /// - Throws: `NetworkError` when the plan is no network; a workflow that was read without errors always is one.
    /// - Complexity: O(activities + relations).
    public func schedule(_ state: CaseState, on date: LocalDate) throws(NetworkError) -> CaseSchedule {
        let asOf = state.asOf ?? date
        let on = state.status == .open ? max(asOf, date) : asOf
        let progress = CaseProgress(of: state, on: on, in: graph, machine, assumptions).likeliest
        let left = RemainingNetwork(graph, progress, on: on, times, machine.calendar)
        let network = try ActivityNetwork(
            activities: zip(left.activities, left.origins).map { activity, origin in
                Activity(activity.id, duration: likely(activity, origin, progress), calendar: activity.calendar)
            },
            relations: left.relations, calendars: times.calendars)
        let reader = ScheduleReader(
            graph: graph, progress: progress, left: left, times: times, state: state, on: on,
            schedule: CriticalPath.solve(network, start: times.closing(of: on)), isOpen: state.status == .open)
        let rows = graph.nodes.indices.compactMap { reader.row($0) }
        let shown = Set(rows.map(\.activity.item))
        return CaseSchedule(
            plan: machine.plan, calendar: machine.calendar, on: on, rows: rows,
            dropped: machine.plan.items.map(\.id).filter { !shown.contains($0) })
    }

    /// Minutes that something ahead or going on is taken to need.
    private func likely(
        _ activity: Scheduling.Activity, _ origin: RemainingNetwork.Origin, _ progress: CaseProgress
    ) -> Int {
        func days(_ minutes: Double) -> Int {
            Int((minutes / Double(DayAmount.minutesPerDay)).rounded()) * DayAmount.minutesPerDay
        }
        switch origin {
        case .node(let node):
            if case .running(_, let remaining) = progress.standings[node] { return days(remaining.mean) }
            return graph.nodes[node].activity.estimate.likely.minutes
        case .stop(let stop): return days(stop.remaining.mean)
        case .date: return activity.duration
        }
    }
}

/// Reads the rows of a case from its solved remainder.
private struct ScheduleReader {
    let graph: ForecastGraph
    let progress: CaseProgress
    let left: RemainingNetwork
    let times: OfficeTimes
    let state: CaseState
    let on: LocalDate
    let schedule: Schedule
    let isOpen: Bool

    func row(_ node: Int) -> ScheduledRow? {
        switch progress.standings[node] {
        case .never: return nil
        case .past(let start, let finish):
            guard hasHappened(graph.nodes[node]), let end = finish ?? start else { return nil }
            return row(node, .finished, from: min(start ?? end, end), to: end)
        case .running(let since, _):
            guard isOpen, let place = left.place[node] else { return nil }
            return row(node, .running, from: min(since, finish(place)), to: finish(place), place)
        case .waiting:
            guard isOpen, let place = left.place[node] else { return nil }
            let own = schedule.network.calendars[schedule.network.activities[place].calendar]
            let start = times.startDate(of: schedule.ready[place], on: own)
            return row(node, .ahead, from: min(max(start, on), finish(place)), to: finish(place), place)
        }
    }

    /// Whether it is known to have happened, and not only to be over with its item.
    private func hasHappened(_ node: ForecastGraph.Node) -> Bool {
        switch node.role {
        case .own: return true
        case .phase(let phase): return state.items[node.item].joint?.phases.contains { $0.phase == phase } ?? false
        case .correction, .special, .refusal, .again: return false
        }
    }

    private func finish(_ place: Int) -> LocalDate { times.finishDate(of: schedule.earlyFinish[place]) }

    private func row(
        _ node: Int, _ standing: ScheduledRow.Standing, from start: LocalDate, to finish: LocalDate,
        _ place: Int? = nil
    ) -> ScheduledRow {
        ScheduledRow(
            activity: graph.nodes[node].activity, standing: standing, start: start, finish: finish,
            lateFinish: place.map { times.finishDate(of: schedule.lateFinish[$0]) },
            totalFloat: place.map {
                times.working.work(from: schedule.earlyFinish[$0], to: schedule.lateFinish[$0])
            },
            predecessors: graph.incoming[node].map { number in
                let relation = graph.relations[number]
                return .init(
                    id: graph.nodes[relation.predecessor].activity.id, type: relation.type, lag: relation.lag)
            },
            drivenBy: place.map(drivers) ?? [], stops: stops(node, from: start, to: finish),
            duration: graph.nodes[node].activity.estimate.likely)
    }

    /// Those ahead or going on that hold a start; a fact holds none.
    private func drivers(of place: Int) -> [String] {
        schedule.drivers(of: place).compactMap { number in
            guard let before = schedule.network.index(of: left.relations[number].predecessor),
                case .node(let node) = left.origins[before]
            else { return nil }
            return graph.nodes[node].activity.id
        }
    }

    /// A rectification is a phase of its own, so it stops none of the others.
    private func stops(_ node: Int, from start: LocalDate, to finish: LocalDate) -> [Range<LocalDate>] {
        let item = graph.nodes[node].item
        guard item < state.items.count else { return [] }
        return state.items[item].stops.compactMap { stop in
            let end = min(finish, stop.resume ?? max(on, stop.stop))
            guard stop.reason != .rectification, start <= stop.stop, stop.stop < end else { return nil }
            return stop.stop..<end
        }
    }
}
