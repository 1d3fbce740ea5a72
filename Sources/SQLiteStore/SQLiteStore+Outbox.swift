import GRDB
import Orchestrator

extension SQLiteStore {
    public func waitingReceivers() async throws(StoreError) -> [String] {
        try await read("waitingReceivers") { db in
            try PreparedStatement(db, "SELECT DISTINCT receiver FROM outbox WHERE state = 0 ORDER BY receiver")
                .all { $0.text(0) }
        }
    }

    public func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) async throws(StoreError) -> [OutboxMessage] {
        try await read("waitingMessages") { db in
            let select = try PreparedStatement(
                db,
                """
                SELECT \(Self.messageColumns) FROM outbox AS message
                WHERE receiver = ? AND state = 0 AND not_before <= ?
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.state = 0 AND earlier.receiver = message.receiver
                            AND earlier.case_number = message.case_number AND earlier.id < message.id
                            AND earlier.not_before > ?)
                ORDER BY id LIMIT ?
                """)
            return try select.all(
                {
                    $0.add(receiver)
                    $0.add(now)
                    $0.add(now)
                    $0.add(max(0, limit))
                }, Self.message)
        }
    }

    @discardableResult
    public func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease?) async throws(StoreError) -> Bool {
        if messages.isEmpty, lease == nil { return true }
        return try await write("markDelivered") { db in
            if let lease, try !Self.isCurrent(lease, in: db) { return false }
            let update = try PreparedStatement(db, "UPDATE outbox SET state = 1 WHERE id = ? AND state = 0")
            for id in messages { try update.run { $0.add(id) } }
            return true
        }
    }

    @discardableResult
    public func markFailed(
        _ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease?
    ) async throws(StoreError) -> Bool {
        try await write("markFailed") { db in
            if let lease, try !Self.isCurrent(lease, in: db) { return false }
            let update = try PreparedStatement(
                db,
                """
                UPDATE outbox SET attempts = attempts + 1, last_failure = ?, state = ?, not_before = ?
                WHERE id = ? AND state = 0
                """)
            try update.run {
                $0.add(reason)
                $0.add(retryAt == nil ? 2 : 0)
                $0.add(retryAt ?? Instant(milliseconds: .min))
                $0.add(message)
            }
            return true
        }
    }

    public func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage] {
        try await read("deadLetters") { db in
            let select = try PreparedStatement(
                db, "SELECT \(Self.messageColumns) FROM outbox WHERE state = 2 AND id > ? ORDER BY id LIMIT ?")
            return try select.all(
                {
                    $0.add(cursor ?? 0)
                    $0.add(max(0, limit))
                }, Self.message)
        }
    }

    public func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool {
        try await write("requeue") { db in
            let update = try PreparedStatement(
                db, "UPDATE outbox SET state = 0, attempts = 0, not_before = ? WHERE id = ? AND state = 2")
            try update.run {
                $0.add(Instant(milliseconds: .min))
                $0.add(message)
            }
            return db.changesCount == 1
        }
    }

    private static let messageColumns = """
        id, (SELECT cases.id FROM cases WHERE number = case_number), receiver, kind, dedup_key, payload, attempts,
            last_failure
        """

    private static func message(_ row: Columns) throws -> OutboxMessage {
        let message = OutgoingMessage(
            receiver: row.text(2), kind: row.text(3), dedupKey: row.text(4), payload: row.bytes(5))
        return OutboxMessage(
            id: row.int64(0), caseID: try row.caseID(1), message: message, attempts: row.int(6),
            lastFailure: row.optionalText(7))
    }
}
