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

    @Test("A supplement from a day off counts by the notice too, though another pause has begun since")
    func resumptionAhead() throws {
        var story = Story(Plan.make([.make("permit", limit: .working(5))]))
        story.rulebook.versions = ["1": story.machine.plan.workflow]
        story.rulebook.calendars["2"] = Self.calendar("2", off: ["2024-03-11"])
        let officer = Actor.of("planning")
        try story.act("2024-03-01", .owner, .open(story.opening))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act("2024-03-05", officer, "permit", .requestSupplement(points: [Point("map")]))
        try story.act("2024-03-09", .owner, "permit", .supplySupplement(materials: []))
        try story.act(
            "2024-03-09", officer, "permit",
            .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .working(3)))
        try story.act("2024-03-10", .designer, Self.order("2"))
        try story.act("2024-03-10", officer, "permit", .endSpecialProcedure(result: "heard"))
        // Monday the 11th is off now: the clock runs again from Tuesday's closing.
        #expect(story["permit"].limits?.promised == "2024-03-15")
        #expect(try story.replayed() == story.state)
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
}
