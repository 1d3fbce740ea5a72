import Orchestrator

extension PostgresStore {
    public func waitingReceivers() async throws(StoreError) -> [String] {
        try await read(
            "waitingReceivers", Statement("SELECT DISTINCT receiver FROM outbox WHERE state = 0 ORDER BY receiver")
        ) { rows in rows.all { $0.text(0) } }
    }

    public func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) async throws(StoreError) -> [OutboxMessage] {
        var select = Statement(
            """
            SELECT \(Self.messageColumns) FROM outbox AS message JOIN cases ON cases.number = message.case_number
            WHERE message.receiver = $1 AND message.state = 0 AND message.not_before <= $2
                AND NOT EXISTS (
                    SELECT 1 FROM outbox AS earlier
                    WHERE earlier.state = 0 AND earlier.receiver = message.receiver
                        AND earlier.case_number = message.case_number AND earlier.id < message.id
                        AND earlier.not_before > $2)
            ORDER BY message.id LIMIT $3
            """)
        select.add(receiver)
        select.add(now)
        select.add(max(0, limit))
        return try await read("waitingMessages", select) { rows throws(PostgresFailure) in try rows.all(Self.message) }
    }

    @discardableResult
    public func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease?) async throws(StoreError) -> Bool {
        if messages.isEmpty, lease == nil { return true }
        // In order, so that two who mark the same messages do not wait for each other.
        var update = Statement(
            """
            WITH wanted AS (SELECT id FROM outbox WHERE id = ANY ($1) AND state = 0 ORDER BY id FOR UPDATE)
            UPDATE outbox SET state = 1 FROM wanted WHERE outbox.id = wanted.id
            """)
        update.add(messages)
        return try await write("markDelivered", update, under: lease)
    }

    @discardableResult
    public func markFailed(
        _ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease?
    ) async throws(StoreError) -> Bool {
        var update = Statement(
            """
            UPDATE outbox SET attempts = attempts + 1, last_failure = $1, state = $2, not_before = $3
            WHERE id = $4 AND state = 0
            """)
        update.add(reason.withoutNUL)
        update.add(retryAt == nil ? 2 : 0)
        update.add(retryAt ?? Instant(milliseconds: .min))
        update.add(message)
        return try await write("markFailed", update, under: lease)
    }

    public func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) async throws(StoreError) -> [OutboxMessage] {
        var select = Statement(
            """
            SELECT \(Self.messageColumns) FROM outbox AS message JOIN cases ON cases.number = message.case_number
            WHERE message.state = 2 AND message.id > $1 ORDER BY message.id LIMIT $2
            """)
        select.add(cursor ?? 0)
        select.add(max(0, limit))
        return try await read("deadLetters", select) { rows throws(PostgresFailure) in try rows.all(Self.message) }
    }

    public func requeue(_ message: OutboxMessage.ID) async throws(StoreError) -> Bool {
        var update = Statement("UPDATE outbox SET state = 0, attempts = 0, not_before = $1 WHERE id = $2 AND state = 2")
        update.add(Instant(milliseconds: .min))
        update.add(message)
        return try await write("requeue", [update])[0].changes == 1
    }

    private static let messageColumns = """
        message.id, cases.id, message.receiver, message.kind, message.dedup_key, message.payload, message.attempts,
            message.last_failure
        """

    private static func message(_ row: Columns) throws(PostgresFailure) -> OutboxMessage {
        let message = OutgoingMessage(
            receiver: row.text(2), kind: row.text(3), dedupKey: row.text(4), payload: row.bytes(5))
        return OutboxMessage(
            id: row.int64(0), caseID: try row.caseID(1), message: message, attempts: row.int(6),
            lastFailure: row.optionalText(7))
    }
}

extension String {
    /// PostgreSQL keeps no NUL in a text.
    var withoutNUL: String {
        utf8.contains(0) ? split(separator: "\0", omittingEmptySubsequences: false).joined(separator: "\u{FFFD}") : self
    }
}
