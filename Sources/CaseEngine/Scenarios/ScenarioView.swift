import WorkCalendar
import WorkflowModel

/// What a scenario may expect of a case, by name: what is stored, and what is derived from it.
struct ScenarioView {
    let machine: CaseMachine
    let state: CaseState
    /// The date at whose closing it is looked at.
    let on: LocalDate

    static let names = ["case", "stages", "items", "turn", "why", "requests", "cards", "timers"]
    /// Those whose members are items.
    static let byItem = ["items", "turn", "why"]
    /// Those of which a scenario lists what has to be there, among others.
    private static let open = ["requests", "timers"]

    /// The first thing that is not as a part of an expectation says.
    func mismatch(with expected: YAMLEntry) -> Mismatch? {
        if expected.key == "why" { return mismatch(ofReasons: expected) }
        let value = value(expected.key)
        guard Self.open.contains(expected.key), case .list(let wanted) = expected.value.content,
            case .list(let found) = value
        else { return value.mismatch(with: expected.value, path: [expected.key]) }
        let missing = wanted.first { node in !found.contains { $0.mismatch(with: node) == nil } }
        return missing.map {
            Mismatch(span: $0.span, path: [expected.key], expected: ScenarioValue($0).words, found: value.words)
        }
    }

    /// The rules that explain an item: those that are listed have to be among them.
    private func mismatch(ofReasons expected: YAMLEntry) -> Mismatch? {
        guard case .map(let entries) = expected.value.content else { return nil }
        for entry in entries {
            let index = machine.plan.index(of: entry.key)
            let ids = index.map { machine.reasons(ofItemAt: $0, in: state, on: on).map(\.rule.id) } ?? []
            let wanted: [YAMLNode] = if case .list(let nodes) = entry.value.content { nodes } else { [entry.value] }
            if let missing = wanted.first(where: { !ids.contains($0.text ?? "") }) {
                return Mismatch(
                    span: missing.span, path: ["why", entry.key], expected: ScenarioValue(missing).words,
                    found: "[\(ids.joined(separator: ", "))]")
            }
        }
        return nil
    }

    private func value(_ name: String) -> ScenarioValue {
        switch name {
        case "case":
            ScenarioValue(
                reflecting: state, except: ["items", "stages", "cards", "views", "dues", "openings", "amended"])
        case "stages": map(state.stages.map { ($0.id, ScenarioValue(reflecting: $0)) })
        case "items": map(state.items.map { ($0.id, item($0)) })
        case "turn": map(state.items.map { ($0.id, turn(of: $0.id)) })
        case "requests": .list(machine.requests(in: state).map(request))
        case "timers": .list(machine.timers(in: state).map { ScenarioValue(reflecting: $0) })
        default: .list(state.cards.map { ScenarioValue(reflecting: $0) })
        }
    }

    private func map(_ members: [(String, ScenarioValue)]) -> ScenarioValue { .map(members, leavesOut: false) }

    private func item(_ item: ItemState) -> ScenarioValue {
        ScenarioValue(reflecting: item)
            .adding("used", .text(String(daysUsed(by: item))))
            .adding("stopped", .text(item.isStopped ? "true" : "false"))
    }

    /// The days that count on the item's own clock, from its start to the date.
    private func daysUsed(by item: ItemState) -> Int {
        guard let index = machine.plan.index(of: item.id) else { return 0 }
        let clock = machine.plan.items[index].item.clock
        let periods = machine.heldTimes(in: state).filter { $0.item == item.id && $0.holder == clock }.map(\.period)
        guard let from = periods.map(\.start).min(), from < on else { return 0 }
        return Measures.ledger(of: periods, after: from, through: on, on: machine.calendar).entries.last?.total ?? 0
    }

    private func request(_ request: WorkRequest) -> ScenarioValue {
        guard case .map(let members, _) = ScenarioValue(reflecting: request, except: ["party"]) else { return .none }
        return map(members + [("party", .text(request.party.word))])
    }

    /// Whose turn it is with an item: nobody's, somebody's, or that of several.
    private func turn(of item: String) -> ScenarioValue {
        var parties: [String] = []
        for request in machine.requests(in: state) where request.item == item && !parties.contains(request.party.word) {
            // To hand out what a department wrote is an errand: the item waits for who has to answer it.
            if case .handOut = request.ask { continue }
            parties.append(request.party.word)
        }
        return switch parties.count {
        case 0: .text("nobody")
        case 1: .text(parties[0])
        default: .list(parties.map { .text($0) })
        }
    }
}

extension Party {
    /// The role or the id of the department.
    fileprivate var word: String {
        switch self {
        case .applicant: "applicant"
        case .window: "window"
        case .supervisor: "supervisor"
        case .department(let id): id
        }
    }
}
