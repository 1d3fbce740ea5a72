import Orchestrator

extension PostgresStore: InspectableStore {
    /// The server's settings, the room that the database takes, and how much is in it.
    ///
    /// What is free on the server's disk cannot be asked of it. Durable is what the server calls so: it syncs its log, writes pages
    /// whole, and answers a commit after that. How many machines have it then is in the settings too.
    public func inspect() async throws(StoreError) -> StoreInspection {
        let settings = Statement(
            """
            SELECT current_setting('server_version'), current_setting('fsync'), current_setting('full_page_writes'),
                current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
                pg_database_size(current_database())
            """)
        let counts = Statement(
            """
            SELECT (SELECT count(*) FROM cases), 
                (SELECT count(*) FROM events) + (SELECT coalesce(sum(event_count), 0)::bigint FROM segments),
                (SELECT count(*) FROM tasks),
                (SELECT count(*) FROM timers), (SELECT count(*) FROM outbox WHERE state = 0),
                (SELECT count(*) FROM outbox WHERE state = 2), (SELECT version FROM binglian_schema)
            """)
        let found = try await read("inspect", settings) { rows in
            rows.first { row in
                StoreInspection(
                    kind: "postgresql", engine: "PostgreSQL \(row.text(0))", schema: 0,
                    isDurable: row.text(1) == "on" && row.text(2) == "on" && row.text(3) != "off",
                    settings: "fsync = \(row.text(1)), full_page_writes = \(row.text(2)), "
                        + "synchronous_commit = \(row.text(3)), synchronous_standby_names = '\(row.text(4))'",
                    bytes: row.int64(5), freeBytes: nil, cases: 0, events: 0, tasks: 0, timers: 0, waitingMessages: 0,
                    deadLetters: 0)
            }
        }
        guard var found else { throw StoreError(.unavailable, operation: "inspect", underlying: "no answer") }
        let numbers = try await read("inspect", counts) { rows in
            rows.first { row in (0..<7).map { row.int($0) } } ?? []
        }
        guard numbers.count == 7 else { throw StoreError(.unavailable, operation: "inspect", underlying: "no answer") }
        (found.cases, found.events, found.tasks, found.timers) = (numbers[0], numbers[1], numbers[2], numbers[3])
        (found.waitingMessages, found.deadLetters, found.schema) = (numbers[4], numbers[5], numbers[6])
        return found
    }
}
