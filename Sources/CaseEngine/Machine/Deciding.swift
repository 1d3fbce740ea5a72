import WorkCalendar
import WorkflowModel

/// One decision in the making: the events so far, and the state as they leave it.
///
/// Each event is folded as soon as it is made, in place. Whoever decides takes the state out of its owner's hands first
/// and gives it back afterwards; a command that is refused is refused before it makes an event.
struct Deciding {
    let rules: CaseRules
    var state: CaseState
    let today: LocalDate
    let actor: Actor
    let standing: Standing
    let atHand: MaterialsAtHand
    let earliestFinish: LocalDate?
    /// What the decision has taken from the registry.
    var grounds: Grounds?
    private(set) var events: [CaseEvent] = []

    /// The items that events touched, in the order in which they were, and whether they were finished before.
    private var touched: [(index: Int, wasFinished: Bool)] = []
    /// Items that wait for one that moved.
    var waiting: [Int] = []

    init(
        rules: CaseRules, state: consuming CaseState, today: LocalDate, actor: Actor, standing: Standing,
        atHand: MaterialsAtHand = .none, earliestFinish: LocalDate? = nil
    ) {
        self.rules = rules
        self.state = state
        self.today = today
        self.actor = actor
        self.standing = standing
        self.atHand = atHand
        self.earliestFinish = earliestFinish
    }

    // MARK: Reading

    /// The item as the events so far leave it: a copy, and a large one. Look at ``state`` for a single date.
    func item(_ index: Int) -> ItemState { state.items[index] }

    func status(_ index: Int) -> ItemStatus { state.items.marks[index].status }

    func pause(_ index: Int) -> Pause? { state.items[index].pause }

    func definition(_ index: Int) -> ItemRule { rules.item(index) }

    // MARK: Emitting

    /// Something that happens to the case.
    mutating func emit(_ what: Happening, by actor: Actor? = nil) {
        let event = CaseEvent(on: today, by: actor ?? self.actor, what, grounds: actor == nil ? grounds : nil)
        rules.evolve(&state, by: event, at: nil)
        events.append(event)
    }

    /// Says of the last event what came of it, which no fold reads.
    mutating func restate(_ what: Happening) {
        guard let last = events.popLast() else { return }
        events.append(CaseEvent(on: last.on, by: last.by, item: last.item, what))
    }

    /// Something that happens to an item.
    mutating func emit(_ what: Happening, to index: Int, by actor: Actor? = nil) {
        let event = CaseEvent(
            on: today, by: actor ?? self.actor, item: rules.items[index].id, what,
            grounds: actor == nil ? grounds : nil)
        if !touched.contains(where: { $0.index == index }) { touched.append((index, status(index).isFinished)) }
        rules.evolve(&state, by: event, at: index)
        waiting += rules.graph.successors(of: index, after: event.kind)
        events.append(event)
    }

    // MARK: Consequences

    /// Lets go what waited for the items that moved: successors become ready, milestones are reached in a cascade,
    /// stages start and close, and the case completes; in plan order.
    mutating func settle() {
        guard let openedOn = state.openedOn, state.status == .open || state.status == .completed else { return }
        if rules.pushesResults { pushResults() }
        repeat {
            while let index = waiting.min() {
                waiting.removeAll { $0 == index }
                guard status(index) == .planned,
                    // What waits for nothing is ready from the start, and nobody tells it.
                    let from = state.items.marks[index].readyFrom
                        ?? (rules.graph.starts[index].isEmpty ? openedOn : nil),
                    from <= today
                else { continue }
                becomeReady(index)
            }
        } while !state.intakes.isEmpty && fileFromIntakes()
        startStages()
        closeStages()
        completeCase()
    }

    /// Makes an item ready; a milestone is reached at once.
    mutating func becomeReady(_ index: Int) {
        if definition(index).route == .milestone {
            emit(.milestoneReached, to: index, by: .system)
        } else {
            emit(.becameReady, to: index, by: .system)
        }
    }

    private mutating func startStages() {
        for position in touched.indices where status(touched[position].index) != .planned {
            let index = touched[position].index
            let stage = rules.graph.stage[index]
            guard stage < state.stages.count, state.stages[stage].startedOn == nil else { continue }
            emit(.stageStarted(stage: state.stages[stage].id), by: .system)
        }
    }

    private mutating func closeStages() {
        var next = stageFinishedIn(after: -1)
        while let stage = next {
            next = stageFinishedIn(after: stage)
            guard stage < state.stages.count, state.stages[stage].closedOn == nil else { continue }
            let closing = rules.graph.closing[stage]
            let isClosed =
                switch rules.closes[stage] {
                case .allMilestoneItems: closing.allSatisfy { status($0).isFinished }
                case .anyMilestoneItem: closing.contains { status($0).isFinished }
                }
            if isClosed { emit(.stageClosed(stage: state.stages[stage].id), by: .system) }
        }
    }

    /// The first stage behind another in which an item was finished by this decision.
    private func stageFinishedIn(after stage: Int) -> Int? {
        var first: Int?
        for (index, wasFinished) in touched where !wasFinished && status(index).isFinished {
            let its = rules.graph.stage[index]
            if its > stage, first.map({ its < $0 }) ?? true { first = its }
        }
        return first
    }

    private mutating func completeCase() {
        guard state.status == .open, state.unfinished == 0 else { return }
        let hasFinished = touched.contains { entry in
            !entry.wasFinished && status(entry.index).isFinished && !definition(entry.index).isLaterCheck
        }
        guard hasFinished else { return }
        emit(.caseCompleted, by: .system)
        keepCertificatePromise()
    }
}
