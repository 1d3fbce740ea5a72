import HTTPTypes
import HummingbirdTesting
import Interchange
import NIOCore
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Import by files, and what the system's page says of backups.
@Suite struct OperationPagesTests {
    /// A form with one file, as a browser sends it.
    private static func upload(
        _ client: any TestClientProtocol, cookie: String, file: [UInt8], name: String
    ) async throws -> TestResponse {
        let page = try await client.send(.get, Links.exchange, headers: [.cookie: "session=\(cookie)"])
        let token = try #require(page.text.split(separator: #"name="_token" value=""#).dropFirst().first)
            .prefix { $0 != "\"" }
        var body = Array("--b\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n\(token)\r\n".utf8)
        body += Array("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n".utf8)
        body += Array(
            "--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"\(name)\"\r\n\r\n".utf8)
        body += file + Array("\r\n--b--\r\n".utf8)
        return try await client.executeRequest(
            uri: Links.exchangeImport, method: .post,
            headers: [.contentType: "multipart/form-data; boundary=b", .cookie: "session=\(cookie)"],
            body: ByteBuffer(bytes: body))
    }

    @Test("A file is read without a script, and what is lost is shown")
    func imported() async throws {
        let city = try await TestCity()
        let cookie = try await city.token(of: "editor")
        let workflow = try await city.here.publication(of: TestCity.workflow, version: nil, on: TestCity.today).workflow
        let file = Array(ProcessFile.text(of: workflow, language: .zh).utf8)
        try await city.test { client in
            let page = try await client.send(.get, Links.exchange, headers: [.cookie: "session=\(cookie)"])
            #expect(page.text.contains(#"enctype="multipart/form-data""#) && page.text.contains(#"type="file""#))
            #expect(!page.text.contains("data-file"))
            let shown = try await Self.upload(client, cookie: cookie, file: file, name: "流程.bpmn")
            #expect(shown.status == .ok, "\(shown.text.prefix(2000))")
            #expect(shown.text.contains("流程.bpmn") && shown.text.contains("BPMN 2.0"))
            #expect(shown.text.contains("丢失"))
            let broken = try await Self.upload(client, cookie: cookie, file: Array("<a>".utf8), name: "a.xml")
            #expect(broken.status == .unprocessableContent && broken.text.contains("没有读入"))
        }
    }

    @Test("More than ten MiB is refused in words")
    func tooLarge() async throws {
        let city = try await TestCity()
        let cookie = try await city.token(of: "editor")
        let file = [UInt8](repeating: UInt8(ascii: "x"), count: ForeignPlan.largestFile + 1)
        try await city.test { client in
            let refused = try await Self.upload(client, cookie: cookie, file: file, name: "a.xml")
            #expect(refused.status == .contentTooLarge && refused.text.contains("10 MiB"))
        }
    }

    @Test("The system's page tells how old the last backup is, and warns after two days")
    func backups() async throws {
        let now = Instant(milliseconds: 1_800_000_000_000)
        #expect(Screens.backup(nil, at: now).isGood == false)
        for (hours, isGood) in [(0, true), (47, true), (48, true), (49, false), (200, false)] {
            let note = BackupNote(at: now.adding(milliseconds: Int64(-hours) * 3_600_000), place: "copy.db")
            let check = Screens.backup(note, at: now)
            #expect(check.isGood == isGood, "\(hours)")
            #expect((check.advice != nil) == !isGood)
            #expect(check.value.zh.contains("copy.db"))
            if hours > 0 { #expect(check.value.en.contains("\(hours) hours ago")) }
        }
        let city = try await TestCity()
        #expect(try await BackupNote.latest(in: city.here.store, at: .now) == nil)
        let cookie = try await city.token(of: "administrator")
        func page() async throws -> String {
            try await city.test { client in
                try await client.send(.get, Links.system, headers: [.cookie: "session=\(cookie)"]).text
            }
        }
        #expect(try await page().contains("没有记录"))
        try await BackupNote(at: .now, place: "copy.db").leave(in: city.here.store)
        let shown = try await page()
        #expect(shown.contains("不到 1 小时前：copy.db") && !shown.contains("没有记录"))
    }
}
