import CaseEngine
import Foundation
import Orchestrator
import PostgresStore
import SQLiteStore
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Three stores, one log", .needsPostgreSQL)
struct SameLogTests {
    static let names: [String] = try! ProjectFiles.files(in: "Fixtures/scenarios", extension: "yaml")
        .map(\.lastPathComponent).enumerated().filter { $0.offset.isMultiple(of: 6) }.map(\.element)

    private static let library = ScenarioLibrary { try? ProjectFiles.text("Workflows/\($0)") }

    @Test("The same commands leave the same bytes in memory, in SQLite and in PostgreSQL", arguments: names)
    func same(name: String) async throws {
        let path = "Fixtures/scenarios/\(name)"
        let scenario = try #require(
            ScenarioFile.read(try ProjectFiles.text(path), path: path, library: Self.library).value)
        let memory = InMemoryStore()
        let expected = try await Self.play(scenario, on: memory)
        #expect(expected.count > 1)

        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try await SQLiteStore.open(path: folder.appendingPathComponent("store.db").path)
        let inFile = try await Self.play(scenario, on: file)
        try await file.close()
        #expect(inFile == expected)

        try await TestDatabase.with { database in
            let store = try await database.open()
            let inDatabase = try await Self.play(scenario, on: store)
            try await store.close()
            #expect(inDatabase == expected)
        }
    }

    /// Everything that the store has afterwards: logs with their seals, rows, timers, tasks.
    private static func play(_ scenario: Scenario, on store: any EventStore) async throws -> [String] {
        let orchestrator = Orchestrator(store: store, archive: scenario.atHand)
        for (number, entry) in scenario.registry.enumerated() {
            _ = try await orchestrator.enter(
                entry.entry, key: try #require(CommandKey("entry-\(number)")), by: entry.by, on: entry.on,
                at: .officeClosing(of: entry.on))
        }
        _ = try await orchestrator.play(scenario, as: try #require(CaseID(scenario.id)))
        let rows =
            try await store.summaries(matching: SummaryFilter(), after: nil, limit: 99)
            + store.summaries(matching: SummaryFilter(workflow: CaseSummary.officeWorkflow), after: nil, limit: 99)
        var lines: [String] = []
        for row in rows {
            lines.append("\(row)")
            for record in try await store.events(of: row.caseID, after: 0, limit: .max) {
                lines.append("\(record.sequence) \(record.key) \(record.hash) \(record.event)")
                lines.append("\(String(describing: try await store.answer(of: row.caseID, to: record.key)))")
            }
        }
        for timer in try await store.dueTimers(through: .latest, after: nil, limit: 999) { lines.append("\(timer)") }
        for change in try await store.changedCases(after: 0, limit: 9999) {
            lines.append("\(change.caseID) \(change.version)")
        }
        return lines
    }
}
