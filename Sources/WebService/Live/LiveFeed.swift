import CaseEngine
import Logging
import NIOCore
import Orchestrator
import Synchronization
import WorkflowModel

/// What changed, to those who watch (变更广播): one reader of the store, any number of watchers, each with its place.
///
/// Changes have the store's own positions, so a watcher who comes back, also after the service was started again or to
/// another node, names the last one it saw and misses nothing. A watcher is only told that there is something new, and
/// takes everything since its place in one piece: one that is slow costs nothing.
final class LiveFeed: Sendable {
    struct Change: Sendable {
        let position: Int64
        let caseID: CaseID
        /// As it is sent, made once for all watchers.
        let bytes: ByteBuffer

        init(_ changed: ChangedCase) {
            position = changed.position
            caseID = changed.caseID
            let data = JSONText.members([
                "case": .string(changed.caseID.text), "version": .integer(changed.version),
            ]).compact
            bytes = ByteBuffer(string: "id: \(changed.position)\nevent: case\ndata: \(data)\n\n")
        }
    }

    /// What a watcher gets at a time.
    struct News: Sendable {
        var changes: [Change] = []
        /// The number to come back with.
        var position: Int64
        /// Whether more went by than is worth telling one by one, so that the watcher should look afresh.
        var hasGap = false
    }

    private struct State {
        /// Up to where the store was read; `nil` before anybody watched.
        var position: Int64?
        /// All changes after that position are remembered.
        var begin: Int64 = 0
        /// The latest changes, oldest first.
        var recent: [Change] = []
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextWatcher = 0
        var isReading = false
        var isAsked = false
        var isOver = false
    }

    private let store: any OfficeStore
    private let state = Mutex(State())
    private static let remembered = 10_000
    private static let page = 1000

    init(store: any OfficeStore) { self.store = store }

    var watcherCount: Int { state.withLock { $0.watchers.count } }

    /// Looks for changes, if anybody watches; many calls at once are one.
    func nudge() {
        let begins = state.withLock { state in
            guard !state.watchers.isEmpty else { return false }
            state.isAsked = true
            if state.isReading { return false }
            state.isReading = true
            return true
        }
        if begins { Task { await read() } }
    }

    private func read() async {
        while state.withLock({ state in
            defer { state.isAsked = false }
            if !state.isAsked { state.isReading = false }
            return state.isAsked
        }) {
            do {
                var position = try await begun()
                while true {
                    let changes = try await store.changedCases(after: position, limit: Self.page)
                    guard let last = changes.last else { break }
                    position = last.position
                    take(changes.map { Change($0) }, upTo: position)
                }
            } catch {
                // Read again with the next change or the next tick.
            }
        }
    }

    private func take(_ changes: [Change], upTo position: Int64) {
        state.withLock { state in
            state.recent += changes.filter { !$0.caseID.isOffice }
            state.position = position
            if state.recent.count > 2 * Self.remembered {
                state.begin = state.recent[state.recent.count - Self.remembered - 1].position
                state.recent.removeFirst(state.recent.count - Self.remembered)
            }
            for watcher in state.watchers.values { watcher.yield() }
        }
    }

    /// Up to where the store was read: for whoever watches from now on.
    func begun() async throws -> Int64 {
        if let position = state.withLock({ $0.position }) { return position }
        let latest = try await store.latestPosition()
        return state.withLock { state in
            if state.position == nil {
                state.position = latest
                state.begin = latest
            }
            return state.position ?? latest
        }
    }

    /// What came after a position.
    func news(after last: Int64) async throws -> News {
        let known: News? = state.withLock { state in
            guard let position = state.position, last >= state.begin else { return nil }
            if last >= position { return News(position: last) }
            let first = state.recent.lastIndex { $0.position <= last }.map { $0 + 1 } ?? 0
            return News(changes: Array(state.recent[first...]), position: position)
        }
        if let known { return known }
        // From before what is remembered: out of the store, unless that is too much to tell.
        var news = News(position: last)
        for _ in 0..<10 {
            let changes = try await store.changedCases(after: news.position, limit: Self.page)
            guard let end = changes.last else { return news }
            news.changes += changes.filter { !$0.caseID.isOffice }.map { Change($0) }
            news.position = end.position
        }
        return News(position: try await store.latestPosition(), hasGap: true)
    }

    /// Wakes every watcher, so that it can say that it is still there.
    func beat() { state.withLock { state in for watcher in state.watchers.values { watcher.yield() } } }

    /// Becomes a watcher, until the sequence is let go of.
    func watch() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            if state.isOver { return nil }
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return state.nextWatcher
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(number) }
        return stream
    }

    /// Ends the streams of all watchers, and of those who come later: the service ends. One call for all of them, so that
    /// none needs a task of its own that waits for it.
    func end() {
        let watchers = state.withLock { state in
            state.isOver = true
            defer { state.watchers.removeAll() }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.finish() }
    }

    private func remove(_ number: Int) { _ = state.withLock { $0.watchers.removeValue(forKey: number) } }
}
