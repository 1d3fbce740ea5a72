import GRDB
import Orchestrator
import SQLiteStore
import TestSupport
import Testing
import WorkCalendar

/// What an intruder who may write the file can do to a log, and what the chain says to it.
@Suite("Tampering with the file")
struct TamperingTests {
    static let length = 12

    let folder: TemporaryFolder
    let caseID = AppendRequest.sample("c-1").caseID

    init() throws { folder = try TemporaryFolder() }

    /// Writes a log, runs SQL on the file, and verifies the log against the head kept before.
    private func flaw(after sql: [String]) async throws -> HashChain.Flaw? {
        let path = folder.path("store.db")
        var store = try await SQLiteStore.open(path: path)
        for version in 0..<Self.length {
            _ = try await store.append([.sample("c-1", at: version), .sample("c-2", at: version)])
        }
        let head = try await store.head(of: caseID)
        try await store.close()

        try folder.execute(
            ["DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_removed"] + sql, in: "store.db")

        store = try await SQLiteStore.open(path: path)
        let log = try await store.events(of: caseID, after: 0, limit: .max)
        try await store.close()
        do throws(HashChain.Flaw) {
            try HashChain.verify(log, of: caseID, expecting: head)
            return nil
        } catch {
            return error
        }
    }

    private static let ofCase = "case_number = (SELECT number FROM cases WHERE id = 'c-1')"

    @Test("An untouched file verifies")
    func untouched() async throws {
        #expect(try await flaw(after: []) == nil)
    }

    @Test(
        "A changed column is found at its event",
        arguments: [
            "payload = x'00'", "payload = substr(payload, 2)", "actor = 'somebody'", "kind = 'other'", "schema = 2",
            "on_day = on_day + 1", "at_ms = at_ms + 1", "key = 'other'", "hash = zeroblob(32)",
            "previous_hash = randomblob(32)", "actor = CAST(x'FFFE' AS TEXT)",
        ], [1, 5, length])
    func changed(column: String, sequence: Int) async throws {
        let flaw = try await flaw(after: ["UPDATE events SET \(column) WHERE \(Self.ofCase) AND sequence = \(sequence)"]
        )
        #expect(flaw == .changed(sequence))
    }

    @Test("A removed event is named", arguments: [1, 7])
    func removed(sequence: Int) async throws {
        let flaw = try await flaw(after: ["DELETE FROM events WHERE \(Self.ofCase) AND sequence = \(sequence)"])
        #expect(flaw == .missing(sequence))
    }

    @Test("Two events that changed places are named")
    func swapped() async throws {
        let flaw = try await flaw(after: [
            "UPDATE events SET sequence = 1000 WHERE \(Self.ofCase) AND sequence = 4",
            "UPDATE events SET sequence = 4 WHERE \(Self.ofCase) AND sequence = 9",
            "UPDATE events SET sequence = 9 WHERE \(Self.ofCase) AND sequence = 1000",
        ])
        #expect(flaw == .misplaced(4, from: 9))
    }

    @Test("A removed event with the rest moved up is found where the log first differs")
    func closedGap() async throws {
        let flaw = try await flaw(after: [
            "DELETE FROM events WHERE \(Self.ofCase) AND sequence = 5",
            "UPDATE events SET sequence = sequence - 1 + 1000 WHERE \(Self.ofCase) AND sequence > 5",
            "UPDATE events SET sequence = sequence - 1000 WHERE \(Self.ofCase) AND sequence > 1000",
        ])
        #expect(flaw == .misplaced(5, from: 6))
    }

    @Test("A cut tail is found against the head that somebody kept")
    func cutTail() async throws {
        let flaw = try await flaw(after: [
            "DELETE FROM events WHERE \(Self.ofCase) AND sequence > 8",
            "UPDATE cases SET version = 8, hash = (SELECT hash FROM events WHERE \(Self.ofCase) AND sequence = 8)",
        ])
        #expect(flaw == .cut(9))
    }

    @Test("An event of another case put into the log is found")
    func transplanted() async throws {
        let flaw = try await flaw(after: [
            "DELETE FROM events WHERE \(Self.ofCase) AND sequence = 6",
            """
            UPDATE events SET case_number = (SELECT number FROM cases WHERE id = 'c-1')
            WHERE sequence = 6 AND case_number = (SELECT number FROM cases WHERE id = 'c-2')
            """,
        ])
        #expect(flaw == .changed(6))
    }

    @Test("A key that no command can have is reported as damage, with its event")
    func damagedKey() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await flaw(after: ["UPDATE events SET key = 'not a key' WHERE \(Self.ofCase) AND sequence = 3"])
        }
        #expect(error?.code == .corrupt)
        #expect(error?.underlying.contains("event 3") == true)
    }

    @Test("Slips are stopped before: the file refuses to change or remove an event, or to remove a case")
    func triggers() async throws {
        let path = folder.path("store.db")
        let store = try await SQLiteStore.open(path: path)
        _ = try await store.append([.sample("c-1")])
        try await store.close()
        for sql in ["UPDATE events SET actor = 'x'", "DELETE FROM events", "DELETE FROM cases"] {
            #expect(throws: DatabaseError.self) { try folder.execute([sql], in: "store.db") }
        }
    }
}
