import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("A new holiday notice over running clocks")
struct CalendarChangeTests {
    /// Monday to Friday with these days off and these make-up days.
    static func calendar(_ version: String, off: [LocalDate] = [], worked: [LocalDate] = []) -> WorkCalendar {
        let name = both("holiday")
        return WorkCalendar(
            id: "weekdays", version: version, source: "test", week: WorkCalendar.weekdays.week, published: nil,
            exceptions: off.map { .init(date: $0, isWorking: false, name: name) }
                + worked.map { .init(date: $0, isWorking: true, name: name) })
    }

    static func order(_ version: String) -> CaseCommand {
        .changeCalendar(CalendarOrder(calendar: "weekdays", version: version, reason: "notice of the State Council"))
    }

    /// A permit of five working days, admitted on a Friday; on Tuesday the notice makes Thursday and Friday days off.
    static func underReview() throws -> Story {
        var story = Story(Plan.make([.make("permit", limit: .working(5))]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        story.rulebook.calendars["2"] = calendar("2", off: ["2024-03-04", "2024-03-07", "2024-03-08"])
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act("2024-03-05", .designer, order("2"))
        return story
    }

    @Test("Days ahead are counted by the notice, days that have closed stay as they were counted")
    func daysAhead() throws {
        let story = try Self.underReview()
        // 4 March was counted as worked and stays so, though the notice lists it; 7 and 8 March are off.
        #expect(story["permit"].limits?.promised == "2024-03-12")
        guard case .calendarChanged(let change)? = story.last.first?.what else {
            Issue.record("no event")
            return
        }
        #expect(change.from == "1" && change.to == "2" && change.after == "2024-03-05")
        #expect(
            change.deadlines.map { "\($0.deadline.rawValue) \($0.from!) \($0.to!)" } == [
                "blue 2024-03-07 2024-03-11", "yellow 2024-03-08 2024-03-12", "promised 2024-03-08 2024-03-12",
                "red 2024-03-11 2024-03-13", "statutory 2024-03-29 2024-04-02", "statutoryRed 2024-04-01 2024-04-03",
            ])
        #expect(try story.replayed() == story.state)
        #expect(story.rejection("2024-03-06", .designer, Self.order("2")) == .alreadyGoverned("2"))
        #expect(story.rejection("2024-03-06", .designer, Self.order("3")) == .versionNotAtHand("3"))
    }

    @Test("What supervision follows is late on a day that counts by the notice, and nothing else waits for it")
    func matters() throws {
        var story = Story(Plan.make([.make("permit", limit: .working(5))]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        story.rulebook.calendars["2"] = Self.calendar("2", off: ["2024-03-07", "2024-03-08"])
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act(
            "2024-03-04", .supervisor,
            .supervise(.followUp(item: nil, department: "planning", demand: "answer", due: "2024-03-06")))
        #expect(story.machine.timers(in: story.state).contains { $0.due == "2024-03-07" && $0.item.isEmpty })
        try story.act("2024-03-05", .designer, Self.order("2"))
        #expect(story.machine.nextDue(in: story.state) == story.machine.timers(in: story.state).first?.due)
        try story.pass(to: "2024-03-31")
        #expect(story.events.first { $0.kind == .matterOverdue }?.on == "2024-03-11")
        #expect(story.state.cards.contains { $0.level == .red && $0.raisedOn == "2024-03-13" })
        #expect(try story.replayed() == story.state)
    }

    @Test("What is told to the applicant moves along: promised materials and a special procedure's length")
    func promises() throws {
        var story = Story(
            Plan.make(
                [
                    .make(
                        "permit", limit: .working(20), tolerance: .working(4),
                        materials: [MaterialRequirement(material: "map", isMinor: true)])
                ], materials: [.make("map")]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        story.rulebook.calendars["2"] = Self.calendar("2", off: ["2024-03-06"])
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act(
            "2024-03-04", .of("planning"), "permit",
            .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .working(3)))
        #expect(story["permit"].gaps?.promise == "2024-03-07" && story["permit"].pause?.announced == "2024-03-07")
        try story.act("2024-03-05", .designer, Self.order("2"))
        #expect(story["permit"].gaps?.promise == "2024-03-08" && story["permit"].gaps?.remindOn == "2024-03-07")
        #expect(story["permit"].pause?.announced == "2024-03-08")
        #expect(try story.replayed() == story.state)
        #expect(story.machine.timers(in: story.state).allSatisfy { $0.due > "2024-03-05" })
    }

    @Test("A date beyond what has been published is marked")
    func provisional() throws {
        var story = Story(Plan.make([.make("permit", limit: .working(5))]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        let named = Self.calendar("2", off: ["2024-03-06"])
        story.rulebook.calendars["2"] = WorkCalendar(
            id: named.id, version: "2", source: "test", week: named.week, published: "2024-01-01"..."2024-03-15",
            exceptions: named.exceptions)
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act("2024-03-05", .designer, Self.order("2"))
        guard case .calendarChanged(let change)? = story.last.first?.what else {
            Issue.record("no event")
            return
        }
        #expect(change.deadlines.filter(\.provisional).map(\.deadline) == [.statutory, .statutoryRed])
    }

    /// One case, one clock, and a random year: pauses, an extension, notices that come and go.
    @Test("Any history of stops and notices has the deadlines of counting day by day", arguments: UInt64(1)...80)
    func dayByDay(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let limit = DayAmount(days: Int.random(in: 1...30, using: &random), unit: .working)
        var story = Story(Plan.make([.make("permit", limit: limit, statutory: nil)]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        var oracle = DayByDay(start: "2024-03-01", limit: limit.wholeDaysRoundedUp)
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        var date: LocalDate = "2024-03-01"
        var version = 1
        let officer = Actor.of("planning")
        for _ in 0..<30 {
            date = date.adding(days: Int.random(in: 0...4, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where story["permit"].pause == nil:
                try story.act(date, officer, "permit", .suspend(reason: "lawsuit", approver: "Head"))
                oracle.stops.append((date, nil))
            case 1 where story["permit"].pause != nil:
                try story.act(date, officer, "permit", .resume(reason: "settled"))
                oracle.stops[oracle.stops.count - 1].1 = date
            case 2:
                version += 1
                let notice = Self.notice("\(version)", &random)
                story.rulebook.calendars["\(version)"] = notice
                try story.act(date, .designer, Self.order("\(version)"))
                oracle.notices.append((date, notice))
            case 3 where story["permit"].extended == nil && story["permit"].pause == nil:
                try story.act(
                    date, officer, "permit", .extend(by: .working(5), reason: "complex", approver: "Head"))
                oracle.limit += 5
                oracle.statutory += 5
            default: try story.pass(to: date)
            }
            guard let limits = story["permit"].limits else { continue }
            #expect(limits.promised == oracle.lastDay(of: oracle.limit), "seed \(seed), \(date)")
            #expect(limits.statutory == oracle.lastDay(of: oracle.statutory), "seed \(seed), \(date)")
            #expect(limits.red == oracle.firstDay(after: oracle.lastDay(of: oracle.limit)), "seed \(seed), \(date)")
        }
        #expect(try story.replayed() == story.state, "seed \(seed)")
    }

    private static func notice(_ version: String, _ random: inout SeededGenerator) -> WorkCalendar {
        var off: [LocalDate] = []
        var worked: [LocalDate] = []
        for day in 0..<200 {
            let date = LocalDate(year: 2024, month: 2, day: 20)!.adding(days: day)  // a date that exists
            guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
            if WorkCalendar.weekdays.isWorking(date) { off.append(date) } else { worked.append(date) }
        }
        return calendar(version, off: off, worked: worked)
    }

    /// Counting as a clerk does it: one day after the other, by the notice that was known when it closed.
    private struct DayByDay {
        let start: LocalDate
        var limit: Int
        var statutory = 20
        var stops: [(LocalDate, LocalDate?)] = []
        var notices: [(after: LocalDate, calendar: WorkCalendar)] = []

        init(start: LocalDate, limit: Int) {
            self.start = start
            self.limit = limit
        }

        func isWorked(_ date: LocalDate) -> Bool {
            (notices.last { $0.after < date }?.calendar ?? .weekdays).isWorking(date)
        }

        func isStopped(_ date: LocalDate) -> Bool {
            stops.contains { stop in stop.0 < date && stop.1.map { date <= $0 } ?? true }
        }

        func lastDay(of count: Int) -> LocalDate {
            var date = start
            var counted = 0
            while counted < count {
                date = date.adding(days: 1)
                if isWorked(date), !isStopped(date) { counted += 1 }
            }
            return date
        }

        func firstDay(after last: LocalDate) -> LocalDate {
            var date = last.adding(days: 1)
            while !isWorked(date) || isStopped(date) { date = date.adding(days: 1) }
            return date
        }
    }
}
