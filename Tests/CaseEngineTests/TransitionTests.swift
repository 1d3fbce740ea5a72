import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Transition tables")
struct TransitionTests {
    /// Long enough to visit nearly every row, with stories for the rare ones; deterministic, so a row that falls out of
    /// reach fails.
    static let seen: (transitions: Transitions, kinds: Set<CaseEvent.Kind>, codes: Set<String>) = {
        var transitions = Transitions()
        var kinds: Set<CaseEvent.Kind> = []
        var codes: Set<String> = []
        for seed in UInt64(1)...600 {
            var walk = RandomWalk(seed: seed)
            for _ in 0..<140 { try? walk.step() }
            transitions.formUnion(walk.story.transitions)
            kinds.formUnion(walk.story.events.map(\.kind))
            codes.formUnion(walk.rejections.map(\.code))
        }
        for seed in UInt64(1)...120 {
            var walk = AftermathWalk(seed: seed)
            for _ in 0..<220 { try? walk.step() }
            transitions.formUnion(walk.story.transitions)
            kinds.formUnion(walk.story.events.map(\.kind))
            codes.formUnion(walk.rejections.map(\.code))
        }
        for story
            in (try? RareStories.all() + JointStories.all() + SupervisionTests.stories() + GapStories.changes()
            + LevelStories.all() + WorkStories.all() + AppointmentStories.all() + WindowStories.all())
            ?? []
        {
            transitions.formUnion(story.transitions)
            kinds.formUnion(story.events.map(\.kind))
        }
        return (transitions, kinds, codes)
    }()

    private func compare<Status>(_ visited: Set<Transition<Status>>, _ table: [Transition<Status>]) {
        let listed = Set(table)
        #expect(listed.count == table.count, "a row is listed twice")
        for row in listed.subtracting(visited) { Issue.record("unvisited: \(row.text)") }
        for row in visited.subtracting(listed) { Issue.record("not listed: \(row.text)") }
    }

    @Test("Every row of the case's table is visited, and nothing else happens")
    func cases() { compare(Self.seen.transitions.cases, CaseTransitions.table) }

    @Test("Every row of the table of work is visited, and nothing else happens")
    func work() { compare(Self.seen.transitions.work, WorkTransitions.table) }

    @Test("Every row of the table of applications is visited, and nothing else happens")
    func applications() { compare(Self.seen.transitions.application, ApplicationTransitions.table) }

    @Test("Every row of the joint items' table is visited, and nothing else happens")
    func joint() { compare(Self.seen.transitions.joint, JointTransitions.table) }

    @Test("Every row of the pauses' table is visited, and nothing else happens")
    func pauses() { compare(Self.seen.transitions.pause, PauseTransitions.table) }

    @Test("Every row of the matters' table is visited, and nothing else happens")
    func matters() { compare(Self.seen.transitions.matters, MatterTransitions.table) }

    @Test("Every kind of event happens")
    func kinds() {
        for kind in CaseEvent.Kind.allCases where !Self.seen.kinds.contains(kind) {
            Issue.record("never happened: \(kind.rawValue)")
        }
    }

    @Test("Every rejection is reached, has a code of its own and says what to do")
    func rejections() throws {
        let rare =
            try RareStories.rejections() + JointStories.rejections() + SupervisionTests.rejections()
            + RegistryStories.rejections() + MaterialStories.rejections() + GapStories.rejections()
            + LevelStories.rejections()
            + WorkStories.rejections() + AppointmentStories.rejections() + WindowStories.rejections()
        let reached = Self.seen.codes.union(rare.map(\.code))
        #expect(Set(CaseRejection.codes).count == CaseRejection.codes.count)
        for code in CaseRejection.codes where !reached.contains(code) { Issue.record("never reached: \(code)") }
        for code in reached where !CaseRejection.codes.contains(code) { Issue.record("not listed: \(code)") }
        for rejection in rare {
            #expect(rejection.text.zh.hasSuffix("。") && rejection.text.en.hasSuffix("."))
        }
    }
}

extension Transition {
    var text: String { "\(String(describing: from)) --\(event.rawValue)--> \(String(describing: to))" }
}
