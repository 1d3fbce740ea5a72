import Foundation
import Orchestrator
import Testing

@testable import PostgresStore

/// PgBouncer in transaction mode, with fewer sessions than we open: every transaction may meet another one.
@Suite("Through a pooler", .needsPostgreSQL)
struct PoolerTests {
    private static let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "Two stores work through a pooler in transaction mode",
        .enabled(if: program != nil, "SKIPPED: no PgBouncer. Install the package pgbouncer."))
    func transactionMode() async throws {
        let server = try #require(TestServer.address?.option("host"))
        let name = "pooled_\(UUID().uuidString.prefix(8).lowercased())"
        let session = try await PostgresConnection.opening(
            try #require(TestServer.address), until: .now + .seconds(60))
        func direct(_ sql: String) async throws {
            _ = try await session.run([Statement(sql)], commits: false, until: .now + .seconds(30))
        }
        try await direct("CREATE DATABASE \(name)")
        let pooler = try Pooler(to: server)
        do {
            let address = try #require(
                PostgresAddress("host=\(pooler.folder) port=6432 user=postgres dbname=\(name)"))
            try await waitUntil { FileManager.default.fileExists(atPath: "\(pooler.folder)/.s.PGSQL.6432") }
            let limits = ConnectionPool.Limits(patience: .seconds(120))
            let stores = [
                try await PostgresStore.open(address, limits: limits),
                try await PostgresStore.open(address, limits: limits),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for version in 0..<15 {
                            // Every third request says no hash, and so goes the long way: two exchanges, with locks.
                            let store = stores[(writer + version) % 2]
                            let head = try await store.head(of: CaseID(sample: "c-\(writer)"))
                            let outcome = try await store.append([
                                .sample(
                                    "c-\(writer)", at: version, on: version % 3 == 0 ? nil : head?.hash)
                            ]).first
                            guard case .appended(let next)? = outcome, next.version == version + 1 else {
                                Issue.record("not appended: \(String(describing: outcome))")
                                return
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for writer in 0..<8 {
                let log = try await stores[0].events(of: CaseID(sample: "c-\(writer)"), after: 0, limit: 99)
                #expect(log.count == 15)
                try HashChain.verify(log, of: CaseID(sample: "c-\(writer)"))
            }
            #expect(try await stores[0].claim("x", by: "a", for: .seconds(60)) != nil)
            #expect(try await stores[1].claim("x", by: "b", for: .seconds(60)) == nil)
            for store in stores { try await store.close() }
        } catch {
            Issue.record("\(error)")
        }
        pooler.stop()
        try await direct("DROP DATABASE \(name) WITH (FORCE)")
        await session.close()
    }

    private final class Pooler {
        let folder: String
        private let process = Process()

        init(to server: String) throws {
            folder = "/tmp/bl-bn-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let settings = """
                [databases]
                * = host=\(server) user=postgres
                [pgbouncer]
                listen_port = 6432
                unix_socket_dir = \(folder)
                auth_type = any
                pool_mode = transaction
                default_pool_size = 3
                server_reset_query =
                """
            try settings.write(toFile: "\(folder)/pooler.ini", atomically: true, encoding: .utf8)
            process.executableURL = URL(fileURLWithPath: try #require(PoolerTests.program))
            process.arguments = ["-q"]
            if getuid() == 0 {
                // It refuses to run as root.
                chmod(folder, 0o777)
                process.arguments? += ["-u", "postgres"]
            }
            process.arguments? += ["\(folder)/pooler.ini"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
        }

        func stop() {
            kill(process.processIdentifier, SIGKILL)
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
