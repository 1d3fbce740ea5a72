import Orchestrator

// `shards.state`: 0 open, 1 done, 2 parked.
extension PostgresStore {
    public func submit(_ job: JobRecord) async throws(StoreError) -> Bool {
        if let defect = job.defect { throw StoreError(.rejected, operation: "submit", underlying: defect) }
        var insert = Statement(
            """
            WITH submitted AS (
                INSERT INTO jobs (id, kind, spec, shards, created_ms) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO NOTHING RETURNING number)
            INSERT INTO shards (job_number, number)
            SELECT submitted.number, part.number FROM submitted CROSS JOIN generate_series(0, $4 - 1) AS part (number)
            """)
        insert.add(job.id)
        insert.add(job.kind)
        insert.add(job.spec)
        insert.add(job.shards)
        insert.add(job.createdAt)
        return try await write("submit", [insert])[0].changes > 0
    }

    public func job(_ id: String) async throws(StoreError) -> JobRecord? {
        var select = Statement("SELECT id, kind, spec, shards, created_ms FROM jobs WHERE id = $1")
        select.add(id.withoutNUL)
        return try await read("job", select) { rows in
            rows.first { row in
                JobRecord(
                    id: row.text(0), kind: row.text(1), spec: row.bytes(2), shards: row.int(3),
                    createdAt: row.instant(4))
            }
        }
    }

    /// The one place where rows that others have locked are passed over.
    public func claimShards(
        of kinds: [String], by holder: String, limit: Int, for duration: Duration
    ) async throws(StoreError) -> [ClaimedShard] {
        if kinds.isEmpty || limit <= 0 { return [] }
        var update = Statement(
            """
            WITH open AS (
                SELECT jobs.id, shards.job_number, shards.number FROM jobs
                JOIN shards ON shards.job_number = jobs.number AND shards.state = 0
                WHERE NOT jobs.is_cancelled AND jobs.kind = ANY ($1) AND shards.ends_ms <= \(Self.now)
                ORDER BY shards.job_number, shards.number LIMIT $2 FOR UPDATE OF shards SKIP LOCKED)
            UPDATE shards SET token = token + 1, attempts = attempts + 1, holder = $3, ends_ms = \(Self.now) + $4
            FROM open WHERE shards.job_number = open.job_number AND shards.number = open.number
            RETURNING open.id, shards.number, shards.token, shards.attempts, shards.job_number
            """)
        update.add(kinds.map(\.withoutNUL))
        update.add(limit)
        update.add(holder.withoutNUL)
        update.add(duration.milliseconds)
        let claimed = try await write("claimShards", [update])[0].all { row in
            (
                order: (row.int64(4), row.int(1)),
                shard: ClaimedShard(job: row.text(0), index: row.int(1), token: row.int64(2), attempts: row.int(3))
            )
        }
        return claimed.sorted { $0.order < $1.order }.map(\.shard)
    }

    public func renew(_ shard: ClaimedShard, for duration: Duration) async throws(StoreError) -> Bool {
        var values = Statement("")
        values.add(duration.milliseconds)
        return try await change(shard, "renew", "ends_ms = \(Self.now) + $1", values, and: "AND NOT is_cancelled")
    }

    public func finish(_ shard: ClaimedShard, result: [UInt8]) async throws(StoreError) -> Bool {
        if result.count > JobRecord.byteLimit {
            throw StoreError(.rejected, operation: "finish", underlying: "the result is too long")
        }
        var values = Statement("")
        values.add(result)
        return try await change(shard, "finish", "state = 1, result = $1", values)
    }

    public func fail(_ shard: ClaimedShard, cause: String, parks: Bool) async throws(StoreError) -> Bool {
        var values = Statement("")
        values.add(cause.withoutNUL)
        values.add(parks ? 2 : 0)
        values.add(Instant(milliseconds: .min))
        return try await change(shard, "fail", "cause = $1, state = $2, ends_ms = $3", values)
    }

    /// Changes a part that is still its worker's.
    private func change(
        _ shard: ClaimedShard, _ operation: String, _ assignments: String, _ values: Statement,
        and condition: String = ""
    ) async throws(StoreError) -> Bool {
        var values = values
        let first = values.types.count + 1
        values.add(shard.job.withoutNUL)
        values.add(shard.index)
        values.add(shard.token)
        let update = values.with(
            """
            UPDATE shards SET \(assignments)
            WHERE job_number = (SELECT number FROM jobs WHERE id = $\(first) \(condition)) AND number = $\(first + 1)
                AND token = $\(first + 2) AND state = 0
            """)
        return try await write(operation, [update])[0].changes == 1
    }

    public func results(of job: String, after index: Int?, limit: Int) async throws(StoreError) -> [ShardResult] {
        var select = Statement(
            """
            SELECT number, result FROM shards
            WHERE job_number = (SELECT number FROM jobs WHERE id = $1) AND state = 1 AND number > $2
            ORDER BY number LIMIT $3
            """)
        select.add(job.withoutNUL)
        select.add(index ?? -1)
        select.add(max(0, limit))
        return try await read("results", select) { rows in
            rows.all { ShardResult(index: $0.int(0), result: $0.bytes(1)) }
        }
    }

    public func progress(of job: String) async throws(StoreError) -> JobProgress? {
        var select = Statement(
            """
            SELECT (SELECT count(*) FROM shards WHERE job_number = jobs.number AND state = 1),
                (SELECT count(*) FROM shards WHERE job_number = jobs.number AND state = 2), shards, is_cancelled
            FROM jobs WHERE id = $1
            """)
        select.add(job.withoutNUL)
        return try await read("progress", select) { rows in
            rows.first {
                JobProgress(done: $0.int(0), parked: $0.int(1), total: $0.int(2), isCancelled: $0.bool(3))
            }
        }
    }

    public func parkedShards(limit: Int) async throws(StoreError) -> [ParkedShard] {
        var select = Statement(
            """
            SELECT jobs.id, shards.number, shards.attempts, shards.cause FROM shards
            JOIN jobs ON jobs.number = shards.job_number
            WHERE shards.state = 2 ORDER BY shards.job_number, shards.number LIMIT $1
            """)
        select.add(max(0, limit))
        return try await read("parkedShards", select) { rows in
            rows.all { ParkedShard(job: $0.text(0), index: $0.int(1), attempts: $0.int(2), cause: $0.text(3)) }
        }
    }

    public func replay(_ job: String) async throws(StoreError) -> Int {
        var update = Statement(
            """
            UPDATE shards SET state = 0, attempts = 0
            WHERE job_number = (SELECT number FROM jobs WHERE id = $1) AND state = 2
            """)
        update.add(job.withoutNUL)
        return try await write("replay", [update])[0].changes
    }

    public func cancel(_ job: String) async throws(StoreError) -> Bool {
        var update = Statement("UPDATE jobs SET is_cancelled = true WHERE id = $1 AND NOT is_cancelled")
        update.add(job.withoutNUL)
        return try await write("cancel", [update])[0].changes == 1
    }

    /// Notes which jobs are over, and removes those that have been so for long; the last statement counts them.
    static func sweepJobs(at now: Instant) -> [Statement] {
        var end = Statement(
            """
            UPDATE jobs SET ended_ms = $1 WHERE ended_ms IS NULL AND (is_cancelled OR NOT EXISTS (
                SELECT 1 FROM shards WHERE job_number = jobs.number AND state <> 1))
            """)
        end.add(now)
        func removal(_ text: String) -> Statement {
            var remove = Statement(text)
            remove.add(now.adding(JobRecord.keptAfterEnd * -1))
            remove.add(now.adding(JobRecord.keptOpen * -1))
            return remove
        }
        return [
            end,
            removal(
                """
                DELETE FROM shards WHERE job_number IN (
                    SELECT number FROM jobs WHERE ended_ms <= $1 OR created_ms <= $2)
                """),
            removal("DELETE FROM jobs WHERE ended_ms <= $1 OR created_ms <= $2"),
        ]
    }
}
