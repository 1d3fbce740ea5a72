import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// Folds an event into the state, in place.
    ///
    /// Total: an event that no command of this machine would make, say one of an item that the plan does not have,
    /// changes no more than it can.
    public func evolve(_ state: inout CaseState, by event: CaseEvent) {
        rules.evolve(&state, by: event, at: event.item.map { plan.index(of: $0) ?? -1 })
    }
}

extension CaseRules {
    /// Folds an event into the state.
    ///
    /// - Parameter index: the position of the item that it happens to, -1 when the plan has no such item; `nil` when it
    ///   happens to the case.
    func evolve(_ state: inout CaseState, by event: CaseEvent, at index: Int?) {
        state.version += 1
        pass(to: event.on, in: &state)
        if event.kind.isOversight { return evolveOversight(&state, by: event) }
        guard let index else { return evolveCase(&state, by: event) }
        guard state.items.indices.contains(index) else { return }
        let before = state.items.marks[index].status
        apply(event, to: &state.items[index], at: index, firstNumber: state.materials.count + 1)
        let kind = event.kind
        if kind.isOfMaterials { evolveMaterials(&state, by: event, at: index) }
        if kind == .filed, !state.intakes.isEmpty { noteFiling(of: index, in: &state) }
        if kind.bringsSubstance { store(event, of: items[index].id, in: &state) }
        if kind.movesClock { refreshLimits(of: &state.items[index], at: index) }
        let after = state.items.marks[index].status
        if after.isFinished != before.isFinished, !items[index].isLaterCheck {
            state.unfinished += after.isFinished ? -1 : 1
        }
        if after.isToBeIssued != before.isToBeIssued {
            for material in items[index].outputs { forgetRequests(for: material, in: &state) }
        }
        if graph.hasLapses { refreshLapse(&state, at: index, by: kind) }
        state.views.forget(index)
        refreshDue(&state, at: index)
        release(graph.successors(of: index, after: kind), in: &state)
    }

    /// The date moves on; applications that rest on a document which is not valid any more ask for it again.
    private func pass(to date: LocalDate, in state: inout CaseState) {
        state.asOf = date
        guard let expiry = state.nextExpiry, expiry < date else { return }
        state.nextExpiry = nil
        for document in state.materials {
            guard let until = document.validUntil else { continue }
            if date <= until {
                noteExpiry(until, in: &state)
            } else {
                forgetRequests(for: document.material, in: &state)
            }
        }
    }

    private func noteExpiry(_ date: LocalDate, in state: inout CaseState) {
        state.nextExpiry = state.nextExpiry.map { min($0, date) } ?? date
    }

    /// What the items that take a material ask for may have changed.
    private func forgetRequests(for material: String, in state: inout CaseState) {
        for item in graph.takers[material] ?? [] { state.views.forgetRequests(of: item) }
    }

    private func evolveCase(_ state: inout CaseState, by event: CaseEvent) {
        switch event.what {
        case .caseOpened(let opening):
            state.status = .open
            state.opening = opening
            state.openedOn = event.on
            state.standards = event.grounds?.standards ?? []
            state.items = ItemStates(ids: ids)
            state.dues = Array(repeating: nil, count: items.count)
            state.views = CaseViews(count: items.count)
            state.stages = plan.workflow.stages.map { StageState(id: $0.id) }
            state.unfinished = items.count { !$0.isLaterCheck }
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
        case .greenChannelOpened(let rule, let reason):
            state.greenChannel = GreenChannel(since: event.on, rule: rule, reason: reason)
        case .greenChannelClosed: state.greenChannel = nil
        case .cardExplained(let card, let explanation):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].explanation = explanation
                state.cards[position].explainedOn = event.on
            }
        case .cardLifted(let card, _):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].standing = .lifted
            }
        case .cardConfirmed(let card, _):
            if let position = state.cards.firstIndex(where: { $0.id == card }) {
                state.cards[position].standing = .confirmed
            }
        case .intakeReceived, .intakeSupplied, .intakeNoticed, .intakeAdmitted: evolveIntake(&state, by: event)
        case .caseMigrated(let migration): takeUp(&state, migration, on: event.on)
        case .calendarChanged(let change): recount(&state, change)
        case .workAdded(let addition): add(addition, to: &state, on: event.on)
        case .itemsTransferred(let transfer): handOver(&state, transfer, on: event.on)
        default: break
        }
    }

    /// Puts documents into the case's store, and cards on its list.
    private func store(_ event: CaseEvent, of item: String, in state: inout CaseState) {
        switch event.what {
        case .filed(_, _, let supplied, _, _, _), .correctionSupplied(_, let supplied, _),
            .supplementSupplied(_, let supplied), .gapsSupplied(let supplied), .rectified(_, _, let supplied, _),
            .reopened(_, let supplied, _, _):
            for document in supplied { hold(document, since: event.on, origin: item, isOutput: false, in: &state) }
        case .issued(let outputs):
            for document in outputs { hold(document, since: event.on, origin: item, isOutput: true, in: &state) }
        case .revoked, .lapsed:
            changeOutputs(of: item, in: &state) {
                $0.isRevoked = true
                $0.isSuspended = false
            }
        case .effectSuspended: changeOutputs(of: item, in: &state) { $0.isSuspended = true }
        case .effectRestored: changeOutputs(of: item, in: &state) { $0.isSuspended = false }
        case .appealDecided where state[item: item]?.status.isFinished == true:
            // A revocation was annulled; what an earlier application issued stays revoked.
            let issued = state[item: item]?.issuedOn ?? .latest
            changeOutputs(of: item, in: &state) { if $0.since >= issued { $0.isRevoked = false } }
        case .cardRaised(let card, let level, let participant, let round, let department, let person, _):
            state.cards.append(
                Card(
                    id: card, item: item, participant: participant, round: round, level: level,
                    department: department, raisedOn: event.on, person: person, rule: nil, evidence: nil))
        default: break
        }
    }

    /// Changes what an item has issued; whoever takes it may have to look again.
    private func changeOutputs(of item: String, in state: inout CaseState, _ change: (inout HeldMaterial) -> Void) {
        for position in state.materials.indices
        where state.materials[position].origin == item && state.materials[position].isOutput {
            change(&state.materials[position])
            if let until = state.materials[position].validUntil, let today = state.asOf, today <= until {
                noteExpiry(until, in: &state)
            }
            forgetRequests(for: state.materials[position].material, in: &state)
        }
    }

    func hold(
        _ document: SuppliedMaterial, since: LocalDate, origin: String, isOutput: Bool,
        from source: MaterialSource? = nil, in state: inout CaseState
    ) {
        state.materials.append(
            HeldMaterial(document, since: since, origin: origin, isOutput: isOutput, source: source))
        forgetRequests(for: document.material, in: &state)
        if let until = document.validUntil, since <= until { noteExpiry(until, in: &state) }
    }

    /// Tells the successors that still wait from when they may start.
    private func release(_ successors: [Int], in state: inout CaseState) {
        guard let openedOn = state.openedOn else { return }
        for successor in successors where state.items.marks[successor].status == .planned {
            let from = readyFrom(successor, openedOn: openedOn, in: state.items)
            guard state.items.marks[successor].readyFrom != from else { continue }
            state.items[successor].readyFrom = from
            state.views.forget(successor)
            refreshDue(&state, at: successor)
        }
    }

    /// Keeps the earliest due date of the case, looking at all items only when the earliest one moved away.
    func refreshDue(_ state: inout CaseState, at index: Int) {
        let due = nextDue(ofItemAt: index, in: state.items)
        state.dues[index] = due
        if let due, state.nextDue.map({ due < $0 || due == $0 && index < state.nextItem }) ?? true {
            state.nextDue = due
            state.nextItem = index
        } else if state.nextItem == index {
            state.nextDue = nil
            for (position, due) in state.dues.enumerated() {
                guard let due, state.nextDue.map({ due < $0 }) ?? true else { continue }
                state.nextDue = due
                state.nextItem = position
            }
        }
    }
}

extension HeldMaterial {
    init(
        _ document: SuppliedMaterial, since: LocalDate, origin: String, isOutput: Bool, source: MaterialSource? = nil
    ) {
        self.init(
            material: document.material, hash: document.hash, since: since, issuedOn: document.issuedOn,
            validUntil: document.validUntil, origin: origin, isOutput: isOutput,
            sources: source.map { [$0] } ?? [])
    }
}

extension CaseEvent.Kind {
    /// Whether a clock of the item starts, stops, resumes, ends or moves. An answer ends its own limits only, which it
    /// does by itself.
    var movesClock: Bool {
        switch self {
        case .begun, .completed, .admitted, .deemedAdmitted, .supplementRequested, .supplementSupplied,
            .procedureBegan, .procedureEnded, .suspended, .resumed, .referred, .referralAnswered, .extended, .granted,
            .grantedWithGaps, .deemedGranted, .refused, .returned, .withdrawn, .merged, .rectified, .reviewBegan,
            .appealDecided,
            .reopened,
            .changeEnded:
            true
        default: false
        }
    }

    /// Whether documents or cards of the case change with it.
    fileprivate var bringsSubstance: Bool {
        switch self {
        case .filed, .correctionSupplied, .supplementSupplied, .gapsSupplied, .rectified, .reopened, .issued, .revoked,
            .cardRaised, .lapsed, .effectSuspended, .effectRestored, .appealDecided:
            true
        default: false
        }
    }

}

extension ItemStatus {
    /// Whether what it grants is about to be handed out, so that nobody is asked for it.
    var isToBeIssued: Bool { self == .granted || self == .grantedWithGaps }
}
