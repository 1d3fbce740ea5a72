import ArgumentParser
import CaseEngine
import Logging
import Orchestrator
import PostgresStore
import SQLiteStore
import Synchronization
import WorkCalendar

/// Cases of four stages of six items in a closed loop of clients: every completion is decided, folded, sealed into the
/// hash chain and durable before its client goes on.
struct StageBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stages", abstract: "Completions a second of cases with 4 stages of 6 items.")

    @Option(help: "A new file for the store, or a PostgreSQL database; without it, the store is in memory.")
    var store: String?

    @Option(help: "Cases at a time.")
    var clients = 32

    @Option(help: "Seconds to count completions for.")
    var seconds = 4.0

    @Option(help: "Seconds to run before that.")
    var warm = 1.0

    @Flag(help: "A stage's completions are sent one after another instead of together.")
    var oneByOne = false

    func run() async throws {
        let workflow = StageWorkflow()
        let database: PostgresStore? =
            if let address = store.flatMap({ PostgresAddress.isAddress($0) ? PostgresAddress($0) : nil }) {
                try await PostgresStore.open(address)
            } else {
                nil
            }
        let events: any EventStore =
            if let database { database } else if let store { try await SQLiteStore.open(path: store) } else {
                InMemoryStore()
            }
        // Cases of their own in a database that has been used before.
        let run = String(UInt32.random(in: 0 ... .max), radix: 36)
        let orchestrator = Orchestrator(store: events, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        let counts = Counts()
        let figures = try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    var number = 0
                    while !counts.isOver {
                        let id = CaseID("c\(run)-\(client)-\(number)")!  // digits and a hyphen
                        try await runCase(id, on: orchestrator, workflow, counts)
                        number += 1
                    }
                }
            }
            let figures = try await window(counts, database)
            try await group.waitForAll()
            return figures
        }
        let eventRate =
            figures.completions / Double(StageWorkflow.stages * StageWorkflow.items) * Double(StageWorkflow.events)
        if database == nil {
            report([
                "completionsPerSecond": figures.completions, "casesPerSecond": figures.cases,
                "eventsPerSecond": eventRate,
            ])
        } else {
            report([
                "completionsPerSecond": figures.completions, "casesPerSecond": figures.cases,
                "eventsPerSecond": eventRate, "syncsPerCase": figures.syncs / figures.cases,
                "logKiBPerCase": figures.logBytes / 1024 / figures.cases,
            ])
        }
        try await events.close()
    }

    private struct Figures {
        var completions = 0.0
        var cases = 0.0
        var syncs = 0.0
        var logBytes = 0.0
    }

    /// Everything a second.
    private func window(_ counts: Counts, _ database: PostgresStore?) async throws -> Figures {
        let clock = ContinuousClock()
        try await Task.sleep(for: .seconds(warm))
        let written = try await database?.figures()
        let (before, begin) = (counts.now, clock.now)
        try await Task.sleep(for: .seconds(seconds))
        let (after, end) = (counts.now, clock.now)
        let writtenThen = try await database?.figures()
        counts.end()
        let elapsed = (end - begin) / .seconds(1)
        var figures = Figures()
        figures.completions = Double(after.completions - before.completions) / elapsed
        figures.cases = Double(after.cases - before.cases) / elapsed
        if let written, let writtenThen {
            figures.syncs = Double(writtenThen.syncs - written.syncs) / elapsed
            figures.logBytes = Double(writtenThen.logBytes - written.logBytes) / elapsed
        }
        return figures
    }

    private func runCase(
        _ id: CaseID, on orchestrator: Orchestrator, _ workflow: StageWorkflow, _ counts: Counts
    ) async throws {
        let date = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024
        let at = Instant.officeClosing(of: date)
        let officer = Actor(role: .department, department: "office", name: "officer-17")
        _ = try await orchestrator.open(
            id, with: workflow.publication, project: workflow.project, facts: [:], on: date,
            by: Actor(role: .applicant, name: "owner"), at: at)
        @Sendable func complete(_ stage: Int, _ item: Int) async throws {
            let name = StageWorkflow.item(stage, item)
            _ = try await orchestrator.perform(
                .item(name, .complete), on: id, key: CommandKey(name)!, by: officer, on: date, at: at)
            counts.completion()
        }
        for stage in 0..<StageWorkflow.stages {
            if oneByOne {
                for item in 0..<StageWorkflow.items { try await complete(stage, item) }
            } else {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for item in 0..<StageWorkflow.items { group.addTask { try await complete(stage, item) } }
                    try await group.waitForAll()
                }
            }
        }
        let state = try await orchestrator.snapshot(of: id).state
        precondition(state.status == .completed && state.version == StageWorkflow.events, "a case went wrong")
        await orchestrator.release(id)
        counts.completedCase()
    }
}

/// What the clients have done so far.
private final class Counts: Sendable {
    private let completions = Atomic(0)
    private let cases = Atomic(0)
    private let over = Atomic(false)

    var isOver: Bool { over.load(ordering: .relaxed) }
    var now: (completions: Int, cases: Int) {
        (completions.load(ordering: .relaxed), cases.load(ordering: .relaxed))
    }

    func completion() { completions.add(1, ordering: .relaxed) }
    func completedCase() { cases.add(1, ordering: .relaxed) }
    func end() { over.store(true, ordering: .relaxed) }
}
