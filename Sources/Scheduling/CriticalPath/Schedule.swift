/// The dates and floats of a network's activities (进度计划), all by the activity's index in the input.
public struct Schedule: Sendable {
    /// What the columns share.
    final class Solution: Sendable {
        let network: ActivityNetwork
        let dates: SolvedDates

        init(network: ActivityNetwork, dates: SolvedDates) {
            self.network = network
            self.dates = dates
        }
    }

    private let solution: Solution
    /// What it was computed from.
    public let terms: ScheduleTerms
    /// The last early finish; the start when there are no activities.
    public let projectFinish: Minute
    /// Where late dates are anchored: the finish asked for, else the project's own.
    public let lateAnchor: Minute

    init(network: ActivityNetwork, terms: ScheduleTerms, dates: SolvedDates) {
        solution = Solution(network: network, dates: dates)
        self.terms = terms
        projectFinish = dates.projectFinish ?? terms.start
        lateAnchor = terms.finish ?? dates.anchor ?? projectFinish
    }

    public var network: ActivityNetwork { solution.network }

    private func column(_ field: ScheduleColumn.Field) -> ScheduleColumn {
        ScheduleColumn(solution: solution, field: field)
    }

    /// When relations, or else the project's start, let an activity begin: before constraints, and before the move to
    /// working time. What follows a calendar-day activity that ends on a day off is ready then and starts later.
    public var ready: ScheduleColumn { column(.ready) }
    public var earlyStart: ScheduleColumn { column(.earlyStart) }
    public var earlyFinish: ScheduleColumn { column(.earlyFinish) }
    public var lateStart: ScheduleColumn { column(.lateStart) }
    public var lateFinish: ScheduleColumn { column(.lateFinish) }
    /// Working minutes, of the activity's own calendar, by which it can slip before the anchor or a constraint is missed:
    /// the smaller of start and finish float. Negative when it is missed already; 0 for one that is as late as possible.
    public var totalFloat: ScheduleColumn { column(.totalFloat) }
    /// Working minutes, of the activity's own calendar, by which it can slip before it moves any successor's early dates;
    /// never negative. Total float when nothing follows. Not capped by total float.
    public var freeFloat: ScheduleColumn { column(.freeFloat) }

    /// The project's start, as given.
    public var start: Minute { terms.start }

    /// Whether the activity's total float is at most `limit` working minutes; so negative float is critical.
    public func isCritical(_ activity: Int, limit: Int = 0) -> Bool { totalFloat[activity] <= limit }

    /// The activities with total float of at most `limit` working minutes, in order of input.
    public func criticalActivities(limit: Int = 0) -> [Int] { totalFloat.indices.filter { totalFloat[$0] <= limit } }

    /// When the activity is scheduled to start: early, or late when it is as late as possible.
    public func scheduledStart(_ activity: Int) -> Minute {
        network.activities[activity].isAsLateAsPossible ? lateStart[activity] : earlyStart[activity]
    }

    /// When the activity is scheduled to finish: early, or late when it is as late as possible.
    public func scheduledFinish(_ activity: Int) -> Minute {
        network.activities[activity].isAsLateAsPossible ? lateFinish[activity] : earlyFinish[activity]
    }

    /// The activity that finishes last, the first of them in the input; `nil` when there are none.
    public var lastActivity: Int? { earlyFinish.firstIndex(of: projectFinish) }
}
