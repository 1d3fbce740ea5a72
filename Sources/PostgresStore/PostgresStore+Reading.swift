import Orchestrator
import WorkCalendar

extension PostgresStore {
    public func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        var select = Statement(
            """
            SELECT sequence, kind, schema, on_day, at_ms, actor, payload, key, previous_hash, hash
            FROM events
            WHERE case_number = (SELECT number FROM cases WHERE id = $1) AND sequence > $2
            ORDER BY sequence LIMIT $3
            """)
        select.add(caseID.text)
        select.add(sequence)
        select.add(max(0, limit))
        return try await read("events", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in try Self.record(row, of: caseID) }
        }
    }

    static func record(_ row: Columns, of caseID: CaseID) throws(PostgresFailure) -> EventRecord {
        guard let key = CommandKey(row.text(7)) else {
            throw .damaged("case \(caseID): event \(row.int(0)) was changed")
        }
        let event = NewEvent(
            kind: row.text(1), schema: row.int(2), on: row.date(3), at: row.instant(4), actor: row.text(5),
            payload: row.bytes(6))
        return EventRecord(
            caseID: caseID, sequence: row.int(0), event: event, key: key, previousHash: row.hash(8), hash: row.hash(9))
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
