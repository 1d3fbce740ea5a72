import Scheduling
import WorkCalendar
import WorkflowModel

/// Measures targets on a solved plan: which time in a window counts, and which chains make it long.
///
/// An activity uses the days in (start, finish] that lie in the window: working days, or all days where the target's
/// limit is in calendar days.
struct TargetWindows: Sendable {
    let graph: PlanGraph
    let network: ActivityNetwork
    let schedule: Schedule
    let times: OfficeTimes

    /// `nil` when the plan lacks an end of the window: a conditional item that this project does not need.
    func report(on target: Target) -> TargetReport? {
        guard let from = latest(graph.ends(of: target.from)), let to = latest(graph.ends(of: target.to)),
            let window = window(of: target)
        else { return nil }
        let time = target.limit?.unit == .calendar ? times.everyDay : times.working
        let periods = countedPeriods(of: target)
        func length(_ period: Range<Minute>) -> Int { time.work(from: period.lowerBound, to: period.upperBound) }
        let path = graph.heaviestPath(from: target.from, to: target.to, in: network) { length(periods[$0]) }
        return TargetReport(
            target: target, from: times.finishDate(of: window.lowerBound), to: times.finishDate(of: window.upperBound),
            union: union(of: periods, in: time), span: length(window), sum: periods.reduce(0) { $0 + length($1) },
            elapsedPath: elapsedPath(from: from, to: to),
            countedPath: path.activities, countedPathLength: path.weight)
    }

    /// From the closing of one item to that of another, empty when the second comes first; `nil` when the plan lacks one.
    func window(of target: Target) -> Range<Minute>? {
        guard let from = latest(graph.ends(of: target.from)), let to = latest(graph.ends(of: target.to)) else {
            return nil
        }
        return schedule.earlyFinish[from]..<max(schedule.earlyFinish[from], schedule.earlyFinish[to])
    }

    /// When each activity runs within a target's window; empty for what does not count.
    func countedPeriods(of target: Target) -> [Range<Minute>] {
        guard let window = window(of: target) else { return [] }
        return graph.activities.indices.map { index in
            target.counts(graph.activities[index].clock, of: graph.activities[index].id)
                ? period(of: index).clamped(to: window) : 0..<0
        }
    }

    /// Working minutes on which at least one of the activities runs that satisfy a condition.
    func union(where belongs: (PlanActivity) -> Bool) -> Int {
        union(
            of: graph.activities.indices.filter { belongs(graph.activities[$0]) }.map { period(of: $0) },
            in: times.working)
    }

    /// From the closing at which the activity may begin, also when the next working time comes later.
    private func period(of index: Int) -> Range<Minute> {
        min(schedule.ready[index], schedule.earlyFinish[index])..<schedule.earlyFinish[index]
    }

    /// The driving chain that sets the window's end; from the window's start where that drives it.
    private func elapsedPath(from: Int, to: Int) -> [String] {
        let path = schedule.driverTrace(to: to, from: from) ?? schedule.driverTrace(to: to)
        return path.activities.map { graph.activities[$0].id }
    }

    private func latest(_ activities: Range<Int>?) -> Int? {
        activities?.max { schedule.earlyFinish[$0] < schedule.earlyFinish[$1] }
    }

    /// Minutes of that time covered by at least one of the periods.
    private func union(of periods: [Range<Minute>], in time: WorkingTime) -> Int {
        var covered = 0
        var reached = Minute.min
        for period in periods.sorted(by: { $0.lowerBound < $1.lowerBound }) where period.upperBound > reached {
            covered += time.work(from: max(reached, period.lowerBound), to: period.upperBound)
            reached = period.upperBound
        }
        return covered
    }
}
