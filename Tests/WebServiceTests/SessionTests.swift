import Foundation
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Signing in and out, and what is refused (reuse, other sites, too many tries).
@Suite struct SessionTests {
    private static func cookie(_ answer: TestResponse) -> String? {
        answer.headers[values: .setCookie].first { $0.hasPrefix("session=") || $0.hasPrefix("__Host-session=") }
            .flatMap { $0.split(separator: ";").first.map(String.init) }
    }

    private static let signIn = "account=window&password=correct+horse&then=%2Frole"

    @Test func aPersonSignsInAndOut() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let answer = try await client.send(.post, Links.signIn, form: Self.signIn)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/role")
            let set = try #require(answer.headers[.setCookie])
            #expect(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"))
            let cookie = try #require(Self.cookie(answer))
            let page = try await client.send(.get, Links.role, headers: [.cookie: cookie])
            #expect(page.status == .ok)
            let token = try #require(page.text.split(separator: #"name="_token" value=""#).dropFirst().first)
                .prefix { $0 != "\"" }
            // Without the token, and with somebody else's: nothing happens.
            for form in ["post=0", "post=0&_token=\(SecretText.masked(SecretText.random()))"] {
                let refused = try await client.send(.post, Links.role, form: form, headers: [.cookie: cookie])
                #expect(refused.status == .forbidden)
            }
            let switched = try await client.send(
                .post, Links.role, form: "post=0&then=%2Fx&_token=\(token)", headers: [.cookie: cookie])
            #expect(switched.status == .seeOther)
            let out = try await client.send(.post, Links.signOut, form: "_token=\(token)", headers: [.cookie: cookie])
            #expect(out.status == .seeOther)
            let after = try await client.send(.get, Links.role, headers: [.cookie: cookie])
            #expect(after.status == .seeOther && after.headers[.location]?.hasPrefix(Links.signIn) == true)
        }
    }

    @Test func behindHTTPSTheCookieIsBoundToTheHost() async throws {
        let city = try await TestCity { $0.isBehindProxy = true }
        try await city.test { client in
            let answer = try await client.send(.post, Links.signIn, form: Self.signIn)
            let set = try #require(answer.headers[.setCookie])
            #expect(set.hasPrefix("__Host-session=") && set.contains("; Secure"))
            #expect(answer.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func aGivenNameIsNotTakenOver() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let answer = try await client.send(
                .post, Links.signIn, form: Self.signIn, headers: [.cookie: "session=chosen-by-somebody"])
            #expect(Self.cookie(answer) != "session=chosen-by-somebody")
            let page = try await client.send(.get, Links.role, headers: [.cookie: "session=chosen-by-somebody"])
            #expect(page.status == .seeOther)
        }
    }

    @Test func writesFromOtherSitesAreRefused() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "window")
        try await city.test { client in
            for headers: HTTPFields in [
                [.origin: "https://evil.example"], [.origin: "null"], [.fetchSite: "cross-site"],
            ] {
                let byForm = try await client.send(.post, Links.signIn, form: Self.signIn, headers: headers)
                #expect(byForm.status == .forbidden)
                var headers = headers
                headers[.cookie] = "session=\(token)"
                headers[.contentType] = "text/plain"
                headers[.idempotencyKey] = "k"
                let byText = try await client.send(
                    .post, "/v1/cases/\(TestCity.caseID)/commands", json: "{}", headers: headers)
                #expect([403, 415].contains(byText.status.code))
            }
            // With the cookie alone, which a browser sends along, an interface write needs the token, too.
            let bare = try await client.send(
                .post, "/v1/cases/\(TestCity.caseID)/commands", json: "{}",
                headers: [.cookie: "session=\(token)", .idempotencyKey: "k"])
            #expect(bare.status == .forbidden && bare.json["code"].text == "formStale")
        }
    }

    @Test func changedPasswordsAndRolesEndSessions() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "window")
        try await city.test { client in
            #expect(try await client.send(.get, "/v1/session", token: token).status == .ok)
            let changed = try await client.send(
                .put, "/v1/session/password", token: token, json: #"{"old":"correct horse","new":"battery staple"}"#,
                headers: [.idempotencyKey: "p1"])
            #expect(changed.status == .noContent, "\(changed.text)")
            #expect(try await client.send(.get, "/v1/session", token: token).status == .unauthorized)

            let other = try await city.token(of: "supervisor")
            let security = try await city.token(of: "securityadministrator")
            let granted = try await client.send(
                .put, "/v1/accounts/supervisor/posts", token: security,
                json: #"{"posts":[{"role":"manager"}],"reason":"moved"}"#, headers: [.idempotencyKey: "g1"])
            #expect(granted.status == .noContent, "\(granted.text)")
            #expect(try await client.send(.get, "/v1/session", token: other).status == .unauthorized)
        }
    }

    @Test func tooManyTriesHaveToWait() async throws {
        let city = try await TestCity()
        try await city.test { client in
            var statuses: [Int] = []
            for _ in 0..<7 {
                let answer = try await client.send(
                    .post, "/v1/sessions", json: #"{"account":"owner","password":"wrong"}"#)
                statuses.append(answer.status.code)
                if answer.status.code == 429 { #expect(answer.headers[.retryAfter] != nil) }
            }
            #expect(statuses.prefix(5).allSatisfy { $0 == 401 })
            #expect(statuses.contains(429), "\(statuses)")
        }
    }

    @Test func passwordsAreKeptAsHashesOfTheirOwn() async throws {
        let one = await PasswordHash.make("correct horse", rounds: 1000)
        let other = await PasswordHash.make("correct horse", rounds: 1000)
        #expect(one.hash != other.hash)
        #expect(await one.matches("correct horse"))
        #expect(await !one.matches("correct horsf"))
        #expect(PasswordHash.rounds >= 600_000)
        // RFC 7914 §11: PBKDF2-HMAC-SHA-256 of "passwd", salt "salt", one round.
        let known = PasswordHash(
            rounds: 1, salt: Array("salt".utf8),
            hash: [
                0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f, 0xec, 0x16, 0x91, 0xc2, 0x25, 0x44, 0xb6, 0x05, 0xf9,
                0x41, 0x85, 0x21, 0x6d, 0xde, 0x04, 0x65, 0xe6, 0x8b, 0x9d, 0x57, 0xc2, 0x0d, 0xac, 0xbc,
            ])
        #expect(await known.matches("passwd"))
    }

    @Test func maskedTokensAreTheSameInAnotherDisguise() {
        let token = SecretText.random()
        let one = SecretText.masked(token)
        #expect(one != SecretText.masked(token))
        #expect(SecretText.unmasked(one) == token)
        #expect(SecretText.unmasked(token) == token)
    }
}
