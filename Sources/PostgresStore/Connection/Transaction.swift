/// What a transaction's closure works with: statements that are sent together, the last of them with the commit (事务).
///
/// Only READ COMMITTED is used. Nothing rests on a snapshot: rows are locked, or compared where they are changed.
struct Transaction {
    private let connection: PostgresConnection
    private let deadline: ContinuousClock.Instant
    private(set) var isBegun = false
    private(set) var isEnded = false

    init(_ connection: PostgresConnection, until deadline: ContinuousClock.Instant) {
        self.connection = connection
        self.deadline = deadline
    }

    private static let begin = Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    private static let commit = Statement("COMMIT")
    private static let rollback = Statement("ROLLBACK")

    /// If this process stops in the middle, others wait no longer than this for its locks; and who waits for a lock is
    /// told so before the client's time is up, when it would have to take the outcome for unknown.
    private static let manners = Statement(
        "SELECT set_config('idle_in_transaction_session_timeout', '5000', true), set_config('lock_timeout', '4000', true)"
    )

    /// Sends statements and returns what they gave; the transaction goes on.
    mutating func run(_ statements: [Statement]) async throws(PostgresFailure) -> [ResultSet] {
        let opening = isBegun ? [] : [Self.begin, Self.manners]
        isBegun = true
        let results = try await connection.run(opening + statements, commits: false, until: deadline)
        return Array(results.dropFirst(opening.count))
    }

    /// Reads by several statements, each of which sees what was committed before it; nothing else can be done then.
    mutating func look(_ statements: [Statement]) async throws(PostgresFailure) -> [ResultSet] {
        precondition(!isBegun, "a look is the whole transaction")
        isBegun = true
        let results = try await connection.run(
            [Self.begin] + statements + [Self.commit], commits: false, until: deadline)
        isEnded = true
        return Array(results.dropFirst().dropLast())
    }

    /// Sends the last statements and commits, all in one exchange. The closure may do nothing after it.
    mutating func commit(_ statements: [Statement]) async throws(PostgresFailure) -> [ResultSet] {
        let opening = isBegun ? [] : [Self.begin, Self.manners]
        isBegun = true
        let results = try await connection.run(
            opening + statements + [Self.commit], commits: true, until: deadline)
        isEnded = true
        return Array(results.dropFirst(opening.count).dropLast())
    }

    /// Ends a transaction that was left or has failed, so that the session is of use again.
    func abandon() async {
        guard isBegun, !isEnded, connection.isAlive else { return }
        do throws(PostgresFailure) {
            _ = try await connection.run([Self.rollback], commits: false, until: deadline)
        } catch {
            await connection.close()
        }
    }
}
