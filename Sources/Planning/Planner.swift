import Scheduling
import WorkCalendar
import WorkflowModel

/// Turns a plan into a network, solves it and reads the answer as closings.
public struct Planner: Sendable {
    public let plan: Plan
    public let calendar: WorkCalendar

    public init(plan: Plan, calendar: WorkCalendar) {
        self.plan = plan
        self.calendar = calendar
    }

    /// The dates of a plan that starts at the closing of `start`, and what they mean for its targets.
    ///
    /// - Throws: `NetworkError` when the plan is no network; a workflow that was read without errors always is one.
    /// - Complexity: O(activities + relations), and O(log holidays) a date.
    public func report(start: LocalDate, scenario: PlanScenario = PlanScenario()) throws(NetworkError) -> PlanReport {
        let graph = PlanGraph(plan, rectificationRounds: scenario.rectificationRounds)
        let times = OfficeTimes(calendar: calendar)
        let network = try graph.network(times) { $0.duration(at: scenario.basis) }
        let schedule = CriticalPath.solve(network, start: times.closing(of: start))
        let rows = rows(of: graph, schedule: schedule, network: network, times: times, basis: scenario.basis)
        let windows = TargetWindows(graph: graph, network: network, schedule: schedule, times: times)
        return PlanReport(
            plan: plan, scenario: scenario, calendar: calendar, start: start,
            finish: times.finishDate(of: schedule.projectFinish), activities: rows,
            targets: plan.workflow.targets.compactMap { windows.report(on: $0) }, windows: windows)
    }

    private func rows(
        of graph: PlanGraph, schedule: Schedule, network: ActivityNetwork, times: OfficeTimes, basis: EstimateBasis
    ) -> [PlanReport.Row] {
        var incoming = [[PlanReport.Link]](repeating: [], count: graph.activities.count)
        for relation in graph.relations {
            incoming[relation.successor].append(
                .init(id: graph.activities[relation.predecessor].id, type: relation.type, lag: relation.lag))
        }
        return graph.activities.indices.map { index in
            let own = network.calendars[network.activities[index].calendar]
            let finish = schedule.earlyFinish[index]
            let start = times.startDate(of: schedule.ready[index], on: own)
            return PlanReport.Row(
                activity: graph.activities[index], duration: graph.activities[index].duration(at: basis),
                predecessors: incoming[index], earlyStart: start,
                earlyFinish: times.finishDate(of: finish),
                // Ready on a day off and starting after it prints as that day, late as early.
                lateStart: max(start, times.startDate(of: schedule.lateStart[index], on: own)),
                lateFinish: times.finishDate(of: schedule.lateFinish[index]),
                totalFloat: times.working.work(from: finish, to: schedule.lateFinish[index]),
                freeFloat: times.working.work(from: finish, to: own.add(schedule.freeFloat[index], to: finish)),
                drivenBy: schedule.drivers(of: index).map { graph.activities[graph.relations[$0].predecessor].id })
        }
    }
}

extension RelationType {
    var relationKind: Relation.Kind {
        switch self {
        case .finishToStart: .finishToStart
        case .startToStart: .startToStart
        case .finishToFinish: .finishToFinish
        case .startToFinish: .startToFinish
        }
    }
}
