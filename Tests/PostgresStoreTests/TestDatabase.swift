import Foundation
import Orchestrator
import Testing

@testable import PostgresStore

/// The server that `scripts/test` starts: a connection string in `BINGLIAN_TEST_POSTGRES`.
enum TestServer {
    static let variable = "BINGLIAN_TEST_POSTGRES"
    static let address = ProcessInfo.processInfo.environment[variable].flatMap { PostgresAddress($0) }
    static var isThere: Bool { address != nil }
}

extension Trait where Self == ConditionTrait {
    /// Skips a suite, by name and with the reason, where there is no server.
    static var needsPostgreSQL: Self {
        .enabled(
            if: TestServer.isThere,
            "SKIPPED: no PostgreSQL. Run scripts/test, or scripts/postgres-throwaway swift test …")
    }
}

/// A schema of a test's own on the server, removed with it.
final class TestDatabase: Sendable {
    let address: PostgresAddress
    private let name: String

    init() async throws {
        let name = "t_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        self.name = name
        address = try #require(TestServer.address).setting("options", to: "-c search_path=\(name)")
        try await execute("CREATE SCHEMA \(name)")
    }

    /// The address with settings of the session beside the schema.
    func address(with settings: String) -> PostgresAddress {
        address.setting("options", to: "-c search_path=\(name) \(settings)")
    }

    /// With patience for a machine that does other work at the same time.
    func open(_ limits: ConnectionPool.Limits = ConnectionPool.Limits(patience: .seconds(60))) async throws
        -> PostgresStore
    {
        try await PostgresStore.open(address, limits: limits)
    }

    /// A session of its own, to do things behind a store's back.
    func session() async throws -> PostgresConnection {
        try await PostgresConnection.opening(address, until: .now + .seconds(10))
    }

    @discardableResult
    func execute(_ statements: String...) async throws -> [ResultSet] {
        let session = try await session()
        do {
            var results: [ResultSet] = []
            for sql in statements {
                results += try await session.run([Statement(sql)], commits: false, until: .now + .seconds(20))
            }
            await session.close()
            return results
        } catch {
            await session.close()
            throw error
        }
    }

    /// One integer.
    func integer(_ sql: String) async throws -> Int {
        try #require(try await execute(sql).first?.first { $0.int(0) })
    }

    func remove() async throws { try await execute("DROP SCHEMA IF EXISTS \(name) CASCADE") }

    /// Gives a test a database and removes it afterwards.
    static func with(_ body: (TestDatabase) async throws -> Void) async throws {
        let database = try await TestDatabase()
        do {
            try await body(database)
        } catch {
            try? await database.remove()
            throw error
        }
        try await database.remove()
    }
}
