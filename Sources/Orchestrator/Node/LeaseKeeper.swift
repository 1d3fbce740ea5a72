import Logging
import Synchronization

/// Keeps this node's leases alive and knows which it has (租约管理).
///
/// A lease counts here until its time is over by the machine's own monotonic clock, counted from before it was asked
/// for: never longer than the store thinks. What is done under one that passed on meanwhile is refused by its token.
final class LeaseKeeper: Sendable {
    let node: String
    let timeToLive: Duration
    private let store: any LeaseStore
    private let living = Mutex<Set<String>>([])
    private let held = Mutex<[String: (lease: Lease, ends: ContinuousClock.Instant)]>([:])

    init(node: String, timeToLive: Duration, store: any LeaseStore) {
        self.node = node
        self.timeToLive = timeToLive
        self.store = store
    }

    private var presence: String { "node/\(node)" }

    /// Renews what this node should do and lets go of what others should; one round of the store for all of it.
    ///
    /// - Parameter work: the names of all work that there is.
    func renew(_ work: [String]) async throws(StoreError) {
        let (store, node, timeToLive) = (store, node, timeToLive)
        let known = try await StoreDeadline.within("leases", timeToLive) { () async throws(StoreError) in
            try await store.leases()
        }
        let alive = known.filter { $0.remaining > .zero && $0.lease.name.hasPrefix("node/") }
            .map { String($0.lease.name.dropFirst("node/".count)) }
        living.withLock { $0 = Set(alive) }
        let share = WorkShare(alive: alive, own: node)
        let begun = ContinuousClock.now
        let wanted = work.filter { share.isOwn($0) }
        let names = [presence] + wanted
        let claimed = try await StoreDeadline.within("claim", timeToLive) { () async throws(StoreError) in
            try await store.claim(names, by: node, for: timeToLive)
        }
        let ends = begun + timeToLive
        let given = held.withLock { held in
            let kept = Set(claimed.map(\.name))
            let given = held.values.map(\.lease).filter { !kept.contains($0.name) && $0.holder == node }
            held = [:]
            for lease in claimed { held[lease.name] = (lease, ends) }
            return given
        }
        for lease in given {
            try await StoreDeadline.within("release", timeToLive) { () async throws(StoreError) in
                try await store.release(lease)
            }
        }
    }

    /// The nodes whose leases ran when they were last looked at.
    var alive: Set<String> { living.withLock { $0 } }

    /// The lease of some work, if this node may do it now.
    func lease(_ name: String) -> Lease? {
        held.withLock { held in
            guard let (lease, ends) = held[name], ContinuousClock.now < ends else { return nil }
            return lease
        }
    }

    var heldCount: Int { held.withLock { $0.count } }

    /// Lets everything go, so that others need not wait for its end.
    func releaseAll() async {
        let leases = held.withLock { held in
            defer { held = [:] }
            return held.values.map(\.lease)
        }
        let store = store
        for lease in leases {
            try? await StoreDeadline.within("release", timeToLive) { () async throws(StoreError) in
                try await store.release(lease)
            }
        }
    }
}
