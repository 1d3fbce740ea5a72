import Orchestrator

// Ends of leases are compared on the server, by its clock.
extension PostgresStore {
    /// The server's time in milliseconds.
    static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

    public func claim(_ names: [String], by holder: String, for duration: Duration)
        async throws(StoreError) -> [Lease]
    {
        for name in names {
            if let defect = Lease.defect(of: name, by: holder, for: duration) {
                throw StoreError(.rejected, operation: "claim", underlying: defect)
            }
        }
        if names.isEmpty { return [] }
        var upsert = Statement(
            """
            INSERT INTO leases (name, holder, token, ends_ms)
            SELECT name, $2, 1, \(Self.now) + $3 FROM unnest($1) AS wanted (name)
            ON CONFLICT (name) DO UPDATE SET
                token = leases.token + CASE WHEN leases.holder <> excluded.holder THEN 1 ELSE 0 END,
                holder = excluded.holder, ends_ms = \(Self.now) + $3
            WHERE leases.holder = excluded.holder OR leases.ends_ms <= \(Self.now)
            RETURNING name, token
            """)
        // In one order for everybody, so that two who claim the same do not wait for each other.
        upsert.add(Set(names).sorted())
        upsert.add(holder)
        upsert.add(duration.milliseconds)
        let claimed = try await write("claim", [upsert])[0].all { ($0.text(0), $0.int64(1)) }
        let tokens = Dictionary(uniqueKeysWithValues: claimed)
        return names.compactMap { name in tokens[name].map { Lease(name: name, holder: holder, token: $0) } }
    }

    public func release(_ lease: Lease) async throws(StoreError) {
        var update = Statement("UPDATE leases SET ends_ms = $1 WHERE name = $2 AND holder = $3 AND token = $4")
        update.add(Instant(milliseconds: .min))
        update.add(lease.name)
        update.add(lease.holder)
        update.add(lease.token)
        _ = try await write("release", [update])
    }

    public func leases() async throws(StoreError) -> [HeldLease] {
        let select = Statement(
            """
            SELECT name, holder, token, CASE WHEN ends_ms > \(Self.now) THEN ends_ms - \(Self.now) ELSE 0 END
            FROM leases ORDER BY name
            """)
        return try await read("leases", select) { rows in
            rows.all { row in
                HeldLease(
                    lease: Lease(name: row.text(0), holder: row.text(1), token: row.int64(2)),
                    remaining: .milliseconds(max(0, row.int64(3))))
            }
        }
    }

    /// Divides by zero unless all of these leases are still their holders', and keeps them so until the commit.
    static func demand(_ leases: Set<Lease>) -> Statement {
        let leases = leases.sorted { ($0.name, $0.token) < ($1.name, $1.token) }
        var demand = Statement(
            """
            WITH held AS (
                SELECT 1 FROM leases JOIN unnest($1, $2, $3) AS wanted (name, holder, token)
                    ON leases.name = wanted.name AND leases.holder = wanted.holder AND leases.token = wanted.token
                ORDER BY leases.name FOR SHARE OF leases)
            SELECT 1 / (CASE WHEN count(*) = $4 THEN 1 ELSE 0 END) FROM held
            """)
        demand.add(leases.map(\.name))
        demand.add(leases.map(\.holder))
        demand.add(leases.map(\.token))
        demand.add(leases.count)
        return demand
    }
}
