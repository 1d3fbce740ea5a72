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
        /// The timers of the last request that named any.
        var timers: [StoredTimer]?
        /// The tasks of the last request that named any.
        var tasks: [StoredTask]?
    }

    private var rows: [CaseID: Row] = [:]
    private var order: [CaseID] = []
    private var commands: [(caseID: CaseID, key: CommandKey, version: Int, answer: [UInt8])] = []
    private var events: [(request: Int, event: NewEvent, sequence: Int, previous: ChainHash, hash: ChainHash)] = []
    private var leases: Set<Lease> = []
    private var messages: [(caseID: CaseID, message: OutgoingMessage)] = []

    mutating func add(_ request: AppendRequest, _ seals: HashChain.Seals, opens: Bool) {
        if rows[request.caseID] == nil {
            order.append(request.caseID)
            rows[request.caseID] = Row(start: seals.start, opens: opens, end: seals.end, summary: request.summary)
        }
        rows[request.caseID]?.end = seals.end
        rows[request.caseID]?.summary = request.summary
        if let timers = request.timers { rows[request.caseID]?.timers = timers }
        if let tasks = request.tasks { rows[request.caseID]?.tasks = tasks }
        if let lease = request.lease { leases.insert(lease) }
        commands.append((request.caseID, request.key, seals.end.version, request.answer))
        var previous = seals.start
        for (event, hash) in zip(request.events, seals.hashes) {
            events.append((commands.count - 1, event, previous.version + 1, previous.hash, hash))
            previous = Head(version: previous.version + 1, hash: hash)
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
                INSERT INTO commands (case_number, key, version, answer, position, event_count)
                SELECT touched.number, given.key, given.version, given.answer,
                    (pg_current_xact_id()::text::bigint << \(ChangePosition.bits)) + given.last_event,
                    given.event_count
                FROM unnest($2, $3, $4, $5, $17, $18) AS given (place, key, version, answer, last_event, event_count)
                JOIN touched USING (place)
            )
            INSERT INTO events (case_number, sequence, kind, schema, on_day, at_ms, actor, key, payload, previous_hash,
                hash)
            SELECT touched.number, given.sequence, given.kind, given.schema, given.on_day, given.at_ms, given.actor,
                given.key, given.payload, given.previous_hash, given.hash
            FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                AS given (place, sequence, kind, schema, on_day, at_ms, actor, key, payload, previous_hash, hash)
            JOIN touched USING (place)
            """)
        var places: [CaseID: Int] = [:]
        for (index, id) in order.enumerated() { places[id] = index + 1 }
        func place(_ id: CaseID) -> Int { places[id] ?? 0 }
        log.add(order.map(\.text))
        log.add(commands.map { place($0.caseID) })
        log.add(commands.map(\.key.text))
        log.add(commands.map(\.version))
        log.add(commands.map(\.answer))
        log.add(events.map { place(commands[$0.request].caseID) })
        log.add(events.map(\.sequence))
        log.add(events.map(\.event.kind))
        log.add(events.map(\.event.schema))
        log.add(events.map { Int64($0.event.on.dayNumber) })
        log.add(events.map(\.event.at.milliseconds))
        log.add(events.map(\.event.actor))
        log.add(events.map { commands[$0.request].key.text })
        log.add(events.map(\.event.payload))
        log.add(events.map(\.previous))
        log.add(events.map(\.hash))
        var counts = [Int64](repeating: 0, count: commands.count)
        for event in events { counts[event.request] += 1 }
        var last: Int64 = 0
        let lasts = counts.map { count -> Int64? in
            last += count
            return count == 0 ? nil : last
        }
        log.add(lasts)
        log.add(counts)
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

    /// Only the differences: a case has dozens of timers, and a command moves one or two.
    private func timers() -> [Statement] {
        let replaced = order.compactMap { id in rows[id]?.timers.map { (id, $0) } }
        if replaced.isEmpty { return [] }
        let kept = replaced.flatMap { id, timers in timers.map { (id, $0) } }
        var remove = Statement(
            """
            DELETE FROM timers USING cases WHERE cases.id = ANY ($1) AND timers.case_number = cases.number
                AND (cases.id, timers.name) NOT IN (SELECT * FROM unnest($2, $3))
            """)
        remove.add(replaced.map(\.0.text))
        remove.add(kept.map(\.0.text))
        remove.add(kept.map(\.1.name))
        if kept.isEmpty { return [remove] }
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
        put.add(kept.map(\.0.text))
        put.add(kept.map(\.1.name))
        put.add(kept.map { Int64($0.1.due.dayNumber) })
        return [remove, put]
    }

    /// Only the differences, as with timers.
    private func tasks() -> [Statement] {
        Self.tasks(order.compactMap { id in rows[id]?.tasks.map { (id, $0) } })
    }

    /// What replaces the tasks of some cases.
    static func tasks(_ replaced: [(CaseID, [StoredTask])]) -> [Statement] {
        if replaced.isEmpty { return [] }
        let kept = replaced.flatMap { id, tasks in tasks.map { (id, $0) } }
        var remove = Statement(
            """
            DELETE FROM tasks USING cases WHERE cases.id = ANY ($1) AND tasks.case_number = cases.number
                AND (cases.id, tasks.name) NOT IN (SELECT * FROM unnest($2, $3))
            """)
        remove.add(replaced.map(\.0.text))
        remove.add(kept.map(\.0.text))
        remove.add(kept.map(\.1.name))
        if kept.isEmpty { return [remove] }
        var put = Statement(
            """
            INSERT INTO tasks (case_number, name, party, rank, due, body, lead)
            SELECT cases.number, given.name, given.party, given.rank, given.due, given.body, given.lead
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS given (case_id, name, party, rank, due, body, lead)
            JOIN cases ON cases.id = given.case_id
            WHERE NOT EXISTS (
                SELECT 1 FROM tasks
                WHERE tasks.case_number = cases.number AND tasks.name = given.name AND tasks.party = given.party
                    AND tasks.rank = given.rank AND tasks.due = given.due AND tasks.body = given.body
                    AND tasks.lead IS NOT DISTINCT FROM given.lead)
            ON CONFLICT (case_number, name) DO UPDATE
                SET party = excluded.party, rank = excluded.rank, due = excluded.due, body = excluded.body,
                    lead = excluded.lead
            """)
        put.add(kept.map(\.0.text))
        put.add(kept.map(\.1.name))
        put.add(kept.map(\.1.party))
        put.add(kept.map(\.1.rank))
        put.add(kept.map { PostgresStore.day($0.1.due) })
        put.add(kept.map(\.1.body))
        put.add(kept.map(\.1.lead))
        return [remove, put]
    }
}
