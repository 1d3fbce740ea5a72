/// A count of days with its reasons (逐日台账): for every date what it is, whether it counts and why not.
///
/// It answers «why is this day 17?». Its total is the number that the count itself gives in closed form.
public struct DayLedger: Hashable, Sendable {
    /// What is counted.
    public let unit: DayUnit
    /// One entry for every date, without gaps, in order.
    public let entries: [Entry]

    /// One day of the ledger.
    public struct Entry: Hashable, Sendable {
        /// The day.
        public let date: LocalDate
        /// What the calendar says of it.
        public let kind: DayKind
        /// Whether it counts.
        public let standing: Standing
        /// The days counted up to and including this one.
        public let total: Int
    }

    /// Whether a day counts, and why or why not.
    public enum Standing: Hashable, Sendable {
        /// It counts, within the limit if there is one.
        case counted
        /// It counts although the limit is used up: the last day was a day off and moved past it (顺延).
        case moved
        /// It counts and is beyond the limit (超期).
        case beyondLimit
        /// The office does not work on it; the kind of day says why. Also when the clock is stopped as well.
        case dayOff
        /// Nothing counts because the clock stands still; of several stops the one that began first.
        case stopped(ClockStop)
        /// Nothing runs on it.
        case idle
        /// It is after the decision.
        case decided

        /// Whether the total grows by this day.
        public var counts: Bool {
            switch self {
            case .counted, .moved, .beyondLimit: true
            case .dayOff, .stopped, .idle, .decided: false
            }
        }
    }

    /// The days counted in all.
    public var total: DayAmount { DayAmount(days: entries.last?.total ?? 0, unit: unit) }

    /// The entry of a date, or `nil` when the ledger does not reach it.
    /// - Complexity: O(1)
    public subscript(date: LocalDate) -> Entry? {
        guard let first = entries.first else { return nil }
        let position = date.days(since: first.date)
        return entries.indices.contains(position) ? entries[position] : nil
    }

    /// The entry that counts as the n-th day.
    /// - Complexity: O(log days)
    public func day(_ n: Int) -> Entry? {
        let position = entries.partitioningIndex { $0.total >= n }
        return n > 0 && position < entries.count ? entries[position] : nil
    }

    /// A ledger of the days in (start, finish]; the total grows by every standing that counts.
    init(
        unit: DayUnit, calendar: WorkCalendar, days: DayRange,
        standing: (_ date: LocalDate, _ kind: DayKind, _ total: Int) -> Standing
    ) {
        self.unit = unit
        var entries: [Entry] = []
        var total = 0
        var date = days.after
        while date < days.through {
            date = date.adding(days: 1)
            let kind = calendar.kind(of: date)
            let standing = standing(date, kind, total)
            if standing.counts { total += 1 }
            entries.append(Entry(date: date, kind: kind, standing: standing, total: total))
        }
        self.entries = entries
    }
}

extension ApprovalClock {
    /// The day-by-day reasons behind every answer as of a date.
    ///
    /// - Parameters:
    ///   - date: what is dated later is not yet known.
    ///   - last: how far to list; past `date` to see how the deadline comes about. Default: `date`.
    /// - Returns: the days in (start, last]. Its total through `date` is ``used(asOf:)``.
    /// - Complexity: O(days × (log n + log s)), and O(s) for each stopped day.
    public func ledger(asOf date: LocalDate, through last: LocalDate? = nil) -> DayLedger {
        let horizon = horizon(date)
        let allowed = max(0, limit(asOf: horizon).wholeDaysRoundedUp)
        let moved = lastDay(asOf: horizon).moved
        let days = DayRange(after: start, through: last ?? date)
        return DayLedger(unit: limit.unit, calendar: calendar, days: days) { day, kind, total in
            if let end, day > end { return .decided }
            if limit.unit == .working, !kind.isWorking { return .dayOff }
            if day <= horizon, !isRunning(on: day), let stop = stop(on: day) { return .stopped(stop) }
            return total < allowed ? .counted : total < allowed + moved ? .moved : .beyondLimit
        }
    }
}
