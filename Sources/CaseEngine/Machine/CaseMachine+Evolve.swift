import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// Folds an event into the state, in place.
    ///
    /// Total: an event that no command of this machine would make, say one of an item that the plan does not have,
    /// changes no more than it can.
    public func evolve(_ state: inout CaseState, by event: CaseEvent) {
        state.version += 1
        state.asOf = event.on
        guard let id = event.item else { return evolveCase(&state, by: event) }
        guard let index = plan.index(of: id), index < state.items.count else { return }
        let wasFinished = state.items[index].status.isFinished
        rules.apply(event, to: &state.items[index], at: index, firstNumber: state.materials.count + 1)
        store(event, of: id, in: &state)
        if event.kind.movesClock { rules.refreshLimits(of: &state.items[index], at: index) }
        let isFinished = state.items[index].status.isFinished
        if isFinished != wasFinished, !rules.item(index).isLaterCheck { state.unfinished += isFinished ? -1 : 1 }
        refreshDue(&state, at: index)
        if event.kind.letsOthersGo { releaseSuccessors(of: index, in: &state) }
    }

    private func evolveCase(_ state: inout CaseState, by event: CaseEvent) {
        switch event.what {
        case .caseOpened(let opening):
            state.status = .open
            state.opening = opening
            state.openedOn = event.on
            state.items = plan.items.map { ItemState(id: $0.id) }
            state.stages = plan.workflow.stages.map { StageState(id: $0.id) }
            state.unfinished = plan.items.count { !$0.item.isLaterCheck }
        case .stageStarted(let stage):
            if let position = state.stages.firstIndex(where: { $0.id == stage }) {
                state.stages[position].startedOn = event.on
            }
        case .stageClosed(let stage):
            if let position = state.stages.firstIndex(where: { $0.id == stage }) {
                state.stages[position].closedOn = event.on
            }
        case .caseCompleted:
            state.status = .completed
            state.closedOn = event.on
        case .caseWithdrawn, .caseCancelled:
            state.status = event.kind == .caseWithdrawn ? .withdrawn : .cancelled
            state.closedOn = event.on
            state.nextDue = nil
        case .cardExplained(let card, let explanation):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].explanation = explanation
            }
        case .cardLifted(let card, _):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].standing = .lifted
            }
        case .cardConfirmed(let card, _):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].standing = .confirmed
            }
        default: break
        }
    }

    /// Puts documents into the case's store, and cards on its list.
    private func store(_ event: CaseEvent, of item: String, in state: inout CaseState) {
        switch event.what {
        case .filed(_, _, let supplied, _, _), .correctionSupplied(_, let supplied),
            .supplementSupplied(_, let supplied), .gapsSupplied(let supplied), .rectified(_, _, let supplied, _):
            for document in supplied {
                state.materials.append(HeldMaterial(document, since: event.on, origin: item, isOutput: false))
            }
        case .issued(let outputs):
            for document in outputs {
                state.materials.append(HeldMaterial(document, since: event.on, origin: item, isOutput: true))
            }
        case .revoked:
            for position in state.materials.indices
            where state.materials[position].origin == item && state.materials[position].isOutput {
                state.materials[position].isRevoked = true
            }
        case .cardRaised(let card, let level, let participant, let round, let department):
            state.cards.append(
                Card(
                    id: card, item: item, participant: participant, round: round, level: level,
                    department: department, raisedOn: event.on))
        default: break
        }
    }

    /// Tells the successors that still wait from when they may start.
    private func releaseSuccessors(of index: Int, in state: inout CaseState) {
        guard let openedOn = state.openedOn else { return }
        for successor in rules.graph.successors[index] where state.items[successor].status == .planned {
            let from = rules.readyFrom(successor, openedOn: openedOn) {
                $0.reached(in: state.items, at: $0.predecessor)
            }
            guard state.items[successor].readyFrom != from else { continue }
            state.items[successor].readyFrom = from
            refreshDue(&state, at: successor)
        }
    }

    /// Keeps the earliest due date of the case, looking at all items only when the earliest one moved away.
    private func refreshDue(_ state: inout CaseState, at index: Int) {
        let due = rules.refreshDue(of: &state.items[index], at: index)
        if let due, state.nextDue.map({ due < $0 || due == $0 && index < state.nextItem }) ?? true {
            state.nextDue = due
            state.nextItem = index
        } else if state.nextItem == index {
            state.nextDue = nil
            for position in state.items.indices {
                guard let due = state.items[position].nextDue, state.nextDue.map({ due < $0 }) ?? true else { continue }
                state.nextDue = due
                state.nextItem = position
            }
        }
    }
}

extension HeldMaterial {
    init(_ document: SuppliedMaterial, since: LocalDate, origin: String, isOutput: Bool) {
        self.init(
            material: document.material, hash: document.hash, since: since, validUntil: document.validUntil,
            origin: origin, isOutput: isOutput)
    }
}

extension CaseEvent.Kind {
    /// Whether a clock of the item starts, stops, resumes, ends or moves. An answer ends its own limits only, which it
    /// does by itself.
    var movesClock: Bool {
        switch self {
        case .begun, .completed, .admitted, .deemedAdmitted, .supplementRequested, .supplementSupplied,
            .procedureBegan, .procedureEnded, .suspended, .resumed, .extended, .granted, .grantedWithGaps,
            .deemedGranted, .refused, .returned, .withdrawn, .merged, .rectified:
            true
        default: false
        }
    }

    /// Whether items that wait for this one may have to look again.
    var letsOthersGo: Bool {
        switch self {
        case .milestoneReached, .begun, .completed, .filed, .admitted, .deemedAdmitted, .granted, .grantedWithGaps,
            .deemedGranted, .revoked, .opinionGiven, .opinionDeemed, .sessionHeld, .opinionsClosed, .merged,
            .rectified:
            true
        default: false
        }
    }
}
