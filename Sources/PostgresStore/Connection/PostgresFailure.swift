import CLibPQ

/// Why an exchange with the server did not do what was asked.
struct PostgresFailure: Error, Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        /// The server refused a statement; the transaction left nothing.
        case server(state: String)
        /// No session could be had.
        case unreachable
        /// The session ended, or was ended because its time was up.
        case lost
        /// Too many wait for a session.
        case overloaded
        case closed
        /// What is stored is none of what this program writes.
        case damaged
        case newerSchema
    }

    var cause: Cause
    /// For the log, without anything of the data or of the password.
    var message: String
    /// The commit was sent and its answer is not known, or not worth anything.
    var isUncertain = false

    /// The constraint that a statement would have broken.
    var constraint: String?

    var state: String? {
        if case .server(let state) = cause { state } else { nil }
    }

    static func damaged(_ message: String) -> PostgresFailure { PostgresFailure(cause: .damaged, message: message) }

    /// Whether the whole transaction may succeed if it is tried again at once: another one was in the way.
    var isConflict: Bool { ["40001", "40P01", "55P03"].contains(state) && !isUncertain }

    /// Whether another session may do, because this one, or the server behind it, is no longer the right one.
    var wantsAnotherSession: Bool {
        if isUncertain { return false }
        switch cause {
        case .lost, .unreachable: return true
        // A former primary, or a server that goes down or comes up.
        case .server(let state): return state == "25006" || ["57P01", "57P02", "57P03"].contains(state)
        default: return false
        }
    }

    /// A refusal, as the server gave it. Details are left out: they hold people's data.
    init(_ result: OpaquePointer) {
        func field(_ code: CInt) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
        let state = field(bl_diag_sqlstate) ?? "XX000"
        cause = .server(state: state)
        message = "\(state): \(field(bl_diag_message) ?? "no message")"
        constraint = field(bl_diag_constraint)
    }

    init(cause: Cause, message: String, isUncertain: Bool = false) {
        self.cause = cause
        self.message = message
        self.isUncertain = isUncertain
    }
}

extension OpaquePointer {
    /// What libpq says of a connection, on one line.
    var connectionMessage: String {
        let text = PQerrorMessage(self).map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
