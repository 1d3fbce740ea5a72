import Foundation
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("The log's bytes")
struct JSONTests {
    @Test("An event is written with sorted keys and no white space, the same in every process")
    func canonicalBytes() throws {
        let event = CaseEvent(
            on: "2024-03-05", by: .of("planning", "李"), item: "permit",
            .procedureBegan(kind: .expertReview, basis: "art. 45/1", length: .working(5)))
        #expect(
            String(decoding: event.payload, as: UTF8.self)
                == #"{"by":{"department":"planning","name":"李","role":"department"},"item":"permit","on":"2024-03-05","#
                + #""what":{"procedureBegan":{"basis":"art. 45/1","kind":"expert-review","length":{"amount":5,"unit":"wd"}}}}"#
        )
        let opened = CaseEvent(on: "2024-03-05", by: .system, .caseOpened(opening: Story(.make([])).opening))
        let text = String(decoding: opened.payload, as: UTF8.self)
        #expect(text.contains(#""facts":{"area":1.5,"has":true,"kind":"x"}"#))
        #expect(try CaseEvent(kind: "caseOpened", schema: 1, payload: opened.payload) == opened)
    }

    @Test("What is no event of that kind and schema is refused")
    func refused() {
        let event = CaseEvent(on: "2024-03-05", by: .system, item: "a", .becameReady)
        #expect(throws: CaseEventReadingError.unknownSchema(2)) {
            try CaseEvent(kind: "becameReady", schema: 2, payload: event.payload)
        }
        #expect(throws: CaseEventReadingError.unknownKind("becomeReady")) {
            try CaseEvent(kind: "becomeReady", schema: 1, payload: event.payload)
        }
        #expect(throws: CaseEventReadingError.malformed(kind: "granted", reason: "the payload is of kind becameReady"))
        {
            try CaseEvent(kind: "granted", schema: 1, payload: event.payload)
        }
        let texts = [
            "", "{}", "[1]", #"{"by":{"name":"","role":"system"},"on":"2024-02-30","what":{"becameReady":{}}}"#,
            #"{"by":{"name":"","role":"system"},"on":"2024-02-28","what":{"becameReady":{}}}"#,
            #"{"by":{"name":"","role":"king"},"item":"a","on":"2024-02-28","what":{"becameReady":{}}}"#,
        ]
        for text in texts {
            #expect(throws: CaseEventReadingError.self) {
                try CaseEvent(kind: "becameReady", schema: 1, payload: [UInt8](text.utf8))
            }
        }
    }

    @Test(
        "Commands are read as they were written",
        arguments: [
            CaseCommand.passTime, .open(Story(.make([])).opening), .item("a", .admit),
            .item("a", .decide(.refused(reasons: "r", appeal: "a"))), .liftCard(card: "c", reason: "r"),
            .item("a", .opine(participant: "fire", verdict: .fail(points: [Point("x", material: "m")]))),
            .item("a", .extend(by: .working(5), reason: "r", approver: "Head")),
        ])
    func commands(command: CaseCommand) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(command)
        #expect(try JSONDecoder().decode(CaseCommand.self, from: data) == command)
    }

    @Test("A command's JSON names what it carries")
    func commandNames() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(CaseCommand.item("a", .decide(.granted))), as: UTF8.self)
        #expect(text == #"{"item":{"command":{"decide":{"decision":{"granted":{}}}},"id":"a"}}"#)
    }

    @Test("Folding is total: events that do not fit change no more than they can")
    func totality() throws {
        let machine = CaseMachine(plan: JointAcceptanceTests.plan, calendar: .weekdays)
        let strange: [Happening] = [
            .becameReady, .resumed(reason: ""), .opinionGiven(participant: "x", round: 9, verdict: .pass, seen: 0),
            .merged(round: 3, passed: false, rectify: true, points: [], note: ""), .gapsSupplied(supplied: [.of("y")]),
            .cardRaised(
                card: "c", level: .red, participant: "nobody", round: 0, department: nil, person: nil, threshold: nil),
            .granted,
            .rectified(round: 1, resumes: "2024-03-05", supplied: [], note: ""), .issued(outputs: []),
            .revoked(reason: "", basis: ""), .opinionsClosed(round: 0, released: ["x"]),
        ]
        var state = CaseState()
        for item in ["acceptance", "entered", "nowhere"] {
            for what in strange {
                machine.evolve(&state, by: CaseEvent(on: "2024-03-05", by: .system, item: item, what))
            }
        }
        machine.evolve(&state, by: CaseEvent(on: "2024-03-05", by: .system, .stageClosed(stage: "x")))
        #expect(state.items.isEmpty)
        machine.evolve(
            &state, by: CaseEvent(on: "2024-03-05", by: .system, .caseOpened(opening: Story(.make([])).opening)))
        for item in ["acceptance", "entered", "nowhere"] {
            for what in strange {
                machine.evolve(&state, by: CaseEvent(on: "2024-03-05", by: .system, item: item, what))
            }
            _ = machine.requests(in: state)
            _ = machine.timers(in: state)
            _ = machine.heldTimes(in: state)
        }
        #expect(state.version == 68)
    }
}
