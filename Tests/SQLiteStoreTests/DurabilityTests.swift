import Foundation
import GRDB
import Orchestrator
import Testing
import WorkCalendar

@testable import SQLiteStore

@Suite("One file that keeps its word")
struct DurabilityTests {
    let folder: TemporaryFolder
    var path: String { folder.path("store.db") }

    init() throws { folder = try TemporaryFolder() }

    private func code(_ body: () async throws(StoreError) -> Void) async -> StoreError.Code? {
        do throws(StoreError) {
            try await body()
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Every commit waits for the disk: the writer reads back synchronous = FULL with a write-ahead log")
    func synchronousIsFull() async throws {
        let store = try await SQLiteStore.open(path: path)
        func pragma(_ name: String) async throws -> String? {
            try await store.pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
        }
        #expect(try await pragma("synchronous") == "2")
        #expect(try await pragma("journal_mode") == "wal")
        #expect(try await pragma("foreign_keys") == "1")
        #expect(try await pragma("application_id") == "\(Schema.applicationID)")
        #expect(try await pragma("user_version") == "\(Schema.version)")
        try await store.close()
    }

    @Test("A closed store is one file, which can be copied as it is")
    func closedIsOneFile() async throws {
        let store = try await SQLiteStore.open(path: path)
        _ = try await store.append([.sample("c-1", at: 0)])
        _ = try await store.events(of: AppendRequest.sample("c-1").caseID, after: 0, limit: 10)
        try await store.close()
        let left = try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
        #expect(left == ["store.db"])
    }

    @Test("A database of a newer version is refused and left as it is")
    func newerSchema() async throws {
        try await SQLiteStore.open(path: path).close()
        try folder.execute(["PRAGMA user_version = \(Schema.version + 1)"], in: "store.db")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = await #expect(throws: StoreError.self) { try await SQLiteStore.open(path: path) }
        #expect(error?.code == .newerSchema)
        #expect(error?.underlying.contains("schema version \(Schema.version + 1)") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A database of another program is refused and left as it is")
    func anotherProgram() async throws {
        try folder.execute(["CREATE TABLE theirs (x)", "PRAGMA user_version = 1"], in: "store.db")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(await code { () async throws(StoreError) in _ = try await SQLiteStore.open(path: path) } == .corrupt)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A file that is no database is refused")
    func noDatabase() async throws {
        try Data(repeating: UInt8(ascii: "x"), count: 10_000).write(to: URL(fileURLWithPath: path))
        #expect(await code { () async throws(StoreError) in _ = try await SQLiteStore.open(path: path) } == .corrupt)
    }

    @Test("A path that leads nowhere is refused")
    func noFolder() async throws {
        let nowhere = folder.path("no/such/folder/store.db")
        let code = await code { () async throws(StoreError) in _ = try await SQLiteStore.open(path: nowhere) }
        #expect(code == .unavailable)
    }

    @Test("Damaged pages are reported as damage when they are read")
    func damagedPages() async throws {
        var store = try await SQLiteStore.open(path: path)
        for number in 0..<40 { _ = try await store.append([.sample("c-\(number)", payload: 2000)]) }
        try await store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for index in 3 * 4096..<bytes.count { bytes[index] = 0xA5 }
        try bytes.write(to: URL(fileURLWithPath: path))
        let code = await code { () async throws(StoreError) in
            store = try await SQLiteStore.open(path: path)
            for number in 0..<40 {
                _ = try await store.events(of: AppendRequest.sample("c-\(number)").caseID, after: 0, limit: 9)
            }
        }
        #expect(code == .corrupt)
    }

    @Test("A full disk refuses writes, keeps what is there readable, and takes writes again when there is room")
    func fullDisk() async throws {
        let store = try await SQLiteStore.open(path: path)
        try await store.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = 60")
        }
        var version = 0
        var refusal: StoreError?
        while refusal == nil {
            do throws(StoreError) {
                _ = try await store.append([.sample("c-1", at: version, payload: 5000)])
                version += 1
            } catch {
                refusal = error
            }
        }
        #expect(refusal?.code == .full)
        #expect(refusal?.isTransient == false)
        let caseID = AppendRequest.sample("c-1").caseID
        #expect(version > 0)
        #expect(try await store.head(of: caseID)?.version == version)
        #expect(try await store.answer(of: caseID, to: AppendRequest.sample("c-1", at: version).key) == nil)

        try await store.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = 100000")
        }
        _ = try await store.append([.sample("c-1", at: version, payload: 5000)])
        let log = try await store.events(of: caseID, after: 0, limit: .max)
        #expect(try HashChain.verify(log, of: caseID).version == version + 1)
        let report = try await store.pool.writeWithoutTransaction { db in
            try String.fetchOne(db, sql: "PRAGMA integrity_check")
        }
        #expect(report == "ok")
        try await store.close()
    }

    @Test("After the disk failed in a write nothing is written until the file is opened again; reading goes on")
    func failedDisk() async throws {
        var store = try await SQLiteStore.open(path: path)
        _ = try await store.append([.sample("c-1")])
        let failure = await code { [store] () async throws(StoreError) in
            try await store.write("append") { _ in throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC) }
        }
        #expect(failure == .diskFailed)
        let refusal = await code { [store] () async throws(StoreError) in
            _ = try await store.append([.sample("c-1", at: 1)])
        }
        #expect(refusal == .diskFailed)
        let caseID = AppendRequest.sample("c-1").caseID
        #expect(try await store.head(of: caseID)?.version == 1)
        try await store.close()
        store = try await SQLiteStore.open(path: path)
        #expect(try await store.append([.sample("c-1", at: 1)]).count == 1)
        #expect(try await store.head(of: caseID)?.version == 2)
        try await store.close()
    }

    @Test("A failed transaction leaves nothing of itself")
    func failedTransaction() async throws {
        let store = try await SQLiteStore.open(path: path)
        let refusal = await code { () async throws(StoreError) in
            try await store.write("append") { db in
                try db.execute(
                    sql: """
                        INSERT INTO definitions (id, version, content_hash, bytes)
                        VALUES ('w', '1', zeroblob(32), x'00'), ('w', '1', zeroblob(32), x'00')
                        """)
            }
        }
        #expect(refusal == .rejected)
        #expect(try await store.definition("w", version: "1") == nil)
        _ = try await store.append([.sample("c-1")])
        try await store.close()
    }

    @Test("Two processes that open a new file at once both get it")
    func openedTwiceAtOnce() async throws {
        let path = path
        try await withThrowingTaskGroup(of: SQLiteStore.self) { group in
            for _ in 0..<4 { group.addTask { try await SQLiteStore.open(path: path) } }
            for try await store in group { try await store.close() }
        }
    }

    @Test("A file opened by a link or a name with marks is the same file")
    func oddNames() async throws {
        let odd = folder.path("项目 %3F?mode=ro#1.db")
        let store = try await SQLiteStore.open(path: odd)
        _ = try await store.append([.sample("c-1")])
        try await store.close()
        #expect(FileManager.default.fileExists(atPath: odd))
    }
}
