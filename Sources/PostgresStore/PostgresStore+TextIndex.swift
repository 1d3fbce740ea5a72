import Orchestrator

/// The index of what texts are looked for in (检索索引): the pieces of each case's text as an array under a GIN index, in a table
/// of its own, so that figures which change every day leave it alone.
extension PostgresStore {
    /// Brings the index up to the figures of some cases: those whose text is another one than it knows.
    static func indexTexts(of ids: [String]) -> Statement {
        var put = Statement(
            """
            INSERT INTO figure_grams (case_number, search, grams)
            SELECT figures.case_number, figures.search, ARRAY(
                SELECT DISTINCT substr(figures.search, place, width)
                FROM generate_series(1, length(figures.search)) AS place,
                    generate_series(1, \(SearchGrams.width)) AS width)
            FROM figures JOIN cases ON cases.number = figures.case_number
            LEFT JOIN figure_grams AS known ON known.case_number = figures.case_number
            WHERE cases.id = ANY ($1) AND known.search IS DISTINCT FROM figures.search
            ON CONFLICT (case_number) DO UPDATE SET search = excluded.search, grams = excluded.grams
            """)
        put.add(ids)
        return put
    }

    /// Keeps what reports are made of, of the cases whose figures are those given.
    static func keepHandlings(_ rows: [CaseFigures]) -> [Statement] {
        let given = rows.compactMap { row in row.handling.map { (id: row.caseID.text, version: row.version, bytes: $0) }
        }
        if given.isEmpty { return [] }
        var put = Statement(
            """
            INSERT INTO handlings (case_number, bytes)
            SELECT cases.number, given.bytes FROM unnest($1, $2, $3) AS given (case_id, version, bytes)
            JOIN cases ON cases.id = given.case_id
            JOIN figures ON figures.case_number = cases.number AND figures.version = given.version
            ORDER BY cases.number
            ON CONFLICT (case_number) DO UPDATE SET bytes = excluded.bytes
            """)
        put.add(given.map(\.id))
        put.add(given.map(\.version))
        put.add(given.map(\.bytes))
        return [put]
    }

    /// The numbers of the cases that may have a text; `nil` without one, and where they are too many to be looked up.
    func candidates(for text: String?) async throws(StoreError) -> [Int64]? {
        let wanted = SearchGrams.wanted(by: (text ?? "").asciiLowercased.withoutNUL)
        if wanted.isEmpty { return nil }
        var select = Statement("SELECT case_number FROM figure_grams WHERE grams @> $1 LIMIT $2")
        select.add(wanted)
        select.add(SearchGrams.candidateLimit + 1)
        let found = try await read("candidates", select) { rows in rows.all { $0.int64(0) } }
        return found.count <= SearchGrams.candidateLimit ? found : nil
    }
}
