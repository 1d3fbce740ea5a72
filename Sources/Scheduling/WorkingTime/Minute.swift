import WorkCalendar

/// An instant of the solver's time axis: local wall-clock minutes since 1970-01-01T00:00 (分钟时刻).
///
/// `day * 1440 + minute of the day`, without time zone and without daylight saving; negative before 1970.
public typealias Minute = Int

extension LocalDate {
    /// Minutes in a wall-clock day.
    static let wallClockMinutes = 1440

    /// Midnight at the start of the date.
    var midnight: Minute { dayNumber * Self.wallClockMinutes }
}

extension Int {
    /// The quotient rounded down and the remainder that is never negative; `divisor` > 0.
    func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
