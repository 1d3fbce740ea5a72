import Synchronization

/// The sessions of a store (连接池): made when needed, kept for the next, never more than a bound.
final class ConnectionPool: Sendable {
    /// How many sessions, how many who wait for one, and how long anything may take.
    struct Limits: Hashable, Sendable {
        var sessions = 8
        var waiting = 1024
        /// How long a caller is kept waiting in all, before the server is taken for gone.
        var patience: Duration = .seconds(5)
        /// A session that lay longer is tried before it is used.
        var freshness: Duration = .seconds(15)
    }

    private enum Turn: Sendable {
        case connection(PostgresConnection)
        /// There is room for one more session.
        case room
        case late
        case closed
    }

    private struct Waiting {
        let number: UInt64
        let turn: CheckedContinuation<Turn, Never>
        var alarm: SocketLoop.Alarm?
    }

    private struct State {
        var idle: [(connection: PostgresConnection, since: ContinuousClock.Instant)] = []
        /// Sessions that are idle, used, or being opened.
        var count = 0
        var waiting: [Waiting] = []
        var lastNumber: UInt64 = 0
        var isClosed = false
        /// Who waits until the last session is given back.
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    let address: PostgresAddress
    let limits: Limits
    private let loop: SocketLoop
    private let state = Mutex(State())
    private let clock = ContinuousClock()

    init(_ address: PostgresAddress, limits: Limits, loop: SocketLoop = .shared) {
        self.address = address
        self.limits = limits
        self.loop = loop
    }

    /// Sessions that there are now.
    var count: Int { state.withLock { $0.count } }

    /// Lends a session to the closure. It is closed afterwards if the closure says that it is of no more use.
    func withConnection<Value>(
        until deadline: ContinuousClock.Instant,
        _ body: (PostgresConnection) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        let connection = try await take(until: deadline)
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            // A server that is no longer the right one is not asked again by anybody.
            if error.wantsAnotherSession { await dropIdle() }
            if error.wantsAnotherSession || error.isUncertain { await connection.close() }
            await giveBack(connection)
            throw error
        }
    }

    /// No session is lent any more; returns when all have been given back and ended.
    func close() async {
        let (idle, waiting) = state.withLock { state in
            defer {
                state.count -= state.idle.count
                state.isClosed = true
                (state.idle, state.waiting) = ([], [])
            }
            return (state.idle.map(\.connection), state.waiting)
        }
        for waiting in waiting { call(waiting, .closed) }
        for connection in idle { await connection.close() }
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.count > 0 { state.closing.append(continuation) }
                return state.count == 0
            }
            if isDone { continuation.resume() }
        }
    }

    // MARK: Lending

    private func take(until deadline: ContinuousClock.Instant) async throws(PostgresFailure) -> PostgresConnection {
        while true {
            switch try await turn(until: deadline) {
            case .connection(let connection):
                if connection.isAlive { return connection }
                await connection.close()
                return try await open(until: deadline)
            case .room: return try await open(until: deadline)
            case .late:
                throw PostgresFailure(
                    cause: .overloaded, message: "all \(limits.sessions) sessions were busy for too long")
            case .closed: throw PostgresFailure(cause: .closed, message: "the store was closed")
            }
        }
    }

    /// A session, or room for one; its caller counts it from here on.
    private func turn(until deadline: ContinuousClock.Instant) async throws(PostgresFailure) -> Turn {
        let now = clock.now
        let (free, since, isFull) = state.withLock { state -> (Turn?, ContinuousClock.Instant?, Bool) in
            if state.isClosed { return (.closed, nil, false) }
            if let idle = state.idle.popLast() { return (.connection(idle.connection), idle.since, false) }
            if state.count < limits.sessions {
                state.count += 1
                return (.room, nil, false)
            }
            return (nil, nil, state.waiting.count >= limits.waiting)
        }
        if isFull {
            throw PostgresFailure(cause: .overloaded, message: "\(limits.waiting) requests wait for a session already")
        }
        if case .connection(let connection)? = free, let since, now - since > limits.freshness {
            await tryOut(connection)
        }
        if let free { return free }
        return await withCheckedContinuation { continuation in
            let (turn, number) = state.withLock { state -> (Turn?, UInt64) in
                if state.isClosed { return (.closed, 0) }
                if let idle = state.idle.popLast() { return (.connection(idle.connection), 0) }
                if state.count < limits.sessions {
                    state.count += 1
                    return (.room, 0)
                }
                state.lastNumber += 1
                state.waiting.append(Waiting(number: state.lastNumber, turn: continuation))
                return (nil, state.lastNumber)
            }
            if let turn { return continuation.resume(returning: turn) }
            let alarm = loop.at(deadline) { self.giveUp(number) }
            let isWaiting = state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return false }
                state.waiting[index].alarm = alarm
                return true
            }
            if !isWaiting { loop.cancel(alarm) }
        }
    }

    private func giveUp(_ number: UInt64) {
        let waiting = state.withLock { state -> Waiting? in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        if let waiting { call(waiting, .late) }
    }

    private func call(_ waiting: Waiting, _ turn: Turn) {
        if let alarm = waiting.alarm { loop.cancel(alarm) }
        waiting.turn.resume(returning: turn)
    }

    /// Asks a session that lay for a while whether the server still answers; one that does not is closed.
    private func tryOut(_ connection: PostgresConnection) async {
        do throws(PostgresFailure) {
            _ = try await connection.run([Statement("SELECT 1")], commits: false, until: clock.now + .seconds(1))
        } catch {
            await connection.close()
        }
    }

    /// Opens a session, again and again until it is there: a server that restarts, or a standby that takes over, needs
    /// a moment.
    private func open(until deadline: ContinuousClock.Instant) async throws(PostgresFailure) -> PostgresConnection {
        var pause = Duration.milliseconds(20)
        while true {
            do throws(PostgresFailure) {
                return try await PostgresConnection.opening(address, until: deadline, on: loop)
            } catch {
                guard error.wantsAnotherSession, clock.now + pause < deadline, state.withLock({ !$0.isClosed }) else {
                    forget()
                    throw error
                }
                await loop.sleep(until: clock.now + pause)
                pause = min(pause * 2, .milliseconds(250))
            }
        }
    }

    private func giveBack(_ connection: PostgresConnection) async {
        guard connection.isAlive else {
            await connection.close()
            return forget()
        }
        let (isKept, next) = state.withLock { state -> (Bool, Waiting?) in
            if state.isClosed { return (false, nil) }
            if !state.waiting.isEmpty { return (true, state.waiting.removeFirst()) }
            state.idle.append((connection, clock.now))
            return (true, nil)
        }
        if let next { return call(next, .connection(connection)) }
        if !isKept {
            await connection.close()
            forget()
        }
    }

    /// One session less; whoever waits may open another.
    private func forget() {
        let (next, closing) = state.withLock { state -> (Waiting?, [CheckedContinuation<Void, Never>]) in
            if !state.waiting.isEmpty { return (state.waiting.removeFirst(), []) }
            state.count -= 1
            guard state.isClosed, state.count == 0 else { return (nil, []) }
            defer { state.closing = [] }
            return (nil, state.closing)
        }
        if let next { call(next, .room) }
        for continuation in closing { continuation.resume() }
    }

    private func dropIdle() async {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle.map(\.connection)
        }
        for connection in idle {
            await connection.close()
            forget()
        }
    }
}
