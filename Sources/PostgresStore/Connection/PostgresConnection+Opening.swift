import CLibPQ
import Dispatch
import Synchronization

extension PostgresConnection {
    /// Threads that may block: looking up names and shaking hands with several hosts is done by libpq, which moves on
    /// to the next host by itself only when it waits itself.
    private static let blocking = DispatchQueue(label: "binglian.postgres.opening", attributes: .concurrent)

    /// Opens a session.
    ///
    /// - Throws: `unreachable`; `server` when the server answers that it takes no session.
    static func opening(
        _ address: PostgresAddress, until deadline: ContinuousClock.Instant, on loop: SocketLoop = .shared
    ) async throws(PostgresFailure) -> PostgresConnection {
        let handle = try await established(address, until: deadline, on: loop).get()
        return try await starting(handle, on: loop)
    }

    private static func established(
        _ address: PostgresAddress, until deadline: ContinuousClock.Instant, on loop: SocketLoop
    ) async -> Result<Handle, PostgresFailure> {
        await withCheckedContinuation { continuation in
            // Whoever comes first answers; a connection that comes too late is closed with its handle.
            let answer = Once(continuation)
            let alarm = loop.at(deadline) {
                answer(.failure(PostgresFailure(cause: .unreachable, message: "no host answered in time")))
            }
            blocking.async {
                answer(connect(address))
                loop.cancel(alarm)
            }
        }
    }

    private static func connect(_ address: PostgresAddress) -> Result<Handle, PostgresFailure> {
        let options = address.attempt()
        let pointer = withArray(options.map(\.keyword)) { keywords in
            withArray(options.map(\.value)) { values in PQconnectdbParams(keywords, values, 0) }
        }
        guard let pointer else { return .failure(PostgresFailure(cause: .unreachable, message: "out of memory")) }
        let handle = Handle(pointer)
        guard PQstatus(pointer) == CONNECTION_OK else {
            var message = pointer.connectionMessage
            if let password = address.option("password"), !password.isEmpty {
                message = message.split(separator: password, omittingEmptySubsequences: false).joined(separator: "***")
            }
            return .failure(PostgresFailure(cause: refusal(pointer, message), message: message))
        }
        return .success(handle)
    }

    /// libpq keeps no SQLSTATE of a failed connection. What cannot be mended by waiting is told by its own knowledge of
    /// passwords and by the word FATAL, which servers say of what they refuse and not of what they cannot do yet.
    private static func refusal(_ pointer: OpaquePointer, _ message: String) -> PostgresFailure.Cause {
        if PQconnectionNeedsPassword(pointer) == 1 || PQconnectionUsedPassword(pointer) == 1 {
            return .server(state: "28000")
        }
        if message.contains("too many") || message.contains("remaining connection slots") {
            return .server(state: "53300")
        }
        if message.contains("does not exist") || message.contains("no pg_hba.conf entry") {
            return .server(state: message.contains("database") ? "3D000" : "28000")
        }
        return .unreachable
    }

    private static func withArray<Value>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        var bytes: [CChar] = []
        let starts = texts.map { text in
            defer { bytes.append(contentsOf: text.utf8CString) }
            return bytes.count
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = starts.map { start in buffer.baseAddress.map { $0 + start } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { list in
                guard let base = list.baseAddress else {
                    preconditionFailure("a list that ends with NULL is not empty")
                }
                return body(base)
            }
        }
    }
}

/// A continuation that several may want to resume; the first does.
private final class Once<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value, Never>?>

    init(_ continuation: CheckedContinuation<Value, Never>) { self.continuation = Mutex(continuation) }

    func callAsFunction(_ value: Value) {
        let continuation = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        continuation?.resume(returning: value)
    }
}

extension PostgresConnection {
    /// Asks the server to stop what it is doing, unless that is a commit; on a thread that may block.
    func stop(_ name: ExchangeName) {
        guard let cancellation = cancellation(of: name) else { return }
        Self.blocking.async { cancellation() }
    }
}
