import Synchronization

/// What a node has in hand (在手的办理), noted in the store before it is begun: so the case on which a process dies is known
/// afterwards, and does not take down one node after another.
///
/// What a node that is no more had in hand is under suspicion. That is done alone, after everything else, and each try is counted
/// before it begins; whatever has ended the process so many times is parked.
final class WorkInHand: Sendable {
    private static let space = "in-hand"
    private static let suspects = "suspect"
    private static let forgottenAfter = Duration.seconds(30 * 86_400)
    /// Work noted together: a record has room for it, and no more than that is under suspicion at once.
    static let together = 200

    private let store: any TransientStore
    private let node: String
    /// Whether the node's record is of this process, and what it has tried itself, with the number of tries before: it lives,
    /// so that those did not end it.
    private let state = Mutex<(isOwn: Bool, tried: [String: Int])>((false, [:]))

    init(store: any TransientStore, node: String) {
        self.store = store
        self.node = node
    }

    /// Notes work that is begun now; what was noted before is over.
    func begin(_ work: [String]) async throws(StoreError) {
        try await put(Self.space, node, work.joined(separator: "\n"))
        state.withLock { $0.isOwn = true }
    }

    /// Nothing is in hand any more.
    func end() async throws(StoreError) {
        let (store, node) = (store, node)
        try await StoreDeadline.within("remove") { () async throws(StoreError) in
            _ = try await store.remove(Self.space, node)
        }
    }

    /// The work under suspicion, and how many tries ended a process.
    ///
    /// - Parameter alive: the nodes that live: what they have in hand is under way.
    func underSuspicion(alive: Set<String>) async throws(StoreError) -> [String: Int] {
        for record in try await records(Self.space) {
            let isUnderWay = record.key == node ? state.withLock { $0.isOwn } : alive.contains(record.key)
            if isUnderWay { continue }
            for work in String(decoding: record.value, as: UTF8.self).split(separator: "\n") {
                try await put(Self.suspects, String(work), "0", ifAbsent: true)
            }
            let store = store
            try await StoreDeadline.within("remove") { () async throws(StoreError) in
                _ = try await store.remove(Self.space, record.key)
            }
        }
        var found: [String: Int] = [:]
        for record in try await records(Self.suspects) {
            found[record.key] = Int(String(decoding: record.value, as: UTF8.self)) ?? 0
        }
        return state.withLock { state in found.merging(state.tried.filter { found[$0.key] != nil }) { $1 } }
    }

    /// Counts a try before it begins.
    func attempt(_ work: String, after tries: Int) async throws(StoreError) {
        try await put(Self.suspects, work, String(tries + 1))
        state.withLock { $0.tried[work] = tries }
    }

    /// It was done, or set aside.
    func clear(_ work: String) async throws(StoreError) {
        let store = store
        try await StoreDeadline.within("remove") { () async throws(StoreError) in
            _ = try await store.remove(Self.suspects, work)
        }
        state.withLock { $0.tried[work] = nil }
    }

    private func put(_ space: String, _ key: String, _ value: String, ifAbsent: Bool = false) async throws(StoreError) {
        let record = TransientRecord(
            space: space, key: key, value: Array(value.utf8), expires: Instant.now.adding(Self.forgottenAfter))
        let store = store
        try await StoreDeadline.within("put") { () async throws(StoreError) in
            _ = try await store.put(record, ifAbsent: ifAbsent, at: .now)
        }
    }

    private func records(_ space: String) async throws(StoreError) -> [TransientRecord] {
        let store = store
        return try await StoreDeadline.within("transients") { () async throws(StoreError) in
            try await store.transients(space, prefix: "", after: nil, limit: 1000, at: .now)
        }
    }
}
