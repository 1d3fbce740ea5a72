import Scheduling
import WorkCalendar
import WorkflowModel

extension PlanGraph {
    /// The graph as a network on the two calendars of an office.
    /// - Throws: `NetworkError` when the plan is no network; a workflow that was read without errors always is one.
    func network(_ times: OfficeTimes, duration: (PlanActivity) -> DayAmount) throws(NetworkError) -> ActivityNetwork {
        try ActivityNetwork(
            activities: activities.map { activity in
                let duration = duration(activity)
                // What takes no time has no calendar of its own: it may fall on a day off, where a notice ended.
                let unit = duration.minutes == 0 ? .calendar : duration.unit
                return Activity(activity.id, duration: duration.minutes, calendar: times.calendarIndex(of: unit))
            },
            relations: relations.map { relation in
                Scheduling.Relation(
                    activities[relation.predecessor].id, activities[relation.successor].id,
                    relation.type.relationKind, lag: relation.lag.minutes,
                    lagCalendar: .calendar(times.calendarIndex(of: relation.lag.unit)))
            },
            calendars: times.calendars)
    }
}
