import Orchestrator
import StoreConformance
import Testing

@Test("The in-memory store keeps the contract", arguments: StoreRule.all)
func inMemoryStoreKeepsTheContract(rule: StoreRule) async throws {
    try await rule.check(InMemoryStore())
}

@Test("The in-memory store keeps the contract between nodes", arguments: OfficeStoreRule.all)
func inMemoryStoreKeepsTheContractBetweenNodes(rule: OfficeStoreRule) async throws {
    try await rule.check(InMemoryStore())
}
