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
}
