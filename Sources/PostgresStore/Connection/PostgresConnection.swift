import CLibPQ
import Synchronization

/// One session with a server (会话), used by one caller at a time: statements go out together, answers come back together.
///
/// The session lives on the thread of sockets. Every exchange has a deadline of our own: keepalives do not see a server
/// that lives but whose answers are lost. Past it the socket is closed, and what was sent may or may not have happened.
actor PostgresConnection {
    private let loop: SocketLoop
    private let handle: Handle
    private var socket: CInt = -1
    private var isOpen = true
    private var isFlushing = false
    private var exchange: Exchange?
    private let life = Mutex(true)
    private var heard: (@Sendable (String) -> Void)?
    /// A request to stop is on its way, and nobody can tell which statement it will meet.
    private var isSpoiled = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Whether the session was alive when last heard of. The socket is watched while nobody uses it, so that a session
    /// that the server has ended is known before it is taken.
    nonisolated var isAlive: Bool { life.withLock { $0 } }

    private struct Exchange {
        let continuation: CheckedContinuation<Result<[ResultSet], PostgresFailure>, Never>
        let alarm: SocketLoop.Alarm
        /// Whether the last statement commits, so that losing the session leaves the outcome unknown.
        let commits: Bool
        let count: Int
        let name: ExchangeName?
        var results: [ResultSet] = []
        var failure: PostgresFailure?
    }

    /// Tells an exchange from all others.
    final class ExchangeName: Sendable {}

    /// Owns a libpq connection; only one thread at a time uses it.
    final class Handle: @unchecked Sendable {
        private(set) var pointer: OpaquePointer?
        let notices = Notices()

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
            PQsetNoticeReceiver(
                pointer,
                { context, result in
                    guard let context, let result else { return }
                    Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().note(result)
                }, Unmanaged.passUnretained(notices).toOpaque())
        }

        func finish() {
            if let pointer { PQfinish(pointer) }
            pointer = nil
        }

        deinit { finish() }
    }

    /// What the server remarks beside its answers.
    final class Notices: Sendable {
        private let cancelled = Mutex(false)

        /// A commit whose wait for the standby was cancelled is answered like any other, with a warning: it is in the
        /// primary's log and may be nowhere else. The name of the function does not depend on the server's language.
        fileprivate func note(_ result: OpaquePointer) {
            let function = PQresultErrorField(result, bl_diag_function).map { String(cString: $0) }
            if function == "SyncRepWaitForLSN" { cancelled.withLock { $0 = true } }
        }

        fileprivate func takeCancelled() -> Bool {
            cancelled.withLock { cancelled in
                defer { cancelled = false }
                return cancelled
            }
        }
    }

    private init(_ handle: Handle, on loop: SocketLoop) {
        self.handle = handle
        self.loop = loop
    }

    /// A session over an established connection.
    static func starting(_ handle: Handle, on loop: SocketLoop) async throws(PostgresFailure) -> PostgresConnection {
        let connection = PostgresConnection(handle, on: loop)
        guard await connection.start() else {
            throw PostgresFailure(cause: .unreachable, message: "the connection does not take pipelines")
        }
        return connection
    }

    private func start() -> Bool {
        guard let pointer = handle.pointer, PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1 else {
            close()
            return false
        }
        socket = PQsocket(pointer)
        loop.watch(socket, for: .reading) { [weak self] in self?.assumeIsolated { $0.pump() } }
        return true
    }

    /// Ends the session; an exchange under way fails.
    func close() { end(PostgresFailure(cause: .closed, message: "the session was closed")) }

    /// Calls the closure for every notification; see LISTEN.
    func onNotification(_ body: @escaping @Sendable (String) -> Void) { heard = body }

    // MARK: Exchanges

    /// Sends statements together, ended by one sync, and returns their results.
    ///
    /// Statements that are not within BEGIN and COMMIT are one transaction.
    ///
    /// - Parameters:
    ///   - commits: whether they end by a commit, or are one of their own that writes.
    ///   - deadline: when the session is given up.
    ///   - name: by which ``stop(_:)`` knows the exchange.
    /// - Throws: the first refusal; the statements after it were not done.
    func run(
        _ statements: [Statement], commits: Bool, until deadline: ContinuousClock.Instant, as name: ExchangeName? = nil
    ) async throws(PostgresFailure) -> [ResultSet] {
        precondition(exchange == nil, "a session is used by one caller at a time")
        guard isOpen, let pointer = handle.pointer else {
            throw PostgresFailure(cause: .lost, message: "the session is closed")
        }
        _ = handle.notices.takeCancelled()
        for statement in statements {
            guard statement.send(on: pointer) else { throw refuse(pointer) }
        }
        guard PQpipelineSync(pointer) == 1 else { throw refuse(pointer) }
        let result = await withCheckedContinuation { continuation in
            let alarm = loop.at(deadline) { [weak self] in self?.assumeIsolated { $0.isLate() } }
            exchange = Exchange(
                continuation: continuation, alarm: alarm, commits: commits, count: statements.count, name: name)
            pump()
        }
        return try result.get()
    }

    /// Asks the server to stop an exchange that is under way and is no commit. The session is used for nothing else: the
    /// request takes a way of its own and might meet the next statement.
    ///
    /// - Returns: a request that may be sent from any thread that may block.
    func cancellation(of name: ExchangeName) -> (@Sendable () -> Void)? {
        guard let exchange, exchange.name === name, !exchange.commits, let pointer = handle.pointer,
            let cancel = PQgetCancel(pointer)
        else { return nil }
        isSpoiled = true
        let request = Cancellation(cancel)
        return { request.send() }
    }

    private final class Cancellation: @unchecked Sendable {
        private let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { PQfreeCancel(pointer) }

        func send() {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(pointer, &message, CInt(message.count))
        }
    }

    /// The connection took only part of what was to be sent. The server has seen no sync, so nothing is committed.
    private func refuse(_ pointer: OpaquePointer) -> PostgresFailure {
        let failure = PostgresFailure(cause: .lost, message: pointer.connectionMessage)
        end(failure)
        return failure
    }

    private func isLate() {
        guard exchange != nil else { return }
        end(PostgresFailure(cause: .lost, message: "the server did not answer in time"))
    }

    // MARK: The socket

    /// Sends and reads what can be without waiting.
    private func pump() {
        guard isOpen, let pointer = handle.pointer else { return }
        guard PQconsumeInput(pointer) == 1 else {
            return end(PostgresFailure(cause: .lost, message: pointer.connectionMessage))
        }
        switch PQflush(pointer) {
        case 0:
            if isFlushing { loop.change(socket, to: .reading) }
            isFlushing = false
        case 1:
            if !isFlushing { loop.change(socket, to: [.reading, .writing]) }
            isFlushing = true
        default:
            return end(PostgresFailure(cause: .lost, message: pointer.connectionMessage))
        }
        takeResults(pointer)
        guard isOpen else { return }
        while let notification = PQnotifies(pointer) {
            let channel = String(cString: notification.pointee.relname)
            PQfreemem(notification)
            heard?(channel)
        }
    }

    private func takeResults(_ pointer: OpaquePointer) {
        // NULL ends the results of a statement; two of them mean that nothing more has come.
        var ends = 0
        while exchange != nil, ends < 2, PQisBusy(pointer) == 0 {
            guard let result = PQgetResult(pointer) else {
                ends += 1
                continue
            }
            ends = 0
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                settle()
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                exchange?.results.append(ResultSet(result))
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            default:
                if exchange?.failure == nil { exchange?.failure = PostgresFailure(result) }
                PQclear(result)
            }
        }
    }

    private func settle() {
        guard let done = exchange else { return }
        exchange = nil
        loop.cancel(done.alarm)
        let wasCancelled = handle.notices.takeCancelled()
        if isSpoiled { close() }
        if var failure = done.failure {
            // The server itself cannot tell.
            if done.commits, ["08007", "40003"].contains(failure.state) { failure.isUncertain = true }
            return done.continuation.resume(returning: .failure(failure))
        }
        if wasCancelled {
            let failure = PostgresFailure(
                cause: .lost, message: "the wait for the standby was cancelled", isUncertain: true)
            return done.continuation.resume(returning: .failure(failure))
        }
        precondition(done.results.count == done.count, "every statement has its result")
        done.continuation.resume(returning: .success(done.results))
    }

    private func end(_ failure: PostgresFailure) {
        guard isOpen else { return }
        isOpen = false
        life.withLock { $0 = false }
        if socket >= 0 { loop.unwatch(socket) }
        handle.finish()
        guard let lost = exchange else { return }
        exchange = nil
        loop.cancel(lost.alarm)
        var failure = failure
        // A refusal that came before the session ended is the reason, but with a commit on its way it proves nothing.
        if let refusal = lost.failure { failure.message = refusal.message + "; " + failure.message }
        failure.isUncertain = lost.commits
        lost.continuation.resume(returning: .failure(failure))
    }
}
