import Synchronization

/// Work that keeps failing is set aside with its cause, and everything else goes on (停放).
///
/// What is parked stands in the store, where any node sees it, and stays there until somebody has it tried again.
public final class Parking: Sendable {
    /// Tries before work is parked.
    public static let tries = 5
    static let space = "parked"
    /// How long it is remembered: as good as for ever.
    private static let forgottenAfter = Duration.seconds(10 * 365 * 86_400)

    private let store: any TransientStore
    private let state = Mutex<(failures: [String: Int], parked: Set<String>)>(([:], []))

    public init(store: any TransientStore) { self.store = store }

    /// Work that was set aside.
    public struct Parked: Hashable, Sendable {
        /// For example `timers:2024-117`.
        public let work: String
        public let cause: String
    }

    func isParked(_ work: String) async -> Bool { state.withLock { $0.parked.contains(work) } }

    func succeed(_ work: String) async {
        state.withLock { state in
            if !state.failures.isEmpty { state.failures[work] = nil }
        }
    }

    func fail(_ work: String, cause: String) async throws(StoreError) {
        let failures = state.withLock { state in
            state.failures[work, default: 0] += 1
            return state.failures[work, default: 0]
        }
        guard failures >= Self.tries else { return }
        try await park(work, cause: cause)
    }

    /// Sets work aside at once.
    func park(_ work: String, cause: String) async throws(StoreError) {
        let record = TransientRecord(
            space: Self.space, key: Self.key(work), value: Array(cause.utf8),
            expires: Instant.now.adding(Self.forgottenAfter))
        let store = store
        try await StoreDeadline.within("put") { () async throws(StoreError) in
            _ = try await store.put(record, ifAbsent: false, at: .now)
        }
        state.withLock { state in
            state.parked.insert(work)
            state.failures[work] = nil
        }
    }

    /// Reads what all nodes have parked; what somebody released meanwhile is tried again.
    func refresh() async throws(StoreError) {
        let store = store
        let all = try await StoreDeadline.within("transients") { () async throws(StoreError) in
            try await Self.all(in: store)
        }
        state.withLock { $0.parked = Set(all.map(\.work)) }
    }

    /// Everything that is parked, at most 1,000.
    public static func all(in store: any TransientStore) async throws(StoreError) -> [Parked] {
        try await store.transients(space, prefix: "", after: nil, limit: 1000, at: .now)
            .map { Parked(work: $0.key, cause: String(decoding: $0.value, as: UTF8.self)) }
    }

    /// Has parked work tried again.
    ///
    /// - Returns: `false` if it is not parked.
    public static func replay(_ work: String, in store: any TransientStore) async throws(StoreError) -> Bool {
        try await store.remove(space, key(work))
    }

    /// Names of work are short: a kind and the id of a case.
    private static func key(_ work: String) -> String { String(work.prefix(128)) }
}
