import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Applications")
struct ApplicationTests {
    static let plan = Plan.make(
        [
            .make(
                "permit", limit: .working(10), isMilestoneItem: true, tolerance: .working(5),
                materials: [
                    MaterialRequirement(material: "form", isMinor: false),
                    MaterialRequirement(material: "map", isMinor: true),
                ], outputs: ["certificate"], chain: ["handler", "reviewer", "approver"]),
            .make(
                "second", .filing, department: "housing", takes: 1, after: [.on("permit")], handling: .instant,
                materials: [
                    MaterialRequirement(material: "form", isMinor: false),
                    MaterialRequirement(material: "certificate", isMinor: false),
                ]),
        ], materials: [.make("form", validFor: .calendar(100)), .make("map"), .make("certificate"), .make("extra")])

    static func filed(_ materials: [SuppliedMaterial] = [.of("form"), .of("map")]) throws -> Story {
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "permit", .file(materials: materials))
        return story
    }

    static func admitted(_ materials: [SuppliedMaterial] = [.of("form"), .of("map")]) throws -> Story {
        var story = try filed(materials)
        try story.act("2024-03-04", .window, "permit", .admit)
        return story
    }

    @Test(
        "An application with neither correction nor admission within five working days counts as admitted from receipt")
    func deemedAdmission() throws {
        var story = try Self.filed()
        #expect(story.machine.timers(in: story.state).map(\.effect) == [.deemAdmission])
        try story.pass(to: "2024-03-08")
        #expect(story.last.isEmpty)
        try story.pass(to: "2024-03-11")
        #expect(story.happened == ["permit:deemedAdmitted"])
        #expect(story["permit"].admittedOn == "2024-03-04")
        // The promised limit of ten working days runs from the day of receipt.
        #expect(story["permit"].limits?.promised == "2024-03-18")
    }

    @Test("A decision on the day after finds the application deemed admitted, whether or not the timer was in time")
    func deemedAdmissionBeforeCommand() throws {
        var story = try Self.filed()
        #expect(
            story.rejection("2024-03-12", .window, "permit", .requestCorrection(points: [Point("late")]))
                == .notNow(item: "permit", status: .inReview))
        try story.act("2024-03-12", .of("planning", "A"), "permit", .sign(opinion: "fine"))
        #expect(story.happened == ["permit:deemedAdmitted", "permit:signed"])
        #expect(story.last.map(\.on) == ["2024-03-11", "2024-03-12"])
    }

    @Test("A filing on a day off counts as received on the next working day")
    func filedOnADayOff() throws {
        var story = try Story(Self.plan, opened: "2024-03-02")
        try story.act("2024-03-02", .owner, "permit", .file(materials: [.of("form"), .of("map")]))
        #expect(story["permit"].receivedOn == "2024-03-04")
        #expect(story["permit"].admitBy == "2024-03-11")
    }

    @Test("A correction is asked for once, everything at once, and starts the five days anew when supplied")
    func correction() throws {
        var story = try Self.filed()
        let points = [Point("scale missing", material: "map"), Point("sign page 3")]
        #expect(
            story.rejection("2024-03-05", .window, "permit", .requestCorrection(points: [])) == .pointsMissing)
        try story.act("2024-03-05", .window, "permit", .requestCorrection(points: points))
        #expect(story["permit"].national == .correctionBegun)
        try story.pass(to: "2024-03-22")
        #expect(story.last.isEmpty)
        #expect(
            story.rejection("2024-03-22", .owner, "permit", .supplyCorrection(materials: []))
                == .materialsMissing(["map"]))
        #expect(
            story.rejection("2024-03-22", .owner, "permit", .supplyCorrection(materials: [.of("map")]))
                == .materialAlreadyHeld("map"))
        try story.act("2024-03-22", .owner, "permit", .supplyCorrection(materials: [.of("map", "b")]))
        #expect(story["permit"].national == .correctionEnded)
        #expect(
            story.rejection("2024-03-22", .window, "permit", .requestCorrection(points: points))
                == .correctionAlreadyRequested(item: "permit"))
        try story.pass(to: "2024-03-29")
        #expect(story.happened == ["permit:deemedAdmitted"])
        #expect(story["permit"].admittedOn == "2024-03-22")
    }

    @Test("Each link of the chain signs, never one person in adjacent links, and the last signs by deciding")
    func reviewerChain() throws {
        var story = try Self.admitted()
        let a = Actor.of("planning", "A")
        #expect(story["permit"].national == .admitted)
        #expect(
            story.rejection("2024-03-05", a, "permit", .decide(.granted))
                == .chainNotSigned(item: "permit", link: "handler"))
        #expect(
            story.machine.requests(in: story.state).map { "\($0.id) \($0.estimate.likely)" } == [
                "permit:1.0:sign-0 3 wd"
            ])
        try story.act("2024-03-07", a, "permit", .sign(opinion: "complies"))
        #expect(story["permit"].national == .underReview)
        #expect(story.rejection("2024-03-07", a, "permit", .sign(opinion: "")) == .secondPersonNeeded(name: "A"))
        try story.act("2024-03-07", .of("planning", "B"), "permit", .sign(opinion: "agreed"))
        #expect(
            story.rejection("2024-03-07", .of("planning", "C"), "permit", .sign(opinion: ""))
                == .chainComplete(item: "permit"))
        #expect(
            story.rejection("2024-03-07", .of("planning", "B"), "permit", .decide(.granted))
                == .secondPersonNeeded(name: "B"))
        try story.act("2024-03-07", a, "permit", .decide(.granted))
        #expect(story.happened == ["permit:granted", "second:becameReady", "stageClosed"])
        let times = story.machine.heldTimes(in: story.state)
        #expect(times.map(\.period) == [RunningPeriod(start: "2024-03-04", finish: "2024-03-07")])
    }

    static func granted() throws -> Story {
        var story = try admitted()
        try story.act("2024-03-07", .of("planning", "A"), "permit", .sign(opinion: ""))
        try story.act("2024-03-07", .of("planning", "B"), "permit", .sign(opinion: ""))
        try story.act("2024-03-07", .of("planning", "C"), "permit", .decide(.granted))
        return story
    }

    @Test("What one step has collected or issued, the next step takes from the store")
    func materialsAreNeverAskedTwice() throws {
        var story = try Self.granted()
        #expect(story.machine.requests(in: story.state).map(\.ask) == [.issue])
        #expect(
            story.rejection("2024-03-07", .owner, "second", .file(materials: []))
                == .materialNotIssued(material: "certificate", item: "permit"))
        try story.act("2024-03-07", .window, "permit", .issue(documents: [.of("certificate", "c")]))
        #expect(story.machine.requests(in: story.state).map(\.ask) == [.file(needed: [])])
        // The same form again is no second document.
        try story.act("2024-03-07", .agent, "second", .file(materials: [.of("form")]))
        guard case .filed(_, _, let supplied, let reused, _, _) = story.last[0].what else {
            Issue.record("nothing was filed")
            return
        }
        #expect(supplied.isEmpty)
        #expect(reused == [MaterialUse(material: "form", number: 1), MaterialUse(material: "certificate", number: 3)])
        #expect(
            story.rejection(
                "2024-03-07", .of("housing"), "second", .requestCorrection(points: [Point("again", material: "form")]))
                == .materialAlreadyHeld("form"))
        // Filed, admitted and decided in one day.
        try story.act("2024-03-07", .of("housing"), "second", .admit)
        #expect(
            story.rejection(
                "2024-03-07", .of("housing"), "second", .requestSupplement(points: [Point("again", material: "form")]))
                == .materialAlreadyHeld("form"))
        try story.act("2024-03-07", .of("housing"), "second", .decide(.granted))
        #expect(story.happened == ["second:granted", "caseCompleted"])
    }

    @Test("A document whose validity has ended is asked for again")
    func expiredMaterial() throws {
        var story = try Self.granted()
        try story.act("2024-06-20", .window, "permit", .issue(documents: []))
        #expect(story.rejection("2024-06-20", .owner, "second", .file(materials: [])) == .materialsMissing(["form"]))
        try story.act("2024-06-20", .owner, "second", .file(materials: [.of("form", "2024")]))
    }

    @Test("Minor materials follow under a promise: reminder, breach, and no grant on a broken promise")
    func tolerance() throws {
        #expect(throws: CaseRejection.materialsMissing(["form"])) { try Self.filed([.of("map")]) }
        var story = try Self.admitted([.of("form")])
        #expect(story["permit"].gaps?.promise == "2024-03-11")
        try story.act("2024-03-06", .of("planning", "A"), "permit", .sign(opinion: ""))
        try story.act("2024-03-06", .of("planning", "B"), "permit", .sign(opinion: ""))
        let approver = Actor.of("planning", "C")
        #expect(story.rejection("2024-03-06", approver, "permit", .decide(.granted)) == .gapsOpen(["map"]))
        var kept = story
        try kept.act("2024-03-06", approver, "permit", .decide(.grantedWithGaps))
        #expect(kept["permit"].national == .grantedWithGaps)
        try kept.act("2024-03-07", .owner, "permit", .supplyGaps(materials: [.of("map")]))
        #expect(kept["permit"].status == .granted)
        #expect(kept.rejection("2024-03-07", .owner, "permit", .supplyGaps(materials: [])) == .noGaps(item: "permit"))

        try story.pass(to: "2024-03-11")
        #expect(story.happened == ["permit:gapsReminded", "permit:promiseBroken", "permit:breachRecorded"])
        #expect(story.last.map(\.on) == ["2024-03-08", "2024-03-11", "2024-03-11"])
        #expect(
            story.rejection("2024-03-12", approver, "permit", .decide(.grantedWithGaps)) == .promiseBroken(["map"]))
        try story.act("2024-03-12", approver, "permit", .returnApplication(reason: "promise broken"))
        #expect(story["permit"].status == .returned)
        try story.act("2024-03-13", .owner, "permit", .file(materials: [.of("map", "new")]))
        #expect(story["permit"].attempt == 2)
        #expect(story.machine.heldTimes(in: story.state).map(\.period.finish) == ["2024-03-12"])
    }

    @Test("The clock stands still from notice to supply, and its last day moves by the working days in between")
    func supplement() throws {
        var story = try Self.admitted()
        #expect(story["permit"].limits?.promised == "2024-03-18")
        let planning = Actor.of("planning")
        try story.act(
            "2024-03-06", planning, "permit", .requestSupplement(points: [Point("soil report", material: "extra")]))
        #expect(story.machine.timers(in: story.state).isEmpty)
        #expect(
            story.rejection("2024-03-07", planning, "permit", .sign(opinion: ""))
                == .clockStopped(item: "permit", pause: .supplement))
        try story.act("2024-03-13", .owner, "permit", .supplySupplement(materials: [.of("extra")]))
        #expect(story["permit"].limits?.promised == "2024-03-25")
        #expect(story["permit"].national == .correctionEnded)
        #expect(
            story.rejection("2024-03-13", planning, "permit", .requestSupplement(points: [Point("more")]))
                == .supplementAlreadyRequested(item: "permit"))
        let times = story.machine.heldTimes(in: story.state)
        #expect(times.map(\.holder) == [.gov, .applicant])
        let used = Measures(
            of: [times[0].period], after: "2024-03-04", through: "2024-03-15", on: .weekdays)
        #expect(used.union == .working(4))
    }

    @Test("A site visit does not stop the clock, a hearing does; both announce their length")
    func specialProcedures() throws {
        var story = try Self.admitted()
        let planning = Actor.of("planning")
        try story.act(
            "2024-03-05", planning, "permit",
            .beginSpecialProcedure(kind: .siteVisit, basis: "rule 1", length: .working(1)))
        #expect(story["permit"].limits?.promised == "2024-03-18")
        try story.act("2024-03-06", planning, "permit", .endSpecialProcedure(result: "seen"))
        #expect(
            story.rejection(
                "2024-03-06", planning, "permit",
                .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .zero)) == .lengthMissing)
        try story.act(
            "2024-03-06", planning, "permit",
            .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .working(5)))
        #expect(story["permit"].national == .specialProcedureBegun)
        try story.pass(to: "2024-03-20")
        #expect(story.happened == ["permit:procedureOverran"])
        #expect(story.last[0].on == "2024-03-14")
        try story.act("2024-03-20", planning, "permit", .endSpecialProcedure(result: "heard"))
        #expect(story["permit"].limits?.promised == "2024-04-01")
        #expect(story["permit"].national == .specialProcedureEnded)
    }

    @Test("A suspension and an extension take a second person; the extension comes once and within the law")
    func suspensionAndExtension() throws {
        var story = try Self.admitted()
        let planning = Actor.of("planning")
        #expect(
            story.rejection("2024-03-05", planning, "permit", .suspend(reason: "lawsuit", approver: planning.name))
                == .secondPersonNeeded(name: planning.name))
        try story.act("2024-03-05", planning, "permit", .suspend(reason: "lawsuit", approver: "Head"))
        #expect(
            story.rejection("2024-03-05", planning, "permit", .endSpecialProcedure(result: ""))
                == .notPaused(item: "permit"))
        try story.act("2024-03-07", planning, "permit", .resume(reason: "settled"))
        let long = ItemCommand.extend(by: .working(11), reason: "hard", approver: "Head")
        #expect(story.rejection("2024-03-07", planning, "permit", long) == .extensionTooLong(longest: .working(10)))
        let extend = ItemCommand.extend(by: .working(10), reason: "hard", approver: "Head")
        try story.act("2024-03-07", planning, "permit", extend)
        #expect(story["permit"].limits?.promised == "2024-04-03")
        #expect(story["permit"].limits?.statutory == "2024-04-17")
        #expect(story.rejection("2024-03-07", planning, "permit", extend) == .alreadyExtended(item: "permit"))
    }

    @Test("The window receives and admits but refuses nothing; a refusal names reasons and the ways to appeal")
    func refusals() throws {
        var story = try Self.filed()
        #expect(
            story.rejection("2024-03-05", .window, "permit", .refuseAdmission(reason: "a", rightBody: nil))
                == .windowMayNotRefuse)
        var other = story
        try other.act("2024-03-05", .of("planning"), "permit", .refuseAdmission(reason: "not ours", rightBody: "water"))
        #expect(other["permit"].national == .notHandledHere)
        try other.act("2024-03-06", .owner, "permit", .file(materials: []))
        #expect(other["permit"].attempt == 2)
        try story.act("2024-03-05", .window, "permit", .admit)
        #expect(
            story.rejection("2024-03-05", .window, "permit", .decide(.refused(reasons: "a", appeal: "b")))
                == .windowMayNotRefuse)
        try story.act("2024-03-06", .of("planning", "A"), "permit", .sign(opinion: ""))
        try story.act("2024-03-06", .of("planning", "B"), "permit", .sign(opinion: ""))
        let approver = Actor.of("planning", "C")
        #expect(
            story.rejection("2024-03-06", approver, "permit", .decide(.refused(reasons: "a", appeal: " ")))
                == .appealMissing)
        #expect(
            story.rejection("2024-03-06", approver, "permit", .decide(.refused(reasons: "", appeal: "b")))
                == .reasonMissing)
        #expect(story.rejection("2024-03-06", approver, "permit", .decide(.grantedWithGaps)) == .noGaps(item: "permit"))
        try story.act("2024-03-06", approver, "permit", .decide(.refused(reasons: "a", appeal: "b")))
        #expect(story["permit"].national == .refused)
    }

    @Test("A revoked permit is no ground to issue what rests on it, and its certificate is no document any more")
    func revocation() throws {
        var story = try Self.granted()
        try story.act("2024-03-07", .window, "permit", .issue(documents: []))
        try story.act("2024-03-08", .owner, "second", .file(materials: []))
        try story.act("2024-03-08", .of("housing"), "second", .admit)
        try story.act("2024-03-11", .of("planning"), "permit", .check(finding: "false statement"))
        try story.act("2024-03-11", .of("planning"), "permit", .revoke(reason: "false statement", basis: "art. 69"))
        #expect(story.state.materials.last?.isValid(on: "2024-03-11") == false)
        #expect(
            story.rejection("2024-03-11", .of("housing"), "second", .decide(.granted))
                == .completionWaits(item: "second", for: "permit"))
    }

    @Test("A withdrawal ends the clock and leaves the documents in the store")
    func withdrawal() throws {
        var story = try Self.admitted()
        try story.act("2024-03-06", .agent, "permit", .withdraw(reason: "plans changed"))
        #expect(story["permit"].national == .withdrawn)
        #expect(story.machine.timers(in: story.state).isEmpty)
        #expect(story.state.materials.count == 2)
        try story.act("2024-03-07", .owner, "permit", .file(materials: []))
        #expect(story["permit"].documents.map(\.number) == [1, 2])
    }

    @Test("Cards: the department explains, the supervisor lifts or confirms, once")
    func cards() throws {
        var story = try Self.admitted()
        try story.pass(to: "2024-04-30")
        #expect(story.state.cards.map(\.level) == [.blue, .yellow, .red, .statutoryRed])
        #expect(story.state.cards.map(\.raisedOn) == ["2024-03-15", "2024-03-15", "2024-03-19", "2024-04-02"])
        let card = story.state.cards[2].id
        #expect(card == "permit:1.0:red")
        let explain = CaseCommand.explainCard(card: card, explanation: "staff ill")
        #expect(story.rejection("2024-04-30", .owner, explain) == .notYours(.department("planning")))
        try story.act("2024-04-30", .of("planning"), explain)
        try story.act("2024-04-30", .supervisor, .liftCard(card: card, reason: "accepted"))
        #expect(
            story.rejection("2024-04-30", .supervisor, .confirmCard(card: card, reason: "no")) == .cardSettled(card))
        try story.act("2024-04-30", .supervisor, .confirmCard(card: story.state.cards[3].id, reason: "late"))
        #expect(story.rejection("2024-04-30", .supervisor, .liftCard(card: "x", reason: "")) == .unknownCard("x"))
    }
}
