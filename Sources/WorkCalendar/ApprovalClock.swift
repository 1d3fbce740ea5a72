/// The clock of one time limit (审批计时): how many days are used, how many remain, and which day is the last.
///
/// Dates are closings. The day of admission is day 0, and a decision on day n has used n days. The days that count are
/// those of the limit's unit in (start, finish], less every stopped range (stop, resume]; overlapping stops cost a day
/// once. Statutory, promised and target limits of an item are three clocks.
///
/// Every answer is given as of a date, from what is dated on or before it: a stop still open then, or resumed only
/// later, is taken to resume on that date, and an extension granted later is not yet known. After the decision nothing
/// changes any more.
///
/// - Complexity: O(log n + log s) a question after O(s log s + s log n) to set up; n = exceptions of the calendar,
///   s = stops. Extensions are few and added up each time.
/// - Source: 行政许可法 (2019) arts. 42 (limits and extensions), 45 (what is not counted), 82 (working days);
///   民法典 arts. 201 (the first day is not counted), 203 (a last day that is a day off). That the day of admission is
///   the first day in the sense of art. 201, and that its arts. 201–203 also serve administrative limits in plain days,
///   is our reading.
public struct ApprovalClock: Hashable, Sendable {
    /// What the days are counted on.
    public let calendar: WorkCalendar
    /// The day of admission as it was recorded.
    public let admitted: LocalDate
    /// Day 0: the day of admission, or the next working day when the office does not work on it.
    public let start: LocalDate
    /// The limit without extensions, in working or in calendar days. Its last day is rounded up to a closing.
    public let limit: DayAmount
    /// The stops in order of their beginning.
    public let stops: [ClockStop]
    /// The extensions in order of their grant.
    public let extensions: [ClockExtension]
    /// The day of the decision; `nil` while there is none.
    public let end: LocalDate?
    /// Whether a last day that is a day off moves to the next working day on which the clock runs (顺延). It tells only
    /// on limits in calendar days: a working-day limit ends on a working day anyhow.
    public let endsOnWorkingDay: Bool

    /// The stops joined and cut to (start, end], and the days of the limit's unit in the first i of them.
    let stoppedRanges: [DayRange]
    let stoppedBefore: [Int]

    /// A clock that starts at the closing of the day of admission.
    ///
    /// - Parameters:
    ///   - admitted: an application received on a day off counts as received on the next working day.
    ///   - limit: fractions are allowed; a limit of nothing ends on day 0.
    ///   - stops: in any order, may overlap, may begin before the start or end after the decision.
    ///   - end: a decision before day 0, on the day off that day 0 moved away from, has used no day.
    ///   - endsOnWorkingDay: on by default, after 民法典 art. 203 («期间的最后一日是法定休假日的，以法定休假日结束的次日为
    ///     期间的最后一日»), read to include weekends and to follow exchanged days. Off for limits whose own rule
    ///     counts strictly, such as a promise kept over the holidays or the length of a public notice.
    /// - Precondition: extensions are in the limit's unit.
    public init(
        calendar: WorkCalendar, admitted: LocalDate, limit: DayAmount, stops: [ClockStop] = [],
        extensions: [ClockExtension] = [], end: LocalDate? = nil, endsOnWorkingDay: Bool = true
    ) {
        precondition(extensions.allSatisfy { $0.amount.unit == limit.unit }, "an extension is in its limit's unit")
        self.calendar = calendar
        self.admitted = admitted
        self.start = calendar.workingDay(onOrAfter: admitted)
        self.limit = limit
        self.stops = stops.sorted { $0.stop < $1.stop }
        self.extensions = extensions.sorted { $0.granted < $1.granted }
        self.end = end
        self.endsOnWorkingDay = endsOnWorkingDay
        let lifetime = DayRange(after: start, through: max(start, end ?? .latest))
        self.stoppedRanges = DayRange.joined(stops.compactMap { $0.range.clipped(to: lifetime) })
        var sums = [0]
        for range in stoppedRanges {
            let days = calendar.days(limit.unit, after: range.after, through: range.through)
            sums.append(sums[sums.count - 1] + days)
        }
        self.stoppedBefore = sums
    }

    /// The limit with the extensions granted by that date.
    public func limit(asOf date: LocalDate) -> DayAmount {
        let horizon = horizon(date)
        let extended = extensions.prefix { $0.granted <= horizon }.reduce(0) { $0 + $1.amount.minutes }
        return DayAmount(minutes: limit.minutes + extended, unit: limit.unit)
    }

    /// The days counted up to that date's closing (已用时); whole, never negative, never falling.
    public func used(asOf date: LocalDate) -> DayAmount {
        let horizon = horizon(date)
        return days(counted(through: horizon, known: horizon))
    }

    /// All days since the start up to that date's closing, stopped or not (历时).
    public func elapsed(asOf date: LocalDate) -> DayAmount {
        days(calendar.days(limit.unit, after: start, through: horizon(date)))
    }

    /// The days on which the clock stood still up to that date's closing (暂停时长): what is elapsed and not used.
    public func stopped(asOf date: LocalDate) -> DayAmount {
        DayAmount(minutes: elapsed(asOf: date).minutes - used(asOf: date).minutes, unit: limit.unit)
    }

    /// What is left until the deadline (剩余时间), negative when more was used than allowed.
    ///
    /// It is the limit, plus the days by which the last day moved off a day off, less the days used. A fraction of a
    /// day is left as it is: at the last closing of `0.25 wd` it is −0.75, and still in time, as ``isOverdue(asOf:)``
    /// says.
    public func remaining(asOf date: LocalDate) -> DayAmount {
        let horizon = horizon(date)
        let last = lastDay(asOf: horizon)
        let minutes = limit(asOf: horizon).minutes - used(asOf: horizon).minutes
        return DayAmount(minutes: minutes + last.moved * DayAmount.minutesPerDay, unit: limit.unit)
    }

    /// The last day on which a decision is in time (办结期限): never before the start.
    public func deadline(asOf date: LocalDate) -> LocalDate {
        lastDay(asOf: horizon(date)).date
    }

    /// The last day by all that is recorded, whatever its date; `nil` while an open stop keeps it away.
    ///
    /// A stop whose resumption is already announced counts in full here.
    public var deadline: LocalDate? {
        let last = lastDay(asOf: end.map { max(start, $0) } ?? .latest).date
        if end == nil, let final = stoppedRanges.last, final.through == .latest, last > final.after { return nil }
        return last
    }

    /// Whether more whole days were used by that date than allowed (超期): a day beyond the limit has closed. Days off
    /// and stopped days after the last day do not make it late.
    public func isOverdue(asOf date: LocalDate) -> Bool {
        remaining(asOf: date).wholeDaysRoundedUp < 0
    }

    /// Whether the clock runs on that day: after the start, by the end, and not stopped. It also runs on days off.
    public func isRunning(on date: LocalDate) -> Bool {
        guard isOpen(on: date) else { return false }
        let position = stoppedRanges.partitioningIndex { $0.through >= date }
        return position == stoppedRanges.count || stoppedRanges[position].after >= date
    }

    /// The stop for which the clock stands still on that day, the one that began first if there are several.
    /// - Complexity: O(s), s = stops.
    public func stop(on date: LocalDate) -> ClockStop? {
        isOpen(on: date) ? stops.first { $0.covers(date) } : nil
    }

    /// Whether an answer as of that date, or the deadline it foresees, rests on days about which nothing has been
    /// published.
    public func isProvisional(asOf date: LocalDate) -> Bool {
        let horizon = horizon(date)
        let last = lastDay(asOf: horizon)
        if calendar.isProvisional(after: admitted.adding(days: -1), through: start) { return true }
        switch limit.unit {
        case .working: return calendar.isProvisional(after: start, through: max(horizon, last.date))
        case .calendar:
            return endsOnWorkingDay && calendar.isProvisional(after: last.nominal.adding(days: -1), through: last.date)
        }
    }

    // MARK: Counting

    /// The date as of which the clock really answers: it knows nothing before its start and learns nothing after its end.
    func horizon(_ date: LocalDate) -> LocalDate {
        max(start, end.map { min(date, $0) } ?? date)
    }

    func isOpen(on date: LocalDate) -> Bool {
        start < date && end.map { date <= $0 } ?? true
    }

    private func days(_ count: Int) -> DayAmount { DayAmount(days: count, unit: limit.unit) }

    /// The stopped ranges that are known at `horizon`: how many, and the days in them when the last is cut there.
    private func stopped(known horizon: LocalDate) -> (ranges: Int, days: Int) {
        let count = stoppedRanges.partitioningIndex { $0.after >= horizon }
        guard count > 0 else { return (0, 0) }
        let last = stoppedRanges[count - 1]
        let lastDays = calendar.days(limit.unit, after: last.after, through: min(last.through, horizon))
        return (count, stoppedBefore[count - 1] + lastDays)
    }

    /// The days that count in (start, date] when nothing is known of stops after `horizon`.
    private func counted(through date: LocalDate, known horizon: LocalDate) -> Int {
        calendar.days(limit.unit, after: start, through: date) - stopped(known: min(date, horizon)).days
    }

    /// The last day as known at `horizon`.
    ///
    /// - Returns: `nominal`, the first date by which as many days count as are allowed; `date`, the same or the working
    ///   day to which it moves; `moved`, the days that count in between.
    func lastDay(asOf horizon: LocalDate) -> (nominal: LocalDate, date: LocalDate, moved: Int) {
        let allowed = limit(asOf: horizon).wholeDaysRoundedUp
        guard allowed > 0 else { return (start, start, 0) }
        let known = stopped(known: horizon)
        // The stops that lie wholly before the last day: all before the first at whose beginning enough days count.
        var low = 0
        var high = known.ranges
        while low < high {
            let middle = (low + high) / 2
            let elapsed = calendar.days(limit.unit, after: start, through: stoppedRanges[middle].after)
            if elapsed - stoppedBefore[middle] >= allowed { high = middle } else { low = middle + 1 }
        }
        let passed = low < known.ranges ? stoppedBefore[low] : known.days
        let nominal = calendar.date(allowed + passed, limit.unit, after: start)
        guard endsOnWorkingDay, !calendar.isWorking(nominal) else { return (nominal, nominal, 0) }
        let date = runningWorkingDay(onOrAfter: nominal, stops: stoppedRanges[low..<known.ranges], known: horizon)
        return (nominal, date, counted(through: date, known: horizon) - allowed)
    }

    /// The first working day that is in none of the stops.
    private func runningWorkingDay(
        onOrAfter date: LocalDate, stops: ArraySlice<DayRange>, known horizon: LocalDate
    ) -> LocalDate {
        var day = calendar.workingDay(onOrAfter: date)
        for stop in stops {
            guard stop.after < day else { break }
            let resume = min(stop.through, horizon)
            if day <= resume { day = calendar.workingDay(onOrAfter: resume.adding(days: 1)) }
        }
        return day
    }
}
