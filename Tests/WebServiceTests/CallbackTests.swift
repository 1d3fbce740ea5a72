import CaseEngine
import DepartmentLink
import Foundation
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Answers of departments' own systems: the signature proves who answers, and nothing else does.
@Suite struct CallbackTests {
    private static let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

    private static func connectors(_ departments: [String]) throws -> Connectors {
        let entries = departments.map { department in
            """
              - department: \(department)
                url: https://\(department).example.gov.cn/events
                secrets: ["\(secret)"]
            """
        }
        return try #require(
            ConnectorFile.read("connectors:\n" + entries.joined(separator: "\n") + "\n", path: "c.yaml").connectors)
    }

    private static func headers(id: String, _ body: String, at now: Instant = .now) throws -> HTTPFields {
        let signer = WebhookSigner([try #require(WebhookSecret(secret))])
        var fields = HTTPFields()
        for (name, value) in signer.headers(id: id, body: Array(body.utf8), at: now) {
            fields[try #require(HTTPField.Name(name))] = value
        }
        return fields
    }

    /// Goes on with the case, by parties without a system, until a department is asked.
    private static func nextOfDepartment(in office: CityOffice) async throws -> (
        request: WorkRequest, department: String
    ) {
        let id = try #require(CaseID(TestCity.caseID))
        for _ in 0..<20 {
            let snapshot = try await office.orchestrator.snapshot(of: id)
            let requests = snapshot.machine.requests(in: snapshot.state)
            for request in requests {
                if case .department(let department) = request.party { return (request, department) }
            }
            let request = try #require(requests.first)
            let actor = Actor(role: request.party == .window ? .window : .applicant, name: "陈建设")
            _ = try await office.perform(
                .item(request.item, request.favourableAnswer(document: "d")), on: id,
                key: try #require(CommandKey("step.\(snapshot.state.version)")), by: actor)
        }
        throw OrchestratorError.unknownCase(id)
    }

    @Test func aSignedAnswerIsTakenOnce() async throws {
        let departments = ["natural-resources", "development-reform", "housing", "design-firm", "owner", "survey-firm"]
        let connectors = try Self.connectors(departments)
        let city = try await TestCity { $0.connectors = connectors }
        let (request, department) = try await Self.nextOfDepartment(in: city.here)
        #expect(departments.contains(department), "\(department)")
        let command = try JSONEncoder().encode(request.favourableAnswer(document: "d"))
        let body = """
            {"case": "\(TestCity.caseID)", "request": "\(request.id)", "item": "\(request.item)", "officer": "officer-1",
             "command": \(String(decoding: command, as: UTF8.self))}
            """
        let path = "/v1/callbacks/\(department)"
        try await city.test { client in
            let taken = try await client.send(.post, path, json: body, headers: try Self.headers(id: "a-1", body))
            #expect(taken.status == .ok, "\(taken.text)")
            let version = taken.json["version"]
            let again = try await client.send(.post, path, json: body, headers: try Self.headers(id: "a-1", body))
            #expect(again.status == .ok && again.json["version"] == version, "\(again.text)")
            let other = try await client.send(.post, path, json: body, headers: try Self.headers(id: "a-2", body))
            #expect(other.status == .conflict, "the request is answered: \(other.text)")
        }
    }

    @Test func whatIsNotTheDepartmentsIsRefused() async throws {
        let connectors = try Self.connectors(["housing"])
        let city = try await TestCity { $0.connectors = connectors }
        let body = #"{"case": "case-here", "request": "r", "item": "i", "officer": "o", "command": {"complete": {}}}"#
        let path = "/v1/callbacks/housing"
        try await city.test { client in
            let unsigned = try await client.send(.post, path, json: body)
            #expect(unsigned.status == .unauthorized && unsigned.json["code"].text == "unsigned")
            let changed = try await client.send(
                .post, path, json: body.replacing("\"i\"", with: "\"j\""), headers: try Self.headers(id: "a", body))
            #expect(changed.status == .unauthorized && changed.json["code"].text == "badSignature")
            let old = Instant(milliseconds: Instant.now.milliseconds - 600_000)
            let stale = try await client.send(
                .post, path, json: body, headers: try Self.headers(id: "a", body, at: old))
            #expect(stale.status == .unauthorized && stale.json["code"].text == "stale")
            let twice = body.replacing("{\"case\"", with: "{\"case\": \"x\", \"case\"")
            let doubled = try await client.send(.post, path, json: twice, headers: try Self.headers(id: "a", twice))
            #expect(doubled.status == .badRequest)
            let nobody = try await client.send(
                .post, "/v1/callbacks/fire", json: body, headers: try Self.headers(id: "a", body))
            #expect(nobody.status == .notFound)
        }
    }

    @Test func figuresAreForThisMachineAndForThoseWhoRunIt() async throws {
        let meters = MeterRegistry()
        meters.counter("binglian_test_total", "A figure.").add(3)
        let city = try await TestCity { $0.meters = meters }
        try await city.test { client in
            let shown = try await client.send(
                .get, "/metrics", token: try await city.token(of: "administrator"))
            #expect(shown.status == .ok && shown.text.contains("binglian_test_total 3"), "\(shown.text)")
        }
    }
}
