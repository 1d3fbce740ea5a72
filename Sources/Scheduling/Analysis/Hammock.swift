/// An activity without work of its own that lasts from its members' first start to their last finish (时距活动), such as a
/// stage or the supervision of all building work.
public struct Hammock: Sendable, Hashable {
    public let id: String
    /// Activities of the network, by index.
    public let members: [Int]
    /// Index of the calendar on which its length and floats are counted.
    public let calendar: Int

    public init(_ id: String, members: [Int], calendar: Int) {
        self.id = id
        self.members = members
        self.calendar = calendar
    }
}

/// The six values of an activity or a hammock.
public struct ActivityDates: Sendable, Hashable {
    public let earlyStart: Minute
    public let earlyFinish: Minute
    public let lateStart: Minute
    public let lateFinish: Minute
    /// Working minutes, of its own calendar.
    public let totalFloat: Int
    public let freeFloat: Int

    public init(
        earlyStart: Minute, earlyFinish: Minute, lateStart: Minute, lateFinish: Minute, totalFloat: Int, freeFloat: Int
    ) {
        self.earlyStart = earlyStart
        self.earlyFinish = earlyFinish
        self.lateStart = lateStart
        self.lateFinish = lateFinish
        self.totalFloat = totalFloat
        self.freeFloat = freeFloat
    }
}

extension Schedule {
    public func dates(of activity: Int) -> ActivityDates {
        ActivityDates(
            earlyStart: earlyStart[activity], earlyFinish: earlyFinish[activity], lateStart: lateStart[activity],
            lateFinish: lateFinish[activity], totalFloat: totalFloat[activity], freeFloat: freeFloat[activity])
    }

    /// The dates that a hammock spans, and its length in working minutes of its calendar; `nil` without members.
    ///
    /// Members that are as late as possible count with their scheduled dates. Total float is the smaller of start and
    /// finish float, as of an activity; free float the least of the members that end it.
    /// - Complexity: O(members).
    public func dates(of hammock: Hammock) -> (dates: ActivityDates, duration: Int)? {
        let members = hammock.members
        guard let start = members.map({ scheduledStart($0) }).min(),
            let finish = members.map({ scheduledFinish($0) }).max(),
            let lateStart = members.map({ lateStart[$0] }).min(), let lateFinish = members.map({ lateFinish[$0] }).max()
        else { return nil }
        let time = network.calendars[hammock.calendar]
        let last = members.filter { scheduledFinish($0) == finish }
        let dates = ActivityDates(
            earlyStart: start, earlyFinish: finish, lateStart: lateStart, lateFinish: lateFinish,
            totalFloat: min(time.work(from: start, to: lateStart), time.work(from: finish, to: lateFinish)),
            freeFloat: last.map { freeFloat[$0] }.min() ?? 0)
        return (dates, time.work(from: start, to: finish))
    }
}
