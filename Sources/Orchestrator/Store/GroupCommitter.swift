import Synchronization

/// Gathers appends that wait at the same time into one transaction (成组提交).
///
/// One durable commit costs about as much for a thousand requests as for one. While a commit is under way, arrivals
/// gather; the next commit takes them all, up to a bound. Nobody is answered before the commit with their request is
/// durable, so a caller who waits for each answer is slowed down to what the disk can do.
///
/// - A store that can work on several transactions at a time gets as many, never two with requests of one case: a
///   request waits while an earlier one of its case is being committed, and requests of a case keep their order.
/// - A batch that fails for a reason which one request may have caused is split and tried again, so that one bad
///   request fails alone. Any other failure is everybody's. Trying again is safe because of the command keys.
/// - Cancelling a caller does not take back its request: it gets the outcome.
/// - More than ``Limits/waiting`` requests never wait: the next one is refused as `overloaded`.
public final class GroupCommitter: Sendable {
    /// How much one commit takes and how much may wait.
    public struct Limits: Hashable, Sendable {
        /// Most requests in one transaction; at least 1.
        public var requests: Int
        /// Bytes after which a transaction takes no further request.
        public var bytes: Int
        /// Most requests that may wait for their turn.
        public var waiting: Int

        public init(requests: Int = 4096, bytes: Int = 8 << 20, waiting: Int = 32_768) {
            precondition(requests >= 1 && bytes >= 1 && waiting >= 1, "a committer must take at least one request")
            self.requests = requests
            self.bytes = bytes
            self.waiting = waiting
        }
    }

    /// What becomes of one request.
    typealias Outcome = Result<AppendOutcome, StoreError>

    /// A request's place in the queue, and what became of it.
    final class Ticket: Sendable {
        fileprivate let request: AppendRequest
        private let standing = Mutex(Standing.open)

        private enum Standing {
            case open
            case awaited(CheckedContinuation<Outcome, Never>)
            case settled(Outcome)
        }

        fileprivate init(_ request: AppendRequest) { self.request = request }

        /// What became of the request, once it is durable; to be asked for once.
        nonisolated(nonsending) func outcome() async -> Outcome {
            await withCheckedContinuation { answer in
                let known: Outcome? = standing.withLock { standing in
                    if case .settled(let outcome) = standing { return outcome }
                    standing = .awaited(answer)
                    return nil
                }
                if let known { answer.resume(returning: known) }
            }
        }

        fileprivate func settle(_ outcome: Outcome) {
            let answer: CheckedContinuation<Outcome, Never>? = standing.withLock { standing in
                defer { standing = .settled(outcome) }
                if case .awaited(let answer) = standing { return answer }
                return nil
            }
            answer?.resume(returning: outcome)
        }
    }

    private struct Queue {
        var waiting: [Ticket] = []
        /// How many transactions are being filled or under way.
        var committing = 0
        /// The cases that those under way have requests of.
        var busy: Set<CaseID> = []

        /// The next batch, of cases that no transaction under way has; `nil` ends one line of committing.
        ///
        /// Requests that are passed over keep their order, and so do those of each case: once one of a case is passed
        /// over, all behind it are.
        mutating func next(_ limits: Limits) -> [Ticket]? {
            var batch: [Ticket] = []
            var bytes = 0
            var kept = 0
            for (place, ticket) in waiting.enumerated() {
                if batch.count == limits.requests || bytes >= limits.bytes || busy.contains(ticket.request.caseID) {
                    waiting[kept] = waiting[place]
                    kept += 1
                } else {
                    batch.append(ticket)
                    bytes += ticket.request.byteCount
                }
            }
            waiting.removeLast(waiting.count - kept)
            guard !batch.isEmpty else {
                committing -= 1
                return nil
            }
            busy.formUnion(batch.lazy.map(\.request.caseID))
            return batch
        }

        mutating func finish(_ batch: [Ticket]) { busy.subtract(batch.lazy.map(\.request.caseID)) }
    }

    private let store: any EventStore
    private let limits: Limits
    /// Most transactions at a time.
    private let transactions: Int
    private let queue = Mutex(Queue())

    /// A committer for a store; all appends to the store should go through one.
    public init(store: any EventStore, limits: Limits = Limits()) {
        self.store = store
        self.limits = limits
        transactions = max(1, store.transactionsAtATime)
    }

    /// Requests that wait for a commit, without those being committed.
    public var waitingCount: Int { queue.withLock { $0.waiting.count } }

    /// Stores a request together with others and returns its outcome once it is durable.
    ///
    /// The request takes its place in the queue before the caller's actor does anything else, so an actor may send a
    /// second request of a case that builds on the first without waiting for the first's outcome.
    public nonisolated(nonsending) func append(_ request: AppendRequest) async throws(StoreError) -> AppendOutcome {
        try await submit(request).outcome().get()
    }

    /// Gives a request its place in the queue; its outcome is waited for at leisure.
    func submit(_ request: AppendRequest) -> Ticket {
        let ticket = Ticket(request)
        if let defect = request.defect {
            let error = StoreError(.rejected, operation: "append", underlying: "case \(request.caseID): \(defect)")
            ticket.settle(.failure(error))
        } else {
            enqueue(ticket)
        }
        return ticket
    }

    private func enqueue(_ arrival: Ticket) {
        let (accepted, starts) = queue.withLock { queue in
            guard queue.waiting.count < limits.waiting else { return (false, false) }
            queue.waiting.append(arrival)
            // While its case is being committed, whoever does that goes on with it.
            guard queue.committing < transactions, !queue.busy.contains(arrival.request.caseID) else {
                return (true, false)
            }
            queue.committing += 1
            return (true, true)
        }
        guard accepted else {
            let error = StoreError(
                .overloaded, operation: "append", underlying: "\(limits.waiting) requests wait already")
            return arrival.settle(.failure(error))
        }
        // A task of its own: it neither ends with the caller's nor inherits its actor.
        if starts { Task.detached { await self.commitAll() } }
    }

    private func commitAll() async {
        while true {
            await gather()
            guard let batch = queue.withLock({ $0.next(limits) }) else { return }
            await commit(batch[...])
            queue.withLock { $0.finish(batch) }
        }
    }

    /// Lets callers that are ready to send do so, as long as each turn brings somebody.
    ///
    /// Without it, the first of a hundred callers just answered would get a commit of its own and the others would
    /// wait for it. Stopping sooner, so that some compute while others are written, was slower on a real disk.
    private func gather() async {
        var before = -1
        var now = waitingCount
        while now > before, now < limits.requests {
            await Task.yield()
            (before, now) = (now, waitingCount)
        }
    }

    private func commit(_ batch: ArraySlice<Ticket>) async {
        do throws(StoreError) {
            let outcomes = try await store.append(batch.map(\.request))
            precondition(outcomes.count == batch.count, "a store answers every request")
            for (waiting, outcome) in zip(batch, outcomes) { waiting.settle(.success(outcome)) }
        } catch {
            guard batch.count > 1, error.mayConcernOneRequest else {
                for waiting in batch { waiting.settle(.failure(error)) }
                return
            }
            // Halves, in order: one bad request in n costs about 2 log n more transactions, not n.
            let middle = batch.startIndex + batch.count / 2
            await commit(batch[..<middle])
            await commit(batch[middle...])
        }
    }
}
