import Synchronization

/// Answers to writes, by their keys (已答复的写请求), so that a write sent again has the same answer and no second effect.
///
/// What a case was told is kept in its log besides; this remembers the rest, and every answer in its own words, for a day.
///
/// - Source: draft-ietf-httpapi-idempotency-key-header.
final class AnsweredWrites: Sendable {
    enum Standing: Sendable {
        /// Nobody has sent it: do it, and say what came of it.
        case new
        case underWay
        case answered(Written)
        /// The key came with something else.
        case otherRequest
    }

    private struct Entry {
        let fingerprint: String
        var recorded: Written?
        let since: ContinuousClock.Instant
    }

    private let entries = Mutex<[String: Entry]>([:])
    private static let limit = 20_000
    private static let lasting = Duration.seconds(24 * 3600)

    func begin(_ key: String, _ fingerprint: String) -> Standing {
        entries.withLock { entries in
            if entries.count >= Self.limit {
                let now = ContinuousClock.now
                entries = entries.filter { now - $0.value.since < Self.lasting }
                if entries.count >= Self.limit {
                    for (key, _) in entries.sorted(by: { $0.value.since < $1.value.since }).prefix(Self.limit / 10) {
                        entries[key] = nil
                    }
                }
            }
            guard let entry = entries[key] else {
                entries[key] = Entry(fingerprint: fingerprint, since: .now)
                return .new
            }
            guard entry.fingerprint == fingerprint else { return .otherRequest }
            return entry.recorded.map { .answered($0) } ?? .underWay
        }
    }

    func end(_ key: String, _ recorded: Written) {
        entries.withLock { $0[key]?.recorded = recorded }
    }

    /// Nothing came of it: the key is free.
    func giveUp(_ key: String) { entries.withLock { $0[key] = nil } }
}
