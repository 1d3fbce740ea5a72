import Foundation
import TestSupport
import Testing

@Suite("Cases in a PostgreSQL database")
struct PostgresCommandTests {
    private static let server = ProcessInfo.processInfo.environment["BINGLIAN_TEST_POSTGRES"]

    @Test(
        "The same commands on a database, with the same answers",
        .enabled(
            if: server != nil, "SKIPPED: no PostgreSQL. Run scripts/test, or scripts/postgres-throwaway swift test …"))
    func sameAsFile() async throws {
        let binglian = try Binglian()
        let server = try #require(Self.server)
        let name = "c_\(UUID().uuidString.prefix(8).lowercased())"
        #expect(Self.psql(server, "CREATE DATABASE \(name)"))
        defer { _ = Self.psql(server, "DROP DATABASE \(name) WITH (FORCE)") }
        let database = server.replacingOccurrences(of: "dbname=postgres", with: "dbname=\(name)")
        var outputs: [[String]] = []
        for store in [binglian.path("store.db"), database] {
            _ = try await binglian(
                "run", ProjectFiles.url("Workflows/wf-02-cq-social-general.yaml").path, "--facts",
                ProjectFiles.url("Fixtures/projects/wf-02.yaml").path, "--start", "2024-03-01", "--seed", "2", "--id",
                "c-1", "--store", store
            ).succeeded()
            var lines: [String] = []
            for arguments in [["case", "list"], ["log", "c-1"], ["audit", "verify"]] {
                lines.append(try await binglian.run(arguments + ["--store", store]).succeeded())
            }
            outputs.append(lines)
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[0][1].count > 1000)
    }

    @Test("A database that is not there: both languages say what to check, and no password", arguments: ["zh", "en"])
    func unreachable(language: String) async throws {
        let binglian = try Binglian()
        let done = try await binglian.run(
            ["case", "list", "--store", "host=/nowhere user=me password=s3cret dbname=x", "--lang", language])
        #expect(done.exitCode == 1)
        #expect(done.err.contains("postgresql://me@/nowhere/x"))
        #expect(done.err.contains(language == "zh" ? "稍后重试" : "try again soon"))
        #expect(!done.err.contains("s3cret"))
    }

    @Test("An address that cannot be read is not repeated")
    func unreadable() async throws {
        let binglian = try Binglian()
        let done = try await binglian.run(["case", "list", "--store", "postgresql://me:s3cret@a?x", "--lang", "en"])
        #expect(done.exitCode == 1)
        #expect(done.err.contains("no connection string"))
        #expect(!done.err.contains("s3cret"))
    }

    private static func psql(_ server: String, _ sql: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["psql", server, "-qc", sql]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
