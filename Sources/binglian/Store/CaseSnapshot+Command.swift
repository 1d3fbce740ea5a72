import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension CaseSnapshot {
    /// Where an item that somebody named stands in the plan.
    func position(of item: String) throws -> Int {
        guard let position = machine.plan.index(of: item) else {
            throw CommandFailure(
                zh: "办件 \(id) 没有事项“\(item)”。用 binglian case show 查看事项编号。",
                en: "case \(id) has no item '\(item)'; binglian case show lists the ids.")
        }
        return position
    }

    /// As of when the case is looked at: the wanted date, else today, or the case's last day when it is over.
    func date(wanted: LocalDate?) -> LocalDate {
        if let wanted { return wanted }
        let last = state.asOf ?? state.openedOn ?? OfficeDate.today
        return state.status == .open ? max(last, OfficeDate.today) : last
    }
}
