import AsyncHTTPClient
import Foundation
import JWTKit
import NIOCore
import NIOHTTP1
import Orchestrator
import Synchronization
import WorkflowModel

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

/// Access tokens of one pinned provider, signed with one of its published keys (OIDC 访问令牌).
///
/// The token chooses nothing: neither the algorithm beyond those of public keys, nor where keys come from. Everything that
/// could make it mean two things is refused before any signature is looked at.
///
/// - Source: RFC 9068 (access tokens), RFC 8725 (best practice), RFC 7515.
final class ProviderTokens: TokenVerifying {
    private struct Keys {
        var byID: [String: JWK] = [:]
        var asOf: ContinuousClock.Instant?
    }

    private let provider: TokenProvider
    private let keys = Mutex(Keys())

    private static let longest = 8192
    /// Clocks may differ by so much.
    private static let leeway: Double = 30
    /// Nobody's token is good for longer.
    private static let lifetime: Double = 24 * 3600
    private static let algorithms: Set<String> = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
    /// Keys are fetched again after so long, and for an unknown one no more often than that.
    private static let refresh = Duration.seconds(600)
    private static let refreshForUnknown = Duration.seconds(60)

    init(_ provider: TokenProvider) { self.provider = provider }

    func claims(of token: String, at now: Instant) async throws -> TokenClaims {
        guard token.utf8.count <= Self.longest else { throw Problem.tokenRefused }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty, let header = Self.object(parts[0]),
            let payload = Self.object(parts[1])
        else { throw Problem.tokenRefused }
        let key = try await key(for: header)
        let claims = try claims(in: payload, at: now)
        do {
            let collection = JWTKeyCollection()
            try await collection.add(jwk: key)
            _ = try await collection.verify(token, as: Unread.self)
        } catch {
            throw Problem.tokenRefused
        }
        return claims
    }

    /// The claims were read strictly already.
    private struct Unread: JWTPayload {
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// A part as an object, without a key twice.
    private static func object(_ part: Substring) -> [String: JSONText]? {
        let isPlain = part.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isPlain, let bytes = SecretText.decode(String(part)),
            case .object(let members)? = try? JSONReading.read(bytes)
        else { return nil }
        return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private func key(for header: [String: JSONText]) async throws -> JWK {
        guard header.keys.allSatisfy({ ["alg", "typ", "kid"].contains($0) }),
            case .string(let algorithm)? = header["alg"],
            Self.algorithms.contains(algorithm), case .string(let type)? = header["typ"],
            ["at+jwt", "application/at+jwt"].contains(type.lowercased()), case .string(let id)? = header["kid"],
            !id.isEmpty, id.utf8.count <= 256
        else { throw Problem.tokenRefused }
        var found = try await known(id, isUnknown: false)
        if found == nil { found = try await known(id, isUnknown: true) }
        guard let found, Self.fits(found, algorithm) else { throw Problem.tokenRefused }
        return found
    }

    /// Whether a key is for that algorithm: a public key of the kind that it needs.
    private static func fits(_ key: JWK, _ algorithm: String) -> Bool {
        if let own = key.algorithm?.rawValue, own != algorithm { return false }
        switch key.keyType {
        case .rsa: return algorithm.hasPrefix("RS") || algorithm.hasPrefix("PS")
        case .ecdsa: return algorithm.hasPrefix("ES")
        case .octetKeyPair: return algorithm == "EdDSA"
        default: return false
        }
    }

    // MARK: Keys

    private func known(_ id: String, isUnknown: Bool) async throws -> JWK? {
        let age = isUnknown ? Self.refreshForUnknown : Self.refresh
        let isDue = keys.withLock { keys in
            guard keys.asOf.map({ ContinuousClock.now - $0 > age }) ?? true else { return false }
            // Whoever comes meanwhile uses what is known.
            keys.asOf = .now
            return true
        }
        if isDue, let set = await fetched() {
            var byID: [String: JWK] = [:]
            for key in set.keys.prefix(100) {
                if let name = key.keyIdentifier?.string, byID[name] == nil { byID[name] = key }
            }
            keys.withLock { $0.byID = byID }
        }
        return keys.withLock { $0.byID[id] }
    }

    /// The provider's keys; `nil` when they cannot be had now, and the known ones stay.
    private func fetched() async -> JWKS? {
        guard let bytes = try? await bytes(), bytes.count <= 1 << 20 else { return nil }
        return try? JSONDecoder().decode(JWKS.self, from: Data(bytes))
    }

    private func bytes() async throws -> [UInt8] {
        guard provider.keys.hasPrefix("https://") else {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: provider.keys)))
        }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(3), read: .seconds(5))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let response = try await client.execute(HTTPClientRequest(url: provider.keys), timeout: .seconds(8))
            guard response.status == .ok else { throw Problem.tokenRefused }
            let body = try await response.body.collect(upTo: 1 << 20)
            try await client.shutdown()
            return Array(buffer: body)
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    // MARK: Claims

    private func claims(in payload: [String: JSONText], at now: Instant) throws -> TokenClaims {
        func text(_ name: String) -> String? {
            guard case .string(let text)? = payload[name], !text.isEmpty, text.utf8.count <= 255 else { return nil }
            return text
        }
        func seconds(_ name: String) -> Double? {
            switch payload[name] {
            case .integer(let number)?: Double(number)
            case .number(let number)?: number
            default: nil
            }
        }
        let moment = Double(now.milliseconds) / 1000
        let isForUs: Bool =
            switch payload["aud"] {
            case .string(let text)?: text == provider.audience
            case .array(let list)?: list.contains(.string(provider.audience))
            default: false
            }
        guard text("iss") == provider.issuer, isForUs, let subject = text("sub"), let ends = seconds("exp"),
            ends > moment - Self.leeway, ends < moment + Self.lifetime,
            payload["nbf"] == nil || (seconds("nbf").map { $0 <= moment + Self.leeway } ?? false),
            payload["iat"] == nil || (seconds("iat").map { $0 <= moment + Self.leeway } ?? false),
            // What only tokens for signing in have.
            payload["nonce"] == nil, payload["at_hash"] == nil, payload["c_hash"] == nil
        else { throw Problem.tokenRefused }
        return TokenClaims(subject: subject, role: text("binglian_role"), tenant: text("binglian_tenant"))
    }
}
