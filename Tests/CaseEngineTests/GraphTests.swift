import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("What waits for what")
struct GraphTests {
    @Test("Durations add up along a chain of items without an off-by-one")
    func chain() throws {
        let plan = Plan.make([
            .milestone("start"),
            .make("a", takes: 3, after: [.on("start")]),
            .make("design", .applicant, takes: 4, after: [.on("a")]),
            .make("b", takes: 1, after: [.on("design")]),
            .milestone("end", after: [.on("b")]),
        ])
        // 1 March 2024 is a Friday: 3 + 4 + 1 working days later it is Wednesday 13 March.
        var story = try Story(plan, opened: "2024-03-01")
        try Simulated.run(&story, until: "2024-12-31")
        #expect(story.state.status == .completed)
        #expect(story["a"].finishedOn == "2024-03-06")
        #expect(story["design"].finishedOn == "2024-03-12")
        #expect(story["end"].finishedOn == "2024-03-13")
    }

    @Test("What follows calendar days that ended on a day off counts from the next working day")
    func calendarDays() throws {
        let notice = DurationEstimate(min: .calendar(7), likely: .calendar(7), max: .calendar(7))
        let publicity = Item(
            id: "notice", code: nil, title: both("notice"), kind: .publicity, department: "planning", clock: .special,
            takes: notice, limit: nil, statutory: nil, after: [], when: nil, isMilestoneItem: false,
            handling: .ordinary, tolerance: nil, materials: [], outputs: [], chain: [], silence: .escalate, basis: nil,
            source: nil, joint: nil)
        let plan = Plan.make([publicity, .make("permit", takes: 1, after: [.on("notice")])])
        var story = try Story(plan, opened: "2024-03-02")
        try Simulated.run(&story, until: "2024-12-31")
        #expect(story["notice"].finishedOn == "2024-03-09")
        #expect(story["permit"].finishedOn == "2024-03-11")
    }

    @Test("A lag lets the successor become ready on its own date, by time")
    func lags() throws {
        let plan = Plan.make([
            .make("a", .applicant, takes: 1),
            .make("b", .applicant, takes: 1, after: [.on("a", lag: .calendar(3))]),
            .make("c", .applicant, takes: 1, after: [.on("a", .startToStart, lag: .working(2))]),
            .milestone("d", after: [.on("a", lag: .working(1))]),
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "a", .begin)
        #expect(story.machine.nextDue(in: story.state) == "2024-03-06")
        try story.act("2024-03-05", .owner, "a", .complete)
        #expect(
            story.machine.timers(in: story.state).map(\.name) == [
                "c:0.0:ready", "d:0.0:ready", "b:0.0:ready",
            ])
        try story.pass(to: "2024-03-08")
        #expect(story.happened == ["c:becameReady", "d:milestoneReached", "b:becameReady"])
        #expect(story.last.map(\.on) == ["2024-03-06", "2024-03-06", "2024-03-08"])
    }

    @Test("FF and SF limit the end of an item, not its beginning")
    func limitsOnTheEnd() throws {
        let plan = Plan.make([
            .make("a", .applicant), .make("b", .applicant, after: [.on("a", .finishToFinish, lag: .working(2))]),
            .make("c", .applicant, after: [.on("b", .startToFinish)]),
        ])
        var story = try Story(plan, opened: "2024-03-04")
        #expect(story["b"].status == .ready)
        #expect(story.rejection("2024-03-04", .owner, "c", .complete) == .completionWaits(item: "c", for: "b"))
        try story.act("2024-03-05", .owner, "b", .begin)
        try story.act("2024-03-05", .owner, "c", .complete)
        try story.act("2024-03-05", .owner, "a", .complete)
        #expect(story.rejection("2024-03-06", .owner, "b", .complete) == .completionWaits(item: "b", for: "a"))
        try story.act("2024-03-07", .owner, "b", .complete)
        #expect(story.state.status == .completed)
    }

    @Test("A phase of a joint item counts when that phase is over")
    func phases() throws {
        let plan = Plan.make([
            .make(
                "review", .joint, department: "housing", takes: nil,
                joint: .make([.make("fire", takes: 5), .make("air", takes: 2)])),
            .make("slip", .guidance, after: [Dependency(item: "review", phase: .admission)]),
            .make("stairs", .applicant, after: [Dependency(item: "review", phase: .participant("air"))]),
            .make("round", .applicant, after: [Dependency(item: "review", phase: .rectification(round: 1))]),
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try Simulated.run(&story, until: "2024-12-31")
        #expect(story["slip"].readyOn == "2024-03-06")
        #expect(story["stairs"].readyOn == "2024-03-08")
        #expect(story["review"].finishedOn == "2024-03-15")
        #expect(story["round"].readyOn == "2024-03-15", "a round that was not needed is over with the item")
    }

    @Test("A stage closes by its rule, starts with its first item, and later checks may outlive the case")
    func stages() throws {
        let plan = Plan.make(
            [.make("a", .applicant, isMilestoneItem: true), .make("b", .applicant)],
            later: [.make("c", .applicant, after: [.on("a")]), .make("check", .check, after: [.on("a")])])
        var story = try Story(plan, opened: "2024-03-04")
        #expect(story.happened.contains("stageStarted"))
        try story.act("2024-03-05", .owner, "a", .complete)
        #expect(
            story.happened == [
                "a:begun", "a:completed", "c:becameReady", "check:becameReady", "stageStarted", "stageClosed",
            ])
        try story.act("2024-03-05", .owner, "c", .complete)
        #expect(story.happened.last == "stageClosed", "later checks do not keep a stage open")
        try story.act("2024-03-05", .owner, "b", .complete)
        #expect(story.happened.last == "caseCompleted")
        try story.act("2024-03-29", .of("planning"), "check", .complete)
        #expect(story["check"].status == .done)
    }

    @Test("A closed case asks for nothing and accepts no more than the follow-up of its cards")
    func closedCases() throws {
        let plan = Plan.make([.make("a", limit: .working(1))])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "a", .file(materials: []))
        try story.act("2024-03-04", .window, "a", .admit)
        try story.act("2024-03-12", .owner, .withdrawCase(reason: "given up"))
        #expect(story.happened == ["a:cardRaised", "a:cardRaised", "caseWithdrawn"])
        #expect(story.machine.requests(in: story.state).isEmpty)
        #expect(story.machine.timers(in: story.state).isEmpty)
        #expect(story.rejection("2024-03-12", .of("planning"), "a", .decide(.granted)) == .caseClosed(.withdrawn))
        #expect(story.machine.heldTimes(in: story.state).map(\.period.finish) == ["2024-03-12"])
        try story.act("2024-03-12", .supervisor, .confirmCard(card: "a:1.0:red", reason: "late"))
    }
}
