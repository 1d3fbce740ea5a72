import CaseEngine
import WorkCalendar
import WorkflowModel

/// Where one item of a live case stands, as screens and pictures show it (事项现状).
public struct ItemStanding: Sendable {
    public let item: Item
    public let stage: String
    public let state: WorkState
    /// What the engine says more exactly, where the word alone leaves it open: 补正中, 联合勘验中.
    public let detail: LocalizedText?
    public let deadline: DeadlineStanding?
    public let clocks: ItemClocks?
    public let started: LocalDate?
    public let finished: LocalDate?

    /// - Parameter index: the item's position in the plan.
    public init(_ index: Int, of machine: CaseMachine, in state: CaseState, on today: LocalDate) {
        let planned = machine.plan.items[index]
        let item = state.items[index]
        let clocks = machine.clocks(ofItemAt: index, in: state)
        self.item = planned.item
        stage = planned.stage
        let word = WorkState(item.status)
        // A clock that stands still is what there is to know of an item in review.
        self.state = word == .inProgress && item.isStopped ? .waiting : word
        detail = Self.detail(of: item)
        self.clocks = clocks
        deadline =
            item.status == .filed
            ? item.admitBy.map { DeadlineStanding($0, on: today, calendar: machine.calendar) }
            : DeadlineStanding(clocks, of: item, on: today, calendar: machine.calendar)
        started = item.startedOn
        finished = item.finishedOn
    }

    private static func detail(of item: ItemState) -> LocalizedText? {
        if let pause = item.pause {
            let name = pause.procedure?.title ?? pause.kind.title
            return pause.stopsClock
                ? LocalizedText(zh: "\(name.zh)（停表）", en: "\(name.en) (clock stopped)")
                : LocalizedText(zh: "\(name.zh)（不停表）", en: "\(name.en) (clock runs)")
        }
        switch item.status {
        case .correcting: return LocalizedText(zh: "待补正（未受理，不计时）", en: "correction (clock not started)")
        case .rectifying: return LocalizedText(zh: "整改中（停表）", en: "being rectified (clock stopped)")
        case .planned, .ready, .underway, .done, .granted, .refused: return nil
        default: return item.status.title
        }
    }
}

extension CaseMachine {
    /// Where every item stands on a day, in the order of the plan.
    public func standings(in state: CaseState, on today: LocalDate) -> [ItemStanding] {
        plan.items.indices.map { ItemStanding($0, of: self, in: state, on: today) }
    }
}
