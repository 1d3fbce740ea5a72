import Foundation
import Orchestrator
import Synchronization
import Testing

@testable import PostgresStore

@Suite("Sessions with a server", .needsPostgreSQL)
struct ConnectionTests {
    private func with(_ body: (PostgresConnection) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            let session = try await database.session()
            try await body(session)
            await session.close()
        }
    }

    private var soon: ContinuousClock.Instant { .now + .seconds(20) }

    @Test("Arguments and results are what they were: integers, texts, bytes, lists, NULL and nothing")
    func values() async throws {
        try await with { session in
            var echo = Statement("SELECT $1, $2, $3, $4, unnest($5), unnest($6), unnest($7), unnest($8)")
            echo.add(Int64.min)
            echo.add("é e\u{301} 住宅 👩🏽‍💼")
            echo.add([UInt8]())
            echo.add(nil as String?)
            echo.add([Int64.max, -1])
            echo.add(["", "二"])
            echo.add([[0, 0xFF, 10], []])
            echo.add([nil, "two"])
            let rows = try await session.run([echo], commits: false, until: soon)[0]
            #expect(rows.count == 2)
            let first = try #require(
                rows.first { ($0.int64(0), $0.text(1), $0.bytes(2), $0.isNull(2), $0.optionalText(3)) })
            #expect(first.0 == .min)
            #expect(first.1.unicodeScalars.elementsEqual("é e\u{301} 住宅 👩🏽‍💼".unicodeScalars))
            #expect(first.2.isEmpty && !first.3)
            #expect(first.4 == nil)
            #expect(rows.all { $0.int64(4) } == [.max, -1])
            #expect(rows.all { $0.text(5) } == ["", "二"])
            #expect(rows.all { $0.bytes(6) } == [[0, 0xFF, 10], []])
            #expect(rows.all { $0.optionalText(7) } == [nil, "two"])
        }
    }

    @Test("A refusal in the middle undoes what was sent with it, and the session goes on")
    func refusal() async throws {
        try await with { session in
            _ = try await session.run([Statement("CREATE TABLE things (n bigint)")], commits: true, until: soon)
            let failure = await #expect(throws: PostgresFailure.self) {
                _ = try await session.run(
                    [
                        Statement("INSERT INTO things VALUES (1)"), Statement("SELECT 1 / 0"),
                        Statement("INSERT INTO things VALUES (2)"),
                    ], commits: true, until: soon)
            }
            #expect(failure?.state == "22012")
            #expect(failure?.isUncertain == false)
            let left = try await session.run(
                [Statement("SELECT count(*) FROM things")], commits: false, until: soon)
            #expect(left[0].first { $0.int(0) } == 0)
        }
    }

    @Test("Megabytes go in both directions")
    func large() async throws {
        try await with { session in
            let bytes = (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            var echo = Statement("SELECT $1")
            echo.add(bytes)
            let rows = try await session.run([echo, echo], commits: false, until: soon)
            #expect(rows.map { rows in rows.first { $0.bytes(0) } } == [bytes, bytes])
        }
    }

    @Test("A session whose time is up is closed; a commit on its way leaves the outcome unknown")
    func deadline() async throws {
        for commits in [false, true] {
            try await with { session in
                let failure = await #expect(throws: PostgresFailure.self) {
                    _ = try await session.run(
                        [Statement("SELECT pg_sleep(30)")], commits: commits, until: .now + .milliseconds(200))
                }
                #expect(failure?.cause == .lost)
                #expect(failure?.isUncertain == commits)
                #expect(!session.isAlive)
            }
        }
    }

    @Test("A read that is no longer wanted is stopped at the server, and the session goes on")
    func cancellation() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open(ConnectionPool.Limits(sessions: 1, patience: .seconds(30)))
            let task = Task {
                try await store.read("sleep", Statement("SELECT pg_sleep(25)")) { $0.count }
            }
            try await waitUntil { try await database.integer(Self.sleeping) == 1 }
            task.cancel()
            let result = await task.result
            #expect(throws: StoreError.self) { try result.get() }
            #expect(try await database.integer(Self.sleeping) == 0)
            #expect(try await store.read("one", Statement("SELECT 1")) { $0.count } == 1)
            try await store.close()
        }
    }

    private static let sleeping =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(25)%' AND state = 'active'"

    @Test("A session that the server ended while it lay idle is not used")
    func idleEnd() async throws {
        try await TestDatabase.with { database in
            let store = try await PostgresStore.open(
                database.address.setting("application_name", to: "idle-end"),
                limits: ConnectionPool.Limits(sessions: 2))
            for _ in 0..<3 {
                #expect(try await store.summary(of: CaseID(sample: "nobody")) == nil)
                try await database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'idle-end'")
                _ = try await store.append([.sample("c-1", at: 0)])
            }
            #expect(try await store.head(of: CaseID(sample: "c-1"))?.version == 1)
            try await store.close()
        }
    }
}

@Suite("Hints that something was stored", .needsPostgreSQL)
struct HintTests {
    @Test("A node hears that another one stored something; many appends are few hints")
    func hints() async throws {
        try await TestDatabase.with { database in
            let listening = try await database.open()
            let writing = try await database.open()
            let heard = Mutex(0)
            let own = Task { for await _ in writing.changeHints() {} }
            let task = Task { for await _ in listening.changeHints() { heard.withLock { $0 += 1 } } }
            // The first tells that it listens.
            try await waitUntil { heard.withLock { $0 } >= 1 }
            let before = heard.withLock { $0 }
            let begin = ContinuousClock.now
            try await waitUntil {
                _ = try await writing.append([.sample("c-\(UUID().uuidString.prefix(8))")])
                return heard.withLock { $0 } > before
            }
            for number in 0..<200 { _ = try await writing.append([.sample("c-\(number)")]) }
            let ticks = (ContinuousClock.now - begin) / ChangeHints.interval
            #expect(Double(heard.withLock { $0 } - before) <= ticks + 3)
            own.cancel()
            task.cancel()
            try await listening.close()
            try await writing.close()
        }
    }
}

/// Asks again and again until it is so, for at most twenty seconds.
func waitUntil(_ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await !isSo() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it did not come to that")
            return
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
