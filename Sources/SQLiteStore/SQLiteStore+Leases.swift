import GRDB
import Orchestrator

// Ends of leases are compared with the clock of the machine that the file lies on, which all processes share.
extension SQLiteStore {
    public func claim(_ names: [String], by holder: String, for duration: Duration)
        async throws(StoreError) -> [Lease]
    {
        for name in names {
            if let defect = Lease.defect(of: name, by: holder, for: duration) {
                throw StoreError(.rejected, operation: "claim", underlying: defect)
            }
        }
        if names.isEmpty { return [] }
        return try await write("claim") { db in
            let now = Instant.now
            let upsert = try PreparedStatement(
                db,
                """
                INSERT INTO leases (name, holder, token, ends_ms) VALUES (?, ?, 1, ?)
                ON CONFLICT (name) DO UPDATE SET
                    token = token + (holder <> excluded.holder), holder = excluded.holder, ends_ms = excluded.ends_ms
                WHERE holder = excluded.holder OR ends_ms <= ?
                RETURNING token
                """)
            var claimed: [Lease] = []
            for name in names {
                let token = try upsert.first({
                    $0.add(name)
                    $0.add(holder)
                    $0.add(now.adding(duration))
                    $0.add(now)
                }) { $0.int64(0) }
                if let token { claimed.append(Lease(name: name, holder: holder, token: token)) }
            }
            return claimed
        }
    }

    public func release(_ lease: Lease) async throws(StoreError) {
        try await write("release") { db in
            let update = try PreparedStatement(
                db, "UPDATE leases SET ends_ms = ? WHERE name = ? AND holder = ? AND token = ?")
            try update.run {
                $0.add(Instant(milliseconds: .min))
                $0.add(lease.name)
                $0.add(lease.holder)
                $0.add(lease.token)
            }
        }
    }

    public func leases() async throws(StoreError) -> [HeldLease] {
        try await read("leases") { db in
            let now = Instant.now
            return try PreparedStatement(db, "SELECT name, holder, token, ends_ms FROM leases ORDER BY name").all {
                row in
                let ends = Instant(milliseconds: row.int64(3))
                return HeldLease(
                    lease: Lease(name: row.text(0), holder: row.text(1), token: row.int64(2)),
                    remaining: ends > now ? now.duration(to: ends) : .zero)
            }
        }
    }

    /// Whether nobody has taken a lease over, as the transaction sees it.
    static func isCurrent(_ lease: Lease, in db: Database) throws -> Bool {
        try PreparedStatement(db, "SELECT 1 FROM leases WHERE name = ? AND holder = ? AND token = ?")
            .first({
                $0.add(lease.name)
                $0.add(lease.holder)
                $0.add(lease.token)
            }) { _ in true } ?? false
    }
}
