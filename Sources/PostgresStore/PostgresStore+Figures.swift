import Orchestrator

/// What a server has written since it counts (写入量), to be compared before and after.
public struct PostgresFigures: Sendable {
    /// Times that the write-ahead log was synced to the disk.
    public var syncs: Int64
    /// Bytes of write-ahead log.
    public var logBytes: Int64
}

extension PostgresStore {
    /// The server's own counters; they are of the whole server.
    public func figures() async throws(StoreError) -> PostgresFigures {
        let select = Statement("SELECT wal_sync, wal_bytes::bigint FROM pg_stat_wal")
        return try await read("figures", select) { rows in
            rows.first { PostgresFigures(syncs: $0.int64(0), logBytes: $0.int64(1)) }
                ?? PostgresFigures(syncs: 0, logBytes: 0)
        }
    }
}
