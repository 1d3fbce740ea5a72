/// A case that has new events (变动), for whoever keeps something of cases elsewhere.
public struct ChangedCase: Hashable, Sendable {
    public var caseID: CaseID
    /// Where to go on from.
    public var position: Int64
    /// The version of the case at that position.
    public var version: Int

    public init(caseID: CaseID, position: Int64, version: Int) {
        self.caseID = caseID
        self.position = position
        self.version = version
    }
}

/// A published version of a workflow or a calendar, without its text (版本目录).
public struct DefinitionEntry: Hashable, Sendable {
    public var id: String
    public var version: String
    public var contentHash: ChainHash

    public init(id: String, version: String, contentHash: ChainHash) {
        self.id = id
        self.version = version
        self.contentHash = contentHash
    }
}

/// Everything that an office of several nodes asks of its store.
public typealias OfficeStore = EventStore & LeaseStore & TransientStore & JobStore & ListStore
