import WorkCalendar
import WorkflowModel

/// One decision in the making: the events so far, and what they do to the items they touch.
///
/// The state itself is never copied: an item that an event touches is copied once and folded on, everything else is
/// read where it lies.
struct Deciding {
    let rules: CaseRules
    let state: CaseState
    let today: LocalDate
    let actor: Actor
    private(set) var events: [CaseEvent] = []

    /// The items that events touched, as they leave them, and their positions in the plan.
    private var touched: [ItemState] = []
    private var touchedIndices: [Int] = []
    /// Items that wait for one that moved.
    private var waiting: [Int] = []
    private var startedStages: [Int] = []

    init(rules: CaseRules, state: CaseState, today: LocalDate, actor: Actor) {
        self.rules = rules
        self.state = state
        self.today = today
        self.actor = actor
    }

    // MARK: Reading

    /// The item as the events so far leave it: a copy, and a large one.
    func item(_ index: Int) -> ItemState {
        if let position = position(of: index) { return touched[position] }
        return state.items[index]
    }

    func status(_ index: Int) -> ItemStatus {
        if let position = position(of: index) { return touched[position].status }
        return state.items[index].status
    }

    func pause(_ index: Int) -> Pause? {
        if let position = position(of: index) { return touched[position].pause }
        return state.items[index].pause
    }

    /// When what a link waits for happened.
    func reached(_ link: CaseGraph.Link) -> LocalDate? {
        if let position = position(of: link.predecessor) { return link.reached(in: touched, at: position) }
        return link.reached(in: state.items, at: link.predecessor)
    }

    private func position(of index: Int) -> Int? { touchedIndices.firstIndex(of: index) }

    func definition(_ index: Int) -> Item { rules.item(index) }

    // MARK: Emitting

    /// Something that happens to the case.
    mutating func emit(_ what: Happening, by actor: Actor? = nil) {
        events.append(CaseEvent(on: today, by: actor ?? self.actor, what))
    }

    /// Something that happens to an item.
    mutating func emit(_ what: Happening, to index: Int, by actor: Actor? = nil) {
        let event = CaseEvent(
            on: today, by: actor ?? self.actor, item: rules.plan.items[index].id, what)
        events.append(event)
        let firstNumber = state.materials.count + 1
        let position = position(of: index) ?? touched.count
        if position == touched.count {
            touched.append(state.items[index])
            touchedIndices.append(index)
        }
        rules.apply(event, to: &touched[position], at: index, firstNumber: firstNumber)
        if event.kind.letsOthersGo { waiting += rules.graph.successors[index] }
    }

    mutating func append(_ more: [CaseEvent]) { events += more }

    // MARK: Consequences

    /// Lets go what waited for the items that moved: successors become ready, milestones are reached in a cascade,
    /// stages start and close, and the case completes; in plan order.
    mutating func settle() {
        guard let openedOn = state.openedOn, state.status == .open || state.status == .completed else { return }
        settle(waiting: waiting, openedOn: openedOn)
    }

    mutating func settle(waiting: [Int], openedOn: LocalDate) {
        var queue = waiting
        while let index = queue.min() {
            queue.removeAll { $0 == index }
            guard status(index) == .planned,
                let from = rules.readyFrom(index, openedOn: openedOn, reached: reached), from <= today
            else { continue }
            if becomeReady(index) { queue += rules.graph.successors[index] }
        }
        startStages()
        closeStages()
        completeCase()
    }

    /// Makes an item ready; a milestone is reached at once.
    /// - Returns: whether it is over with that.
    @discardableResult
    mutating func becomeReady(_ index: Int) -> Bool {
        if rules.graph.routes[index] == .milestone {
            emit(.milestoneReached, to: index, by: .system)
            return true
        }
        emit(.becameReady, to: index, by: .system)
        return false
    }

    private mutating func startStages() {
        for (position, index) in touchedIndices.enumerated() where touched[position].status != .planned {
            let stage = rules.graph.stage[index]
            guard stage < state.stages.count, state.stages[stage].startedOn == nil, !startedStages.contains(stage)
            else { continue }
            startedStages.append(stage)
            emit(.stageStarted(stage: state.stages[stage].id), by: .system)
        }
    }

    private mutating func closeStages() {
        let finished = touchedIndices.filter { status($0).isFinished && !state.items[$0].status.isFinished }
        if finished.isEmpty { return }
        let stages = Set(finished.map { rules.graph.stage[$0] })
        for stage in stages.sorted() where stage < state.stages.count && state.stages[stage].closedOn == nil {
            let closing = rules.graph.closing[stage]
            let isClosed =
                switch rules.plan.workflow.stages[stage].closes {
                case .allMilestoneItems: closing.allSatisfy { status($0).isFinished }
                case .anyMilestoneItem: closing.contains { status($0).isFinished }
                }
            if isClosed { emit(.stageClosed(stage: state.stages[stage].id), by: .system) }
        }
    }

    private mutating func completeCase() {
        guard state.status == .open else { return }
        let finished = touchedIndices.count { index in
            status(index).isFinished && !state.items[index].status.isFinished && !definition(index).isLaterCheck
        }
        if finished > 0, finished == state.unfinished { emit(.caseCompleted, by: .system) }
    }
}
