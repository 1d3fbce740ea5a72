import Orchestrator
import WorkCalendar

/// What a batch leaves in the tables, as a handful of statements, however many requests it has (成批写入).
///
/// Each statement is right only if everything is as it was judged, and refuses otherwise: a row that ends elsewhere makes
/// its guard divide by zero, and cases, keys and events are unique. So the batch may be sent together with its commit,
/// before anything was read.
struct BatchWriting {
    private struct Row {
        let start: Head
        let opens: Bool
        var end: Head
        var summary: CaseSummary
        /// What all its requests together do to its timers and tasks.
        var timers: ListChange<StoredTimer> = .unchanged
        var tasks: ListChange<StoredTask> = .unchanged
    }

    private var rows: [CaseID: Row] = [:]
    private var order: [CaseID] = []
    private var commands: [(caseID: CaseID, key: CommandKey, version: Int, answer: [UInt8])] = []
    /// The events of each case, and the last command that has any.
    private var events: [CaseID: (entries: [LogSegment.Entry], command: Int)] = [:]
    private var leases: Set<Lease> = []
    private var messages: [(caseID: CaseID, message: OutgoingMessage)] = []

    mutating func add(_ request: AppendRequest, _ seals: HashChain.Seals, opens: Bool) {
        if rows[request.caseID] == nil {
            order.append(request.caseID)
            rows[request.caseID] = Row(start: seals.start, opens: opens, end: seals.end, summary: request.summary)
        }
        rows[request.caseID]?.end = seals.end
        rows[request.caseID]?.summary = request.summary
        rows[request.caseID]?.timers.append(request.timers)
        rows[request.caseID]?.tasks.append(request.tasks)
        if let lease = request.lease { leases.insert(lease) }
        commands.append((request.caseID, request.key, seals.end.version, request.answer))
        if !request.events.isEmpty {
            events[request.caseID, default: ([], 0)].entries += request.events.map { ($0, request.key) }
            events[request.caseID]?.command = commands.count
        }
        for message in request.messages { messages.append((request.caseID, message)) }
    }

    /// The statements, in an order in which every writer takes its locks.
    func statements() -> [Statement] {
        if commands.isEmpty { return [] }
        var statements: [Statement] = []
        let changed = order.filter { rows[$0]?.opens == false }
        let opened = order.filter { rows[$0]?.opens == true }
        if !changed.isEmpty { statements.append(update(changed)) }
        if !opened.isEmpty { statements.append(insert(opened)) }
        if !leases.isEmpty { statements.append(PostgresStore.demand(leases)) }
        statements.append(log())
        if !messages.isEmpty { statements.append(queue()) }
        return statements + timers() + tasks()
    }

    private func summaries(_ ids: [CaseID]) -> [(id: CaseID, row: Row)] {
        ids.compactMap { id in rows[id].map { (id, $0) } }
    }

    /// Rows are locked in order of their ids, so that two batches never wait for each other.
    private func update(_ ids: [CaseID]) -> Statement {
        let rows = summaries(ids)
        var update = Statement(
            """
            WITH wanted AS (
                SELECT cases.number, given.* FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    AS given (id, old_version, old_hash, version, hash, project_code, status, workflow,
                        workflow_version, title, opened_on, updated_on, body, owner)
                JOIN cases ON cases.id = given.id AND cases.version = given.old_version AND cases.hash = given.old_hash
                ORDER BY cases.id FOR UPDATE OF cases
            ), changed AS (
                UPDATE cases SET version = wanted.version, hash = wanted.hash, project_code = wanted.project_code,
                    status = wanted.status, workflow = wanted.workflow, workflow_version = wanted.workflow_version,
                    title = wanted.title, opened_on = wanted.opened_on, updated_on = wanted.updated_on,
                    body = wanted.body, owner = wanted.owner
                FROM wanted WHERE cases.number = wanted.number RETURNING 1
            )
            SELECT 1 / (CASE WHEN count(*) = $15 THEN 1 ELSE 0 END) FROM changed
            """)
        update.add(rows.map(\.id.text))
        update.add(rows.map(\.row.start.version))
        update.add(rows.map(\.row.start.hash))
        add(rows, to: &update)
        update.add(rows.count)
        return update
    }

    private func insert(_ ids: [CaseID]) -> Statement {
        let rows = summaries(ids)
        var insert = Statement(
            """
            INSERT INTO cases (id, version, hash, project_code, status, workflow, workflow_version, title, opened_on,
                updated_on, body, owner)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """)
        insert.add(rows.map(\.id.text))
        add(rows, to: &insert)
        return insert
    }

    private func add(_ rows: [(id: CaseID, row: Row)], to statement: inout Statement) {
        statement.add(rows.map(\.row.end.version))
        statement.add(rows.map(\.row.end.hash))
        statement.add(rows.map(\.row.summary.projectCode))
        statement.add(rows.map(\.row.summary.status))
        statement.add(rows.map(\.row.summary.workflow))
        statement.add(rows.map(\.row.summary.workflowVersion))
        statement.add(rows.map(\.row.summary.title))
        statement.add(rows.map { Int64($0.row.summary.openedOn.dayNumber) })
        statement.add(rows.map { Int64($0.row.summary.updatedOn.dayNumber) })
        statement.add(rows.map(\.row.summary.body))
        statement.add(rows.map(\.row.summary.owner))
    }

    /// Keys with their answers, and the events. Positions begin with the number of the transaction: whoever follows them
    /// can tell which may still come.
    private func log() -> Statement {
        var log = Statement(
            """
            WITH touched AS (
                SELECT number, place FROM unnest($1) WITH ORDINALITY AS named (id, place) JOIN cases USING (id)
            ), answered AS (
                INSERT INTO commands (case_number, key, version, answer)
                SELECT touched.number, given.key, given.version, given.answer
                FROM unnest($2, $3, $4, $5) AS given (place, key, version, answer) JOIN touched USING (place)
            )
            INSERT INTO segments (case_number, last_sequence, event_count, position, hash, body)
            SELECT touched.number, given.last_sequence, given.event_count,
                (pg_current_xact_id()::text::bigint << \(ChangePosition.bits)) + given.last_event, given.hash, given.body
            FROM unnest($6, $7, $8, $9, $10, $11)
                AS given (place, last_sequence, event_count, last_event, hash, body)
            JOIN touched USING (place)
            """)
        var places: [CaseID: Int] = [:]
        for (index, id) in order.enumerated() { places[id] = index + 1 }
        log.add(order.map(\.text))
        log.add(commands.map { places[$0.caseID] ?? 0 })
        log.add(commands.map(\.key.text))
        log.add(commands.map(\.version))
        log.add(commands.map(\.answer))
        // Whoever follows the changes learns of each case at its last event.
        let segments = summaries(order).compactMap { id, row in
            events[id].map { (id: id, end: row.end, entries: $0.entries, command: $0.command) }
        }.sorted { $0.command < $1.command }
        var last = 0
        let lasts = segments.map { segment in
            last += segment.entries.count
            return last
        }
        log.add(segments.map { places[$0.id] ?? 0 })
        log.add(segments.map(\.end.version))
        log.add(segments.map(\.entries.count))
        log.add(lasts)
        log.add(segments.map(\.end.hash))
        log.add(segments.map { LogSegment.pack($0.entries) })
        return log
    }

    /// Numbers grow in the order in which a case's messages were appended: its row is locked.
    private func queue() -> Statement {
        var queue = Statement(
            """
            INSERT INTO outbox (case_number, receiver, kind, dedup_key, payload)
            SELECT cases.number, given.receiver, given.kind, given.dedup_key, given.payload
            FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS given (case_id, receiver, kind, dedup_key, payload, place)
            JOIN cases ON cases.id = given.case_id ORDER BY given.place
            ON CONFLICT (receiver, dedup_key) DO NOTHING
            """)
        queue.add(messages.map(\.caseID.text))
        queue.add(messages.map(\.message.receiver))
        queue.add(messages.map(\.message.kind))
        queue.add(messages.map(\.message.dedupKey))
        queue.add(messages.map(\.message.payload))
        return queue
    }

    private func timers() -> [Statement] {
        let changes = ListChanges(order.compactMap { id in rows[id].map { (id, $0.timers) } })
        if changes.put.isEmpty { return changes.removing(from: "timers") }
        var put = Statement(
            """
            INSERT INTO timers (case_number, name, due)
            SELECT cases.number, given.name, given.due
            FROM unnest($1, $2, $3) AS given (case_id, name, due) JOIN cases ON cases.id = given.case_id
            WHERE NOT EXISTS (
                SELECT 1 FROM timers
                WHERE timers.case_number = cases.number AND timers.name = given.name AND timers.due = given.due)
            ON CONFLICT (case_number, name) DO UPDATE SET due = excluded.due
            """)
        put.add(changes.put.map(\.0.text))
        put.add(changes.put.map(\.1.name))
        put.add(changes.put.map { Int64($0.1.due.dayNumber) })
        return changes.removing(from: "timers") + [put]
    }

    private func tasks() -> [Statement] { Self.tasks(order.compactMap { id in rows[id].map { (id, $0.tasks) } }) }

    /// What changes the tasks of some cases.
    static func tasks(_ changes: [(CaseID, ListChange<StoredTask>)]) -> [Statement] {
        let changes = ListChanges(changes)
        if changes.put.isEmpty { return changes.removing(from: "tasks") }
        var put = Statement(
            """
            INSERT INTO tasks (case_number, name, party, rank, due, body, lead, barred)
            SELECT cases.number, given.name, given.party, given.rank, given.due, given.body, given.lead, given.barred
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
                AS given (case_id, name, party, rank, due, body, lead, barred)
            JOIN cases ON cases.id = given.case_id
            WHERE NOT EXISTS (
                SELECT 1 FROM tasks
                WHERE tasks.case_number = cases.number AND tasks.name = given.name AND tasks.party = given.party
                    AND tasks.rank = given.rank AND tasks.due = given.due AND tasks.body = given.body
                    AND tasks.lead IS NOT DISTINCT FROM given.lead
                    AND tasks.barred IS NOT DISTINCT FROM given.barred)
            ON CONFLICT (case_number, name) DO UPDATE
                SET party = excluded.party, rank = excluded.rank, due = excluded.due, body = excluded.body,
                    lead = excluded.lead, barred = excluded.barred
            """)
        put.add(changes.put.map(\.0.text))
        put.add(changes.put.map(\.1.name))
        put.add(changes.put.map(\.1.party))
        put.add(changes.put.map(\.1.rank))
        put.add(changes.put.map { PostgresStore.day($0.1.due) })
        put.add(changes.put.map(\.1.body))
        put.add(changes.put.map(\.1.lead))
        put.add(changes.put.map(\.1.barredLines))
        return changes.removing(from: "tasks") + [put]
    }
}
