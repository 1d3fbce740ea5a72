import WorkCalendar

/// A network as the passes over calendar tables read it: several calendars, any relation, lag and date constraint.
///
/// A feature that those passes do not know must make `init` answer `nil`; the general passes then take over.
struct MinuteForm: Sendable {
    /// The rule of a link as masks that choose between instants, all ones or all zeros.
    struct Rule: Sendable {
        /// Whether it begins at the predecessor's finish.
        let fromFinish: Int32
        /// Whether it leads to the successor's finish.
        let toFinish: Int32
        /// What of the predecessor a bound from the successor does not concern: its start or its finish.
        let unconcerned: SIMD4<Int32>
        /// Index into the lag calendars.
        let calendar: Int32
        let lag: Int32
        let lagShare: Int32
        let hasLag: Bool
        let lagIsANumber: Bool

        init(_ rule: LinkRule) {
            fromFinish = rule.kind == .finishToStart || rule.kind == .finishToFinish ? -1 : 0
            toFinish = rule.kind == .finishToFinish || rule.kind == .startToFinish ? -1 : 0
            let (start, finish) = (MinuteSweep.open & fromFinish, MinuteSweep.open & ~fromFinish)
            unconcerned = SIMD4(finish, start, finish, start)
            calendar = Int32(rule.calendar)
            lag = Int32(rule.lag)
            lagShare = Int32(rule.lagShare)
            hasLag = lag != 0 || lagShare != 0
            lagIsANumber = rule.lagIsANumber
        }

        /// Minutes after a predecessor of that duration.
        @inline(__always)
        func lag(after duration: Int) -> Int32 {
            lagShare == 0 ? lag : lag &+ Int32(truncatingIfNeeded: Relation.share(Int(lagShare), of: duration))
        }
    }

    /// By `LinkRules`; empty when every relation is FS without lag.
    let rules: [Rule]
    /// By lag calendar, elapsed time last.
    let isUsed: [Bool]
    let longestLag: Int
    let largestShare: Int
    /// Wall-clock minutes that the network may take, roughly.
    let roughLength: Int

    /// Durations and lags are below this.
    static let longestStep = 1 << 24

    init?(_ network: ActivityNetwork) {
        guard !network.calendarOf.isEmpty,
            network.activities.allSatisfy({ $0.progress == nil && !$0.constraints.asLateAsPossible })
        else { return nil }
        let given = network.linkRules.rules
        longestLag = given.map { abs($0.lag) }.max() ?? 0
        largestShare = given.map { abs($0.lagShare) }.max() ?? 0
        guard longestLag < Self.longestStep else { return nil }
        rules = given.map(Rule.init)
        var isUsed = [Bool](repeating: false, count: network.lagCalendars.count)
        for calendar in network.calendarOf { isUsed[Int(calendar)] = true }
        for rule in given { isUsed[rule.calendar] = true }
        self.isUsed = isUsed
        roughLength = network.roughLength
    }

    /// Whether one solution alone is worth its tables: a day of a calendar costs about as much to write out as the general
    /// passes spend on half a relation. Solving again uses the same tables.
    func isWorthTables(_ network: ActivityNetwork) -> Bool {
        let days = 240 + roughLength / LocalDate.wallClockMinutes
        return 2 * (network.durations.count + network.linkPredecessor.count) > days * isUsed.count(where: { $0 })
    }

    /// The longest step that a date can make at once with these durations; `nil` when it is too long.
    func longestStep(durations: [Int]) -> Int? {
        var longest = 0
        for duration in durations { longest = max(longest, duration) }
        guard longest < Self.longestStep else { return nil }
        let step = max(longest, longestLag + Relation.share(largestShare, of: longest))
        return step < Self.longestStep ? step : nil
    }
}

extension ActivityNetwork {
    /// The length of the longest path when a working minute takes as long as on average in its calendar's week.
    fileprivate var roughLength: Int {
        let week = 7 * LocalDate.wallClockMinutes
        let stretch = lagCalendars.map { Double(week) / Double(max(1, $0.work(from: 0, to: week))) }
        var finishes = [Double](repeating: 0, count: durations.count)
        for position in durations.indices {
            let own = Double(durations[position]) * stretch[Int(calendarOf[position])]
            var start = 0.0
            for link in links(into: position) {
                let predecessor = Int(linkPredecessor[link])
                var asked = finishes[predecessor]
                if !linkRules.isEmpty {
                    let rule = linkRules[link]
                    asked += Double(rule.lag) * stretch[rule.calendar]
                    if rule.kind == .finishToFinish { asked -= own }
                }
                start = max(start, asked)
            }
            finishes[position] = start + own
        }
        return Int(min(finishes.max() ?? 0, Double(CalendarTables.longestReach)))
    }
}
