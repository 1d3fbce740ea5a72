import CaseEngine
import Foundation
import Orchestrator
import Planning
import Synchronization
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Runs")
struct CaseRunTests {
    @Test("Every workflow that we ship runs to its end, and twice to the same log", arguments: 1...12, 1...4)
    func deterministic(network: Int, seed: Int) async throws {
        let project = try ShippedProject(network, everyCondition: seed == 4)
        let first = try await project.finishedLog(seed: UInt64(seed))
        let second = try await project.finishedLog(seed: UInt64(seed))
        #expect(first == second)
        let machine = CaseMachine(plan: project.plan, calendar: project.calendar)
        var state = CaseState()
        for record in first { machine.evolve(&state, by: try CaseEvent(record: record)) }
        #expect(state.status == .completed)
        #expect(state.items.allSatisfy { $0.status.isFinished })
    }

    @Test("Another seed is another story")
    func seedsDiffer() async throws {
        let project = try ShippedProject(2)
        #expect(try await project.finishedLog(seed: 1) != project.finishedLog(seed: 2))
    }

    /// The run's task is cancelled after so many events; another process, with nothing but the store, goes on.
    @Test("A run that was cut off anywhere and went on elsewhere has the log of one that was not", arguments: 1...12)
    func cutOffOnce(network: Int) async throws {
        let project = try ShippedProject(network)
        let whole = try await project.finishedLog(seed: 7)
        let places = stride(from: 1 + network % 5, to: whole.count, by: max(1, whole.count / 8))
        for place in places {
            let store = InMemoryStore()
            try await project.run(store, seed: 7, cutOffAt: place)
            let left = try await project.log(in: store)
            #expect(left.count >= place, "cut off at \(place)")
            try await project.run(store, seed: 7)
            #expect(try await project.log(in: store) == whole, "cut off at \(place)")
        }
    }

    @Test(
        "A run that is cut off after every few events, in a new process each time, has that log too",
        arguments: [2, 9, 11])
    func cutOffAgainAndAgain(network: Int) async throws {
        let project = try ShippedProject(network)
        let whole = try await project.finishedLog(seed: 3)
        let store = InMemoryStore()
        var length = 0
        var processes = 0
        while length < whole.count {
            try await project.run(store, seed: 3, cutOffAt: length + 1)
            length = try await project.log(in: store).count
            processes += 1
            try #require(processes <= whole.count)
        }
        #expect(processes > 10)
        #expect(try await project.log(in: store) == whole)
    }

    @Test("Two processes that run one case at the same time come to the log of one", arguments: [3, 5, 10])
    func twoRunsAtOnce(network: Int) async throws {
        let project = try ShippedProject(network)
        let whole = try await project.finishedLog(seed: 5)
        let store = InMemoryStore()
        _ = try await atOnce(2) { _ in try await project.run(store, seed: 5) }
        let log = try await project.log(in: store)
        #expect(log == whole)
    }

    @Test("What is in memory after every step is what the log says")
    func liveIsReplayed() async throws {
        let project = try ShippedProject(2)
        let store = InMemoryStore()
        let replayed = Mutex(CaseState())
        try await project.run(store, seed: 11) { step in
            guard case .performed(let done, let snapshot) = step else { return }
            replayed.withLock { state in
                for event in done.events { snapshot.machine.evolve(&state, by: event) }
                #expect(state == snapshot.state)
            }
        }
        let log = try await project.log(in: store)
        #expect(replayed.withLock(\.version) == log.count)
    }

    @Test("A party that knows and has not answered holds the case, and is not told twice")
    func posted() async throws {
        final class Mailbox: DepartmentConnector {
            let others: SimulatedParties
            let told = Mutex<[String]>([])

            init(others: SimulatedParties) { self.others = others }

            func deliver(_ dispatch: Dispatch) async throws -> Delivery {
                guard dispatch.request.item == "permit" else { return try await others.deliver(dispatch) }
                told.withLock { $0.append(dispatch.key) }
                return .posted
            }
        }
        let office = try Office(InMemoryStore())
        try await office.open()
        let plan = try await office.snapshot().machine.plan
        let mailbox = Mailbox(others: SimulatedParties(plan: plan, calendar: .weekdays, seed: 1))
        let run = CaseRun(
            orchestrator: office.orchestrator, caseID: Office.id, dispatcher: Dispatcher(connector: mailbox))
        #expect(try await run.run() == .stuck)
        #expect(mailbox.told.withLock { $0 } == ["case-1/permit:1.0:file"])
        let state = try await office.snapshot().state
        #expect(state.items.filter { $0.id.hasPrefix("work-") }.allSatisfy { $0.status.isFinished })
    }

    @Test("An answer that the case does not allow is told and tried again when the case has moved on, not before")
    func refusedAnswers() async throws {
        /// The permit is decided, of all things, before it is signed by anybody or filed.
        struct Hasty: DepartmentConnector {
            let others: SimulatedParties

            func deliver(_ dispatch: Dispatch) async throws -> Delivery {
                guard case .admit = dispatch.request.ask else { return try await others.deliver(dispatch) }
                return .answer(
                    Answer(on: dispatch.today, commands: [.item("permit", .decide(.granted))], actor: Office.officer))
            }
        }
        let office = try Office(InMemoryStore())
        try await office.open()
        let plan = try await office.snapshot().machine.plan
        let refused = Mutex<[Int]>([])
        let run = CaseRun(
            orchestrator: office.orchestrator, caseID: Office.id,
            dispatcher: Dispatcher(
                connector: Hasty(others: SimulatedParties(plan: plan, calendar: .weekdays, seed: 1))),
            onStep: { step in
                guard case .refused(let dispatch, let rejection) = step else { return }
                #expect(dispatch.request.id == "permit:1.0:admit")
                #expect(rejection == .notNow(item: "permit", status: .filed))
                let version = try? await office.snapshot().state.version
                refused.withLock { $0.append(version ?? 0) }
            })
        // Nobody admits it, so after five working days the law does.
        #expect(try await run.run() == .closed(.completed))
        let versions = refused.withLock { $0 }
        #expect(versions.count > 1)
        #expect(Set(versions).count == versions.count, "asked twice at one version")
        #expect(try await office.snapshot().state.items.contains { $0.isDeemedAdmitted })
    }

    @Test("A key that was used for something else stops no run")
    func usedKey() async throws {
        let office = try Office(InMemoryStore())
        try await office.open()
        // Somebody sends another command under the key of an answer that is still to come.
        try await office.perform(.item("work-1", .begin), "run.work-0:0.0:begin.0")
        let plan = try await office.snapshot().machine.plan
        let run = CaseRun(
            orchestrator: office.orchestrator, caseID: Office.id,
            dispatcher: Dispatcher(connector: SimulatedParties(plan: plan, calendar: .weekdays, seed: 1)))
        _ = try await run.run()
        let state = try await office.snapshot().state
        #expect(state.items.first { $0.id == "permit" }?.status.isFinished == true)
    }
}

/// A shipped workflow with its sample project, run in memory by parties that answer by themselves.
struct ShippedProject {
    let plan: Plan
    let calendar: WorkCalendar
    private let publication: Publication
    private let project: Project

    static let id = CaseID("case-1")!  // a valid id
    static let start = LocalDate(year: 2024, month: 1, day: 25)!  // a date that exists, before Spring Festival

    init(_ network: Int, everyCondition: Bool = false) throws {
        let number = network < 10 ? "0\(network)" : "\(network)"
        let files = try ProjectFiles.files(in: "Workflows", extension: "yaml")
        let file = try #require(files.first { $0.lastPathComponent.hasPrefix("wf-\(number)-") })
        let text = try String(contentsOf: file, encoding: .utf8)
        let workflow = try #require(WorkflowFile.read(text, path: file.lastPathComponent).value)
        let all = "Fixtures/projects/wf-\(number)-all.yaml"
        let hasAll = FileManager.default.fileExists(atPath: ProjectFiles.url(all).path)
        let path = everyCondition && hasAll ? all : "Fixtures/projects/wf-\(number).yaml"
        project = try #require(ProjectFile.read(try ProjectFiles.text(path), path: path).value?.project)
        let calendarText = try ProjectFiles.text("Workflows/calendars/cn.yaml")
        calendar = try #require(CalendarFile.read(calendarText, path: "cn.yaml").value)
        plan = Plan.resolve(workflow, facts: workflow.resolvedFacts(project.facts))
        publication = Publication(workflow: workflow, text: text, calendar: calendar, calendarText: calendarText)
    }

    /// Runs the case in a process of its own, which opens it if need be and ends when the case does or was cut off.
    func run(
        _ store: any EventStore, seed: UInt64, cutOffAt length: Int = .max,
        openedBy opener: Actor = Actor(role: .applicant, name: "owner"),
        onStep: @escaping @Sendable (CaseRun.Step) async -> Void = { _ in }
    ) async throws {
        let orchestrator = Orchestrator(store: store)
        let opened = try await orchestrator.open(
            Self.id, with: publication, project: project, facts: plan.facts, on: Self.start,
            by: opener, at: .officeClosing(of: Self.start))
        await onStep(.performed(opened, try await orchestrator.snapshot(of: Self.id)))
        let run = CaseRun(
            orchestrator: orchestrator, caseID: Self.id,
            dispatcher: Dispatcher(connector: SimulatedParties(plan: plan, calendar: calendar, seed: seed)),
            onStep: { step in
                await onStep(step)
                if case .performed(let done, _) = step, done.version >= length {
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            })
        let end = await Task { try await run.run() }.result
        switch end {
        case .success(let end): #expect(end == .closed(.completed))
        case .failure(is CancellationError): #expect(length < .max)
        case .failure(let error): throw error
        }
    }

    /// As it is in the first event of the case's log.
    func opening() async throws -> CaseOpening {
        let orchestrator = Orchestrator(store: InMemoryStore())
        _ = try await orchestrator.open(
            Self.id, with: publication, project: project, facts: plan.facts, on: Self.start,
            by: Actor(role: .applicant, name: "owner"), at: .officeClosing(of: Self.start))
        return try #require(try await orchestrator.snapshot(of: Self.id).state.opening)
    }

    func log(in store: any EventStore) async throws -> [EventRecord] {
        let log = try await store.events(of: Self.id, after: 0, limit: .max)
        try HashChain.verify(log, of: Self.id)
        return log
    }

    func finishedLog(seed: UInt64) async throws -> [EventRecord] {
        let store = InMemoryStore()
        try await run(store, seed: seed)
        return try await log(in: store)
    }
}
