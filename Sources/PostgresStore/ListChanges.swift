import Orchestrator

/// What becomes of one list of several cases.
struct ListChanges<Row: NamedRow> {
    /// Cases of which all rows are put, and what is not among them goes.
    private var replaced: [CaseID] = []
    private var gone: [(CaseID, String)] = []
    /// Of a list that is replaced, the rows that are as they were are left alone.
    private(set) var put: [(CaseID, Row)] = []

    init(_ changes: [(CaseID, ListChange<Row>)]) {
        for (id, change) in changes {
            if case .all = change { replaced.append(id) }
            if case .differences(let names, _) = change { gone += names.map { (id, $0) } }
            put += change.rows.map { (id, $0) }
        }
    }

    func removing(from table: String) -> [Statement] {
        var statements: [Statement] = []
        if !replaced.isEmpty {
            let all = Set(replaced)
            let kept = put.filter { all.contains($0.0) }
            var remove = Statement(
                """
                DELETE FROM \(table) USING cases WHERE cases.id = ANY ($1) AND \(table).case_number = cases.number
                    AND (cases.id, \(table).name) NOT IN (SELECT * FROM unnest($2, $3))
                """)
            remove.add(replaced.map(\.text))
            remove.add(kept.map(\.0.text))
            remove.add(kept.map(\.1.name))
            statements.append(remove)
        }
        if !gone.isEmpty {
            var remove = Statement(
                """
                DELETE FROM \(table) USING unnest($1, $2) AS given (case_id, name) JOIN cases ON cases.id = given.case_id
                WHERE \(table).case_number = cases.number AND \(table).name = given.name
                """)
            remove.add(gone.map(\.0.text))
            remove.add(gone.map(\.1))
            statements.append(remove)
        }
        return statements
    }
}
