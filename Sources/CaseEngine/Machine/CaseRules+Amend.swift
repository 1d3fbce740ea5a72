import WorkCalendar
import WorkflowModel

/// What changes the rules of a running case. The events are folded by the rules that hold after them.
extension CaseRules {
    /// Takes a case up that went by other rules until now.
    func takeUp(_ state: inout CaseState, _ migration: CaseMigration, on date: LocalDate) {
        guard var governing = state.governing else { return }
        governing.version = migration.to.version
        governing.definition = migration.to.definition
        governing.kept = migration.kept
        governing.transfers = [:]
        state.governing = governing
        arrange(&state, renaming: migration.map, fresh: migration.fresh, on: date)
    }

    /// Puts items and stages in the places that these rules have for them; what is new starts, all else goes on.
    ///
    /// - Parameters:
    ///   - map: the new ids of items that have others now.
    ///   - fresh: ids whose items begin anew.
    func arrange(_ state: inout CaseState, renaming map: [String: String], fresh: [String], on date: LocalDate) {
        let before = state.items
        let renamed = Dictionary(map.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var places: [String: Int] = [:]
        for (place, item) in before.enumerated() { places[item.id] = place }
        let fresh = Set(fresh)
        state.items = ItemStates(
            items.lazy.map { rule in
                let id = renamed[rule.id] ?? (map[rule.id] == nil ? rule.id : nil)
                guard let id, !fresh.contains(rule.id), let place = places[id] else { return ItemState(id: rule.id) }
                return self.takeUp(before[place], as: rule, on: date)
            })
        let stages = Dictionary(state.stages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        state.stages = plan.workflow.stages.map { stages[$0.id] ?? StageState(id: $0.id) }
        for position in state.materials.indices {
            if let id = map[state.materials[position].origin] { state.materials[position].origin = id }
        }
        for position in state.cards.indices {
            if let id = map[state.cards[position].item] { state.cards[position].item = id }
        }
        rename(&state, by: map)
        state.renameMatters(map)
        state.unfinished = state.items.indices.count { index in
            !items[index].isLaterCheck && !state.items.marks[index].status.isFinished
        }
        for index in state.items.indices where state.items.marks[index].status != .planned {
            refreshLimits(of: &state.items[index], at: index)
        }
        sendBack(&state, on: date)
        lookAgain(&state)
    }

    /// Items whose turn had come, and has not under the new graph, wait again.
    private func sendBack(_ state: inout CaseState, on date: LocalDate) {
        guard let openedOn = state.openedOn else { return }
        for index in state.items.indices where state.items.marks[index].status == .ready {
            guard !state.items[index].isBegun else { continue }
            let from = readyFrom(index, openedOn: openedOn, in: state.items)
            if items[index].route != .milestone, let from, from <= date { continue }
            state.items[index].status = .planned
            state.items[index].readyOn = nil
        }
    }

    /// Days after a date are counted on these rules' calendar.
    func recount(_ state: inout CaseState, _ change: CalendarChange) {
        state.governing?.laterCalendars.append(LaterCalendar(version: change.to, after: change.after))
        for index in state.items.indices where state.items.marks[index].status.mayHoldDates {
            recount(&state.items[index], at: index, change)
        }
        for moved in change.followUps ?? [] {
            guard let index = index(of: moved.item), state.items.indices.contains(index) else { continue }
            move(moved, of: &state.items[index])
        }
        lookAgain(&state)
    }

    /// Items go on at other bodies; whoever handled one is not in charge of it any more.
    func handOver(_ state: inout CaseState, _ transfer: ItemTransfer, on date: LocalDate) {
        state.governing?.hand(over: transfer.handed)
        for one in transfer.handed {
            guard let index = index(of: one.item), state.items.indices.contains(index) else { continue }
            state.items[index].officer = nil
            guard let how = transfer.how, let to = one.to else { continue }
            let power = ShiftedPower(how: how, from: one.from, to: to, basis: transfer.basis, on: date)
            state.items[index].withAftermath { $0.power = power }
        }
        lookAgain(&state)
    }

    private func recount(_ item: inout ItemState, at index: Int, _ change: CalendarChange) {
        // What counts only from a day ahead, because it came on a day off, counts from the next working day.
        let next = calendar.workingDay(onOrAfter: change.after.adding(days: 1))
        if item.status == .filed, let received = item.receivedOn {
            if received > change.after { item.receivedOn = next }
            item.admitBy = calendar.adding(policy.admissionLimit, to: item.receivedOn ?? received)
        }
        // Another stop may have begun before such a day came.
        for (number, stop) in item.stops.enumerated() {
            guard let resume = stop.resume, resume > change.after else { continue }
            item.stops[number] = ClockStop(stop: stop.stop, resume: next, reason: stop.reason, basis: stop.basis)
        }
        if let promise = change.promises[item.id], let gaps = item.gaps {
            item.gaps = Gaps(
                materials: gaps.materials, promise: promise, remindOn: reminder(before: promise),
                isReminded: gaps.isReminded, isBroken: gaps.isBroken)
        }
        if let pause = item.pause, let length = pause.length {
            item.pause = pauseTold(pause, length)
        }
        refreshLimits(of: &item, at: index)
    }

    /// When the applicant is reminded of materials promised for a date.
    func reminder(before promise: LocalDate) -> LocalDate {
        calendar.adding(
            DayAmount(minutes: -policy.gapReminderBefore.minutes, unit: policy.gapReminderBefore.unit), to: promise)
    }

    private func pauseTold(_ pause: Pause, _ length: DayAmount) -> Pause {
        let announced = calendar.adding(length, to: pause.since)
        return Pause(
            kind: pause.kind, since: pause.since, procedure: pause.procedure, length: length, announced: announced,
            overrunOn: calendar.workingDay(onOrAfter: announced.adding(days: 1)), hasOverrun: pause.hasOverrun,
            stopsClock: pause.stopsClock)
    }

    /// Finds anew what waits for what, what is due, and what is asked.
    private func lookAgain(_ state: inout CaseState) {
        guard let openedOn = state.openedOn else { return }
        for index in state.items.indices where state.items.marks[index].status == .planned {
            let from = graph.starts[index].isEmpty ? nil : readyFrom(index, openedOn: openedOn, in: state.items)
            if state.items.marks[index].readyFrom != from { state.items[index].readyFrom = from }
        }
        state.views = CaseViews(count: items.count)
        state.dues = state.items.indices.map { nextDue(ofItemAt: $0, in: state.items) }
        state.nextDue = nil
        state.nextItem = 0
        for (position, due) in state.dues.enumerated() {
            guard let due, state.nextDue.map({ due < $0 }) ?? true else { continue }
            state.nextDue = due
            state.nextItem = position
        }
        lookAgainAtMatters(&state)
    }

    // MARK: Items

    private func takeUp(_ item: ItemState, as rule: ItemRule, on date: LocalDate) -> ItemState {
        var next = item.renamed(rule.id)
        next.joint?.take(rule.joint?.participants.map(\.id) ?? [], while: item.status, on: date)
        return next
    }
}

extension ItemStatus {
    /// Whether dates that lie ahead may hang on it.
    var mayHoldDates: Bool {
        switch self {
        case .ready, .preReview, .notAdmitted, .refused, .revoked, .returned, .withdrawn, .done: false
        default: true
        }
    }
}

extension ItemState {
    /// The same item under another id.
    fileprivate func renamed(_ name: String) -> ItemState {
        guard name != id else { return self }
        var item = self
        item.id = name
        item.past = past.map { HeldTime(item: name, phase: $0.phase, holder: $0.holder, period: $0.period) }
        return item
    }
}

extension JointState {
    /// Takes these participants in place of the former ones: who answered keeps the answer, who is new is asked as long
    /// as opinions are open, and who is not among them any more is not waited for.
    fileprivate mutating func take(_ ids: [String], while status: ItemStatus, on date: LocalDate) {
        guard ids != participants.map(\.id) else { return }
        let before = participants
        participants = ids.map { id in before.first { $0.id == id } ?? ParticipantState(id: id) }
        for position in participants.indices where !before.contains(where: { $0.id == participants[position].id }) {
            guard status == .opining || status == .inSession else { continue }
            participants[position].standing = .asked
            participants[position].askedOn = date
            if status == .opining { begin(.participant(participants[position].id), on: date) }
        }
        for participant in before where !ids.contains(participant.id) {
            if participant.standing == .asked { finish(.participant(participant.id), on: date) }
            if participant.verdict != nil { former.append(participant) }
        }
    }
}
