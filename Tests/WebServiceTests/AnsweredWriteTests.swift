import HTTPTypes
import HummingbirdTesting
import NIOCore
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// A write under a key has one effect and one answer, on every node and after a restart, for a day.
@Suite struct AnsweredWriteTests {
    private static func answer(_ text: String) -> Written {
        Written(
            status: .created, headers: [.contentType: "application/json", .location: "/v1/x"],
            body: ByteBuffer(string: text))
    }

    @Test("An answer is given again in its own words by another service", arguments: [true, false])
    func elsewhere(hasOwnKey: Bool) async throws {
        let store = InMemoryStore()
        let (one, other) = (AnsweredWrites(store: store), AnsweredWrites(store: store))
        let now = Instant(milliseconds: 1_000_000)
        guard case .new(let claim) = try await one.begin("k", "f", hasOwnKey: hasOwnKey, at: now) else {
            Issue.record("it is new")
            return
        }
        // While it is under way it is nobody else's, here or, where that needs a claim, elsewhere.
        guard case .underWay = try await one.begin("k", "f", hasOwnKey: hasOwnKey, at: now) else {
            Issue.record("it is under way")
            return
        }
        if !hasOwnKey {
            guard case .underWay = try await other.begin("k", "f", hasOwnKey: false, at: now) else {
                Issue.record("it is under way elsewhere")
                return
            }
        }
        await one.end(claim, Self.answer("{\"a\":\n1}"), at: now)
        // Where the log keeps it besides, nobody waits until it is here too.
        for _ in 0..<500 {
            let kept = try await store.transients(AnsweredWrites.space, prefix: "", after: nil, limit: 1, at: now)
            if hasOwnKey ? !kept.isEmpty : true { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        guard case .answered(let written) = try await other.begin("k", "f", hasOwnKey: hasOwnKey, at: now)
        else {
            Issue.record("it is answered")
            return
        }
        #expect(written.status == .created && String(buffer: written.body) == "{\"a\":\n1}")
        #expect(written.headers[.location] == "/v1/x" && written.headers[.contentType] == "application/json")
        guard case .otherRequest = try await other.begin("k", "g", hasOwnKey: hasOwnKey, at: now) else {
            Issue.record("another request came under the key")
            return
        }
        let late = now.adding(AnsweredWrites.lasting)
        guard case .new = try await other.begin("k", "g", hasOwnKey: hasOwnKey, at: late) else {
            Issue.record("a day is over")
            return
        }
    }

    @Test("A key whose write failed is free at once, one whose node was killed after a while")
    func freed() async throws {
        let store = InMemoryStore()
        let (one, other) = (AnsweredWrites(store: store), AnsweredWrites(store: store))
        let now = Instant(milliseconds: 1_000_000)
        guard case .new(let claim) = try await one.begin("k", "f", hasOwnKey: false, at: now) else {
            Issue.record("it is new")
            return
        }
        await one.giveUp(claim)
        guard case .new = try await other.begin("k", "g", hasOwnKey: false, at: now) else {
            Issue.record("it is free")
            return
        }
        let later = now.adding(AnsweredWrites.claimLasting)
        guard case .new = try await one.begin("k", "f", hasOwnKey: false, at: later) else {
            Issue.record("the other node was killed")
            return
        }
    }

    @Test("Programs have the same answer from a service that was started again")
    func restarted() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "applicant")
        let body = #"{"workflow":"\#(TestCity.workflow)","id":"new-case","project":\#(TestCity.project)}"#
        let send: @Sendable (any TestClientProtocol, String) async throws -> TestResponse = { client, body in
            try await client.send(.post, "/v1/cases", token: token, json: body, headers: [.idempotencyKey: "open-1"])
        }
        let first = try await city.test { try await send($0, body) }
        #expect(first.status == .created && first.headers[HTTPField.Name("Idempotent-Replayed")!] == nil)
        try await city.again().test { client in
            let again = try await send(client, body)
            #expect(again.status == .created && again.text == first.text)
            #expect(again.headers[HTTPField.Name("Idempotent-Replayed")!] == "true")
            #expect(again.headers[.location] == first.headers[.location])
            let other = try await send(client, body.replacing("new-case", with: "other-case"))
            #expect(other.status == .unprocessableContent && other.json["code"].text == "keyReused")
        }
    }

    @Test("Sent twice at the same moment, a write happens once")
    func together() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "applicant")
        let command = #"{"withdrawCase":{"reason":"r"}}"#
        try await city.test { client in
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await client.send(
                            .post, "/v1/cases/\(TestCity.caseID)/commands", token: token, json: command,
                            headers: [.idempotencyKey: "w"])
                    }
                }
                return try await group.reduce(into: [TestResponse]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .ok })
            #expect(Set(answers.map(\.text)).count == 1)
            let log = try await city.here.orchestrator.log(of: try #require(CaseID(TestCity.caseID)))
            #expect(answers.allSatisfy { $0.json["version"] == .integer(log.count) })
        }
    }
}
