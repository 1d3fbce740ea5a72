import CaseEngine
import WorkCalendar
import WorkflowModel

/// From which days on a light changes, as long as nothing happens in the case (灯的起始日).
///
/// What a list keeps instead of a light, so that it stays right when a day passes.
public struct LightDates: Sendable, Hashable {
    /// The first day on which the limit is near; no later than ``late``.
    public var near: LocalDate?
    /// The first day past the limit that the deadline is told by.
    public var late: LocalDate?
    /// The first day past the statutory limit.
    public var over: LocalDate?
    /// Whether a clock stands still, and whether one runs.
    public var isStopped = false
    public var isRunning = false

    public init() {}

    /// - Returns: `nil` without clocks.
    public func light(on date: LocalDate) -> DeadlineLight? {
        func has(_ day: LocalDate?) -> Bool { day.map { $0 <= date } ?? false }
        if has(over) { return .overdueStatutory }
        if has(late) { return .overduePromised }
        if has(near) { return .near }
        return isStopped ? .stopped : isRunning ? .normal : nil
    }

    /// Takes in the dates of another clock: the gravest light is shown.
    public mutating func merge(_ other: LightDates) {
        near = [near, other.near].compactMap(\.self).min()
        late = [late, other.late].compactMap(\.self).min()
        over = [over, other.over].compactMap(\.self).min()
        isStopped = isStopped || other.isStopped
        isRunning = isRunning || other.isRunning
    }

    /// Those of a deadline that is a date and nothing more; near on its last working day and on the one before.
    public static func date(_ last: LocalDate, from day: LocalDate, on calendar: WorkCalendar) -> LightDates {
        running(late: last.adding(days: 1), over: nil, from: day) {
            calendar.workingDays(after: $0, through: last) <= 1
        }
    }

    /// Those of a clock that runs.
    ///
    /// - Parameters:
    ///   - late: the first day past the limit that the deadline is told by.
    ///   - over: the first day past the statutory limit, where there is one.
    ///   - day: the day on which this is known.
    ///   - isNear: whether the limit is near on a day; once it is, it stays.
    static func running(
        late: LocalDate, over: LocalDate?, from day: LocalDate, isNear: (LocalDate) -> Bool
    ) -> LightDates {
        var dates = LightDates()
        dates.isRunning = true
        dates.over = over
        let late = over.map { min($0, late) } ?? late
        dates.late = late
        // The first day that is near, between the day on which this is known and the end.
        var (low, high) = (day, max(day, late))
        while low < high {
            let middle = low.adding(days: high.days(since: low) / 2)
            if isNear(middle) { high = middle } else { low = middle.adding(days: 1) }
        }
        dates.near = low
        return dates
    }
}

extension WorkCalendar {
    /// The first day that counts as past a limit: a limit in working days is not passed while nobody works.
    func firstDay(past last: LocalDate, in unit: DayUnit) -> LocalDate {
        let next = last.adding(days: 1)
        return unit == .working ? workingDay(onOrAfter: next) : next
    }
}

extension CaseMachine {
    /// The dates of an item's light as ``ItemStanding/deadline`` shows it; `nil` while it has none.
    public func lightDates(ofItemAt index: Int, in state: CaseState, on today: LocalDate) -> LightDates? {
        let item = state.items[index]
        if item.status == .filed {
            return item.admitBy.map { .date($0, from: today, on: calendar) }
        }
        guard let clocks = clocks(ofItemAt: index, in: state), clocks.isOpen, let leading = clocks.leading else {
            return nil
        }
        if clocks.isStopped {
            var dates = LightDates()
            dates.isStopped = true
            return dates
        }
        func late(_ clock: ApprovalClock) -> LocalDate {
            calendar.firstDay(past: clock.deadline(asOf: today), in: clock.limit.unit)
        }
        // Without a promise the statutory limit is the one that the deadline is told by.
        let over = clocks.promised == nil ? late(leading) : clocks.statutory.map(late)
        return .running(late: late(leading), over: over, from: today) {
            DeadlineStanding.isNear(leading, on: $0) || leading.isOverdue(asOf: $0)
        }
    }
}
