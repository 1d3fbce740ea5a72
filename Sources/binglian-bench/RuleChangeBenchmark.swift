import ArgumentParser
import CaseEngine
import Foundation
import Logging
import Orchestrator
import SQLiteStore
import WorkCalendar
import WorkflowModel

/// Rules that change under running cases: a new holiday notice over open clocks, in the engine alone; and a migration of
/// cases that lie in a store, half of them waiting at a join, read from their logs, decided and made durable.
struct RuleChangeBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule-change",
        abstract: "Seconds for a holiday notice over open clocks, and for a migration of running cases.")

    @Option(help: "A new file for the store; without it, the store is in memory.")
    var store: String?

    @Option(help: "How many open clocks the notice is about, ten a case.")
    var clocks = 100_000

    @Option(help: "How many cases are migrated.")
    var cases = 10_000

    func run() async throws {
        let notice = try notice()
        let migration = try await migration()
        report([
            "clocks": Double(notice.clocks), "noticeSeconds": notice.seconds, "movedDeadlines": Double(notice.moved),
            "cases": Double(migration.cases), "migrationSeconds": migration.seconds,
            "answersBefore": Double(migration.answers.0), "answersAfter": Double(migration.answers.1),
        ])
    }

    // MARK: The notice

    private func notice() throws -> (clocks: Int, seconds: Double, moved: Int) {
        let workflow = RuleChangeWorkflow(version: "1")
        let newer = RuleChangeWorkflow.notice
        let old = CaseMachine(plan: Plan.resolve(workflow.definition, facts: [:]), calendar: .weekdays)
        var machines: [CaseGoverning: CaseMachine] = [:]
        func successor(_ governing: CaseGoverning) -> CaseMachine? {
            if let known = machines[governing] { return known }
            let made = CaseMachine(
                governing, definition: { _, _ in workflow.definition },
                calendarOf: { $0 == newer.version ? newer : .weekdays })
            machines[governing] = made
            return made
        }
        let date = RuleChangeWorkflow.start
        var states: [CaseState] = []
        for number in 0..<clocks / RuleChangeWorkflow.permits {
            var state = CaseState()
            let admitted = date.adding(days: number % 5)
            for (command, actor) in RuleChangeWorkflow.underReview(workflow.opening) {
                _ = try old.perform(command, on: &state, in: CaseContext(today: admitted, actor: actor))
            }
            states.append(state)
        }
        let order = CaseCommand.changeCalendar(
            CalendarOrder(calendar: newer.id, version: newer.version, reason: "notice"))
        let context = CaseContext(today: date.adding(days: 6), actor: Actor(role: .designer, name: "designer"))
        var moved = 0
        let elapsed = try processorSeconds {
            for index in states.indices {
                let done = try old.perform(order, on: &states[index], in: context, finding: successor)
                for event in done.events {
                    if case .calendarChanged(let change) = event.what { moved += change.deadlines.count }
                }
            }
        }
        precondition(moved >= clocks, "every clock's deadline moves")
        return (states.count * RuleChangeWorkflow.permits, elapsed, moved)
    }

    // MARK: The migration

    private func migration() async throws -> (cases: Int, seconds: Double, answers: (Int, Int)) {
        let events: any EventStore = if let store { try await SQLiteStore.open(path: store) } else { InMemoryStore() }
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let old = RuleChangeWorkflow(version: "1")
        let new = RuleChangeWorkflow(version: "2")
        let ids = (0..<cases).map { CaseID("case-\($0)")! }  // digits and a hyphen
        let before = try await open(ids, on: old, Orchestrator(store: events, logger: quiet))
        // A process of its own: everything is read from the logs.
        let orchestrator = Orchestrator(store: events, logger: quiet)
        try await orchestrator.publish(new.text)
        let order = CaseCommand.migrate(
            MigrationOrder(version: "2", definition: new.text.hash.description, reason: "notice"))
        let date = RuleChangeWorkflow.start.adding(days: 6)
        let change = RuleChange(
            order, by: Actor(role: .designer, name: "designer"), on: date, at: .officeClosing(of: date),
            orchestrator: orchestrator)
        let clock = ContinuousClock()
        let begin = clock.now
        var changed = 0
        try await change.apply(to: ids) { _, outcome in
            if case .changed = outcome { changed += 1 }
        }
        let elapsed = (clock.now - begin) / .seconds(1)
        precondition(changed == cases, "every case is migrated")
        var after = 0
        for id in ids {
            after += try await orchestrator.snapshot(of: id).state.answers
            await orchestrator.release(id)
        }
        precondition(after == before, "no answer is lost")
        try await events.close()
        return (cases, elapsed, (before, after))
    }

    /// Half of the cases wait at a join with one of two answers given, the others for their permits.
    ///
    /// - Returns: how many answers were given.
    private func open(
        _ ids: [CaseID], on workflow: RuleChangeWorkflow, _ orchestrator: Orchestrator
    ) async throws -> Int {
        let date = RuleChangeWorkflow.start
        let at = Instant.officeClosing(of: date)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            var next = 0
            var answers = 0
            func add() {
                guard next < ids.count else { return }
                let (id, isAtJoin) = (ids[next], next % 2 == 0)
                next += 1
                group.addTask {
                    _ = try await orchestrator.open(
                        id, with: workflow.publication, project: workflow.project, facts: [:], on: date,
                        by: Actor(role: .applicant, name: "owner"), at: at)
                    let commands = isAtJoin ? RuleChangeWorkflow.atTheJoin : RuleChangeWorkflow.firstPermit
                    for (number, (command, actor)) in commands.enumerated() {
                        _ = try await orchestrator.perform(
                            command, on: id, key: CommandKey("k\(number)")!,  // a letter and digits
                            by: actor, on: date, at: at)
                    }
                    let answers = try await orchestrator.snapshot(of: id).state.answers
                    await orchestrator.release(id)
                    return answers
                }
            }
            for _ in 0..<64 { add() }
            for try await count in group {
                answers += count
                add()
            }
            return answers
        }
    }
}

extension CaseState {
    /// Opinions and decisions that were given.
    fileprivate var answers: Int {
        items.reduce(0) { sum, item in
            let joint = item.joint.map { $0.participants + $0.former } ?? []
            return sum + joint.count { $0.verdict != nil } + (item.status.isFinished ? 1 : 0)
        }
    }
}

/// Ten permits side by side and a joint acceptance; the second version has shorter limits and another participant.
struct RuleChangeWorkflow {
    static let permits = 10
    static let start = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024

    let definition: WorkflowDefinition
    let text: PublishedText
    let publication: Publication
    let project = Project(
        code: "2403-500112-04-01-230517", title: LocalizedText(zh: "基准项目", en: "Benchmark project"), owner: nil,
        facts: [:])

    init(version: String) {
        let yaml = Self.yaml(version)
        let reading = WorkflowFile.read(yaml, path: "rule-change.yaml")
        guard let workflow = reading.value else { fatalError("\(reading.diagnostics)") }
        definition = workflow
        text = PublishedText.workflow(workflow, text: yaml)
        publication = Publication(workflow: workflow, text: yaml, calendar: .weekdays, calendarText: nil)
    }

    var opening: CaseOpening {
        CaseOpening(
            project: project.code, title: project.title, owner: nil, workflow: definition.id,
            version: definition.version, definition: text.hash.description, calendar: WorkCalendar.weekdays.id,
            calendarVersion: WorkCalendar.weekdays.version, facts: [:])
    }

    /// Two more days off, ahead of every limit.
    static var notice: WorkCalendar {
        let name = LocalizedText(zh: "放假", en: "Holiday")
        let off = [13, 14].map { WorkCalendar.Exception(date: start.adding(days: $0), isWorking: false, name: name) }
        return WorkCalendar(
            id: WorkCalendar.weekdays.id, version: "2", source: "benchmark", week: WorkCalendar.weekdays.week,
            published: nil, exceptions: off)
    }

    private static let owner = Actor(role: .applicant, name: "owner")
    private static let office = Actor(role: .department, department: "office", name: "officer")

    /// A case whose ten permits are all under review.
    static func underReview(_ opening: CaseOpening) -> [(CaseCommand, Actor)] {
        [(.open(opening), owner)]
            + (0..<permits).flatMap { number -> [(CaseCommand, Actor)] in
                [(.item("p\(number)", .file(materials: [])), owner), (.item("p\(number)", .admit), office)]
            }
    }

    static let firstPermit: [(CaseCommand, Actor)] = [
        (.item("p0", .file(materials: [])), owner), (.item("p0", .admit), office),
        (.item("p0", .decide(.granted)), office), (.item("p1", .file(materials: [])), owner),
        (.item("p1", .admit), office),
    ]

    static let atTheJoin: [(CaseCommand, Actor)] = [
        (.item("acceptance", .file(materials: [])), owner), (.item("acceptance", .admit), office),
        (
            .item("acceptance", .opine(participant: "fire", verdict: .pass)),
            Actor(role: .department, department: "fire", name: "officer")
        ),
    ]

    private static func yaml(_ version: String) -> String {
        let isNew = version == "2"
        let items = (0..<permits).map { number in
            """
                  - {id: p\(number), title: {zh: 许可, en: Permit}, kind: approval, department: office,
                     takes: 5 wd, limit: \(isNew ? 15 : 20) wd, milestone: true, source: benchmark}
            """
        }
        let others = isNew ? ["fire", "water"] : ["fire", "archive"]
        let participants = others.map { id in
            "          - {id: \(id), title: {zh: 参与, en: Part}, department: \(id), takes: 5 wd, limit: 7 wd}"
        }
        return """
            workflow: rule-change
            version: "\(version)"
            title: {zh: 规则变更, en: Rule change}
            processType: 10
            source: benchmark
            calendar: weekdays
            facts: {}
            departments:
              office: {zh: 部门, en: Office}
              fire: {zh: 消防, en: Fire}
              archive: {zh: 档案, en: Archive}
              water: {zh: 水务, en: Water}
            targets:
              - {id: whole, title: {zh: 全程, en: Whole}, from: acceptance, to: filing-away, counts: [gov], source: benchmark}
            stages:
              - id: stage
                title: {zh: 阶段, en: Stage}
                national: 4
                lead: office
                items:
            \(items.joined(separator: "\n"))
                  - id: acceptance
                    title: {zh: 联合验收, en: Joint acceptance}
                    joint: acceptance
                    lead: office
                    limit: 12 wd
                    admission: 1 wd
                    participants:
            \(participants.joined(separator: "\n"))
                    passes: all
                    merge: 1 wd
                    conclusion: 1 wd
                    milestone: true
                    source: benchmark
                  - {id: filing-away, title: {zh: 归档, en: Filing away}, kind: utility, department: office,
                     takes: 1 wd, after: [acceptance], source: benchmark}
            """ + "\n"
    }
}
