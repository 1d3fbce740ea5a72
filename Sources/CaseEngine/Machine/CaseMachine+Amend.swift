import WorkCalendar
import WorkflowModel

/// Changes of the rules themselves: another version of the workflow, another version of the calendar.
extension CaseMachine {
    /// Decides a command that may change the rules of the case, and folds its events into the state.
    ///
    /// - Parameter successor: the rules that a governing stands for; `nil` when its texts are not at hand.
    /// - Returns: the events, as ``perform(_:on:in:)`` has them, and the rules that hold after them.
    /// - Throws: the state is then as it was.
    public func perform(
        _ command: CaseCommand, on state: inout CaseState, in context: CaseContext,
        finding successor: (CaseGoverning) -> CaseMachine?
    ) throws(CaseRejection) -> (events: [CaseEvent], machine: CaseMachine) {
        switch command {
        case .migrate, .changeCalendar, .transfer, .addWork: break
        default: return (try perform(command, on: &state, in: context), self)
        }
        if let last = state.asOf, context.today < last { throw .dateBeforeLast(last) }
        let before = state
        let fired = fireOverdue(&state, before: context.today)
        do throws(CaseRejection) {
            let (events, machine) =
                switch command {
                case .migrate(let order): try migrate(order, on: &state, in: context, successor)
                case .changeCalendar(let order): try recount(order, on: &state, in: context, successor)
                case .addWork(let order): try addWork(order, on: &state, in: context, successor)
                case .transfer(let order): try transfer(order, on: &state, in: context, successor)
                default: preconditionFailure("told apart just above")
                }
            return (fired + events, machine)
        } catch {
            state = before
            throw error
        }
    }

    /// The rules that hold after an event: others only after one that changes the rules.
    ///
    /// - Parameter state: as it was before the event.
    /// - Returns: `nil` when the texts of the new rules are not at hand.
    public func next(
        after event: CaseEvent, of state: CaseState, finding successor: (CaseGoverning) -> CaseMachine?
    ) -> CaseMachine? {
        guard let governing = state.governing(after: event) else { return self }
        return successor(governing)
    }

    // MARK: Another version

    private func migrate(
        _ order: MigrationOrder, on state: inout CaseState, in context: CaseContext,
        _ successor: (CaseGoverning) -> CaseMachine?
    ) throws(CaseRejection) -> ([CaseEvent], CaseMachine) {
        let governing = try amendable(state, in: context, reason: order.reason)
        let target = VersionName(version: order.version, definition: order.definition)
        guard target != VersionName(version: governing.version, definition: governing.definition) else {
            throw .alreadyGoverned(order.version)
        }
        var next = governing
        next.version = order.version
        next.definition = order.definition
        next.kept = []
        // The new version says who has what.
        next.transfers = [:]
        guard let plain = successor(next) else { throw .versionNotAtHand(order.version) }
        let found = Correspondence(of: state, under: governing, from: rules, to: plain.rules, order: order)
        let obstacles = found.obstacles + plain.plan.workflow.obstacles(to: governing.facts)
        guard obstacles.isEmpty else { throw .migrationBarred(obstacles) }
        next.kept = found.kept
        guard let machine = found.kept.isEmpty ? plain : successor(next) else { throw .versionNotAtHand(order.version) }
        let migration = CaseMigration(
            from: VersionName(version: governing.version, definition: governing.definition), to: target,
            found: found, from: rules, to: plain.rules, state: state, reason: order.reason)
        return (machine.amend(&state, .caseMigrated(migration: migration), in: context), machine)
    }

    func amendable(
        _ state: CaseState, in context: CaseContext, reason: String
    ) throws(CaseRejection) -> CaseGoverning {
        guard state.status != .unopened, let governing = state.governing else { throw .caseNotOpen }
        guard state.status == .open else { throw .caseClosed(state.status) }
        guard context.actor.is(.designer) else { throw .notYours(.designer) }
        try requireEditor(context)
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
        return governing
    }

    // MARK: Another calendar

    private func recount(
        _ order: CalendarOrder, on state: inout CaseState, in context: CaseContext,
        _ successor: (CaseGoverning) -> CaseMachine?
    ) throws(CaseRejection) -> ([CaseEvent], CaseMachine) {
        let governing = try amendable(state, in: context, reason: order.reason)
        guard order.calendar == governing.calendar else {
            throw .otherCalendar(
                expected: "\(governing.calendar) \(governing.newestCalendar)",
                given: "\(order.calendar) \(order.version)")
        }
        guard order.version != governing.newestCalendar else { throw .alreadyGoverned(order.version) }
        var next = governing
        next.laterCalendars.append(LaterCalendar(version: order.version, after: context.today))
        guard let machine = successor(next) else { throw .versionNotAtHand(order.version) }
        var promises: [String: LocalDate] = [:]
        for (index, item) in state.items.enumerated() {
            guard let promise = item.gaps?.promise, promise > context.today,
                rules.item(index).tolerance?.unit == .working
            else { continue }
            // As many working days ahead as before.
            let ahead = calendar.workingDays(after: context.today, through: promise)
            let moved = machine.calendar.date(ahead, workingDaysAfter: context.today)
            if moved != promise { promises[item.id] = moved }
        }
        let change = CalendarChange(
            calendar: order.calendar, from: governing.newestCalendar, to: order.version, after: context.today,
            promises: promises,
            followUps: state.items.enumerated().flatMap { index, item in
                followUps(of: item, at: index, on: machine.calendar, after: context.today)
            }, deadlines: [], reason: order.reason)
        return (machine.amend(&state, .calendarChanged(change: change), in: context), machine)
    }

    /// Folds the change, writes every deadline that it moved into its event, and lets go what can go on under it.
    func amend(_ state: inout CaseState, _ what: Happening, in context: CaseContext) -> [CaseEvent] {
        let before = state.items
        var deciding = taking(&state, on: context.today, by: context.actor, standing: context.standing)
        defer { swap(&state, &deciding.state) }
        deciding.emit(what)
        deciding.restate(what.logging(rules.deadlines(from: before, to: deciding.state.items, after: what)))
        deciding.settleAmended()
        return deciding.events
    }
}

extension CaseState {
    /// What governs the case after an event that changes its rules; `nil` after any other.
    public func governing(after event: CaseEvent) -> CaseGoverning? {
        let changes: Set<CaseEvent.Kind> = [.caseMigrated, .calendarChanged, .itemsTransferred, .workAdded]
        guard changes.contains(event.kind), var next = governing else { return nil }
        switch event.what {
        case .caseMigrated(let migration):
            next.version = migration.to.version
            next.definition = migration.to.definition
            next.kept = migration.kept
            next.transfers = [:]
        case .itemsTransferred(let transfer): next.hand(over: transfer.handed)
        case .workAdded(let addition): next.works.append(addition.work)
        case .calendarChanged(let change):
            next.laterCalendars.append(LaterCalendar(version: change.to, after: change.after))
        default: break
        }
        return next
    }
}

extension CaseRules {
    /// Every open deadline that a change of rules moved.
    fileprivate func deadlines(from before: ItemStates, to after: ItemStates, after what: Happening)
        -> [DeadlineChange]
    {
        // The dates of the other works stay, and the new one's are seen in its items.
        if case .workAdded = what { return [] }
        var log = DeadlineLog(calendar: calendar)
        guard case .caseMigrated(let migration) = what else {
            for index in after.indices where after.marks[index].status.mayHoldDates {
                log.compare(before[index], after[index])
            }
            return log.changes
        }
        let renamed = Dictionary(migration.map.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var places: [String: Int] = [:]
        for (place, item) in before.enumerated() { places[item.id] = place }
        for item in after {
            guard let place = places[renamed[item.id] ?? item.id], !migration.fresh.contains(item.id) else { continue }
            log.compare(before[place], item)
        }
        return log.changes
    }
}

extension Happening {
    fileprivate func logging(_ deadlines: [DeadlineChange]) -> Happening {
        switch self {
        case .caseMigrated(var migration):
            migration.deadlines = deadlines
            return .caseMigrated(migration: migration)
        case .calendarChanged(var change):
            change.deadlines = deadlines
            return .calendarChanged(change: change)
        default: return self
        }
    }
}

extension WorkflowDefinition {
    /// What keeps a project with these facts from going by this version.
    fileprivate func obstacles(to given: [String: FactValue]) -> [MigrationObstacle] {
        let needed = factsInConditions
        return facts.compactMap { fact in
            guard let value = given[fact.id] else {
                let isNeeded = fact.defaultValue == nil && fact.type != .boolean && needed.contains(fact.id)
                return isNeeded ? .factMissing(fact.id) : nil
            }
            return fact.type.allows(value) ? nil : .factUnfit(fact.id)
        }
    }
}

extension FactType {
    func allows(_ value: FactValue) -> Bool {
        switch (self, value) {
        case (.boolean, .boolean), (.number, .number), (.text, .text): true
        case (.oneOf(let values), .text(let text)): values.contains(text)
        default: false
        }
    }
}

extension CaseMigration {
    fileprivate init(
        from: VersionName, to: VersionName, found: Correspondence, from old: CaseRules, to new: CaseRules,
        state: CaseState, reason: String
    ) {
        var map: [String: String] = [:]
        var handed: [Handover] = []
        var added: [String] = []
        let keptIDs = Set(found.kept.map(\.item))
        var fresh: [String] = []
        for target in new.items.indices {
            let rule = new.item(target)
            if keptIDs.contains(rule.id) { continue }
            guard let place = found.taken[target] else {
                if old.index(of: rule.id) == nil { added.append(rule.id) } else { fresh.append(rule.id) }
                continue
            }
            let item = state.items[place]
            if item.id != rule.id { map[item.id] = rule.id }
            if item.isOver { continue }
            let before = old.item(place)
            if before.department != rule.department {
                handed.append(Handover(item: rule.id, participant: nil, from: before.department, to: rule.department))
            }
            for participant in rule.joint?.participants ?? [] {
                let former = before.joint?.participants.first { $0.id == participant.id }
                guard let former, former.department != participant.department else { continue }
                handed.append(
                    Handover(
                        item: rule.id, participant: participant.id, from: former.department, to: participant.department)
                )
            }
        }
        self.init(
            from: from, to: to, map: map, fresh: fresh, kept: found.kept, dropped: found.dropped, added: added,
            handed: handed, deadlines: [], reason: reason)
    }
}
