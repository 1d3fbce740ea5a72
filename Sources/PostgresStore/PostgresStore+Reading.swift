import Orchestrator
import WorkCalendar

extension PostgresStore {
    public func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        var select = Statement(
            """
            SELECT last_sequence, event_count, hash, \(Self.previousHash), body, NULL::text, NULL::bigint, NULL::bigint,
                NULL::bigint, NULL::text, NULL::bytea, NULL::text
            FROM segments WHERE case_number = (SELECT number FROM cases WHERE id = $1) AND last_sequence > $2
            UNION ALL
            SELECT sequence, 1, hash, previous_hash, NULL, kind, schema, on_day, at_ms, actor, payload, key
            FROM events WHERE case_number = (SELECT number FROM cases WHERE id = $1) AND sequence > $2
            ORDER BY 1 LIMIT $3
            """)
        select.add(caseID.text)
        select.add(sequence)
        select.add(max(0, limit))
        return try await read("events", select) { rows throws(PostgresFailure) in
            let records = try rows.all { row throws(PostgresFailure) in
                row.isNull(4) ? [try Self.event(row, of: caseID)] : Self.segment(row, of: caseID, from: 0)
            }
            return Array(records.joined().drop { $0.sequence <= sequence }.prefix(max(0, limit)))
        }
    }

    /// The hash of the event before the first of a row of `segments`; NULL if there is none.
    static let previousHash = """
        COALESCE(
            (SELECT before.hash FROM segments AS before WHERE before.case_number = segments.case_number
                AND before.last_sequence = segments.last_sequence - segments.event_count),
            (SELECT events.hash FROM events WHERE events.case_number = segments.case_number
                AND events.sequence = segments.last_sequence - segments.event_count))
        """

    /// Last sequence, number of events, hash, hash before and body, from a column on.
    static func segment(_ row: Columns, of caseID: CaseID, from column: CInt) -> [EventRecord] {
        LogSegment.records(
            of: caseID, last: row.int(column), count: row.int(column + 1), hash: row.hash(column + 2),
            previous: row.isNull(column + 3) ? nil : row.hash(column + 3), body: row.bytes(column + 4))
    }

    /// A row of an earlier version.
    static func event(_ row: Columns, of caseID: CaseID) throws(PostgresFailure) -> EventRecord {
        guard let key = CommandKey(row.text(11)) else {
            throw .damaged("case \(caseID): event \(row.int(0)) was changed")
        }
        let event = NewEvent(
            kind: row.text(5), schema: row.int(6), on: row.date(7), at: row.instant(8), actor: row.text(9),
            payload: row.bytes(10))
        return EventRecord(
            caseID: caseID, sequence: row.int(0), event: event, key: key, previousHash: row.hash(3), hash: row.hash(2))
    }

    public func head(of caseID: CaseID) async throws(StoreError) -> Head? {
        var select = Statement("SELECT version, hash FROM cases WHERE id = $1")
        select.add(caseID.text)
        return try await read("head", select) { $0.first { Head(version: $0.int(0), hash: $0.hash(1)) } }
    }

    public func versions(of ids: [CaseID]) async throws(StoreError) -> [Int] {
        var select = Statement("SELECT id, version FROM cases WHERE id = ANY ($1)")
        select.add(Set(ids.map(\.text)).sorted())
        let found = try await read("versions", select) { $0.all { ($0.text(0), $0.int(1)) } }
        let versions = Dictionary(found, uniquingKeysWith: { first, _ in first })
        return ids.map { versions[$0.text] ?? 0 }
    }

    public func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer? {
        var select = Statement(
            """
            SELECT answer, version FROM commands
            WHERE case_number = (SELECT number FROM cases WHERE id = $1) AND key = $2
            """)
        select.add(caseID.text)
        select.add(key.text)
        return try await read("answer", select) { $0.first { StoredAnswer(answer: $0.bytes(0), version: $0.int(1)) } }
    }

    static let summaryColumns = """
        cases.id, cases.version, project_code, cases.status, workflow, workflow_version, title, opened_on,
        cases.updated_on, cases.body, owner
        """

    static func summary(_ row: Columns) throws(PostgresFailure) -> StoredSummary {
        let summary = CaseSummary(
            workflow: row.text(4), workflowVersion: row.text(5), projectCode: row.optionalText(2), title: row.text(6),
            owner: row.optionalText(10), status: row.text(3), openedOn: row.date(7), updatedOn: row.date(8),
            body: row.bytes(9))
        return StoredSummary(caseID: try row.caseID(0), version: row.int(1), summary: summary)
    }

    public func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary? {
        var select = Statement("SELECT \(Self.summaryColumns) FROM cases WHERE id = $1")
        select.add(caseID.text)
        return try await read("summary", select) { rows throws(PostgresFailure) in try rows.first(Self.summary) }
    }

    /// Only the conditions that are asked for, so that the server can use the index of one of them.
    private static func conditions(_ filter: SummaryFilter) -> (arguments: Statement, conditions: [String]) {
        var arguments = Statement("")
        var conditions: [String] = []
        for (condition, value) in [
            ("project_code = #", filter.projectCode), ("status = #", filter.status), ("workflow = #", filter.workflow),
            ("owner = #", filter.owner), ("strpos(title, #) > 0", filter.title),
        ] {
            guard let value else { continue }
            arguments.add(value.withoutNUL)
            conditions.append(condition.replacing("#", with: "$\(arguments.types.count)"))
        }
        if filter.workflow == nil { conditions.append("workflow <> '\(CaseSummary.officeWorkflow)'") }
        return (arguments, conditions)
    }

    public func count(matching filter: SummaryFilter) async throws(StoreError) -> Int {
        let (arguments, conditions) = Self.conditions(filter)
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try await read("count", arguments.with("SELECT count(*) FROM cases \(condition)")) {
            $0.first { $0.int(0) } ?? 0
        }
    }

    public func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredSummary] {
        var (arguments, conditions) = Self.conditions(filter)
        if let cursor {
            arguments.add(cursor.text)
            conditions.append("number > (SELECT number FROM cases WHERE id = $\(arguments.types.count))")
        }
        arguments.add(max(0, limit))
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let select = arguments.with(
            "SELECT \(Self.summaryColumns) FROM cases \(condition) ORDER BY number LIMIT $\(arguments.types.count)")
        return try await read("summaries", select) { rows throws(PostgresFailure) in try rows.all(Self.summary) }
    }

    public func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) async throws(StoreError) -> [DueTimer] {
        var arguments = Statement("")
        arguments.add(date)
        arguments.add(max(0, limit))
        var condition = ""
        if let cursor {
            condition = "AND (due, case_number, name) > ($3, (SELECT number FROM cases WHERE id = $4), $5)"
            arguments.add(cursor.timer.due)
            arguments.add(cursor.caseID.text)
            arguments.add(cursor.timer.name)
        }
        let select = arguments.with(
            """
            SELECT cases.id, name, due FROM timers JOIN cases ON cases.number = case_number
            WHERE due <= $1 \(condition) ORDER BY due, case_number, name LIMIT $2
            """)
        return try await read("dueTimers", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                DueTimer(caseID: try row.caseID(0), timer: StoredTimer(name: row.text(1), due: row.date(2)))
            }
        }
    }
}
