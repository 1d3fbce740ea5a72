import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CaseEngine

/// Seeded histories with faults: `SEEDS=n` runs so many, `FROM=n` begins there, `LONG=1` runs 100,000, `SEED=n TRACE=1`
/// replays one with everything that happens.
@Suite("Histories")
struct HistoryTests {
    @Test("Whatever goes wrong, every step of every history keeps the invariants, and everything is reached")
    func seeds() async throws {
        if let seed = Setting.seed { return try replay(seed) }
        let results = await Self.runAll((0..<UInt64(Setting.seeds)).map { Setting.first + $0 })
        var coverage = Coverage()
        for result in results { coverage.merge(result.coverage) }
        let failures = results.compactMap(\.failure).sorted { $0.seed < $1.seed }
        for failure in failures.prefix(3) {
            let short = Shrinking.shortened(failure)
            Issue.record("\(short.words)")
        }
        #expect(
            failures.isEmpty,
            "\(failures.count) histories failed: \(failures.prefix(40).map(\.description).joined(separator: "\n"))")
        if let path = ProcessInfo.processInfo.environment["COVERAGE"] {
            let lines = coverage.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
        guard Setting.seeds >= Setting.usualSeeds, Setting.first == 1 else { return }
        #expect(
            coverage.missing(of: Expected.names).isEmpty, "a history that never comes there proves nothing about it")
    }

    private func replay(_ seed: UInt64) throws {
        for mode in Mode.allCases where Setting.mode.map({ $0 == mode }) ?? true {
            let simulator = Simulator(seed: seed, mode: mode, traces: Setting.traces)
            do {
                try simulator.run()
                if Setting.traces { print(simulator.trace.joined(separator: "\n")) }
            } catch let failure as Failure {
                Issue.record("\(Shrinking.shortened(failure).words)")
                if Setting.traces { print(failure.trace.joined(separator: "\n")) }
            }
        }
    }

    struct Outcome: Sendable {
        let coverage: Coverage
        let failure: Failure?
    }

    static func run(_ seed: UInt64, _ mode: Mode) -> Outcome {
        let simulator = Simulator(seed: seed, mode: mode)
        do {
            try simulator.run()
            return Outcome(coverage: simulator.coverage, failure: nil)
        } catch let failure as Failure {
            return Outcome(coverage: simulator.coverage, failure: failure)
        } catch {
            let failure = Failure(seed: seed, mode: mode, step: simulator.step, problems: ["\(error)"])
            return Outcome(coverage: simulator.coverage, failure: failure)
        }
    }

    /// On as many cores as there are, a few seeds at a time each.
    private static func runAll(_ seeds: [UInt64]) async -> [Outcome] {
        let turn = Turn()
        return await withTaskGroup(of: [Outcome].self) { group in
            for _ in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
                group.addTask {
                    var results: [Outcome] = []
                    while true {
                        let place = turn.take()
                        guard place < seeds.count else { return results }
                        results.append(run(seeds[place], seeds[place] % 4 == 2 ? .liveness : .safety))
                        await Task.yield()
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Histories that found something once: `seed mode` a line.
    static func kept() throws -> [(UInt64, Mode)] {
        try ProjectFiles.text("Tests/SimulationTests/seeds.txt").split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count >= 2, let seed = UInt64(words[0]), let mode = Mode(rawValue: String(words[1])) else {
                return nil
            }
            return (seed, mode)
        }
    }

    @Test("Histories that found a fault once go well")
    func keptSeeds() throws {
        for (seed, mode) in try Self.kept() {
            let outcome = Self.run(seed, mode)
            #expect(outcome.failure == nil, "\(String(describing: outcome.failure))")
        }
    }

    @Test("A seed is a history: the same one twice")
    func reproducible() throws {
        for seed: UInt64 in [8, 11] {
            func trace() throws -> [String] {
                let simulator = Simulator(seed: seed, mode: .safety, traces: true)
                try simulator.run()
                return simulator.trace
            }
            let (one, other) = (try trace(), try trace())
            let differs = zip(one, other).first { $0 != $1 }
            #expect(one == other, "seed \(seed): \(String(describing: differs))")
        }
    }
}

/// Whose turn it is.
private final class Turn: Sendable {
    private let next = Mutex(0)

    func take() -> Int {
        next.withLock { next in
            defer { next += 1 }
            return next
        }
    }
}

/// How a campaign is set, by the environment.
enum Setting {
    private static let environment = ProcessInfo.processInfo.environment
    static let usualSeeds = 2000
    static let seed = environment["SEED"].flatMap { UInt64($0) }
    static let mode = environment["MODE"].flatMap { Mode(rawValue: $0) }
    static let first = environment["FROM"].flatMap { UInt64($0) } ?? 1
    static let traces = environment["TRACE"] != nil
    static let seeds = environment["SEEDS"].flatMap { Int($0) } ?? (environment["LONG"] == nil ? usualSeeds : 100_000)
}

/// Everything that a run has to reach.
enum Expected {
    static var names: [String] {
        Fault.allCases.map { "fault.\($0.rawValue)" } + CaseEvent.Kind.allCases.map { "event.\($0.rawValue)" }
            + RegistryEvent.Kind.allCases.map { "registry.\($0.rawValue)" }
            + ["definitionSubmitted", "definitionReleased", "definitionWithdrawn"].map { "library.\($0)" }
            + ["model.compared"] + CaseRejection.codes.filter { unreachable[$0] == nil }.map { "refusal.\($0)" }
    }

    /// Refusals that no command to an orchestrator can get, and why.
    static let unreachable: [String: String] = [
        "caseNotOpen": "a case without a log has no desk: the answer is unknownCase",
        "otherWorkflow": "a case opens on the rules that its opening names",
        "standardNotStated": "what a scenario opens with says all that its area asks for; LevelStories tells it",
        "tooManyWorks": "no workload has fifty works; WorkStories tells it",
        "otherProjectCode": "nobody asks a platform here; ProjectCodeTests tells it",
        "firmBarred": "no workflow here has work of an intermediary; GapStories tells it",
    ]
}
