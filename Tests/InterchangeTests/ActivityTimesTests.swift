import Interchange
import Scheduling
import TestSupport
import Testing
import WorkCalendar

@Suite("How long activities of an event log took")
struct ActivityTimesTests {
    private let time = WorkingTime(calendar: .weekdays)

    /// 2024-03-01 was a Friday.
    private func event(
        _ activity: String, _ moment: String, _ transition: LoggedEvent.Transition = .complete, instance: String? = nil
    ) throws -> LoggedEvent {
        LoggedEvent(
            activity: activity, instance: instance, transition: transition,
            time: try #require(LogTime("2024-03-\(moment):00+08:00")))
    }

    private func times(_ cases: [LoggedEvent]...) -> [String: ActivityTimes] {
        let log = EventLog(
            cases: cases.enumerated().map { LoggedCase(id: "\($0.offset)", events: $0.element) })
        return Dictionary(uniqueKeysWithValues: log.activityTimes(in: time).map { ($0.activity, $0) })
    }

    @Test("From start to completion in office hours, weekends and suspensions taken out")
    func lifeCycle() throws {
        let times = times([
            try event("A", "01T16:00", .schedule), try event("A", "01T16:00", .start),
            try event("A", "04T10:00", .suspend), try event("A", "05T10:00", .resume),
            try event("A", "05T11:30"),
        ])
        #expect(times["A"]?.basis == .lifeCycle)
        // One hour on Friday, one on Monday, an hour and a half on Tuesday.
        #expect(times["A"]?.minutes == [60 + 60 + 90])
    }

    @Test("A suspension that nobody ended lasts until completion")
    func openSuspension() throws {
        let times = times([
            try event("A", "04T09:00", .start), try event("A", "04T10:00", .suspend), try event("A", "07T10:00"),
        ])
        #expect(times["A"]?.minutes == [60])
    }

    @Test("Without starts it is the time since the event before; the first of a case has none")
    func sincePrevious() throws {
        let times = times(
            [try event("A", "04T09:00"), try event("B", "04T12:00"), try event("B", "05T12:00")],
            [try event("B", "04T09:00")])
        #expect(times["A"]?.minutes == [] && times["A"]?.leftOut.first == 1)
        #expect(times["B"]?.basis == .sincePrevious && times["B"]?.minutes == [180, 480])
        #expect(times["B"]?.cases == 2 && times["B"]?.runs == 3 && times["B"]?.repeatedCases == 1)
        #expect(times["B"]?.leftOut.first == 1)
        #expect(times["B"]?.dates.lowerBound.description == "2024-03-04")
    }

    @Test("The event before is that of the same instance where there is one")
    func instances() throws {
        let times = times([
            try event("filed", "04T09:00", instance: "fire"), try event("filed", "04T10:00", instance: "water"),
            try event("granted", "06T09:00", instance: "fire"), try event("granted", "06T10:00", instance: "water"),
        ])
        #expect(times["granted"]?.minutes == [960, 960])
    }

    @Test("Runs that overlap are told apart by instance, else the first started is completed first")
    func overlapping() throws {
        let named = times([
            try event("A", "04T09:00", .start, instance: "1"), try event("A", "04T10:00", .start, instance: "2"),
            try event("A", "04T11:00", instance: "2"), try event("A", "04T13:00", instance: "1"),
        ])
        #expect(named["A"]?.minutes == [60, 240])
        let unnamed = times([
            try event("A", "04T09:00", .start), try event("A", "04T10:00", .start), try event("A", "04T11:00"),
            try event("A", "04T13:00"),
        ])
        #expect(unnamed["A"]?.minutes == [120, 180] && unnamed["A"]?.runs == 2 && unnamed["A"]?.repeatedCases == 1)
    }

    @Test("What was not started, not completed, given up or runs backwards is left out and counted")
    func leftOut() throws {
        let times = times(
            [try event("A", "04T09:00", .start), try event("A", "04T10:00")], [try event("A", "04T10:00")],
            [try event("A", "04T09:00", .start)],
            [try event("A", "04T09:00", .start), try event("A", "04T09:30", .withdraw)],
            [
                try event("A", "04T09:00", .start),
                // Later in UTC, earlier on the wall.
                LoggedEvent(activity: "A", time: try #require(LogTime("2024-03-04T08:00:00+00:00"))),
            ])
        let a = try #require(times["A"])
        #expect(a.minutes == [60] && a.cases == 5)
        #expect(a.leftOut.notStarted == 1 && a.leftOut.notCompleted == 2 && a.leftOut.backwards == 1)
        #expect(a.leftOut.total == a.runs - a.minutes.count)
    }

    @Test("Nothing is lost or counted twice in random logs")
    func accounts() {
        for seed: UInt64 in 1...200 {
            var generator = SeededGenerator(seed: seed)
            let transitions: [LoggedEvent.Transition] = [.start, .suspend, .resume, .complete, .withdraw]
            let cases = (0..<4).map { number in
                LoggedCase(
                    id: "\(number)",
                    events: (0..<12).map { _ in
                        LoggedEvent(
                            activity: ["A", "B"].randomElement(using: &generator) ?? "A",
                            transition: transitions.randomElement(using: &generator) ?? .start,
                            time: LogTime(
                                date: LocalDate(dayNumber: 19_783 + Int.random(in: 0..<20, using: &generator)),
                                millisecondOfDay: Int.random(in: 0..<86_400_000, using: &generator)))
                    })
            }
            for times in EventLog(cases: cases).activityTimes(in: time) {
                #expect(times.minutes.count + times.leftOut.total == times.runs, "seed \(seed)")
                #expect(times.minutes.allSatisfy { $0 >= 0 }, "seed \(seed)")
            }
        }
    }
}
