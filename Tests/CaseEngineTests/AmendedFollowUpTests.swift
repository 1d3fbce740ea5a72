import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("What follows when the rules of a case change")
struct AmendedFollowUpTests {
    @Test("Matters and ratings follow their item under another id")
    func matters() throws {
        var story = try MigrationTests.story(
            MigrationTests.items(),
            MigrationTests.items(permit: .make("licence", limit: .working(20), after: [.on("start")])))
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .window, "permit", .admit)
        try story.act(
            "2024-03-04", .owner,
            .supervise(.complain(item: "permit", department: "planning", text: "没有回音")))
        try story.act(
            "2024-03-04", .owner,
            .supervise(.rate(item: "permit", step: .admission, score: 5, channel: .web, comment: "慢")))
        try story.act("2024-03-05", .designer, MigrationTests.order(["permit": "licence"]))
        let oversight = try #require(story.state.oversight)
        #expect(oversight.matters.map(\.item) == ["licence", "licence"])
        #expect(oversight.ratings.map(\.item) == ["licence"])
    }

    @Test("Every rejection names a rule, and every rule has a source")
    func rules() {
        let rejections: [CaseRejection] = [
            .caseNotOpen, .caseAlreadyOpen, .caseClosed(.completed), .otherWorkflow(expected: "a", given: "b"),
            .otherCalendar(expected: "a", given: "b"), .factNotFinite("a"),
            .otherProjectCode(given: "a", registered: "b", register: "c"), .dateBeforeLast("2024-03-01"),
            .notYours(.applicant), .unknownItem("a"), .unknownParticipant(item: "a", participant: "b"),
            .unknownMaterial("a"), .unknownCard("a"), .cardSettled("a"), .versionNotAtHand("a"), .alreadyGoverned("a"),
            .migrationBarred([]), .notNow(item: "a", status: .ready), .notForThisItem(item: "a"),
            .clockStopped(item: "a", pause: .procedure), .notPaused(item: "a"), .completionWaits(item: "a", for: "b"),
            .reasonMissing, .pointsMissing, .appealMissing, .lengthMissing, .secondPersonNeeded(name: "a"),
            .alreadyInCharge(item: "a", department: "b"), .nothingAtHand([]), .unknownStage("a"),
            .nothingToFile(stage: "a"), .unknownIntake("a"), .notInIntake(item: "a", intake: "b"),
            .noticeThroughIntake(item: "a", intake: "b"), .intakeAlreadyNoticed("a"),
            .materialsMissing([]), .materialAlreadyHeld("a"), .materialNotIssued(material: "a", item: "b"),
            .correctionAlreadyRequested(item: "a"), .supplementAlreadyRequested(item: "a"), .windowMayNotRefuse,
            .chainNotSigned(item: "a", link: "b"), .chainComplete(item: "a"), .extensionNotAllowed(item: "a"),
            .alreadyExtended(item: "a"), .extensionTooLong(longest: .working(1)), .gapsOpen([]), .noGaps(item: "a"),
            .promiseBroken([]), .commitmentUnsigned(item: "a"), .commitmentChosen(item: "a"),
            .restsOnRevoked(material: "a", item: "b"), .legalReviewMissing(item: "a"), .sameReasons(item: "a"),
            .procedureTooLong(longest: .working(1)), .technicalReviewDone(item: "a", review: "b"),
            .effectSuspended(item: "a"), .alreadyDelivered(item: "a"), .windowHandsOut(item: "a"),
            .nothingToHandOut(item: "a", .correction), .trackingMissing, .placeMissing,
            .inspectorsMissing, .breachOpen(item: "a"), .extensionsUsed(item: "a", most: 1),
            .appealPending(.court), .appealUsed(.court), .appealTooLate("2024-03-01"), .noAppeal(item: "a"),
            .notAsked(participant: "a"), .alreadyAnswered(participant: "a"), .newPoint("a"), .opinionsOutstanding([]),
            .votesOutstanding([]), .outcomeContradictsOpinions(passed: true),
            .visitDateNotPossible("2024-03-01", earliest: "2024-03-01"), .noVisitAgreed(item: "a"),
            .visitAgreed(item: "a"), .visitRequired(item: "a"), .visitOnOtherDay("2024-03-01"),
            .twoOfficersNeeded(participant: "a"), .visitRecordMissing, .unknownPoint(participant: "a", point: "b"),
            .unknownConflict(1), .conflictsOpen([]), .nobodyTouched([]), .noApplicantContact(item: "a"),
            .cardAlreadyRaised("a"), .cardNotConfirmed("a"), .scoreOutOfRange(9),
            .stepNotDone(item: "a", .admission), .alreadyRated(item: "a", .admission), .unknownMatter("a"),
            .matterNotNow(matter: "a", .closed), .matterNotOfKind(matter: "a", .complaint),
            .matterAlreadyExtended(matter: "a"), .outcomeMissing(matter: "a"), .callBackMissing(matter: "a"),
            .noHigherOffice("a"), .promiseIsAgents, .beforeEarliestFinish("2024-03-01", earliest: nil),
            .promiseNotMoved(by: "2024-03-01"), .departmentMissing, .unknownDepartment("a"),
            .dateNotAhead("2024-03-01"),
            .unknownOfficer(name: "a", department: "b"),
            .officerAbsent(name: "a", through: "2024-03-01", deputy: nil),
            .officerRoleMissing(name: "a", department: "b", roles: []), .secondOfficerNeeded,
            .windowNotAuthorized(item: "a", level: .admit), .unknownAgent("a"),
            .agentNotAssigned(agent: "a", project: "b"),
            .assignmentNotInForce(agent: "a", from: "2024-03-01", until: "2024-03-01"),
            .outsideAssignment(agent: "a", action: .file, stage: nil),
            .toleranceBarred(materials: [], bar: CreditBar(cause: .breach, subject: "a", until: nil)),
            .commitmentBarred(item: "a", bar: CreditBar(cause: .breach, subject: "a", until: nil)),
            .alreadyBooked(item: "a", date: "2024-03-01"), .noAppointment(item: "a"), .bookingBarred(missed: 3),
            .bookingDateNotPossible("2024-03-01", earliest: "2024-03-01", latest: "2024-03-01"),
            .windowClosedThen("2024-03-01"), .outsideHours("2024-03-01", hours: ServiceHours("09:00-17:00")!),
            .slotFull("2024-03-01", at: TimeOfDay("09:00")!, next: nil), .appointmentOnOtherDay("2024-03-01"),
            .notDivided, .workExists("a"), .workUnnamed("a"), .tooManyWorks(limit: 1),
            .alreadyReferred(item: "a"), .decidedElsewhere(item: "a", authority: "b", agrees: true),
            .standardNotStated(LevelStories.standard), .standardExceeded(value: 3, standard: LevelStories.standard),
            .noStandard(fact: "a"), .valuesNotMeasured(item: "a", facts: []),
            .regionNotAssessed(fact: "a", zone: nil), .notRegisteredEditor(name: "a"), .firmNotSelected(item: "a"),
            .firmBarred(firm: "a", item: "b"), .greenChannelUnchanged(isOpen: true),
            .greenChannelNotByRule(isOpen: true),
        ]
        #expect(Set(rejections.map(\.code)) == Set(CaseRejection.codes))
        for rejection in rejections { #expect(!rejection.rule.source.isEmpty, "\(rejection.code)") }
    }

    @Test("What can be done is told of every part of the law that an item has")
    func possibilities() throws {
        let story = try AftermathTests.issued { $0.supervisedBy = "housing" }
        let index = try #require(story.machine.plan.index(of: "permit"))
        let today = try #require(story.state.asOf)
        let found = story.machine.possibilities(ofItemAt: index, in: story.state, on: today)
        let open = found.filter { $0.rejection == nil }.map(\.command.name)
        #expect(open.contains("acknowledge"))
        #expect(open.contains("revoke"))
        let refused = Dictionary(
            found.compactMap { one in one.rejection.map { (one.command.name, $0.code) } },
            uniquingKeysWith: { a, _ in a })
        #expect(refused["decideAppeal"] == "noAppeal")
        #expect(refused["appeal"] == "notNow")
        let all = story.machine.possibilities(in: story.state, on: today)
        #expect(all.contains { $0.command.name == "complain" && $0.rejection == .departmentMissing })
        #expect(all.contains { $0.command.name == "openGreenChannel" && $0.rejection == .caseClosed(.completed) })
        #expect(all.first { $0.command.name == "closeGreenChannel" } == nil)
    }
}
