import Logging
import Synchronization

/// What became of one delivery.
public enum DeliveryVerdict: Hashable, Sendable {
    case delivered
    /// Another try may succeed; not before then, if the receiver said so.
    case failed(String, notBefore: Instant? = nil)
    /// No other try will: a dead letter at once.
    case refused(String)
}

/// The way to the receivers of messages.
public protocol MessageDelivery: Sendable {
    /// The receivers that it delivers to; messages of others wait.
    var receivers: Set<String> { get }
    /// Delivers one message; must return when the task is cancelled, and within its own deadline.
    ///
    /// - Parameter token: the fencing token of whoever delivers; a receiver that has seen a higher one may refuse.
    func deliver(_ message: OutboxMessage, token: Int64) async -> DeliveryVerdict
}

/// Delivers what waits for one receiver (待发消息投递): in order within a case, a failing receiver by itself.
final class OutboxWork: Sendable {
    private let store: any OfficeStore
    private let delivery: any MessageDelivery
    private let meters: NodeMeters
    private let logger: Logger
    private let retry: Backoff
    /// Failed tries before a message is a dead letter.
    private let tries: Int
    private let breakers = Mutex<[String: CircuitBreaker]>([:])
    /// Messages of different cases that are on their way to one receiver at the same time.
    private static let width = 8
    private static let pageSize = 200

    init(
        store: any OfficeStore, delivery: any MessageDelivery, retry: Backoff, tries: Int, meters: NodeMeters,
        logger: Logger
    ) {
        self.store = store
        self.delivery = delivery
        self.retry = retry
        self.tries = tries
        self.meters = meters
        self.logger = logger
    }

    /// The receivers for whom something waits and to whom there is a way.
    func receivers() async throws(StoreError) -> [String] {
        let store = store
        let waiting = try await StoreDeadline.within("waitingReceivers") { () async throws(StoreError) in
            try await store.waitingReceivers()
        }
        return waiting.filter { delivery.receivers.contains($0) }
    }

    /// Delivers what waits for a receiver now.
    ///
    /// - Returns: how many messages were delivered.
    func deliver(to receiver: String, under lease: Lease) async throws -> Int {
        let now = Instant.now
        guard breakers.withLock({ $0[receiver, default: CircuitBreaker()].allows(at: now) }) else { return 0 }
        let isProbe = breakers.withLock { $0[receiver]?.isOpen ?? false }
        let messages: [OutboxMessage]
        do {
            messages = try await StoreDeadline.within("waitingMessages") { [store] () async throws(StoreError) in
                try await store.waitingMessages(for: receiver, at: now, limit: isProbe ? 1 : Self.pageSize)
            }
        } catch {
            // The one call that may try did not go out.
            if isProbe { breakers.withLock { $0[receiver]?.fail(at: now) } }
            throw error
        }
        if messages.isEmpty {
            // Nothing to probe with: the next message is the probe.
            if isProbe { breakers.withLock { $0[receiver]?.succeed() } }
            return 0
        }
        var cases: [[OutboxMessage]] = []
        var places: [CaseID: Int] = [:]
        for message in messages {
            if let place = places[message.caseID] {
                cases[place].append(message)
            } else {
                places[message.caseID] = cases.count
                cases.append([message])
            }
        }
        return try await withThrowingTaskGroup(of: Int.self) { group in
            var waiting = cases[...]
            var delivered = 0
            for messages in waiting.prefix(Self.width) {
                group.addTask { try await self.deliver(messages, under: lease) }
            }
            waiting = waiting.dropFirst(Self.width)
            while let count = try await group.next() {
                delivered += count
                if Task.isCancelled || breakers.withLock({ $0[receiver]?.isOpen ?? false }) { continue }
                if let messages = waiting.popFirst() {
                    group.addTask { try await self.deliver(messages, under: lease) }
                }
            }
            return delivered
        }
    }

    /// The messages of one case, one after another, up to the first that fails.
    private func deliver(_ messages: [OutboxMessage], under lease: Lease) async throws -> Int {
        var delivered = 0
        for message in messages {
            if Task.isCancelled { return delivered }
            switch await delivery.deliver(message, token: lease.token) {
            case .delivered:
                note(message) { $0.succeed() }
                let isNoted = try await StoreDeadline.within("markDelivered") {
                    [store] () async throws(StoreError) in
                    try await store.markDelivered([message.id], under: lease)
                }
                guard isNoted else { return delivered }
                meters.delivered.add(1)
                delivered += 1
            case .failed(let reason, let notBefore):
                // What was cut off by our own end is nobody's failure.
                if Task.isCancelled { return delivered }
                note(message) { $0.fail(at: .now) }
                try await fail(message, reason, notBefore: notBefore, under: lease)
                return delivered
            case .refused(let reason):
                note(message) { $0.succeed() }
                logger.warning("a message was refused", metadata: Self.metadata(message, reason))
                meters.dead.add(1)
                try await markFailed(message, reason, retryAt: nil, under: lease)
            }
        }
        return delivered
    }

    private func note(_ message: OutboxMessage, _ change: (inout CircuitBreaker) -> Void) {
        breakers.withLock { change(&$0[message.message.receiver, default: CircuitBreaker()]) }
    }

    private func fail(_ message: OutboxMessage, _ reason: String, notBefore: Instant?, under lease: Lease) async throws
    {
        let attempts = message.attempts + 1
        var retryAt: Instant?
        if attempts < tries { retryAt = max(Instant.now.adding(retry.delay(after: attempts)), notBefore ?? .now) }
        meters.failed.add(1)
        if retryAt == nil { meters.dead.add(1) }
        logger.notice(
            "a message was not delivered",
            metadata: Self.metadata(message, reason).merging(["attempts": "\(attempts)"]) { $1 })
        try await markFailed(message, reason, retryAt: retryAt, under: lease)
    }

    private func markFailed(
        _ message: OutboxMessage, _ reason: String, retryAt: Instant?, under lease: Lease
    ) async throws(StoreError) {
        let store = store
        try await StoreDeadline.within("markFailed") { () async throws(StoreError) in
            _ = try await store.markFailed(message.id, reason: reason, retryAt: retryAt, under: lease)
        }
    }

    private static func metadata(_ message: OutboxMessage, _ reason: String) -> Logger.Metadata {
        [
            "case": "\(message.caseID)", "receiver": "\(message.message.receiver)",
            "message": "\(message.message.dedupKey)", "cause": "\(reason)",
        ]
    }
}
