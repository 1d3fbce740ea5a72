import Orchestrator
import WorkCalendar

extension PostgresStore: ListStore {
    private static let figureColumns = """
        figures.version, figures.status, near, late, over_on, is_stopped, is_running, finish, figures.updated_on,
        departments, owner_name, search, figures.body, tally
        """

    /// The numbers of the cases of the owners or projects in an argument.
    static func ofOwners(_ argument: String) -> String {
        """
        SELECT number FROM cases WHERE owner = ANY (\(argument)) UNION
        SELECT number FROM cases WHERE project_code = ANY (\(argument)) UNION
        SELECT case_number FROM figures WHERE owner_name = ANY (\(argument))
        """
    }

    // MARK: Keeping

    public func putFigures(_ figures: [CaseFigures]) async throws(StoreError) {
        for given in figures {
            if let defect = given.defect {
                throw StoreError(.rejected, operation: "putFigures", underlying: "case \(given.caseID): \(defect)")
            }
        }
        // One row a case in a statement: the newest, and of two of a version the first, as if they came in turn.
        var newest: [CaseID: CaseFigures] = [:]
        for given in figures where newest[given.caseID].map({ $0.version < given.version }) ?? true {
            newest[given.caseID] = given
        }
        let rows = newest.values.sorted { $0.caseID.text < $1.caseID.text }
        if rows.isEmpty { return }
        let withTasks = rows.filter { $0.tasks != nil }
        if withTasks.isEmpty {
            _ = try await write("putFigures", Self.put(rows))
            return
        }
        // Tasks belong to a version: nobody else's append comes between looking and writing.
        try await transact("putFigures") { transaction async throws(PostgresFailure) in
            var lock = Statement(
                "SELECT id, version FROM cases WHERE id = ANY ($1) ORDER BY id FOR UPDATE")
            lock.add(withTasks.map(\.caseID.text))
            let found = try await transaction.run([lock])[0].all { ($0.text(0), $0.int(1)) }
            let versions = Dictionary(found, uniquingKeysWith: { first, _ in first })
            let current = withTasks.compactMap { given in
                versions[given.caseID.text] == given.version ? (given.caseID, ListChange.all(given.tasks ?? [])) : nil
            }
            _ = try await transaction.commit(Self.put(rows) + BatchWriting.tasks(current))
        }
    }

    private static func put(_ rows: [CaseFigures]) -> [Statement] {
        [upsert(rows)] + keepHandlings(rows) + [indexTexts(of: rows.map(\.caseID.text))]
    }

    private static func upsert(_ rows: [CaseFigures]) -> Statement {
        var upsert = Statement(
            """
            INSERT INTO figures (case_number, version, status, near, late, over_on, is_stopped, is_running, finish,
                updated_on, departments, owner_name, search, body, tally)
            SELECT cases.number, given.version, given.status, given.near, given.late, given.over_on,
                given.is_stopped = 1, given.is_running = 1, given.finish, given.updated_on, given.departments,
                given.owner_name, given.search, given.body, given.tally
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                AS given (case_id, version, status, near, late, over_on, is_stopped, is_running, finish, updated_on,
                    departments, owner_name, search, body, tally)
            JOIN cases ON cases.id = given.case_id ORDER BY cases.number
            ON CONFLICT (case_number) DO UPDATE SET version = excluded.version, status = excluded.status,
                near = excluded.near, late = excluded.late, over_on = excluded.over_on,
                is_stopped = excluded.is_stopped, is_running = excluded.is_running, finish = excluded.finish,
                updated_on = excluded.updated_on, departments = excluded.departments,
                owner_name = excluded.owner_name, search = excluded.search, body = excluded.body,
                tally = excluded.tally
            WHERE figures.version < excluded.version
            """)
        upsert.add(rows.map(\.caseID.text))
        upsert.add(rows.map(\.version))
        upsert.add(rows.map(\.status.withoutNUL))
        upsert.add(rows.map { day($0.lights.near) })
        upsert.add(rows.map { day($0.lights.late) })
        upsert.add(rows.map { day($0.lights.over) })
        upsert.add(rows.map { $0.lights.isStopped ? 1 : 0 })
        upsert.add(rows.map { $0.lights.isRunning ? 1 : 0 })
        upsert.add(rows.map { day($0.finish) })
        upsert.add(rows.map { Int64($0.updatedOn.dayNumber) })
        upsert.add(rows.map { $0.departments.isEmpty ? "" : " \($0.departments.joined(separator: " ")) " })
        upsert.add(rows.map { $0.ownerName?.withoutNUL })
        upsert.add(rows.map(\.search.withoutNUL))
        upsert.add(rows.map(\.body))
        upsert.add(rows.map(\.tally))
        return upsert
    }

    // MARK: Reading

    public func unlistedCases(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [UnlistedCase] {
        var arguments = Statement("")
        arguments.add(max(0, limit))
        if let cursor { arguments.add(cursor.text) }
        let select = arguments.with(
            """
            SELECT id, coalesce(figures.version, 0) FROM cases LEFT JOIN figures ON case_number = number
            WHERE coalesce(figures.version, 0) < cases.version AND workflow <> '\(CaseSummary.officeWorkflow)'
                \(cursor == nil ? "" : "AND number > (SELECT number FROM cases WHERE id = $2)")
            ORDER BY number LIMIT $1
            """)
        return try await read("unlistedCases", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                UnlistedCase(caseID: try row.caseID(0), hasFigures: row.int(1) > 0)
            }
        }
    }

    public func tallies(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally] {
        try await tallies("tally FROM figures", "tallies", after: cursor, limit: limit)
    }

    public func handlings(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [StoredTally] {
        try await tallies("bytes FROM handlings", "handlings", after: cursor, limit: limit)
    }

    private func tallies(
        _ source: String, _ operation: String, after cursor: CaseID?, limit: Int
    ) async throws(StoreError) -> [StoredTally] {
        var arguments = Statement("")
        arguments.add(max(0, limit))
        if let cursor { arguments.add(cursor.text) }
        let select = arguments.with(
            """
            SELECT id, \(source) JOIN cases ON number = case_number
            \(cursor == nil ? "" : "WHERE case_number > (SELECT number FROM cases WHERE id = $2)")
            ORDER BY case_number LIMIT $1
            """)
        return try await read(operation, select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                StoredTally(caseID: try row.caseID(0), bytes: row.bytes(1))
            }
        }
    }

    /// - Parameter candidates: the cases that may have the text, where they are few.
    private static func query(
        _ filter: ListFilter, _ candidates: [Int64]?
    ) -> (arguments: Statement, conditions: [String]) {
        var arguments = Statement("")
        arguments.add(filter.date)
        // The date is an argument of every list, whether or not a light is looked for.
        var conditions = ["$1::bigint IS NOT NULL"]
        func name() -> String { "$\(arguments.types.count)" }
        if let owners = filter.owners {
            arguments.add(owners.prefix(ListFilter.ownerLimit).map(\.withoutNUL))
            conditions.append("case_number IN (\(ofOwners(name())))")
        }
        if let status = filter.status {
            arguments.add(status.withoutNUL)
            conditions.append("figures.status = \(name())")
        }
        if let department = filter.department {
            arguments.add(" \(department) ".withoutNUL)
            conditions.append("strpos(departments, \(name())) > 0")
        }
        if let text = filter.text {
            arguments.add(text.asciiLowercased.withoutNUL)
            conditions.append("strpos(search, \(name())) > 0")
        }
        if let candidates {
            arguments.add(candidates)
            conditions.append("figures.case_number = ANY (\(name()))")
        }
        switch filter.light {
        case nil: break
        case .over: conditions.append("over_on <= $1")
        case .late: conditions.append("late <= $1 AND over_on > $1")
        case .near: conditions.append("near <= $1 AND late > $1 AND over_on > $1")
        case .stopped: conditions.append("is_stopped AND near > $1 AND late > $1 AND over_on > $1")
        case .normal:
            conditions.append("is_running AND NOT is_stopped AND near > $1 AND late > $1 AND over_on > $1")
        }
        return (arguments, conditions)
    }

    public func listedCases(
        matching filter: ListFilter, in order: ListOrder, after cursor: ListPlace?, limit: Int
    ) async throws(StoreError) -> [ListedCase] {
        var (arguments, conditions) = Self.query(filter, try await candidates(for: filter.text))
        let (column, direction, sign) =
            switch order {
            case .urgency: ("late", "", ">")
            case .change: ("figures.updated_on", "DESC", "<")
            case .finish: ("finish", "", ">")
            case .opening: ("", "", ">")
            }
        let sorted = order == .opening ? "case_number" : "\(column) \(direction), case_number \(direction)"
        if let cursor {
            arguments.add(cursor.day)
            arguments.add(cursor.caseID.text)
            let last = arguments.types.count
            conditions.append(
                order == .opening
                    ? "$\(last - 1)::bigint IS NOT NULL AND case_number > (SELECT number FROM cases WHERE id = $\(last))"
                    : """
                    (\(column), case_number) \(sign) ($\(last - 1), (SELECT number FROM cases WHERE id = $\(last)))
                        AND EXISTS (SELECT 1 FROM cases WHERE id = $\(last))
                    """)
        }
        arguments.add(max(0, limit))
        let select = arguments.with(
            """
            SELECT \(Self.summaryColumns), \(Self.figureColumns)
            FROM figures JOIN cases ON cases.number = case_number WHERE \(conditions.joined(separator: " AND "))
            ORDER BY \(sorted) LIMIT $\(arguments.types.count)
            """)
        return try await read("listedCases", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                let listed = try Self.summary(row)
                return ListedCase(row: listed, figures: Self.figures(of: listed.caseID, row, from: 11))
            }
        }
    }

    public func countListed(matching filter: ListFilter, upTo bound: Int) async throws(StoreError) -> Int {
        var (arguments, conditions) = Self.query(filter, try await candidates(for: filter.text))
        arguments.add(max(0, bound))
        let select = arguments.with(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM figures WHERE \(conditions.joined(separator: " AND "))
                LIMIT $\(arguments.types.count)) AS found
            """)
        return try await read("countListed", select) { $0.first { $0.int(0) } ?? 0 }
    }

    private static func figures(of caseID: CaseID, _ row: Columns, from first: CInt) -> CaseFigures {
        func day(_ column: CInt) -> LocalDate? {
            let stored = row.int64(first + column)
            return stored == noLimit ? nil : LocalDate(dayNumber: Int(stored))
        }
        var figures = CaseFigures(
            caseID: caseID, version: row.int(first), status: row.text(first + 1), updatedOn: row.date(first + 8))
        figures.lights = ListedLights(
            near: day(2), late: day(3), over: day(4), isStopped: row.bool(first + 5), isRunning: row.bool(first + 6))
        figures.finish = day(7)
        figures.departments = row.text(first + 9).split(separator: " ").map(String.init)
        figures.ownerName = row.optionalText(first + 10)
        figures.search = row.text(first + 11)
        figures.body = row.bytes(first + 12)
        figures.tally = row.bytes(first + 13)
        return figures
    }

    public func recentEvents(by actor: String, depth: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        var select = Statement(
            """
            SELECT last_sequence, event_count, segments.hash, \(Self.previousHash), segments.body, cases.id
            FROM (SELECT * FROM segments ORDER BY position DESC LIMIT $1) AS segments
            JOIN cases ON cases.number = segments.case_number ORDER BY segments.position DESC
            """)
        select.add(max(0, depth))
        let found = try await read("recentEvents", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                Self.segment(row, of: try row.caseID(5), from: 0).reversed().filter { $0.event.actor == actor }
            }
        }.joined().prefix(max(0, limit))
        return found.count < limit
            ? found + (try await earlierEvents(by: actor, depth: depth, limit: limit - found.count)) : Array(found)
    }

    /// The same of a log's beginning, which an earlier version wrote.
    private func earlierEvents(by actor: String, depth: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        // A command has an event at least, so that as many of them reach back far enough.
        var select = Statement(
            """
            SELECT sequence, 1, events.hash, previous_hash, NULL::bytea, kind, schema, on_day, at_ms, actor, payload, events.key,
                cases.id
            FROM (SELECT case_number, version, event_count, position FROM commands
                WHERE position IS NOT NULL AND event_count IS NOT NULL ORDER BY position DESC LIMIT $1) AS recent
            JOIN events ON events.case_number = recent.case_number
                AND events.sequence > recent.version - recent.event_count AND events.sequence <= recent.version
            JOIN cases ON cases.number = recent.case_number
            WHERE events.actor = $2 ORDER BY recent.position DESC, events.sequence DESC LIMIT $3
            """)
        select.add(max(0, depth))
        select.add(actor.withoutNUL)
        select.add(max(0, limit))
        return try await read("recentEvents", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in try Self.event(row, of: try row.caseID(12)) }
        }
    }
}
