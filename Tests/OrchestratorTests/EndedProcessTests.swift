import CaseEngine
import Logging
import Synchronization
import Testing
import WorkCalendar

@testable import Orchestrator

@Suite("Work on which the process ends", .timeLimit(.minutes(3)))
struct EndedProcessTests {
    /// A store in which reading one case ends the process: whoever reads it never gets on.
    private final class DeadlyStore: ForwardingStore {
        let base: InMemoryStore
        private let deadly: CaseID
        private let dead = Mutex(false)

        init(_ base: InMemoryStore, deadly: CaseID) {
            self.base = base
            self.deadly = deadly
        }

        var isDead: Bool { dead.withLock { $0 } }

        func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
            if caseID == deadly {
                dead.withLock { $0 = true }
                while true { try? await Task.sleep(for: .seconds(3600)) }
            }
            return try await base.events(of: caseID, after: sequence, limit: limit)
        }
    }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    /// Cases with an application that nobody admits: deemed admitted when five working days are over.
    private static func filed(_ count: Int, in store: InMemoryStore) async throws -> [CaseID] {
        let office = try Office(store)
        return try await (0..<count).asyncMap { number in
            let id = try #require(CaseID("case-\(number)"))
            try await office.open(id)
            try await office.perform(.item("permit", .file(materials: [])), "file", on: id)
            return id
        }
    }

    /// One life of a node: until its round is over, or it is dead; `true` if it died.
    private static func live(_ name: String, on store: InMemoryStore, deadly: CaseID) async throws -> Bool {
        let deadlyStore = DeadlyStore(store, deadly: deadly)
        let parking = Parking(store: store)
        let work = TimerWork(
            store: store, orchestrator: Orchestrator(store: deadlyStore, logger: quiet),
            clock: NodeTests.SetClock(Office.start.adding(days: 30)), parking: parking,
            meters: NodeMeters(MeterRegistry()), logger: quiet, inHand: WorkInHand(store: store, node: name),
            alive: { [] })
        let isOver = Mutex(false)
        let round = Task {
            _ = try await work.fireDue { _ in true }
            isOver.withLock { $0 = true }
        }
        while !isOver.withLock({ $0 }) {
            try await Task.sleep(for: .milliseconds(10))
            guard deadlyStore.isDead else { continue }
            // The others of the round were begun, and some get on; then nothing of it moves any more.
            try await Task.sleep(for: .milliseconds(100))
            return true
        }
        try await round.value
        return false
    }

    @Test("A case that ends the process is tried alone, is parked after five ends, and the others go on")
    func parked() async throws {
        let store = InMemoryStore()
        let ids = try await Self.filed(6, in: store)
        var lives = 0
        // Two nodes in turn, started again under their names.
        while try await Self.live("node-\(lives % 2)", on: store, deadly: ids[3]) {
            lives += 1
            guard lives < 20 else { break }
        }
        #expect(lives == 1 + Parking.tries, "once among others, then alone")
        let parked = try await Parking.all(in: store)
        #expect(parked.map(\.work) == ["timers:\(ids[3])"])
        #expect(parked.first?.cause.contains("\(Parking.tries) times") == true)
        for id in ids where id != ids[3] {
            let log = try await store.events(of: id, after: 0, limit: .max)
            #expect(log.count { $0.event.kind == "deemedAdmitted" } == 1, "\(id)")
        }
        #expect(try await Self.live("third", on: store, deadly: ids[3]) == false, "a new node leaves it alone too")
        #expect(try await store.transients("suspect", prefix: "", after: nil, limit: 9, at: .now).isEmpty)
        // Whoever has mended the cause has it tried again.
        #expect(try await Parking.replay("timers:\(ids[3])", in: store))
        let nobody = try #require(CaseID("nobody"))
        #expect(try await Self.live("fourth", on: store, deadly: nobody) == false)
        let log = try await store.events(of: ids[3], after: 0, limit: .max)
        #expect(log.count { $0.event.kind == "deemedAdmitted" } == 1)
    }

    @Test("What a node that lives has in hand is not under suspicion, and tries of a process that lives do not count")
    func living() async throws {
        let store = InMemoryStore()
        let other = WorkInHand(store: store, node: "other")
        try await other.begin(["timers:a", "timers:b"])
        let own = WorkInHand(store: store, node: "own")
        #expect(try await own.underSuspicion(alive: ["own", "other"]).isEmpty)
        #expect(try await own.underSuspicion(alive: ["own"]) == ["timers:a": 0, "timers:b": 0])
        // The store went away in the middle of a try: the process lives, so that it did not end it.
        try await own.attempt("timers:a", after: 0)
        #expect(try await own.underSuspicion(alive: ["own"]) == ["timers:a": 0, "timers:b": 0])
        let heir = WorkInHand(store: store, node: "heir")
        #expect(try await heir.underSuspicion(alive: []) == ["timers:a": 1, "timers:b": 0])
        try await heir.clear("timers:a")
        #expect(try await heir.underSuspicion(alive: []) == ["timers:b": 0])
    }

    /// Keeps whoever waits until it is opened, cancelled or not.
    private actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func wait() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            waiting.forEach { $0.resume() }
            waiting = []
        }
    }

    @Test(
        "A call of the store that does not end fails as unavailable, and one that ends gives what it gave",
        .timeLimit(.minutes(5)))
    func deadlines() async throws {
        let gate = Gate()
        let error = await #expect(throws: StoreError.self) {
            // Even one that does not listen to its cancellation: it ends when the gate opens, which is after the failure.
            try await StoreDeadline.within("hang", .milliseconds(50)) { () async throws(StoreError) in await gate.wait()
            }
        }
        #expect(error?.code == .unavailable && error?.isTransient == true)
        await gate.open()
        let value = try await StoreDeadline.within("quick") { () async throws(StoreError) in 7 }
        #expect(value == 7)
        let refused = await #expect(throws: StoreError.self) {
            try await StoreDeadline.within("refused") { () async throws(StoreError) in
                throw StoreError(.full, operation: "refused", underlying: "full")
            }
        }
        #expect(refused?.code == .full)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
