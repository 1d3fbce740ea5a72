import Foundation
import Orchestrator
import Synchronization
import Testing

@testable import PostgresStore

@Suite("What goes wrong between a store and its server", .needsPostgreSQL)
struct FaultTests {
    private let id = CaseID(sample: "c-1")

    /// A store whose sessions can be told from others' by name.
    private func open(
        _ database: TestDatabase, _ name: String, settings: String = "",
        _ limits: ConnectionPool.Limits = ConnectionPool.Limits(patience: .seconds(60))
    ) async throws -> PostgresStore {
        try await PostgresStore.open(
            database.address(with: settings).setting("application_name", to: name), limits: limits)
    }

    private func waiting(_ name: String) -> String {
        """
        SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND wait_event_type IN ('Lock', 'IPC')
        """
    }

    @Test("Sessions killed again and again while many append: everything acknowledged is there once, in order")
    func killed() async throws {
        try await TestDatabase.with { database in
            let name = "killed-\(UUID().uuidString.prefix(8))"
            let store = try await open(database, name)
            let acknowledged = try await withThrowingTaskGroup(of: [String].self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        var acknowledged: [String] = []
                        var head = Head.empty
                        while head.version < 40 {
                            let request = AppendRequest.sample(
                                "c-\(writer)", at: head.version, on: head.version == 0 ? nil : head.hash)
                            do {
                                // A lost commit that was there is found by its hash, so no other outcome can be.
                                guard case .appended(let next)? = try await store.append([request]).first else {
                                    Issue.record("another outcome than appended")
                                    return acknowledged
                                }
                                head = next
                                acknowledged.append("c-\(writer) \(head.version) \(head.hash)")
                            } catch let error as StoreError where error.isTransient {
                                // Unknown: ask by the key.
                                if try await store.answer(of: request.caseID, to: request.key) != nil {
                                    head = try #require(try await store.head(of: request.caseID))
                                }
                            }
                        }
                        return acknowledged
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        try await database.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'")
                        try await Task.sleep(for: .milliseconds(15))
                    }
                    return []
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            var stored: [String] = []
            for writer in 0..<6 {
                stored += try await store.events(of: CaseID(sample: "c-\(writer)"), after: 0, limit: .max)
                    .map { "\($0.caseID) \($0.sequence) \($0.hash)" }
            }
            #expect(stored.count == 240)
            #expect(Set(stored).count == 240)
            #expect(Set(acknowledged).isSubset(of: stored))
            for writer in 0..<6 {
                let caseID = CaseID(sample: "c-\(writer)")
                let log = try await store.events(of: caseID, after: 0, limit: .max)
                try HashChain.verify(log, of: caseID, expecting: try await store.head(of: caseID))
            }
            try await store.close()
        }
    }

    @Test("A session killed while its append waits for a lock: the append is done by another session, once")
    func killedWaiting() async throws {
        try await TestDatabase.with { database in
            let name = "waiting-\(UUID().uuidString.prefix(8))"
            let store = try await open(database, name)
            guard case .appended(let head)? = try await store.append([.sample("c-1")]).first else {
                Issue.record("the case did not open")
                return
            }
            let blocker = try await database.session()
            _ = try await blocker.run(
                [Statement("BEGIN"), Statement("SELECT 1 FROM cases FOR UPDATE")], commits: false,
                until: .now + .seconds(20))
            async let outcome = store.append([.sample("c-1", at: 1, on: head.hash)])
            try await waitUntil { try await database.integer(waiting(name)) == 1 }
            try await database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'")
            _ = try await blocker.run([Statement("ROLLBACK")], commits: false, until: .now + .seconds(20))
            guard case .appended(let next)? = try await outcome.first else {
                Issue.record("not appended")
                return
            }
            #expect(next.version == 2)
            #expect(try await store.head(of: id) == next)
            await blocker.close()
            try await store.close()
        }
    }

    @Test("A commit whose wait for the standby is cancelled is no success, though the server says so")
    func cancelledWait() async throws {
        try await TestDatabase.with { database in
            try await database.open().close()
            let name = "sync-\(UUID().uuidString.prefix(8))"
            let store = try await open(
                database, name, settings: "-c synchronous_commit=on", ConnectionPool.Limits(patience: .seconds(3)))
            let task = Task { try await store.append([.sample("c-1")]) }
            try await waitUntil {
                try await database.integer(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)' AND wait_event = 'SyncRep'"
                )
                    == 1
            }
            try await database.execute(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'")
            let result = await task.result
            let error = #expect(throws: StoreError.self) { try result.get() }
            #expect(error?.code == .outcomeUnknown)
            #expect(error?.isTransient == true)
            // On the primary it is there: whoever asks by key learns so.
            #expect(try await store.answer(of: id, to: AppendRequest.sample("c-1").key)?.version == 1)
            // Ends the waits that are left.
            try await database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'")
            try await store.close()
        }
    }

    @Test("A server that goes mute costs the patience and no more; the outcome is unknown and found later")
    func mute() async throws {
        try await TestDatabase.with { database in
            try await database.open().close()
            let proxy = try MuteProxy(to: try #require(TestServer.address?.option("host")))
            let address = database.address.setting("host", to: proxy.folder)
            let store = try await PostgresStore.open(
                address, limits: ConnectionPool.Limits(patience: .seconds(2)))
            #expect(try await store.head(of: id) == nil)
            proxy.isMute = true
            let begin = ContinuousClock.now
            let error = await #expect(throws: StoreError.self) { try await store.append([.sample("c-1")]) }
            #expect(error?.code == .outcomeUnknown)
            #expect(ContinuousClock.now - begin < .seconds(10))
            let read = await #expect(throws: StoreError.self) { try await store.head(of: id) }
            #expect(read?.code == .unavailable)
            proxy.isMute = false
            try await waitUntil {
                do throws(StoreError) {
                    return try await store.head(of: id) != nil
                } catch {
                    return false
                }
            }
            let again = try await store.append([.sample("c-1")])
            #expect(again == [.repeated(StoredAnswer(answer: [], version: 1))])
            try await store.close()
            proxy.close()
        }
    }

    @Test("Two stores append to the same cases at once: each version is won once, and nothing deadlocks")
    func twoStores() async throws {
        try await TestDatabase.with { database in
            let stores = [try await database.open(), try await database.open()]
            let names = (0..<12).map { "c-\($0)" }
            _ = try await stores[0].append(names.map { .sample($0) })
            let won = try await withThrowingTaskGroup(of: [String].self) { group in
                for (number, store) in stores.enumerated() {
                    for task in 0..<3 {
                        group.addTask {
                            var won: [String] = []
                            for round in 1...20 {
                                // In another order every time, many cases in one transaction.
                                let order = names.shuffled()
                                var requests: [AppendRequest] = []
                                for name in order {
                                    let head = try #require(try await store.head(of: CaseID(sample: name)))
                                    requests.append(
                                        .sample(
                                            name, at: head.version, on: round.isMultiple(of: 2) ? head.hash : nil,
                                            key: "\(number)-\(task)-\(round)"))
                                }
                                for (name, outcome) in zip(order, try await store.append(requests)) {
                                    if case .appended(let head) = outcome { won.append("\(name) \(head.version)") }
                                }
                            }
                            return won
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(won).count == won.count)
            #expect(won.count >= 12 * 20)
            for name in names {
                let log = try await stores[1].events(of: CaseID(sample: name), after: 0, limit: .max)
                #expect(log.count == won.count { $0.hasPrefix("\(name) ") } + 1)
                try HashChain.verify(log, of: CaseID(sample: name))
            }
            for store in stores { try await store.close() }
        }
    }

    @Test("A transaction that another one was in the way of is tried again, five times at most")
    func conflicts() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open(ConnectionPool.Limits(patience: .seconds(20)))
            for failures in [3, 99] {
                let tries = Mutex(0)
                let result: Result<Int, StoreError>
                do throws(StoreError) {
                    result = .success(
                        try await store.transact("test") { transaction async throws(PostgresFailure) in
                            let number = tries.withLock { tries in
                                tries += 1
                                return tries
                            }
                            let state = number <= failures ? "40001" : "no"
                            _ = try await transaction.commit([
                                Statement(
                                    """
                                    DO $$ BEGIN IF '\(state)' <> 'no' THEN
                                    RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END IF; END $$
                                    """)
                            ])
                            return number
                        })
                } catch {
                    result = .failure(error)
                }
                if failures == 3 {
                    #expect(try result.get() == 4)
                } else {
                    let error = #expect(throws: StoreError.self) { try result.get() }
                    #expect(error?.code == .unavailable && error?.isTransient == true)
                    #expect(tries.withLock { $0 } == 6)
                }
            }
            #expect(try await store.append([.sample("c-1")]).count == 1)
            try await store.close()
        }
    }

    @Test("When all sessions are busy and enough wait, the next is told so, and nothing waits without end")
    func exhausted() async throws {
        try await TestDatabase.with { database in
            try await database.open().close()
            let store = try await database.open(
                ConnectionPool.Limits(sessions: 2, waiting: 3, patience: .seconds(5)))
            let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await store.read("sleep", Statement("SELECT pg_sleep(3)")) { $0.count }
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            // Two run and three wait, in vain or until their time is up; seven find no place to wait.
            #expect(codes.count { $0 == nil } >= 2)
            #expect(codes.count { $0 == .overloaded } >= 7)
            #expect(codes.allSatisfy { $0 == nil || $0 == .overloaded || $0 == .unavailable })
            #expect(try await store.head(of: id) == nil)
            try await store.close()
        }
    }

    @Test("What follows positions misses nothing while transactions end in another order than they began")
    func positions() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            _ = try await store.append([.sample("slow"), .sample("fast")])
            let start = try await store.latestPosition()
            // Holds the lock of one case: an append to it has its number and cannot end.
            let blocker = try await database.session()
            _ = try await blocker.run(
                [Statement("BEGIN"), Statement("SELECT 1 FROM cases WHERE id = 'slow' FOR UPDATE")], commits: false,
                until: .now + .seconds(20))
            _ = try await store.append([.sample("fast", at: 1)])
            let early = try await store.changedCases(after: start, limit: 9)
            // The blocker may still write: it has a number below. Nothing is shown that it could come before.
            #expect(early.isEmpty)
            #expect(try await store.latestPosition() == start)
            _ = try await blocker.run([Statement("COMMIT")], commits: false, until: .now + .seconds(20))
            await blocker.close()
            _ = try await store.append([.sample("slow", at: 1)])
            let all = try await store.changedCases(after: start, limit: 9)
            #expect(all.map { "\($0.caseID):\($0.version)" } == ["fast:2", "slow:2"])
            try await store.close()
        }
    }
}
