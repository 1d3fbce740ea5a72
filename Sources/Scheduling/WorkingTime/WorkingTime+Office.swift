import WorkCalendar

extension WorkingTime {
    /// The hours of an office when nothing else is said, 09:00 to 17:00: a day of 480 minutes.
    public static let officeHours = 9 * 60..<17 * 60

    /// The working days 工作日 of an office, each with the same hours.
    public init(calendar: WorkCalendar, hours: Range<Int> = officeHours) {
        let week = Dictionary(uniqueKeysWithValues: calendar.week.map { ($0, [hours]) })
        let exceptions = calendar.exceptions.map { ($0.date, $0.isWorking ? [hours] : []) }
        self.init(week: week, exceptions: Dictionary(uniqueKeysWithValues: exceptions))
    }

    /// Calendar days 自然日: every day is worked, so that an amount of whole days that starts at a closing ends at one.
    public static func everyDay(hours: Range<Int> = officeHours) -> WorkingTime {
        WorkingTime(week: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) }))
    }

    /// Elapsed time: every minute counts.
    public static let continuous = WorkingTime.everyDay(hours: 0..<LocalDate.wallClockMinutes)

    // MARK: Closings

    /// The closing of a date: the instant that the approvals' view calls by that date. A day off has one too.
    public func closing(of date: LocalDate) -> Minute { date.midnight + closingMinute }

    /// The date whose closing is the first at or after the instant: how a finish prints.
    ///
    /// Instants after the closing of the day before D and not after the closing of D print as D.
    public func closingDate(onOrAfter instant: Minute) -> LocalDate {
        closingDate(onOrBefore: instant + LocalDate.wallClockMinutes - 1)
    }

    /// The date whose closing is the last at or before the instant: how the `ready` instant of an activity prints, as
    /// day 0 of what follows.
    ///
    /// An opening is the same moment of work as the closing before it; ask for `previousWorkingEnd(before:)` of it
    /// first to print it as that closing: Monday morning as Friday.
    public func closingDate(onOrBefore instant: Minute) -> LocalDate {
        LocalDate(dayNumber: (instant - closingMinute).flooredDivision(by: LocalDate.wallClockMinutes).quotient)
    }
}
