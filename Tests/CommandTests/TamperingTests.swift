import Foundation
import Testing

@Suite("Tampering", .enabled(if: Python.hasSQLite, "needs python3 with its sqlite3 module to write into the file"))
struct TamperingTests {
    /// Somebody with the right to write the file, and a little SQL.
    @Test(
        "A log that was changed behind the program's back is found at the first bad event",
        arguments: [
            (
                "UPDATE events SET payload = CAST(replace(CAST(payload AS TEXT), '2024', '2023') AS BLOB) WHERE sequence = 40",
                40
            ),
            ("UPDATE events SET actor = 'nobody' WHERE sequence = 17", 17),
            ("UPDATE events SET on_day = on_day - 1 WHERE sequence IN (30, 50)", 30),
            ("UPDATE events SET key = 'another' WHERE sequence = 1", 1),
            ("DELETE FROM events WHERE sequence = 25", 25),
            ("DELETE FROM events WHERE sequence > 60", 61),
            ("UPDATE events SET payload = CAST(payload || x'20' AS BLOB) WHERE sequence = 12", 12),
        ])
    func found(sql: String, firstBad: Int) async throws {
        let binglian = try Binglian()
        _ = try await binglian.run(Shipped("wf-09").run(store: "a.db")).succeeded()
        _ = try await binglian.run(Shipped("wf-12").run(store: "a.db").map { $0 == "c" ? "other" : $0 }).succeeded()
        #expect(try await binglian("audit", "verify", "--store", "a.db").exitCode == 0)

        try await Python.execute(
            [
                "DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_removed",
                sql + " AND case_number = (SELECT number FROM cases WHERE id = 'c')",
            ], in: "a.db", binglian)

        let audit = try await binglian("audit", "verify", "--store", "a.db")
        #expect(audit.exitCode == 1)
        #expect(audit.out.contains("c  not to be trusted from event \(firstBad) on"), "\(audit.out)")
        #expect(audit.out.contains("other  intact"))
        let json = try await binglian("audit", "verify", "c", "--store", "a.db", "--format", "json")
        #expect(json.exitCode == 1)
        #expect(json.out.contains("\"intact\": false"), "\(json.out)")
        #expect(json.out.contains("\"firstBad\": \(firstBad)"), "\(json.out)")
        #expect(try await binglian("audit", "verify", "other", "--store", "a.db").exitCode == 0)
    }

    @Test("A log that was cut together with its head is found by the head noted earlier")
    func cutWithHead() async throws {
        let binglian = try Binglian()
        _ = try await binglian.run(Shipped("wf-09").run(store: "a.db")).succeeded()
        let before = try await binglian("audit", "verify", "c", "--store", "a.db").succeeded()
        let head = try #require(before.split(separator: " ").last).trimmingCharacters(in: .newlines)
        try await Python.execute(
            [
                "DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_removed",
                "DELETE FROM events WHERE sequence > 60",
                "UPDATE cases SET version = 60, hash = (SELECT hash FROM events WHERE sequence = 60)",
            ], in: "a.db", binglian)
        #expect(try await binglian("audit", "verify", "c", "--store", "a.db").exitCode == 0)
        let audit = try await binglian("audit", "verify", "c", "--head", head, "--store", "a.db")
        #expect(audit.exitCode == 1)
        #expect(audit.out.contains("from event 61 on"), "\(audit.out)")
    }

    @Test("The log itself refuses to be changed or shortened")
    func refused() async throws {
        let binglian = try Binglian()
        _ = try await binglian.run(Shipped("wf-09").run(store: "a.db")).succeeded()
        for sql in ["UPDATE events SET actor = 'nobody'", "DELETE FROM events", "DELETE FROM cases"] {
            #expect(try await Python.run([sql], in: "a.db", binglian).exitCode != 0, "\(sql)")
        }
        #expect(try await binglian("audit", "verify", "--store", "a.db").exitCode == 0)
    }
}

/// A way into the file that is not ours.
enum Python {
    static let executable = URL(fileURLWithPath: "/usr/bin/env")

    static let hasSQLite: Bool = {
        let process = Process()
        process.executableURL = executable
        process.arguments = ["python3", "-c", "import sqlite3"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static func run(_ sql: [String], in file: String, _ binglian: Binglian) async throws -> Binglian.Output {
        let script = """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            for sql in sys.argv[2:]: db.execute(sql)
            db.commit()
            """
        return try await binglian.start(["python3", "-c", script, file] + sql, executable: executable).output()
    }

    static func execute(_ sql: [String], in file: String, _ binglian: Binglian) async throws {
        _ = try await run(sql, in: file, binglian).succeeded()
    }
}
