import CaseEngine
import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Tokens of a provider: the right one is taken, and every forged one is refused alike (reliability A4).
@Suite struct TokenTests {
    private struct Forge: Sendable {
        let key = P256.Signing.PrivateKey()
        let stranger = P256.Signing.PrivateKey()
        let issuer = "https://id.example"
        let audience = "binglian"
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let raw = [UInt8](key.publicKey.rawRepresentation)
            let jwks = """
                {"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"k1",
                "x":"\(SecretText.encode(Array(raw[..<32])))","y":"\(SecretText.encode(Array(raw[32...])))"}]}
                """
            try jwks.write(to: keys, atomically: true, encoding: .utf8)
        }

        var keys: URL { folder.appendingPathComponent("keys.json") }

        func token(
            header: String = #"{"alg":"ES256","typ":"at+jwt","kid":"k1"}"#, payload: String? = nil,
            by signer: P256.Signing.PrivateKey? = nil
        ) throws -> String {
            let body =
                SecretText.encode(Array(header.utf8)) + "." + SecretText.encode(Array((payload ?? claims()).utf8))
            let signature = try (signer ?? key).signature(for: Data(body.utf8))
            return body + "." + SecretText.encode([UInt8](signature.rawRepresentation))
        }

        func claims(_ change: [String: String?] = [:]) -> String {
            let now = Int(Date().timeIntervalSince1970)
            var claims: [String: String] = [
                "iss": "\"\(issuer)\"", "aud": "\"\(audience)\"", "sub": "\"person-1\"", "exp": "\(now + 600)",
                "iat": "\(now)", "nbf": "\(now)",
            ]
            for (name, value) in change { claims[name] = value }
            return "{" + claims.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
                + "}"
        }

        /// Thirty that are not what they say.
        func forgeries() throws -> [(name: String, token: String)] {
            let now = Int(Date().timeIntervalSince1970)
            func header(_ text: String) throws -> String { try token(header: text) }
            let good = try token()
            let parts = good.split(separator: ".").map(String.init)
            let none = SecretText.encode(Array(#"{"alg":"none","typ":"at+jwt","kid":"k1"}"#.utf8))
            let hmacBody =
                SecretText.encode(Array(#"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#.utf8)) + "." + parts[1]
            let hmac = HMAC<SHA256>.authenticationCode(
                for: Data(hmacBody.utf8), using: SymmetricKey(data: key.publicKey.rawRepresentation))
            return [
                ("no algorithm", "\(none).\(parts[1])."), ("no algorithm, signed", "\(none).\(parts[1]).\(parts[2])"),
                ("public key as secret", hmacBody + "." + SecretText.encode(Array(hmac))),
                ("other issuer", try token(payload: claims(["iss": "\"https://evil.example\""]))),
                ("no issuer", try token(payload: claims(["iss": nil]))),
                ("issuer with a slash", try token(payload: claims(["iss": "\"\(issuer)/\""]))),
                ("other audience", try token(payload: claims(["aud": "\"other\""]))),
                ("no audience", try token(payload: claims(["aud": nil]))),
                ("part of the audience", try token(payload: claims(["aud": "\"bing\""]))),
                ("expired", try token(payload: claims(["exp": "\(now - 60)"]))),
                ("without an end", try token(payload: claims(["exp": nil]))),
                ("end as text", try token(payload: claims(["exp": "\"\(now + 60)\""]))),
                ("good for years", try token(payload: claims(["exp": "\(now + 99_999_999)"]))),
                ("not yet", try token(payload: claims(["nbf": "\(now + 600)"]))),
                ("from the future", try token(payload: claims(["iat": "\(now + 600)"]))),
                ("nobody", try token(payload: claims(["sub": nil]))),
                ("empty subject", try token(payload: claims(["sub": "\"\""]))),
                ("for signing in", try token(payload: claims(["nonce": "\"n\""]))),
                ("ID token's type", try header(#"{"alg":"ES256","typ":"JWT","kid":"k1"}"#)),
                ("no type", try header(#"{"alg":"ES256","kid":"k1"}"#)),
                ("no key", try header(#"{"alg":"ES256","typ":"at+jwt"}"#)),
                ("key as path", try header(#"{"alg":"ES256","typ":"at+jwt","kid":"../../etc/passwd"}"#)),
                ("key as SQL", try header(#"{"alg":"ES256","typ":"at+jwt","kid":"k1' OR '1'='1"}"#)),
                ("key as address", try header(#"{"alg":"ES256","typ":"at+jwt","kid":"http://127.0.0.1:9/k"}"#)),
                (
                    "keys elsewhere",
                    try header(#"{"alg":"ES256","typ":"at+jwt","kid":"k1","jku":"http://127.0.0.1:9/"}"#)
                ),
                (
                    "chain elsewhere",
                    try header(#"{"alg":"ES256","typ":"at+jwt","kid":"k1","x5u":"http://127.0.0.1:9/"}"#)
                ),
                ("own key", try header(#"{"alg":"ES256","typ":"at+jwt","kid":"k1","jwk":{"kty":"EC"}}"#)),
                ("critical", try header(#"{"alg":"ES256","typ":"at+jwt","kid":"k1","crit":["exp"]}"#)),
                ("two algorithms", try header(#"{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"k1"}"#)),
                ("two subjects", try token(payload: String(claims().dropLast()) + #","sub":"admin"}"#)),
                ("somebody else's signature", try token(by: stranger)),
                (
                    "changed",
                    parts[0] + "." + SecretText.encode(Array(claims(["sub": "\"admin\""]).utf8)) + "." + parts[2]
                ),
                ("a megabyte", good + String(repeating: "A", count: 1 << 20)),
                ("two parts", parts[0] + "." + parts[1]), ("four parts", good + ".x"),
                ("padding", parts[0] + "=." + parts[1] + "." + parts[2]), ("dots", ".."),
            ]
        }
    }

    @Test func onlyTheProvidersOwnTokensAreTaken() async throws {
        let forge = try Forge()
        defer { try? FileManager.default.removeItem(at: forge.folder) }
        let city = try await TestCity {
            $0.provider = TokenProvider(issuer: forge.issuer, audience: forge.audience, keys: forge.keys.path)
        }
        try await city.here.accounts.perform(
            .open(
                account: Account(
                    id: "external", name: "外部人员", posts: [Post(.supervisor)], password: nil, subject: "person-1")),
            key: try #require(CommandKey("open.external")), by: .system, on: TestCity.today, at: city.here.clock.now)
        let forgeries = try forge.forgeries()
        #expect(forgeries.count >= 30)
        try await city.test { client in
            let good = try await client.send(.get, "/v1/session", token: try forge.token())
            #expect(good.status == .ok && good.json["account"].text == "external", "\(good.text)")
            for (name, token) in forgeries {
                let answer = try await client.send(.get, "/v1/session", token: token)
                #expect(answer.status == .unauthorized, "\(name): \(answer.text)")
                #expect(answer.json["code"].text == "tokenRefused", "\(name)")
            }
            // A token by itself is nobody's here.
            let unknown = try await client.send(
                .get, "/v1/session", token: try forge.token(payload: forge.claims(["sub": "\"person-2\""])))
            #expect(unknown.status == .unauthorized)
        }
    }

    @Test func withoutAProviderNoTokenIsTaken() async throws {
        let forge = try Forge()
        defer { try? FileManager.default.removeItem(at: forge.folder) }
        let city = try await TestCity()
        try await city.test { client in
            let token = try forge.token()
            let answer = try await client.send(.get, "/v1/session", token: token)
            #expect(answer.status == .unauthorized)
        }
    }
}
