/// What an operator wants to know of a store (库况).
public struct StoreInspection: Sendable, Hashable {
    /// `sqlite` or `postgresql`.
    public var kind: String
    /// The database program with its version.
    public var engine: String
    public var schema: Int
    /// Whether what is acknowledged survives a power cut, by the settings in force.
    public var isDurable: Bool
    /// The settings that say so.
    public var settings: String
    /// What the store takes on disk; `nil` when it cannot be told from here.
    public var bytes: Int64?
    /// What is left on that disk.
    public var freeBytes: Int64?
    public var cases: Int
    public var events: Int
    public var tasks: Int
    public var timers: Int
    public var waitingMessages: Int
    public var deadLetters: Int

    public init(
        kind: String, engine: String, schema: Int, isDurable: Bool, settings: String, bytes: Int64?, freeBytes: Int64?,
        cases: Int, events: Int, tasks: Int, timers: Int, waitingMessages: Int, deadLetters: Int
    ) {
        self.kind = kind
        self.engine = engine
        self.schema = schema
        self.isDurable = isDurable
        self.settings = settings
        self.bytes = bytes
        self.freeBytes = freeBytes
        self.cases = cases
        self.events = events
        self.tasks = tasks
        self.timers = timers
        self.waitingMessages = waitingMessages
        self.deadLetters = deadLetters
    }
}

/// A store that can be asked how it is.
public protocol InspectableStore: Sendable {
    func inspect() async throws(StoreError) -> StoreInspection
}
