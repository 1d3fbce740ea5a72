import Orchestrator
import Testing

@testable import PostgresStore

@Suite("Tables that look after themselves", .needsPostgreSQL)
struct SchemaTests {
    @Test("Nodes that start together make the tables once")
    func together() async throws {
        try await TestDatabase.with { database in
            let versions = try await withThrowingTaskGroup(of: Int?.self) { group in
                for node in 0..<8 {
                    group.addTask {
                        let store = try await database.open()
                        let outcome = try await store.append([.sample("c-\(node)")]).first
                        try await store.close()
                        if case .appended(let head)? = outcome { return head.version }
                        return nil
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(versions == Array(repeating: 1, count: 8))
            #expect(try await database.integer("SELECT count(*) FROM cases") == 8)
            #expect(try await database.integer("SELECT version FROM binglian_schema") == Schema.version)
        }
    }

    @Test("Tables of a newer version are refused")
    func newer() async throws {
        try await TestDatabase.with { database in
            try await database.open().close()
            try await database.execute("UPDATE binglian_schema SET version = \(Schema.version + 1)")
            let error = await #expect(throws: StoreError.self) { try await database.open() }
            #expect(error?.code == .newerSchema)
        }
    }

    @Test("Tables of another program are refused and left as they are")
    func anotherProgram() async throws {
        try await TestDatabase.with { database in
            try await database.execute("CREATE TABLE cases (theirs bigint)")
            let error = await #expect(throws: StoreError.self) { try await database.open() }
            #expect(error?.code == .corrupt)
            #expect(try await database.integer("SELECT count(*) FROM cases") == 0)
        }
    }

    @Test(
        "Slips are stopped: no event is changed or removed, no case is removed",
        arguments: [
            "UPDATE segments SET position = 0", "DELETE FROM segments", "TRUNCATE segments", "DELETE FROM cases",
            "TRUNCATE cases CASCADE",
        ])
    func triggers(sql: String) async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            _ = try await store.append([.sample("c-1")])
            let failure = await #expect(throws: PostgresFailure.self) { try await database.execute(sql) }
            #expect(failure?.state == "P0001")
            #expect(try await store.events(of: CaseID(sample: "c-1"), after: 0, limit: 9).count == 1)
            try await store.close()
        }
    }

    @Test(
        "Whoever changes a row behind the triggers is found by the chain",
        arguments: [
            "body = '\\x00'", "body = ''", "body = set_byte(body, 0, 0)",
            "body = set_byte(body, 9, get_byte(body, 9) # 1)",
            "body = substr(body, 1, length(body) - 2)", "hash = decode(repeat('00', 32), 'hex')",
        ])
    func tampering(change: String) async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            for version in 0..<5 { _ = try await store.append([.sample("c-1", at: version)]) }
            let head = try await store.head(of: CaseID(sample: "c-1"))
            try await database.execute(
                "ALTER TABLE segments DISABLE TRIGGER ALL", "UPDATE segments SET \(change) WHERE last_sequence = 3")
            let log = try await store.events(of: CaseID(sample: "c-1"), after: 0, limit: .max)
            #expect(throws: HashChain.Flaw.changed(3)) {
                try HashChain.verify(log, of: CaseID(sample: "c-1"), expecting: head)
            }
            try await store.close()
        }
    }
}
