import GRDB
import Orchestrator

extension SQLiteStore {
    @discardableResult
    public func put(_ record: TransientRecord, ifAbsent: Bool, at now: Instant) async throws(StoreError) -> Bool {
        if let defect = record.defect { throw StoreError(.rejected, operation: "put", underlying: defect) }
        return try await write("put") { db in
            try Self.put(record, unlessAliveAt: ifAbsent ? now : nil, in: db)
            return db.changesCount == 1
        }
    }

    public func put(_ records: [TransientRecord]) async throws(StoreError) {
        if let defect = records.lazy.compactMap(\.defect).first {
            throw StoreError(.rejected, operation: "put", underlying: defect)
        }
        try await write("put") { db in
            for record in records { try Self.put(record, unlessAliveAt: nil, in: db) }
        }
    }

    /// - Parameter now: one that has not expired then stays; `nil` puts this one in its place.
    private static func put(_ record: TransientRecord, unlessAliveAt now: Instant?, in db: Database) throws {
        let upsert = try PreparedStatement(
            db,
            """
            INSERT INTO transients (space, key, value, expires_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, expires_ms = excluded.expires_ms
            WHERE ? OR expires_ms <= ?
            """)
        try upsert.run {
            $0.add(record.space)
            $0.add(record.key)
            $0.add(record.value)
            $0.add(record.expires)
            $0.add(now == nil ? 1 : 0)
            $0.add(now ?? record.expires)
        }
    }

    public func transient(_ space: String, _ key: String, at now: Instant) async throws(StoreError)
        -> TransientRecord?
    {
        try await read("transient") { db in
            try PreparedStatement(
                db,
                "SELECT space, key, value, expires_ms FROM transients WHERE space = ? AND key = ? AND expires_ms > ?"
            ).first(
                {
                    $0.add(space)
                    $0.add(key)
                    $0.add(now)
                }, Self.record)
        }
    }

    public func transients(
        _ space: String, prefix: String, after cursor: String?, limit: Int, at now: Instant
    ) async throws(StoreError) -> [TransientRecord] {
        // Keys are ASCII below DEL: everything that begins so lies before the prefix with DEL behind it.
        try await read("transients") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT space, key, value, expires_ms FROM transients
                WHERE space = ? AND key >= ? AND key < ? AND key > ? AND expires_ms > ? ORDER BY key LIMIT ?
                """)
            return try select.all(
                {
                    $0.add(space)
                    $0.add(prefix)
                    $0.add(prefix + "\u{7F}")
                    $0.add(cursor ?? "")
                    $0.add(now)
                    $0.add(max(0, limit))
                }, Self.record)
        }
    }

    @discardableResult
    public func remove(_ space: String, _ key: String) async throws(StoreError) -> Bool {
        try await write("remove") { db in
            try PreparedStatement(db, "DELETE FROM transients WHERE space = ? AND key = ?").run {
                $0.add(space)
                $0.add(key)
            }
            return db.changesCount == 1
        }
    }

    @discardableResult
    public func sweep(at now: Instant) async throws(StoreError) -> Int {
        try await write("sweep") { db in
            try PreparedStatement(db, "DELETE FROM transients WHERE expires_ms <= ?").run { $0.add(now) }
            return db.changesCount + (try Self.sweepJobs(at: now, in: db))
        }
    }

    private static func record(_ row: Columns) -> TransientRecord {
        TransientRecord(
            space: row.text(0), key: row.text(1), value: row.bytes(2), expires: Instant(milliseconds: row.int64(3)))
    }
}
