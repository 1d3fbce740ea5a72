import Foundation
import TestSupport
import Testing

@Suite("Power cuts")
struct CrashTests {
    /// A run and how its uninterrupted twin went.
    private struct Reference {
        let shipped: Shipped
        let runSeed: String
        let log: [Substring]
        /// The log's lines as people read them, one an event.
        let lines: [Substring]
        /// How many lines of progress it wrote.
        let told: Int

        init(_ shipped: Shipped, seed: String, _ binglian: Binglian) async throws {
            self.shipped = shipped
            runSeed = seed
            let store = "reference-\(seed).db"
            let whole = try await binglian.run(
                shipped.run(store: store, "--seed", seed, "--pace", "1d=0ms"))
            _ = try whole.succeeded()
            told = whole.err.split(separator: "\n").count
            lines = try await binglian("log", "c", "--store", store).succeeded().split(separator: "\n")
            log = try await CrashTests.log(store, binglian)
        }
    }

    private static func log(_ store: String, _ binglian: Binglian) async throws -> [Substring] {
        try await binglian("log", "c", "--store", store, "--format", "jsonl").succeeded().split(separator: "\n")
    }

    /// Where the next cut falls: after a line of progress, or after a moment that has nothing to do with the case.
    private enum Cut {
        case afterLine(Int)
        case afterMilliseconds(Int)

        init(line limit: Int, using random: inout SeededGenerator) {
            self =
                Int.random(in: 0..<4, using: &random) == 0
                ? .afterMilliseconds(Int.random(in: 0...120, using: &random))
                : .afterLine(Int.random(in: 1...limit, using: &random))
        }
    }

    @Test(
        "A run killed at fifty random moments loses nothing that it told and ends with the log of one that was not killed"
    )
    func killedFiftyTimes() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("power cuts from seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let binglian = try Binglian()
        var kills = 0
        for round in 0... {
            guard kills < 50 else { break }
            let shipped = Shipped(["wf-09", "wf-02-all", "wf-12", "wf-06-all"][round % 4])
            let reference = try await Reference(shipped, seed: "\(round + 1)", binglian)
            kills += try await killAndResume(reference, store: "\(round).db", binglian, &random)
        }
    }

    /// Kills a run again and again, a stretch further each time, until it gets to its end; how often it was killed.
    private func killAndResume(
        _ reference: Reference, store: String, _ binglian: Binglian, _ random: inout SeededGenerator
    ) async throws -> Int {
        let arguments = reference.shipped.run(store: store, "--seed", reference.runSeed, "--pace", "1d=0ms")
        var kills = 0
        while true {
            let stretch = max(2, reference.told / 5)
            let cut: Cut? = kills < 12 ? Cut(line: stretch, using: &random) : nil
            let running = try binglian.start(arguments)
            let told = try await waitForEnd(of: running, orKillAt: cut)
            guard told.wasKilled else {
                #expect(told.exitCode == 0, "\(told.err)")
                let log = try await Self.log(store, binglian)
                #expect(log == reference.log, "after \(kills) kills")
                _ = try await binglian("audit", "verify", "--store", store).succeeded()
                return kills
            }
            kills += 1
            try await expectKept(told, store: store, reference, binglian)
        }
    }

    private func waitForEnd(of running: Binglian.Running, orKillAt cut: Cut?) async throws -> Binglian.Output {
        switch cut {
        case .afterLine(let count):
            while running.isRunning, running.progress.count < count { try await Task.sleep(for: .milliseconds(1)) }
            running.kill()
        case .afterMilliseconds(let delay):
            try await Task.sleep(for: .milliseconds(delay))
            running.kill()
        case nil: break
        }
        return try await running.output()
    }

    /// Whatever the run told before it died is in the log, and the log is how the other one began.
    private func expectKept(
        _ told: Binglian.Output, store: String, _ reference: Reference, _ binglian: Binglian
    ) async throws {
        let kept = try await binglian("log", "c", "--store", store, "--format", "jsonl")
        let log = kept.exitCode == 0 ? kept.out.split(separator: "\n") : []
        #expect(reference.log.starts(with: log))
        var rest = reference.lines.prefix(log.count)
        for line in told.err.split(separator: "\n").dropLast(told.err.hasSuffix("\n") ? 0 : 1) {
            guard let place = rest.firstIndex(of: line) else {
                Issue.record("told but lost: \(line)")
                return
            }
            rest = rest[(place + 1)...]
        }
    }
}
