import CaseEngine
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Rules that change under running cases")
struct RuleChangeTests {
    private static let designer = Actor(role: .designer, name: "王编")
    private static let day = Office.start.adding(days: 3)

    /// The office's workflow in a second version, with a shorter limit and one work less.
    private static func second(_ office: Office) throws -> (workflow: WorkflowDefinition, text: PublishedText) {
        let text = office.publication.workflowText.text
            .replacing("version: \"1\"", with: "version: \"2\"").replacing("limit: 5 wd", with: "limit: 4 wd")
        let workflow = try #require(WorkflowFile.read(text, path: "works.yaml").value)
        return (workflow, .workflow(workflow, text: text))
    }

    private static func ids(_ count: Int) throws -> [CaseID] {
        try (0..<count).map { try #require(CaseID("case-\($0)")) }
    }

    private static func open(_ ids: [CaseID], _ office: Office) async throws {
        for id in ids {
            _ = try await office.orchestrator.open(
                id, with: office.publication, project: office.project, facts: [:], on: Office.start,
                by: Actor(role: .applicant, name: "owner"), at: .officeClosing(of: Office.start))
            for (number, command) in [ItemCommand.file(materials: []), .admit].enumerated() {
                _ = try await office.orchestrator.perform(
                    .item("permit", command), on: id, key: try #require(CommandKey("k\(number)")),
                    by: number == 0
                        ? Actor(role: .applicant, name: "owner")
                        : Actor(role: .department, department: "planning", name: "李四"),
                    on: Office.start, at: .officeClosing(of: Office.start))
            }
        }
    }

    private static func change(_ office: Office, _ hash: String) -> RuleChange {
        RuleChange(
            .migrate(MigrationOrder(version: "2", definition: hash, reason: "notice")), by: designer, on: day,
            at: .officeClosing(of: day), orchestrator: office.orchestrator)
    }

    @Test("A case goes on under the new version in every process, and its row says so")
    func everyProcess() async throws {
        let office = try Office(InMemoryStore())
        let ids = try Self.ids(3)
        try await Self.open(ids, office)
        let (_, text) = try Self.second(office)
        try await office.orchestrator.publish(text)
        var outcomes: [RuleChange.Outcome] = []
        try await Self.change(office, text.hash.description).apply(to: ids) { outcomes.append($1) }
        #expect(outcomes.allSatisfy { if case .changed = $0 { true } else { false } })
        // Another process reads it from the log.
        let snapshot = try await office.another().orchestrator.snapshot(of: ids[0])
        #expect(snapshot.machine.plan.workflow.version == "2" && snapshot.state.governing?.version == "2")
        #expect(snapshot.state.opening?.version == "1")
        let permit = try #require(snapshot.state[item: "permit"])
        #expect(permit.limits?.promised == Office.start.adding(days: 6))
        #expect(try await office.store.summary(of: ids[0])?.summary.workflowVersion == "2")
        // A command of that process is decided by the new rules.
        _ = try await office.another().orchestrator.perform(
            .item("permit", .decide(.granted)), on: ids[0], key: try #require(CommandKey("grant")),
            by: Actor(role: .department, department: "planning", name: "李四"), on: Self.day,
            at: .officeClosing(of: Self.day))
    }

    @Test("A preview changes nothing, also of a text that nobody has published")
    func preview() async throws {
        let office = try Office(InMemoryStore())
        let ids = try Self.ids(2)
        try await Self.open(ids, office)
        let (workflow, text) = try Self.second(office)
        office.orchestrator.consider(text, workflow)
        let before = try await office.store.head(of: ids[0])
        var changed = 0
        try await Self.change(office, text.hash.description).apply(to: ids, isPreview: true) { _, outcome in
            if case .changed(let events) = outcome, events.first?.kind == .caseMigrated { changed += 1 }
        }
        #expect(changed == 2)
        #expect(try await office.store.head(of: ids[0]) == before)
        #expect(try await office.another().orchestrator.workflow(workflow.id, version: "2") == nil)
    }

    @Test("A run that was cut off is started again: every case is migrated once")
    func resumed() async throws {
        struct Cut: Error {}
        let office = try Office(InMemoryStore())
        let ids = try Self.ids(40)
        try await Self.open(ids, office)
        let (_, text) = try Self.second(office)
        try await office.orchestrator.publish(text)
        var told = 0
        await #expect(throws: Cut.self) {
            try await Self.change(office, text.hash.description).apply(to: ids) { _, _ in
                told += 1
                if told == 7 { throw Cut() }
            }
        }
        var outcomes: [RuleChange.Outcome: Int] = [:]
        try await Self.change(try office.another(), text.hash.description).apply(to: ids) { _, outcome in
            if case .changed = outcome {
                outcomes[.changed([]), default: 0] += 1
            } else {
                outcomes[outcome, default: 0] += 1
            }
        }
        #expect(outcomes.values.reduce(0, +) == 40 && outcomes[.unchanged, default: 0] >= 7)
        for id in ids {
            let log = try await office.orchestrator.log(of: id)
            #expect(log.count { $0.event.kind == "caseMigrated" } == 1)
            #expect(throws: Never.self) { try HashChain.verify(log, of: id, expecting: nil) }
        }
    }

    @Test("A holiday notice holds in every process, and a case counts its days on the calendar that it went by")
    func notice() async throws {
        let office = try Office(InMemoryStore())
        let ids = try Self.ids(1)
        try await Self.open(ids, office)
        let text = """
            calendar: weekdays
            version: "2"
            title: {zh: 新通知, en: New notice}
            source: assumed
            week: [mon, tue, wed, thu, fri]
            coverage: {from: 2024-01-01, published: 2024-12-31, provisional: 2024-12-31}
            years:
              2024:
                notice: assumed
                holidays:
                  - {name: {zh: 放假, en: Holiday}, from: 2024-03-07, to: 2024-03-07}

            """
        let reading = CalendarFile.read(text, path: "weekdays.yaml")
        let calendar = try #require(reading.value, "\(reading.diagnostics)")
        try await office.orchestrator.publish(.calendar(calendar, text: text))
        let order = CaseCommand.changeCalendar(
            CalendarOrder(calendar: "weekdays", version: "2", reason: "notice"))
        var outcomes: [RuleChange.Outcome] = []
        for _ in 0..<2 {
            try await RuleChange(
                order, by: Self.designer, on: Self.day, at: .officeClosing(of: Self.day),
                orchestrator: office.orchestrator
            ).apply(to: ids) { outcomes.append($1) }
        }
        #expect(outcomes.last == .unchanged)
        let snapshot = try await office.another().orchestrator.snapshot(of: ids[0])
        #expect(snapshot.state[item: "permit"]?.limits?.promised == Office.start.adding(days: 10))
        #expect(snapshot.machine.calendar.version == "2")
    }

    @Test("The library takes two persons, keeps what it released, and says what is in force")
    func library() async throws {
        let office = try Office(InMemoryStore())
        let desk = LibraryDesk(store: office.store, orchestrator: office.orchestrator)
        let (workflow, text) = try Self.second(office)
        func context(_ name: String, _ days: Int) -> CaseContext {
            CaseContext(today: Office.start.adding(days: days), actor: Actor(role: .designer, name: name))
        }
        func key(_ name: String) -> CommandKey { CommandKey(name)! }  // a letter
        let at = Instant.officeClosing(of: Office.start)
        let first = office.publication
        #expect(
            try await desk.submit(
                first.workflow, text: first.workflowText.text, effective: Office.start, means: [], note: "first",
                key: key("a"), in: context("王", 0), at: at
            ).count == 1)
        // The same again under its key is the same answer; another person under it is refused.
        #expect(
            try await desk.submit(
                first.workflow, text: first.workflowText.text, effective: Office.start, means: [], note: "first",
                key: key("a"), in: context("王", 0), at: at
            ).count == 1)
        await #expect(throws: LibraryRejection.sameHand("王")) {
            try await desk.release("works", version: "1", key: key("b"), in: context("王", 0), at: at)
        }
        let released = try await desk.release("works", version: "1", key: key("c"), in: context("李", 0), at: at)
        #expect(released.first?.kind == "definitionReleased")
        _ = try await desk.submit(
            workflow, text: text.text, effective: Office.start.adding(days: 10), means: [.reduce], note: "shorter",
            key: key("d"), in: context("王", 1), at: at)
        _ = try await desk.release("works", version: "2", key: key("e"), in: context("李", 1), at: at)
        await #expect(throws: LibraryRejection.alreadyReleased("2")) {
            try await desk.submit(
                workflow, text: text.text + "# edited\n", effective: Office.start, means: [], note: "again",
                key: key("f"), in: context("王", 2), at: at)
        }
        let library = try await desk.library()
        #expect(library.inForce("works", on: Office.start)?.version == "1")
        #expect(library.inForce("works", on: Office.start.adding(days: 10))?.version == "2")
        let versions = library.versions
        #expect(
            versions.map { library.standing(of: $0, on: Office.start.adding(days: 10)) } == [.superseded, .inForce])
        try await desk.requireInForce(
            "works", version: "1", definition: first.workflowText.hash.description, on: Office.start)
        await #expect(throws: LibraryRejection.self) {
            try await desk.requireInForce(
                "works", version: "2", definition: text.hash.description, on: Office.start)
        }
        _ = try await desk.withdraw(
            "works", version: "2", reason: "appeal", key: key("g"), in: context("李", 11), at: at)
        let after = try await desk.library()
        #expect(after.inForce("works", on: Office.start.adding(days: 12))?.version == "1")
        #expect(after.standing(of: after.versions[1], on: Office.start.adding(days: 12)) == .withdrawn)
        // The office's own stream is no case.
        #expect(try await office.store.summaries(matching: SummaryFilter(), after: nil, limit: 9).isEmpty)
        let own = SummaryFilter(workflow: CaseSummary.officeWorkflow)
        #expect(try await office.store.summaries(matching: own, after: nil, limit: 9).map(\.caseID.isOffice) == [true])
    }
}
