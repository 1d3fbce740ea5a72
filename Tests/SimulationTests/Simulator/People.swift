import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// The people around a case: mostly they do what they are asked, often something else, sometimes at a wrong moment, by a
/// wrong hand or twice.
struct People {
    private let workload: Workload
    var play: ScenarioPlay?
    /// The scenario's act that nobody has answered yet.
    private(set) var acting: Int?
    /// Cards, keys and the like that were heard of, for use at a wrong moment.
    var usedKeys: [(key: CommandKey, caseID: CaseID, command: CaseCommand, actor: Actor)] = []

    init(_ workload: Workload) {
        self.workload = workload
        play = workload.scenario.map { ScenarioPlay($0) }
        isPlayOver = workload.scenario == nil
    }

    // MARK: Scenarios

    /// Whether there is no scenario, or nothing is left of it to do.
    private(set) var isPlayOver: Bool

    mutating func nextAct(_ audit: Audit) -> Scenario.Act? {
        guard acting == nil, !isPlayOver, let planned = workload.cases.first else { return nil }
        let known = audit.cases[planned.id]
        guard let machine = known?.machine ?? workload.book.machine(for: CaseGoverning(planned.opening)) else {
            return nil
        }
        let act = play?.next(machine: machine, state: known?.state ?? CaseState())
        isPlayOver = act == nil
        return act
    }

    mutating func act(as request: Int) { acting = request }

    mutating func heard(_ answer: Request.Answer, of request: Request, _ audit: Audit) {
        guard acting == request.id, let planned = workload.cases.first else { return }
        let outcome: ScenarioPlay.Outcome
        switch answer {
        case .accepted(let events, _, _): outcome = .success(events)
        case .refused: outcome = .failure(.caseNotOpen)
        case .unknown, .entered: return
        }
        acting = nil
        let known = audit.cases[planned.id]
        guard let machine = known?.machine ?? workload.book.machine(for: CaseGoverning(planned.opening)) else { return }
        // What the scenario expected is for other tests; here it only goes on.
        play?.record(outcome, machine: machine, state: known?.state ?? CaseState())
    }

    // MARK: Actors

    static let owner = Actor(role: .applicant, name: "Owner")
    static let window = Actor(role: .window, name: "A")
    static let supervisor = Actor(role: .supervisor, name: "A")
    static let designer = Actor(role: .designer, name: "Designer")

    static func of(_ department: String, _ name: String) -> Actor {
        Actor(role: .department, department: department, name: name)
    }

    static func actor(for party: Party, _ random: inout SeededGenerator) -> Actor {
        switch party {
        case .applicant: random.chance(10) ? Actor(role: .agent, name: "Agent") : owner
        case .window: window
        case .supervisor: supervisor
        case .department(let id): of(id, random.pick(["A", "A", "B", "B", "C", "Head"]))
        }
    }

    private static func anybody(_ item: Item, _ random: inout SeededGenerator) -> Actor {
        let name = random.pick(["A", "B", "C", "Head", "Stranger"])
        return random.pick([
            owner, window, supervisor, of(item.department ?? "x", name), of(item.department ?? "x", name),
            of(item.joint?.participants.first?.department ?? "y", name),
            Actor(role: .agent, name: name == "A" ? "Agent" : "X"),
            Actor(role: .window, name: name),
        ])
    }

    // MARK: What they do

    /// What somebody does who looks at a case as it stood there.
    func next(
        _ machine: CaseMachine, _ state: CaseState, on date: LocalDate, bent: Bent, faults: Int,
        _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand) {
        if random.chance(30), let (actor, command) = follow(bent, machine, state, on: date, &random) {
            return (actor, command)
        }
        let oversight = machine.oversightRequests(in: state)
        if random.chance(oversight.isEmpty ? 4 : 14) {
            return supervision(machine, state, oversight, on: date, &random)
        }
        if random.chance(2) { return ofCase(machine, state, &random) }
        let requests = machine.requests(in: state)
        if !random.chance(12 + faults / 2), !requests.isEmpty {
            let request = random.pick(requests)
            return (
                Self.actor(for: request.party, &random),
                .item(request.item, answer(request, machine, state, on: date, &random))
            )
        }
        guard !machine.plan.items.isEmpty, !state.items.isEmpty else { return (Self.owner, .withdrawCase(reason: "")) }
        let index = random.number(0...min(machine.plan.items.count, state.items.count) - 1)
        let item = machine.plan.items[index].item
        if random.chance(80), let (actor, command) = plausible(item, state.items[index], on: date, &random) {
            return (actor, .item(item.id, command))
        }
        let name = random.chance(2) ? "nowhere" : item.id
        return (Self.anybody(item, &random), .item(name, anything(item, state.items[index], state, on: date, &random)))
    }

    static func document(_ material: String, _ state: CaseState, _ random: inout SeededGenerator) -> SuppliedMaterial {
        SuppliedMaterial(
            material: material, hash: "\(state.version)", validUntil: nil,
            parts: random.chance(20) ? [random.pick(["1", "2"])] : nil)
    }

    private func answer(
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

    private func visitDay(after date: LocalDate, _ machine: CaseMachine) -> LocalDate {
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

    private func points(_ random: inout SeededGenerator) -> [Point] {
        random.pick([
            [Point("sign")], [Point("map", material: "map")], [Point("exit")],
            [Point("form", material: "form", part: "1")],
            [Point("report", material: "report", part: "2")], [],
        ])
    }

    private func verdict(_ item: ItemState?, _ id: String, _ random: inout SeededGenerator) -> Verdict {
        let known = item?.joint?.participants.first { $0.id == id }?.points ?? []
        if !known.isEmpty, random.chance(60) { return .fail(points: known) }
        return random.pick([
            .pass, .passWithConditions(points: [Point("keep clear")]), .fail(points: [Point("exit blocked")]),
            .fail(points: [Point("report", material: "report")]), .fail(points: [Point("wall"), Point("door")]),
            .notInvolved,
        ])
    }

    private func refusal(_ state: CaseState) -> Decision {
        .refused(reasons: "reason \(state.version % 3)", appeal: state.version % 9 == 0 ? "" : "court within 6 months")
    }

    /// Something that nobody asked for and that the status of an item may allow, by the right hand.
    private func plausible(
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

    private func review(
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

    private func granted(
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
    private func anything(
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
            .acknowledge(note: ""),
            .drawCheck(seed: reason, population: 0, inspectors: ["A", "B"], within: .working(0)),
            .findBreach(finding: reason, within: .working(0)), .reportRectified(note: reason),
            .appeal(route: .reconsideration, grounds: reason), .decideAppeal(outcome: .annulled, reason: reason),
            .extendPermit(reason: reason), .reopen(materials: materials, reason: reason),
            .proposeVisit(date: date, remote: true), conflict(now, &random),
        ]
        return random.pick(commands)
    }
}
