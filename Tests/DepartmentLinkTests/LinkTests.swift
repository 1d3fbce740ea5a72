import CaseEngine
import Foundation
import Testing
import WorkCalendar

@testable import DepartmentLink
@testable import Orchestrator

@Suite("Signatures of messages")
struct SignatureTests {
    // The example of the Standard Webhooks specification.
    private let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!  // 24 bytes
    private let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private let body = Array("{\"test\": 2432232314}".utf8)
    private let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private let sent = Instant(milliseconds: 1_614_265_330_000)

    @Test("A message is signed as the specification's example is")
    func example() throws {
        let headers = WebhookSigner([secret]).headers(id: id, body: body, at: sent)
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.map(\.value) == [id, "1614265330", signature])
        try WebhookSigner([secret]).verify(
            id: id, timestamp: "1614265330", signature: "v1,bm9uZQ== \(signature) v2,x", body: body, at: sent)
    }

    @Test("What was changed, is old or comes from somebody else is refused")
    func refused() throws {
        let other = try #require(WebhookSecret("whsec_" + Data(repeating: 7, count: 32).base64EncodedString()))
        func flaw(
            _ signer: [WebhookSecret], id: String? = nil, time: String = "1614265330", signature: String? = nil,
            body: [UInt8]? = nil, late seconds: Int64 = 0
        ) -> CallbackFlaw? {
            do {
                try WebhookSigner(signer).verify(
                    id: id ?? self.id, timestamp: time, signature: signature ?? self.signature, body: body ?? self.body,
                    at: sent.adding(milliseconds: seconds * 1000))
                return nil
            } catch {
                return error
            }
        }
        #expect(flaw([secret]) == nil)
        #expect(flaw([other, secret]) == nil, "while one secret replaces another, both count")
        #expect(flaw([other]) == .signature)
        #expect(flaw([secret], id: "msg_x") == .signature)
        #expect(flaw([secret], body: self.body + [0x20]) == .signature)
        #expect(flaw([secret], signature: String(signature.dropFirst(3))) == .signature)
        #expect(flaw([secret], signature: "") == .signature)
        #expect(flaw([secret], late: 300) == nil)
        #expect(flaw([secret], late: 301) == .stale)
        #expect(flaw([secret], late: -301) == .stale)
        #expect(flaw([secret], time: "-1614265330") == .timestamp)
        #expect(flaw([secret], time: "9223372036854775807") == .timestamp)
        #expect(WebhookSecret("whsec_c2hvcnQ=") == nil)
        #expect(WebhookSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
        #expect("\(secret)" == "whsec_…")
    }
}

@Suite("Addresses of departments' systems")
struct AddressTests {
    @Test(
        "What is not of the public Internet is not called",
        arguments: [
            "127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
            "224.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fc00::1",
            "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "64:ff9b::a00:1", "::127.0.0.1", "2001:db8::1", "198.18.0.1",
        ])
    func special(text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(
        "Public addresses are called",
        arguments: ["8.8.8.8", "172.32.0.1", "240e::1", "2400:3200::1", "64:ff9b::808:808"])
    func open(text: String) throws { #expect(try #require(NetworkAddress(text)).isPublic) }

    @Test("Ranges hold what they say")
    func ranges() throws {
        func holds(_ range: String, _ address: String) throws -> Bool {
            try #require(NetworkRange(range)).contains(#require(NetworkAddress(address)))
        }
        #expect(try holds("10.0.0.0/8", "10.255.0.1"))
        #expect(try !holds("10.0.0.0/8", "11.0.0.1"))
        #expect(try holds("192.168.4.0/22", "192.168.7.255"))
        #expect(try !holds("192.168.4.0/22", "192.168.8.0"))
        #expect(try holds("127.0.0.1", "::ffff:127.0.0.1"))
        #expect(try !holds("0.0.0.0/0", "::1"))
        #expect(try holds("fd00::/8", "fdff::1"))
        for bad in ["10.0.0.0/33", "10.0.0.0/", "host/8", "", "::/129", "10.0.0.0/8/8"] {
            #expect(NetworkRange(bad) == nil)
        }
        for bad in ["127.1", "0x7f000001", "2130706433", "localhost", "1.2.3.4 "] {
            #expect(NetworkAddress(bad) == nil)
        }
    }
}

@Suite("Files of connectors")
struct ConnectorFileTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private func read(_ text: String) -> ConnectorFile.Reading {
        ConnectorFile.read(text, path: "c.yaml") { $0 == "env:S" ? Self.secret : $0 == "env:NONE" ? nil : $0 }
    }

    @Test("A connector is read with what it leaves out")
    func plain() throws {
        let reading = read(
            """
            connectors:
              - {department: fire, url: "https://fire.example.gov.cn/e", secrets: ["env:S"]}
              - department: survey
                receiver: survey-office
                url: http://10.1.2.3:8090/
                format: binary
                secrets: [env:S, \(Self.secret)]
                allow: [10.0.0.0/8]
                timeout: 3s
            """)
        let all = try #require(reading.connectors, "\(reading.problems)").all
        #expect(all.map(\.department) == ["fire", "survey"])
        #expect(all.map(\.receiver) == ["fire", "survey-office"])
        #expect(all.map(\.host) == ["fire.example.gov.cn", "10.1.2.3"])
        #expect(all.map(\.format) == [.structured, .binary])
        #expect(all.map(\.timeout) == [.seconds(10), .seconds(3)])
        #expect(all.map(\.secrets.count) == [1, 2])
        #expect(try all[1].allows(#require(NetworkAddress("10.1.2.3"))))
        #expect(try !all[0].allows(#require(NetworkAddress("10.1.2.3"))))
        let json = "{\"connectors\": [{\"department\": \"fire\", \"url\": \"https://a.cn\", \"secrets\": [\"env:S\"]}]}"
        #expect(read(json).connectors?.all.count == 1)
    }

    @Test("Every mistake is told with its place")
    func mistakes() {
        let reading = read(
            """
            connectors:
              - department: two words
                url: ftp://a.cn
                secrets: [env:NONE]
              - department: fire
                url: https://user:pw@a.cn
                secrets: [whsec_c2hvcnQ=]
                alow: [10.0.0.0/8]
                timeout: 90s
              - {department: water, secrets: []}
            """)
        #expect(reading.connectors == nil)
        #expect(
            reading.problems.map { "\($0.line):\($0.column)" } == [
                "2:17", "3:10", "4:15", "6:10", "7:15", "8:5", "9:14", "10:5", "10:34",
            ], "\(reading.problems)")
        #expect(read("").connectors == nil)
        #expect(read("connectors: [").problems.count == 1)
    }
}

@Suite("Callbacks")
struct CallbackTests {
    private static let connector = Connector(
        department: "survey", receiver: "survey", url: "", host: "",
        format: .structured, secrets: [WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!],  // 24 bytes
        allowed: [], timeout: .seconds(1))
    private static let good = """
        {"case": "c-1", "request": "tower:survey:1.0:complete", "item": "tower:survey", "officer": "测-3",
         "command": {"complete": {}}}
        """

    private func take(_ body: String, id: String = "answer-1", change: (inout [String: String]) -> Void = { _ in })
        throws(CallbackFlaw) -> Callback
    {
        let bytes = Array(body.utf8)
        let now = Instant.now
        var headers = Dictionary(
            WebhookSigner(Self.connector.secrets).headers(id: id, body: bytes, at: now).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        change(&headers)
        return try Callback(from: Self.connector, header: { headers[$0] }, body: bytes, at: now)
    }

    @Test("A callback is a command for the item that was asked about, by the department, under the message's id")
    func good() throws {
        let callback = try take(Self.good)
        #expect(callback.caseID.text == "c-1")
        #expect(callback.command == .item("tower:survey", .complete))
        #expect(callback.actor == Actor(role: .department, department: "survey", name: "测-3"))
        #expect(callback.key.text == "callback.survey.answer-1")
    }

    @Test("What is no callback is refused, and says why")
    func bad() {
        func flaw(_ body: String, id: String = "a", change: (inout [String: String]) -> Void = { _ in }) -> String? {
            do {
                _ = try take(body, id: id, change: change)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(flaw(Self.good) == nil)
        #expect(flaw(Self.good) { $0["webhook-signature"] = nil } == "unsigned")
        #expect(flaw(Self.good) { $0["webhook-signature"] = "v1,bm9uZQ==" } == "badSignature")
        #expect(flaw(Self.good, id: "two words") == "badId")
        for body in [
            "", "[]", "{", "{\"case\": 1}", Self.good.replacingOccurrences(of: "c-1", with: "office.registry"),
            Self.good.replacingOccurrences(of: "\"officer\"", with: "\"case\": \"c-2\", \"officer\""),
            Self.good.replacingOccurrences(of: "\"officer\"", with: "\"role\": \"designer\", \"officer\""),
            Self.good.replacingOccurrences(of: "complete\": {}", with: "explode\": {}"),
            Self.good.replacingOccurrences(of: "{}", with: String(repeating: "[", count: 40)),
        ] { #expect(flaw(body) == "badBody", "\(body)") }
        #expect(flaw(String(repeating: " ", count: Callback.bodyLimit) + Self.good) == "tooLong")
    }
}
