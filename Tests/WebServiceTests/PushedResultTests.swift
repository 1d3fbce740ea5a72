import CaseEngine
import DepartmentLink
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// 审管衔接, both ways: the result goes to the system of the department that supervises it, and its receipt comes back.
@Suite("Results pushed to supervision", .timeLimit(.minutes(2)))
struct PushedResultTests {
    private static let secret = "whsec_" + Data(repeating: 5, count: 32).base64EncodedString()
    private static let caseID = CaseID("result-pushed")!  // a valid id

    /// What a department's system was sent, as its own server has it.
    private struct Received: Sendable {
        let headers: [String: String]
        let body: [UInt8]
    }

    /// The system of the supervising department: takes whatever comes, and keeps it.
    private final class Supervision: Sendable {
        let port: Int
        private let serving: Task<Void, Never>

        init() async throws {
            let opened = AsyncStream<Int>.makeStream()
            let kept = AsyncStream<Received>.makeStream()
            let router = Router()
            router.post("/events") { request, _ -> HTTPResponse.Status in
                let body = Array(try await request.body.collect(upTo: 1 << 20).readableBytesView)
                var headers: [String: String] = [:]
                for field in request.headers { headers[field.name.canonicalName] = field.value }
                kept.continuation.yield(Received(headers: headers, body: body))
                return .accepted
            }
            let server = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in opened.continuation.yield(channel.localAddress?.port ?? 0) },
                logger: Logger(label: "test"))
            serving = Task { try? await server.run() }
            var ports = opened.stream.makeAsyncIterator()
            port = try #require(await ports.next())
            stream = kept.stream
        }

        private let stream: AsyncStream<Received>

        /// The next thing that came.
        func next() async throws -> Received {
            var iterator = stream.makeAsyncIterator()
            return try #require(await iterator.next())
        }

        func end() { serving.cancel() }
    }

    private struct Office {
        let store = InMemoryStore()
        let orchestrator: Orchestrator
        let scenario: Scenario
        var number = 0

        init() throws {
            let path = "Fixtures/scenarios/result-pushed.yaml"
            let read = ScenarioFile.read(
                try ProjectFiles.text(path), path: path,
                library: ScenarioLibrary { try? ProjectFiles.text("Workflows/\($0)") })
            scenario = try #require(read.value)
            orchestrator = Orchestrator(store: store, receivers: ["housing": "housing"])
        }

        func open() async throws {
            _ = try await orchestrator.open(
                PushedResultTests.caseID,
                with: Publication(
                    workflow: scenario.workflow, text: scenario.workflowText, calendar: scenario.calendar,
                    calendarText: scenario.calendarText),
                project: scenario.project, facts: scenario.facts, on: scenario.opened.on, by: scenario.opened.by,
                at: .officeClosing(of: scenario.opened.on))
        }

        mutating func act(_ command: ItemCommand, by actor: Actor, on date: LocalDate) async throws {
            number += 1
            _ = try await orchestrator.perform(
                .item("permit", command), on: PushedResultTests.caseID, key: try #require(CommandKey("step-\(number)")),
                by: actor, on: date, at: .officeClosing(of: date))
        }

        /// Sends what waits for the department, and takes it out of the queue.
        func deliver(_ delivery: HTTPDelivery) async throws -> [DeliveryVerdict] {
            var verdicts: [DeliveryVerdict] = []
            for message in try await store.waitingMessages(for: "housing", at: .now, limit: 10) {
                verdicts.append(await delivery.deliver(message, token: 1))
                _ = try await store.markDelivered([message.id], under: nil)
            }
            return verdicts
        }
    }

    private static func date(_ day: Int) -> LocalDate { LocalDate(year: 2026, month: 3, day: day)! }  // of March

    private static func signed(_ id: String, _ body: String, secret: String = secret) throws -> HTTPFields {
        let signer = WebhookSigner([try #require(WebhookSecret(secret))])
        var fields = HTTPFields()
        for (name, value) in signer.headers(id: id, body: Array(body.utf8), at: .now) {
            fields[try #require(HTTPField.Name(name))] = value
        }
        return fields
    }

    private static func receipt(of data: [String: Any]) throws -> String {
        """
        {"case": "\(caseID)", "request": "\(try #require(data["request"] as? String))", "item": "permit",
         "officer": "housing-07", "command": {"acknowledge": {"note": "filed under supervision"}}}
        """
    }

    @Test("A result reaches supervision once as a CloudEvent, its receipt comes back once, and both stand in the log")
    func bothWays() async throws {
        let system = try await Supervision()
        defer { system.end() }
        let file = """
            connectors:
              - department: housing
                url: http://127.0.0.1:\(system.port)/events
                secrets: ["\(Self.secret)"]
                allow: [127.0.0.0/8]

            """
        let connectors = try #require(ConnectorFile.read(file, path: "c.yaml").connectors)
        let delivery = HTTPDelivery(connectors)
        var office = try Office()
        try await office.open()
        let owner = Actor(role: .applicant, name: "owner")
        let planning = Actor(role: .department, department: "planning", name: "Li")
        try await office.act(.file(materials: []), by: owner, on: Self.date(2))
        try await office.act(.admit, by: planning, on: Self.date(2))
        try await office.act(.decide(.granted), by: planning, on: Self.date(3))

        #expect(try await office.deliver(delivery) == [.delivered])
        #expect(try await office.deliver(delivery).isEmpty, "told once")
        let first = try Self.event(try await system.next())
        #expect(first["task"] as? String == "acknowledge")
        #expect((first["result"] as? [String: Any])?["status"] as? String == "granted")
        #expect((first["result"] as? [String: Any])?["number"] as? Int == 1)

        var configuration = ServiceConfiguration()
        configuration.requestsPerSecond = nil
        configuration.connectors = connectors
        let city = CityOffice(
            id: "here", name: LocalizedText(zh: "here", en: "here"), store: office.store,
            orchestrator: office.orchestrator, clock: StandingClock(on: Self.date(4)), shipped: ShippedTexts())
        let server = WebServer(CityOffices([city]), configuration, logger: Logger(label: "test"))
        let body = try Self.receipt(of: first)
        let path = "/v1/callbacks/housing"
        let other = "whsec_" + Data(repeating: 6, count: 32).base64EncodedString()
        try await server.application().test(.router) { client in
            let forged = try await client.send(
                .post, path, json: body, headers: try Self.signed("r-1", body, secret: other))
            #expect(forged.status == .unauthorized && forged.json["code"].text == "badSignature", "\(forged.text)")
            let taken = try await client.send(.post, path, json: body, headers: try Self.signed("r-1", body))
            #expect(taken.status == .ok, "\(taken.text)")
            let again = try await client.send(.post, path, json: body, headers: try Self.signed("r-1", body))
            #expect(again.status == .ok && again.json["version"] == taken.json["version"], "\(again.text)")
            let anew = try await client.send(.post, path, json: body, headers: try Self.signed("r-2", body))
            #expect(anew.status == .conflict, "\(anew.text)")
        }

        // The revocation is another result, which the receipt of the first one says nothing about.
        try await office.act(
            .revoke(reason: "obtained by deceit", basis: "行政许可法 art.69"), by: planning, on: Self.date(5))
        #expect(try await office.deliver(delivery) == [.delivered])
        let second = try Self.event(try await system.next())
        #expect((second["result"] as? [String: Any])?["status"] as? String == "revoked")
        #expect(second["request"] as? String != first["request"] as? String)
        try await server.application().test(.router) { client in
            let late = try await client.send(.post, path, json: body, headers: try Self.signed("r-3", body))
            #expect(late.status == .conflict && late.json["code"].text == "requestOver", "\(late.text)")
        }
        await delivery.close()

        let log = try await office.orchestrator.log(of: Self.caseID)
        let exchanged = log.filter { ["resultPushed", "resultAcknowledged"].contains($0.event.kind) }
        #expect(exchanged.map(\.event.kind) == ["resultPushed", "resultAcknowledged", "resultPushed"])
        #expect(exchanged[1].key.text == "callback.housing.r-1")
        #expect(exchanged[1].event.actor.contains("housing-07"), "\(exchanged[1].event.actor)")
        // What `binglian audit verify` does.
        let head = try await office.store.head(of: Self.caseID)
        #expect(try HashChain.verify(log, of: Self.caseID, expecting: head) == head)
    }

    /// The data of a CloudEvent whose signature is right.
    private static func event(_ received: Received) throws -> [String: Any] {
        try WebhookSigner([try #require(WebhookSecret(secret))]).verify(
            id: try #require(received.headers["webhook-id"]),
            timestamp: try #require(received.headers["webhook-timestamp"]),
            signature: try #require(received.headers["webhook-signature"]), body: received.body, at: .now)
        let event = try #require(
            try JSONSerialization.jsonObject(with: Data(received.body)) as? [String: Any])
        #expect(event["specversion"] as? String == "1.0")
        #expect(event["type"] as? String == "cn.binglian.item.requested.v1")
        #expect(event["subject"] as? String == caseID.text)
        #expect(event["id"] as? String == received.headers["webhook-id"])
        return try #require(event["data"] as? [String: Any])
    }
}
