import Synchronization

/// Tells other nodes that something was stored, and hears it from them (变动提示). A hint and no more: whoever gets none,
/// behind a pooler for one, sees the same by asking from time to time.
///
/// Telling is a transaction of its own, at most every fiftieth of a second however much is stored: within the transactions
/// of events it would make all of the server's commits wait for each other.
final class ChangeHints: Sendable {
    static let interval = Duration.milliseconds(50)
    private static let channel = "binglian_changes"

    private struct State {
        var listeners = 0
        var isScheduled = false
        var last: ContinuousClock.Instant?
    }

    private let pool: ConnectionPool
    private let loop: SocketLoop
    private let state = Mutex(State())

    init(pool: ConnectionPool, loop: SocketLoop = .shared) {
        self.pool = pool
        self.loop = loop
    }

    /// Something was stored here. Only a node that listens tells others: a command at a terminal is soon over.
    func note() {
        let now = ContinuousClock.now
        let moment = state.withLock { state -> ContinuousClock.Instant? in
            guard state.listeners > 0, !state.isScheduled else { return nil }
            state.isScheduled = true
            let moment = state.last.map { max(now, $0 + Self.interval) } ?? now
            state.last = moment
            return moment
        }
        guard let moment else { return }
        loop.at(moment) {
            self.state.withLock { $0.isScheduled = false }
            Task.detached { await self.tell() }
        }
    }

    private func tell() async {
        let deadline = ContinuousClock.now + .seconds(2)
        do throws(PostgresFailure) {
            _ = try await pool.withConnection(until: deadline) { connection async throws(PostgresFailure) in
                try await connection.run(
                    [Statement("SELECT pg_notify('\(Self.channel)', '')")], commits: false, until: deadline)
            }
        } catch {
            // The others will ask by themselves.
        }
    }

    /// An element whenever something was stored by somebody, several at once counting as one, and whenever some may have
    /// been missed. Ends with its reader.
    func hints() -> AsyncStream<Void> {
        state.withLock { $0.listeners += 1 }
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task.detached { await self.listen { continuation.yield() } }
            continuation.onTermination = { _ in
                task.cancel()
                self.state.withLock { $0.listeners -= 1 }
            }
        }
    }

    /// On a session of its own, opened again whenever it is lost.
    private func listen(_ hint: @escaping @Sendable () -> Void) async {
        while !Task.isCancelled {
            let session: PostgresConnection
            do throws(PostgresFailure) {
                session = try await PostgresConnection.opening(pool.address, until: .now + .seconds(5), on: loop)
                await session.onNotification { _ in hint() }
                _ = try await session.run(
                    [Statement("LISTEN \(Self.channel)")], commits: false, until: .now + .seconds(5))
                hint()
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(5))
                    if Task.isCancelled { break }
                    _ = try await session.run([Statement("SELECT 1")], commits: false, until: .now + .seconds(5))
                }
                await session.close()
            } catch {
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

extension PostgresStore {
    /// An element whenever this or another node has probably stored something, see ``EventStore/changedCases(after:limit:)``:
    /// at most twenty a second from each node, and never to be relied on.
    public func changeHints() -> AsyncStream<Void> { hints.hints() }
}
