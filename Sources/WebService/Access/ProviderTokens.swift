import Orchestrator
import WorkCalendar

/// What a provider's token says of its bearer.
struct TokenClaims: Sendable, Hashable {
    var subject: String
    var role: String?
    var tenant: String?
}

/// Reads tokens of a provider (校验身份令牌).
protocol TokenVerifying: Sendable {
    /// - Throws: `Problem.tokenRefused`.
    func claims(of token: String, at now: Instant) async throws -> TokenClaims
}
