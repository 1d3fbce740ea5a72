import Dispatch
import Foundation
import Synchronization

/// Whether Ctrl-C was pressed, for work that looks now and then.
final class Interrupt: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Runs work that Ctrl-C does not end, but tells.
    static func watched<Value>(_ work: (Interrupt) async throws -> Value) async rethrows -> Value {
        let interrupt = Interrupt()
        return try await answering({ interrupt.raised.store(true, ordering: .relaxed) }) { try await work(interrupt) }
    }

    /// Runs work while Ctrl-C calls `stop` instead of ending the program.
    static func answering<Value>(
        _ stop: @escaping @Sendable () -> Void, during work: () async throws -> Value
    ) async rethrows -> Value {
        // The source sees the signal although it is ignored.
        let before = signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler(handler: stop)
        source.resume()
        defer {
            source.cancel()
            signal(SIGINT, before)
        }
        return try await work()
    }
}
