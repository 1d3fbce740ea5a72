import Orchestrator
import Testing

/// One rule that every store keeps, with the check that shows it.
///
/// A store's tests run ``all`` on a fresh store each; a store that outlives its process runs ``durable`` too:
///
/// ```swift
/// @Test(arguments: StoreRule.all)
/// func contract(rule: StoreRule) async throws { try await rule.check(InMemoryStore()) }
/// ```
public struct StoreRule: Sendable, CustomTestStringConvertible {
    /// The rule as a sentence.
    public let sentence: String
    /// Records an issue for everything in which the store differs.
    public let check: @Sendable (any EventStore) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (any EventStore) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    public var testDescription: String { sentence }

    public static let all: [StoreRule] =
        appending + commandKeys + concurrency + chain + readModels + tasks + outbox + definitions
}

/// A rule about what a store knows after it was closed and opened again.
public struct DurableStoreRule: Sendable, CustomTestStringConvertible {
    public let sentence: String
    /// Calls the closure for each opening of the same place.
    public let check: @Sendable (_ open: @Sendable () async throws -> any EventStore) async throws -> Void

    public var testDescription: String { sentence }
}
