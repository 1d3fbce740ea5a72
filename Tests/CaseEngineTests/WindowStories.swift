import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// A window that alone hands out, and a date promised for the whole project.
enum WindowStories {
    static func all() throws -> [Story] { [try handedOut(), try promised()] }

    static func open() throws -> Story {
        let window = Department(id: "window", title: both("window"))
        var story = try Story(
            .make([.make("permit", limit: .working(10), isMilestoneItem: true)], departments: [window]),
            opened: "2024-03-04")
        story.earliestFinish = "2024-03-07"
        return story
    }

    static func asked() throws -> Story {
        var story = try open()
        try story.act("2024-03-04", .owner, "permit", .file(materials: []))
        try story.act("2024-03-04", .of("planning"), "permit", .requestCorrection(points: [Point("a")]))
        return story
    }

    static func handedOut() throws -> Story {
        var story = try asked()
        #expect(
            story.machine.requests(in: story.state).filter { $0.party == .window }.map(\.ask)
                == [.handOut(.correction)])
        try story.act("2024-03-05", .window, "permit", .handOut(notice: .correction, recipient: "Wang"))
        #expect(!story.machine.requests(in: story.state).contains { $0.party == .window })
        return story
    }

    static func promise(_ date: LocalDate, _ reason: String? = nil) -> CaseCommand {
        .supervise(.promiseCertificate(by: date, reason: reason))
    }

    /// Promised, moved once, and closed with the case.
    static func promised() throws -> Story {
        var story = try open()
        try story.act("2024-03-04", .agent, promise("2024-03-15"))
        #expect(story.state.certificatePromise?.level(on: "2024-03-04", .weekdays) == .blue)
        #expect(story.state.certificatePromise?.level(on: "2024-03-01", .weekdays) == .blue)
        #expect(story.state.certificatePromise?.level(on: "2024-02-28", .weekdays) == nil)
        #expect(story.state.certificatePromise?.level(on: "2024-03-08", .weekdays) == .yellow)
        #expect(story.state.certificatePromise?.level(on: "2024-03-15", .weekdays) == .yellow)
        #expect(story.state.certificatePromise?.level(on: "2024-03-18", .weekdays) == .red)
        try story.act("2024-03-05", .agent, promise("2024-03-22", "survey"))
        #expect(story.state.certificatePromise?.isMoved == true)
        #expect(story.machine.oversightRequests(in: story.state).isEmpty)
        try story.act("2024-03-05", .owner, "permit", .file(materials: []))
        try story.act("2024-03-05", .of("planning"), "permit", .admit)
        try story.act("2024-03-06", .of("planning"), "permit", .decide(.granted))
        #expect(story.state.status == .completed)
        #expect(story.state.certificatePromise?.isClosed == true)
        #expect(story.state.certificatePromise?.level(on: "2024-04-01", .weekdays) == nil)
        return story
    }

    static func rejections() throws -> [CaseRejection] {
        let story = try asked()
        var moved = story
        try moved.act("2024-03-05", .agent, promise("2024-03-15"))
        try moved.act("2024-03-05", .window, promise("2024-03-22", "survey"))
        var unknown = story
        unknown.earliestFinish = nil
        return [
            story.rejection("2024-03-05", .of("planning"), "permit", .handOut(notice: .correction, recipient: "a")),
            story.rejection("2024-03-05", .window, "permit", .handOut(notice: .supplement, recipient: "a")),
            story.rejection("2024-03-05", .owner, promise("2024-03-15")),
            story.rejection("2024-03-05", .agent, promise("2024-03-06")),
            unknown.rejection("2024-03-05", .agent, promise("2024-03-15")),
            moved.rejection("2024-03-05", .agent, promise("2024-03-25", "again")),
            Story(.make([.make("permit")])).rejection(
                "2024-03-01", .owner, .open(ProjectCodeTests.opening(ProjectCodeTests.source("x")))),
        ].compactMap(\.self)
    }
}

@Suite("The window's desk and the promised certificate")
struct WindowTests {
    @Test("What a department wrote waits at the window until it is handed out or answered")
    func desk() throws {
        _ = try WindowStories.handedOut()
        var answered = try WindowStories.asked()
        try answered.act("2024-03-05", .owner, "permit", .supplyCorrection(materials: []))
        #expect(!answered.machine.requests(in: answered.state).contains { $0.ask == .handOut(.correction) })
        #expect(try WindowStories.rejections().count == 7)
    }

    @Test(
        "What was filed online, and what the window wrote itself, waits for nobody; without a window departments go on")
    func elsewhere() throws {
        func letters(_ story: Story) -> [WorkRequest] {
            story.machine.requests(in: story.state).filter { if case .handOut = $0.ask { true } else { false } }
        }
        var online = try WindowStories.open()
        try online.act(
            "2024-03-04", .owner, "permit", .file(materials: [], arrival: Arrival(channel: .online)))
        try online.act("2024-03-04", .of("planning"), "permit", .requestCorrection(points: [Point("a")]))
        #expect(letters(online).isEmpty)
        var own = try WindowStories.open()
        try own.act("2024-03-04", .owner, "permit", .file(materials: []))
        try own.act("2024-03-04", .window, "permit", .requestCorrection(points: [Point("a")]))
        #expect(letters(own).isEmpty)
        var without = try Story(.make([.make("permit")]), opened: "2024-03-04")
        try without.act("2024-03-04", .owner, "permit", .file(materials: []))
        try without.act("2024-03-04", .of("planning"), "permit", .requestCorrection(points: [Point("a")]))
        #expect(letters(without).isEmpty)
    }

    @Test("A promise that is late is asked about, and answered for by the agent")
    func late() throws {
        var story = try WindowStories.open()
        try story.act("2024-03-04", .agent, WindowStories.promise("2024-03-08"))
        try story.pass(to: "2024-03-11")
        let asked = story.machine.oversightRequests(in: story.state)
        #expect(asked.map(\.party) == [.applicant])
        #expect(asked.map(\.subject) == ["certificate-1"])
        let answer = CaseCommand.supervise(
            .answer(matter: "certificate-1", answer: "late survey", outcome: nil, by: nil))
        #expect(story.rejection("2024-03-12", .of("planning"), answer) == .promiseIsAgents)
        try story.act("2024-03-12", .agent, answer)
        #expect(story.state.oversight?.matters.first?.overdueSince == "2024-03-11")
        #expect(story.rejection("2024-03-12", .agent, WindowStories.promise("2024-04-01", "a")) != nil)
    }
}
