import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// What people do unasked: what the status of an item may allow, and anything at all.
extension People {
    /// Something that nobody asked for and that the status of an item may allow, by the right hand.
    func plausible(
        _ rule: Item, _ item: ItemState, on date: LocalDate, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let department = Self.of(rule.department ?? "x", random.pick(["A", "B", "Head"]))
        let length = DayAmount.working(random.pick([1, 1, 3, 9]))
        let document = SuppliedMaterial(
            material: random.pick(["form", "map", "report"]), hash: "n\(item.revision)\(item.attempt)")
        switch item.status {
        case .planned, .done: return nil
        case .ready, .preReview:
            return random.pick([
                (department, .beginPreReview), (Self.owner, .file(materials: [])),
                (department, .finishPreReview(advice: "fine", missing: random.pick([nil, [Point("map")], []]))),
            ])
        case .underway: return (department, .complete)
        case .filed, .correcting:
            return random.pick([
                (Self.owner, .withdraw(reason: "changed")),
                (department, .refuseAdmission(reason: "a", rightBody: "water")),
                (department, .returnApplication(reason: "never came")), (Self.owner, .commit(signer: "Owner")),
                (department, .requestCorrection(points: [Point("again")])), (Self.owner, .declineCommitment),
            ])
        case .inReview, .opining, .inSession, .merging, .rechecking, .concluding, .rectifying:
            return review(rule, item, department, length, document, on: date, &random)
        case .granted, .grantedWithGaps, .issued, .checked:
            return granted(rule, item, department, document, &random)
        case .notAdmitted, .refused, .revoked, .returned, .withdrawn, .lapsed:
            return random.pick([
                (Self.owner, .appeal(route: random.pick(AppealRoute.allCases), grounds: "unlawful")),
                (Self.supervisor, .decideAppeal(outcome: random.pick(AppealOutcome.allCases), reason: "art. 68")),
                (Self.supervisor, .decideAppeal(outcome: .annulled, reason: "art. 68")),
            ])
        }
    }

    func review(
        _ rule: Item, _ item: ItemState, _ department: Actor, _ length: DayAmount, _ document: SuppliedMaterial,
        on date: LocalDate, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand) {
        if item.pause != nil, random.chance(60) {
            return random.pick([
                (department, .endSpecialProcedure(result: "done")), (department, .resume(reason: "settled")),
                (
                    Self.owner,
                    .supplySupplement(
                        materials: (item.supplement?.points ?? []).compactMap(\.material).map {
                            SuppliedMaterial(material: $0, hash: "s\(item.revision)\(item.attempt)")
                        })
                ),
                (department, .scheduleProcedure(date: date.adding(days: random.pick([-1, 1])))),
            ])
        }
        if item.gaps?.isBroken == true, random.chance(60) {
            return (department, .returnApplication(reason: "promise broken"))
        }
        return random.pick([
            (
                department,
                .beginSpecialProcedure(
                    kind: random.pick([.hearing, .siteVisit, .expertReview]), basis: "a", length: length)
            ),
            (department, .suspend(reason: "lawsuit", approver: "Head")),
            (department, .extend(by: .working(random.pick([2, 2, 50])), reason: "complex", approver: "Head")),
            (department, .requestSupplement(points: points(&random))),
            (department, .requestSupplement(points: [Point("sign")])),
            (
                Self.owner,
                .supplyGaps(
                    materials: (item.gaps?.materials ?? ["map"]).map {
                        SuppliedMaterial(material: $0, hash: "g\(item.revision)")
                    })
            ),
            (Self.owner, .withdraw(reason: "changed")),
            (department, .reviewLegality(agrees: random.chance(80), opinion: "lawful")), (department, .beginReview),
            (Self.owner, .commit(signer: "Owner")), (department, .decide(.granted)), (department, .conclude(.granted)),
            (department, conflict(item, &random)), (department, .resolveConflict(number: 1, resolution: "wall")),
            (Self.window, .proposeVisit(date: date.adding(days: random.pick([0, 1, 2, 7])), remote: false)),
            (Self.owner, .reopen(materials: [document], reason: "changed")),
            (Self.window, .decide(.granted)), (Self.window, .decide(.refused(reasons: "a", appeal: "b"))),
        ])
    }

    func granted(
        _ rule: Item, _ item: ItemState, _ department: Actor, _ document: SuppliedMaterial,
        _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand) {
        let supervising = Self.of(rule.provisions.supervisedBy ?? "housing", "A")
        return random.pick([
            (Self.window, .issue(documents: [])), (Self.window, .issue(documents: [])),
            (department, .check(finding: "kept")),
            (department, .revoke(reason: "false", basis: "art. 69")),
            (
                Self.supervisor,
                .drawCheck(
                    seed: "7", population: 3, inspectors: random.pick([["A", "B"], ["A"]]), within: .working(2))
            ),
            (supervising, .findBreach(finding: "false", within: random.pick([nil, .working(1)]))),
            (Self.owner, .reportRectified(note: "done")), (department, .extendPermit(reason: "winter")),
            (department, .extendPermit(reason: "winter")),
            (Self.window, .deliver(method: .courier, tracking: random.pick([nil, "SF1"]), recipient: "Owner")),
            (supervising, .acknowledge(note: "seen")), (Self.owner, .reopen(materials: [document], reason: "changed")),
            (Self.owner, .reopen(materials: [document], reason: "changed")),
            (
                Self.owner,
                .supplyGaps(
                    materials: (item.gaps?.materials ?? ["map"]).map {
                        SuppliedMaterial(material: $0, hash: "g\(item.revision)")
                    })
            ),
        ])
    }

    /// Any command there is, often at a wrong moment.
    func anything(
        _ item: Item, _ now: ItemState, _ state: CaseState, on date: LocalDate, _ random: inout SeededGenerator
    ) -> ItemCommand {
        let materials = random.pick([
            [], [Self.document(random.pick(["form", "map", "report", "unknown"]), state, &random)],
            state.materials.last.map { [SuppliedMaterial(material: $0.material, hash: $0.hash)] } ?? [],
        ])
        let reason = random.pick(["reason", "reason", ""])
        let points = points(&random)
        let participant = item.joint?.participants.last?.id ?? "x"
        let commands: [ItemCommand] = [
            .beginPreReview, .finishPreReview(advice: "fine"), .file(materials: materials),
            .requestCorrection(points: points), .supplyCorrection(materials: materials), .admit,
            .refuseAdmission(reason: reason, rightBody: nil), .sign(opinion: reason),
            .requestSupplement(points: points),
            .supplySupplement(materials: materials),
            .beginSpecialProcedure(
                kind: random.pick(SpecialProcedure.allCases), basis: reason, length: .working(random.pick([0, 1, 3]))),
            .endSpecialProcedure(result: "done"), .suspend(reason: reason, approver: random.pick(["A", "Head", "X"])),
            .resume(reason: reason), .extend(by: .working(random.pick([0, 5, 50])), reason: reason, approver: "Head"),
            .supplyGaps(materials: materials), .decide(refusal(state)), .returnApplication(reason: reason),
            .withdraw(reason: reason), .issue(documents: materials), .check(finding: reason),
            .revoke(reason: reason, basis: "art. 69"), .begin, .complete,
            .opine(participant: participant, verdict: verdict(now, participant, &random)),
            .opine(participant: "nobody", verdict: .pass), .merge(note: "list"),
            .rectify(materials: materials, note: "done"), .conclude(refusal(state)), .conclude(.granted),
            .holdSession(votes: [SessionVote(participant: participant, verdict: .pass, signer: "A")]),
            .recordVisit(
                votes: [
                    VisitVote(participant: participant, verdict: .pass, officers: random.pick([["A"], ["A", "B"]]))
                ],
                unsigned: [], record: nil),
            .answerVisit(participant: participant, dates: random.pick([[], [date], [date.adding(days: 1)]])),
            .resolveConflict(number: random.number(0...2), resolution: reason), .commit(signer: reason),
            .declineCommitment, .beginReview, .reviewLegality(agrees: true, opinion: reason),
            .scheduleProcedure(date: date), .deliver(method: .window, tracking: nil, recipient: reason),
            .acknowledge(note: ""), .handOut(notice: .correction, recipient: reason),
            .drawCheck(seed: reason, population: 0, inspectors: ["A", "B"], within: .working(0)),
            .findBreach(finding: reason, within: .working(0)), .reportRectified(note: reason),
            .appeal(route: .reconsideration, grounds: reason), .decideAppeal(outcome: .annulled, reason: reason),
            .extendPermit(reason: reason), .reopen(materials: materials, reason: reason),
            .proposeVisit(date: date, remote: true), conflict(now, &random),
        ]
        return random.pick(commands)
    }
}
