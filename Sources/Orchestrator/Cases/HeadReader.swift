import Synchronization

/// Asks the store where logs end, for all who ask at the same moment at once (版本核对).
///
/// A look begins after everybody whom it answers has asked, so nobody gets an answer from before the question.
final class HeadReader: Sendable {
    private typealias Answer = Result<Int, StoreError>

    private struct State {
        var waiting: [(id: CaseID, answer: CheckedContinuation<Answer, Never>)] = []
        var readers = 0
    }

    private let store: any EventStore
    private let state = Mutex(State())
    /// Looks side by side; whoever comes meanwhile is in the next.
    private static let width = 2

    init(store: any EventStore) { self.store = store }

    /// The version of a case; 0 when there is none.
    func version(of id: CaseID) async throws(StoreError) -> Int {
        let answer = await withCheckedContinuation { continuation in
            let begins = state.withLock { state in
                state.waiting.append((id, continuation))
                guard state.readers < Self.width else { return false }
                state.readers += 1
                return true
            }
            if begins { Task { await read() } }
        }
        return try answer.get()
    }

    private func read() async {
        while true {
            let batch = state.withLock { state in
                let batch = state.waiting
                state.waiting = []
                if batch.isEmpty { state.readers -= 1 }
                return batch
            }
            if batch.isEmpty { return }
            do throws(StoreError) {
                let versions = try await store.versions(of: batch.map(\.id))
                for (one, version) in zip(batch, versions) { one.answer.resume(returning: .success(version)) }
            } catch {
                for one in batch { one.answer.resume(returning: .failure(error)) }
            }
        }
    }
}

extension EventStore {
    /// The versions of cases in their order, 0 where there is none: one look at the store.
    public func versions(of ids: [CaseID]) async throws(StoreError) -> [Int] {
        var found: [CaseID: Int] = [:]
        for id in ids where found[id] == nil { found[id] = try await head(of: id)?.version ?? 0 }
        return ids.map { found[$0] ?? 0 }
    }
}
