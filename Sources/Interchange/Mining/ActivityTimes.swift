import Scheduling
import WorkCalendar

/// How long one activity took in the cases of an event log (活动用时).
public struct ActivityTimes: Sendable, Hashable {
    public let activity: String
    public let basis: Basis
    /// Working minutes of each run, in order of cases; a day of an office has as many as its hours.
    public let minutes: [Int]
    /// Cases in which it happens, whether or not a duration can be told.
    public let cases: Int
    /// Runs, whether or not a duration can be told.
    public let runs: Int
    /// Cases in which it runs more than once: rework (返工).
    public let repeatedCases: Int
    public let leftOut: LeftOut
    /// The dates of the first and the last event of the activity.
    public let dates: ClosedRange<LocalDate>

    /// What a duration is.
    public enum Basis: String, Sendable, Hashable, CaseIterable {
        /// From start to completion without suspensions: the work.
        case lifeCycle
        /// From the event before to completion: waiting and work together.
        case sincePrevious
    }

    /// Runs without a duration, by reason.
    public struct LeftOut: Sendable, Hashable {
        /// The first event of its case: nothing says when it began.
        public internal(set) var first = 0
        /// Completed without a start, though others of the activity have one.
        public internal(set) var notStarted = 0
        /// Started and not completed, or given up.
        public internal(set) var notCompleted = 0
        /// The civil times run backwards.
        public internal(set) var backwards = 0

        public init() {}

        public var total: Int { first + notStarted + notCompleted + backwards }
    }
}

extension EventLog {
    /// How long the activities of the log took, in order of their names.
    ///
    /// An activity with starts in the log is timed from start to completion, first started first completed where runs of
    /// one name overlap, and what a suspension covers is taken out. Any other is timed from the event before: that of
    /// its own instance where there is one, else of the case. Times are civil, as the log writes them.
    ///
    /// - Complexity: O(n log n), n = events.
    public func activityTimes(in time: WorkingTime) -> [ActivityTimes] {
        let started = Set(cases.flatMap { $0.events.filter { $0.transition == .start }.map(\.activity) })
        var drafts: [String: TimesDraft] = [:]
        for one in cases {
            var reading = CaseReading(time: time, started: started)
            for event in one.events { reading.take(event, into: &drafts) }
            reading.finish(into: &drafts)
        }
        return drafts.sorted { $0.key < $1.key }.compactMap { activity, draft in
            draft.times(of: activity, basis: started.contains(activity) ? .lifeCycle : .sincePrevious)
        }
    }
}

private struct TimesDraft {
    var minutes: [Int] = []
    var cases = 0
    var runs = 0
    var repeatedCases = 0
    var leftOut = ActivityTimes.LeftOut()
    var dates: ClosedRange<LocalDate>?

    mutating func see(_ date: LocalDate) {
        dates = dates.map { min($0.lowerBound, date)...max($0.upperBound, date) } ?? date...date
    }

    func times(of activity: String, basis: ActivityTimes.Basis) -> ActivityTimes? {
        dates.map {
            ActivityTimes(
                activity: activity, basis: basis, minutes: minutes, cases: cases, runs: runs,
                repeatedCases: repeatedCases, leftOut: leftOut, dates: $0)
        }
    }
}

/// One case while its events are read in order.
private struct CaseReading {
    let time: WorkingTime
    let started: Set<String>
    private var open: [String: [OpenRun]] = [:]
    private var runs: [String: Int] = [:]
    private var last: LogTime?
    private var lastOfInstance: [String: LogTime] = [:]

    fileprivate struct OpenRun {
        let instance: String?
        let start: Int
        var stoppedAt: Int?
        var stopped = 0
    }

    init(time: WorkingTime, started: Set<String>) {
        self.time = time
        self.started = started
    }

    mutating func take(_ event: LoggedEvent, into drafts: inout [String: TimesDraft]) {
        drafts[event.activity, default: TimesDraft()].see(event.time.date)
        if started.contains(event.activity) {
            follow(event, &drafts[event.activity, default: TimesDraft()])
        } else if event.transition == .complete || event.transition == .unknown {
            runs[event.activity, default: 0] += 1
            measure(event, &drafts[event.activity, default: TimesDraft()])
        }
        last = event.time
        if let instance = event.instance { lastOfInstance[instance] = event.time }
    }

    mutating func finish(into drafts: inout [String: TimesDraft]) {
        for (activity, runs) in open { drafts[activity]?.leftOut.notCompleted += runs.count }
        for (activity, count) in runs {
            drafts[activity]?.cases += 1
            drafts[activity]?.runs += count
            if count > 1 { drafts[activity]?.repeatedCases += 1 }
        }
    }

    private func measure(_ event: LoggedEvent, _ draft: inout TimesDraft) {
        guard let before = event.instance.flatMap({ lastOfInstance[$0] }) ?? last else {
            draft.leftOut.first += 1
            return
        }
        draft.add(work(before.civilMinute, event.time.civilMinute))
    }

    private mutating func follow(_ event: LoggedEvent, _ draft: inout TimesDraft) {
        let now = event.time.civilMinute
        var waiting = open[event.activity] ?? []
        let index = waiting.firstIndex { event.instance == nil || $0.instance == event.instance }
        switch event.transition {
        case .start:
            runs[event.activity, default: 0] += 1
            waiting.append(OpenRun(instance: event.instance, start: now))
        case .suspend: if let index, waiting[index].stoppedAt == nil { waiting[index].stoppedAt = now }
        case .resume: if let index { waiting[index].resume(at: now, work) }
        case .complete, .unknown:
            guard let index else {
                runs[event.activity, default: 0] += 1
                draft.leftOut.notStarted += 1
                break
            }
            var run = waiting.remove(at: index)
            run.resume(at: now, work)
            draft.add(work(run.start, now).map { $0 - run.stopped })
        case .withdraw, .abortActivity, .abortCase:
            if let index {
                waiting.remove(at: index)
                draft.leftOut.notCompleted += 1
            }
        case .schedule, .assign, .reassign, .skip, .manualSkip: break
        }
        open[event.activity] = waiting
    }

    /// `nil` when it runs backwards, as it can where the offset from UTC changes.
    private func work(_ from: Int, _ to: Int) -> Int? { to < from ? nil : time.work(from: from, to: to) }
}

extension CaseReading.OpenRun {
    fileprivate mutating func resume(at now: Int, _ work: (Int, Int) -> Int?) {
        if let since = stoppedAt { stopped += work(since, now) ?? 0 }
        stoppedAt = nil
    }
}

extension TimesDraft {
    fileprivate mutating func add(_ duration: Int?) {
        if let duration, duration >= 0 { minutes.append(duration) } else { leftOut.backwards += 1 }
    }
}

extension LogTime {
    /// Minutes on the wall clock since 1970-01-01T00:00, seconds cut off: the axis of ``WorkingTime``.
    fileprivate var civilMinute: Int { date.dayNumber * 1440 + millisecondOfDay / 60_000 }
}
