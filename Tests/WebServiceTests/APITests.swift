import CaseEngine
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// What the interface does, resource by resource.
@Suite struct APITests {
    @Test func theDescriptionHasEveryRouteAndNoOther() async throws {
        let city = try await TestCity()
        let document = try await city.test { try await $0.send(.get, "/v1/openapi.json").json }
        #expect(document["openapi"].text == "3.1.0")
        var described: Set<String> = []
        guard case .object(let paths) = document["paths"] else { throw Missing() }
        for path in paths {
            guard case .object(let methods) = path.value else { continue }
            for method in methods { described.insert("\(method.key.uppercased()) \(path.key)") }
        }
        let routes = Set(AllEndpoints.list.filter(\.isForPrograms).map { "\($0.method) \($0.path)" })
        #expect(described == routes)
        // Every schema that is named is there, once, and every one that is there is named.
        let text = document.compact
        let names = APISchemas.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names == names.sorted())
        for name in names { #expect(text.contains("#/components/schemas/\(name)\""), "\(name)") }
        let named = Set(
            text.split(separator: "#/components/schemas/").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        #expect(named == Set(names))
        let ids = text.split(separator: #""operationId":""#).dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
    }

    private struct Missing: Error {}

    @Test func anItemIsTakenFromFilingToAdmission() async throws {
        let city = try await TestCity()
        let owner = try await city.token(of: "applicant")
        try await city.test { client in
            let tasks = try await client.send(.get, "/v1/tasks", token: owner)
            #expect(tasks.status == .ok, "\(tasks.text)")
            let first = try #require(tasks.json["rows"].elements.first { $0["verb"].text == "file" })
            let item = try #require(first["item"].text)
            let version = try await client.send(.get, "/v1/cases/\(TestCity.caseID)", token: owner).json["version"]
            let filed = try await client.send(
                .post, "/v1/cases/\(TestCity.caseID)/items/\(item)/file", token: owner,
                json: #"{"materials":[]}"#, headers: [.idempotencyKey: "f1"])
            // Either it is filed, or the engine says what is missing, with its rule.
            if filed.status == .ok {
                #expect(filed.json["version"] != version)
            } else {
                #expect(filed.status == .conflict, "\(filed.text)")
                #expect(filed.json["rule"]["source"].text?.isEmpty == false)
            }
            let file = try await client.send(.get, "/v1/cases/\(TestCity.caseID)/items/\(item)", token: owner)
            #expect(file.status == .ok && file.json["id"].text == item)
        }
    }

    @Test func filesAreKeptUnderTheirHash() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let city = try await TestCity { $0.files = folder.path }
        let owner = try await city.token(of: "applicant")
        let stranger = try await city.token(of: "applicant-other")
        try await city.test { client in
            let path = "/v1/cases/\(TestCity.caseID)/files"
            let text = "=cmd|'/c calc'!A0 图纸"
            let sent = try await client.send(
                .post, path + "?name=..%2F..%2Fetc%2Fpasswd", token: owner, json: text,
                headers: [.idempotencyKey: "u1", .contentType: "application/octet-stream"])
            #expect(sent.status == .created, "\(sent.text)")
            let hash = try #require(sent.json["hash"].text)
            #expect(sent.json["name"].text == "passwd")
            let got = try await client.send(.get, path + "/\(hash)", token: owner)
            #expect(got.text == text)
            #expect(got.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(got.headers[.contentType] == "application/octet-stream")
            #expect(try await client.send(.get, path + "/\(hash)", token: stranger).status == .notFound)
            let other = String(repeating: "0", count: 64)
            let wrong = try await client.send(
                .post, path + "?name=a&sha256=\(other)", token: owner, json: text,
                headers: [.idempotencyKey: "u2", .contentType: "application/octet-stream"])
            #expect(wrong.status == .unprocessableContent)
            let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects.count
            // City, case, file and note: nothing else, and nothing half.
            #expect(all == 4)
        }
    }

    @Test func everybodyReadsProgressWithoutPeople() async throws {
        let city = try await TestCity()
        try await city.test { client in
            let answer = try await client.send(.get, "/v1/progress/2401-500112-04-01-000001")
            #expect(answer.status == .ok)
            #expect(!answer.text.contains("云麓置业") && !answer.text.contains(TestCity.ownerCode))
            #expect(try await client.send(.get, "/v1/progress/none").status == .notFound)
        }
    }

    @Test func workflowsAreCheckedReleasedAndCompared() async throws {
        let city = try await TestCity()
        let editor = try await city.token(of: "editor")
        let second = try await city.token(of: "editor-other")
        let text = try #require(city.here.shipped.workflows[TestCity.workflow])
        try await city.test { client in
            let broken = try await client.send(
                .post, "/v1/workflows/check", token: editor, json: "workflow: 7\nstages: {",
                headers: [.idempotencyKey: "c1", .contentType: "application/yaml"])
            #expect(broken.status == .ok && broken.json["usable"] == .bool(false))
            #expect(!broken.json["diagnostics"].elements.isEmpty)
            let submitted = try await client.send(
                .post, "/v1/workflows?note=first&effective=2026-03-01", token: editor, json: text,
                headers: [.idempotencyKey: "d1", .contentType: "application/yaml"])
            #expect(submitted.status == .created, "\(submitted.text)")
            let version = try #require(WorkflowFile.read(text, path: "w").value)
            let path = "/v1/workflows/\(version.id)/\(version.version)/release"
            // Who wrote it does not release it.
            let own = try await client.send(.post, path, token: editor, headers: [.idempotencyKey: "r1"])
            #expect(own.status == .conflict, "\(own.text)")
            let released = try await client.send(.post, path, token: second, headers: [.idempotencyKey: "r2"])
            #expect(released.status == .ok, "\(released.text)")
            let read = try await client.send(.get, "/v1/workflows/\(version.id)/\(version.version)", token: editor)
            #expect(read.text == text)
        }
    }

    @Test func changesReachThoseWhoWatch() async throws {
        let store = InMemoryStore()
        let feed = LiveFeed(store: store)
        let city = try await TestCity()
        let begun = try await city.here.feed.begun()
        #expect(try await city.here.feed.news(after: begun).changes.isEmpty)
        let owner = try await city.token(of: "applicant")
        let signal = city.here.feed.watch()
        try await city.test { client in
            let done = try await client.send(
                .post, "/v1/cases/\(TestCity.caseID)/commands", token: owner,
                json: #"{"withdrawCase":{"reason":"r"}}"#, headers: [.idempotencyKey: "w1"])
            #expect(done.status == .ok, "\(done.text)")
        }
        for await _ in signal { break }
        let news = try await city.here.feed.news(after: begun)
        #expect(news.changes.map(\.caseID.text).contains(TestCity.caseID) && !news.hasGap)
        // From before what is remembered, it comes out of the store: nothing is missed after a restart.
        let all = try await city.here.feed.news(after: 0)
        #expect(all.changes.map(\.caseID.text).contains(TestCity.caseID))
        #expect(feed.watcherCount == 0)
    }
}
