import CaseEngine
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

/// Two cities on stores of their own, each with a case and an account for every role, and a service for both.
struct TestCity: Sendable {
    let server: WebServer
    let here: CityOffice
    let there: CityOffice

    static let today = LocalDate(year: 2026, month: 3, day: 9)!  // a date that exists
    static let caseID = "case-here"
    static let foreignCaseID = "case-there"
    static let ownerCode = "91500112MA5260182G"
    static let password = "correct horse"
    static let lead = "natural-resources"

    init(_ change: (inout ServiceConfiguration) -> Void = { _ in }) async throws {
        let shipped = try Self.shipped()
        func office(_ id: String, case name: String) async throws -> CityOffice {
            let store = InMemoryStore()
            let office = CityOffice(
                id: id, name: LocalizedText(zh: id, en: id), store: store, orchestrator: Orchestrator(store: store),
                clock: StandingClock(on: Self.today), shipped: shipped)
            let publication = try await office.publication(of: Self.workflow, version: nil, on: Self.today)
            let (project, facts) = try ProjectReading.read(
                try JSONReading.read(Array(Self.project.utf8)), for: publication.workflow)
            _ = try await office.orchestrator.open(
                try #require(CaseID(name)), with: publication, project: project, facts: facts,
                on: Self.today.adding(days: -7), by: Actor(role: .applicant, name: "陈建设"), at: office.clock.now)
            try await Self.openAccounts(office)
            return office
        }
        here = try await office("here", case: Self.caseID)
        there = try await office("there", case: Self.foreignCaseID)
        var configuration = ServiceConfiguration()
        configuration.requestsPerSecond = nil
        configuration.passwordRounds = 1000
        configuration.files =
            FileManager.default.temporaryDirectory.appendingPathComponent("binglian-\(UUID().uuidString)").path
        change(&configuration)
        server = WebServer(CityOffices([here, there]), configuration, logger: Logger(label: "test"))
    }

    static let workflow = "cq-social-general"
    static let project = """
        {"project": "2401-500112-04-01-000001", "title": {"zh": "样例", "en": "Sample"},
         "owner": {"zh": "重庆云麓置业有限公司", "en": "Chongqing Yunlu Property", "creditCode": "\(ownerCode)"},
         "facts": {"projectClass": "building", "investment": "social", "size": "general", "floorArea": 40000}}
        """

    private static func shipped() throws -> ShippedTexts {
        var texts = ShippedTexts()
        for file in try ProjectFiles.files(in: "Workflows", extension: "yaml")
        where file.lastPathComponent.hasPrefix("wf-02-") {
            let text = try String(contentsOf: file, encoding: .utf8)
            let read = try #require(WorkflowFile.read(text, path: file.lastPathComponent).value)
            texts.workflows[Self.workflow] = text
            #expect(!read.id.isEmpty)
        }
        texts.calendars["cn"] = try ProjectFiles.text("Workflows/calendars/cn.yaml")
        return texts
    }

    private static func openAccounts(_ office: CityOffice) async throws {
        let hash = await PasswordHash.make(password, rounds: 1000)
        for role in ServiceRole.allCases {
            // One whose cases these are, and one whose they are not.
            for (suffix, isRelated) in [("", true), ("-other", false)] {
                let post = Post(
                    role,
                    department: ServiceRole.ofDepartments.contains(role) ? (isRelated ? lead : "archery") : nil,
                    owners: ServiceRole.ofOwners.contains(role) ? [isRelated ? ownerCode : "nobody"] : [])
                let id = role.rawValue.lowercased() + suffix
                try await office.accounts.perform(
                    .open(account: Account(id: id, name: id, posts: [post], password: hash)),
                    key: try #require(CommandKey("open.\(id)")), by: .system, on: today, at: office.clock.now)
            }
        }
    }

    /// A token of a session of an account, without its password.
    func token(of account: String, in office: CityOffice? = nil) async throws -> String {
        let office = office ?? here
        let found = try #require(try await office.accounts.account(account))
        let now = Instant.now
        return try await server.parts.sessions.begin(
            Session(
                tenant: office.id, account: account, post: 0, epoch: found.epoch, formToken: SecretText.random(),
                since: now, lastSeen: now))
    }

    /// Another service of the same cities, as after a restart or on another node.
    func again() -> TestCity { TestCity(another: self) }

    private init(another city: TestCity) {
        here = city.here
        there = city.there
        server = WebServer(CityOffices([here, there]), city.server.parts.configuration, logger: Logger(label: "test"))
    }

    /// Does something while so many nodes of this city do its jobs.
    func working<Value: Sendable>(
        nodes: Int = 1, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let tasks = (0..<nodes).map { number in
            let orchestrator = Orchestrator(store: here.store)
            var settings = Node.Settings(name: "node-\(number)", poll: .milliseconds(10))
            settings.jobWidth = 1
            let node = Node(
                store: here.store, orchestrator: orchestrator, clock: here.clock, settings: settings,
                workers: [SimulationWorker(orchestrator: orchestrator), AdviceWorker(orchestrator: orchestrator)],
                logger: Logger(label: "test"))
            return Task { try await node.run() }
        }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        for task in tasks { task.cancel() }
        for task in tasks { _ = try? await task.value }
        return try result.get()
    }

    func test<Value: Sendable>(_ body: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await server.application().test(.router) { client in try await body(client) }
    }
}

extension TestClientProtocol {
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, json: String? = nil, form: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        var body: ByteBuffer?
        if let json {
            headers[.contentType] = headers[.contentType] ?? "application/json"
            body = ByteBuffer(string: json)
        }
        if let form {
            headers[.contentType] = "application/x-www-form-urlencoded"
            body = ByteBuffer(string: form)
        }
        return try await executeRequest(uri: path, method: method, headers: headers, body: body)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var json: JSONText { (try? JSONReading.read(Array(buffer: body))) ?? .null }
}

extension JSONText {
    subscript(key: String) -> JSONText {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.key == key }?.value ?? .null
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var elements: [JSONText] { if case .array(let elements) = self { elements } else { [] } }
}
