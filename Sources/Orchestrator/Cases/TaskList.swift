import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// The open tasks of one case as the store is told of them, kept beside its state (待办清单).
///
/// Only the items that an event touched are looked at again, as with the requests that the tasks are made of.
struct TaskList {
    private var ofItems: [[StoredTask]] = []
    private var overseen: [StoredTask] = []
    private var status: CaseStatus?
    /// All tasks as they were told last; `nil` before the first time.
    private var told: [StoredTask]?

    /// Brings the list up to a state whose requests are kept.
    ///
    /// - Parameter changed: the positions of the items whose requests may have changed.
    /// - Parameter wholeCase: whether something happened that is about no item in particular.
    /// - Returns: all tasks, in the order of the plan, the first time; later what differs from the last time.
    mutating func update(
        to state: CaseState, of machine: CaseMachine, changed: [Int], wholeCase: Bool, oversightChanged: Bool,
        ranks: TaskRanks
    ) -> ListChange<StoredTask> {
        let words = TaskWords(machine, state)
        let isAnew = wholeCase || status != state.status || ofItems.count != state.items.count
        var haveChanged = status == nil
        status = state.status
        if ofItems.count != state.items.count {
            ofItems = Array(repeating: [], count: state.items.count)
            haveChanged = true
        }
        for index in isAnew ? Array(state.items.indices) : changed {
            let requests = machine.requests(ofItemAt: index, in: state)
            if requests.isEmpty && ofItems[index].isEmpty { continue }
            let planned = machine.plan.index(of: state.items[index].id)
            let tasks = requests.map {
                words.task($0, ofItemAt: planned, state.items[index], rank: ranks[planned])
            }
            if tasks == ofItems[index] { continue }
            ofItems[index] = tasks
            haveChanged = true
        }
        if isAnew || oversightChanged {
            let tasks = machine.oversightRequests(in: state).map { request in
                let index = request.item.flatMap { machine.plan.index(of: $0) }
                return words.task(
                    request, ofItemAt: index, rank: request.item == nil ? TaskRanks.near : ranks[index])
            }
            if tasks != overseen {
                overseen = tasks
                haveChanged = true
            }
        }
        guard haveChanged else { return .unchanged }
        let now = all
        defer { told = now }
        return told.map { .from($0, to: now) } ?? .all(now)
    }

    private var all: [StoredTask] {
        var names = Set<String>()
        // One row a name, whatever a plan does: a second would keep the store from taking what happened.
        return (ofItems.joined() + overseen).filter { names.insert($0.name).inserted }
    }
}

/// What rows of tasks say beside the request itself.
private struct TaskWords {
    let machine: CaseMachine
    let state: CaseState
    let calendarVersion: String?

    init(_ machine: CaseMachine, _ state: CaseState) {
        self.machine = machine
        self.state = state
        calendarVersion = state.governing?.newestCalendar
    }

    /// What every task says of its case.
    private func ofCase(_ body: inout TaskBody, _ party: Party) {
        body.projectEnglish = state.opening?.title.en
        body.isGreen = state.greenChannel != nil
        if case .department = party { body.partyTitle = machine.words(party) }
        body.calendar = machine.calendar.id
        body.calendarVersion = calendarVersion
    }

    /// A task that answers a request.
    func task(_ request: WorkRequest, ofItemAt planned: Int?, _ item: ItemState, rank: Int) -> StoredTask {
        let its = planned.map { machine.plan.items[$0].item }
        let ofParticipant = request.participant.flatMap { id in
            item.joint?.participants.first { $0.id == id }?.limits
        }
        let limits = ofParticipant ?? item.limits
        var body = TaskBody(
            item: request.item, participant: request.participant, kind: request.ask.verb, title: its?.title,
            since: request.since, nearOn: limits?.yellow, statutory: limits?.statutory)
        ofCase(&body, request.party)
        body.ask = AskWords.of(request.ask, naming: machine.name)
        body.participantTitle = request.participant.map { machine.name($0) }
        take(&body, request, ofItemAt: planned)
        let lead = its?.department.flatMap { $0 == request.party.name ? nil : $0 }
        return StoredTask(
            name: request.id, party: request.party.name, rank: rank, due: request.due, lead: lead,
            barred: barred(request, item), body: body.bytes)
    }

    /// Whoever signed the link before, for oneself or for somebody else: the next one takes another person.
    private func barred(_ request: WorkRequest, _ item: ItemState) -> [String] {
        switch request.ask {
        case .sign, .decide:
            guard let last = item.signatures.last else { return [] }
            return [last.name, last.onBehalfOf].compactMap { $0?.plain(limit: 128) }.filter { !$0.isEmpty }
        default: return []
        }
    }

    /// How it stands in time: by its own date, or by the item's clock where that stands still or is what is asked for.
    private func take(_ body: inout TaskBody, _ request: WorkRequest, ofItemAt planned: Int?) {
        let known = state.asOf ?? request.since
        let ofItem = planned.flatMap { machine.lightDates(ofItemAt: $0, in: state, on: known) }
        if let ofItem, ofItem.isStopped || (request.due != nil && request.ask.isOfItemClock) {
            body.lights = ofItem
            let words = LimitWords(planned, of: machine, in: state)
            body.inCalendarDays = words.inCalendarDays
            body.statutoryInCalendarDays = words.statutoryInCalendarDays
            body.stoppedOn = words.stoppedOn.map { LocalDate(dayNumber: $0) }
        } else if let due = request.due {
            body.lights = .date(due, from: known, on: machine.calendar)
        }
    }

    func task(_ request: OversightRequest, ofItemAt planned: Int?, rank: Int) -> StoredTask {
        let its = planned.map { machine.plan.items[$0].item }
        var body = TaskBody(
            item: request.item, participant: request.participant, kind: request.ask.verb, title: its?.title,
            since: request.since, subject: request.subject)
        ofCase(&body, request.party)
        body.ask = request.ask.words
        if let due = request.due {
            body.lights = .date(due, from: state.asOf ?? request.since, on: machine.calendar)
        }
        return StoredTask(
            name: request.id, party: request.party.name, rank: rank, due: request.due, body: body.bytes)
    }
}

extension WorkRequest.Ask {
    /// Whether what is asked ends the clock of its item, so that the item's limit is told with it.
    fileprivate var isOfItemClock: Bool {
        switch self {
        case .sign, .decide, .conclude, .merge, .complete, .holdSession: true
        default: false
        }
    }
}
