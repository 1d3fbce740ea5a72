import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Materials and forms of stages")
struct MaterialTests {
    @Test("Folding the log anew gives the same state")
    func replayed() throws {
        for story in [
            try MaterialStories.form(), try MaterialStories.lookedUp(), try MaterialStories.transferred(),
        ] {
            #expect(try story.replayed() == story.state)
        }
    }

    @Test("Each document of a form is stored once, and one that was put right serves all its items")
    func storedOnce() throws {
        let story = try MaterialStories.form()
        #expect(story.state.materials.map(\.material) == ["form", "drawings", "form", "permit"])
        #expect(story["fire"].documents.contains(MaterialUse(material: "form", number: 3)))
        #expect(story["construction"].documents.contains(MaterialUse(material: "form", number: 3)))
        #expect(story["construction"].status == .filed)
        #expect(story.state.intakes[0].waiting.isEmpty)
        #expect(story.state.intakes[0].filings == ["planning": 1, "fire": 1, "construction": 1])
    }

    @Test("An item that joined after the notice may have one of its own")
    func joinedLater() throws {
        let story = try MaterialStories.form()
        let ask = ItemCommand.requestCorrection(points: [Point("seal")])
        #expect(story.rejection("2024-03-11", .of("planning"), "construction", ask) == nil)
    }

    @Test("What was taken over has its source, and the applicant is not asked for it")
    func source() throws {
        let story = try MaterialStories.lookedUp()
        let document = try #require(story.state.materials.first { $0.material == "drawings" })
        #expect(document.source == .anotherCase(id: "other", number: 3, holder: "code"))
        #expect(
            story.rejection(
                "2024-03-05", .of("planning"), "fire",
                .requestCorrection(points: [Point("again", material: "drawings")]))
                == .materialAlreadyHeld("drawings"))
        #expect(
            story.state.materialNotes.map(\.what) == [
                .lookupFailed(register: "forms", reason: "down"),
                // Noted again with the filing, for which the applicant handed it in.
                .lookupFailed(register: "forms", reason: "down"),
                .repeatAvoided(number: 1, request: "requestCorrection"),
            ])
    }

    @Test("A refusal to ask again says what is to be written down, and other refusals do not")
    func note() throws {
        let points = [Point("a", material: "drawings"), Point("b"), Point("c", material: "drawings")]
        #expect(
            CaseRejection.materialAlreadyHeld("drawings").note(of: .item("fire", .requestCorrection(points: points)))
                == .item("fire", .noteRepeat(materials: ["drawings"], request: "requestCorrection")))
        #expect(CaseRejection.pointsMissing.note(of: .item("fire", .requestCorrection(points: points))) == nil)
        #expect(
            CaseRejection.materialAlreadyHeld("drawings").note(of: .item("fire", .supplyCorrection(materials: [])))
                == nil)
    }

    @Test("Only what the case lacks is looked for")
    func wanted() throws {
        var story = try Story(MaterialStories.plan, opened: "2024-03-04")
        func wanted(_ command: CaseCommand) -> [String] {
            story.machine.wanted(by: command, in: story.state, on: "2024-03-04").map(\.id)
        }
        #expect(wanted(.item("fire", .file(materials: [.of("form")]))) == ["drawings"])
        #expect(wanted(.intake(.receive(stage: "first", items: [], materials: []))) == ["form", "drawings", "permit"])
        #expect(wanted(.item("fire", .admit)).isEmpty)
        try story.act("2024-03-04", .owner, "fire", .file(materials: [.of("form"), .of("drawings")]))
        #expect(wanted(.item("planning", .file(materials: []))).isEmpty)
    }

    @Test("A document that is made out long ago is valid from then, not from the day it is handed in")
    func issuedOn() throws {
        let report = MaterialRequirement(material: "report", isMinor: false)
        let plan = Plan.make(
            [.make("permit", materials: [report])], materials: [.make("report", validFor: .calendar(30))])
        var story = try Story(plan, opened: "2024-03-04")
        let old = SuppliedMaterial(material: "report", hash: "a", issuedOn: "2024-01-02")
        #expect(
            story.rejection("2024-03-04", .owner, "permit", .file(materials: [old])) == .materialsMissing(["report"]))
        let new = SuppliedMaterial(material: "report", hash: "a", issuedOn: "2024-02-20")
        try story.act("2024-03-04", .owner, "permit", .file(materials: [new]))
        #expect(story.state.materials[0].validUntil == "2024-03-21")
    }

    @Test("Who takes an item over is asked and decides; the former department does not, and no clock moves")
    func transferred() throws {
        var story = try MaterialStories.transferred()
        #expect(
            story.machine.requests(in: story.state).first { $0.item == "planning" }?.party == .department("county"))
        #expect(story["planning"].limits?.promised == "2024-03-18")
        #expect(
            story.rejection("2024-03-06", .of("planning"), "planning", .decide(.granted))
                == .notYours(.department("county")))
        try story.act("2024-03-06", .of("county"), "planning", .decide(.granted))
        #expect(story["planning"].status == .granted)
    }

    @Test("What takes a promise waits for the applicant, though it is on a form")
    func promiseWaits() throws {
        let form = [MaterialRequirement(material: "form", isMinor: false)]
        let plan = Plan.make(
            [
                .make("first", materials: form),
                .make("second", after: [.on("first")], handling: .commitment, materials: form),
            ], materials: [.make("form")])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, .intake(.receive(stage: "first", items: [], materials: [.of("form")])))
        try story.act("2024-03-04", .window, .intake(.admit(intake: "first-1", items: [])))
        try story.act("2024-03-05", .of("planning"), "first", .decide(.granted))
        #expect(story["second"].status == .ready)
        #expect(story.machine.requests(in: story.state).contains { $0.item == "second" && $0.party == .applicant })
    }
}
