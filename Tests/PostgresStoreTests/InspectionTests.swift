import WorkCalendar
import Orchestrator
import Testing

@testable import PostgresStore

@Suite("What a database tells of itself", .needsPostgreSQL)
struct InspectionTests {
    @Test("Its settings, its room and what is in it")
    func inspection() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            for version in 0..<3 { _ = try await store.append([.sample("c-1", at: version)]) }
            _ = try await store.append([.sample("c-2")])
            let found = try await store.inspect()
            #expect(found.kind == "postgresql" && found.engine.hasPrefix("PostgreSQL 1"))
            #expect(found.schema == Schema.version)
            #expect(found.cases == 2 && found.events == 4)
            #expect((found.bytes ?? 0) > 0 && found.freeBytes == nil)
            let syncs = try await database.execute("SELECT current_setting('fsync')")[0].first { $0.text(0) }
            #expect(found.isDurable == (syncs == "on"))
            #expect(found.settings.contains("fsync = \(syncs ?? "")"))
            let points = try await Checkup(store: store).points()
            #expect(points.contains { $0.name == "durability" && $0.isWell == found.isDurable })
            #expect(points.contains { $0.name == "chains" && $0.isWell && $0.text.en.contains("2 cases") })
            try await store.close()
        }
    }
}
