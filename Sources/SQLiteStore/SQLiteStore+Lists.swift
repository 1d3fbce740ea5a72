import GRDB
import Orchestrator
import WorkCalendar

extension SQLiteStore: ListStore {
    static let figureColumns = """
        figures.version, figures.status, near, late, over, is_stopped, is_running, finish, figures.updated_on,
        departments, owner_name, search, figures.body, tally
        """

    /// The numbers of the cases of so many owners or projects.
    static func ofOwners(_ count: Int) -> String {
        let names = Array(repeating: "?", count: count).joined(separator: ", ")
        return """
            SELECT number FROM cases WHERE owner IN (\(names)) UNION
            SELECT number FROM cases WHERE project_code IN (\(names)) UNION
            SELECT case_number FROM figures WHERE owner_name IN (\(names))
            """
    }

    static func bind(_ owners: ArraySlice<String>, _ binder: inout Binder) {
        for _ in 0..<3 { for owner in owners { binder.add(owner) } }
    }

    // MARK: Keeping

    public func putFigures(_ figures: [CaseFigures]) async throws(StoreError) {
        for given in figures {
            if let defect = given.defect {
                throw StoreError(.rejected, operation: "putFigures", underlying: "case \(given.caseID): \(defect)")
            }
        }
        if figures.isEmpty { return }
        try await write("putFigures") { db in
            for given in figures { try Self.put(given, in: db) }
        }
    }

    private static func put(_ given: CaseFigures, in db: Database) throws {
        let found = try PreparedStatement(db, "SELECT number, version FROM cases WHERE id = ?")
            .first({ $0.add(given.caseID.text) }) { (number: $0.int64(0), version: $0.int(1)) }
        guard let found else { return }
        let known = try PreparedStatement(db, "SELECT search FROM figures WHERE case_number = ?")
            .first({ $0.add(found.number) }) { $0.text(0) }
        let upsert = try PreparedStatement(
            db,
            """
            INSERT INTO figures (case_number, version, status, near, late, over, is_stopped, is_running, finish,
                updated_on, departments, owner_name, search, body, tally)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (case_number) DO UPDATE SET version = excluded.version, status = excluded.status,
                near = excluded.near, late = excluded.late, over = excluded.over, is_stopped = excluded.is_stopped,
                is_running = excluded.is_running, finish = excluded.finish, updated_on = excluded.updated_on,
                departments = excluded.departments, owner_name = excluded.owner_name, search = excluded.search,
                body = excluded.body, tally = excluded.tally
            WHERE figures.version < excluded.version
            """)
        try upsert.run {
            $0.add(found.number)
            $0.add(given.version)
            $0.add(given.status)
            $0.add(Self.day(given.lights.near))
            $0.add(Self.day(given.lights.late))
            $0.add(Self.day(given.lights.over))
            $0.add(given.lights.isStopped ? 1 : 0)
            $0.add(given.lights.isRunning ? 1 : 0)
            $0.add(Self.day(given.finish))
            $0.add(given.updatedOn)
            $0.add(given.departments.isEmpty ? "" : " \(given.departments.joined(separator: " ")) ")
            $0.add(given.ownerName)
            $0.add(given.search)
            $0.add(given.body)
            $0.add(given.tally)
        }
        guard db.changesCount == 1 else { return }
        try TextIndex.replace(known ?? "", by: given.search, of: found.number, in: db)
        if let handling = given.handling {
            let put = try PreparedStatement(
                db,
                """
                INSERT INTO handlings (case_number, bytes) VALUES (?, ?)
                ON CONFLICT (case_number) DO UPDATE SET bytes = excluded.bytes
                """)
            try put.run {
                $0.add(found.number)
                $0.add(handling)
            }
        }
        if found.version == given.version, let tasks = given.tasks {
            try change(tasksOf: found.number, by: .all(tasks), in: db)
        }
    }

    private static func day(_ day: LocalDate?) -> Int64 { day.map { Int64($0.dayNumber) } ?? noLimit }

    // MARK: Reading

    public func unlistedCases(after cursor: CaseID?, limit: Int) async throws(StoreError) -> [UnlistedCase] {
        let sql = """
            SELECT id, figures.version FROM cases LEFT JOIN figures ON case_number = number
            WHERE coalesce(figures.version, 0) < cases.version AND workflow <> '\(CaseSummary.officeWorkflow)'
                \(cursor == nil ? "" : "AND number > (SELECT number FROM cases WHERE id = ?)")
            ORDER BY number LIMIT ?
            """
        return try await read("unlistedCases") { db in
            try PreparedStatement(db, sql).all({
                if let cursor { $0.add(cursor.text) }
                $0.add(max(0, limit))
            }) { UnlistedCase(caseID: try $0.caseID(0), hasFigures: $0.int(1) > 0) }
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
        let sql = """
            SELECT id, \(source) JOIN cases ON number = case_number
            \(cursor == nil ? "" : "WHERE case_number > (SELECT number FROM cases WHERE id = ?)")
            ORDER BY case_number LIMIT ?
            """
        return try await read(operation) { db in
            try PreparedStatement(db, sql).all({
                if let cursor { $0.add(cursor.text) }
                $0.add(max(0, limit))
            }) { StoredTally(caseID: try $0.caseID(0), bytes: $0.bytes(1)) }
        }
    }

    /// The conditions of a filter with what is bound to them.
    private struct ListQuery: Sendable {
        let filter: ListFilter
        var conditions: [String] = []
        private let owners: ArraySlice<String>
        /// The cases that may have the text, where they are few.
        private var candidates: String?

        init(_ filter: ListFilter) {
            self.filter = filter
            owners = (filter.owners ?? []).prefix(ListFilter.ownerLimit)
            if filter.owners != nil { conditions.append("case_number IN (\(SQLiteStore.ofOwners(owners.count)))") }
            if filter.status != nil { conditions.append("figures.status = ?") }
            if filter.department != nil { conditions.append("instr(departments, ?) > 0") }
            if filter.text != nil { conditions.append("instr(search, ?) > 0") }
            if let light = filter.light { conditions.append(Self.condition(light, on: filter.date.dayNumber)) }
        }

        private static func condition(_ light: ListedLight, on day: Int) -> String {
            switch light {
            case .over: "over <= \(day)"
            case .late: "late <= \(day) AND over > \(day)"
            case .near: "near <= \(day) AND late > \(day) AND over > \(day)"
            case .stopped: "is_stopped AND near > \(day) AND late > \(day) AND over > \(day)"
            case .normal:
                "is_running AND NOT is_stopped AND near > \(day) AND late > \(day) AND over > \(day)"
            }
        }

        /// Looks in the index for the text; the candidates are bound last.
        func narrowed(in db: Database) throws -> ListQuery {
            guard let text = filter.text, let found = try TextIndex.candidates(for: text.asciiLowercased, in: db) else {
                return self
            }
            var query = self
            query.candidates = found
            query.conditions.append("case_number IN (SELECT value FROM json_each(?))")
            return query
        }

        func bind(_ binder: inout Binder) {
            if filter.owners != nil { SQLiteStore.bind(owners, &binder) }
            if let status = filter.status { binder.add(status) }
            if let department = filter.department { binder.add(" \(department) ") }
            if let text = filter.text { binder.add(text.asciiLowercased) }
            if let candidates { binder.add(candidates) }
        }

        var condition: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }
    }

    public func listedCases(
        matching filter: ListFilter, in order: ListOrder, after cursor: ListPlace?, limit: Int
    ) async throws(StoreError) -> [ListedCase] {
        let query = ListQuery(filter)
        let (column, direction, sign) =
            switch order {
            case .urgency: ("late", "", ">")
            case .change: ("figures.updated_on", "DESC", "<")
            case .finish: ("finish", "", ">")
            case .opening: ("", "", ">")
            }
        let sorted = order == .opening ? "case_number" : "\(column) \(direction), case_number \(direction)"
        let after =
            order == .opening
            ? "case_number > (SELECT number FROM cases WHERE id = ?)"
            : """
            (\(column), case_number) \(sign) (?, (SELECT number FROM cases WHERE id = ?))
                AND EXISTS (SELECT 1 FROM cases WHERE id = ?)
            """
        return try await read("listedCases") { db in
            var query = try query.narrowed(in: db)
            if cursor != nil { query.conditions.append(after) }
            // In this order of tables, so that the index of the order is walked and each row's case looked up.
            let sql = """
                SELECT \(Self.summaryColumns), \(Self.figureColumns)
                FROM figures CROSS JOIN cases ON cases.number = case_number \(query.condition)
                ORDER BY \(sorted) LIMIT ?
                """
            return try PreparedStatement(db, sql).all({
                query.bind(&$0)
                if let cursor {
                    if order != .opening {
                        $0.add(cursor.day)
                        $0.add(cursor.caseID.text)
                    }
                    $0.add(cursor.caseID.text)
                }
                $0.add(max(0, limit))
            }) { row in
                let listed = try Self.summary(row)
                return ListedCase(row: listed, figures: Self.figures(of: listed.caseID, row, from: 11))
            }
        }
    }

    public func countListed(matching filter: ListFilter, upTo bound: Int) async throws(StoreError) -> Int {
        let query = ListQuery(filter)
        return try await read("countListed") { db in
            let query = try query.narrowed(in: db)
            let sql = "SELECT count(*) FROM (SELECT 1 FROM figures \(query.condition) LIMIT ?)"
            return try PreparedStatement(db, sql).first({
                query.bind(&$0)
                $0.add(max(0, bound))
            }) { $0.int(0) } ?? 0
        }
    }

    private static func figures(of caseID: CaseID, _ row: Columns, from first: CInt) -> CaseFigures {
        func day(_ column: CInt) -> LocalDate? {
            let stored = row.int64(first + column)
            return stored == noLimit ? nil : LocalDate(dayNumber: Int(stored))
        }
        var figures = CaseFigures(
            caseID: caseID, version: row.int(first), status: row.text(first + 1), updatedOn: row.date(first + 8))
        figures.lights = ListedLights(
            near: day(2), late: day(3), over: day(4), isStopped: row.int(first + 5) != 0,
            isRunning: row.int(first + 6) != 0)
        figures.finish = day(7)
        figures.departments = row.text(first + 9).split(separator: " ").map(String.init)
        figures.ownerName = row.optionalText(first + 10)
        figures.search = row.text(first + 11)
        figures.body = row.bytes(first + 12)
        figures.tally = row.bytes(first + 13)
        return figures
    }

    public func recentEvents(by actor: String, depth: Int, limit: Int) async throws(StoreError) -> [EventRecord] {
        try await read("recentEvents") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT sequence, kind, schema, on_day, at_ms, actor, payload, key, previous_hash, hash,
                    (SELECT id FROM cases WHERE number = case_number)
                FROM events WHERE position > (SELECT max(position) FROM events) - ? AND actor = ?
                ORDER BY position DESC LIMIT ?
                """)
            return try select.all({
                $0.add(max(0, depth))
                $0.add(actor)
                $0.add(max(0, limit))
            }) { try Self.record($0, of: try $0.caseID(10)) }
        }
    }
}
