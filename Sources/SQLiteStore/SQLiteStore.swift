import Dispatch
import GRDB
import Orchestrator
import Synchronization

/// A store in one SQLite file (嵌入式存储): no server, one writer, readers beside it.
///
/// - Durability: write-ahead log with `synchronous = FULL`; a commit returns after the log is on the disk.
/// - Two processes may open one file. Every judgement reads the rows it rests on inside the writing transaction
///   (`BEGIN IMMEDIATE`), so versions and keys hold between processes as within one; they only wait for each other,
///   at most ``lockTimeout`` seconds, then the call fails as `unavailable`.
/// - Nothing blocks the caller's thread: work runs on queues of the database.
/// - After the disk has failed in a write, the store takes no further ones (`diskFailed`): what the kernel has dropped
///   cannot be synced by trying again. Open it anew to learn what is there.
public final class SQLiteStore: EventStore, LeaseStore, TransientStore, JobStore {
    /// Seconds to wait for another process that writes.
    public static let lockTimeout = 5.0

    let pool: DatabasePool
    private let writeFailure = Mutex<StoreError?>(nil)

    private init(pool: DatabasePool) {
        self.pool = pool
    }

    /// Opens the file at a path, or makes it, and brings its schema to this version.
    ///
    /// - Throws: `unavailable` if it cannot be opened or does not take the settings above, `corrupt` if it is damaged
    ///   or another program's, `newerSchema`.
    public static func open(path: String) async throws(StoreError) -> SQLiteStore {
        try await run(on: .global(), "open") { SQLiteStore(pool: try openPool(path: path)) }
    }

    private static func openPool(path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "binglian.store"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(lockTimeout)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try Schema.checkOrigin(db)
            // Views and triggers of a file from elsewhere get no functions that reach out of it.
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864")
            // Moving the log into the file costs two more syncs: every 16 MiB instead of every 4.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // DatabasePool sets NORMAL after `prepareDatabase`, which loses acknowledged commits in a power cut.
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
            let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            guard synchronous == 2, journal == "wal" else {
                throw StoreError(
                    .unavailable, operation: "open",
                    underlying: "the database does not take synchronous = FULL with a write-ahead log",
                    isTransient: false)
            }
            try Schema.migrate(db)
        }
        return pool
    }

    public func close() async throws(StoreError) {
        let pool = pool
        try await Self.run(on: .global(), "close") {
            try pool.close()
            // The pool closes its readers last, and they may not move the log into the file. A connection that comes and
            // goes after them does, so that one file is left, which can be copied; if it cannot, nothing is lost.
            guard let last = try? DatabaseQueue(path: pool.path) else { return }
            _ = try? last.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
            try? last.close()
        }
    }
}

extension SQLiteStore {
    /// Runs work on a queue whose threads may block.
    private static func run<Value: Sendable>(
        on queue: DispatchQueue, _ operation: String, _ work: @escaping @Sendable () throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: attempt(operation, work)) }
        }
        return try result.get()
    }

    /// Reads one state of the database, beside the writer.
    ///
    /// GRDB's `asyncRead` instead of its `read`: the latter has a blocking twin, which is taken whenever the value is
    /// not `Sendable`.
    func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            pool.asyncRead { access in
                continuation.resume(returning: Self.attempt(operation) { try body(try access.get()) })
            }
        }
        return try result.get()
    }

    /// Runs a durable transaction; it is all or nothing. Unlike GRDB's `write`, it outlives a cancelled caller.
    func write<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                let result: Result<Value, StoreError> = Self.attempt(operation) {
                    if let failure = self.writeFailure.withLock({ $0 }) { throw failure }
                    var value: Value?
                    try db.inTransaction(.immediate) {
                        value = try body(db)
                        return .commit
                    }
                    guard let value else { preconditionFailure("a committed transaction has its value") }
                    return value
                }
                if case .failure(let error) = result, error.code == .diskFailed {
                    self.writeFailure.withLock { $0 = error }
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    private static func attempt<Value>(_ operation: String, _ work: () throws -> Value) -> Result<Value, StoreError> {
        do {
            return .success(try work())
        } catch {
            return .failure(StoreError(error, operation: operation))
        }
    }
}
