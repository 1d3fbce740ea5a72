import Foundation
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("What a command says")
struct CommandStatementTests {
    private struct Statement: Encodable {
        let by: Actor
        let command: CaseCommand
    }

    private func encoded(_ command: CaseCommand, by actor: Actor) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Statement(by: actor, command: command)), as: UTF8.self)
    }

    private static let document = SuppliedMaterial(material: "form", hash: "a\"b", validUntil: "2024-03-01")
    private static let every: [ItemCommand] = [
        .beginPreReview, .finishPreReview(advice: "可以"), .file(materials: [document]),
        .file(
            materials: [],
            arrival: Arrival(channel: .nearby, at: TimeOfDay("18:40"), place: "镇街", firstContact: "甲")),
        .requestCorrection(points: [Point("a", material: "form"), Point("b")]),
        .supplyCorrection(materials: [document]), .admit, .refuseAdmission(reason: "a", rightBody: nil),
        .refuseAdmission(reason: "a", rightBody: "b"), .sign(opinion: "同意"), .requestSupplement(points: [Point("a")]),
        .supplySupplement(materials: []),
        .beginSpecialProcedure(kind: .publicNotice, basis: "a", length: .working(2)),
        .endSpecialProcedure(result: "a"), .suspend(reason: "a", approver: "b"), .resume(reason: "a"),
        .extend(by: DayAmount(minutes: 120, unit: .working), reason: "a", approver: "b"),
        .supplyGaps(materials: [document]), .decide(.granted), .decide(.grantedWithGaps),
        .decide(.refused(reasons: "a", appeal: "b")), .returnApplication(reason: "a"), .withdraw(reason: "a"),
        .issue(documents: [document]), .check(finding: "a"), .revoke(reason: "a", basis: "b"), .begin, .complete,
        .opine(participant: "fire", verdict: .fail(points: [Point("a")])),
        .holdSession(votes: [SessionVote(participant: "fire", verdict: .pass, signer: "b")]), .merge(note: "a"),
        .rectify(materials: [document], note: "a"), .conclude(.granted),
        .proposeVisit(date: "2024-03-01", remote: true), .proposeVisit(date: "2024-03-01", remote: false),
        .answerVisit(participant: "fire", dates: ["2024-03-01", "2024-03-04"]),
        .recordVisit(
            votes: [VisitVote(participant: "fire", verdict: .pass, officers: ["a", "b"])], unsigned: ["gas"],
            record: VisitRecord(commitment: "a", guidance: "b", record: "c")),
        .recordVisit(votes: [], unsigned: [], record: nil),
        .markConflict(
            first: ParticipantPoint(participant: "a", point: Point("b", material: "form", part: "S-1")),
            second: ParticipantPoint(participant: "c", point: Point("d"))),
        .resolveConflict(number: 1, resolution: "a"),
        .reopen(materials: [SuppliedMaterial(material: "form", hash: "a", parts: ["S-1"])], reason: "b"),
        .finishPreReview(advice: "可以", missing: [Point("a")]), .commit(signer: "a"), .declineCommitment, .beginReview,
        .reviewLegality(agrees: true, opinion: "a"), .scheduleProcedure(date: "2024-03-01"),
        .deliver(method: .courier, tracking: "1", recipient: "b"),
        .deliver(method: .window, tracking: nil, recipient: "b"), .handOut(notice: .correction, recipient: "b"),
        .acknowledge(note: "a"),
        .drawCheck(seed: "7", population: 9, inspectors: ["a", "b"], within: .working(5)), .findBreach(finding: "a"),
        .findBreach(finding: "a", within: .working(5)), .reportRectified(note: "a"),
        .appeal(route: .court, grounds: "a"), .decideAppeal(outcome: .upheld, reason: "a"), .extendPermit(reason: "a"),
        .measure(values: [MeasuredValue(fact: "ratio", value: 2.5)]),
        .book(purpose: .home, date: "2024-03-01", at: TimeOfDay("09:30")!, place: "a"),
        .book(purpose: .window, date: "2024-03-01", at: TimeOfDay("09:30")!),
        .rebook(date: "2024-03-01", at: TimeOfDay("09:30")!), .cancelAppointment(reason: "a"), .keepAppointment,
        .refer(level: .provincial, authority: "a", opinion: "b", within: .working(20)),
        .recordAnswer(agrees: true, signer: "a", document: "b", opinion: "c"),
        .lookUp(materials: ["form"]), .noteRepeat(materials: ["form"], request: "a"),
        .file(materials: [SuppliedMaterial(material: "form", hash: "a", issuedOn: "2024-03-01")]),
    ]

    private static let intake: [IntakeCommand] = [
        .receive(stage: "a", items: ["b"], materials: [document]), .supply(intake: "a", materials: [document]),
        .notice(intake: "a", points: [ItemPoints(item: "b", points: [Point("c")])]),
        .admit(intake: "a", items: []), .admit(intake: "a", items: ["b"]),
    ]

    private static let supervision: [SupervisionCommand] = [
        .raiseCard(item: "a", participant: nil, rule: .unlawfulCharge, level: .red, evidence: "b"),
        .raiseCard(item: "a", participant: "p", rule: .stepLate, level: .yellow, evidence: "b"),
        .noteAccountability(card: "a", measure: .talk, note: "b"),
        .rate(item: "a", step: .decision, score: 5, channel: .thirdParty, comment: "慢"),
        .followUp(item: nil, department: "d", demand: "a", due: "2024-03-01"),
        .followUp(item: "a", department: nil, demand: "a", due: nil),
        .putIssue(item: "a", department: "d", question: "b"), .complain(item: nil, department: nil, text: "a"),
        .answer(matter: "a", answer: "b", outcome: .fixedByDate, by: "2024-03-01"),
        .answer(matter: "a", answer: "b", outcome: nil, by: nil),
        .extend(matter: "a", by: .working(3), reason: "b", approver: "c"), .escalate(matter: "a", reason: "b"),
        .callBack(matter: "a", isSatisfied: false, note: "b"), .close(matter: "a", note: "b"),
        .promiseCertificate(by: "2024-03-01", reason: nil), .promiseCertificate(by: "2024-03-01", reason: "a"),
    ]

    @Test("Every command is written as Foundation writes it, and no two say the same")
    func canonical() throws {
        let commands =
            Self.every.map { CaseCommand.item("permit", $0) } + Self.supervision.map(CaseCommand.supervise)
            + Self.intake.map(CaseCommand.intake) + [
                .transfer(TransferOrder(items: ["a", "b"], to: "c", basis: "d", reason: "e")),
                .withdrawCase(reason: "a"), .cancelCase(reason: "a"), .passTime,
                .explainCard(card: "a", explanation: "b"), .liftCard(card: "a", reason: "b"),
                .confirmCard(card: "a", reason: "b"), .item("other", .begin),
                .open(Story(RandomWalk.plan(tolerance: .working(1))).opening),
            ]
        var seen: Set<[UInt8]> = []
        for command in commands {
            for actor in [Actor.owner, .of("planning", "张三")] {
                let statement = command.statement(by: actor)
                #expect(String(decoding: statement, as: UTF8.self) == (try encoded(command, by: actor)))
                #expect(seen.insert(statement).inserted)
            }
        }
    }
}
