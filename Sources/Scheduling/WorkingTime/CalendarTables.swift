import WorkCalendar

/// Calendars as flat tables over the days that a project can reach: two loads from an instant to its rank, one back.
///
/// Instants are 32-bit minutes after `origin`, ranks working minutes of one calendar since then. A table says nothing
/// beyond its days; whoever asks stays so far inside that no step leaves them (`MinuteWindow`).
struct CalendarTables: Sendable {
    /// An equal part of a day, in which work goes on in one piece at most.
    struct Part {
        /// Working minutes before it.
        var rank: Int32
        /// The instant at which work begins in it.
        var opening: Int32
        /// Working minutes in it.
        var work: Int32
    }

    /// Ranks that share all but their last bits; they fall into two working periods at most.
    struct Slot {
        /// The last rank in the first of the two.
        var boundary: Int32
        /// From a rank to its earliest instant, up to the boundary and beyond.
        var before: Int32
        var after: Int32
    }

    /// Midnight at which the tables begin.
    let origin: Minute
    /// The last instant.
    let end: Int32
    /// By index into the calendars given.
    let clocks: [Clock]
    let parts: [Part]
    let slots: [Slot]

    /// Instants are below this: half a thousand years.
    static let longestReach = 1 << 28
    private static let mostEntries = 1 << 22
    private static let shortestSlot = 4

    /// - Parameters:
    ///   - isUsed: by calendar; the clocks of others must not be asked.
    ///   - days: day numbers.
    /// - Returns: `nil` when a calendar works in pieces too small, or the tables would be too large.
    init?(_ calendars: [WorkingTime], isUsed: [Bool], days: Range<Int>) {
        origin = days.lowerBound * LocalDate.wallClockMinutes
        guard days.count < Self.longestReach / LocalDate.wallClockMinutes else { return nil }
        end = Int32(days.count * LocalDate.wallClockMinutes - 1)
        var clocks: [Clock] = []
        var parts: [Part] = []
        var slots: [Slot] = []
        for (calendar, isUsed) in zip(calendars, isUsed) {
            guard isUsed else {
                clocks.append(Clock(partMinutes: 1440, firstPart: 0, firstSlot: 0, slotBits: 0))
                continue
            }
            guard let minutes = calendar.ranks.partMinutes, days.count * (1440 / minutes) < Self.mostEntries,
                let periods = Periods(calendar.ranks, days: days), periods.slotBits >= Self.shortestSlot
            else { return nil }
            clocks.append(
                Clock(
                    partMinutes: minutes, firstPart: parts.count, firstSlot: slots.count, slotBits: periods.slotBits))
            Self.append(periods, days: days, minutes: minutes, to: &parts)
            periods.appendSlots(to: &slots)
            guard parts.count < Self.mostEntries, slots.count < Self.mostEntries else { return nil }
        }
        self.clocks = clocks
        self.parts = parts
        self.slots = slots
    }

    private static func append(_ periods: Periods, days: Range<Int>, minutes: Int, to parts: inout [Part]) {
        let count = days.count * (LocalDate.wallClockMinutes / minutes)
        parts.reserveCapacity(parts.count + count)
        var period = 0
        for number in 0..<count {
            let (begin, end) = (Int32(number * minutes), Int32((number + 1) * minutes))
            while period < periods.count, periods.ends[period] <= begin { period += 1 }
            if period < periods.count {
                let open = periods.opens[period]
                let opening = min(max(open, begin), end)
                parts.append(
                    Part(
                        rank: periods.ranks[period] + max(0, begin - open), opening: opening,
                        work: min(periods.ends[period], end) - opening))
            } else {
                parts.append(Part(rank: periods.work, opening: end, work: 0))
            }
        }
    }

    /// Working periods in a row, those that touch at midnight in one.
    private struct Periods {
        private(set) var opens: [Int32] = []
        private(set) var ends: [Int32] = []
        /// Rank at which each begins.
        private(set) var ranks: [Int32] = []
        private(set) var work: Int32 = 0

        init?(_ calendar: RankTable, days: Range<Int>) {
            opens.reserveCapacity(days.count)
            ends.reserveCapacity(days.count)
            ranks.reserveCapacity(days.count)
            for day in days {
                let midnight = (day - days.lowerBound) * LocalDate.wallClockMinutes
                calendar.forEachPeriod(ofDay: day) {
                    append(Int32(midnight + $0.lowerBound)..<Int32(midnight + $0.upperBound))
                }
            }
            guard work > 0 else { return nil }
        }

        var count: Int { opens.count }

        private mutating func append(_ period: Range<Int32>) {
            if ends.last == period.lowerBound {
                ends[ends.count - 1] = period.upperBound
            } else {
                opens.append(period.lowerBound)
                ends.append(period.upperBound)
                ranks.append(work)
            }
            work += Int32(period.count)
        }

        /// So many last bits of a rank that no period but the first and the last is shorter than a slot.
        var slotBits: Int {
            let shortest = zip(opens, ends).dropFirst().dropLast().map { $1 - $0 }.min() ?? work
            return min(12, Int(31 - max(1, shortest).leadingZeroBitCount))
        }

        func appendSlots(to slots: inout [Slot]) {
            let bits = Int32(slotBits)
            var period = 0
            var first: Int32 = 1
            while first <= work {
                while period + 1 < count, ranks[period + 1] < first { period += 1 }
                let next = min(period + 1, count - 1)
                slots.append(
                    Slot(
                        boundary: next == period ? Int32.max : ranks[next], before: opens[period] - ranks[period],
                        after: opens[next] - ranks[next]))
                first += 1 << bits
            }
        }
    }
}

/// One calendar of `CalendarTables`. Instants and ranks must lie within the tables.
struct Clock: Sendable {
    /// 2³⁹ over the minutes of a part, rounded up: a product with it instead of a division, exact for instants below 2²⁸
    /// as the error of less than 1440 in 2³⁹ stays below one part.
    private let reciprocal: UInt64
    private let firstPart: Int
    private let firstSlot: Int
    private let slotBits: Int32

    init(partMinutes: Int, firstPart: Int, firstSlot: Int, slotBits: Int) {
        reciprocal = (1 << 39) / UInt64(partMinutes) + 1
        self.firstPart = firstPart
        self.firstSlot = firstSlot
        self.slotBits = Int32(slotBits)
    }

    typealias Parts = Span<CalendarTables.Part>
    typealias Slots = Span<CalendarTables.Slot>

    /// Working minutes before the instant.
    @inline(__always)
    func rank(of instant: Int32, _ parts: Parts) -> Int32 {
        let index = firstPart &+ Int(truncatingIfNeeded: (UInt64(UInt32(bitPattern: instant)) &* reciprocal) >> 39)
        let part = parts[index]
        return part.rank &+ min(max(instant &- part.opening, 0), part.work)
    }

    /// The earliest instant with that rank.
    @inline(__always)
    func earliest(_ rank: Int32, _ slots: Slots) -> Int32 {
        let slot = slots[firstSlot &+ Int(truncatingIfNeeded: (rank &- 1) &>> slotBits)]
        return rank &+ (rank > slot.boundary ? slot.after : slot.before)
    }

    /// The latest instant with that rank.
    @inline(__always)
    func latest(_ rank: Int32, _ slots: Slots) -> Int32 { earliest(rank &+ 1, slots) &- 1 }

    /// As `WorkingTime.add`.
    @inline(__always)
    func add(_ minutes: Int32, to instant: Int32, _ parts: Parts, _ slots: Slots) -> Int32 {
        if minutes == 0 { return instant }
        let side: Int32 = minutes > 0 ? 0 : 1
        return earliest(rank(of: instant, parts) &+ minutes &+ side, slots) &- side
    }
}
