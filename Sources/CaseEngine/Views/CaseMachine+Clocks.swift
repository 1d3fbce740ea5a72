import WorkCalendar
import WorkflowModel

/// The clocks of one item (事项计时): what is promised and what the law allows, each counted for itself.
public struct ItemClocks: Hashable, Sendable {
    /// Against the promised limit 承诺时限; `nil` when nothing was promised.
    public let promised: ApprovalClock?
    /// Against the statutory limit 法定时限; `nil` when the law sets none.
    public let statutory: ApprovalClock?
    /// Whether the item is admitted and undecided, or being worked on, so that its clock runs or stands still.
    public let isOpen: Bool
    /// Whether it stands still now.
    public let isStopped: Bool

    /// The clock that a deadline is told by: the promised one where there is one.
    public var leading: ApprovalClock? { promised ?? statutory }
}

extension CaseMachine {
    /// The clocks of an item; `nil` before they start, and where no limit is set.
    ///
    /// - Parameter index: the item's position in the plan.
    public func clocks(ofItemAt index: Int, in state: CaseState) -> ItemClocks? {
        let item = state.items[index]
        let rule = rules.item(index)
        let isWork = rule.route == .work
        guard let start = isWork ? item.startedOn : rules.clockStart(of: item, at: index) else { return nil }
        let isOpen = item.status.isClocked || item.status == .rectifying
        let end = isOpen ? nil : item.endedOn ?? item.finishedOn
        func clock(_ limit: DayAmount) -> ApprovalClock {
            let extensions = item.extended.map { $0.amount.unit == limit.unit ? [$0] : [] } ?? []
            return ApprovalClock(
                calendar: calendar, admitted: start, limit: limit, stops: item.stops, extensions: extensions, end: end)
        }
        let (promised, statutory) = (rule.limit, rule.statutoryLimit?.limit)
        guard promised != nil || statutory != nil else { return nil }
        return ItemClocks(
            promised: promised.map(clock), statutory: statutory.map(clock), isOpen: isOpen, isStopped: item.isStopped)
    }
}
