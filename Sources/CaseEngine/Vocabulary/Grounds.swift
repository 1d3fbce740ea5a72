import WorkCalendar

/// What a decision took from the registry (名册依据), kept in the event so that nothing is looked up again.
public struct Grounds: Hashable, Sendable, Codable {
    /// The number of the registry's last entry then.
    public let registry: Int
    /// The absent officer for whom a deputy acted.
    public var onBehalfOf: String?
    /// The absent head for whom a deputy approved.
    public var approvedFor: String?
    /// The id of the agent's assignment.
    public var assignment: String?
    /// The id of the window's authority.
    public var authority: String?
    /// Why the owner's commitment does not count, so that the item is handled in the ordinary way.
    public var bar: CreditBar?
    /// The ids of the regional assessments that the project's facts rest on.
    public var assessments: [String]?
    /// The control values of these assessments, which the project keeps.
    public var standards: [AppliedStandard]?
    /// The code of the firm that does an intermediary's work.
    public var firm: String?
    /// The service time that the firm has promised.
    public var promised: DayAmount?
    /// The number of the contract with the firm.
    public var contract: String?

    public init(registry: Int) { self.registry = registry }

    /// Whether it says more than that there is a registry.
    var isTelling: Bool { self != Grounds(registry: registry) }

    private enum CodingKeys: String, CodingKey {
        case registry
        case onBehalfOf = "for"
        case approvedFor, assignment, authority, bar, assessments, firm, promised, standards, contract
    }
}

extension Grounds: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            json.member("approvedFor", approvedFor)
            if let assessments { json.member("assessments", assessments) }
            json.member("assignment", assignment)
            json.member("authority", authority)
            json.member("bar", bar)
            json.member("contract", contract)
            json.member("firm", firm)
            json.member("for", onBehalfOf)
            json.member("promised", promised)
            json.member("registry", registry)
            if let standards { json.member("standards", standards) }
        }
    }
}

extension CreditBar: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("cause", cause)
            $0.member("subject", subject)
            $0.member("until", until)
        }
    }
}

extension CreditBar.Cause: CanonicallyWritten {}
extension GreenChannelRule: CanonicallyWritten {}
