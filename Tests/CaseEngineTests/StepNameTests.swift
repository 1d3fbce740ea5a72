import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Names of requests, timers and cards")
struct StepNameTests {
    /// What interrupts a request, say a suspension, does not answer it: it is asked again under its name.
    @Test("a request that was answered is never asked again under its name", arguments: 1...80)
    func neverAgain(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        var answered: Set<String> = []
        for _ in 0..<200 {
            try walk.step()
            let requests = walk.story.machine.requests(in: walk.story.state)
            let again = answered.intersection(requests.map(\.id))
            #expect(again.isEmpty, "seed \(seed)")
            guard let request = requests.randomElement(using: &walk.random) else { continue }
            let answer: ItemCommand =
                if case .admit = request.ask, Bool.random(using: &walk.random) {
                    .requestCorrection(points: [Point("sign")])
                } else {
                    request.favourableAnswer(document: "\(walk.story.state.version)")
                }
            let actor = Simulated.actor(request)
            guard walk.story.rejection(walk.date, actor, request.item, answer) == nil else { continue }
            try walk.story.act(walk.date, actor, request.item, answer)
            answered.insert(request.id)
        }
    }

    @Test("every name is a token that a store takes, however long the ids that it is made of", arguments: 1...30)
    func areTokens(seed: UInt64) throws {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<120 {
            try walk.step()
            let state = walk.story.state
            let names =
                walk.story.machine.requests(in: state).map(\.id) + walk.story.machine.timers(in: state).map(\.name)
                + state.cards.map(\.id)
            for name in names { #expect(isToken(name), "seed \(seed): \(name)") }
        }
        let long = String(repeating: "a", count: 64)
        let name = StepName(
            item: long, participant: long, attempt: 1_000_000, round: 1_000_000, step: "end-procedure-9")
        #expect(isToken(name.text))
        #expect(name.text.utf8.count <= StepName.limit)
    }

    @Test("long names keep two participants of an item, and two items, apart")
    func longNamesDiffer() {
        let stem = String(repeating: "participant-", count: 5)
        var names: Set<String> = []
        for item in 0..<50 {
            for participant in 0..<50 {
                names.insert(
                    StepName(
                        item: "\(stem)\(item)", participant: "\(stem)\(participant)", attempt: 1, round: 0,
                        step: "opine"
                    ).text)
            }
        }
        #expect(names.count == 2500)
        #expect(
            StepName(item: "\(stem)1", participant: "\(stem)2", attempt: 1, round: 0, step: "opine").text
                == "participant-participant-participant-part..223f9119f47a5b24:1.0:opine")
    }

    @Test("a name of ordinary length says what it is made of")
    func plain() {
        #expect(StepName(item: "permit", attempt: 1, round: 0, step: "decide").text == "permit:1.0:decide")
        #expect(
            StepName(item: "acceptance", participant: "fire", attempt: 2, round: 1, step: "recheck").text
                == "acceptance.fire:2.1:recheck")
    }

    private func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= StepName.limit
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
