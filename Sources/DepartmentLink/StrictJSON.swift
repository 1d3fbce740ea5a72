import WorkflowModel

/// JSON of which everybody reads the same: a key that stands twice is refused, for readers differ on which one counts.
enum StrictJSON {
    /// Deepest nesting.
    static let depth = 32

    /// The members of an object.
    static func object(_ bytes: [UInt8]) throws(CallbackFlaw) -> [String: YAMLNode] {
        guard String(validating: bytes, as: UTF8.self) != nil, let node = YAMLNode.strictJSON(bytes) else {
            throw .body("no JSON, or a key that stands twice")
        }
        try check(node, depth: 0)
        guard case .map(let entries) = node.content else { throw .body("no object") }
        return Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static func check(_ node: YAMLNode, depth: Int) throws(CallbackFlaw) {
        guard depth <= Self.depth else { throw .body("more than \(Self.depth) levels") }
        switch node.content {
        case .scalar: break
        case .list(let nodes): for node in nodes { try check(node, depth: depth + 1) }
        case .map(let entries):
            var keys: Set<String> = []
            for entry in entries {
                guard keys.insert(entry.key).inserted else { throw .body("\(entry.key.prefix(40)): twice") }
                try check(entry.value, depth: depth + 1)
            }
        }
    }
}
