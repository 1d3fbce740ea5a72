import CaseEngine
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@Suite("The registry's stream")
struct RegistryDeskTests {
    private static let clerk = Actor(role: .department, department: "office", name: "clerk")
    private static let day = Office.start

    private static func officer(_ name: String, _ roles: Set<OfficerRole> = [.approver]) -> RegistryEntry {
        .officerRegistered(officer: Officer(department: "planning", name: name, roles: roles))
    }

    private func enter(
        _ entry: RegistryEntry, _ key: String, in office: Office, by actor: Actor = clerk, on date: LocalDate = day
    ) async throws -> Entered {
        try await office.orchestrator.enter(
            entry, key: try #require(CommandKey(key)), by: actor, on: date, at: .officeClosing(of: date))
    }

    /// The stream, after checking that it is whole and that reading it gives what is in memory.
    private func checkedStream(_ office: Office) async throws -> [EventRecord] {
        let log = try await office.store.events(of: .registry, after: 0, limit: .max)
        let head = try #require(try await office.store.head(of: .registry))
        #expect(try HashChain.verify(log, of: .registry, expecting: head) == head)
        var replayed = Registry()
        for record in log { replayed.evolve(by: try RegistryEvent(record: record)) }
        #expect(try await office.orchestrator.registry() == replayed)
        #expect(try await Orchestrator(store: office.store).registry() == replayed)
        return log
    }

    @Test("An entry sent again under its key is made once; another entry under it is refused")
    func keys() async throws {
        let office = try Office(InMemoryStore())
        let first = try await enter(Self.officer("Li"), "a", in: office)
        let again = try await enter(Self.officer("Li"), "a", in: try office.another())
        #expect(!first.isRepeat && again.isRepeat && first.events == again.events && first.version == again.version)
        await #expect(throws: OrchestratorError.keyReused(CommandKey("a")!)) {
            try await enter(Self.officer("Wang"), "a", in: office)
        }
        #expect(try await enter(Self.officer("Li"), "b", in: office).events.isEmpty)
        #expect(try await checkedStream(office).count == 1)
    }

    @Test("Entries that come at once from two processes are all made, one after another")
    func atOnceFromTwo() async throws {
        let office = try Office(InMemoryStore())
        let other = try office.another()
        _ = try await atOnce(24) { number in
            try await enter(Self.officer("N\(number)"), "k.\(number)", in: number.isMultiple(of: 2) ? office : other)
        }
        #expect(try await checkedStream(office).count == 24)
    }

    @Test("The registry is no case: no list shows it, no case takes its name, no command reaches it")
    func isNoCase() async throws {
        let office = try Office(InMemoryStore())
        _ = try await enter(Self.officer("Li"), "a", in: office)
        try await office.open()
        let rows = try await office.store.summaries(matching: SummaryFilter(), after: nil, limit: 9)
        #expect(rows.map(\.caseID) == [Office.id])
        await #expect(throws: OrchestratorError.officeName(.registry)) { try await office.open(.registry) }
        await #expect(throws: OrchestratorError.unknownCase(.registry)) { try await office.snapshot(.registry) }
    }

    @Test("What is entered counts at once for commands of this process, and for another that looks again")
    func counts() async throws {
        let office = try Office(InMemoryStore())
        let other = Orchestrator(store: office.store, registryAge: .zero)
        try await office.open()
        try await office.admitPermit()
        _ = try await enter(Self.officer("Li"), "a", in: office)
        let unknown = CaseRejection.unknownOfficer(name: "officer", department: "planning")
        await #expect(throws: unknown) { try await office.decide(.granted, "d") }
        await #expect(throws: unknown) {
            try await other.perform(
                .item("permit", .decide(.granted)), on: Office.id, key: CommandKey("e")!, by: Office.officer,
                on: Office.start, at: .officeClosing(of: Office.start))
        }
        let done = try await office.perform(
            .item("permit", .decide(.granted)), "f",
            by: Actor(role: .department, department: "planning", name: "Li"))
        #expect(done.events.first?.grounds?.registry == 1)
        _ = try await office.checkedLog()
    }

    @Test("An entry whose answer was lost was made: sent again with its key it says so", arguments: [true, false])
    func faults(isStored: Bool) async throws {
        let office = try Office(FaultyStore { $0 == 0 ? (isStored ? .answerLost : .refused) : .none })
        await #expect(throws: StoreError.self) { try await enter(Self.officer("Li"), "a", in: office) }
        #expect(try await enter(Self.officer("Li"), "a", in: office).isRepeat == isStored)
        #expect(try await checkedStream(office).count == 1)
    }

    // MARK: Breaches

    /// The permit tolerates that its map follows within two working days.
    private static func tolerant(_ store: any EventStore) throws -> Office {
        try Office(store, owner: "云麓置业") { text in
            text.replacing(
                "limit: 5 wd, after: [entered]",
                with: "limit: 5 wd, tolerance: 2 wd, materials: [{material: map, minor: true}], after: [entered]"
            ).replacing(
                "targets:", with: "materials:\n  map: {title: {zh: 图, en: Map}, basis: assumed}\ntargets:")
        }
    }

    /// A case whose promise under tolerance is broken when time passes.
    private func promising(_ store: any EventStore, _ id: CaseID) async throws -> Office {
        let office = try Self.tolerant(store)
        try await office.open(id)
        try await office.perform(.item("permit", .file(materials: [])), "file", on: id)
        try await office.perform(.item("permit", .admit), "admit", by: Office.officer, on: id)
        return office
    }

    @Test("A broken promise is entered in the registry once, and bars the owner's next tolerance")
    func breach() async throws {
        let office = try await promising(InMemoryStore(), Office.id)
        let done = try await office.perform(.passTime, "time.x", by: .system, day: 30)
        let again = try await office.perform(.passTime, "time.x", by: .system, day: 30)
        #expect(again.isRepeat)
        let position = try #require(done.events.firstIndex { $0.kind == .breachRecorded })
        let registry = try await office.orchestrator.registry()
        #expect(registry.breaches.count == 1)
        let breach = try #require(registry.breaches.values.first)
        #expect(breach.id == "case-1.\(done.version - done.events.count + position + 1)")
        #expect(breach.owner == "云麓置业" && breach.kind == .tolerance && breach.item == "permit")
        #expect(breach.on == done.events[position].on)
        #expect(try await office.store.waitingReceivers().isEmpty)

        let second = CaseID("case-2")!
        let error = await #expect(throws: CaseRejection.self) {
            try await office.open(second)
            try await office.perform(.item("permit", .file(materials: [])), "file", on: second, day: 31)
        }
        #expect(error?.code == "toleranceBarred")
        #expect(try await checkedStream(office).count == 1)
    }

    @Test("A breach that its process did not live to enter is entered by the next one, once")
    func breachAfterCrash() async throws {
        let base = InMemoryStore()
        // open, file, admit, time; then the registry's append is lost.
        let office = try await promising(FaultyStore(base) { $0 >= 4 ? .refused : .none }, Office.id)
        try await office.perform(.passTime, "time.x", by: .system, day: 30)
        #expect(try await base.head(of: .registry) == nil)
        #expect(try await base.waitingReceivers() == [CaseID.registry.text])

        let next = try Self.tolerant(base)
        try await next.work(0, .begin, day: 31)
        #expect(try await next.orchestrator.registry().breaches.count == 1)
        #expect(try await base.waitingReceivers().isEmpty)
        #expect(try await checkedStream(next).count == 1)
    }
}
