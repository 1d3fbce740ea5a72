import Foundation
import TestSupport
import Testing

@Suite("binglian fit")
struct FitTests {
    private let log = ProjectFiles.url("Fixtures/logs/permits.xes").path
    private let workflow = ProjectFiles.url("docs/examples/one-of-each.yaml").path

    @Test("Figures of a log are written into a workflow that reads again, the same each time; nothing else changes")
    func writesBack() async throws {
        let binglian = try Binglian()
        let given = ["fit", log, "--workflow", workflow, "--map", "Review 审查=permit", "-o", "fitted.yaml"]
        let text = try await binglian.run(given).succeeded()
        #expect(try await binglian.run(given).succeeded() == text)
        #expect(text.contains("-        takes: 3/5/8 wd") == false && text.contains("takes: 3/5/8 wd"))
        _ = try await binglian("check", "fitted.yaml").succeeded()
        let before = try String(contentsOfFile: workflow, encoding: .utf8).split(separator: "\n")
        let after = try String(contentsOfFile: binglian.path("fitted.yaml"), encoding: .utf8).split(separator: "\n")
        let changes = after.difference(from: before)
        #expect(changes.removals.count == 1 && (2...3).contains(changes.insertions.count), "\(changes)")
    }

    @Test("A packed log gives what the plain one does; one that is cut off is refused with its place")
    func packed() async throws {
        let binglian = try Binglian()
        let packing = Process()
        packing.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        packing.arguments = ["gzip", "-kc", log]
        let packed = binglian.path("log.xes.gz")
        _ = FileManager.default.createFile(atPath: packed, contents: nil)
        packing.standardOutput = FileHandle(forWritingAtPath: packed)
        try packing.run()
        packing.waitUntilExit()
        let plain = try await binglian("fit", log, "--format", "json").succeeded()
        #expect(try await binglian("fit", "log.xes.gz", "--format", "json").succeeded() == plain)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: packed))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: packed))
        let cut = try await binglian("fit", "log.xes.gz")
        #expect(cut.exitCode == 1 && cut.err.contains("log.xes.gz: the gzip file is cut off or damaged"))
        try Data("<log><trace></log>".utf8).write(to: URL(fileURLWithPath: binglian.path("bad.xes")))
        let bad = try await binglian("fit", "bad.xes")
        #expect(bad.exitCode == 1 && bad.err.contains("bad.xes:1:"), "\(bad.err)")
    }

    @Test("A case of ours is written as an event log, which is read again with all its events")
    func ownCases() async throws {
        let binglian = try Binglian()
        let wf = Shipped("wf-02")
        for seed in ["1", "2", "3"] {
            let given = ["--facts", wf.project, "--start", "2024-03-01", "--seed", seed, "--id", "c\(seed)"]
            _ = try await binglian.run(["run", wf.workflow] + given).succeeded()
        }
        let lines = try await binglian("log", "c1", "--format", "jsonl").succeeded().split(separator: "\n").count
        let xes = try await binglian("log", "c1", "--format", "xes").succeeded()
        try Data(xes.utf8).write(to: URL(fileURLWithPath: binglian.path("c1.xes")))
        let read = try #require(try await binglian("fit", "c1.xes", "--format", "json").json() as? [String: Any])
        #expect(read["events"] as? Int == lines && read["cases"] as? Int == 1)
        let own = try #require(
            try await binglian(
                "fit", "--store", "binglian.db", "--workflow", wf.workflow, "--format", "json", "-o", "out.yaml"
            ).json() as? [String: Any])
        #expect(own["cases"] as? Int == 3)
        let rows = try #require(own["activities"] as? [[String: Any]])
        #expect(rows.contains { $0["id"] as? String == "construction-permit" && $0["runs"] as? Int == 3 })
        // Three of anything is too few to write.
        let left = try #require(own["left"] as? [[String: Any]])
        #expect(left.contains { $0["item"] as? String == "construction-permit" })
        _ = try await binglian("check", "out.yaml").succeeded()
    }

    @Test("What is asked for wrongly is said with the way out")
    func refusals() async throws {
        let binglian = try Binglian()
        #expect(try await binglian("fit").exitCode == 64)
        #expect(try await binglian("fit", log, "--store", "x.db").exitCode == 64)
        #expect(try await binglian("fit", log, "--map", "A=b").exitCode == 64)
        let unknown = try await binglian("fit", log, "--workflow", workflow, "--map", "A=permit")
        #expect(unknown.exitCode == 1 && unknown.err.contains("the log has no activity 'A'"))
        let item = try await binglian("fit", log, "--workflow", workflow, "--map", "Review 审查=nobody")
        #expect(item.exitCode == 1 && item.err.contains("the workflow has no item 'nobody'"))
        let phase = try await binglian("fit", log, "--workflow", workflow, "--map", "Review 审查=acceptance.police")
        #expect(phase.exitCode == 1 && phase.err.contains("participants are: fire, archive"))
    }
}
