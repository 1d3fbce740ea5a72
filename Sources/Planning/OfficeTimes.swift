import Scheduling
import WorkCalendar

/// The two calendars that a plan runs on, and the closings that its instants print as.
struct OfficeTimes: Sendable {
    /// Working days of the workflow's calendar.
    let working: WorkingTime
    /// Calendar days 自然日: the same office hours on every day.
    let everyDay: WorkingTime

    init(calendar: WorkCalendar) {
        working = WorkingTime(calendar: calendar)
        everyDay = .everyDay()
    }

    var calendars: [WorkingTime] { [working, everyDay] }

    /// The index in `calendars` of a unit's calendar.
    func calendarIndex(of unit: DayUnit) -> Int { unit == .working ? 0 : 1 }

    func closing(of date: LocalDate) -> Minute { working.closing(of: date) }

    /// The date at whose closing, or before it, something is finished.
    func finishDate(of instant: Minute) -> LocalDate { working.closingDate(onOrAfter: instant) }

    /// The closing at which something starts: day 0 of its count.
    ///
    /// An opening, or a time of day, is the closing of the last day worked before it: Monday morning prints as Friday. A
    /// closing prints as itself, also on a day off, where a notice of calendar days may have ended.
    func startDate(of instant: Minute, on calendar: WorkingTime) -> LocalDate {
        let closing = working.closingDate(onOrBefore: instant)
        if self.closing(of: closing) == instant { return closing }
        return working.closingDate(onOrBefore: calendar.previousWorkingEnd(before: self.closing(of: closing)))
    }
}
