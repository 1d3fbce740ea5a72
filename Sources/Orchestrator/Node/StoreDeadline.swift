import Synchronization

/// An end of its own for every call that a node makes of its store (存取时限).
///
/// A store that answers "no" is handled by its answer; one that does not answer at all, a disk that hangs or a file server
/// that is gone, would hold a loop for ever. Past the limit the call is asked to stop and fails as `unavailable`, whether or not
/// it stops: the loop waits and tries again, and says so.
enum StoreDeadline {
    /// For everything but leases, which have to be renewed sooner.
    static let standard = Duration.seconds(15)

    static func within<Value: Sendable>(
        _ operation: String, _ limit: Duration = standard,
        _ body: @escaping @Sendable () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let race = Race<Value>()
        let work = Task {
            do throws(StoreError) {
                race.end(.success(try await body()))
            } catch {
                race.end(.failure(error))
            }
        }
        let alarm = Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            work.cancel()
            race.end(
                .failure(
                    StoreError(
                        .unavailable, operation: operation, underlying: "no answer within \(limit)", isTransient: true))
            )
        }
        let result = await withTaskCancellationHandler {
            await race.result()
        } onCancel: {
            work.cancel()
        }
        alarm.cancel()
        return try result.get()
    }

    /// What comes first counts.
    private final class Race<Value: Sendable>: Sendable {
        private enum Standing {
            case open
            case awaited(CheckedContinuation<Result<Value, StoreError>, Never>)
            case ended(Result<Value, StoreError>)
        }

        private let standing = Mutex(Standing.open)

        func end(_ result: Result<Value, StoreError>) {
            let waiting = standing.withLock { standing -> CheckedContinuation<Result<Value, StoreError>, Never>? in
                switch standing {
                case .open:
                    standing = .ended(result)
                    return nil
                case .awaited(let waiting):
                    standing = .ended(result)
                    return waiting
                case .ended: return nil
                }
            }
            waiting?.resume(returning: result)
        }

        func result() async -> Result<Value, StoreError> {
            await withCheckedContinuation { continuation in
                let ended = standing.withLock { standing -> Result<Value, StoreError>? in
                    if case .ended(let result) = standing { return result }
                    standing = .awaited(continuation)
                    return nil
                }
                if let ended { continuation.resume(returning: ended) }
            }
        }
    }
}
