import Orchestrator

/// A store in a PostgreSQL database (数据库存储): several processes on several machines, replicated by the database.
///
/// - Durability is the server's: a commit returns when its `synchronous_commit` is satisfied. A commit whose wait for a
///   standby was cancelled is taken for unknown, though the server answers success.
/// - Every judgement is made on rows that the transaction has locked or compares as it changes them, so any number of
///   processes may share one database, through a pooler in transaction mode too: no session state, no named statements,
///   no advisory locks.
/// - A transaction that others were in the way of is tried again, up to five times, after a pause that differs.
/// - Nothing waits longer than the patience of the store, five seconds: then the call fails as `unavailable`, or, when
///   the commit was on its way, as `outcomeUnknown`. Sending the same requests again is always safe.
public final class PostgresStore: EventStore, LeaseStore, TransientStore, JobStore {
    let pool: ConnectionPool
    let hints: ChangeHints
    private let loop = SocketLoop.shared
    private let clock = ContinuousClock()
    private static let tries = 5

    /// The server works on one while another waits for the disk or for a standby, and the next is being decided. More
    /// would make them smaller, and the sessions are for readers too.
    public var transactionsAtATime: Int { min(3, max(1, pool.limits.sessions / 2)) }

    init(pool: ConnectionPool) {
        self.pool = pool
        hints = ChangeHints(pool: pool)
    }

    /// Opens the database at an address and brings its tables to this version.
    ///
    /// - Parameter sessions: most sessions with the server at a time.
    /// - Throws: `unavailable` if the database cannot be reached or refuses this user, `corrupt` if it holds tables of
    ///   another program, `newerSchema`.
    public static func open(_ address: PostgresAddress, sessions: Int = 8) async throws(StoreError) -> PostgresStore {
        try await open(address, limits: ConnectionPool.Limits(sessions: max(1, sessions)))
    }

    static func open(
        _ address: PostgresAddress, limits: ConnectionPool.Limits
    ) async throws(StoreError) -> PostgresStore {
        let store = PostgresStore(pool: ConnectionPool(address, limits: limits))
        do throws(StoreError) {
            try await store.migrate()
        } catch {
            await store.pool.close()
            throw error
        }
        return store
    }

    public func close() async throws(StoreError) { await pool.close() }

    // MARK: Work on sessions

    /// Reads by one statement, that is, one state of the database. A lost session is replaced.
    ///
    /// When the caller is cancelled, the server is asked to stop.
    func read<Value: Sendable>(
        _ operation: String, _ statement: Statement,
        _ body: @Sendable (ResultSet) throws(PostgresFailure) -> Value
    ) async throws(StoreError) -> Value {
        let deadline = clock.now + pool.limits.patience
        return try await trying(operation, until: deadline) { () async throws(PostgresFailure) -> Value in
            let results = try await self.pool.withConnection(until: deadline) {
                connection async throws(PostgresFailure) in
                try await connection.runCancellably(statement, until: deadline)
            }
            return try body(results)
        }
    }

    /// Does a transaction, again if another one was in its way; the closure must have no other effect.
    ///
    /// - Parameter patience: how long it may take in all; default: as everything else.
    /// - Throws: `outcomeUnknown` when the commit was sent and not answered.
    func transact<Value: Sendable>(
        _ operation: String, patience: Duration? = nil,
        _ body: @Sendable (inout Transaction) async throws(PostgresFailure) -> Value
    ) async throws(StoreError) -> Value {
        let deadline = clock.now + (patience ?? pool.limits.patience)
        return try await trying(operation, until: deadline) { () async throws(PostgresFailure) -> Value in
            try await self.attempt(until: deadline, body)
        }
    }

    /// Does a transaction once.
    func attempt<Value: Sendable>(
        until deadline: ContinuousClock.Instant,
        _ body: @Sendable (inout Transaction) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        try await pool.withConnection(until: deadline) { connection async throws(PostgresFailure) -> Value in
            var transaction = Transaction(connection, until: deadline)
            do throws(PostgresFailure) {
                let value = try await body(&transaction)
                await transaction.abandon()
                return value
            } catch {
                await transaction.abandon()
                throw error
            }
        }
    }

    /// Writes by one transaction whose statements are known in advance.
    func write(_ operation: String, _ statements: [Statement]) async throws(StoreError) -> [ResultSet] {
        try await transact(operation) { transaction async throws(PostgresFailure) in
            try await transaction.commit(statements)
        }
    }

    /// Writes by one statement, unless the lease it is done under is somebody else's by now.
    func write(_ operation: String, _ statement: Statement, under lease: Lease?) async throws(StoreError) -> Bool {
        let demand = lease.map { [Self.demand([$0])] } ?? []
        return try await transact(operation) { transaction async throws(PostgresFailure) in
            do throws(PostgresFailure) {
                _ = try await transaction.commit(demand + [statement])
                return true
            } catch {
                guard error.state == "22012", lease != nil else { throw error }
                return false
            }
        }
    }

    /// Tries again what failed for a reason that passes.
    func trying<Value>(
        _ operation: String, until deadline: ContinuousClock.Instant,
        _ body: () async throws(PostgresFailure) -> Value
    ) async throws(StoreError) -> Value {
        var conflicts = 0
        var losses = 0
        while true {
            do throws(PostgresFailure) {
                return try await body()
            } catch {
                if error.isConflict, conflicts < Self.tries {
                    conflicts += 1
                } else if error.wantsAnotherSession, losses < 50 {
                    losses += 1
                } else {
                    throw StoreError(error, operation: operation)
                }
                let pause = Duration.milliseconds(Int.random(in: 1...(5 << min(conflicts + losses, 5))))
                // A lock that was waited for in vain is waited for again only if there is time for all of it.
                let need = error.state == "55P03" ? .milliseconds(4500) : pause
                guard clock.now + need < deadline else { throw StoreError(error, operation: operation) }
                await loop.sleep(until: clock.now + pause)
            }
        }
    }
}

extension PostgresConnection {
    /// Reads by one statement, and has the server stop when the caller is cancelled.
    nonisolated fileprivate func runCancellably(
        _ statement: Statement, until deadline: ContinuousClock.Instant
    ) async throws(PostgresFailure) -> ResultSet {
        let name = PostgresConnection.ExchangeName()
        let result: Result<[ResultSet], PostgresFailure> = await withTaskCancellationHandler {
            do throws(PostgresFailure) {
                return .success(try await run([statement], commits: false, until: deadline, as: name))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            Task { await stop(name) }
        }
        return try result.get()[0]
    }
}
