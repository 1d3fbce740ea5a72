import Foundation
import Orchestrator
import TestSupport
import Testing

@testable import PostgresStore

@Suite("A server that crashes and comes back", .needsPostgreSQL)
struct RestartTests {
    /// A server of the test's own, since others would notice.
    private final class Server {
        let address: PostgresAddress
        private let process = Process()
        private let input = Pipe()
        private let output = Pipe()

        init() throws {
            process.executableURL = ProjectFiles.url("scripts/postgres-throwaway")
            process.arguments = [
                "bash", "-c",
                """
                echo "$BINGLIAN_TEST_POSTGRES"
                while read -r mode; do $BINGLIAN_TEST_POSTGRES_CONTROL -m "$mode" restart >/dev/null 2>&1; echo done; done
                """,
            ]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            address = try #require(PostgresAddress(Self.line(output)))
        }

        private static func line(_ pipe: Pipe) -> String {
            var bytes: [UInt8] = []
            while let byte = pipe.fileHandleForReading.readData(ofLength: 1).first, byte != 10 { bytes.append(byte) }
            return String(decoding: bytes, as: UTF8.self)
        }

        func restart(_ mode: String) async {
            input.fileHandleForWriting.write(Data("\(mode)\n".utf8))
            let output = output
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    _ = Self.line(output)
                    continuation.resume()
                }
            }
        }

        func stop() {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }

    @Test("Appends go on by themselves, and what was acknowledged is there once", .timeLimit(.minutes(3)))
    func restart() async throws {
        let server = try Server()
        defer { server.stop() }
        let store = try await PostgresStore.open(
            server.address, limits: ConnectionPool.Limits(patience: .seconds(20)))
        let heads = try await withThrowingTaskGroup(of: (String, Head).self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let name = "c-\(writer)"
                    var head = Head.empty
                    let end = ContinuousClock.now + .seconds(6)
                    while ContinuousClock.now < end {
                        let request = AppendRequest.sample(
                            name, at: head.version, on: head.version == 0 ? nil : head.hash)
                        guard case .appended(let next)? = try await store.append([request]).first else {
                            Issue.record("another outcome than appended")
                            break
                        }
                        head = next
                    }
                    return (name, head)
                }
            }
            for mode in ["immediate", "fast"] {
                try await Task.sleep(for: .seconds(1))
                await server.restart(mode)
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (name, head) in heads {
            #expect(head.version > 0)
            #expect(try await store.head(of: CaseID(sample: name)) == head)
            let log = try await store.events(of: CaseID(sample: name), after: 0, limit: .max)
            try HashChain.verify(log, of: CaseID(sample: name), expecting: head)
        }
        try await store.close()
    }
}
