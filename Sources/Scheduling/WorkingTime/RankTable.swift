import WorkCalendar

/// Working minutes counted through a calendar, and back.
///
/// Days from the first exception to the last are written out with their ranks; before and after them the week speaks in
/// closed form. Back from a rank, coarse steps of rank point near the day that holds it.
///
/// A class, so that calendars are copied without counting references to each of its arrays.
final class RankTable: Sendable {
    struct Exception: Sendable, Hashable {
        let day: Int
        let hours: DayHours
    }

    /// Hours of the seven weekdays, from Monday.
    let week: [DayHours]
    /// In order of day.
    let exceptions: [Exception]
    let closingMinute: Int

    /// `weekRank[k]` = working minutes of the week before its k-th day.
    private let weekRank: [Int]
    /// Days written out, from the first exception to the last.
    private let days: Range<Int>
    /// Rank at the midnight before each day written out, and after the last.
    private let dayRank: [Int]
    /// Hours of each day written out: 0...6 the weekday's, from 7 on an exception's.
    private let dayHours: [Int32]
    /// `firstDay[s]` = the day written out in which rank `dayRank[0] + s * step + 1` is reached.
    private let firstDay: [Int32]
    private static let step = 240
    /// How much less work the days written out hold than their week would.
    private let lost: Int

    /// The longest equal part of a day in which no day works in two pieces; `nil` when none of `dayParts` will do.
    let partMinutes: Int?
    private static let dayParts = [1440, 720, 480, 360, 240, 180, 120, 90, 60, 48, 40, 30, 24, 20, 16, 15]

    // The periods of each kind of day, end to end: plain integers that are read without counting references.
    private let firstPeriod: [Int]
    private let opens: [Int]
    private let closes: [Int]

    /// - Precondition: some minute of the week is worked; no two exceptions share a day.
    init(week: [DayHours], exceptions: [Exception]) {
        self.week = week
        let exceptions = exceptions.sorted { $0.day < $1.day }
        self.exceptions = exceptions
        closingMinute = week.compactMap(\.periods.last?.upperBound).max() ?? 0
        let weekRank = week.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.minutes) }
        precondition(weekRank[7] > 0, "a calendar needs at least one working minute a week")
        self.weekRank = weekRank

        let kinds = week + exceptions.map(\.hours)
        firstPeriod = kinds.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.periods.count) }
        opens = kinds.flatMap { $0.periods.map(\.lowerBound) }
        closes = kinds.flatMap { $0.periods.map(\.upperBound) }
        partMinutes = Self.dayParts.first { part in kinds.allSatisfy { !$0.worksTwice(inPartOf: part) } }

        let first = exceptions.first?.day ?? 0
        let days = first..<(exceptions.last.map { $0.day + 1 } ?? first)
        var dayHours = days.map { Int32(Self.split($0).weekday) }
        for (number, exception) in exceptions.enumerated() { dayHours[exception.day - first] = Int32(7 + number) }
        let (weeks, weekday) = Self.split(first)
        let dayRank = dayHours.reduce(into: [weeks * weekRank[7] + weekRank[weekday]]) {
            $0.append($0[$0.count - 1] + kinds[Int($1)].minutes)
        }
        var firstDay: [Int32] = []
        for day in dayHours.indices {
            while firstDay.count * Self.step < dayRank[day + 1] - dayRank[0] { firstDay.append(Int32(day)) }
        }
        let (endWeeks, endWeekday) = Self.split(days.upperBound)
        self.days = days
        self.dayHours = dayHours
        self.dayRank = dayRank
        self.firstDay = firstDay
        lost = endWeeks * weekRank[7] + weekRank[endWeekday] - dayRank[dayRank.count - 1]
    }

    /// Working minutes before the instant.
    func rank(of instant: Minute) -> Int {
        let (day, minute) = instant.flooredDivision(by: LocalDate.wallClockMinutes)
        if days.contains(day) {
            let written = day - days.lowerBound
            return dayRank[written] + work(before: minute, kind: Int(dayHours[written]))
        }
        let (weeks, weekday) = Self.split(day)
        let rank = weeks * weekRank[7] + weekRank[weekday] + work(before: minute, kind: weekday)
        return day < days.lowerBound ? rank : rank - lost
    }

    /// The earliest instant with that many working minutes before it.
    func earliestInstant(rank: Int) -> Minute {
        if rank > dayRank[0], rank <= dayRank[dayRank.count - 1] {
            var day = Int(firstDay[(rank - dayRank[0] - 1) / Self.step])
            while dayRank[day + 1] < rank { day += 1 }
            return instant(after: rank - dayRank[day], day: days.lowerBound + day, kind: Int(dayHours[day]))
        }
        let (weeks, before) = ((rank <= dayRank[0] ? rank : rank + lost) - 1).flooredDivision(by: weekRank[7])
        var weekday = 0
        while weekRank[weekday + 1] <= before { weekday += 1 }
        let day = weeks * 7 + weekday - Self.mondayOffset
        return instant(after: before + 1 - weekRank[weekday], day: day, kind: weekday)
    }

    /// Calls back with the working hours of a day, in order.
    func forEachPeriod(ofDay day: Int, _ body: (Range<Int>) -> Void) {
        let kind = days.contains(day) ? Int(dayHours[day - days.lowerBound]) : Self.split(day).weekday
        for period in firstPeriod[kind]..<firstPeriod[kind + 1] { body(opens[period]..<closes[period]) }
    }

    private func work(before minute: Int, kind: Int) -> Int {
        var sum = 0
        for period in firstPeriod[kind]..<firstPeriod[kind + 1] {
            sum += max(0, min(minute, closes[period]) - opens[period])
        }
        return sum
    }

    /// The instant of a day at which its first `work` minutes are over; 1 ≤ work ≤ the day's minutes.
    private func instant(after work: Int, day: Int, kind: Int) -> Minute {
        var rest = work
        var period = firstPeriod[kind]
        while rest > closes[period] - opens[period] {
            rest -= closes[period] - opens[period]
            period += 1
        }
        return day * LocalDate.wallClockMinutes + opens[period] + rest
    }

    /// Day 0, 1970-01-01, was a Thursday: the fourth day of its week.
    private static let mondayOffset = 3

    private static func split(_ day: Int) -> (weeks: Int, weekday: Int) {
        let (weeks, weekday) = (day + mondayOffset).flooredDivision(by: 7)
        return (weeks, weekday)
    }
}

/// The working hours of one day: disjoint half-open ranges of minutes, in order, no two touching.
struct DayHours: Sendable, Hashable {
    let periods: [Range<Int>]

    init(_ hours: [Range<Int>]) {
        var periods: [Range<Int>] = []
        for period in hours.sorted(by: { $0.lowerBound < $1.lowerBound }) where !period.isEmpty {
            precondition(
                period.lowerBound >= 0 && period.upperBound <= LocalDate.wallClockMinutes,
                "working hours \(period) lie outside the day")
            if let last = periods.last, last.upperBound >= period.lowerBound {
                periods[periods.count - 1] = last.lowerBound..<max(last.upperBound, period.upperBound)
            } else {
                periods.append(period)
            }
        }
        self.periods = periods
    }

    var minutes: Int { periods.reduce(0) { $0 + $1.count } }

    /// Whether one period ends and another begins within the same of the equal parts of the day.
    fileprivate func worksTwice(inPartOf minutes: Int) -> Bool {
        zip(periods, periods.dropFirst()).contains { ($0.upperBound - 1) / minutes == $1.lowerBound / minutes }
    }
}
