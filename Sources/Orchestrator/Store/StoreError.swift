/// Why a store could not do what was asked: the world's fault, not a rule's.
///
/// ```swift
/// do { … } catch StoreError.Code.full { … } catch let error as StoreError where error.isTransient { … }
/// ```
public struct StoreError: Error, Hashable, Sendable {
    /// The cause, as far as a caller can act on it. Open: a store may have codes of its own.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        /// The database cannot be reached, opened or locked now.
        public static let unavailable = Code(rawValue: "unavailable")
        /// The commit was sent and its answer did not come, or came without the standby. Sending the same again tells, and
        /// does nothing twice.
        public static let outcomeUnknown = Code(rawValue: "outcomeUnknown")
        /// More requests wait than the committer takes; nothing was stored.
        public static let overloaded = Code(rawValue: "overloaded")
        /// No room is left; nothing was stored, reading goes on.
        public static let full = Code(rawValue: "full")
        /// What is stored is damaged or is no database of ours.
        public static let corrupt = Code(rawValue: "corrupt")
        /// A newer version of this program wrote the database.
        public static let newerSchema = Code(rawValue: "newerSchema")
        /// This definition is already published with other content.
        public static let definitionConflict = Code(rawValue: "definitionConflict")
        /// The request itself can never be stored; see ``AppendRequest/defect``.
        public static let rejected = Code(rawValue: "rejected")
        /// The disk failed. Whether what was being written is there is unknown until the database is opened again;
        /// until then the store takes no more writes.
        public static let diskFailed = Code(rawValue: "diskFailed")
        /// The store was closed.
        public static let closed = Code(rawValue: "closed")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? StoreError)?.code == code
        }
    }

    public let code: Code
    /// What was being done, for example `append`.
    public let operation: String
    /// What the database said, for the log.
    public let underlying: String
    /// Whether doing the same again soon is worth it. The outcome of the failed try may be unknown; since every
    /// command has its key, trying again is always safe.
    public let isTransient: Bool

    public init(_ code: Code, operation: String, underlying: String, isTransient: Bool? = nil) {
        self.code = code
        self.operation = operation
        self.underlying = underlying
        self.isTransient = isTransient ?? [.unavailable, .overloaded].contains(code)
    }

    /// Whether another request of the same batch might succeed without the one that caused this.
    var mayConcernOneRequest: Bool {
        !isTransient && ![.corrupt, .newerSchema, .diskFailed, .closed].contains(code)
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String { "\(operation): \(code.rawValue): \(underlying)" }
}
