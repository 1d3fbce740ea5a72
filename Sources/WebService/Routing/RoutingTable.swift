import HTTPTypes

/// Finds the endpoint of a method and a path (路由).
///
/// - Complexity: O(parts of the path); the number of endpoints does not matter.
struct RoutingTable: Sendable {
    private var root = Node()

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        /// Parts with a name, by what follows the name within the part.
        var named: [(suffix: String, node: [Node])] = []
        var endpoints: [String: Endpoint] = [:]
    }

    enum Finding {
        case endpoint(Endpoint, parameters: [String: String])
        /// There is something, but it cannot be asked like this.
        case otherMethods([String])
        case nothing
    }

    /// - Precondition: no method and path occurs twice.
    init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints { Self.add(endpoint, endpoint.path.split(separator: "/")[...], to: &root) }
    }

    private static func add(_ endpoint: Endpoint, _ parts: ArraySlice<Substring>, to node: inout Node) {
        guard let part = parts.first else {
            precondition(node.endpoints[endpoint.method.rawValue] == nil, "\(endpoint.method) \(endpoint.path) twice")
            node.endpoints[endpoint.method.rawValue] = endpoint
            return
        }
        let rest = parts.dropFirst()
        guard part.first == "{", let end = part.firstIndex(of: "}") else {
            return add(endpoint, rest, to: &node.literals[String(part), default: Node()])
        }
        let suffix = String(part[part.index(after: end)...])
        if let position = node.named.firstIndex(where: { $0.suffix == suffix }) {
            add(endpoint, rest, to: &node.named[position].node[0])
        } else {
            var next = Node()
            add(endpoint, rest, to: &next)
            node.named.append((suffix, [next]))
            node.named.sort { $0.suffix.utf8.count > $1.suffix.utf8.count }
        }
    }

    /// - Parameter path: without query, its parts still percent-encoded.
    func find(_ method: HTTPRequest.Method, _ path: String) -> Finding {
        var values: [String] = []
        guard let node = Self.find(path.split(separator: "/", omittingEmptySubsequences: true)[...], root, &values)
        else { return .nothing }
        let wanted = method == .head ? HTTPRequest.Method.get : method
        guard let endpoint = node.endpoints[wanted.rawValue] else {
            var methods = node.endpoints.keys.sorted()
            if methods.isEmpty { return .nothing }
            if methods.contains("GET") { methods.append("HEAD") }
            return .otherMethods(methods + ["OPTIONS"])
        }
        let parameters = Dictionary(zip(endpoint.names, values)) { first, _ in first }
        return .endpoint(endpoint, parameters: parameters)
    }

    private static func find(_ parts: ArraySlice<Substring>, _ node: Node, _ values: inout [String]) -> Node? {
        guard let part = parts.first else { return node.endpoints.isEmpty ? nil : node }
        let rest = parts.dropFirst()
        if let next = node.literals[String(part)], let found = find(rest, next, &values) { return found }
        for (suffix, next) in node.named where part.hasSuffix(suffix) && part.utf8.count > suffix.utf8.count {
            guard let value = String(part.dropLast(suffix.count)).percentDecoded else { continue }
            values.append(value)
            if let found = find(rest, next[0], &values) { return found }
            values.removeLast()
        }
        return nil
    }
}

extension StringProtocol {
    /// The text without percent-encoding; `nil` when that is broken, no UTF-8 or hides a control character.
    var percentDecoded: String? { Self.decoded(utf8, plusIsSpace: false) }
    /// The same, of a field of a form, where `+` is a space.
    var formDecoded: String? { Self.decoded(utf8, plusIsSpace: true) }

    private static func decoded(_ encoded: Self.UTF8View, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next()?.hexValue, let low = rest.next()?.hexValue else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return nil }
        return text
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
