import WorkCalendar

/// One scale for all calendars of a network whose working days have the same hours (日轴).
///
/// It counts the minutes of those hours on every day, worked or not, from its first day on. The closing of a day and the
/// opening of the next are one place on it, as they are for every such calendar; so it tells apart whatever the solver's
/// rules tell apart, and a calendar is two short tables: working minutes before each day, and the day of each worked day.
struct DayAxis: Sendable {
    /// Minutes of a worked day.
    let hours: Int
    private let periods: [Range<Int>]
    /// Day number of the axis' first day.
    private let firstDay: Int
    let calendars: [Calendar]
    /// The exact quotient by `hours` of a number below 2³¹ is its product with this, less 42 bits.
    private let reciprocal: Int

    /// - Parameters:
    ///   - used: which calendars matter; the others may have any hours.
    ///   - total: working minutes that are counted at most from `start` on, and before it.
    /// - Returns: `nil` when hours differ, or so much work needs more than a century.
    init?(_ calendars: [WorkingTime], used: Set<Int>, start: Minute, total: Int) {
        let all = calendars.enumerated().map { used.contains($0.offset) ? $0.element.dayHours : nil }
        var kinds: Set<[Range<Int>]> = []
        for hours in all.compactMap(\.self) {
            kinds.formUnion((hours.week + hours.exceptions.map(\.hours)).map(\.periods).filter { !$0.isEmpty })
        }
        guard let periods = kinds.first, kinds.count == 1 else { return nil }
        self.periods = periods
        hours = periods.reduce(0) { $0 + $1.count }
        reciprocal = ((1 << 42) + hours - 1) / hours

        // What is counted on one calendar after another ends no later than if all were counted where all work.
        let works = all.map { $0.map(DayPattern.init) }
        func allWork(_ day: Int) -> Bool { works.allSatisfy { $0?.works(on: day) ?? true } }
        let startDay = start.flooredDivision(by: LocalDate.wallClockMinutes).quotient
        let needed = (total + hours - 1) / hours + 3
        func reach(_ step: Int) -> Int? {
            var day = startDay
            var left = needed
            while left > 0 {
                guard abs(day - startDay) < 36_525 else { return nil }
                day += step
                if allWork(day) { left -= 1 }
            }
            return day
        }
        guard let first = reach(-1), let last = reach(1) else { return nil }
        firstDay = first
        self.calendars = works.map { pattern in
            guard let pattern else { return Calendar(before: [], dayOf: []) }
            var before: [Int32] = [0]
            var dayOf: [Int32] = []
            for day in first...last {
                let works = pattern.works(on: day)
                if works { dayOf.append(Int32(day - first)) }
                before.append(before[before.count - 1] + (works ? Int32(periods.reduce(0) { $0 + $1.count }) : 0))
            }
            return Calendar(before: before, dayOf: dayOf)
        }
    }

    /// A calendar on the axis.
    struct Calendar: Sendable {
        /// Working minutes before each day, and after the last.
        let before: [Int32]
        let dayOf: [Int32]
    }

    private struct DayPattern {
        let week: [Bool]
        let exceptions: [Int: Bool]

        init(_ hours: (week: [DayHours], exceptions: [RankTable.Exception])) {
            week = hours.week.map { $0.minutes > 0 }
            exceptions = Dictionary(uniqueKeysWithValues: hours.exceptions.map { ($0.day, $0.hours.minutes > 0) })
        }

        /// Day 0, 1970-01-01, was a Thursday.
        func works(on day: Int) -> Bool { exceptions[day] ?? week[(day + 3).flooredDivision(by: 7).remainder] }
    }

    func worksEveryDay(_ calendar: Int) -> Bool {
        calendars[calendar].dayOf.count + 1 == calendars[calendar].before.count
    }

    // MARK: Places

    /// Where an instant is on the axis.
    func place(of instant: Minute) -> Int {
        let (day, minute) = instant.flooredDivision(by: LocalDate.wallClockMinutes)
        return (day - firstDay) * hours + periods.reduce(0) { $0 + max(0, min(minute, $1.upperBound) - $1.lowerBound) }
    }

    /// The earliest instant at a place: a closing, not the next opening.
    func instant(of place: Int) -> Minute {
        let (day, before) = (place - 1).flooredDivision(by: hours)
        var rest = before + 1
        for period in periods {
            if rest <= period.count {
                return (day + firstDay) * LocalDate.wallClockMinutes + period.lowerBound + rest
            }
            rest -= period.count
        }
        preconditionFailure("a day has \(hours) minutes, not \(before + 1)")
    }

    /// Working minutes of a calendar before a place, from the axis' first day.
    @inline(__always)
    func rank(_ place: Int, _ calendar: Int) -> Int {
        let day = quotient(place)
        let before = Int(calendars[calendar].before[day])
        return before + min(place - day * hours, Int(calendars[calendar].before[day + 1]) - before)
    }

    /// The finish side of a rank.
    @inline(__always)
    func earliest(_ rank: Int, _ calendar: Int) -> Int {
        let worked = quotient(rank + hours - 1) - 1
        return Int(calendars[calendar].dayOf[worked]) * hours + rank - worked * hours
    }

    /// The start side of a rank.
    @inline(__always)
    func latest(_ rank: Int, _ calendar: Int) -> Int { earliest(rank + 1, calendar) - 1 }

    @inline(__always)
    func add(_ minutes: Int, to place: Int, _ calendar: Int) -> Int {
        if minutes == 0 { return place }
        let rank = rank(place, calendar) + minutes
        return minutes > 0 ? earliest(rank, calendar) : latest(rank, calendar)
    }

    @inline(__always)
    private func quotient(_ number: Int) -> Int { (number &* reciprocal) >> 42 }
}

extension WorkingTime {
    /// The hours of the weekdays from Monday, and of the days that depart from them.
    var dayHours: (week: [DayHours], exceptions: [RankTable.Exception]) { (ranks.week, ranks.exceptions) }
}
