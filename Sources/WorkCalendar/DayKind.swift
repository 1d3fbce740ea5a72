/// What a calendar says of a day (日期性质), with the name that explains it.
public enum DayKind: Hashable, Sendable {
    /// A working weekday like any other 工作日.
    case ordinary
    /// A weekday off turned working day in exchange 调休上班, for the named holiday.
    case makeUp(LocalizedText)
    /// A weekday off like any other 周末.
    case weekend
    /// A day off of the named holiday 节假日, also where it falls on a weekend.
    case holiday(LocalizedText)

    /// Whether the office works on such a day.
    public var isWorking: Bool {
        switch self {
        case .ordinary, .makeUp: true
        case .weekend, .holiday: false
        }
    }
}

extension WorkCalendar {
    /// Whether the office works on that date, and why or why not.
    /// - Complexity: O(log n), n = exceptions.
    public func kind(of date: LocalDate) -> DayKind {
        let isPatternDay = week.contains(date.weekday)
        guard let exception = exception(on: date) else { return isPatternDay ? .ordinary : .weekend }
        if exception.isWorking { return isPatternDay ? .ordinary : .makeUp(exception.name) }
        return .holiday(exception.name)
    }
}
