/// The dates and floats of a network's activities (进度计划), all by the activity's index in the input.
public struct Schedule: Sendable {
    public let network: ActivityNetwork
    /// What it was computed from.
    public let terms: ScheduleTerms
    /// The last early finish; the start when there are no activities.
    public let projectFinish: Minute
    /// Where late dates are anchored: the finish asked for, else the project's own.
    public let lateAnchor: Minute

    /// When relations, or else the project's start, let an activity begin: before constraints, and before the move to
    /// working time. What follows a calendar-day activity that ends on a day off is ready then and starts later.
    public let ready: [Minute]
    public let earlyStart: [Minute]
    public let earlyFinish: [Minute]
    public let lateStart: [Minute]
    public let lateFinish: [Minute]
    /// Working minutes, of the activity's own calendar, by which it can slip before the anchor or a constraint is missed:
    /// the smaller of start and finish float. Negative when it is missed already; 0 for one that is as late as possible.
    public let totalFloat: [Int]
    /// Working minutes, of the activity's own calendar, by which it can slip before it moves any successor's early dates;
    /// never negative. Total float when nothing follows. Not capped by total float.
    public let freeFloat: [Int]

    init(network: ActivityNetwork, terms: ScheduleTerms, table: DateTable) {
        self.network = network
        self.terms = terms
        projectFinish = table.earlyFinish.max() ?? terms.start
        lateAnchor = terms.finish ?? projectFinish
        func byInput(_ values: [Int]) -> [Int] { network.position.map { values[Int($0)] } }
        ready = byInput(table.ready)
        earlyStart = byInput(table.earlyStart)
        earlyFinish = byInput(table.earlyFinish)
        lateStart = byInput(table.lateStart)
        lateFinish = byInput(table.lateFinish)
        totalFloat = byInput(table.totalFloat)
        freeFloat = byInput(table.freeFloat)
    }

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
