/// The time in which one task's clock runs: (start, finish] less every stop (stop, resume].
public struct RunningPeriod: Hashable, Sendable, Codable {
    /// The day at whose closing it begins to run.
    public let start: LocalDate
    /// The day at whose closing it has run; `nil` while it runs. Before `start`: it runs on no day.
    public let finish: LocalDate?
    /// Where it stands still, in any order, may overlap.
    public let stops: [ClockStop]

    /// A running time, open-ended without `finish`.
    public init(start: LocalDate, finish: LocalDate?, stops: [ClockStop] = []) {
        self.start = start
        self.finish = finish
        self.stops = stops
    }

    var range: DayRange { DayRange(after: start, through: finish ?? .latest) }

    /// The parts of the window in which it runs, in order.
    func running(in window: DayRange) -> [DayRange] {
        range.clipped(to: window).map { $0.subtracting(DayRange.joined(stops.map(\.range))) } ?? []
    }
}

/// How long a window took, measured three ways over its running periods (并集、跨度、累计).
///
/// The fourth measure, the critical path, needs dependencies and belongs to the solver.
///
/// - Complexity: O(p log p + p log n), p = periods and their stops, n = exceptions of the calendar.
/// - Source: that a target counts the union by default is our choice; the national counting rule of 审批用时 has not
///   been published. A bureau that reports the days of all its items together reports the sum.
public struct Measures: Hashable, Sendable {
    /// Days on which at least one period runs and does not stand still (并集): a day counts once however many run.
    public let union: DayAmount
    /// Days from the first start to the last finish within the window (跨度), whatever ran in between.
    public let span: DayAmount
    /// Days of all periods added up, without their stops (累计).
    public let sum: DayAmount

    /// The measures of a half-open window (from, to] of closings.
    ///
    /// - Parameters:
    ///   - periods: in any order; cut to the window. One that starts and finishes on the same day uses no day, but
    ///     begins or ends the span if it lies in the window or on its edge.
    ///   - from: the day at whose closing the window opens.
    ///   - to: the day at whose closing it ends; for a window still open, the date as of which is asked.
    ///   - unit: working days unless the target counts calendar days.
    public init(
        of periods: [RunningPeriod], after from: LocalDate, through to: LocalDate, on calendar: WorkCalendar,
        unit: DayUnit = .working
    ) {
        let window = DayRange(after: from, through: to)
        func days(_ ranges: [DayRange]) -> DayAmount {
            let count = ranges.reduce(0) { $0 + calendar.days(unit, after: $1.after, through: $1.through) }
            return DayAmount(days: count, unit: unit)
        }
        let running = periods.flatMap { $0.running(in: window) }
        self.sum = days(running)
        self.union = days(DayRange.joined(running))
        let extents = periods.compactMap { period in
            let isInstant = period.start == period.finish && from <= period.start && period.start <= to
            return isInstant ? period.range : period.range.clipped(to: window)
        }
        if let first = extents.map(\.after).min(), let last = extents.map(\.through).max() {
            self.span = days([DayRange(after: first, through: last)])
        } else {
            self.span = days([])
        }
    }

    /// The day-by-day reasons behind the union of a window.
    ///
    /// - Returns: the days in (from, to]; a day counts when a period runs, is stopped when all that would run stand
    ///   still, and is idle when none would run.
    /// - Complexity: O(days × p), p = periods and their stops.
    public static func ledger(
        of periods: [RunningPeriod], after from: LocalDate, through to: LocalDate, on calendar: WorkCalendar,
        unit: DayUnit = .working
    ) -> DayLedger {
        let ordered = periods.sorted { $0.start < $1.start }
        let window = DayRange(after: from, through: to)
        return DayLedger(unit: unit, calendar: calendar, days: window) { day, kind, _ in
            if unit == .working, !kind.isWorking { return .dayOff }
            var firstStop: ClockStop?
            for period in ordered.prefix(while: { $0.start < day }) where day <= period.range.through {
                guard let stop = period.stops.first(where: { $0.covers(day) }) else { return .counted }
                firstStop = [firstStop, stop].compactMap(\.self).min { $0.stop < $1.stop }
            }
            return firstStop.map(DayLedger.Standing.stopped) ?? .idle
        }
    }
}

extension ApprovalClock {
    /// The clock's running time, for the measures of a window.
    public var runningPeriod: RunningPeriod { RunningPeriod(start: start, finish: end, stops: stops) }
}
