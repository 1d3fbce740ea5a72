import GRDB
import Orchestrator

// `shards.state`: 0 open, 1 done, 2 parked.
extension SQLiteStore {
    public func submit(_ job: JobRecord) async throws(StoreError) -> Bool {
        if let defect = job.defect { throw StoreError(.rejected, operation: "submit", underlying: defect) }
        return try await write("submit") { db in
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO jobs (id, kind, spec, shards, created_ms) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """)
            try insert.run {
                $0.add(job.id)
                $0.add(job.kind)
                $0.add(job.spec)
                $0.add(job.shards)
                $0.add(job.createdAt)
            }
            if db.changesCount == 0 { return false }
            let number = db.lastInsertedRowID
            let shard = try PreparedStatement(db, "INSERT INTO shards (job_number, number) VALUES (?, ?)")
            for index in 0..<job.shards {
                try shard.run {
                    $0.add(number)
                    $0.add(index)
                }
            }
            return true
        }
    }

    public func job(_ id: String) async throws(StoreError) -> JobRecord? {
        try await read("job") { db in
            try PreparedStatement(db, "SELECT id, kind, spec, shards, created_ms FROM jobs WHERE id = ?")
                .first({ $0.add(id) }) { row in
                    JobRecord(
                        id: row.text(0), kind: row.text(1), spec: row.bytes(2), shards: row.int(3),
                        createdAt: Instant(milliseconds: row.int64(4)))
                }
        }
    }

    public func claimShards(
        of kinds: [String], by holder: String, limit: Int, for duration: Duration
    ) async throws(StoreError) -> [ClaimedShard] {
        if kinds.isEmpty || limit <= 0 { return [] }
        let marks = kinds.map { _ in "?" }.joined(separator: ", ")
        // Most times there is nothing to do, and a look costs no sync.
        let open = """
            SELECT jobs.id, shards.job_number, shards.number, token, attempts FROM jobs
            JOIN shards ON shards.job_number = jobs.number AND state = 0
            WHERE NOT is_cancelled AND kind IN (\(marks)) AND ends_ms <= ?
            ORDER BY jobs.number, shards.number LIMIT ?
            """
        @Sendable func bind(_ binder: inout Binder) {
            for kind in kinds { binder.add(kind) }
            binder.add(Instant.now)
            binder.add(limit)
        }
        guard try await read("claimShards", { db in try PreparedStatement(db, open).first(bind) { _ in true } }) != nil
        else { return [] }
        return try await write("claimShards") { db in
            let found = try PreparedStatement(db, open).all(bind) { row in
                (
                    number: row.int64(1),
                    shard: ClaimedShard(
                        job: row.text(0), index: row.int(2), token: row.int64(3) + 1, attempts: row.int(4) + 1)
                )
            }
            let ends = Instant.now.adding(duration)
            let update = try PreparedStatement(
                db,
                """
                UPDATE shards SET token = ?, attempts = ?, holder = ?, ends_ms = ? WHERE job_number = ? AND number = ?
                """)
            for (number, shard) in found {
                try update.run {
                    $0.add(shard.token)
                    $0.add(shard.attempts)
                    $0.add(holder)
                    $0.add(ends)
                    $0.add(number)
                    $0.add(shard.index)
                }
            }
            return found.map(\.shard)
        }
    }

    public func renew(_ shard: ClaimedShard, for duration: Duration) async throws(StoreError) -> Bool {
        try await change(shard, "renew", "ends_ms = ?", and: "AND NOT is_cancelled") {
            $0.add(Instant.now.adding(duration))
        }
    }

    public func finish(_ shard: ClaimedShard, result: [UInt8]) async throws(StoreError) -> Bool {
        if result.count > JobRecord.byteLimit {
            throw StoreError(.rejected, operation: "finish", underlying: "the result is too long")
        }
        return try await change(shard, "finish", "state = 1, result = ?") { $0.add(result) }
    }

    public func fail(_ shard: ClaimedShard, cause: String, parks: Bool) async throws(StoreError) -> Bool {
        try await change(shard, "fail", "cause = ?, state = ?, ends_ms = ?") {
            $0.add(cause)
            $0.add(parks ? 2 : 0)
            $0.add(Instant(milliseconds: .min))
        }
    }

    /// Changes a part that is still its worker's.
    private func change(
        _ shard: ClaimedShard, _ operation: String, _ assignments: String, and condition: String = "",
        _ bind: @escaping @Sendable (inout Binder) -> Void
    ) async throws(StoreError) -> Bool {
        try await write(operation) { db in
            let update = try PreparedStatement(
                db,
                """
                UPDATE shards SET \(assignments)
                WHERE job_number = (SELECT number FROM jobs WHERE id = ? \(condition)) AND number = ? AND token = ?
                    AND state = 0
                """)
            try update.run {
                bind(&$0)
                $0.add(shard.job)
                $0.add(shard.index)
                $0.add(shard.token)
            }
            return db.changesCount == 1
        }
    }

    public func results(of job: String, after index: Int?, limit: Int) async throws(StoreError) -> [ShardResult] {
        try await read("results") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT number, result FROM shards
                WHERE job_number = (SELECT number FROM jobs WHERE id = ?) AND state = 1 AND number > ?
                ORDER BY number LIMIT ?
                """)
            return try select.all({
                $0.add(job)
                $0.add(index ?? -1)
                $0.add(max(0, limit))
            }) { ShardResult(index: $0.int(0), result: $0.bytes(1)) }
        }
    }

    public func progress(of job: String) async throws(StoreError) -> JobProgress? {
        try await read("progress") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT (SELECT count(*) FROM shards WHERE job_number = jobs.number AND state = 1),
                    (SELECT count(*) FROM shards WHERE job_number = jobs.number AND state = 2), shards, is_cancelled
                FROM jobs WHERE id = ?
                """)
            return try select.first({ $0.add(job) }) {
                JobProgress(done: $0.int(0), parked: $0.int(1), total: $0.int(2), isCancelled: $0.int(3) != 0)
            }
        }
    }

    public func parkedShards(limit: Int) async throws(StoreError) -> [ParkedShard] {
        try await read("parkedShards") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT (SELECT id FROM jobs WHERE jobs.number = job_number), number, attempts, cause FROM shards
                WHERE state = 2 ORDER BY job_number, number LIMIT ?
                """)
            return try select.all({ $0.add(max(0, limit)) }) {
                ParkedShard(job: $0.text(0), index: $0.int(1), attempts: $0.int(2), cause: $0.text(3))
            }
        }
    }

    public func replay(_ job: String) async throws(StoreError) -> Int {
        try await write("replay") { db in
            let update = try PreparedStatement(
                db,
                """
                UPDATE shards SET state = 0, attempts = 0
                WHERE job_number = (SELECT number FROM jobs WHERE id = ?) AND state = 2
                """)
            try update.run { $0.add(job) }
            return db.changesCount
        }
    }

    public func cancel(_ job: String) async throws(StoreError) -> Bool {
        try await write("cancel") { db in
            try PreparedStatement(db, "UPDATE jobs SET is_cancelled = 1 WHERE id = ? AND NOT is_cancelled").run {
                $0.add(job)
            }
            return db.changesCount == 1
        }
    }

    /// Notes which jobs are over, and removes those that have been so for long.
    static func sweepJobs(at now: Instant, in db: Database) throws -> Int {
        let end = try PreparedStatement(
            db,
            """
            UPDATE jobs SET ended_ms = ? WHERE ended_ms IS NULL AND (is_cancelled OR NOT EXISTS (
                SELECT 1 FROM shards WHERE job_number = jobs.number AND state <> 1))
            """)
        try end.run { $0.add(now) }
        let old = try PreparedStatement(
            db,
            "SELECT number FROM jobs WHERE ended_ms <= ? UNION SELECT number FROM jobs WHERE created_ms <= ?"
        ).all({
            $0.add(now.adding(JobRecord.keptAfterEnd * -1))
            $0.add(now.adding(JobRecord.keptOpen * -1))
        }) { $0.int64(0) }
        for number in old {
            try PreparedStatement(db, "DELETE FROM shards WHERE job_number = ?").run { $0.add(number) }
            try PreparedStatement(db, "DELETE FROM jobs WHERE number = ?").run { $0.add(number) }
        }
        return old.count
    }
}
