import HTTPTypes
import HummingbirdTesting
import NIOCore
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// How requests are found, refused and answered, whatever they are about.
@Suite struct RouteTests {
    @Test func everyAnswerHasItsHeaders() async throws {
        let city = try await TestCity()
        try await city.test { client in
            for path in ["/sign-in", "/healthz", "/nothing", "/v1/cases", "/assets/binglian.css"] {
                let answer = try await client.send(.get, path)
                let policy = try #require(answer.headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'self'") && !policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.requestID]?.isEmpty == false)
            }
        }
    }

    @Test func problemsSpeakTheLanguageAskedFor() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let zh = try await client.send(.get, "/v1/cases/none?lang=zh")
            let en = try await client.send(.get, "/v1/cases/none", headers: [.acceptLanguage: "en-GB, zh;q=0.5"])
            for answer in [zh, en] {
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.json["code"].text == "notSignedIn")
                #expect(answer.json["detail"].text?.isEmpty == false)
            }
            #expect(zh.json["title"].text == "请先登录")
            #expect(en.json["title"].text == "Sign in first")
            #expect(zh.headers[.setCookie]?.hasPrefix("lang=zh") == true)
        }
    }

    @Test func otherMethodsAreNamed() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let answer = try await client.send(.delete, "/v1/cases", headers: [.idempotencyKey: "k"])
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow]?.contains("GET") == true)
            #expect(try await client.send(.options, "/v1/cases").status == .noContent)
            #expect(try await client.send(.head, "/healthz").text.isEmpty)
        }
    }

    @Test func jsonHasOneMeaningOnly() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "applicant")
        let hostile: [(String, String)] = [
            (#"{"item":{"id":"a","id":"b","command":{"admit":{}}}}"#, "unreadableJSON"),
            (#"{"item":{"id":"a","command":{"admit":{}}},"tenant":"there"}"#, "unknownMember"),
            (#"{"item":{"id":"a","command":{"admit":{}},"by":{"role":"system"}}}"#, "unknownMember"),
            (#"{"item":{"id":"a","command":{"admit":{"clock":"2030-01-01"}}}}"#, "unknownMember"),
            (String(repeating: "[", count: 70), "unreadableJSON"), (#"{"a":1e999}"#, "unreadableJSON"),
            (#"{"a":"\ud800"}"#, "unreadableJSON"), ("{} {}", "unreadableJSON"), ("{'a':1}", "unreadableJSON"),
            (#"{"passTime":{}}"#, "commandNotForPeople"),
        ]
        try await city.test { client in
            for (number, (json, code)) in hostile.enumerated() {
                let answer = try await client.send(
                    .post, "/v1/cases/\(TestCity.caseID)/commands", token: token, json: json,
                    headers: [.idempotencyKey: "h\(number)"])
                #expect([400, 422].contains(answer.status.code), "\(json): \(answer.text)")
                #expect(answer.json["code"].text == code, "\(json): \(answer.text)")
            }
        }
    }

    @Test func aWriteHappensOnceUnderItsKey() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "applicant")
        let body = #"{"workflow":"\#(TestCity.workflow)","id":"new-case","project":\#(TestCity.project)}"#
        try await city.test { client in
            let missing = try await client.send(.post, "/v1/cases", token: token, json: body)
            #expect(missing.status == .badRequest && missing.json["code"].text == "idempotencyKeyMissing")
            let first = try await client.send(
                .post, "/v1/cases", token: token, json: body, headers: [.idempotencyKey: "open-1"])
            #expect(first.status == .created, "\(first.text)")
            #expect(first.headers[.location] == "/v1/cases/new-case")
            let again = try await client.send(
                .post, "/v1/cases", token: token, json: body, headers: [.idempotencyKey: "open-1"])
            #expect(again.status == .created && again.text == first.text)
            let other = try await client.send(
                .post, "/v1/cases", token: token, json: body.replacing("new-case", with: "other-case"),
                headers: [.idempotencyKey: "open-1"])
            #expect(other.status == .unprocessableContent && other.json["code"].text == "keyReused")
        }
    }

    @Test func versionsGuardReadingAndWriting() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "applicant")
        try await city.test { client in
            let path = "/v1/cases/\(TestCity.caseID)"
            let first = try await client.send(.get, path, token: token)
            #expect(first.status == .ok, "\(first.text)")
            let etag = try #require(first.headers[.eTag])
            let unchanged = try await client.send(.get, path, token: token, headers: [.ifNoneMatch: etag])
            #expect(unchanged.status == .notModified && unchanged.text.isEmpty)
            let stale = try await client.send(
                .post, path + "/commands", token: token, json: #"{"withdrawCase":{"reason":"r"}}"#,
                headers: [.idempotencyKey: "w1", .ifMatch: "\"0\""])
            #expect(stale.status == .preconditionFailed)
        }
    }

    @Test func listsGoOnWhereTheyEnded() async throws {
        let city = try await TestCity()
        let applicant = try await city.token(of: "applicant")
        let window = try await city.token(of: "window")
        try await city.test { client in
            for number in 0..<5 {
                let body = #"{"workflow":"\#(TestCity.workflow)","id":"n-\#(number)","project":\#(TestCity.project)}"#
                let opened = try await client.send(
                    .post, "/v1/cases", token: applicant, json: body, headers: [.idempotencyKey: "o\(number)"])
                #expect(opened.status == .created)
            }
            var found: [String] = []
            var path: String? = "/v1/cases?limit=2"
            while let next = path {
                let answer = try await client.send(.get, next, token: window)
                #expect(answer.status == .ok)
                found += answer.json["rows"].elements.compactMap { $0["case"].text }
                path = answer.headers[.link].flatMap { $0.split(separator: ">").first }.map { String($0.dropFirst()) }
            }
            #expect(found == [TestCity.caseID] + (0..<5).map { "n-\($0)" })
            // Somebody else's owner has none.
            let stranger = try await city.token(of: "applicant-other")
            let none = try await client.send(.get, "/v1/cases", token: stranger)
            #expect(none.json["rows"].elements.isEmpty)
            let misspelt = try await client.send(.get, "/v1/cases?statsu=open", token: window)
            #expect(misspelt.status == .badRequest)
        }
    }

    @Test func longAnswersArePacked() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "window")
        try await city.test { client in
            let plain = try await client.send(.get, "/v1/cases/\(TestCity.caseID)", token: token)
            let packed = try await client.send(
                .get, "/v1/cases/\(TestCity.caseID)", token: token, headers: [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.body.readableBytes < plain.body.readableBytes / 2)
            #expect(packed.headers[.eTag]?.hasPrefix("W/") == true)
        }
    }

    @Test func theTableFindsWhatItHolds() {
        let table = RoutingTable(AllEndpoints.list)
        for endpoint in AllEndpoints.list {
            let path = endpoint.names.reduce(endpoint.path) { $0.replacing("{\($1)}", with: "a%20b") }
            guard case .endpoint(let found, let parameters) = table.find(endpoint.method, path) else {
                Issue.record("\(endpoint.method) \(endpoint.path) is not found")
                continue
            }
            #expect(found.path == endpoint.path)
            #expect(parameters.values.allSatisfy { $0 == "a b" })
        }
        for path in ["/v1/cases/%2e%2e/%zz", "/v1//../etc", "/v1/cases/%00"] {
            if case .endpoint(let endpoint, _) = table.find(.get, path) { Issue.record("\(path) is \(endpoint.path)") }
        }
    }

    @Test func rateLimitsHold() async throws {
        let city = try await TestCity { $0.requestsPerSecond = 0.0001 }
        try await city.test { client in
            var refused = 0
            for _ in 0..<130 {
                let answer = try await client.send(.get, "/healthz")
                if answer.status == .tooManyRequests {
                    refused += 1
                    #expect(answer.headers[.retryAfter] != nil)
                }
            }
            #expect(refused == 30, "a hundred at once, and hardly one more while the test runs")
        }
    }

    @Test func bucketsFillAtTheirPace() {
        let buckets = TokenBuckets(perSecond: 0.5, burst: 3)
        let begin = ContinuousClock.now
        let taken = [0, 0, 0, 0, 1, 2, 3, 4].map { buckets.take("a", now: begin + .seconds($0)) }
        #expect(taken == [nil, nil, nil, 2, 1, nil, 1, nil])
        #expect(buckets.take("b", now: begin) == nil, "everybody has a bucket of their own")
    }
}
