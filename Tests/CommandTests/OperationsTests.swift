import Foundation
import TestSupport
import Testing

@Suite("Operations", .timeLimit(.minutes(5)))
struct OperationsTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"
    private static let cases = ["a", "b", "c"]

    /// Cases with an application that nobody admits: deemed admitted when five working days are over.
    private func filed(_ store: String, _ binglian: Binglian) async throws {
        for name in ["Workflows", "docs"] {
            try? FileManager.default.createSymbolicLink(
                at: binglian.folder.appendingPathComponent(name), withDestinationURL: ProjectFiles.url(name))
        }
        for id in Self.cases {
            _ = try await binglian(
                "case", "open", "docs/examples/one-of-each.yaml", "--facts", "docs/examples/project.yaml", "--start",
                "2024-03-01", "--id", id, "--store", store
            ).succeeded()
            _ = try await binglian(
                "task", "file", id, "permit", "--as", "agent", "--on", "2024-03-01", "--material", "application",
                "--material", "drawings", "--material", "deposit", "--store", store
            ).succeeded()
        }
    }

    /// The log without the moments of recording, which differ from run to run, and what hangs on them.
    private func events(_ id: String, _ store: String, _ binglian: Binglian) async throws -> [String] {
        try await binglian("log", id, "--store", store).succeeded().split(separator: "\n").map(String.init)
    }

    private func serve(_ store: String, seconds: Int, _ binglian: Binglian) async throws {
        _ = try await binglian(
            "serve", "--store", store, "--no-web", "--from", "2024-03-01", "--pace", "1d=10ms", "--stop-after",
            "\(seconds)"
        ).succeeded()
    }

    @Test("A node killed again and again lets every timer fire once, as one that was never killed does")
    func killedNodes() async throws {
        let kills = Self.isLong ? 200 : 10
        let binglian = try Binglian()
        try await filed("whole.db", binglian)
        try await serve("whole.db", seconds: 5, binglian)
        let seed = UInt64.random(in: 0...UInt64.max)
        print("killed nodes from seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var killed = 0
        for round in 0... {
            guard killed < kills else { break }
            let store = "killed-\(round).db"
            try await filed(store, binglian)
            for _ in 0..<5 {
                let node = try binglian.start(
                    [
                        "serve", "--store", store, "--no-web", "--from", "2024-03-01", "--pace", "1d=10ms", "--node",
                        "n\(killed)",
                    ])
                try await Task.sleep(for: .milliseconds(Int.random(in: 50...900, using: &random)))
                node.kill()
                _ = try await node.output()
                killed += 1
            }
            try await serve(store, seconds: 5, binglian)
            for id in Self.cases {
                #expect(try await events(id, store, binglian) == events(id, "whole.db", binglian), "seed \(seed)")
            }
            _ = try await binglian("audit", "verify", "--store", store).succeeded()
        }
        let log = try await events("a", "whole.db", binglian)
        #expect(log.contains { $0.contains("deemed") }, "\(log)")
    }

    @Test("A node's log is one JSON object a line, without anybody's name")
    func logLines() async throws {
        let binglian = try Binglian()
        try await filed("a.db", binglian)
        let output = try await binglian(
            "serve", "--store", "a.db", "--no-web", "--from", "2024-03-01", "--pace", "1d=20ms", "--stop-after", "2",
            "--node", "n-1")
        #expect(output.exitCode == 0, "\(output.err)")
        let lines = output.err.split(separator: "\n")
        #expect(lines.count >= 2)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(object?["at"]?.hasSuffix("Z") == true)
            #expect(object?["level"] != nil)
        }
        #expect(!output.err.contains("示例"))
    }

    @Test("A file of connectors with mistakes is refused with their places, in both languages")
    func connectorMistakes() async throws {
        let binglian = try Binglian()
        try "connectors:\n  - {department: fire, url: ftp://x, secrets: [no]}\n"
            .write(toFile: binglian.path("c.yaml"), atomically: true, encoding: .utf8)
        for (language, words) in [("en", "2 mistakes"), ("zh", "2 处错误")] {
            let output = try await binglian(
                "serve", "--no-web", "--store", "a.db", "--connectors", "c.yaml", "--lang", language)
            #expect(output.exitCode == 1)
            #expect(output.err.contains(words), "\(output.err)")
            #expect(output.err.contains("c.yaml:2:29"))
        }
    }

    @Test("A backup made while the office works is whole, and a store made of it goes on")
    func backup() async throws {
        let binglian = try Binglian()
        let shipped = Shipped("wf-09")
        let running = try binglian.start(shipped.run(store: "a.db", "--pace", "1d=2ms"))
        while running.isRunning, running.progress.count < 10 { try await Task.sleep(for: .milliseconds(5)) }
        let made = try await binglian("store", "backup", "copy.db", "--store", "a.db").succeeded()
        #expect(made.contains("1 cases"))
        #expect(
            try await binglian("store", "backup", "copy.db", "--store", "a.db").exitCode == 1, "it is there already")
        _ = try await running.output()
        let whole = try await events("c", "a.db", binglian)
        #expect(
            try await binglian("store", "restore", "copy.db", "--store", "a.db").exitCode == 1, "nothing is overwritten"
        )
        _ = try await binglian("store", "restore", "copy.db", "--store", "b.db").succeeded()
        _ = try await binglian("audit", "verify", "--store", "b.db").succeeded()
        let copied = try await events("c", "b.db", binglian)
        #expect(copied.count >= 10 && whole.starts(with: copied), "\(copied.count) of \(whole.count)")
        _ = try await binglian.run(shipped.run(store: "b.db")).succeeded()
        #expect(try await events("c", "b.db", binglian) == whole)
        #expect(try await binglian("doctor", "--store", "b.db").out.contains("ok  chains"))
    }

    @Test("A backup that is damaged, or no store, is not restored", .enabled(if: Python.hasSQLite))
    func damagedBackup() async throws {
        let binglian = try Binglian()
        try "no database, whatever its name says, and long enough to be looked at".write(
            toFile: binglian.path("no.db"), atomically: true, encoding: .utf8)
        #expect(try await binglian("store", "restore", "no.db", "--store", "b.db").exitCode == 1)
        #expect(!FileManager.default.fileExists(atPath: binglian.path("b.db")))
        #expect(try await binglian("store", "restore", "none.db", "--store", "b.db").exitCode == 1)
    }

    // MARK: Independent verification

    private func verify(_ log: String, head: String? = nil, _ binglian: Binglian) async throws -> (Int32, String) {
        let arguments = [ProjectFiles.url("scripts/verify-chain").path, log] + (head.map { ["--head", $0] } ?? [])
        let output = try await binglian.start(arguments, executable: URL(fileURLWithPath: "/usr/bin/python3")).output()
        return (output.exitCode, output.out + output.err)
    }

    @Test(
        "An exported log is verified by a program that shares nothing with ours",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3"))
    func verifiedElsewhere() async throws {
        let binglian = try Binglian()
        _ = try await binglian.run(Shipped("wf-09").run(store: "a.db")).succeeded()
        let log = try await binglian("log", "c", "--store", "a.db", "--format", "jsonl").succeeded()
        let head = try #require(
            try await binglian("audit", "head", "c", "--store", "a.db").succeeded().split(separator: " ").last
        )
        .trimmingCharacters(in: .newlines)
        func put(_ text: String) throws {
            try text.write(toFile: binglian.path("c.jsonl"), atomically: true, encoding: .utf8)
        }
        try put(log)
        let good = try await verify("c.jsonl", head: head, binglian)
        #expect(good.0 == 0, "\(good.1)")
        #expect(good.1.contains(head))
        var lines = log.split(separator: "\n").map(String.init)
        let whole = lines
        func expectBad(_ what: String, head kept: String? = nil, _ words: String) async throws {
            try put(lines.joined(separator: "\n") + "\n")
            let result = try await verify("c.jsonl", head: kept, binglian)
            #expect(result.0 == 1 && result.1.contains(words), "\(what): \(result)")
            lines = whole
        }
        lines[11] = lines[11].replacingOccurrences(of: "\"actor\":\"", with: "\"actor\":\"x")
        try await expectBad("changed", "event 12 was changed")
        lines.remove(at: 19)
        try await expectBad("deleted", "event 20 is missing")
        lines.swapAt(4, 5)
        try await expectBad("swapped", "event 5 is missing")
        lines.removeLast(3)
        try await expectBad("cut", head: head, "the log was cut before event \(whole.count - 2)")
        try put("no log\n")
        #expect(try await verify("c.jsonl", binglian).0 == 2)
    }
}
