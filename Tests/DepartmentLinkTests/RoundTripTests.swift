import CaseEngine
import Foundation
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import TestSupport
import Testing
import WorkCalendar

@testable import DepartmentLink
@testable import Orchestrator

/// The department of docs/samples/department, run as a reader would, with this office's door for its answers.
@Suite("A department's own system", .timeLimit(.minutes(2)))
struct RoundTripTests {
    private static let secret = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()

    /// The sample under way; ended with the test.
    private final class Sample: Sendable {
        let port: Int
        private let process: Process
        private let out: URL

        init(callback: String?) async throws {
            process = Process()
            out = FileManager.default.temporaryDirectory.appendingPathComponent("department-\(UUID().uuidString)")
            try Data().write(to: out)
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                [
                    "python3", ProjectFiles.url("docs/samples/department/department.py").path, "--port", "0",
                    "--secret-from", "SECRET",
                ] + (callback.map { ["--callback", $0] } ?? [])
            process.environment = ["SECRET": RoundTripTests.secret, "PATH": "/usr/bin:/bin:/usr/local/bin"]
            process.standardOutput = try FileHandle(forWritingTo: out)
            try process.run()
            var port: Int?
            for _ in 0..<1000 where port == nil {
                try await Task.sleep(for: .milliseconds(10))
                let first = Self.lines(of: out).first ?? ""
                port = first.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
            }
            self.port = try #require(port, "the sample does not start")
        }

        private static func lines(of file: URL) -> [String] {
            ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
        }

        var lines: [String] { Self.lines(of: out) }

        func end() {
            // Waiting for its end would keep a thread that tasks need.
            _ = Glibc.kill(process.processIdentifier, SIGKILL)
            try? FileManager.default.removeItem(at: out)
        }
    }

    private static func connector(
        port: Int, format: Connector.Format = .structured, secret: String = RoundTripTests.secret,
        allowed: [String] = ["127.0.0.0/8"]
    ) throws -> Connector {
        Connector(
            department: "survey", receiver: "survey", url: "http://127.0.0.1:\(port)/", host: "127.0.0.1",
            format: format, secrets: [try #require(WebhookSecret(secret))],
            allowed: allowed.compactMap { NetworkRange($0) }, timeout: .seconds(60))
    }

    private static func message(_ key: String, task: String = "complete") throws -> OutboxMessage {
        OutboxMessage(
            id: 1, caseID: try #require(CaseID("c-1")),
            message: OutgoingMessage(
                receiver: "survey", kind: "item.requested", dedupKey: key,
                payload: Array(
                    "{\"case\":\"c-1\",\"request\":\"s:1.0:complete\",\"item\":\"s\",\"task\":\"\(task)\",\"due\":null}"
                        .utf8)))
    }

    private static func deliver(_ message: OutboxMessage, to connector: Connector, token: Int64 = 1) async
        -> DeliveryVerdict
    {
        let delivery = HTTPDelivery(Connectors([connector]), logger: Logger(label: "test"))
        let verdict = await delivery.deliver(message, token: token)
        await delivery.close()
        return verdict
    }

    @Test(
        "A request reaches the department once, and its answer comes back as a command",
        arguments: Connector.Format.allCases)
    func roundTrip(format: Connector.Format) async throws {
        let callbacks = Mutex<[Callback]>([])
        let opened = AsyncStream<Int>.makeStream()
        let router = Router()
        let door = try Self.connector(port: 1)
        router.post("/v1/callbacks/survey") { request, _ -> HTTPResponse.Status in
            let body = Array(try await request.body.collect(upTo: Callback.bodyLimit).readableBytesView)
            do {
                let callback = try Callback(
                    from: door,
                    header: { name in HTTPField.Name(name).flatMap { request.headers[$0] } }, body: body, at: .now)
                callbacks.withLock { $0.append(callback) }
                return .accepted
            } catch let flaw as CallbackFlaw {
                return .init(code: flaw.status)
            }
        }
        let office = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in opened.continuation.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "test"))
        let serving = Task { try? await office.run() }
        var ports = opened.stream.makeAsyncIterator()
        let port = try #require(await ports.next())
        let sample = try await Sample(callback: "http://127.0.0.1:\(port)/v1/callbacks/survey")
        defer {
            sample.end()
            serving.cancel()
        }
        let connector = try Self.connector(port: sample.port, format: format)
        for _ in 0..<2 {
            #expect(await Self.deliver(try Self.message("c-1:s:1.0:complete"), to: connector) == .delivered)
        }
        for _ in 0..<6000 where callbacks.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(sample.lines.count { $0.contains("\"took\"") } == 1, "done once: \(sample.lines)")
        let answers = callbacks.withLock { $0 }
        #expect(answers.count == 1)
        #expect(answers.first?.command == .item("s", .complete))
        #expect(answers.first?.actor.department == "survey")
        // A node that was paused comes too late.
        #expect(await Self.deliver(try Self.message("m2", task: "opine"), to: connector, token: 5) == .delivered)
        #expect(await Self.deliver(try Self.message("m3", task: "opine"), to: connector, token: 4) == .failed("409"))
    }

    @Test("A wrong secret is refused over there; an address that is not allowed is not called at all")
    func refused() async throws {
        let sample = try await Sample(callback: nil)
        defer { sample.end() }
        let other = "whsec_" + Data(repeating: 9, count: 32).base64EncodedString()
        let wrong = try Self.connector(port: sample.port, secret: other)
        #expect(await Self.deliver(try Self.message("m"), to: wrong) == .failed("401"))
        let closed = try Self.connector(port: sample.port, allowed: [])
        #expect(
            await Self.deliver(try Self.message("m"), to: closed) == .failed("the address 127.0.0.1 is not allowed"))
        #expect(sample.lines.count == 1, "only its port")
    }

    @Test("The address that was judged is the one connected to, and one bad address of a host is enough to refuse it")
    func rebinding() async throws {
        let sample = try await Sample(callback: nil)
        defer { sample.end() }
        var connector = try Self.connector(port: sample.port)
        connector.host = "department.invalid"
        connector.url = "http://department.invalid:\(sample.port)/"
        let asked = Mutex(0)
        let delivery = HTTPDelivery(
            Connectors([connector]), logger: Logger(label: "test"),
            resolve: { _ in
                asked.withLock { $0 += 1 }
                return [NetworkAddress("127.0.0.1")!]  // an address
            })
        #expect(await delivery.deliver(try Self.message("m"), token: 1) == .delivered)
        #expect(asked.withLock { $0 } == 1)
        await delivery.close()
        let mixed = HTTPDelivery(
            Connectors([connector]), logger: Logger(label: "test"),
            resolve: { _ in [NetworkAddress("127.0.0.1")!, NetworkAddress("169.254.169.254")!] })
        #expect(
            await mixed.deliver(try Self.message("n"), token: 1)
                == .failed("the address 169.254.169.254 is not allowed"))
        await mixed.close()
    }

    @Test("Answers mean what they say")
    func verdicts() {
        #expect(HTTPDelivery.verdict(204, retryAfter: nil) == .delivered)
        #expect(HTTPDelivery.verdict(302, retryAfter: nil) == .failed("302"))
        #expect(HTTPDelivery.verdict(410, retryAfter: nil) == .refused("410"))
        #expect(HTTPDelivery.verdict(500, retryAfter: "60") == .failed("500"))
        guard case .failed("503", let later?) = HTTPDelivery.verdict(503, retryAfter: "60") else {
            Issue.record("a receiver that asks for time gets it")
            return
        }
        #expect(later > Instant.now.adding(.seconds(50)))
    }
}
