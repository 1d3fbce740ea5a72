import GRDB
import Orchestrator
import SQLiteStore
import Testing

@Suite("Files of earlier versions")
struct SchemaMigrationTests {
    let folder: TemporaryFolder
    var path: String { folder.path("store.db") }

    init() throws { folder = try TemporaryFolder() }

    /// Makes a file what the first version wrote.
    private func makeFirstVersion() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for table in ["figures", "figure_grams", "handlings", "shards", "jobs", "transients", "leases", "tasks"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
            try db.execute(
                sql: "DROP INDEX cases_by_owner; ALTER TABLE cases DROP COLUMN owner; PRAGMA user_version = 1")
        }
        try queue.close()
    }

    @Test("A file of the first version is brought up when it is opened, with everything in it")
    func upgraded() async throws {
        var store = try await SQLiteStore.open(path: path)
        _ = try await store.append([AppendRequest.sample("c")])
        let log = try await store.events(of: AppendRequest.sample("c").caseID, after: 0, limit: 9)
        try await store.close()
        try makeFirstVersion()
        #expect(try await SQLiteStore.schemaVersion(ofFileAt: path).found == 1)

        store = try await SQLiteStore.open(path: path)
        #expect(try await store.events(of: AppendRequest.sample("c").caseID, after: 0, limit: 9) == log)
        #expect(try await store.tasks(of: "fire", TaskFilter(), after: nil, limit: 9).isEmpty)
        #expect(try await store.claim("x", by: "a", for: .seconds(1)) != nil)
        #expect(try await store.inspect().isDurable)
        try await store.close()
        let version = try await SQLiteStore.schemaVersion(ofFileAt: path)
        #expect(version.found == version.known)
    }
}
