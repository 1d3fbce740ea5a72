/// The critical path method (关键路径法): early and late dates, floats and driving relations of a network.
///
/// - Source: J. E. Kelley, M. R. Walker, *Critical-Path Planning and Scheduling*, Proc. EJCC (1959),
///   doi:10.1145/1460299.1460318; calendars, lags and constraints as Microsoft Project documents them.
public enum CriticalPath {
    /// Schedules the network from a start.
    ///
    /// - Parameters:
    ///   - start: the project's start; activities without predecessors begin at the first working instant from it on.
    ///   - finish: the instant at which late dates are anchored; every open end gets it. `nil` is the project's own
    ///     early finish. An instant before that makes float negative. Several targets are several calls.
    /// - Complexity: O(activities + relations) steps on a calendar, each O(log n), n = the calendar's exceptions.
    public static func solve(_ network: ActivityNetwork, start: Minute, finish: Minute? = nil) -> Schedule {
        Schedule(
            network: network, start: start, finish: finish,
            dates: RankPass.solve(network, start: start, finish: finish).map(SolvedDates.ranks)
                ?? .minutes(solveInGeneral(network, start: start, finish: finish)))
    }

    /// The rules to the minute, for any network.
    static func solveInGeneral(_ network: ActivityNetwork, start: Minute, finish: Minute?) -> DateTable {
        var pass = GeneralPass(network: network, start: start)
        pass.forward()
        pass.backward(from: finish ?? pass.projectFinish)
        if network.constraints.contains(where: \.asLateAsPossible) { pass.forwardAgainAfterLateActivities() }
        pass.floats()
        return pass.table
    }
}
