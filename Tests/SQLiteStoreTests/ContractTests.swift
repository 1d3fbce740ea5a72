import SQLiteStore
import StoreConformance
import Testing

@Suite("The contract of stores, on one file")
struct ContractTests {
    let folder: TemporaryFolder
    var path: String { folder.path("store.db") }

    init() throws { folder = try TemporaryFolder() }

    @Test("The SQLite store keeps the contract", arguments: StoreRule.all)
    func contract(rule: StoreRule) async throws {
        let store = try await SQLiteStore.open(path: path)
        try await rule.check(store)
        try await store.close()
    }

    @Test("The SQLite store keeps the contract between nodes", arguments: OfficeStoreRule.all)
    func contractBetweenNodes(rule: OfficeStoreRule) async throws {
        let store = try await SQLiteStore.open(path: path)
        try await rule.check(store)
        try await store.close()
    }

    @Test("The SQLite store keeps what it was given", arguments: DurableStoreRule.all)
    func durability(rule: DurableStoreRule) async throws {
        let path = path
        try await rule.check { try await SQLiteStore.open(path: path) }
    }
}
