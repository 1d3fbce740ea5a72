/// A versioned calendar of working days (工作日历): a weekly pattern, days off and make-up working days (调休).
///
/// Questions are answered from ranks: the number of working days up to a date is the weekly pattern in closed form
/// plus a prefix sum over the exceptions. So a calendar has no end; outside its published coverage the weekly pattern
/// and what exceptions are known speak, and the answer is provisional.
///
/// - Source: 行政许可法 (2019) art. 82 (limits are working days without statutory holidays); 全国年节及纪念日放假办法
///   (2024); the yearly notices of the State Council fix the exchanged days.
public struct WorkCalendar: Sendable, Hashable {
    /// What workflow files call the calendar, such as `cn`.
    public let id: String
    /// The version of its data; a corrected notice makes a new one.
    public let version: String
    /// Where its data come from.
    public let source: String
    /// Weekdays worked when nothing else is said. Never empty.
    public let week: Set<Weekday>
    /// Dates whose holidays have been published, both ends included; `nil` when the calendar has no end.
    public let published: ClosedRange<LocalDate>?
    /// Days about which something is said beside the weekly pattern, in order of date, no date twice.
    public let exceptions: [Exception]

    /// A day about which something is said beside the weekly pattern: a day off or a make-up working day.
    public struct Exception: Sendable, Hashable {
        /// The day.
        public let date: LocalDate
        /// Whether the office works on it.
        public let isWorking: Bool
        /// The name of the holiday, or of the holiday a make-up day belongs to.
        public let name: LocalizedText

        /// A named day off, or a make-up working day of the named holiday.
        public init(date: LocalDate, isWorking: Bool, name: LocalizedText) {
            self.date = date
            self.isWorking = isWorking
            self.name = name
        }
    }

    /// The exceptions that change something, as parallel columns, and the working days that the first i of them add.
    private let changedDays: [LocalDate]
    private let correction: [Int]
    /// `worked[k]` = pattern days among the first k days of a week that starts on Monday.
    private let worked: [Int]

    /// A calendar of a weekly pattern and exceptions in any order.
    ///
    /// - Precondition: `week` is not empty; no two exceptions share a date (files are checked before they get here).
    public init(
        id: String, version: String, source: String, week: Set<Weekday>, published: ClosedRange<LocalDate>?,
        exceptions: [Exception]
    ) {
        precondition(!week.isEmpty, "a calendar needs at least one working weekday")
        self.id = id
        self.version = version
        self.source = source
        self.week = week
        self.published = published
        self.exceptions = exceptions.sorted { $0.date < $1.date }
        for (earlier, later) in zip(self.exceptions, self.exceptions.dropFirst()) {
            precondition(earlier.date < later.date, "two exceptions on \(later.date)")
        }
        var worked = [0]
        for day in Weekday.allCases { worked.append(worked[worked.count - 1] + (week.contains(day) ? 1 : 0)) }
        self.worked = worked
        let changes = self.exceptions.filter { week.contains($0.date.weekday) != $0.isWorking }
        var sums = [0]
        for change in changes { sums.append(sums[sums.count - 1] + (change.isWorking ? 1 : -1)) }
        self.changedDays = changes.map(\.date)
        self.correction = sums
    }

    /// Monday to Friday without holidays: what textbooks and golden numbers are computed on.
    public static let weekdays = WorkCalendar(
        id: "weekdays", version: "1", source: "Monday to Friday, no holidays",
        week: [.monday, .tuesday, .wednesday, .thursday, .friday], published: nil, exceptions: [])

    /// Whether the office works on that date.
    /// - Complexity: O(log n), n = exceptions.
    public func isWorking(_ date: LocalDate) -> Bool {
        exception(on: date)?.isWorking ?? week.contains(date.weekday)
    }

    /// The exception on that date, if there is one.
    /// - Complexity: O(log n), n = exceptions.
    public func exception(on date: LocalDate) -> Exception? {
        let position = exceptions.partitioningIndex { $0.date >= date }
        return position < exceptions.count && exceptions[position].date == date ? exceptions[position] : nil
    }

    /// Working days in the half-open range (start, finish]; negative when `finish` is before `start`.
    /// - Complexity: O(log n), n = exceptions.
    public func workingDays(after start: LocalDate, through finish: LocalDate) -> Int {
        rank(finish) - rank(start)
    }

    /// The date of the n-th working day after `start`, or before it when n is negative.
    ///
    /// Day 0 is `start` itself, also when the office does not work on it. For n > 0 it is the first date with n working
    /// days in (`start`, date]; for n < 0 the working day with −n working days in (date, `start`].
    /// - Complexity: O(log n), n = exceptions.
    public func date(_ n: Int, workingDaysAfter start: LocalDate) -> LocalDate {
        n == 0 ? start : workingDay(rank: rank(start) + n)
    }

    /// The first working day on or after the date. What arrives on a day off counts as received then.
    /// - Complexity: O(log n), n = exceptions.
    public func workingDay(onOrAfter date: LocalDate) -> LocalDate {
        isWorking(date) ? date : self.date(1, workingDaysAfter: date)
    }

    /// The last working day on or before the date.
    /// - Complexity: O(log n), n = exceptions.
    public func workingDay(onOrBefore date: LocalDate) -> LocalDate {
        workingDay(rank: rank(date))
    }

    /// The closing at which an amount of days that starts at `start`'s closing is used up; fractions end within a day,
    /// so they are rounded up to its closing.
    ///
    /// Working days end on the n-th working day after the start; calendar days on the n-th day. An amount of nothing
    /// ends where it starts.
    /// - Source: the day on which a period begins is not counted: 民法典 art. 201.
    public func adding(_ amount: DayAmount, to start: LocalDate) -> LocalDate {
        date(amount.wholeDaysRoundedUp, amount.unit, after: start)
    }

    /// Whether nothing published says if the office works on that date.
    public func isProvisional(_ date: LocalDate) -> Bool {
        guard let published else { return false }
        return !published.contains(date)
    }

    /// Whether a count over (start, finish] rests on a date about which nothing has been published.
    public func isProvisional(after start: LocalDate, through finish: LocalDate) -> Bool {
        start < finish && (isProvisional(start.adding(days: 1)) || isProvisional(finish))
    }

    /// Days of a unit in (start, finish]; negative when `finish` is before `start`.
    func days(_ unit: DayUnit, after start: LocalDate, through finish: LocalDate) -> Int {
        switch unit {
        case .working: workingDays(after: start, through: finish)
        case .calendar: finish.days(since: start)
        }
    }

    /// The n-th day of a unit after `start`.
    func date(_ n: Int, _ unit: DayUnit, after start: LocalDate) -> LocalDate {
        switch unit {
        case .working: date(n, workingDaysAfter: start)
        case .calendar: start.adding(days: n)
        }
    }
}

// MARK: Ranks

extension WorkCalendar {
    /// Working days after an arbitrary fixed date and up to and including `date`.
    private func rank(_ date: LocalDate) -> Int {
        patternRank(date) + correction[changedDays.partitioningIndex { $0 > date }]
    }

    /// The rank that the weekly pattern alone would give.
    private func patternRank(_ date: LocalDate) -> Int {
        // Day 0 was a Thursday, three days after the Monday from which whole weeks are counted, rounding down.
        let fromMonday = date.dayNumber + 3
        let weeks = (fromMonday - (fromMonday >= 0 ? 0 : 6)) / 7
        return weeks * worked[7] + worked[fromMonday - weeks * 7 + 1]
    }

    /// The working day with that rank: the first date on which the rank is reached.
    private func workingDay(rank wanted: Int) -> LocalDate {
        // Rank never falls. Find the first change at which the wanted rank is reached …
        var low = 0
        var high = changedDays.count
        while low < high {
            let middle = (low + high) / 2
            let reached = patternRank(changedDays[middle]) + correction[middle + 1]
            if reached < wanted { low = middle + 1 } else { high = middle }
        }
        // … then it is that make-up day itself, if the pattern alone falls short there, or a pattern day before it.
        let inPattern = wanted - correction[low]
        if low < changedDays.count, patternRank(changedDays[low]) < inPattern {
            return changedDays[low]
        }
        // The last day of a week, not the zeroth of the next, has the rank of the whole week.
        let weeks = (inPattern - (inPattern > 0 ? 1 : worked[7])) / worked[7]
        let weekday = worked.firstIndex { $0 == inPattern - weeks * worked[7] }!  // 1…worked[7], each of them there
        return LocalDate(dayNumber: weeks * 7 + weekday - 1 - 3)
    }
}

extension Array {
    /// The index of the first element for which the predicate holds; no element after it may fail the predicate.
    func partitioningIndex(where belongsInSecondPart: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
