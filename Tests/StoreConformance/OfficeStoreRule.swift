import Orchestrator
import Testing

/// One rule that every store keeps which several nodes share, with the check that shows it.
///
/// Ends of leases are in the store's own time, so some of these rules wait for a few hundredths of a second.
public struct OfficeStoreRule: Sendable, CustomTestStringConvertible {
    /// The rule as a sentence.
    public let sentence: String
    /// Records an issue for everything in which the store differs.
    public let check: @Sendable (any OfficeStore) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (any OfficeStore) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    public var testDescription: String { sentence }

    public static let all: [OfficeStoreRule] = leases + transients + jobs + lists

    /// A lease that is over soon after it was given.
    static let short = Duration.milliseconds(20)
    static let long = Duration.seconds(600)

    /// Waits until everything that was claimed for ``short`` is over.
    static func untilOver() async throws { try await Task.sleep(for: .milliseconds(60)) }

    static func expectRejected(_ body: () async throws -> Void) async {
        let error = await #expect(throws: StoreError.self) { try await body() }
        #expect(error?.code == .rejected)
    }
}
