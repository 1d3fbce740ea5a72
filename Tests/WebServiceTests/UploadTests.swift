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

/// Materials that people hand in as files, by forms and without a script.
@Suite struct UploadTests {
    private struct Part {
        let name: String
        var file: String?
        var content: String
    }

    /// A form as a browser sends it.
    private static func send(
        _ client: any TestClientProtocol, _ path: String, _ parts: [Part], cookie: String, isWhole: Bool = true
    ) async throws -> TestResponse {
        let boundary = "----BinglianFormBoundary7MA4YWxk"
        var body = ""
        for part in parts {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\""
            if let file = part.file { body += "; filename=\"\(file)\"\r\nContent-Type: application/octet-stream" }
            body += "\r\n\r\n\(part.content)\r\n"
        }
        if isWhole { body += "--\(boundary)--\r\n" }
        return try await client.executeRequest(
            uri: path, method: .post,
            headers: [.contentType: "multipart/form-data; boundary=\(boundary)", .cookie: "session=\(cookie)"],
            body: ByteBuffer(string: body))
    }

    private struct Desk {
        let city: TestCity
        let cookie: String
        let path: String
        let material: String
        let items: [String]
        let token: String
        let folder: String

        /// The fields of the form with everything ticked.
        func fields(_ more: Part...) -> [Part] {
            [Part(name: "_token", content: token)] + items.map { Part(name: "items", content: $0) } + more
        }

        /// Files in the folder, however deep, without the notes beside them.
        var kept: [String] {
            let all = FileManager.default.enumerator(atPath: folder)?.allObjects.compactMap { $0 as? String } ?? []
            return all.map { $0.split(separator: "/").last.map(String.init) ?? "" }
                .filter { $0.utf8.count == 64 || $0.hasPrefix("incoming") }
        }
    }

    private static func desk(
        limit: Int = FileRoom.limit, _ body: @Sendable (Desk, any TestClientProtocol) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let city = try await TestCity {
            $0.files = folder
            $0.largestFile = limit
        }
        let cookie = try await city.token(of: "applicant")
        let view = CaseView(try await city.here.snapshot(of: TestCity.caseID), on: TestCity.today)
        let actor = Actor(role: .applicant, name: "applicant")
        let found = view.workflow.stages.lazy.map { StagePage(view: view, stage: $0, actor: actor) }
            .first { !$0.materials.isEmpty }
        let stage = try #require(found)
        let path = Links.stageForm(TestCity.caseID, stage.stage.id)
        try await city.test { client in
            let page = try await client.send(.get, path, headers: [.cookie: "session=\(cookie)"])
            #expect(page.status == .ok)
            #expect(page.text.contains(#"enctype="multipart/form-data""#))
            let token = try #require(page.text.split(separator: #"name="_token" value=""#).dropFirst().first)
                .prefix { $0 != "\"" }
            try await body(
                Desk(
                    city: city, cookie: cookie, path: path, material: stage.materials[0].id,
                    items: stage.open.map(\.id),
                    token: String(token), folder: folder), client)
        }
    }

    @Test("A file that comes with a stage's form is kept, recorded by its hash and opened again")
    func handedIn() async throws {
        try await Self.desk { desk, client in
            let content = "%PDF-1.7 \r\n--图纸\u{0}"
            let sent = try await Self.send(
                client, desk.path,
                desk.fields(
                    Part(name: "materials-\(desk.material)-file", file: "..\\..\\etc/图纸 1.pdf", content: content)),
                cookie: desk.cookie)
            #expect(sent.status == .seeOther, "\(sent.text)")
            let state = try await desk.city.here.snapshot(of: TestCity.caseID).state
            let held = try #require(state.materials.first { $0.material == desk.material })
            #expect(held.hash.utf8.count == 64)
            #expect(desk.kept == [held.hash])
            let list = try await client.send(
                .get, Links.materials(TestCity.caseID), headers: [.cookie: "session=\(desk.cookie)"])
            let link = Links.file(TestCity.caseID, held.hash)
            #expect(list.text.contains("href=\"\(link)\"") && list.text.contains("图纸 1.pdf"))
            #expect(!list.text.contains("etc/"))
            let file = try await client.send(.get, link, headers: [.cookie: "session=\(desk.cookie)"])
            #expect(file.text == content)
            #expect(file.headers[.contentType] == "application/octet-stream")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(file.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(file.headers[.xContentTypeOptions] == "nosniff")
            let stranger = try await desk.city.token(of: "applicant-other")
            let refused = try await client.send(.get, link, headers: [.cookie: "session=\(stranger)"])
            #expect(refused.status == .notFound)
            // Programs get the same file under the same hash.
            let program = try await client.send(.get, "/v1" + link, token: desk.cookie)
            #expect(program.text == content)
        }
    }

    @Test("Paper originals are handed in as before, by either kind of form")
    func paper() async throws {
        try await Self.desk { desk, client in
            let sent = try await Self.send(
                client, desk.path,
                desk.fields(
                    Part(name: "materials", content: desk.material),
                    Part(name: "materials-\(desk.material)-file", file: "", content: "")),
                cookie: desk.cookie)
            #expect(sent.status == .seeOther, "\(sent.text)")
            let state = try await desk.city.here.snapshot(of: TestCity.caseID).state
            #expect(state.materials.first { $0.material == desk.material }?.hash == "paper:\(desk.material)")
            #expect(desk.kept.isEmpty)
        }
        try await Self.desk { desk, client in
            let form = "_token=\(desk.token)&materials=\(desk.material)" + desk.items.map { "&items=\($0)" }.joined()
            let sent = try await client.send(.post, desk.path, form: form, headers: [.cookie: "session=\(desk.cookie)"])
            #expect(sent.status == .seeOther, "\(sent.text)")
        }
    }

    @Test("Two files for one document, an empty one and a hash of nothing are said at their field; the rest is kept")
    func mistakes() async throws {
        try await Self.desk { desk, client in
            let field = "materials-\(desk.material)-file"
            let wrong: [[Part]] = [
                [Part(name: field, file: "a", content: "1"), Part(name: field, file: "b", content: "2")],
                [Part(name: field, file: "a", content: "")],
                [Part(name: "materials-\(desk.material)-hash", content: String(repeating: "0", count: 64))],
            ]
            for parts in wrong {
                let sent = try await Self.send(
                    client, desk.path, desk.fields() + parts, cookie: desk.cookie)
                #expect(sent.status == .unprocessableContent, "\(parts)")
                #expect(sent.text.contains("href=\"#\(field)\"") && sent.text.contains("id=\"\(field)\""))
            }
            #expect(desk.kept.isEmpty)
            // No item is ticked: the file is in, and the page that comes back carries it on.
            let token = Part(name: "_token", content: desk.token)
            let sent = try await Self.send(
                client, desk.path, [token, Part(name: field, file: "site.pdf", content: "site")], cookie: desk.cookie)
            #expect(sent.status == .unprocessableContent)
            let hash = try #require(desk.kept.first)
            #expect(sent.text.contains("value=\"\(hash)\"") && sent.text.contains("site.pdf"))
            let again = try await Self.send(
                client, desk.path, desk.fields(Part(name: "materials-\(desk.material)-hash", content: hash)),
                cookie: desk.cookie)
            #expect(again.status == .seeOther, "\(again.text)")
            let state = try await desk.city.here.snapshot(of: TestCity.caseID).state
            #expect(state.materials.first { $0.material == desk.material }?.hash == hash)
        }
    }

    @Test("Too much is refused in words, whether it says so first or not, and nothing stays")
    func tooLarge() async throws {
        try await Self.desk(limit: 1000) { desk, client in
            let field = "materials-\(desk.material)-file"
            for size in [600, 2_500_000] {
                let half = String(repeating: "x", count: size)
                let sent = try await Self.send(
                    client, desk.path,
                    desk.fields(
                        Part(name: field, file: "a", content: half), Part(name: "other", file: "b", content: half)),
                    cookie: desk.cookie)
                #expect(sent.status == .contentTooLarge)
                #expect(sent.text.contains("这次什么也没有收下"))
            }
            let long = String(repeating: "y", count: FormIntake.fieldLimit)
            let sent = try await Self.send(
                client, desk.path, desk.fields(Part(name: "note", content: long)), cookie: desk.cookie)
            #expect(sent.status == .contentTooLarge)
            #expect(desk.kept.isEmpty)
        }
    }

    @Test("Without the page's token, before it, or broken off, nothing is taken in")
    func refused() async throws {
        try await Self.desk { desk, client in
            let file = Part(name: "materials-\(desk.material)-file", file: "a", content: "1")
            let forged = Part(name: "_token", content: SecretText.masked(SecretText.random()))
            let token = Part(name: "_token", content: desk.token)
            for parts in [[file], [forged, file], [file, token]] {
                let sent = try await Self.send(client, desk.path, parts, cookie: desk.cookie)
                #expect(sent.status == .forbidden, "\(parts)")
            }
            let broken = try await Self.send(
                client, desk.path, desk.fields(file), cookie: desk.cookie, isWhole: false)
            #expect(broken.status == .badRequest && broken.text.contains("没有传完"))
            #expect(desk.kept.isEmpty)
            #expect(try await desk.city.here.snapshot(of: TestCity.caseID).state.materials.isEmpty)
        }
    }
}
