import TestSupport
import Testing
import WorkCalendar

/// Closed forms against a loop that asks of every single day whether it counts; 100,000 histories of each kind.
struct RandomHistoryTests {
    static let seeds: [UInt64] = [2018, 2019, 2020, 2021]
    static let calendars = 250
    static let historiesPerCalendar = 100

    @Test("Clocks on any calendar agree with a loop over the days", arguments: seeds)
    func clocks(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<Self.calendars {
            let sample = SampleCalendar(using: &random)
            for _ in 0..<Self.historiesPerCalendar {
                let clock = Self.clock(on: sample, using: &random)
                let asOf = clock.admitted.adding(days: Int.random(in: -2...30, using: &random))
                let expected = ClockLoop(clock: clock, sample: sample, asOf: asOf)
                if let difference = expected.difference(from: clock) {
                    Issue.record("seed \(seed) round \(round) as of \(asOf): \(difference) of \(clock)")
                    return
                }
            }
        }
    }

    @Test("Measures of any window agree with a loop over the days", arguments: seeds)
    func measures(seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 1000)
        for round in 0..<Self.calendars {
            let sample = SampleCalendar(using: &random)
            for _ in 0..<Self.historiesPerCalendar {
                let from = sample.day(using: &random)
                let to = from.adding(days: Int.random(in: 0...25, using: &random))
                let unit: DayUnit = Bool.random(using: &random) ? .working : .calendar
                let periods = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    let start = from.adding(days: Int.random(in: -6...25, using: &random))
                    let length = Int.random(in: -1...12, using: &random)
                    return RunningPeriod(
                        start: start, finish: length > 10 ? nil : start.adding(days: length),
                        stops: Self.stops(after: start, using: &random))
                }
                let measures = Measures(of: periods, after: from, through: to, on: sample.calendar, unit: unit)
                let ledger = Measures.ledger(of: periods, after: from, through: to, on: sample.calendar, unit: unit)
                let loop = MeasureLoop(periods: periods, after: from, through: to, sample: sample, unit: unit)
                if measures.union != loop.union || measures.span != loop.span || measures.sum != loop.sum
                    || ledger.total != loop.union
                {
                    Issue.record(
                        "seed \(seed) round \(round): \(measures) is not \(loop) in (\(from), \(to)] of \(periods)")
                    return
                }
            }
        }
    }

    private static func clock(on sample: SampleCalendar, using random: inout SeededGenerator) -> ApprovalClock {
        let admitted = sample.day(using: &random)
        let unit: DayUnit = Int.random(in: 0..<3, using: &random) == 0 ? .calendar : .working
        let minutes = Bool.random(using: &random) ? 480 : 120
        let extensions = (0..<[0, 0, 1, 2].randomElement(using: &random)!).map { _ in
            ClockExtension(
                amount: DayAmount(minutes: Int.random(in: 0...4, using: &random) * minutes, unit: unit),
                granted: admitted.adding(days: Int.random(in: 0...15, using: &random)), reason: "")
        }
        return ApprovalClock(
            calendar: sample.calendar, admitted: admitted,
            limit: DayAmount(minutes: Int.random(in: 0...10, using: &random) * minutes, unit: unit),
            stops: stops(after: admitted, using: &random), extensions: extensions,
            end: Bool.random(using: &random) ? admitted.adding(days: Int.random(in: 0...25, using: &random)) : nil,
            endsOnWorkingDay: Bool.random(using: &random))
    }

    private static func stops(after start: LocalDate, using random: inout SeededGenerator) -> [ClockStop] {
        (0..<[0, 1, 1, 2, 4].randomElement(using: &random)!).map { _ in
            let stop = start.adding(days: Int.random(in: -2...15, using: &random))
            let length = Int.random(in: -1...9, using: &random)
            return ClockStop(
                stop: stop, resume: length == 9 ? nil : stop.adding(days: length),
                reason: StopReason.allCases.randomElement(using: &random)!, basis: "")
        }
    }
}

/// What a clock must answer as of a date, found by asking of every day whether it counts.
private struct ClockLoop {
    let clock: ApprovalClock
    let sample: SampleCalendar
    let asOf: LocalDate
    var start: LocalDate
    var horizon: LocalDate

    init(clock: ApprovalClock, sample: SampleCalendar, asOf: LocalDate) {
        self.clock = clock
        self.sample = sample
        self.asOf = asOf
        start = clock.admitted
        while !sample.isWorking(start) { start = start.adding(days: 1) }
        horizon = asOf
        if let end = clock.end, end < horizon { horizon = end }
        if horizon < start { horizon = start }
    }

    func isStopped(_ day: LocalDate, known: LocalDate) -> Bool {
        clock.stops.contains { stop in
            guard stop.stop < known, stop.stop < day, day <= known else { return false }
            guard let resume = stop.resume else { return true }
            return day <= resume
        }
    }

    func isCounted(_ day: LocalDate, known: LocalDate) -> Bool {
        (clock.limit.unit == .calendar || sample.isWorking(day)) && !isStopped(day, known: known)
    }

    func limitMinutes(known: LocalDate) -> Int {
        var minutes = clock.limit.minutes
        for grant in clock.extensions where grant.granted <= known { minutes += grant.amount.minutes }
        return minutes
    }

    func allowed(known: LocalDate) -> Int {
        var days = 0
        while days * 480 < limitMinutes(known: known) { days += 1 }
        return days
    }

    /// The last day and how many days count after the nominal one, or `nil` when a stop that never ends keeps it away.
    func lastDay(known: LocalDate) -> (date: LocalDate, moved: Int)? {
        let allowed = allowed(known: known)
        var day = start
        var counted = 0
        var moved = 0
        while counted < allowed
            || clock.endsOnWorkingDay && (!sample.isWorking(day) || day > start && isStopped(day, known: known))
        {
            day = day.adding(days: 1)
            if known == .latest, clock.stops.contains(where: { $0.resume == nil && $0.covers(day) }) { return nil }
            guard isCounted(day, known: known) else { continue }
            if counted < allowed { counted += 1 } else { moved += 1 }
        }
        return (day, moved)
    }

    /// What the clock answers otherwise than the loop does.
    func difference(from clock: ApprovalClock) -> String? {
        let last = lastDay(known: horizon)!
        var used = 0
        var elapsed = 0
        var day = start
        while day < horizon {
            day = day.adding(days: 1)
            if isCounted(day, known: horizon) { used += 1 }
            if clock.limit.unit == .calendar || sample.isWorking(day) { elapsed += 1 }
        }
        let remaining = limitMinutes(known: horizon) + (last.moved - used) * 480
        if clock.start != start { return "start" }
        if clock.used(asOf: asOf).minutes != used * 480 { return "used \(used)" }
        if clock.elapsed(asOf: asOf).minutes != elapsed * 480 { return "elapsed \(elapsed)" }
        if clock.stopped(asOf: asOf).minutes != (elapsed - used) * 480 { return "stopped \(elapsed - used)" }
        if clock.limit(asOf: asOf).minutes != limitMinutes(known: horizon) { return "limit" }
        if clock.deadline(asOf: asOf) != last.date { return "deadline \(last.date)" }
        if clock.remaining(asOf: asOf).minutes != remaining { return "remaining \(remaining)" }
        if clock.isOverdue(asOf: asOf) != (used > allowed(known: horizon) + last.moved) { return "overdue" }
        // Without an as-of date everything recorded is known, up to the decision.
        let final = lastDay(known: clock.end.map { max($0, start) } ?? .latest)
        if clock.deadline != final?.date { return "final deadline \(final?.date.description ?? "none")" }
        return ledgerDifference(from: clock, moved: last.moved)
    }

    private func ledgerDifference(from clock: ApprovalClock, moved: Int) -> String? {
        let allowed = allowed(known: horizon)
        let ledger = clock.ledger(asOf: asOf)
        var total = 0
        var day = start
        for entry in ledger.entries {
            day = day.adding(days: 1)
            if entry.date != day || entry.kind.isWorking != sample.isWorking(day) { return "ledger date \(day)" }
            let isDecided = clock.end.map { day > $0 } ?? false
            if !isDecided, isCounted(day, known: horizon) { total += 1 }
            let fits =
                switch entry.standing {
                case .decided: isDecided && !clock.isRunning(on: day)
                case .dayOff: clock.limit.unit == .working && !sample.isWorking(day)
                case .stopped(let stop):
                    stop.covers(day) && !clock.isRunning(on: day)
                        && clock.stops.allSatisfy { $0.stop >= stop.stop || !$0.covers(day) }
                case .counted: clock.isRunning(on: day) && total <= allowed
                case .moved: clock.isRunning(on: day) && total > allowed && total <= allowed + moved
                case .beyondLimit: clock.isRunning(on: day) && total > allowed + moved
                case .idle: false
                }
            if !fits || entry.total != total { return "ledger entry \(entry) with total \(total)" }
        }
        if day != max(asOf, start) { return "ledger ends \(day)" }
        return ledger.total == clock.used(asOf: asOf) ? nil : "ledger total"
    }
}

/// What the measures of a window must be, found by asking of every day who runs.
private struct MeasureLoop {
    var union = DayAmount.zero
    var span = DayAmount.zero
    var sum = DayAmount.zero

    init(periods: [RunningPeriod], after from: LocalDate, through to: LocalDate, sample: SampleCalendar, unit: DayUnit)
    {
        var used = 0
        var added = 0
        var marks: [LocalDate] = []
        for period in periods where period.finish == period.start && period.start >= from && period.start <= to {
            marks.append(period.start)
        }
        var day = from
        while day < to {
            day = day.adding(days: 1)
            var running = 0
            for period in periods where period.start < day && period.finish.map({ day <= $0 }) ?? true {
                marks += [day.adding(days: -1), day]
                if !period.stops.contains(where: { $0.covers(day) }) { running += 1 }
            }
            guard unit == .calendar || sample.isWorking(day) else { continue }
            if running > 0 { used += 1 }
            added += running
        }
        union = DayAmount(days: used, unit: unit)
        sum = DayAmount(days: added, unit: unit)
        var between = 0
        if var mark = marks.min(), let last = marks.max() {
            while mark < last {
                mark = mark.adding(days: 1)
                if unit == .calendar || sample.isWorking(mark) { between += 1 }
            }
        }
        span = DayAmount(days: between, unit: unit)
    }
}
