import Orchestrator

/// The position of an event over all cases: the number of its transaction, then its place in it.
///
/// Transactions become visible in another order than they are numbered, so positions are shown only up to the first that
/// is still under way: nothing below it can appear any more.
enum ChangePosition {
    /// Bits for the place: more than the events that the largest batch holds.
    static let bits = 20
}

extension PostgresStore {
    /// What is read in one exchange, each statement after the one before it.
    ///
    /// First the transaction that comes next, at the earliest; then those under way that hold the lock which every append
    /// takes before it gets its number; then the rows. Whatever is not visible in the rows then either is among the
    /// second or will be numbered above the first.
    private func follow(_ operation: String, _ rows: Statement) async throws(StoreError) -> (floor: Int64, ResultSet) {
        let statements = [
            Statement("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
            Statement(
                """
                WITH locks AS MATERIALIZED (
                    SELECT locktype, relation, database, virtualtransaction, transactionid, mode, granted FROM pg_locks)
                SELECT DISTINCT own.transactionid::text::bigint FROM locks AS held
                JOIN locks AS own ON own.virtualtransaction = held.virtualtransaction
                WHERE held.relation = to_regclass('cases') AND held.granted
                    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock' AND own.granted
                """), rows,
        ]
        let results = try await transact(operation) { transaction async throws(PostgresFailure) in
            try await transaction.look(statements)
        }
        let next = results[0].first { $0.int64(0) } ?? 0
        let first = results[1].all { Self.full($0.int64(0), near: next) }.min()
        return (min(next, first ?? next) << ChangePosition.bits, results[2])
    }

    /// The 64 bits of a transaction's number, of which a lock shows the lower 32.
    static func full(_ low: Int64, near next: Int64) -> Int64 {
        let span: Int64 = 1 << 32
        let candidate = next / span * span + low
        if candidate > next + span / 2 { return candidate - span }
        return candidate < next - span / 2 ? candidate + span : candidate
    }

    public func latestPosition() async throws(StoreError) -> Int64 {
        // The newest are few: those of transactions that ended after one that is still under way.
        let newest = Statement(
            """
            (SELECT position FROM segments ORDER BY position DESC LIMIT 1000)
            UNION ALL
            (SELECT position FROM commands WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1000)
            ORDER BY 1 DESC LIMIT 1000
            """)
        let (floor, rows) = try await follow("latestPosition", newest)
        if let latest = rows.all({ $0.int64(0) }).first(where: { $0 < floor }) { return latest }
        if rows.count == 0 { return 0 }
        var below = Statement(
            """
            SELECT greatest(
                (SELECT max(position) FROM segments WHERE position < $1),
                (SELECT max(position) FROM commands WHERE position < $1))
            """)
        below.add(floor)
        return try await read("latestPosition", below) { $0.first { $0.int64(0) } ?? 0 }
    }

    public func changedCases(after position: Int64, limit: Int) async throws(StoreError) -> [ChangedCase] {
        if limit <= 0 { return [] }
        var select = Statement(
            """
            SELECT cases.id, changed.position, changed.event_count, changed.version FROM (
                (SELECT case_number, position, event_count, last_sequence AS version
                    FROM segments WHERE position > $1 ORDER BY position LIMIT $2)
                UNION ALL
                (SELECT case_number, position, event_count, version
                    FROM commands WHERE position > $1 ORDER BY position LIMIT $2)
            ) AS changed JOIN cases ON cases.number = changed.case_number
            ORDER BY changed.position LIMIT $2
            """)
        select.add(max(0, position))
        select.add(limit)
        let (floor, rows) = try await follow("changedCases", select)
        var latest: [CaseID: ChangedCase] = [:]
        var left = Int64(limit)
        do throws(PostgresFailure) {
            let changes = try rows.all { row throws(PostgresFailure) in
                (id: try row.caseID(0), last: row.int64(1), count: row.int64(2), version: row.int(3))
            }
            for change in changes where change.last < floor && left > 0 {
                // A page may end within one transaction's events of a case, and the next begins there.
                let first = max(change.last - change.count + 1, position + 1)
                let end = min(change.last, first + left - 1)
                left -= end - first + 1
                latest[change.id] = ChangedCase(
                    caseID: change.id, position: end, version: change.version - Int(change.last - end))
            }
        } catch {
            throw StoreError(error, operation: "changedCases")
        }
        return latest.values.sorted { $0.position < $1.position }
    }
}
