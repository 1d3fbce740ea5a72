import Orchestrator

extension PostgresStore {
    @discardableResult
    public func put(_ record: TransientRecord, ifAbsent: Bool, at now: Instant) async throws(StoreError) -> Bool {
        if let defect = record.defect { throw StoreError(.rejected, operation: "put", underlying: defect) }
        var upsert = Statement(
            """
            INSERT INTO transients (space, key, value, expires_ms) VALUES ($1, $2, $3, $4)
            ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, expires_ms = excluded.expires_ms
            WHERE $5 = 0 OR transients.expires_ms <= $6
            """)
        upsert.add(record.space)
        upsert.add(record.key)
        upsert.add(record.value)
        upsert.add(record.expires)
        upsert.add(ifAbsent ? 1 : 0)
        upsert.add(now)
        return try await write("put", [upsert])[0].changes == 1
    }

    public func put(_ records: [TransientRecord]) async throws(StoreError) {
        if let defect = records.lazy.compactMap(\.defect).first {
            throw StoreError(.rejected, operation: "put", underlying: defect)
        }
        if records.isEmpty { return }
        // In one order, so that two nodes never wait for each other.
        let records = records.sorted { ($0.space, $0.key) < ($1.space, $1.key) }
        var upsert = Statement(
            """
            INSERT INTO transients (space, key, value, expires_ms) SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, expires_ms = excluded.expires_ms
            """)
        upsert.add(records.map(\.space))
        upsert.add(records.map(\.key))
        upsert.add(records.map(\.value))
        upsert.add(records.map(\.expires.milliseconds))
        _ = try await write("put", [upsert])
    }

    public func transient(
        _ space: String, _ key: String, at now: Instant
    ) async throws(StoreError) -> TransientRecord? {
        var select = Statement(
            """
            SELECT space, key, value, expires_ms FROM transients WHERE space = $1 AND key = $2 AND expires_ms > $3
            """)
        select.add(space.withoutNUL)
        select.add(key.withoutNUL)
        select.add(now)
        return try await read("transient", select) { $0.first(Self.record) }
    }

    public func transients(
        _ space: String, prefix: String, after cursor: String?, limit: Int, at now: Instant
    ) async throws(StoreError) -> [TransientRecord] {
        var select = Statement(
            """
            SELECT space, key, value, expires_ms FROM transients
            WHERE space = $1 AND key >= $2 AND starts_with(key, $2) AND key > $3 AND expires_ms > $4
            ORDER BY key LIMIT $5
            """)
        select.add(space.withoutNUL)
        select.add(prefix.withoutNUL)
        select.add(cursor?.withoutNUL ?? "")
        select.add(now)
        select.add(max(0, limit))
        return try await read("transients", select) { $0.all(Self.record) }
    }

    @discardableResult
    public func remove(_ space: String, _ key: String) async throws(StoreError) -> Bool {
        var delete = Statement("DELETE FROM transients WHERE space = $1 AND key = $2")
        delete.add(space.withoutNUL)
        delete.add(key.withoutNUL)
        return try await write("remove", [delete])[0].changes == 1
    }

    @discardableResult
    public func sweep(at now: Instant) async throws(StoreError) -> Int {
        var delete = Statement("DELETE FROM transients WHERE expires_ms <= $1")
        delete.add(now)
        let swept = try await write("sweep", [delete] + Self.sweepJobs(at: now))
        return swept[0].changes + (swept.last?.changes ?? 0)
    }

    private static func record(_ row: Columns) -> TransientRecord {
        TransientRecord(space: row.text(0), key: row.text(1), value: row.bytes(2), expires: row.instant(3))
    }
}
