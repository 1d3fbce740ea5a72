/// A schedule reckoned back from a wanted date (倒排工期): by when everything has to start and finish at the latest.
public struct BackwardSchedule: Sendable {
    /// With late dates anchored at the wanted date.
    public let schedule: Schedule
    public let wanted: Minute
    /// Working minutes that are lacking, on the calendar of the chain's last activity; 0 when the date can be kept.
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
        let worst = network.activities.indices
            .filter { network.activities[$0].progress?.finish == nil }
            .min { schedule.totalFloat[$0] < schedule.totalFloat[$1] }
        let least = worst.map { schedule.totalFloat[$0] } ?? 0
        // Of the activities with the least float the last is where the chain ends.
        let end = network.activities.indices.filter { schedule.totalFloat[$0] == least }
            .max { schedule.earlyFinish[$0] < schedule.earlyFinish[$1] }
        let first = network.activities.indices.filter { network.activities[$0].progress == nil }
        return BackwardSchedule(
            schedule: schedule, wanted: wanted, shortfall: max(0, -least),
            latestStart: first.map { schedule.lateStart[$0] }.min() ?? start,
            chain: end.map { schedule.driverTrace(to: $0) })
    }
}
