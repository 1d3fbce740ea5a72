import WorkCalendar

/// Days of one clock, counted one by one as the log goes on: nothing but a loop over dates.
struct DayCount: Hashable {
    /// The last date that has been looked at.
    private(set) var through: LocalDate
    private(set) var working = 0
    private(set) var natural = 0
    private(set) var runs = true

    /// Day 0 is the start, or the next working day after it.
    init(from start: LocalDate, on calendar: WorkCalendar) {
        var day = start
        while !calendar.isWorking(day) { day = day.adding(days: 1) }
        through = day
    }

    mutating func advance(to date: LocalDate, on calendar: WorkCalendar) {
        guard runs else {
            through = max(through, date)
            return
        }
        while through < date {
            through = through.adding(days: 1)
            natural += 1
            if calendar.isWorking(through) { working += 1 }
        }
    }

    /// Days after this one do not count.
    mutating func stop() { runs = false }

    /// Days after `date` count again.
    mutating func resume(after date: LocalDate) {
        runs = true
        through = max(through, date)
    }

    /// A resumption that lies ahead was moved by a change of the calendar.
    mutating func moveResumption(from day: LocalDate, to date: LocalDate) {
        if runs, through > day { through = date }
    }

    func used(_ unit: DayUnit) -> Int { unit == .working ? working : natural }
}
