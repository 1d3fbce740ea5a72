import PostgresStore
import StoreConformance
import Testing

@Suite("The contract of stores, on PostgreSQL", .needsPostgreSQL)
struct PostgresContractTests {
    @Test("The PostgreSQL store keeps the contract", arguments: StoreRule.all)
    func contract(rule: StoreRule) async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            try await rule.check(store)
            try await store.close()
        }
    }

    @Test("The PostgreSQL store keeps the contract between nodes", arguments: OfficeStoreRule.all)
    func contractBetweenNodes(rule: OfficeStoreRule) async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            try await rule.check(store)
            try await store.close()
        }
    }

    @Test("The PostgreSQL store keeps what it was given", arguments: DurableStoreRule.all)
    func durability(rule: DurableStoreRule) async throws {
        try await TestDatabase.with { database in
            try await rule.check { try await database.open() }
        }
    }
}
