import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("After a change to what one department granted")
struct ChangeAfterGrantTests {
    /// A permit that was granted, changed and granted again; the case is complete.
    private static func changed() throws -> Story {
        var story = try Story(
            .make([.make("item", limit: .working(5))], materials: [.make("form")]), opened: "2024-03-04")
        let planning = Actor.of("planning")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        try story.act("2024-03-04", planning, "item", .admit)
        try story.act("2024-03-05", planning, "item", .decide(.granted))
        try story.act("2024-04-01", .owner, "item", .reopen(materials: [.of("form")], reason: "another storey"))
        return story
    }

    @Test("A revocation after it opens nothing: a completed case takes no new application")
    func revokedAfterwards() throws {
        var story = try Self.changed()
        let planning = Actor.of("planning")
        try story.act("2024-04-02", planning, "item", .decide(.granted))
        try story.act("2024-04-03", planning, "item", .revoke(reason: "false", basis: "art. 69"))
        #expect(story.rejection("2024-04-04", .owner, "item", .file(materials: [])) == .caseClosed(.completed))
        #expect(try story.replayed() == story.state)
    }

    @Test("Its cards and requests have names of their own: it is a round")
    func roundOfItsOwn() throws {
        var story = try Self.changed()
        #expect(story.machine.requests(in: story.state).map(\.id).allSatisfy { $0.contains(":1.1:") })
        try story.pass(to: "2024-04-12")
        let cards = story.state.cards.map(\.id)
        #expect(!cards.isEmpty && Set(cards).count == cards.count)
        #expect(story.state.cards.allSatisfy { $0.round == 1 }, "\(cards)")
        #expect(try story.replayed() == story.state)
    }
}
