import WorkCalendar

/// A calendar of working minutes (工作时间): hours of each weekday, and days that depart from them.
///
/// Everything is answered from the rank `W(t)`, the working minutes before `t`; only differences of ranks mean something.
/// Two instants with the same rank are the same moment of work: the closing on Friday and the opening on Monday. The
/// earliest of them is the *finish side*, the latest the *start side*. A calendar has no end: before the first and after
/// the last exception its week goes on.
///
/// - Complexity: each question O(1) for hours that look like an office's; memory O(days from the first exception to the
///   last). Copies share it.
/// - Source: the documented behaviour of Microsoft Project, in integer minutes.
public struct WorkingTime: Sendable {
    let ranks: RankTable

    /// - Parameters:
    ///   - week: working hours of a weekday as half-open ranges of minutes of the day, within 0...1440; any order,
    ///     may touch or overlap. A weekday that is missing is off.
    ///   - exceptions: hours of single dates instead of their weekday's; no hours is a day off.
    /// - Precondition: some minute of the week is worked.
    public init(week: [Weekday: [Range<Int>]], exceptions: [LocalDate: [Range<Int>]] = [:]) {
        ranks = RankTable(
            week: Weekday.allCases.map { DayHours(week[$0] ?? []) },
            exceptions: exceptions.map { RankTable.Exception(day: $0.key.dayNumber, hours: DayHours($0.value)) })
    }

    /// W(t): working minutes before the instant, counted from an arbitrary fixed instant.
    public func work(before instant: Minute) -> Int { ranks.rank(of: instant) }

    /// Working minutes in the half-open range from `start` to `finish`; negative when `finish` comes first.
    public func work(from start: Minute, to finish: Minute) -> Int { ranks.rank(of: finish) - ranks.rank(of: start) }

    /// The instant at which so many working minutes have passed since `instant`.
    ///
    /// 0 leaves the instant where it is, also outside working time. A positive amount ends on the finish side (the
    /// closing, not the next opening), a negative one on the start side.
    public func add(_ minutes: Int, to instant: Minute) -> Minute {
        if minutes == 0 { return instant }
        let rank = ranks.rank(of: instant) + minutes
        return minutes > 0 ? earliestInstant(rank: rank) : latestInstant(rank: rank)
    }

    /// The first instant at or after `instant` at which work goes on.
    public func nextWorkingInstant(from instant: Minute) -> Minute { latestInstant(rank: ranks.rank(of: instant)) }

    /// The end of the last working period when no work lies between it and `instant`; else `instant` itself.
    public func previousWorkingEnd(before instant: Minute) -> Minute {
        earliestInstant(rank: ranks.rank(of: instant))
    }

    /// Where a zero-duration activity that may happen at `instant` does happen: a closing is as good as the next
    /// opening and stays; any other instant outside working time moves to the next opening.
    func milestoneInstant(from instant: Minute) -> Minute {
        let rank = ranks.rank(of: instant)
        return earliestInstant(rank: rank) == instant ? instant : latestInstant(rank: rank)
    }

    /// The finish side of a rank: the earliest instant with that many working minutes before it.
    func earliestInstant(rank: Int) -> Minute { ranks.earliestInstant(rank: rank) }

    /// The start side of a rank: the latest instant with that many working minutes before it.
    func latestInstant(rank: Int) -> Minute { ranks.earliestInstant(rank: rank + 1) - 1 }

    /// Minute of the day at which the office closes for the day: the latest of its week.
    var closingMinute: Int { ranks.closingMinute }
}

extension WorkingTime: Hashable {
    public static func == (a: WorkingTime, b: WorkingTime) -> Bool {
        a.ranks === b.ranks || (a.ranks.week == b.ranks.week && a.ranks.exceptions == b.ranks.exceptions)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ranks.week)
        hasher.combine(ranks.exceptions)
    }
}
