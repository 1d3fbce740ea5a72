import Dispatch
import Synchronization

/// Computes on threads beside those that requests and loops need (线程外计算).
enum Computing {
    private static let queue = DispatchQueue(label: "binglian.computing", qos: .utility, attributes: .concurrent)

    /// - Parameter work: pure work; it may ask whether anybody still wants what it comes to.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable (_ isUnwanted: @Sendable () -> Bool) -> Value
    ) async -> Value {
        let stop = Stop()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                queue.async { done.resume(returning: work { stop.isSet.load(ordering: .relaxed) }) }
            }
        } onCancel: {
            stop.isSet.store(true, ordering: .relaxed)
        }
    }

    private final class Stop: Sendable {
        let isSet = Atomic(false)
    }
}
