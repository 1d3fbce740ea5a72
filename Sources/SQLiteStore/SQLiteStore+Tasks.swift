import GRDB
import Orchestrator
import WorkCalendar

// `tasks.due` of a task without a limit is `noLimit`, so that such tasks come last and one index gives the order.
extension SQLiteStore {
    static let noLimit = Int64(Int32.max)

    /// The conditions of a filter with what is bound to them, and which table leads: cases, when they are few.
    struct TaskQuery: Sendable {
        var tables = "tasks CROSS JOIN cases ON cases.number = tasks.case_number"
        var conditions = ["party = ?"]
        private let party: String
        private let filter: TaskFilter
        private let cases: ArraySlice<CaseID>
        private let owners: ArraySlice<String>

        /// - Parameter others: whether the tasks of everybody but the party are wanted.
        init(_ party: String, _ filter: TaskFilter, others: Bool = false) {
            self.party = party
            self.filter = filter
            cases = (filter.cases ?? []).prefix(TaskFilter.caseLimit)
            owners = (filter.owners ?? []).prefix(ListFilter.ownerLimit)
            // The index of parties is of no use to whoever wants all but one.
            if others { conditions = ["+party <> ?"] }
            if filter.namesCases {
                tables = "cases CROSS JOIN tasks ON tasks.case_number = cases.number"
            }
            if filter.owner != nil { conditions.append("cases.owner = ?") }
            if filter.project != nil { conditions.append("cases.project_code = ?") }
            if filter.cases != nil {
                conditions.append("cases.id IN (\(cases.map { _ in "?" }.joined(separator: ", ")))")
            }
            if filter.dueThrough != nil { conditions.append("tasks.due <= ?") }
            if filter.owners != nil { conditions.append("cases.number IN (\(SQLiteStore.ofOwners(owners.count)))") }
            if filter.lead != nil { conditions.append("tasks.lead = ?") }
            if filter.person != nil { conditions.append("(tasks.barred IS NULL OR instr(tasks.barred, ?) = 0)") }
        }

        func bind(_ binder: inout Binder) {
            binder.add(party)
            if let owner = filter.owner { binder.add(owner) }
            if let project = filter.project { binder.add(project) }
            for id in cases { binder.add(id.text) }
            if let last = filter.dueThrough { binder.add(last) }
            if filter.owners != nil { SQLiteStore.bind(owners, &binder) }
            if let lead = filter.lead { binder.add(lead) }
            if let person = filter.person { binder.add("\n\(person)\n") }
        }

        var condition: String { conditions.joined(separator: " AND ") }
    }

    public func tasks(
        of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        try await tasks(TaskQuery(party, filter), after: cursor, limit: limit)
    }

    public func tasks(
        ofOthersThan party: String, _ filter: TaskFilter, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        guard filter.lead != nil || filter.namesCases else { return [] }
        return try await tasks(TaskQuery(party, filter, others: true), after: nil, limit: limit)
    }

    private func tasks(
        _ query: TaskQuery, after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        var query = query
        if cursor != nil {
            query.conditions.append(
                """
                (tasks.rank, tasks.due, tasks.case_number, tasks.name)
                    > (?, ?, (SELECT number FROM cases WHERE id = ?), ?)
                    AND EXISTS (SELECT 1 FROM cases WHERE id = ?)
                """)
        }
        let sql = """
            SELECT cases.id, cases.project_code, cases.title, cases.owner, tasks.name, tasks.rank, tasks.due, tasks.body,
                tasks.party, tasks.lead, tasks.barred
            FROM \(query.tables) WHERE \(query.condition)
            ORDER BY tasks.rank, tasks.due, tasks.case_number, tasks.name LIMIT ?
            """
        return try await read("tasks") { [query] db in
            try PreparedStatement(db, sql).all({
                query.bind(&$0)
                if let cursor {
                    $0.add(cursor.task.rank)
                    $0.add(cursor.task.due.map { Int64($0.dayNumber) } ?? Self.noLimit)
                    $0.add(cursor.caseID.text)
                    $0.add(cursor.task.name)
                    $0.add(cursor.caseID.text)
                }
                $0.add(max(0, limit))
            }) { row in
                CaseTask(
                    caseID: try row.caseID(0), projectCode: row.optionalText(1), title: row.text(2),
                    owner: row.optionalText(3),
                    task: StoredTask(
                        name: row.text(4), party: row.text(8), rank: row.int(5), due: Self.limit(row.int64(6)),
                        lead: row.optionalText(9), barred: StoredTask.barred(row.optionalText(10)),
                        body: row.bytes(7)))
            }
        }
    }

    public func taskCount(
        of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate
    ) async throws(StoreError) -> TaskCount {
        let query = TaskQuery(party, filter)
        let sql = """
            SELECT count(*), total(tasks.due < ?), total(tasks.due BETWEEN ? AND ?)
            FROM \(filter.namesCases ? query.tables : "tasks") WHERE \(query.condition)
            """
        return try await read("taskCount") { db in
            let count = try PreparedStatement(db, sql).first({
                $0.add(today)
                $0.add(today)
                $0.add(horizon)
                query.bind(&$0)
            }) { TaskCount(open: $0.int(0), overdue: $0.int(1), dueSoon: $0.int(2)) }
            return count ?? TaskCount(open: 0, overdue: 0, dueSoon: 0)
        }
    }

    private static func limit(_ stored: Int64) -> LocalDate? {
        stored == noLimit ? nil : LocalDate(dayNumber: Int(stored))
    }

    /// Writes only the differences, which are looked for where all of the list was given.
    static func change(tasksOf number: Int64, by change: ListChange<StoredTask>, in db: Database) throws {
        switch change {
        case .unchanged: break
        case .all(let tasks):
            let select = try PreparedStatement(
                db, "SELECT name, party, rank, due, body, lead, barred FROM tasks WHERE case_number = ?")
            let stored = try select.all({ $0.add(number) }) { row in
                StoredTask(
                    name: row.text(0), party: row.text(1), rank: row.int(2), due: limit(row.int64(3)),
                    lead: row.optionalText(5), barred: StoredTask.barred(row.optionalText(6)), body: row.bytes(4))
            }
            try self.change(tasksOf: number, by: .from(stored, to: tasks), in: db)
        case .differences(let gone, let put):
            for name in gone {
                try PreparedStatement(db, "DELETE FROM tasks WHERE case_number = ? AND name = ?").run {
                    $0.add(number)
                    $0.add(name)
                }
            }
            for task in put { try self.put(task, of: number, in: db) }
        }
    }

    private static func put(_ task: StoredTask, of number: Int64, in db: Database) throws {
        let put = try PreparedStatement(
            db,
            """
            INSERT INTO tasks (case_number, name, party, rank, due, body, lead, barred) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (case_number, name) DO UPDATE SET party = excluded.party, rank = excluded.rank,
                due = excluded.due, body = excluded.body, lead = excluded.lead, barred = excluded.barred
            """)
        try put.run {
            $0.add(number)
            $0.add(task.name)
            $0.add(task.party)
            $0.add(task.rank)
            $0.add(task.due.map { Int64($0.dayNumber) } ?? noLimit)
            $0.add(task.body)
            $0.add(task.lead)
            $0.add(task.barredLines)
        }
    }

    // MARK: Changes and definitions

    public func latestPosition() async throws(StoreError) -> Int64 {
        try await read("latestPosition") { db in
            try PreparedStatement(db, "SELECT max(position) FROM events").first { $0.int64(0) } ?? 0
        }
    }

    public func changedCases(after position: Int64, limit: Int) async throws(StoreError) -> [ChangedCase] {
        // Positions grow in the order of commits: there is one writer at a time.
        try await read("changedCases") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT (SELECT id FROM cases WHERE number = case_number), max(position) AS last, max(sequence)
                FROM (SELECT case_number, position, sequence FROM events WHERE position > ? ORDER BY position LIMIT ?)
                GROUP BY case_number ORDER BY last
                """)
            return try select.all({
                $0.add(position)
                $0.add(max(0, limit))
            }) { ChangedCase(caseID: try $0.caseID(0), position: $0.int64(1), version: $0.int(2)) }
        }
    }

    public func definitions(after cursor: DefinitionEntry?, limit: Int) async throws(StoreError) -> [DefinitionEntry] {
        try await read("definitions") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT id, version, content_hash FROM definitions WHERE (id, version) > (?, ?)
                ORDER BY id, version LIMIT ?
                """)
            return try select.all({
                $0.add(cursor?.id ?? "")
                $0.add(cursor?.version ?? "")
                $0.add(max(0, limit))
            }) { DefinitionEntry(id: $0.text(0), version: $0.text(1), contentHash: $0.hash(2)) }
        }
    }
}
