extension Item {
    /// Whether somebody applies for it with the administration or a utility, so that it has a guide and asks on a form.
    public var isApplication: Bool {
        switch kind {
        case .approval, .filing, .review, .opinion, .utility: true
        case .joint: clock == .gov || clock == .tech
        default: false
        }
    }

    /// The facts that decide whether it is needed, and who takes part.
    public var factsAskedFor: [String] {
        let conditions = [when] + (joint?.participants.map(\.when) ?? [])
        return conditions.reduce(into: Set<String>()) { $0.formUnion($1?.factNames ?? []) }.sorted()
    }

    /// The id without the work in front of it: `planning-permit` of `tower:planning-permit`.
    public var plainID: String { Self.plainID(id) }

    /// The id of anything of a work without the work in front of it.
    public static func plainID(_ id: String) -> String {
        id.lastIndex(of: ":").map { String(id[id.index(after: $0)...]) } ?? id
    }
}
