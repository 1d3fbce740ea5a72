/// A day of the week; the raw value is the ISO 8601 number, Monday 1 to Sunday 7.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
    /// Monday 星期一.
    case monday = 1
    /// Tuesday 星期二 to Sunday 星期日.
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The weekday of a day counted from 1970-01-01, which was a Thursday.
    init(dayNumber: Int) {
        let fromMonday = (dayNumber + 3) % 7
        self = Weekday.allCases[fromMonday < 0 ? fromMonday + 7 : fromMonday]
    }

    /// The three-letter name used in calendar files.
    public var abbreviation: String {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][rawValue - 1]
    }

    /// Reads the three-letter name used in calendar files.
    public init?(abbreviation: String) {
        guard let day = Weekday.allCases.first(where: { $0.abbreviation == abbreviation }) else { return nil }
        self = day
    }
}
