import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Reasons")
struct ReasonTests {
    private func rules(_ story: Story, _ id: String, on date: LocalDate) throws -> [LawRule] {
        let index = try #require(story.machine.plan.index(of: id))
        return story.machine.reasons(ofItemAt: index, in: story.state, on: date).map(\.rule)
    }

    @Test(
        "Every reason says something in both languages, on whose authority, in every step of random cases",
        arguments: [1, 2, 3, 4] as [UInt64])
    func walk(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<120 {
            try walk.step()
            let machine = walk.story.machine
            let state = walk.story.state
            let date = state.asOf ?? .earliest
            for index in state.items.indices {
                for reason in machine.reasons(ofItemAt: index, in: state, on: date) {
                    #expect(!reason.words.zh.isEmpty && !reason.words.en.isEmpty && !reason.source.isEmpty)
                }
            }
            _ = machine.reasons(in: state, on: date)
        }
    }

    @Test(
        "What is said to be possible is carried out, and what is said to be refused is refused",
        arguments: [5, 6] as [UInt64])
    func possibilities(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        var seen: Set<Bool> = []
        for _ in 0..<60 {
            try walk.step()
            let (machine, state) = (walk.story.machine, walk.story.state)
            let date = state.asOf ?? .earliest
            for index in state.items.indices {
                let id = machine.plan.items[index].item.id
                for possibility in machine.possibilities(ofItemAt: index, in: state, on: date) {
                    let rejection = walk.story.rejection(date, possibility.by, id, possibility.command)
                    #expect(rejection == possibility.rejection, "seed \(seed)")
                    seen.insert(rejection == nil)
                }
            }
        }
        #expect(seen == [true, false], "seed \(seed)")
    }

    @Test("Whatever is asked for can be done")
    func asked() throws {
        var story = try Story(.make([.make("permit", limit: .working(10))]), opened: "2024-03-01")
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        let done = story.machine.possibilities(ofItemAt: 0, in: story.state, on: "2024-03-04")
            .filter { $0.rejection == nil }.map(\.command.name)
        #expect(done == ["admit", "requestCorrection", "refuseAdmission", "withdraw"])
        #expect(try rules(story, "permit", on: "2024-03-04").contains(.deemedAdmission))
    }
}
