import Foundation
import GRDB
import GRDBSQLite
import Orchestrator

extension SQLiteStore: InspectableStore {
    public func inspect() async throws(StoreError) -> StoreInspection {
        let path = pool.path
        let synchronous = try await Self.attempted("inspect") {
            try self.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        }
        return try await read("inspect") { db in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let free = try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? NSNumber
            let sizes = [path, path + "-wal"].map { file in
                ((try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? NSNumber)?.int64Value ?? 0
            }
            return StoreInspection(
                kind: "sqlite", engine: "SQLite \(String(cString: sqlite3_libversion()))", schema: Schema.version,
                isDurable: synchronous == 2 && journal == "wal",
                settings: "journal_mode = \(journal), synchronous = \(synchronous ?? -1)",
                bytes: sizes.reduce(0, +), freeBytes: free?.int64Value,
                cases: try count("SELECT count(*) FROM cases"), events: try count("SELECT count(*) FROM events"),
                tasks: try count("SELECT count(*) FROM tasks"), timers: try count("SELECT count(*) FROM timers"),
                waitingMessages: try count("SELECT count(*) FROM outbox WHERE state = 0"),
                deadLetters: try count("SELECT count(*) FROM outbox WHERE state = 2"))
        }
    }

    /// Writes a copy of the store to a new file, as it is at one moment, while others go on reading and writing.
    ///
    /// - Throws: `unavailable` if the file is there already or cannot be written, `full`.
    public func backUp(to target: String) async throws(StoreError) {
        let path = pool.path
        try await Self.attempted("backup") {
            guard !FileManager.default.fileExists(atPath: target) else {
                throw StoreError(
                    .unavailable, operation: "backup", underlying: "'\(target)' is there already", isTransient: false)
            }
            // A connection of its own, which holds up neither the writer nor the readers.
            let source = try DatabaseQueue(path: path)
            do {
                try source.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
                try source.close()
            } catch {
                try? source.close()
                try? FileManager.default.removeItem(atPath: target)
                throw error
            }
            try Self.sync(target)
        }
    }

    /// Looks through the whole file for damage.
    ///
    /// - Returns: what is damaged; empty when nothing is.
    public func damage() async throws(StoreError) -> [String] {
        try await read("damage") { db in
            let found = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            return found == ["ok"] ? [] : found
        }
    }

    /// The schema version of a file, without changing it.
    ///
    /// - Throws: `corrupt` if it is no store of ours.
    public static func schemaVersion(ofFileAt path: String) async throws(StoreError) -> (found: Int, known: Int) {
        try await attempted("open") {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            let found = try queue.read { db in
                try Schema.checkOrigin(db)
                return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            }
            return (found, Schema.version)
        }
    }

    private static func sync(_ path: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.synchronize()
        try handle.close()
    }

    private static func attempted<Value: Sendable>(
        _ operation: String, _ work: @escaping @Sendable () throws -> Value
    ) async throws(StoreError) -> Value {
        try await run(on: .global(), operation, work)
    }
}
