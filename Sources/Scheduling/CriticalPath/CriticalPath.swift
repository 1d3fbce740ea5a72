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
        solve(network, ScheduleTerms(start: start, finish: finish))
    }

    /// Schedules the network on terms that also say up to when progress is known.
    public static func solve(_ network: ActivityNetwork, _ terms: ScheduleTerms) -> Schedule {
        Schedule(network: network, terms: terms, dates: dates(network, terms))
    }

    /// By the fastest passes that can.
    private static func dates(_ network: ActivityNetwork, _ terms: ScheduleTerms) -> SolvedDates {
        if terms.dataDate == nil, let ranks = RankPass.solve(network, start: terms.start, finish: terms.finish) {
            return .ranks(ranks)
        }
        if let form = network.minuteForm, form.isWorthTables(network), let dates = MinutePass.solve(network, terms) {
            return .minutes(dates)
        }
        return .table(solveInGeneral(network, terms))
    }

    /// The rules to the minute, for any network.
    static func solveInGeneral(_ network: ActivityNetwork, _ terms: ScheduleTerms) -> DateTable {
        var pass = GeneralPass(network: network, terms: terms)
        pass.forward()
        pass.backward(from: terms.finish ?? pass.projectFinish)
        if network.activities.contains(where: \.isAsLateAsPossible) { pass.forward(afterLate: true) }
        pass.floats()
        return pass.table
    }
}
