import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Joint acceptance")
struct JointAcceptanceTests {
    static let plan = Plan.make(
        [
            .milestone("entered"),
            .make(
                "acceptance", .joint, department: "housing", takes: nil, limit: .working(15), after: [.on("entered")],
                isMilestoneItem: true, materials: [MaterialRequirement(material: "report", isMinor: false)],
                outputs: ["opinion"],
                joint: .make(
                    [
                        .make("planning", takes: 5, limit: .working(10)),
                        .make("fire", takes: 4, limit: .working(10), silence: .neverDeemed),
                        .make("archive", takes: 2, limit: .working(3), silence: .deemedAgree),
                    ], rectification: .make())),
            .milestone("completed", after: [.on("acceptance")]),
        ], materials: [.make("report"), .make("opinion")])

    /// Filed on Monday 4 March 2024 and admitted two working days later.
    static func dispatched() throws -> Story {
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "acceptance", .file(materials: [.of("report")]))
        try story.act("2024-03-06", .of("housing"), "acceptance", .admit)
        return story
    }

    @Test("One failed round: notice, rectification with the clock stopped, recheck by the failed, one conclusion")
    func oneFailedRound() throws {
        var story = try Self.dispatched()
        #expect(story["acceptance"].status == .opining)
        #expect(
            story.machine.requests(in: story.state).map(\.id) == [
                "acceptance.planning:1.0:opine", "acceptance.fire:1.0:opine", "acceptance.archive:1.0:opine",
            ])
        try story.act("2024-03-08", .of("archive"), "acceptance", .opine(participant: "archive", verdict: .pass))
        try story.act(
            "2024-03-12", .of("fire"), "acceptance",
            .opine(
                participant: "fire",
                verdict: .fail(points: [Point("exit blocked"), Point("no plan", material: "report")])))
        #expect(story.happened == ["acceptance:opinionGiven"])
        try story.act("2024-03-13", .of("planning"), "acceptance", .opine(participant: "planning", verdict: .pass))
        #expect(story.happened == ["acceptance:opinionGiven", "acceptance:opinionsClosed"])
        #expect(
            story.rejection("2024-03-14", .of("fire"), "acceptance", .merge(note: ""))
                == .notYours(.department("housing")))
        try story.act("2024-03-14", .of("housing"), "acceptance", .merge(note: "one list"))
        #expect(story["acceptance"].status == .rectifying)
        #expect(story["acceptance"].limits == nil)
        #expect(story.machine.timers(in: story.state).isEmpty)
        #expect(story["acceptance"].joint?.notice.map(\.participant) == ["fire", "fire"])

        try story.pass(to: "2024-03-27")
        #expect(story.last.isEmpty, "the clock stands still for the applicant")
        try story.act("2024-03-28", .agent, "acceptance", .rectify(materials: [.of("report", "b")], note: "done"))
        #expect(story["acceptance"].status == .rechecking)
        let requests = story.machine.requests(in: story.state)
        #expect(requests.map(\.id) == ["acceptance.fire:1.1:recheck"])
        #expect(requests[0].since == "2024-03-28")
        #expect(requests[0].estimate == .days(2))
        #expect(
            story.rejection(
                "2024-03-29", .of("planning"), "acceptance", .opine(participant: "planning", verdict: .pass))
                == .notAsked(participant: "planning"))
        try story.act("2024-04-01", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .pass))
        #expect(story.happened == ["acceptance:opinionGiven", "acceptance:opinionsClosed", "acceptance:merged"])
        try story.act("2024-04-02", .of("housing"), "acceptance", .conclude(.granted))
        #expect(
            story.happened == [
                "acceptance:granted", "completed:milestoneReached", "stageClosed", "caseCompleted",
            ])
        try story.act("2024-04-02", .window, "acceptance", .issue(documents: []))
        #expect(story.state.materials.map(\.material) == ["report", "report", "opinion"])
        #expect(story["completed"].finishedOn == "2024-04-02")
        #expect(story["acceptance"].national == .granted)
        #expect(story.state.cards.isEmpty)
        #expect(try story.replayed() == story.state)
    }

    @Test("The times of the phases add up to the planner's dates, and rectification is the applicant's")
    func phasesAddUp() throws {
        var story = try Self.dispatched()
        try story.act("2024-03-08", .of("archive"), "acceptance", .opine(participant: "archive", verdict: .pass))
        try story.act(
            "2024-03-12", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .fail(points: [Point("a")])))
        try story.act("2024-03-13", .of("planning"), "acceptance", .opine(participant: "planning", verdict: .pass))
        try story.act("2024-03-14", .of("housing"), "acceptance", .merge(note: ""))
        try story.act("2024-03-28", .owner, "acceptance", .rectify(materials: [], note: ""))
        try story.act("2024-04-01", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .pass))
        try story.act("2024-04-02", .of("housing"), "acceptance", .conclude(.granted))
        let times = story.machine.heldTimes(in: story.state)
        let measures = Measures(
            of: times.filter { $0.holder == .gov }.map(\.period), after: "2024-03-04", through: "2024-04-02",
            on: .weekdays)
        // Admission 2, opinions 5, merging 1, recheck 2, conclusion 1.
        #expect(measures.union == .working(11))
        #expect(measures.span == .working(21))
        // The two shorter opinions run beside the longest: 2 + (5 + 4 + 2) + 1 + 2 + 1.
        #expect(measures.sum == .working(17))
        let applicant = times.filter { $0.holder == .applicant }
        #expect(applicant.map(\.period) == [RunningPeriod(start: "2024-03-14", finish: "2024-03-28")])
    }

    @Test("After the last round only a refusal by the lead is left")
    func boundedRounds() throws {
        var story = try Self.dispatched()
        let fail = Verdict.fail(points: [Point("exit blocked")])
        for id in ["planning", "archive"] {
            try story.act("2024-03-07", .of(id), "acceptance", .opine(participant: id, verdict: .pass))
        }
        try story.act("2024-03-07", .of("fire"), "acceptance", .opine(participant: "fire", verdict: fail))
        try story.act("2024-03-07", .of("housing"), "acceptance", .merge(note: ""))
        for _ in 1...2 {
            #expect(story["acceptance"].status == .rectifying)
            try story.act("2024-03-08", .owner, "acceptance", .rectify(materials: [], note: ""))
            #expect(
                story.rejection(
                    "2024-03-08", .of("fire"), "acceptance",
                    .opine(participant: "fire", verdict: .fail(points: [Point("something new")])))
                    == .newPoint("something new"))
            try story.act("2024-03-08", .of("fire"), "acceptance", .opine(participant: "fire", verdict: fail))
        }
        #expect(story["acceptance"].status == .concluding)
        #expect(
            story.rejection("2024-03-08", .of("housing"), "acceptance", .conclude(.granted))
                == .outcomeContradictsOpinions(passed: false))
        #expect(
            story.rejection("2024-03-08", .window, "acceptance", .conclude(.refused(reasons: "a", appeal: "b")))
                == .windowMayNotRefuse)
        try story.act(
            "2024-03-08", .of("housing"), "acceptance",
            .conclude(
                .refused(reasons: "exit blocked", appeal: "reconsideration within 60 days, court within 6 months")))
        #expect(story["acceptance"].status == .refused)
        #expect(story.state.status == .open)
    }

    @Test("A recheck may find something new only in documents that changed")
    func newPointsOnlyInChangedDocuments() throws {
        var story = try Self.dispatched()
        for id in ["planning", "archive"] {
            try story.act("2024-03-07", .of(id), "acceptance", .opine(participant: id, verdict: .pass))
        }
        try story.act(
            "2024-03-07", .of("fire"), "acceptance", .opine(participant: "fire", verdict: .fail(points: [Point("a")])))
        try story.act("2024-03-07", .of("housing"), "acceptance", .merge(note: ""))
        try story.act("2024-03-08", .owner, "acceptance", .rectify(materials: [.of("report", "b")], note: ""))
        try story.act(
            "2024-03-08", .of("fire"), "acceptance",
            .opine(participant: "fire", verdict: .fail(points: [Point("new page is wrong", material: "report")])))
        #expect(story["acceptance"].joint?.participants[1].seen == 2)
    }

    @Test("Silence is taken as agreement only where allowed, only past the limit, and after the red card")
    func deemedAgreement() throws {
        var story = try Self.dispatched()
        try story.pass(to: "2024-03-11")
        #expect(story.last.filter { $0.kind == .opinionDeemed }.isEmpty)
        try story.pass(to: "2024-03-12")
        // Three working days after 6 March are over on 11 March.
        #expect(story.happened == ["acceptance:cardRaised", "acceptance:opinionDeemed"])
        #expect(story.last.allSatisfy { $0.by == .system && $0.on == "2024-03-12" })
        #expect(
            story.rejection("2024-03-12", .of("archive"), "acceptance", .opine(participant: "archive", verdict: .pass))
                == .alreadyAnswered(participant: "archive"))
        try story.pass(to: "2024-05-10")
        #expect(story["acceptance"].joint?.participants.map(\.standing) == [.asked, .asked, .deemed])
    }

    @Test("Each level of card is raised once, on its own date, however late the timers are")
    func cardsOnTheirDates() throws {
        var late = try Self.dispatched()
        try late.pass(to: "2024-06-28")
        var prompt = try Self.dispatched()
        var day: LocalDate = "2024-03-07"
        while day <= "2024-06-28" {
            try prompt.pass(to: day)
            day = day.adding(days: 1)
        }
        #expect(late.events == prompt.events)
        #expect(late.state == prompt.state)
        let cards = late.state.cards.filter { $0.participant == "fire" }
        #expect(cards.map(\.level) == [.blue, .yellow, .red])
        #expect(cards.map(\.raisedOn) == ["2024-03-19", "2024-03-19", "2024-03-21"])
    }

    @Test("With any, the first pass closes the opinions and releases the others")
    func firstPassIsEnough() throws {
        let plan = Plan.make([
            .make(
                "opinions", .joint, department: "planning", takes: nil,
                joint: .make(
                    kind: .opinion, admission: nil, [.make("a"), .make("b"), .make("c")], passes: .any, merge: nil,
                    conclusion: nil))
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .of("planning"), "opinions", .file(materials: []))
        #expect(story.happened == ["opinions:filed", "opinions:admitted"])
        try story.act("2024-03-05", .of("a"), "opinions", .opine(participant: "a", verdict: .notInvolved))
        try story.act("2024-03-05", .of("b"), "opinions", .opine(participant: "b", verdict: .pass))
        #expect(
            story.happened == [
                "opinions:opinionGiven", "opinions:opinionsClosed", "opinions:merged", "opinions:granted",
                "stageClosed",
                "caseCompleted",
            ])
        #expect(story["opinions"].joint?.participants.map(\.standing) == [.answered, .answered, .released])
    }

    @Test("A session is held once, with every participant's signature")
    func session() throws {
        let plan = Plan.make([
            .make(
                "inspection", .joint, department: "housing", takes: 3,
                joint: .make(
                    kind: .inspection, admission: nil, [.make("a", takes: nil), .make("b", takes: nil)], merge: nil,
                    rectification: .make(recheck: nil, rounds: 1), conclusion: nil))
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "inspection", .file(materials: []))
        #expect(story.machine.requests(in: story.state).map(\.ask) == [.holdSession(["a", "b"])])
        let a = SessionVote(participant: "a", verdict: .pass, signer: "A")
        #expect(
            story.rejection("2024-03-07", .of("housing"), "inspection", .holdSession(votes: [a]))
                == .votesOutstanding(["b"]))
        let b = SessionVote(participant: "b", verdict: .fail(points: [Point("fence")]), signer: "B")
        try story.act("2024-03-07", .of("housing"), "inspection", .holdSession(votes: [a, b]))
        #expect(story["inspection"].status == .rectifying)
        try story.act("2024-03-08", .owner, "inspection", .rectify(materials: [], note: "fence mended"))
        #expect(story["inspection"].status == .granted, "without a recheck the change is taken as made")
    }

    @Test("The window leads what a workflow gives it to lead, and nothing of another department")
    func windowLeads() throws {
        let plan = Plan.make([
            .make(
                "inspection", .joint, department: "window", takes: 3,
                joint: .make(
                    kind: .inspection, admission: nil, [.make("a", takes: nil)], merge: nil,
                    rectification: nil, conclusion: nil))
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "inspection", .file(materials: []))
        let votes = [SessionVote(participant: "a", verdict: .pass, signer: "A")]
        #expect(story.rejection("2024-03-05", .of("housing"), "inspection", .holdSession(votes: votes)) != nil)
        let clerk = Actor(role: .window, department: "window", name: "W")
        try story.act("2024-03-05", clerk, "inspection", .holdSession(votes: votes))
        #expect(story["inspection"].joint?.passed == true)
    }
}
