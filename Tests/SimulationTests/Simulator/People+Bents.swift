import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// What the people of one history are keen on, so that rare things meet each other often enough somewhere.
enum Bent: CaseIterable, Sendable {
    case nothing, supervision, pauses, contests, changes, promises, visits
    /// Forms for whole stages, and materials from elsewhere.
    case forms

    init(of seed: UInt64) {
        let usual = Bent.allCases.filter { $0 != .forms }
        self = seed % 50 == 33 ? .forms : usual[Int(seed % UInt64(usual.count))]
    }
}

extension People {
    /// Something that the bent of a history makes people do; `nil` when there is no occasion.
    func follow(
        _ bent: Bent, _ machine: CaseMachine, _ state: CaseState, on date: LocalDate, _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand)? {
        if bent == .supervision {
            return supervision(machine, state, machine.oversightRequests(in: state), on: date, &random)
        }
        guard bent != .nothing else { return nil }
        if bent == .visits, random.chance(15) { return booking(state, on: date, &random) }
        if bent == .forms { return forming(machine, state, &random) }
        let places = state.items.indices.filter { suits(bent, state.items[$0], machine.rules.item($0)) }
        guard let place = places.randomElement(using: &random) else { return nil }
        let (item, rule) = (state.items[place], machine.rules.item(place))
        let chosen: (Actor, ItemCommand)? =
            switch bent {
            case .pauses: pausing(item, rule, on: date, &random)
            case .contests: contesting(item, rule, &random)
            case .changes: changing(item, rule, &random)
            case .promises: promising(item, rule, &random)
            case .visits: visiting(item, rule, machine, on: date, &random)
            case .nothing, .supervision, .forms: nil
            }
        return chosen.map { ($0.0, .item(item.id, $0.1)) }
    }

    private func suits(_ bent: Bent, _ item: ItemState, _ rule: ItemRule) -> Bool {
        switch bent {
        case .pauses: item.status.isUnderReview
        case .contests: item.status.isUnderReview || [.refused, .notAdmitted, .revoked].contains(item.status)
        case .changes: rule.route == .joint && (item.status.isUnderReview || item.status.isFinished)
        case .promises: rule.route != .work && (item.status.isUnderReview || item.status.isFinished)
        case .visits: item.status == .inSession || item.status == .opining || item.status == .rechecking
        case .nothing, .supervision, .forms: false
        }
    }

    /// Somebody books, moves, cancels or keeps an appointment.
    private func booking(
        _ state: CaseState, on date: LocalDate, _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand)? {
        guard let item = state.items.randomElement(using: &random) else { return nil }
        let day = date.adding(days: random.pick([-1, 0, 1, 1, 2, 3, 40]))
        let at = random.pick([TimeOfDay("09:15"), TimeOfDay("09:20"), TimeOfDay("20:00")])!  // times of day
        if item.openAppointment == nil || random.chance(10) {
            let purpose: AppointmentPurpose = random.pick([.window, .window, .home, .inspection])
            return (
                random.pick([Self.owner, Self.owner, Self.window]),
                .item(item.id, .book(purpose: purpose, date: day, at: at, place: nil))
            )
        }
        let wishes: [(Actor, ItemCommand)] = [
            (Self.owner, .rebook(date: day, at: at)), (Self.owner, .cancelAppointment(reason: "ill")),
            (Self.window, .keepAppointment), (Self.window, .keepAppointment),
        ]
        let (actor, command) = random.pick(wishes)
        return (actor, .item(item.id, command))
    }

    private func officer(_ rule: ItemRule, _ random: inout SeededGenerator) -> Actor {
        Self.of(rule.department ?? "x", random.pick(["A", "B", "C", "Head"]))
    }

    private func pausing(
        _ item: ItemState, _ rule: ItemRule, on date: LocalDate, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let officer = officer(rule, &random)
        if item.aftermath?.response?.date == nil, item.aftermath?.response != nil, random.chance(50) {
            return (officer, .scheduleProcedure(date: date.adding(days: 1)))
        }
        if let pause = item.pause {
            return random.pick([
                (officer, .endSpecialProcedure(result: "done")), (officer, .resume(reason: "settled")),
                (
                    Self.owner,
                    .supplySupplement(
                        materials: (item.supplement?.points ?? []).compactMap(\.material).map {
                            SuppliedMaterial(material: $0, hash: "s\(item.revision)\(item.attempt)")
                        })
                ), (officer, .scheduleProcedure(date: date.adding(days: random.pick([-1, 1, 1])))),
                (officer, .scheduleProcedure(date: pause.since.adding(days: 3))),
                (
                    officer,
                    .recordAnswer(agrees: random.chance(70), signer: "Director", document: "7", opinion: "seen")
                ),
                (officer, .extend(by: .working(2), reason: "complex", approver: "Head")),
            ])
        }
        return random.pick([
            (
                officer,
                .beginSpecialProcedure(
                    kind: random.pick([.siteVisit, .siteVisit, .hearing, .expertReview]), basis: "a",
                    length: .working(random.pick([1, 3, 9])))
            ),
            (
                officer,
                .refer(
                    level: .provincial, authority: "Province", opinion: "agreed", within: .working(random.pick([2, 9])))
            ), (officer, .suspend(reason: "lawsuit", approver: "Head")),
            (officer, .extend(by: .working(2), reason: "complex", approver: "Head")),
            (officer, .extend(by: .working(2), reason: "complex", approver: "Head")),
            (officer, .requestSupplement(points: [Point("sign")])),
            (officer, .requestSupplement(points: [Point("seal")])),
        ])
    }

    private func contesting(
        _ item: ItemState, _ rule: ItemRule, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let officer = officer(rule, &random)
        let refusal = Decision.refused(reasons: random.pick(["same", "same", "other"]), appeal: "court")
        if item.status.isUnderReview {
            return random.pick([
                (officer, .decide(refusal)), (officer, .decide(refusal)), (officer, .conclude(refusal)),
                (officer, .sign(opinion: "no")), (officer, .reviewLegality(agrees: true, opinion: "lawful")),
            ])
        }
        return random.pick([
            (Self.owner, .appeal(route: .reconsideration, grounds: "unlawful")),
            (Self.owner, .appeal(route: .reconsideration, grounds: "unlawful")),
            (Self.owner, .appeal(route: .court, grounds: "unlawful")),
            (Self.supervisor, .decideAppeal(outcome: .annulled, reason: "art. 68")),
            (Self.supervisor, .decideAppeal(outcome: random.pick([.upheld, .withdrawn]), reason: "art. 68")),
        ])
    }

    private func changing(
        _ item: ItemState, _ rule: ItemRule, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let officer = officer(rule, &random)
        let document = SuppliedMaterial(
            material: random.pick(["report", "map", "form"]), hash: "c\(item.revision)\(item.attempt)",
            parts: random.pick([nil, ["1"], ["2"]]))
        if item.status.isFinished { return (Self.owner, .reopen(materials: [document], reason: "changed")) }
        if [.opining, .merging].contains(item.status), random.chance(50) {
            return random.pick([
                (officer, conflict(item, &random)), (officer, conflict(item, &random)), (officer, .merge(note: "list")),
                (officer, .resolveConflict(number: 1, resolution: "as drawn")),
            ])
        }
        return random.pick([
            (Self.owner, .reopen(materials: [document], reason: "changed")), (officer, .conclude(.granted)),
            (officer, .conclude(.refused(reasons: "changed for the worse", appeal: "court"))),
            (officer, .reviewLegality(agrees: true, opinion: "lawful")), (Self.owner, .withdraw(reason: "as before")),
        ])
    }

    private func promising(
        _ item: ItemState, _ rule: ItemRule, _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let officer = officer(rule, &random)
        let supervising = Self.of(rule.provisions.supervisedBy ?? "housing", "A")
        if item.status.isUnderReview {
            return random.pick([
                (Self.owner, .commit(signer: "Owner")), (Self.owner, .commit(signer: "Owner")),
                (officer, .decide(item.gaps == nil ? .granted : .grantedWithGaps)), (Self.owner, .declineCommitment),
            ])
        }
        if item.aftermath?.suspended != nil, random.chance(40) { return (Self.window, .issue(documents: [])) }
        if item.aftermath?.lapse != nil, random.chance(30) { return (officer, .extendPermit(reason: "winter")) }
        return random.pick([
            (
                Self.supervisor,
                .drawCheck(
                    seed: "7", population: 3, inspectors: random.pick([["A", "B"], ["A"]]), within: .working(2))
            ), (supervising, .findBreach(finding: "false", within: random.pick([nil, .working(1)]))),
            (Self.supervisor, .findBreach(finding: "false", within: nil)), (Self.owner, .reportRectified(note: "done")),
            (Self.window, .issue(documents: [])), (officer, .revoke(reason: "false", basis: "art. 69")),
            (officer, .extendPermit(reason: "winter")),
            (Self.window, .deliver(method: .courier, tracking: random.pick([nil, "SF1"]), recipient: "Owner")),
            (
                Self.owner,
                .supplyGaps(
                    materials: (item.gaps?.materials ?? ["map"]).map {
                        SuppliedMaterial(material: $0, hash: "g\(item.revision)")
                    })
            ),
        ])
    }

    private func visiting(
        _ item: ItemState, _ rule: ItemRule, _ machine: CaseMachine, on date: LocalDate,
        _ random: inout SeededGenerator
    ) -> (Actor, ItemCommand)? {
        let asked = item.joint?.outstanding ?? []
        let next = machine.calendar.workingDay(onOrAfter: date.adding(days: 1))
        guard let visit = item.joint?.visit else {
            return (Self.window, .proposeVisit(date: next, remote: random.chance(40)))
        }
        guard let fixed = visit.fixed else {
            let id = asked.first { id in !visit.answers.contains { $0.participant == id } } ?? "x"
            let department = rule.joint?.participants.first { $0.id == id }?.department ?? "x"
            return (
                Self.of(department, "A"),
                .answerVisit(participant: id, dates: random.pick([[visit.proposed], [visit.proposed], [next]]))
            )
        }
        let votes = asked.prefix(random.number(1...max(1, asked.count))).map { id in
            VisitVote(
                participant: id, verdict: random.pick([.pass, .pass, .fail(points: [Point("fence")])]),
                officers: random.pick([["A", "B"], ["A", "B"], ["A"]]))
        }
        if fixed != date, random.chance(70) { return (Self.window, .proposeVisit(date: next, remote: true)) }
        return (
            Self.window,
            .recordVisit(
                votes: votes, unsigned: [],
                record: random.chance(80) ? VisitRecord(commitment: "a", guidance: "b", record: "c") : nil)
        )
    }
}
