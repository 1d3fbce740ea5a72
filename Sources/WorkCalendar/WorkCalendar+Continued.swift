extension WorkCalendar {
    /// This calendar up to a date, and a newer one of the same week after it (日历接续).
    ///
    /// Days that have been counted stay as they were counted: a notice that comes late changes only what lies ahead. The
    /// new calendar has the name, the version and the published end of the newer one.
    ///
    /// - Parameter date: the last day of this calendar; what happens on a day happens at its closing, so the day of a
    ///   change belongs to the old calendar.
    /// - Returns: `nil` when the weekly patterns differ, which no list of days could tell of all days ahead.
    /// - Complexity: O(n), n = exceptions of both.
    public func continued(by newer: WorkCalendar, after date: LocalDate) -> WorkCalendar? {
        guard week == newer.week else { return nil }
        let published = newer.published.map { range in
            let first = min(self.published?.lowerBound ?? range.lowerBound, range.lowerBound)
            return first...range.upperBound
        }
        return WorkCalendar(
            id: newer.id, version: newer.version, source: newer.source, week: week, published: published,
            exceptions: exceptions.filter { $0.date <= date } + newer.exceptions.filter { $0.date > date })
    }
}
