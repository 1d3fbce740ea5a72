import CaseEngine
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// A workflow of many works that go side by side and one permit, the office that handles it, and what tests do there.
struct Office {
    let orchestrator: Orchestrator
    let store: any EventStore
    let publication: Publication
    let project: Project

    static let works = 40
    static let start = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists
    static let id = CaseID("case-1")!  // a valid id

    init(
        _ store: any EventStore, residentCases: Int = 100, registryAge: Duration = .seconds(1),
        title: String = "工程", owner: String? = nil, ownerCode: String? = nil, edit: (String) -> String = { $0 }
    ) throws {
        let text = edit(Self.text)
        let reading = WorkflowFile.read(text, path: "works.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        self.store = store
        orchestrator = Orchestrator(store: store, residentCases: residentCases, registryAge: registryAge)
        publication = Publication(workflow: workflow, text: text, calendar: .weekdays, calendarText: nil)
        project = Project(
            code: "2401-500000-04-01-000001", title: LocalizedText(zh: title, en: title),
            owner: owner.map { LocalizedText(zh: $0, en: $0) }, ownerCode: ownerCode.flatMap { CreditCode($0) },
            facts: [:])
    }

    /// Another process on the same store.
    func another() throws -> Office { try Office(store) }

    private static let text = """
        workflow: works
        version: "1"
        title: {zh: 样例, en: Works}
        processType: 3
        source: assumed
        calendar: weekdays
        facts:
          floorArea: {type: number, unit: m2, default: 100}
        departments:
          planning: {zh: 规划, en: Planning}
          owner: {zh: 建设单位, en: Owner}
        targets:
          - {id: t, limit: 30 wd, from: entered, to: completed, counts: [gov], source: assumed}
        stages:
          - id: works
            title: {zh: 工程, en: Works}
            national: 4
            lead: planning
            items:
              - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
              - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 3 wd,
                 limit: 5 wd, after: [entered], milestone: true, source: assumed}
        \((0..<works).map { """
              - {id: work-\($0), title: {zh: 工作, en: Work}, kind: applicant, department: owner, takes: 1 wd,
                 after: [entered], source: assumed}
        """ }.joined(separator: "\n"))
              - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [permit]}
        """

    // MARK: Doing

    static let owner = Actor(role: .applicant, name: "owner")
    static let officer = Actor(role: .department, department: "planning", name: "officer")

    @discardableResult
    func open(_ id: CaseID = Self.id, facts: [String: FactValue] = ["floorArea": .number(100)]) async throws
        -> Performed
    {
        try await orchestrator.open(
            id, with: publication, project: project, facts: facts, on: Self.start, by: Self.owner,
            at: .officeClosing(of: Self.start))
    }

    @discardableResult
    func perform(
        _ command: CaseCommand, _ keyText: String, by actor: Actor = Self.owner, on id: CaseID = Self.id,
        day: Int = 0
    ) async throws -> Performed {
        let date = Self.start.adding(days: day)
        return try await orchestrator.perform(
            command, on: id, key: try #require(CommandKey(keyText)), by: actor, on: date, at: .officeClosing(of: date))
    }

    /// Begins or completes a work, under a key of its own.
    @discardableResult
    func work(_ number: Int, _ command: ItemCommand, on id: CaseID = Self.id, day: Int = 0) async throws -> Performed {
        let name = command == .begin ? "begin" : "complete"
        return try await perform(.item("work-\(number)", command), "\(name).\(number)", on: id, day: day)
    }

    /// Takes the permit's application in, so that it can be decided.
    func admitPermit() async throws {
        try await perform(.item("permit", .file(materials: [])), "file")
        try await perform(.item("permit", .admit), "admit", by: Self.officer)
    }

    func decide(_ decision: Decision, _ keyText: String) async throws -> Performed {
        try await perform(.item("permit", .decide(decision)), keyText, by: Self.officer)
    }

    static let refusal = Decision.refused(reasons: "not lawful", appeal: "court within six months")

    func snapshot(_ id: CaseID = Self.id) async throws -> CaseSnapshot { try await orchestrator.snapshot(of: id) }

    // MARK: Looking

    /// The log, after checking that it is whole: sealed, gap-free, one run of events a key, and in memory as replayed.
    func checkedLog(
        _ id: CaseID = Self.id, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [EventRecord] {
        let log = try await store.events(of: id, after: 0, limit: .max)
        let head = try #require(try await store.head(of: id))
        let verified = try HashChain.verify(log, of: id, expecting: head)
        #expect(verified == head, sourceLocation: sourceLocation)
        #expect(log.map(\.sequence) == Array(1...log.count), sourceLocation: sourceLocation)
        let runs = log.indices.count { $0 == 0 || log[$0].key != log[$0 - 1].key }
        #expect(runs == Set(log.map(\.key)).count, "a key has two effects", sourceLocation: sourceLocation)
        let live = try await snapshot(id)
        var replayed = CaseState()
        for record in log { live.machine.evolve(&replayed, by: try CaseEvent(record: record)) }
        #expect(live.state == replayed, sourceLocation: sourceLocation)
        let fresh = try await Orchestrator(store: store).snapshot(of: id)
        #expect(fresh.state == replayed, sourceLocation: sourceLocation)
        return log
    }
}
