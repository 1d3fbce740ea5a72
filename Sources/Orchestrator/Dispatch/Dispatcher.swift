import CaseEngine
import Planning

/// Delivers requests side by side: one that is slow, fails or hangs holds nobody else up (并行派件).
public struct Dispatcher: Sendable {
    public let connector: any DepartmentConnector
    /// How long one delivery may take before it is given up for now.
    public let deadline: Duration

    public init(connector: any DepartmentConnector, deadline: Duration = .seconds(10)) {
        self.connector = connector
        self.deadline = deadline
    }

    /// What became of one dispatch.
    public struct Outcome: Sendable {
        public let dispatch: Dispatch
        public let result: Result<Delivery, DeliveryFailure>
    }

    /// Delivers all at once, in one task group, and returns the outcomes in the order of the dispatches.
    ///
    /// Takes as long as the slowest delivery, at most the deadline; never throws and never loses one.
    public func deliver(_ dispatches: [Dispatch]) async -> [Outcome] {
        await withTaskGroup(of: (Int, Result<Delivery, DeliveryFailure>).self) { group in
            for (position, dispatch) in dispatches.enumerated() {
                group.addTask { (position, await deliverOne(dispatch)) }
            }
            var results = [Result<Delivery, DeliveryFailure>?](repeating: nil, count: dispatches.count)
            for await (position, result) in group { results[position] = result }
            return zip(dispatches, results).map { Outcome(dispatch: $0, result: $1 ?? .failure(.cancelled)) }
        }
    }

    /// The delivery, its deadline or the caller's cancellation, whichever comes first; what is left is cancelled.
    ///
    /// The delivery is a task of its own: a task group waits for all of its children, also for one that ignores its
    /// cancellation.
    private func deliverOne(_ dispatch: Dispatch) async -> Result<Delivery, DeliveryFailure> {
        let (results, firstWins) = AsyncStream.makeStream(
            of: Result<Delivery, DeliveryFailure>.self, bufferingPolicy: .bufferingOldest(1))
        let delivery = Task {
            do {
                firstWins.yield(.success(try await connector.deliver(dispatch)))
            } catch {
                firstWins.yield(.failure(.failed(String(describing: error))))
            }
        }
        let timer = Task {
            try await Task.sleep(for: deadline)
            firstWins.yield(.failure(.timedOut(deadline)))
        }
        defer {
            delivery.cancel()
            timer.cancel()
        }
        for await result in results { return result }
        return .failure(.cancelled)  // a stream ends early only where its reader is cancelled
    }
}

/// Why a request did not reach its party; it stays open and is delivered again.
public enum DeliveryFailure: Error, Sendable, Hashable {
    case timedOut(Duration)
    case failed(String)
    /// Whoever delivered was cancelled.
    case cancelled
}
