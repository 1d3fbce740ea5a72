import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// What people say who are asked: mostly yes.
extension People {
    func answer(
        _ request: WorkRequest, _ machine: CaseMachine, _ state: CaseState, on date: LocalDate,
        _ random: inout SeededGenerator
    ) -> ItemCommand {
        let id = request.participant ?? ""
        let item = state[item: request.item]
        let hasGaps = item?.gaps != nil
        let isKind = random.chance(60)
        switch request.ask {
        case .opine, .recheck:
            if !isKind, random.chance(30), item?.joint?.visit == nil {
                return .proposeVisit(date: visitDay(after: date, machine), remote: random.chance(30))
            }
            return .opine(participant: id, verdict: isKind ? .pass : verdict(item, id, &random))
        case .answerVisit(let proposed) where isKind: return .answerVisit(participant: id, dates: [proposed])
        case .answerVisit(let proposed):
            return .answerVisit(
                participant: id,
                dates: [visitDay(after: proposed, machine), visitDay(after: proposed.adding(days: 1), machine)])
        case .recordVisit(let ids):
            let present = ids.filter { _ in random.chance(80) }
            return .recordVisit(
                votes: present.map {
                    VisitVote(
                        participant: $0, verdict: random.chance(75) ? .pass : .fail(points: [Point("fence")]),
                        officers: ["A", "B"])
                }, unsigned: random.chance(15) ? Array(ids.filter { !present.contains($0) }.prefix(1)) : [],
                record: random.chance(85) ? VisitRecord(commitment: "a", guidance: "b", record: "c") : nil)
        case .holdSession(let ids):
            if random.chance(30) {
                return .proposeVisit(date: visitDay(after: date, machine), remote: random.chance(30))
            }
            return .holdSession(
                votes: ids.map {
                    SessionVote(
                        participant: $0, verdict: isKind ? .pass : .fail(points: [Point("fence")]),
                        signer: random.chance(85) ? "A、B" : "A")
                })
        case .decide:
            let decision: Decision = hasGaps && random.chance(80) ? .grantedWithGaps : .granted
            return .decide(random.chance(80) ? decision : random.pick([.grantedWithGaps, refusal(state)]))
        case .conclude(passed: true):
            return .conclude(random.chance(10) ? refusal(state) : hasGaps ? .grantedWithGaps : .granted)
        case .conclude(passed: false): return .conclude(random.chance(90) ? refusal(state) : .granted)
        // Mostly a promise is left to the last moment, or broken.
        case .supplyGaps where random.chance(60), .rectifyBreach where random.chance(50): return .withdraw(reason: "")
        case .admit where random.chance(25): return .requestCorrection(points: points(&random))
        case .admit where random.chance(6): return .refuseAdmission(reason: "not ours", rightBody: nil)
        case .file(let needed) where random.chance(60):
            return .file(
                materials: (needed + random.pick([[], ["map"], ["photos"]])).map { Self.document($0, state, &random) })
        case .commit where random.chance(30): return .declineCommitment
        case .check where random.chance(40):
            return .findBreach(finding: "false", within: random.pick([nil, .working(2)]))
        case .revoke where random.chance(60): return .check(finding: "kept")
        case .merge where random.chance(25): return conflict(item, &random)
        case .resolveConflict(let number) where random.chance(80):
            return .resolveConflict(number: number, resolution: "as drawn")
        default: return request.favourableAnswer(document: "\(state.version)")
        }
    }

    func visitDay(after date: LocalDate, _ machine: CaseMachine) -> LocalDate {
        machine.calendar.workingDay(onOrAfter: date.adding(days: 1))
    }

    func conflict(_ item: ItemState?, _ random: inout SeededGenerator) -> ItemCommand {
        let raised = (item?.joint?.participants ?? []).flatMap { participant in
            (participant.verdict?.points ?? []).map { ParticipantPoint(participant: participant.id, point: $0) }
        }
        let unknown = ParticipantPoint(participant: "x", point: Point("nothing"))
        guard raised.count > 1 else { return .markConflict(first: raised.first ?? unknown, second: unknown) }
        return .markConflict(first: random.pick(raised), second: random.pick(raised))
    }

    func points(_ random: inout SeededGenerator) -> [Point] {
        random.pick([
            [Point("sign")], [Point("map", material: "map")], [Point("exit")],
            [Point("form", material: "form", part: "1")],
            [Point("report", material: "report", part: "2")], [],
        ])
    }

    func verdict(_ item: ItemState?, _ id: String, _ random: inout SeededGenerator) -> Verdict {
        let known = item?.joint?.participants.first { $0.id == id }?.points ?? []
        if !known.isEmpty, random.chance(60) { return .fail(points: known) }
        return random.pick([
            .pass, .passWithConditions(points: [Point("keep clear")]), .fail(points: [Point("exit blocked")]),
            .fail(points: [Point("report", material: "report")]), .fail(points: [Point("wall"), Point("door")]),
            .notInvolved,
        ])
    }

    func refusal(_ state: CaseState) -> Decision {
        .refused(reasons: "reason \(state.version % 3)", appeal: state.version % 9 == 0 ? "" : "court within 6 months")
    }
}
