/// A schedule reckoned back from a wanted date (倒排工期): by when everything has to start and finish at the latest.
public struct BackwardSchedule: Sendable {
    /// With late dates anchored at the wanted date.
    public let schedule: Schedule
    public let wanted: Minute
    /// Working minutes that are lacking: the most that any activity lacks on its own calendar; 0 when the date can be kept.
    public let shortfall: Int
    /// When the project has to start at the latest.
    public let latestStart: Minute
    /// The chain of driving relations that makes the project miss the date, or that would first; empty without activities.
    public let chain: NetworkPath?

    public var isFeasible: Bool { shortfall == 0 }
}

extension Schedule {
    /// By when every activity must start and finish so that the project is finished on a wanted date.
    ///
    /// Deadlines and constraints bind as well; they may make the project infeasible by more than the date.
    /// - Complexity: that of solving.
    public func backward(from wanted: Minute) -> BackwardSchedule {
        var terms = terms
        terms.finish = wanted
        let schedule = CriticalPath.solve(network, terms)
        let open = network.activities.indices.filter { network.activities[$0].progress?.finish == nil }
        let least = open.map { schedule.totalFloat[$0] }.min() ?? 0
        // Of those that are late the last is where the chain ends; when nothing is late, the last of all.
        let end =
            open.filter { schedule.totalFloat[$0] < 0 }.max { schedule.earlyFinish[$0] < schedule.earlyFinish[$1] }
            ?? schedule.lastActivity
        let first = network.activities.indices.filter { network.activities[$0].progress == nil }
        return BackwardSchedule(
            schedule: schedule, wanted: wanted, shortfall: max(0, -least),
            latestStart: first.map { schedule.lateStart[$0] }.min() ?? start,
            chain: end.map { schedule.driverTrace(to: $0) })
    }
}
