import Orchestrator
import Synchronization
import WorkCalendar

/// Counts that take a while, kept for a while (计数缓存): for twenty times what counting took, at most five seconds, so that
/// a small office always sees the newest and a large one does not count all the time.
final class AgedCounts: Sendable {
    /// What is counted.
    enum Subject: Hashable, Sendable {
        case tasks(of: String, TaskFilter, LocalDate)
        case cases(ListFilter, upTo: Int)
    }

    private struct Known {
        let count: TaskCount
        let until: ContinuousClock.Instant
    }

    private let known = Mutex<[Subject: Known]>([:])
    private static let limit = 1000
    private static let longest = Duration.seconds(5)
    /// What took no longer is not kept.
    private static let free = Duration.milliseconds(2)

    func value(_ key: Subject, _ find: () async throws -> TaskCount) async rethrows -> TaskCount {
        let now = ContinuousClock.now
        if let known = known.withLock({ $0[key] }), known.until > now { return known.count }
        let count = try await find()
        let took = ContinuousClock.now - now
        guard took > Self.free else { return count }
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            known[key] = Known(count: count, until: .now + min(took * 20, Self.longest))
        }
        return count
    }
}
