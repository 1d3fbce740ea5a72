import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// A sound log in the making, and then something in it that may not be.
struct WrittenLog {
    static let id = CaseID("short")!
    var audit: Audit
    var contents = StoreContents()
    var head = Head.empty
    var number = 0
    let machine: CaseMachine
    var state = CaseState()

    init(_ workflow: String = "short") {
        let version = RuleTexts.workflows[workflow]![0]
        let calendar = RuleTexts.calendars[0]
        let opening = CaseOpening(
            project: "p", title: version.workflow.title, owner: Workload.owner, workflow: version.workflow.id,
            version: version.workflow.version, definition: version.hash, calendar: calendar.id,
            calendarVersion: calendar.version, facts: version.workflow.resolvedFacts([:]))
        audit = Audit(book: RuleTexts.book)
        machine = RuleTexts.book.machine(for: CaseGoverning(opening))!
        perform(.open(opening), by: People.owner, on: 0)
    }

    static func day(_ number: Int) -> LocalDate { LocalDate("2026-03-02")!.adding(days: number) }

    /// What really happens.
    mutating func perform(_ command: CaseCommand, by actor: Actor, on day: Int) {
        let context = CaseContext(today: Self.day(day), actor: actor)
        let events = try! machine.perform(command, on: &state, in: context)
        append(events)
    }

    mutating func file(_ item: String, _ materials: [String] = [], on day: Int) {
        perform(
            .item(item, .file(materials: materials.map { SuppliedMaterial(material: $0, hash: "\(number)") })),
            by: People.owner, on: day)
    }

    /// What is written into the log whether it may be or not.
    mutating func write(_ what: Happening, _ item: String? = nil, by actor: Actor = .system, on day: Int) {
        append([CaseEvent(on: Self.day(day), by: actor, item: item, what)])
    }

    mutating func append(
        _ events: [CaseEvent], recorded: LocalDate? = nil, change: (inout AppendRequest) -> Void = { _ in },
        records edit: (inout [EventRecord]) -> Void = { _ in }
    ) {
        number += 1
        let last = recorded ?? events.last?.on ?? Self.day(0)
        var now = CaseState()
        for event in told + events { machine.evolve(&now, by: event) }
        told += events
        state = now
        var request = AppendRequest(
            caseID: Self.id, expectedVersion: head.version, expectedHash: head.hash,
            key: CommandKey("k.\(number)")!,
            events: events.map {
                NewEvent(
                    kind: $0.kind.rawValue, on: $0.on, at: .officeClosing(of: last), actor: $0.by.label,
                    payload: $0.payload)
            },
            summary: machine.summary(of: state),
            timers: .all(machine.timers(in: state).map { StoredTimer(name: $0.name, due: $0.due) }),
            messages: RegistryReports.messages(
                of: events, after: head.version, in: Self.id, opening: state.opening))
        change(&request)
        let before = head
        if case .appended(let end) = try! contents.append([request])[0] { head = end }
        var records = contents.events(of: Self.id, after: before.version, limit: .max)
        edit(&records)
        let pending = Pending(
            request: number, attempt: 1, holder: nil, append: request, cargo: .events(events))
        audit.appended(pending, before: before, records: records, contents: contents)
    }

    private var told: [CaseEvent] = []

    mutating func problems() -> [String] { audit.takeProblems() }
}
