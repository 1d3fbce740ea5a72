import Orchestrator
import WorkCalendar

// `tasks.due` of a task without a limit is `noLimit`, so that such tasks come last and one index gives the order.
extension PostgresStore {
    static let noLimit = Int64(Int32.max)

    static func day(_ due: LocalDate?) -> Int64 { due.map { Int64($0.dayNumber) } ?? noLimit }

    /// The arguments of a filter and the conditions that name them.
    private static func query(
        _ party: String, _ filter: TaskFilter, others: Bool = false
    ) -> (arguments: Statement, conditions: [String]) {
        var arguments = Statement("")
        arguments.add(party.withoutNUL)
        var conditions = ["tasks.party \(others ? "<>" : "=") $1"]
        func name() -> String { "$\(arguments.types.count)" }
        if let owner = filter.owner {
            arguments.add(owner.withoutNUL)
            conditions.append("cases.owner = \(name())")
        }
        if let project = filter.project {
            arguments.add(project.withoutNUL)
            conditions.append("cases.project_code = \(name())")
        }
        if let cases = filter.cases {
            arguments.add(cases.prefix(TaskFilter.caseLimit).map(\.text))
            conditions.append("cases.id = ANY (\(name()))")
        }
        if let last = filter.dueThrough {
            arguments.add(last)
            conditions.append("tasks.due <= \(name())")
        }
        if let owners = filter.owners {
            arguments.add(owners.prefix(ListFilter.ownerLimit).map(\.withoutNUL))
            conditions.append("cases.number IN (\(Self.ofOwners(name())))")
        }
        if let lead = filter.lead {
            arguments.add(lead.withoutNUL)
            conditions.append("tasks.lead = \(name())")
        }
        if let person = filter.person {
            arguments.add("\n\(person)\n".withoutNUL)
            conditions.append("(tasks.barred IS NULL OR strpos(tasks.barred, \(name())) = 0)")
        }
        return (arguments, conditions)
    }

    public func tasks(
        of party: String, _ filter: TaskFilter, after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        try await tasks(Self.query(party, filter), after: cursor, limit: limit)
    }

    public func tasks(
        ofOthersThan party: String, _ filter: TaskFilter, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        guard filter.lead != nil || filter.namesCases else { return [] }
        return try await tasks(Self.query(party, filter, others: true), after: nil, limit: limit)
    }

    private func tasks(
        _ query: (arguments: Statement, conditions: [String]), after cursor: CaseTask?, limit: Int
    ) async throws(StoreError) -> [CaseTask] {
        var (arguments, conditions) = query
        if let cursor {
            let first = arguments.types.count + 1
            conditions.append(
                """
                (tasks.rank, tasks.due, tasks.case_number, tasks.name)
                    > ($\(first), $\(first + 1), (SELECT number FROM cases WHERE id = $\(first + 2)), $\(first + 3))
                    AND EXISTS (SELECT 1 FROM cases WHERE id = $\(first + 2))
                """)
            arguments.add(cursor.task.rank)
            arguments.add(Self.day(cursor.task.due))
            arguments.add(cursor.caseID.text)
            arguments.add(cursor.task.name.withoutNUL)
        }
        arguments.add(max(0, limit))
        let select = arguments.with(
            """
            SELECT cases.id, cases.project_code, cases.title, cases.owner, tasks.name, tasks.rank, tasks.due, tasks.body,
                tasks.party, tasks.lead, tasks.barred
            FROM tasks JOIN cases ON cases.number = tasks.case_number
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY tasks.rank, tasks.due, tasks.case_number, tasks.name LIMIT $\(arguments.types.count)
            """)
        return try await read("tasks", select) { rows throws(PostgresFailure) in
            try rows.all { row throws(PostgresFailure) in
                let due = row.int64(6)
                return CaseTask(
                    caseID: try row.caseID(0), projectCode: row.optionalText(1), title: row.text(2),
                    owner: row.optionalText(3),
                    task: StoredTask(
                        name: row.text(4), party: row.text(8), rank: row.int(5),
                        due: due == Self.noLimit ? nil : LocalDate(dayNumber: Int(due)), lead: row.optionalText(9),
                        barred: StoredTask.barred(row.optionalText(10)), body: row.bytes(7)))
            }
        }
    }

    public func taskCount(
        of party: String, _ filter: TaskFilter, today: LocalDate, horizon: LocalDate
    ) async throws(StoreError) -> TaskCount {
        var (arguments, conditions) = Self.query(party, filter)
        let first = arguments.types.count + 1
        arguments.add(today)
        // A task without a limit is due on no day, however far the horizon.
        arguments.add(min(Int64(horizon.dayNumber), Self.noLimit - 1))
        let joins = conditions.contains { $0.contains("cases.") }
        let select = arguments.with(
            """
            SELECT count(*), count(*) FILTER (WHERE tasks.due < $\(first)),
                count(*) FILTER (WHERE tasks.due >= $\(first) AND tasks.due <= $\(first + 1))
            FROM tasks \(joins ? "JOIN cases ON cases.number = tasks.case_number" : "")
            WHERE \(conditions.joined(separator: " AND "))
            """)
        return try await read("taskCount", select) { rows in
            rows.first { TaskCount(open: $0.int(0), overdue: $0.int(1), dueSoon: $0.int(2)) }
                ?? TaskCount(open: 0, overdue: 0, dueSoon: 0)
        }
    }
}
