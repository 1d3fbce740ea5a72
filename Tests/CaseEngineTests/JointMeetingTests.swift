import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Meetings of a joint item")
struct JointMeetingTests {
    private static let days: [LocalDate] = ["2024-03-06", "2024-03-07", "2024-03-08", "2024-03-11"]

    /// Asks three participants, some of whom stay silent.
    private func story() throws -> Story {
        let plan = Plan.make([
            .make("item", .joint, takes: nil, joint: .make(admission: nil, ["a", "b", "c"].map { .make($0) }))
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        return story
    }

    @Test("The date is the proposed one if it suits all who answered, else the first that does", arguments: 1...60)
    func date(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var story = try story()
        let proposed = Self.days[Int.random(in: 1..<4, using: &random)]
        try story.act("2024-03-04", .window, "item", .proposeVisit(date: proposed, remote: false))
        var answers: [[LocalDate]] = []
        for id in ["a", "b", "c"] where Int.random(in: 0..<4, using: &random) > 0 {
            var dates = Self.days.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
            if dates.isEmpty { dates = [proposed] }
            answers.append(dates)
            try story.act("2024-03-05", .of(id), "item", .answerVisit(participant: id, dates: dates))
        }
        // The last day to answer is the working day before the proposed one.
        let asked = story.events.compactMap { event -> LocalDate? in
            if case .visitProposed(_, _, let answerBy) = event.what { answerBy } else { nil }
        }
        #expect(asked == [LocalDate.before(proposed)], "seed \(seed)")
        if answers.count < 3 { try story.pass(to: asked[0]) }
        let told = answers.count == 3 ? LocalDate("2024-03-05") : asked[0]
        let common = Self.days.filter { day in day > told && answers.allSatisfy { $0.contains(day) } }
        let wanted = answers.isEmpty || common.contains(proposed) ? proposed : common.min()
        #expect(story["item"].joint?.visit?.fixed == wanted, "seed \(seed)")
        let fixed = story.events.compactMap { event -> Int? in
            if case .visitFixed(_, let silent) = event.what { silent.count } else { nil }
        }
        #expect(fixed == (wanted == nil ? [] : [3 - answers.count]), "seed \(seed)")
        #expect(try story.replayed() == story.state, "seed \(seed)")
    }

    @Test("Who is absent accepts only where the definition lets silence be agreement")
    func absence() throws {
        var story = try JointAcceptanceTests.dispatched()
        try story.act("2024-03-06", .window, "acceptance", .proposeVisit(date: "2024-03-07", remote: false))
        try story.pass(to: "2024-03-06")
        #expect(story.happened == ["acceptance:visitFixed"])
        #expect(
            story.machine.requests(in: story.state).map(\.ask).last == .recordVisit(["planning", "fire", "archive"]))
        try story.act(
            "2024-03-07", .of("housing"), "acceptance",
            .recordVisit(votes: [JointStories.vote("planning")], unsigned: ["fire"], record: nil))
        #expect(story["acceptance"].joint?.participants.map(\.standing) == [.answered, .asked, .deemed])
        guard case .visitHeld(_, let absent, let unsigned, let deemed, _, _, _)? = story.last.first?.what else {
            Issue.record("\(story.happened)")
            return
        }
        #expect(absent == ["archive"] && unsigned == ["fire"] && deemed == ["archive"])
    }

    @Test(
        "What changed re-opens those who looked at it, and no other opinion",
        arguments: [ItemStatus.granted, .issued, .checked])
    func reopened(from status: ItemStatus) throws {
        var story = try JointStories.granted(status)
        try story.act(
            "2024-03-11", .owner, "item", .reopen(materials: [.of("map", "b")], reason: "moved"))
        #expect(story["item"].joint?.outstanding == ["fire"])
        #expect(story["item"].joint?.participants.last?.verdict == .pass)
        #expect(story.state.unfinished == 2)
        try story.act("2024-03-12", .of("fire"), "item", .opine(participant: "fire", verdict: .pass))
        try story.act("2024-03-12", JointStories.lead, "item", .conclude(.granted))
        #expect(story["item"].status == .granted && story["item"].joint?.standing.isEmpty == true)
        #expect(story.state.unfinished == 1)
        #expect(try story.replayed() == story.state)
    }

    @Test(
        "A change that comes to nothing leaves the grant as it was", arguments: [ItemStatus.granted, .issued, .checked])
    func changeEnded(of status: ItemStatus) throws {
        var story = try JointStories.granted(status)
        let before = story["item"]
        try story.act("2024-03-11", .owner, "item", .reopen(materials: [.of("map", "b")], reason: "moved"))
        try story.act("2024-03-12", .owner, "item", .withdraw(reason: "as it was"))
        let after = story["item"]
        #expect(after.status == status && after.finishedOn == before.finishedOn && after.issuedOn == before.issuedOn)
        #expect(after.documents == before.documents && after.joint?.passed == before.joint?.passed)
        #expect(after.joint?.participants == before.joint?.participants)
    }
}

extension LocalDate {
    fileprivate static func before(_ date: LocalDate) -> LocalDate {
        WorkCalendar.weekdays.workingDay(onOrBefore: date.adding(days: -1))
    }
}
