import Foundation
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// Reads every log as it grows and checks what must hold (审计): each append costs what is new in it.
struct Audit {
    struct Known {
        let id: CaseID
        var reading = Reading()
        /// The engine's own fold of the log, for people to look at and to compare.
        var machine: CaseMachine
        var state = CaseState()
        var head = Head.empty
        var keys: [CommandKey: Range<Int>] = [:]
        /// How it stood some time ago, for stale forms.
        var older: [(CaseMachine, CaseState)] = []
        /// The plain model of the rules; `nil` once something happened that it does not know.
        var model: ReferenceModel?
    }

    let book: RuleBook
    fileprivate(set) var cases: [CaseID: Known] = [:]
    fileprivate(set) var registry = Registry()
    var office = OfficeReading()
    private var problems: [String] = []
    /// Which keys were answered how, by case.
    private var accepted: [String: (version: Int, count: Int)] = [:]
    private var deliveredReports: Set<OutboxMessage.ID> = []
    private var appendedBy: [[Int]: Int] = [:]
    private(set) var comparisons = 0
    let invariants: [Invariant]

    init(book: RuleBook, invariants: [Invariant] = Invariant.all) {
        self.book = book
        self.invariants = invariants
    }

    mutating func takeProblems() -> [String] {
        defer { problems = [] }
        return problems
    }

    private mutating func report(_ number: Int, _ problem: String?) {
        if let problem { problems.append("invariant \(number): \(problem)") }
    }

    // MARK: Appends

    mutating func appended(_ pending: Pending, before: Head, records: [EventRecord], contents: StoreContents) {
        appendedBy[[pending.request, pending.attempt], default: 0] += records.count
        switch pending.cargo {
        case .events(let events): take(pending.append, events, before, records, contents)
        case .registry(let events):
            for (event, record) in zip(events, records) {
                registry.evolve(by: event)
                office.registries.append(registry)
                office.recordedAt.append(Int(record.event.at.milliseconds / 60_000))
            }
            checkStream(pending.append, before, records)
        case .library(let events):
            for event in events { read(event) }
            checkStream(pending.append, before, records)
        }
    }

    private mutating func checkStream(_ request: AppendRequest, _ before: Head, _ records: [EventRecord]) {
        do { _ = try HashChain.verify(records, of: request.caseID, from: before) } catch { report(14, "\(error)") }
        if !request.isDecided(on: before) { report(15, "an office stream was decided on another end") }
    }

    /// Two persons: who writes a version does not release it.
    private mutating func read(_ event: LibraryEvent) {
        let name = "\(event.version.workflow) \(event.version.version)"
        switch event.what {
        case .submitted: office.authors[name] = event.by.name
        case .released: if office.authors[name] == event.by.name { report(11, "\(name) released by its author") }
        case .withdrawn: break
        }
    }

    private mutating func take(
        _ request: AppendRequest, _ events: [CaseEvent], _ before: Head, _ records: [EventRecord],
        _ contents: StoreContents
    ) {
        let id = request.caseID
        if cases[id] == nil {
            guard case .caseOpened(let opening)? = events.first?.what,
                let machine = book.machine(for: CaseGoverning(opening))
            else { return report(12, "a log that begins with no opening") }
            cases[id] = Known(id: id, machine: machine, model: ReferenceModel(machine.plan, machine.calendar))
        }
        guard var known = cases.removeValue(forKey: id) else { return }
        if known.head != before { report(14, "appended after \(before.version), the log had \(known.head.version)") }
        if known.state.version > 0, known.state.version % 4 == 0 {
            known.older.append((known.machine, known.state))
            if known.older.count > 5 { known.older.removeFirst() }
        }
        office.now = records.last.map { Int($0.event.at.milliseconds / 60_000) } ?? office.now
        for (event, record) in zip(events, records) { take(event, record, &known) }
        let step = AppendStep(
            request: request, before: before, records: records, events: events, keys: known.keys, state: known.state,
            machine: known.machine, reading: known.reading, timers: contents.timers(of: id), messages: request.messages)
        for invariant in invariants { report(invariant.number, invariant.append(step)) }
        known.keys[request.key] = before.version + 1..<before.version + 1 + records.count
        known.head = records.last.map { Head(version: $0.sequence, hash: $0.hash) } ?? before
        compare(&known, with: events)
        cases[id] = known
    }

    private mutating func take(_ event: CaseEvent, _ record: EventRecord, _ known: inout Known) {
        known.reading.advance(to: max(event.on, known.reading.date ?? event.on), on: known.machine.calendar)
        let governing = known.state.governing(after: event)
        let next = governing.flatMap { book.machine(for: $0) } ?? known.machine
        let step = EventStep(
            event: event, record: record, reading: known.reading, rules: known.machine.rules, next: next.rules,
            governing: known.state.governing, office: office)
        for invariant in invariants { report(invariant.number, invariant.event(step)) }
        known.machine = next
        known.reading.take(event, under: next.rules)
        next.evolve(&known.state, by: event)
    }

    private mutating func compare(_ known: inout Known, with events: [CaseEvent]) {
        guard var model = known.model else { return }
        known.model = nil
        do {
            try model.take(events)
            comparisons += 1
            if let difference = model.difference(from: known.state) {
                problems.append("the plain model says otherwise: \(difference)")
            } else {
                known.model = model
            }
        } catch {
            // Something that the plain model does not know: it has nothing to say from here on.
        }
    }

    // MARK: Answers

    mutating func note(_ answer: Request.Answer, to request: Request, attempt: Int) {
        let appended = appendedBy[[request.id, attempt]] ?? 0
        switch answer {
        case .refused(let code):
            if appended > 0 { report(20, "refused with \(code), and \(appended) events are there") }
        case .accepted(let events, let version, let isRepeat):
            guard case .command(let id, _) = request.wanted, let known = cases[id] else { return }
            if events.isEmpty {
                if appended > 0 { report(20, "nothing to do, and \(appended) events are there") }
                return
            }
            let range = version + 1 - events.count..<version + 1
            if known.keys[request.key] != range {
                report(20, "accepted as \(range), the log has \(String(describing: known.keys[request.key]))")
            }
            if !isRepeat, appended != events.count {
                report(20, "accepted \(events.count) events, appended \(appended)")
            }
        case .entered, .unknown: break
        }
    }

    mutating func delivered(_ message: OutboxMessage.ID) {
        deliveredReports.insert(message)
    }

    // MARK: The end

    /// Reads everything again from the first event: logs, chains, folds, and what nodes hold in memory.
    mutating func closing(store: inout SimulatedStore, nodes: [Node]) throws -> [String] {
        for known in cases.values.sorted(by: { $0.id.text < $1.id.text }) {
            let records = store.contents.events(of: known.id, after: 0, limit: .max)
            let end = try HashChain.verify(records, of: known.id, expecting: known.head)
            if end != known.head { report(14, "the log of \(known.id) ends elsewhere") }
            var again = Known(id: known.id, machine: known.machine)
            for record in records {
                let event = try store.event(record)
                if case .caseOpened(let opening) = event.what, let first = book.machine(for: CaseGoverning(opening)) {
                    again.machine = first
                }
                if let governing = again.state.governing(after: event), let next = book.machine(for: governing) {
                    again.machine = next
                }
                again.machine.evolve(&again.state, by: event)
            }
            if again.state != known.state { report(14, "the state of \(known.id) is not the fold of its log") }
            for node in nodes {
                guard let desk = node.desks[known.id]?.desk, !desk.isStale else { continue }
                let held = desk.known
                guard held.head.version == known.head.version else { continue }
                if held.head != known.head || held.state != known.state {
                    report(14, "node \(node.number) holds another state of \(known.id)")
                }
            }
            checkMeasures(of: known)
        }
        checkReports(store)
        return takeProblems()
    }

    /// The total of a case lies between its longest clock and the sum of all of them.
    private mutating func checkMeasures(of known: Known) {
        guard let opened = known.state.openedOn, let asOf = known.state.asOf else { return }
        let periods = known.machine.heldTimes(in: known.state).filter { $0.holder == .gov }.map(\.period)
        let measures = Measures(of: periods, after: opened.adding(days: -7), through: asOf, on: known.machine.calendar)
        if measures.union.minutes > measures.sum.minutes { report(4, "the whole takes longer than all parts together") }
        if measures.union.minutes > measures.span.minutes { report(4, "the whole takes longer than it lasts") }
    }

    /// What the registry knows of breaches, each at most once, and in the order of each case.
    private mutating func checkReports(_ store: SimulatedStore) {
        var seen: Set<String> = []
        for record in store.contents.events(of: .registry, after: 0, limit: .max) {
            guard let event = try? store.entry(record), case .breachRecorded(let breach) = event.what,
                breach.caseID != "elsewhere", !record.key.text.hasPrefix("given.")
            else { continue }
            if !seen.insert(breach.id).inserted { report(16, "breach \(breach.id) was entered twice") }
            guard let id = CaseID(breach.caseID), let known = cases[id], breach.sequence <= known.head.version else {
                report(13, "a breach of no case")
                continue
            }
        }
    }
}

// MARK: For tests of the checkers

extension Audit {
    /// As if the log had never told of a pause.
    mutating func forgetPause(of item: String, in id: CaseID, resumedAfter date: LocalDate) {
        cases[id]?.reading.items[item]?.clock = DayCount(from: date, on: .weekdays)
    }

    /// Entries as they would come from the registry's log.
    mutating func register(_ entries: [RegistryEntry]) {
        for entry in entries {
            registry.evolve(by: RegistryEvent(on: .earliest, by: .system, entry))
            office.registries.append(registry)
            office.recordedAt.append(0)
        }
    }
}
