import CaseEngine
import NIOCore
import Orchestrator
import Synchronization
import WorkflowModel

/// What changed, to those who watch (变更广播): one writer, any number of watchers, each with its place.
///
/// Changes are numbered. A watcher is only told that there is something new, and takes everything since its place in one
/// piece, so that a watcher who is slow costs nothing and misses nothing. One who comes back names the last number it saw.
final class LiveFeed: Sendable {
    struct Change: Sendable {
        let position: Int
        let caseID: CaseID
        let version: Int
        /// As it is sent, made once for all watchers.
        let bytes: ByteBuffer
    }

    /// What a watcher gets at a time.
    struct News: Sendable {
        var changes: [Change] = []
        /// The number to come back with.
        var position: Int
        /// Whether more went by than is remembered, so that the watcher should look afresh.
        var hasGap = false
    }

    private struct State {
        var position: Int
        /// The latest changes, oldest first.
        var recent: [Change] = []
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextWatcher = 0
    }

    private let state: Mutex<State>
    private static let remembered = 10_000

    /// - Parameter start: numbers go on from there: a service that was started again must not use old ones anew.
    init(start: Int) { state = Mutex(State(position: start)) }

    /// The number of the last change.
    var position: Int { state.withLock { $0.position } }
    var watcherCount: Int { state.withLock { $0.watchers.count } }

    func note(_ id: CaseID, version: Int) {
        state.withLock { state in
            state.position += 1
            let data = JSONText.members(["case": .string(id.text), "version": .integer(version)]).compact
            let change = Change(
                position: state.position, caseID: id, version: version,
                bytes: ByteBuffer(string: "id: \(state.position)\nevent: case\ndata: \(data)\n\n"))
            state.recent.append(change)
            if state.recent.count > 2 * Self.remembered { state.recent.removeFirst(Self.remembered) }
            for watcher in state.watchers.values { watcher.yield() }
        }
    }

    /// Wakes every watcher, so that it can say that it is still there.
    func beat() { state.withLock { state in for watcher in state.watchers.values { watcher.yield() } } }

    /// What came after a number.
    func news(after last: Int) -> News {
        state.withLock { state in
            guard last != state.position else { return News(position: last) }
            let first = state.recent.first?.position ?? state.position + 1
            // A number that was never given is from before a restart.
            guard last < state.position, last + 1 >= first else { return News(position: state.position, hasGap: true) }
            return News(
                changes: Array(state.recent.suffix(state.position - last)), position: state.position)
        }
    }

    /// Becomes a watcher, until the sequence is let go of.
    func watch() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return state.nextWatcher
        }
        continuation.onTermination = { [weak self] _ in self?.remove(number) }
        return stream
    }

    private func remove(_ number: Int) { _ = state.withLock { $0.watchers.removeValue(forKey: number) } }
}
