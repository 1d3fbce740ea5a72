import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// Cards, ratings, complaints and what is followed up; and what is done to a whole case.
extension People {
    func supervision(
        _ machine: CaseMachine, _ state: CaseState, _ requests: [OversightRequest], on date: LocalDate,
        _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand) {
        if !requests.isEmpty, random.chance(60) {
            let request = random.pick(requests)
            let actor = Self.actor(for: request.party, &random)
            switch request.ask {
            case .explainCard: return (actor, .explainCard(card: request.subject, explanation: "many cases"))
            case .reviewCard:
                return (
                    actor,
                    random.chance(50)
                        ? .liftCard(card: request.subject, reason: "a")
                        : .confirmCard(card: request.subject, reason: "a")
                )
            case .answer:
                let outcome = random.pick([BadRatingOutcome.fixedAtOnce, .fixedByDate, .explained])
                return (
                    actor,
                    .supervise(
                        .answer(
                            matter: request.subject, answer: "done", outcome: random.chance(85) ? outcome : nil,
                            by: date.adding(days: random.pick([3, 3, -1]))))
                )
            case .callBack:
                return (
                    actor, .supervise(.callBack(matter: request.subject, isSatisfied: random.chance(50), note: "a"))
                )
            case .close: return (actor, .supervise(.close(matter: request.subject, note: "a")))
            }
        }
        let command = anySupervision(machine, state, on: date, &random)
        let actor = random.chance(75) ? rightHand(command, state) : wrongHand(&random)
        return (actor, .supervise(command))
    }

    private func rightHand(_ command: SupervisionCommand, _ state: CaseState) -> Actor {
        let agent = Actor(role: .agent, name: "Agent")
        func office(_ id: String) -> Actor {
            if state.certificatePromise?.matter == id { return agent }
            return Self.of(state.oversight?.matters.first { $0.id == id }?.office ?? "planning", "A")
        }
        return switch command {
        case .rate, .complain: Self.owner
        case .putIssue: Self.of("planning", "A")
        case .answer(let id, _, _, _), .extend(let id, _, _, _), .escalate(let id, _): office(id)
        case .callBack: Self.window
        case .promiseCertificate: agent
        case .raiseCard, .noteAccountability, .followUp, .close: Self.supervisor
        }
    }

    private func wrongHand(_ random: inout SeededGenerator) -> Actor {
        random.pick([
            Self.supervisor, Self.supervisor, Self.supervisor, Self.owner, Self.owner, Self.window,
            Self.of("planning", "A"), Self.of("housing", "A"), Self.of("bureau", "A"), Self.of("city", "A"),
        ])
    }

    private func anySupervision(
        _ machine: CaseMachine, _ state: CaseState, on date: LocalDate, _ random: inout SeededGenerator
    ) -> SupervisionCommand {
        // What was rated, or had a card, is rated again and has another one.
        let familiar =
            state.oversight?.ratings.last?.item ?? state.cards.last?.item
            ?? state.items.first { $0.status.isFinished && $0.attempt > 0 }?.id
        let known = familiar.flatMap { machine.plan[$0]?.item }
        let item = known.flatMap { random.chance(60) ? $0 : nil } ?? random.pick(machine.plan.items).item
        let named: String? = random.pick([item.id, item.id, item.id, nil, "nowhere"])
        let department: String? = random.pick([nil, nil, "planning", "nobody"])
        let confirmed = state.cards.filter { $0.standing == .confirmed && $0.level >= .red }
        let card =
            confirmed.randomElement(using: &random)?.id ?? state.cards.randomElement(using: &random)?.id ?? "none"
        let matters = state.oversight?.matters ?? []
        let matter = matters.isEmpty || random.chance(8) ? "none" : random.pick(matters).id
        let text = random.pick(["words", "words", "words", "words", "words", ""])
        func first(_ kind: MatterKind, _ status: MatterStatus) -> String {
            matters.first { $0.kind == kind && $0.status == status }?.id ?? matter
        }
        return random.pick([
            .extend(
                matter: first(.complaint, .open), by: .working(1), reason: "many cases", approver: "Head"),
            .close(matter: first(.badRating, .answered), note: text),
            .raiseCard(
                item: item.id, participant: random.pick([nil, nil, item.joint?.participants.first?.id, "nobody"]),
                rule: .unlawfulCharge, level: random.pick([.yellow, .red]),
                evidence: text),
            .noteAccountability(card: card, measure: random.pick(AccountabilityMeasure.allCases), note: text),
            .rate(
                item: item.id, step: random.pick(RatedStep.allCases), score: random.pick([0, 1, 2, 4, 5, 5]),
                channel: .web, comment: text),
            .rate(item: item.id, step: .decision, score: random.pick([1, 5]), channel: .web, comment: text),
            .followUp(
                item: named, department: department, demand: text,
                due: random.pick([nil, date.adding(days: -1), date.adding(days: 2)])),
            .putIssue(item: named, department: department, question: text),
            .complain(item: named, department: department, text: text),
            .answer(matter: matter, answer: text, outcome: nil, by: nil),
            .extend(
                matter: matter, by: random.pick([.working(0), .working(2), .working(2), .working(90)]), reason: text,
                approver: "Head"),
            .escalate(matter: matter, reason: text),
            .callBack(matter: matter, isSatisfied: random.chance(50), note: text),
            .close(matter: matter, note: text),
            .promiseCertificate(by: date.adding(days: random.pick([-1, 1, 9, 30])), reason: text),
        ])
    }

    func ofCase(
        _ machine: CaseMachine, _ state: CaseState, _ random: inout SeededGenerator
    ) -> (Actor, CaseCommand) {
        let reason: String? = random.pick([nil, "reason", ""])
        let card = state.cards.isEmpty || random.chance(20) ? "none" : random.pick(state.cards).id
        let lead = machine.plan.workflow.stages.compactMap(\.lead).first ?? "housing"
        let opening = machine.emptyOpening
        return random.pick([
            (Self.window, .openGreenChannel(reason: reason)), (Self.of(lead, "A"), .closeGreenChannel(reason: reason)),
            (Self.of(lead, "A"), .openGreenChannel(reason: reason)), (Self.window, .closeGreenChannel(reason: reason)),
            (Self.supervisor, .liftCard(card: card, reason: "a")),
            (Self.supervisor, .confirmCard(card: card, reason: "a")),
            (Self.owner, .open(opening)), (Self.of("water", "A"), .cancelCase(reason: "a")),
            (Self.owner, .withdrawCase(reason: random.chance(12) ? "given up" : "")),
            (Self.of(lead, "A"), .cancelCase(reason: random.chance(12) ? "plan changed" : "")),
        ])
    }

}

extension CaseMachine {
    /// An opening that nobody asked for.
    var emptyOpening: CaseOpening {
        CaseOpening(
            project: "other", title: plan.workflow.title, owner: nil, workflow: plan.workflow.id,
            version: plan.workflow.version, definition: "0", calendar: calendar.id, calendarVersion: calendar.version,
            facts: plan.facts)
    }
}

extension CaseOpening {
    func with(fact: String, _ value: FactValue) -> CaseOpening {
        var facts = facts
        facts[fact] = value
        return copy(definition: definition, facts: facts)
    }

    func on(definition: String) -> CaseOpening { copy(definition: definition, facts: facts) }

    private func copy(definition: String, facts: [String: FactValue]) -> CaseOpening {
        CaseOpening(
            project: project, title: title, owner: owner, ownerCode: ownerCode, workflow: workflow, version: version,
            definition: definition, calendar: calendar, calendarVersion: calendarVersion, facts: facts, works: works,
            codeSource: codeSource)
    }
}
