/// The dates of an earlier schedule (基线), by activity id.
public struct Baseline: Sendable {
    public struct Row: Sendable, Hashable {
        public let start: Minute
        public let finish: Minute
        /// Working minutes.
        public let duration: Int
        public let totalFloat: Int

        public init(start: Minute, finish: Minute, duration: Int, totalFloat: Int) {
            self.start = start
            self.finish = finish
            self.duration = duration
            self.totalFloat = totalFloat
        }
    }

    public let rows: [String: Row]
    /// Ids in their order.
    public let ids: [String]

    /// - Precondition: ids differ.
    public init(_ rows: [(id: String, row: Row)]) {
        self.rows = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.row) })
        ids = rows.map(\.id)
    }

    /// The schedule as it stands.
    public init(_ schedule: Schedule) {
        self.init(
            schedule.network.activities.indices.map { activity in
                (
                    schedule.network.activities[activity].id,
                    Row(
                        start: schedule.scheduledStart(activity), finish: schedule.scheduledFinish(activity),
                        duration: schedule.network.activities[activity].duration,
                        totalFloat: schedule.totalFloat[activity])
                )
            })
    }
}

/// A schedule held against a baseline (与基线比较).
public struct BaselineComparison: Sendable {
    /// What moved between the two; working minutes of the activity's calendar, positive when later or longer.
    public struct Shift: Sendable, Hashable {
        public let activity: Int
        public let start: Int
        public let finish: Int
        public let duration: Int
        public let totalFloat: Int

        public var isMoved: Bool { start != 0 || finish != 0 || duration != 0 || totalFloat != 0 }
    }

    /// Of every activity that both have, in order of the schedule.
    public let shifts: [Shift]
    /// Activities that the baseline lacks.
    public let added: [Int]
    /// Ids that the schedule lacks, in order of the baseline.
    public let removed: [String]

    public init(_ schedule: Schedule, against baseline: Baseline) {
        var shifts: [Shift] = []
        var added: [Int] = []
        for (activity, own) in schedule.network.activities.enumerated() {
            guard let row = baseline.rows[own.id] else {
                added.append(activity)
                continue
            }
            let time = schedule.network.calendars[own.calendar]
            shifts.append(
                Shift(
                    activity: activity, start: time.work(from: row.start, to: schedule.scheduledStart(activity)),
                    finish: time.work(from: row.finish, to: schedule.scheduledFinish(activity)),
                    duration: own.duration - row.duration, totalFloat: schedule.totalFloat[activity] - row.totalFloat))
        }
        self.shifts = shifts
        self.added = added
        removed = baseline.ids.filter { schedule.network.index(of: $0) == nil }
    }
}
