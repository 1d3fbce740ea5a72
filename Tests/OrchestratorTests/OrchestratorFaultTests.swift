import CaseEngine
import Orchestrator
import Synchronization
import TestSupport
import Testing

@Suite("When stores fail")
struct OrchestratorFaultTests {
    @Test("A command whose answer was lost happened: sent again with its key it says so, and nothing happens twice")
    func answerLost() async throws {
        let office = try Office(FaultyStore { $0 == 1 ? .answerLost : .none })
        try await office.open()
        await #expect(throws: StoreError.self) { try await office.work(0, .begin) }
        let again = try await office.work(0, .begin)
        #expect(again.isRepeat)
        #expect(again.events.map(\.kind) == [.begun])
        #expect(try await office.work(0, .complete).version == again.version + 1)
        _ = try await office.checkedLog()
    }

    @Test("A command that the store refused did not happen: sent again with its key it does")
    func refused() async throws {
        let office = try Office(FaultyStore { $0 == 1 ? .refused : .none })
        try await office.open()
        await #expect(throws: StoreError.self) { try await office.work(0, .begin) }
        let again = try await office.work(0, .begin)
        #expect(!again.isRepeat && again.events.map(\.kind) == [.begun])
        _ = try await office.checkedLog()
    }

    @Test(
        "An opening that failed leaves no half-open case: opening again finds out",
        arguments: [
            FaultyStore.Fault.answerLost, .refused,
        ])
    func opening(fault: FaultyStore.Fault) async throws {
        let office = try Office(FaultyStore { $0 == 0 ? fault : .none })
        await #expect(throws: StoreError.self) { try await office.open() }
        if fault == .refused {
            await #expect(throws: OrchestratorError.unknownCase(Office.id)) { try await office.work(0, .begin) }
        } else {
            #expect(try await office.work(0, .begin).events.count == 1)
        }
        #expect(try await office.open().isRepeat == (fault == .answerLost))
        _ = try await office.checkedLog()
    }

    @Test("A case that could not be read is read by the next who asks")
    func unreadable() async throws {
        let store = FaultyStore()
        try await Office(store).open()
        let office = try Office(store)
        await store.failReads(true)
        let outcomes = await attempts(10) { _ in try await office.snapshot() }
        #expect(outcomes.errors.count == 10)
        await store.failReads(false)
        #expect(try await office.snapshot().state.version > 0)
    }

    /// While a decision is on its way to the disk, another one would be forbidden by it.
    @Test(
        "A refusal is given for what is stored, never for what is lost afterwards",
        arguments: [
            FaultyStore.Fault.none, .answerLost, .refused,
        ])
    func refusalsRestOnStoredEvents(fault: FaultyStore.Fault) async throws {
        let store = FaultyStore { $0 == 3 ? fault : .none }
        let office = try Office(store)
        try await office.open()
        try await office.admitPermit()
        await store.hold()
        let first = Task { try await office.decide(.granted, "first") }
        await store.untilHeld()
        let second = Task { try await office.decide(Office.refusal, "second") }
        let reading = Task { try await office.snapshot() }
        let idle = Task { try await office.perform(.passTime, "idle", by: .system) }
        for _ in 0..<2000 { await Task.yield() }
        await store.release()

        let decided = try await first.result.map { $0.isRepeat }.successUnless(StoreError.self)
        #expect((decided == nil) == (fault != .none))
        let seen = try await reading.value.state
        let idled = try await idle.value.version
        if fault == .refused {
            #expect(try await second.value.events.map(\.kind) == [.refused])
        } else {
            await #expect(throws: CaseRejection.notNow(item: "permit", status: .granted)) { try await second.value }
        }
        // What was read and answered is a place in the log.
        let log = try await office.checkedLog()
        #expect(idled <= log.count)
        var replayed = CaseState()
        let machine = try await office.snapshot().machine
        for record in log.prefix(seen.version) { machine.evolve(&replayed, by: try CaseEvent(record: record)) }
        #expect(replayed == seen)
    }

    @Test("A caller who is cancelled takes nothing back and leaves the case in order")
    func cancelled() async throws {
        let store = FaultyStore()
        let office = try Office(store)
        try await office.open()
        await store.hold()
        let callers = (0..<10).map { number in Task { try await office.work(number, .begin) } }
        await store.untilHeld()
        for caller in callers { caller.cancel() }
        let late = (10..<20).map { number in
            Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await office.work(number, .begin)
            }
        }
        await store.release()
        for caller in callers + late { #expect(try await caller.value.events.count == 1) }
        for number in 0..<20 { #expect(try await office.work(number, .begin).isRepeat) }
        _ = try await office.checkedLog()
    }

    /// Each work is begun and completed through changing processes; whoever gets no answer sends the command again.
    @Test("Through lost answers, refusals and delays, two processes do every work once", arguments: 1...15)
    func everyWorkOnce(seed: UInt64) async throws {
        let base = InMemoryStore()
        let offices = try (0..<2).map { process in
            let random = Mutex(SeededGenerator(seed: seed * 2 + UInt64(process)))
            return try Office(
                FaultyStore(base) { transaction in
                    // The opening's answer is always lost; how many transactions follow depends on who waits together.
                    if transaction == 0 { return .answerLost }
                    return random.withLock { random in
                        Int.random(in: 0..<10, using: &random) < 5
                            ? FaultyStore.Fault.allCases.randomElement(using: &random) ?? .none : .none
                    }
                })
        }
        let lost = Atomic(0)
        @Sendable func insist<Answer: Sendable>(_ act: () async throws -> Answer) async throws -> Answer {
            while true {
                do { return try await act() } catch is StoreError { lost.add(1, ordering: .relaxed) }
            }
        }
        _ = try await insist { try await offices[0].open() }
        let opened = try await offices[1].snapshot().state.version
        let done = try await atOnce(Office.works) { number in
            var random = SeededGenerator(seed: seed &* 1000 &+ UInt64(number))
            let begun = try await insist {
                try await offices[Int.random(in: 0..<2, using: &random)].work(number, .begin)
            }
            let completed = try await insist {
                try await offices[Int.random(in: 0..<2, using: &random)].work(number, .complete)
            }
            return [begun, completed]
        }
        let log = try await Office(base).checkedLog()
        #expect(log.count == opened + 2 * Office.works, "seed \(seed)")
        #expect(lost.load(ordering: .relaxed) > 0, "seed \(seed): nothing failed")
        // What was acknowledged is in the log, where it was said to be.
        for performed in done.joined() {
            #expect(try CaseEvent(record: log[performed.version - 1]) == performed.events.last, "seed \(seed)")
        }
    }
}

extension Result {
    /// The value, or `nil` for a failure of that kind; others are thrown.
    fileprivate func successUnless<Expected: Error>(_ kind: Expected.Type) throws -> Success? {
        do { return try get() } catch is Expected { return nil }
    }
}
