import WorkCalendar

/// The dates of a network on several calendars, by position, in 32-bit minutes after the origin of its tables.
struct MinuteDates: Sendable {
    var window = MinuteWindow()
    /// Start and finish of each in turn.
    var early: [Int32] = []
    /// Position → rank of the early finish on its own calendar.
    var finishRanks: [Int32] = []
    /// Late start with total float, then late finish with free float, of each in turn.
    var late: [SIMD2<Int32>] = []
    var projectFinish: Int32 = 0
    var anchor: Int32 = 0

    mutating func open(count: Int) {
        guard finishRanks.count != count else { return }
        early = Array(repeating: 0, count: 2 * count)
        finishRanks = Array(repeating: 0, count: count)
        late = Array(repeating: .zero, count: 2 * count)
    }

    var start: Minute { window.start }
    func instant(_ minutes: Int32) -> Minute { window.origin + Int(minutes) }

    func early(_ position: Int) -> Dates {
        Dates(start: instant(early[2 * position]), finish: instant(early[2 * position + 1]))
    }
}

/// The tables of a network's calendars over the days that its dates are expected on, and some more.
///
/// Dates may lie in `range`; from there three of the longest steps in a row, and a day, stay within the tables.
struct MinuteWindow: Sendable {
    private(set) var tables: CalendarTables?
    /// Of instants after the tables' origin.
    private(set) var range: ClosedRange<Int32> = 0...0
    private(set) var start: Minute = 0
    private var longestStep = -1
    /// Wall-clock minutes before and after the project's start.
    private var before = 0
    private var after = 0

    var origin: Minute { tables?.origin ?? 0 }

    /// Makes the tables, if those that are there do not serve.
    /// - Returns: whether it could be done.
    mutating func open(
        for network: ActivityNetwork, _ form: MinuteForm, start: Minute, anchor: Minute?, longestStep step: Int
    ) -> Bool {
        if tables != nil, start == self.start, step <= longestStep { return true }
        self.start = start
        longestStep = step
        if after == 0 {
            before = 60 * LocalDate.wallClockMinutes
            after = before + form.roughLength + form.roughLength / 4
            if let anchor { before += max(0, start + after - anchor) }
        }
        return build(network, form, anchor: anchor)
    }

    /// Makes larger tables after a date fell out of these.
    mutating func widen(
        for network: ActivityNetwork, _ form: MinuteForm, anchor: Minute?, isBefore: Bool
    ) -> Bool {
        if isBefore { before *= 4 } else { after *= 4 }
        return build(network, form, anchor: anchor)
    }

    private mutating func build(_ network: ActivityNetwork, _ form: MinuteForm, anchor: Minute?) -> Bool {
        tables = nil
        guard before + after < CalendarTables.longestReach, abs(start) < Int.max / 4, abs(anchor ?? 0) < Int.max / 4
        else { return false }
        let low = min(start, anchor ?? start) - before
        let high = max(start, anchor ?? start) + after
        guard high - low < CalendarTables.longestReach else { return false }
        var first = low
        var last = high
        let used = zip(network.lagCalendars, form.isUsed).filter(\.1).map(\.0)
        // One step at a time: the next may be on another calendar, which stands still just there.
        for _ in 0..<3 {
            let (from, to) = (first, last)
            for time in used {
                first = min(first, time.earliestInstant(rank: time.work(before: from) - longestStep - 2))
                last = max(last, time.latestInstant(rank: time.work(before: to) + longestStep + 2))
            }
        }
        let days = first.day - 2..<last.day + 3
        tables = CalendarTables(network.lagCalendars, isUsed: form.isUsed, days: days)
        guard let tables else { return false }
        range = Int32(low - tables.origin)...Int32(high - tables.origin)
        return true
    }
}

extension Minute {
    fileprivate var day: Int { flooredDivision(by: LocalDate.wallClockMinutes).quotient }
}
