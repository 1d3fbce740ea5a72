import GRDB
import Orchestrator
import WorkCalendar

extension SQLiteStore {
    public func events(of caseID: CaseID, after sequence: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try await read("events") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT sequence, kind, schema, on_day, at_ms, actor, payload, key, previous_hash, hash
                FROM events
                WHERE case_number = (SELECT number FROM cases WHERE id = ?) AND sequence > ?
                ORDER BY sequence LIMIT ?
                """)
            return try select.all({
                $0.add(caseID.text)
                $0.add(sequence)
                $0.add(max(0, limit))
            }) { try Self.record($0, of: caseID) }
        }
    }

    static func record(_ row: Columns, of caseID: CaseID) throws -> EventRecord {
        guard let key = CommandKey(row.text(7)) else {
            throw DamagedRow("case \(caseID): event \(row.int(0)) was changed")
        }
        let event = NewEvent(
            kind: row.text(1), schema: row.int(2), on: row.date(3), at: Instant(milliseconds: row.int64(4)),
            actor: row.text(5), payload: row.bytes(6))
        return EventRecord(
            caseID: caseID, sequence: row.int(0), event: event, key: key, previousHash: row.hash(8), hash: row.hash(9))
    }

    public func head(of caseID: CaseID) async throws(StoreError) -> Head? {
        try await read("head") { db in
            try PreparedStatement(db, "SELECT version, hash FROM cases WHERE id = ?")
                .first({ $0.add(caseID.text) }) { Head(version: $0.int(0), hash: $0.hash(1)) }
        }
    }

    public func versions(of ids: [CaseID]) async throws(StoreError) -> [Int] {
        try await read("versions") { db in
            let select = try PreparedStatement(db, "SELECT version FROM cases WHERE id = ?")
            return try ids.map { id in try select.first({ $0.add(id.text) }) { $0.int(0) } ?? 0 }
        }
    }

    public func answer(of caseID: CaseID, to key: CommandKey) async throws(StoreError) -> StoredAnswer? {
        try await read("answer") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT answer, version FROM commands
                WHERE case_number = (SELECT number FROM cases WHERE id = ?) AND key = ?
                """)
            return try select.first({
                $0.add(caseID.text)
                $0.add(key.text)
            }) { StoredAnswer(answer: $0.bytes(0), version: $0.int(1)) }
        }
    }

    static let summaryColumns = """
        cases.id, cases.version, project_code, cases.status, workflow, workflow_version, title, opened_on,
        cases.updated_on, cases.body, owner
        """

    static func summary(_ row: Columns) throws -> StoredSummary {
        let summary = CaseSummary(
            workflow: row.text(4), workflowVersion: row.text(5), projectCode: row.optionalText(2), title: row.text(6),
            owner: row.optionalText(10), status: row.text(3), openedOn: row.date(7), updatedOn: row.date(8),
            body: row.bytes(9))
        return StoredSummary(caseID: try row.caseID(0), version: row.int(1), summary: summary)
    }

    public func summary(of caseID: CaseID) async throws(StoreError) -> StoredSummary? {
        try await read("summary") { db in
            try PreparedStatement(db, "SELECT \(Self.summaryColumns) FROM cases WHERE id = ?")
                .first({ $0.add(caseID.text) }, Self.summary)
        }
    }

    /// Only the conditions that are asked for, so that SQLite can use the index of one of them.
    private static func conditions(_ filter: SummaryFilter) -> (conditions: [String], values: [String]) {
        let wanted = [
            ("project_code = ?", filter.projectCode), ("status = ?", filter.status), ("workflow = ?", filter.workflow),
            ("owner = ?", filter.owner), ("instr(title, ?) > 0", filter.title),
        ].compactMap { condition, value in value.map { (condition, $0) } }
        var conditions = wanted.map(\.0)
        if filter.workflow == nil { conditions.append("workflow <> '\(CaseSummary.officeWorkflow)'") }
        return (conditions, wanted.map(\.1))
    }

    public func count(matching filter: SummaryFilter) async throws(StoreError) -> Int {
        let (conditions, values) = Self.conditions(filter)
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try await read("count") { db in
            try PreparedStatement(db, "SELECT count(*) FROM cases \(condition)")
                .first({ for value in values { $0.add(value) } }) { $0.int(0) } ?? 0
        }
    }

    public func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredSummary] {
        var (conditions, values) = Self.conditions(filter)
        if cursor != nil { conditions.append("number > (SELECT number FROM cases WHERE id = ?)") }
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let sql = "SELECT \(Self.summaryColumns) FROM cases \(condition) ORDER BY number LIMIT ?"
        return try await read("summaries") { [values] db in
            try PreparedStatement(db, sql).all(
                {
                    for value in values { $0.add(value) }
                    if let cursor { $0.add(cursor.text) }
                    $0.add(max(0, limit))
                }, Self.summary)
        }
    }

    public func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) async throws(StoreError) -> [DueTimer] {
        let condition =
            cursor == nil
            ? "" : "AND (due, case_number, name) > (?, (SELECT number FROM cases WHERE id = ?), ?)"
        let sql = """
            SELECT (SELECT id FROM cases WHERE number = case_number), name, due FROM timers
            WHERE due <= ? \(condition) ORDER BY due, case_number, name LIMIT ?
            """
        return try await read("dueTimers") { db in
            try PreparedStatement(db, sql).all({
                $0.add(date)
                if let cursor {
                    $0.add(cursor.timer.due)
                    $0.add(cursor.caseID.text)
                    $0.add(cursor.timer.name)
                }
                $0.add(max(0, limit))
            }) { row in
                DueTimer(caseID: try row.caseID(0), timer: StoredTimer(name: row.text(1), due: row.date(2)))
            }
        }
    }
}
