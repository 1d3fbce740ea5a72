import WorkCalendar

extension Instant {
    /// The moment at which an office closes on a date, 17:00 in Beijing: when things happen in virtual time.
    public static func officeClosing(of date: LocalDate) -> Instant {
        Instant(milliseconds: Int64(date.dayNumber) * 86_400_000 + 9 * 3_600_000)
    }
}
