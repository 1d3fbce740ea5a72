import Dispatch

/// Computes something that takes a while without keeping a thread that requests need.
enum OffPool {
    private static let queue = DispatchQueue(label: "binglian.offpool", qos: .userInitiated)

    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            queue.async { done.resume(with: Result { try work() }) }
        }
    }
}
