import CaseEngine
import Synchronization
import WorkCalendar
import WorkflowModel

/// Texts that have been read, and the rules made from them (规则簿): what decisions may use without waiting.
final class RuleBook: Sendable {
    fileprivate struct Pages {
        /// By id and version.
        var workflows: [[String]: (definition: WorkflowDefinition, hash: String)] = [:]
        var calendars: [[String]: WorkCalendar] = [:]
        /// Rules by everything they depend on, which is all of an opening but the project's name.
        var machines: [CaseGoverning: CaseMachine] = [:]
        /// How urgent the items of their plans are.
        var ranks: [CaseGoverning: TaskRanks] = [:]
    }

    private let pages = Mutex(Pages())

    /// Projects share rules when their facts are equal; a bound keeps a store of unequal ones from filling memory.
    private static let machineLimit = 256

    func put(_ workflow: WorkflowDefinition, _ id: String, _ version: String, _ hash: String) {
        pages.withLock { $0.workflows[[id, version]] = (workflow, hash) }
    }

    func put(_ calendar: WorkCalendar, _ id: String, _ version: String) {
        pages.withLock { $0.calendars[[id, version]] = calendar }
    }

    func hash(of id: String, _ version: String) -> String? { pages.withLock { $0.workflows[[id, version]]?.hash } }

    func workflow(_ id: String, _ version: String, _ hash: String) -> WorkflowDefinition? {
        pages.withLock { $0.workflow(id, version, hash) }
    }

    func hasCalendar(_ id: String, _ version: String) -> Bool { pages.withLock { $0.calendars[[id, version]] != nil } }

    func calendar(_ id: String, _ version: String) -> WorkCalendar? {
        pages.withLock { $0.calendars[[id, version]] }
    }

    func known(_ governing: CaseGoverning) -> CaseMachine? { pages.withLock { $0.machines[governing] } }

    /// The rules that a governing stands for; `nil` when one of its texts has not been read.
    func machine(for governing: CaseGoverning) -> CaseMachine? {
        pages.withLock { pages in
            if let known = pages.machines[governing] { return known }
            let machine = CaseMachine(
                governing, definition: { pages.workflow(governing.workflow, $0, $1) },
                calendarOf: { pages.calendars[[governing.calendar, $0]] })
            guard let machine else { return nil }
            if pages.machines.count >= Self.machineLimit { pages.machines.removeAll() }
            pages.machines[governing] = machine
            return machine
        }
    }

    /// How urgent the items of a case's plan are; its network is solved for the first case of that plan.
    func ranks(of machine: CaseMachine, in state: CaseState) -> TaskRanks {
        guard let governing = state.governing else { return .none }
        if let known = pages.withLock({ $0.ranks[governing] }) { return known }
        let ranks = TaskRanks(machine.plan)
        pages.withLock { pages in
            if pages.ranks.count >= Self.machineLimit { pages.ranks.removeAll() }
            pages.ranks[governing] = ranks
        }
        return ranks
    }
}

extension RuleBook.Pages {
    fileprivate func workflow(_ id: String, _ version: String, _ hash: String) -> WorkflowDefinition? {
        guard let found = workflows[[id, version]], found.hash == hash else { return nil }
        return found.definition
    }
}
