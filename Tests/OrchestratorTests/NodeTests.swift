import CaseEngine
import Logging
import Planning
import Scheduling
import Synchronization
import Testing
import WorkCalendar
import WorkflowModel

@testable import Orchestrator

@Suite("Nodes", .timeLimit(.minutes(3)))
struct NodeTests {
    /// An office whose date a test sets.
    final class SetClock: OfficeClock {
        private let date: Mutex<LocalDate>
        init(_ date: LocalDate) { self.date = Mutex(date) }
        func set(_ new: LocalDate) { date.withLock { $0 = new } }
        var today: LocalDate { date.withLock { $0 } }
        var now: Instant { .officeClosing(of: today) }
        var untilTomorrow: Duration { .seconds(1) }
    }

    private static func settings(_ name: String) -> Node.Settings {
        Node.Settings(
            name: name, poll: .milliseconds(10), retry: Backoff(first: .milliseconds(5), longest: .milliseconds(20)),
            deliveryTries: 3)
    }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    /// Waits until something is so; the test fails when it never is.
    private static func until(
        _ what: String, within limit: Duration = .seconds(240), sourceLocation: SourceLocation = #_sourceLocation,
        _ isSo: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + limit
        while try await !isSo() {
            guard ContinuousClock.now < end else {
                Issue.record("never: \(what)", sourceLocation: sourceLocation)
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Cases with an application that nobody admits: deemed admitted when five working days are over.
    private static func filed(_ count: Int, in store: InMemoryStore) async throws -> [CaseID] {
        let office = try Office(store)
        var ids: [CaseID] = []
        for number in 0..<count {
            let id = try #require(CaseID("case-\(number)"))
            try await office.open(id)
            try await office.perform(.item("permit", .file(materials: [])), "file", on: id)
            ids.append(id)
        }
        return ids
    }

    private static func admissions(of ids: [CaseID], in store: InMemoryStore) async throws -> [Int] {
        var counts: [Int] = []
        for id in ids {
            let log = try await store.events(of: id, after: 0, limit: .max)
            counts.append(log.count { $0.event.kind == "deemedAdmitted" })
        }
        return counts
    }

    @Test("A due timer fires once, whatever number of nodes there is, and never before its day is over")
    func timersFireOnce() async throws {
        let store = InMemoryStore()
        let ids = try await Self.filed(40, in: store)
        let due = try #require(
            try await store.dueTimers(through: .latest, after: nil, limit: 1).first?.timer.due)
        let clock = SetClock(due)
        let nodes = (0..<3).map { number in
            let registry = MeterRegistry()
            let node = Node(
                store: store, orchestrator: Orchestrator(store: store, logger: Self.quiet), clock: clock,
                settings: Self.settings("node-\(number)"), registry: registry, logger: Self.quiet)
            return Task { try await node.run() }
        }
        try await Task.sleep(for: .milliseconds(300))
        #expect(try await Self.admissions(of: ids, in: store).allSatisfy { $0 == 0 }, "fired on its own day")
        clock.set(due.adding(days: 1))
        try await Self.until("all fired") { try await Self.admissions(of: ids, in: store).allSatisfy { $0 >= 1 } }
        try await Task.sleep(for: .milliseconds(200))
        #expect(try await Self.admissions(of: ids, in: store) == Array(repeating: 1, count: ids.count))
        for node in nodes { node.cancel() }
        for node in nodes { try await node.value }
        #expect(try await store.leases().allSatisfy { $0.remaining == .zero }, "leases are let go at the end")
    }

    @Test("The work of a node that was killed is another's when its leases are over")
    func takeover() async throws {
        let store = InMemoryStore()
        let ids = try await Self.filed(5, in: store)
        // A node that claimed everything and then was no more.
        let names = ["node/dead"] + (0..<WorkShare.timerParts).map { WorkShare.timers($0) }
        _ = try await store.claim(names, by: "dead", for: .seconds(2))
        let killed = ContinuousClock.now
        let node = Node(
            store: store, orchestrator: Orchestrator(store: store, logger: Self.quiet),
            clock: SetClock(Office.start.adding(days: 30)), settings: Self.settings("heir"), logger: Self.quiet)
        let running = Task { try await node.run() }
        try await Self.until("taken over") { try await Self.admissions(of: ids, in: store).allSatisfy { $0 == 1 } }
        let taken = ContinuousClock.now - killed
        #expect(taken > .milliseconds(1500), "while the lease ran: \(taken)")
        running.cancel()
        try await running.value
    }

    @Test("A case that cannot be moved on is parked after five tries, and the others go on")
    func poison() async throws {
        let store = InMemoryStore()
        let ids = try await Self.filed(3, in: store)
        // Somebody edits one log: its first event is of a kind that nobody knows.
        let bad = try #require(CaseID("bad"))
        let timer = StoredTimer(name: "limit", due: Office.start)
        let event = NewEvent(
            kind: "unheardOf", on: Office.start, at: .officeClosing(of: Office.start), actor: "x",
            payload: [0x7B, 0x7D])
        _ = try await store.append([
            AppendRequest(
                caseID: bad, expectedVersion: 0, key: try #require(CommandKey("k")), events: [event],
                summary: CaseSummary(
                    workflow: "w", workflowVersion: "1", title: "t", status: "open", openedOn: Office.start,
                    updatedOn: Office.start), timers: [timer])
        ])
        let node = Node(
            store: store, orchestrator: Orchestrator(store: store, logger: Self.quiet),
            clock: SetClock(Office.start.adding(days: 30)), settings: Self.settings("n"), logger: Self.quiet)
        let running = Task { try await node.run() }
        try await Self.until("parked") { try await !Parking.all(in: store).isEmpty }
        try await Self.until("others") { try await Self.admissions(of: ids, in: store).allSatisfy { $0 == 1 } }
        let parked = try await Parking.all(in: store)
        #expect(parked.map(\.work) == ["timers:bad"])
        #expect(parked.first?.cause.isEmpty == false)
        #expect(try await Parking.replay("timers:bad", in: store))
        #expect(try await Parking.replay("timers:bad", in: store) == false)
        running.cancel()
        try await running.value
    }

    // MARK: Messages

    /// Receivers that answer as they are told and remember what they got.
    final class Post: MessageDelivery {
        let receivers: Set<String> = ["good", "bad", "closed"]
        private let got = Mutex<[(receiver: String, key: String)]>([])
        let badWorks = Mutex(false)

        func deliver(_ message: OutboxMessage, token: Int64) async -> DeliveryVerdict {
            let receiver = message.message.receiver
            got.withLock { $0.append((receiver, message.message.dedupKey)) }
            switch receiver {
            case "closed": return .refused("410")
            case "bad" where !badWorks.withLock { $0 }: return .failed("503")
            default: return .delivered
            }
        }

        func keys(of receiver: String) -> [String] {
            got.withLock { $0.filter { $0.receiver == receiver }.map(\.key) }
        }
    }

    private static func told(_ store: InMemoryStore) async throws {
        for number in 0..<3 {
            let id = try #require(CaseID("c-\(number)"))
            let messages = (0..<5).flatMap { step in
                ["good", "bad", "closed", "unknown"].map {
                    OutgoingMessage(receiver: $0, kind: "k", dedupKey: "\(number).\(step)", payload: [1])
                }
            }
            let event = NewEvent(
                kind: "k", on: Office.start, at: .officeClosing(of: Office.start), actor: "x", payload: [])
            _ = try await store.append([
                AppendRequest(
                    caseID: id, expectedVersion: 0, key: try #require(CommandKey("k")), events: [event],
                    summary: CaseSummary(
                        workflow: "w", workflowVersion: "1", title: "t", status: "open", openedOn: Office.start,
                        updatedOn: Office.start), messages: messages)
            ])
        }
    }

    @Test("Messages go out in order within a case; a receiver that fails holds up nobody else")
    func outbox() async throws {
        let store = InMemoryStore()
        try await Self.told(store)
        let post = Post()
        let node = Node(
            store: store, orchestrator: Orchestrator(store: store, logger: Self.quiet),
            clock: SetClock(Office.start), settings: Self.settings("n"), delivery: post, logger: Self.quiet)
        let running = Task { try await node.run() }
        try await Self.until("delivered") { post.keys(of: "good").count == 15 }
        for number in 0..<3 {
            #expect(post.keys(of: "good").filter { $0.hasPrefix("\(number).") } == (0..<5).map { "\(number).\($0)" })
        }
        try await Self.until("dead letters") {
            try await store.deadLetters(after: nil, limit: 99).count { $0.message.receiver == "closed" } == 15
        }
        // The breaker keeps most tries from the one that fails: five in a row, and then none for seconds.
        #expect(post.keys(of: "bad").count <= 12)
        #expect(try await store.waitingMessages(for: "unknown", at: .now, limit: 99).count == 15)
        running.cancel()
        try await running.value
        #expect(try await store.waitingReceivers() == ["bad", "unknown"])
    }

    // MARK: Jobs

    private struct Echo: ShardWorker {
        let kind = "echo"
        let failing: Int

        func result(of job: JobRecord, shard: Int) async throws -> [UInt8] {
            if shard == failing { throw Broken() }
            return job.spec + [UInt8(shard)]
        }

        struct Broken: Error {}
    }

    @Test("Every part of a job is done; one that always fails is parked after five tries with its cause")
    func jobs() async throws {
        let store = InMemoryStore()
        let job = JobRecord(id: "j", kind: "echo", spec: [7], shards: 9, createdAt: .now)
        #expect(try await store.submit(job))
        let nodes = (0..<2).map { number in
            let node = Node(
                store: store, orchestrator: Orchestrator(store: store, logger: Self.quiet),
                clock: SetClock(Office.start), settings: Self.settings("n\(number)"), workers: [Echo(failing: 4)],
                logger: Self.quiet)
            return Task { try await node.run() }
        }
        try await Self.until("done or parked") {
            try await store.progress(of: "j") == JobProgress(done: 8, parked: 1, total: 9, isCancelled: false)
        }
        let parked = try await store.parkedShards(limit: 9)
        #expect(parked == [ParkedShard(job: "j", index: 4, attempts: 5, cause: "Broken")])
        #expect(
            try await store.results(of: "j", after: nil, limit: 99).map(\.result)
                == (0..<9).filter { $0 != 4 }.map { [7, UInt8($0)] })
        for node in nodes { node.cancel() }
        for node in nodes { try await node.value }
    }

    @Test("A simulation comes to the same report on one node and on several, and as by itself")
    func simulations() async throws {
        var reports: [String] = []
        for count in [1, 3] {
            let store = InMemoryStore()
            let office = try Office(store)
            try await office.open()
            let job = SimulationJob(
                of: office.publication, facts: ["floorArea": .number(100)], start: Office.start, seed: 7, runs: 5000)
            let record = try job.record(at: .now)
            #expect(record.shards == 3)
            #expect(try await store.submit(record))
            #expect(try await store.submit(try job.record(at: .now)) == false, "the same simulation is one job")
            #expect(try await office.orchestrator.report(of: record, in: store) == nil)
            let nodes = (0..<count).map { number in
                let orchestrator = Orchestrator(store: store, logger: Self.quiet)
                let node = Node(
                    store: store, orchestrator: orchestrator, clock: SetClock(Office.start),
                    settings: Self.settings("n\(number)"), workers: [SimulationWorker(orchestrator: orchestrator)],
                    logger: Self.quiet)
                return Task { try await node.run() }
            }
            try await Self.until("simulated") { try await store.progress(of: record.id)?.done == 3 }
            for node in nodes { node.cancel() }
            for node in nodes { try await node.value }
            let report = try #require(try await office.orchestrator.report(of: record, in: store))
            reports.append(report.json.compact)
            let model = try await job.model(office.orchestrator.definitions)
            reports.append(try model.report(on: model.simulation.run(0..<5000)).json.compact)
        }
        #expect(Set(reports).count == 1)
    }
}
