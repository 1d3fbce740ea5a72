/// A date of an activity that its early dates do not keep (错过的日期).
public struct MissedDate: Sendable, Hashable {
    public let activity: Int
    public let kind: DateConstraints.Kind
    public let date: Minute
    /// The start or finish that relations allow at the earliest.
    public let possible: Minute
    /// Working minutes, of the activity's calendar, that are lacking; > 0.
    public let minutes: Int

    public init(activity: Int, kind: DateConstraints.Kind, date: Minute, possible: Minute, minutes: Int) {
        self.activity = activity
        self.kind = kind
        self.date = date
        self.possible = possible
        self.minutes = minutes
    }
}

extension Schedule {
    /// The no-later dates, fixed dates and deadlines that relations, or progress, do not let be kept, in order of input.
    ///
    /// An activity honours its dates in the schedule all the same, which shows as negative float of what comes before
    /// (rule 5). Each is held against what precedes it alone, so a chain behind a broken date is not reported again.
    /// - Complexity: O(activities).
    public var missedDates: [MissedDate] {
        network.activities.indices.flatMap { activity -> [MissedDate] in
            let own = network.activities[activity]
            guard own.constraints != .none, own.progress?.finish == nil else { return [] }
            // Dates of what nothing precedes take the place of the project's start: nothing keeps them from being kept.
            let isFree = own.progress == nil && network.links(into: Int(network.position[activity])).isEmpty
            let time = network.calendars[own.calendar]
            let start = own.progress?.start ?? time.start(from: ready[activity], duration: own.work)
            let finish =
                own.progress == nil ? time.add(own.duration, to: start) : earlyFinish[activity]
            let bounds: [(DateConstraints.Kind, Minute)] = [
                (.startNoLater, start), (.mustStart, start), (.finishNoLater, finish), (.mustFinish, finish),
                (.deadline, earlyFinish[activity]),
            ]
            return bounds.compactMap { kind, possible in
                guard let date = own.constraints[kind], !isFree || kind == .deadline else { return nil }
                let late = time.work(from: date, to: possible)
                guard late > 0 else { return nil }
                return MissedDate(activity: activity, kind: kind, date: date, possible: possible, minutes: late)
            }
        }
    }
}
