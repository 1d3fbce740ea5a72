import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// What the log says so far, read plainly and apart from the engine's own fold (日志通读): the invariants look at it.
struct Reading {
    var status = CaseStatus.unopened
    var date: LocalDate?
    var items: [String: PlainItem] = [:]
    var cards: [String: Card.Standing] = [:]
    var closedStages: Set<String> = []
    /// Documents in order of arrival: who brought it, whether that was an issue, and whether it is void.
    var documents: [(material: String, origin: String, isOutput: Bool, isVoid: Bool)] = []
    var version = 0

    /// Days pass: every running clock counts them, one by one.
    mutating func advance(to next: LocalDate, on calendar: WorkCalendar) {
        guard date.map({ $0 < next }) ?? true else { return }
        date = next
        for id in items.keys { items[id]?.advance(to: next, on: calendar) }
    }

    mutating func take(_ event: CaseEvent, under rules: CaseRules) {
        version += 1
        switch event.what {
        case .caseOpened:
            status = .open
            for item in rules.items { items[item.id] = PlainItem() }
        case .caseCompleted: status = .completed
        case .caseWithdrawn: status = .withdrawn
        case .caseCancelled: status = .cancelled
        case .stageClosed(let stage): closedStages.insert(stage)
        case .cardLifted(let card, _): cards[card] = .lifted
        case .cardConfirmed(let card, _): cards[card] = .confirmed
        case .cardRaised(let card, _, _, _, _, _, _), .ruleCardRaised(let card, _, _, _, _, _, _): cards[card] = .open
        case .caseMigrated(let migration): take(migration, on: event.on, under: rules)
        case .calendarChanged(let change):
            let next = rules.calendar.workingDay(onOrAfter: change.after.adding(days: 1))
            for id in items.keys { items[id]?.recount(after: change.after, next: next) }
        default: break
        }
        guard let id = event.item else { return }
        if let rule = rules.index(of: id).map({ rules.item($0) }) {
            items[id, default: PlainItem()].take(event, rule, rules.calendar)
        }
        keepDocuments(of: event, id)
    }

    private mutating func keepDocuments(of event: CaseEvent, _ id: String) {
        func hold(_ supplied: [SuppliedMaterial], isOutput: Bool) {
            documents += supplied.map { ($0.material, id, isOutput, false) }
        }
        func void(_ isVoid: Bool) {
            for place in documents.indices where documents[place].isOutput && documents[place].origin == id {
                documents[place].isVoid = isVoid
            }
        }
        switch event.what {
        case .filed(_, _, let supplied, _, _, _), .correctionSupplied(_, let supplied, _),
            .supplementSupplied(_, let supplied), .gapsSupplied(let supplied), .rectified(_, _, let supplied, _),
            .reopened(_, let supplied, _, _):
            hold(supplied, isOutput: false)
        case .issued(let outputs): hold(outputs, isOutput: true)
        case .revoked, .lapsed, .effectSuspended: void(true)
        default: break
        }
    }

    private mutating func take(_ migration: CaseMigration, on date: LocalDate, under rules: CaseRules) {
        let renamed = Dictionary(migration.map.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let before = items
        items = [:]
        for rule in rules.items {
            let id = renamed[rule.id] ?? (migration.map[rule.id] == nil ? rule.id : nil)
            var item = id.flatMap { migration.fresh.contains(rule.id) ? nil : before[$0] } ?? PlainItem()
            item.take(participants: rule.joint?.participants.map(\.id) ?? [], on: date, rules.calendar)
            items[rule.id] = item
        }
        for place in documents.indices {
            if let id = migration.map[documents[place].origin] { documents[place].origin = id }
        }
    }
}

/// One item as the log tells it.
struct PlainItem {
    enum Phase { case waiting, preReview, filed, correcting, review, inFavour, inVain, work }

    var phase = Phase.waiting
    var attempt = 0
    /// Since when it is over in its favour, with nothing taken back.
    var finishedOn: LocalDate?
    var startedOn: LocalDate?
    var received: LocalDate?
    /// What the review waits for.
    var pause: CaseEvent.Kind?
    var clock: DayCount?
    var extended: DayAmount?
    var isIssued = false
    var corrections = 0
    var supplements = 0
    var revision = 0
    var lastSigners: [String] = []
    var wasAdmitted = false
    /// Whether the department has begun, where the clock waits for that.
    var hasBegun = false
    /// Whether it was granted and that was not refused or given up since.
    var wasGranted = false
    /// Ends of applications, one each.
    var ends = 0

    // Joint items: this round.
    var round = 0
    var asked: [String: DayCount] = [:]
    var answered: Set<String> = []
    var failed: Set<String> = []
    var released: Set<String> = []
    /// Everybody asked in the round, answered or not.
    var cohort: Set<String> = []
    var opinionsOpen = false
    /// The cards of this application, by round, participant and level.
    var raised: Set<String> = []
    /// What the grant had before a change to it was applied for.
    var before: [PlainItem] = []
    var isRectifying = false

    mutating func advance(to date: LocalDate, on calendar: WorkCalendar) {
        clock?.advance(to: date, on: calendar)
        for id in asked.keys { asked[id]?.advance(to: date, on: calendar) }
    }

    mutating func stopClocks() {
        clock?.stop()
        for id in asked.keys { asked[id]?.stop() }
    }

    mutating func resumeClocks(after date: LocalDate) {
        clock?.resume(after: date)
        for id in asked.keys { asked[id]?.resume(after: date) }
    }

    mutating func recount(after date: LocalDate, next: LocalDate) {
        clock?.moveResumption(from: date, to: next)
        for id in asked.keys { asked[id]?.moveResumption(from: date, to: next) }
    }

    mutating func ask(_ ids: some Sequence<String>, on date: LocalDate, _ calendar: WorkCalendar) {
        asked = [:]
        answered = []
        released = []
        failed = []
        for id in ids { asked[id] = DayCount(from: date, on: calendar) }
        cohort = Set(asked.keys)
        opinionsOpen = true
    }

    mutating func answer(_ id: String, _ verdict: Verdict) {
        answered.insert(id)
        asked[id] = nil
        if case .fail = verdict { failed.insert(id) } else { failed.remove(id) }
    }

    mutating func take(participants ids: [String], on date: LocalDate, _ calendar: WorkCalendar) {
        guard !cohort.isEmpty else { return }
        let known = Set(ids)
        asked = asked.filter { known.contains($0.key) }
        released.formIntersection(known)
        if opinionsOpen, round == 0 {
            for id in ids where asked[id] == nil && !answered.contains(id) && !released.contains(id) {
                asked[id] = DayCount(from: date, on: calendar)
            }
        }
        cohort = Set(asked.keys).union(answered.intersection(known)).union(released)
    }

    mutating func end(_ outcome: Phase) {
        phase = outcome
        clock = nil
        asked = [:]
        opinionsOpen = false
        pause = nil
        isRectifying = false
        ends += 1
    }
}
