import WorkCalendar
import WorkflowModel

/// Reads any `Codable` value from YAML, so that scenarios name commands as the log does without a table of them.
///
/// Where people write, three things may be shorter than in the log: a case without arguments is its name alone
/// (`granted` for `{granted: {}}`), a list that is left out is empty, and the values of ``Abbreviated`` types have a form
/// of one word. A key that nothing asked for is a mistake.
enum NodeDecoder {
    /// The value in a node; what is wrong goes to the report.
    static func read<Value: Decodable>(_ type: Value.Type, from node: YAMLNode, _ report: Report) -> Value? {
        let asked = AskedKeys()
        do {
            let value = try Place(node: node, path: [], asked: asked).value(type)
            return asked.reportStrangers(to: report) ? nil : value
        } catch let refusal as Refusal {
            report.add(refusal.wording, at: refusal.span)
        } catch {
            let span = (error as? DecodingError).map { node.nearest(to: $0.path).span } ?? node.span
            report.add(.notOfTheLog(node.nameOrText, reason: (error as? DecodingError)?.reason ?? ""), at: span)
        }
        return nil
    }

    fileprivate struct Refusal: Error {
        let wording: Wording
        let span: TextSpan
    }
}

/// What people may write as one word.
protocol Abbreviated {
    init?(abbreviation: String)
}

extension DayAmount: Abbreviated {
    init?(abbreviation: String) { self.init(abbreviation) }
}

extension Point: Abbreviated {
    init?(abbreviation: String) { self.init(abbreviation) }
}

extension SuppliedMaterial: Abbreviated {
    /// A material by its id; its content is known by the same word.
    init?(abbreviation: String) { self.init(material: abbreviation, hash: abbreviation) }
}

/// The keys of every map that were asked for while a value was read.
private final class AskedKeys {
    private var maps: [(entries: [YAMLEntry], keys: Set<String>)] = []

    func begin(_ entries: [YAMLEntry]) -> Int {
        maps.append((entries, []))
        return maps.count - 1
    }

    func ask(_ key: String, of map: Int) { maps[map].keys.insert(key) }

    /// - Returns: whether there were any.
    func reportStrangers(to report: Report) -> Bool {
        var found = false
        for (entries, keys) in maps {
            for entry in entries where !keys.contains(entry.key) {
                let known = keys.sorted()
                report.add(
                    .unknownKey(entry.key, known: known, nearest: nearestName(to: entry.key, among: known)),
                    at: entry.keySpan)
                found = true
            }
        }
        return found
    }
}

private protocol ListValue {
    static var none: Self { get }
}

extension Array: ListValue {
    static var none: [Element] { [] }
}

/// A node as `Decodable` types see it.
private struct Place: Decoder {
    let node: YAMLNode
    let path: [any CodingKey]
    let asked: AskedKeys

    var codingPath: [any CodingKey] { path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let text = node.text, let short = type as? any Abbreviated.Type {
            guard let value = short.init(abbreviation: text) as? Value else {
                throw NodeDecoder.Refusal(wording: .notOfTheLog(text, reason: "\(type)"), span: node.span)
            }
            return value
        }
        return try Value(from: self)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        switch node.content {
        case .map(let entries):
            return KeyedDecodingContainer(Keyed(place: self, entries: entries, number: asked.begin(entries)))
        case .scalar(let name, _) where Key(stringValue: name) != nil:
            let empty = YAMLNode(content: .map([]), span: node.span)
            let entry = YAMLEntry(key: name, keySpan: node.span, value: empty)
            return KeyedDecodingContainer(Keyed(place: self, entries: [entry], number: asked.begin([entry])))
        case .scalar(let name, _): throw NodeDecoder.Refusal(wording: .notOfTheLog(name, reason: ""), span: node.span)
        case .list: throw NodeDecoder.Refusal(wording: .wrongForm(.map, found: node), span: node.span)
        }
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let nodes) = node.content else {
            throw NodeDecoder.Refusal(wording: .wrongForm(.list, found: node), span: node.span)
        }
        return Listed(place: self, nodes: nodes)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func scalar<Value>(_ form: Wording.Form, _ read: (String) -> Value?) throws -> Value {
        guard case .scalar(let text, isPlain: true) = node.content, let value = read(text) else {
            throw NodeDecoder.Refusal(wording: .wrongForm(form, found: node), span: node.span)
        }
        return value
    }
}

extension Place: SingleValueDecodingContainer {
    func decodeNil() -> Bool { node.isNull }

    func decode(_ type: Bool.Type) throws -> Bool { try scalar(.boolean) { ["true": true, "false": false][$0] } }

    func decode(_ type: String.Type) throws -> String {
        guard let text = node.text else {
            throw NodeDecoder.Refusal(wording: .wrongForm(.text, found: node), span: node.span)
        }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double { try scalar(.number) { Double($0) } }
    func decode(_ type: Float.Type) throws -> Float { try scalar(.number) { Float($0) } }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let integer = type as? any (FixedWidthInteger & Decodable).Type { return try whole(integer, as: type) }
        return try value(type)
    }

    private func whole<Integer: FixedWidthInteger, Value>(_ type: Integer.Type, as wanted: Value.Type) throws -> Value {
        try scalar(.integer) { Integer($0) as? Value }
    }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let place: Place
    let entries: [YAMLEntry]
    let number: Int

    var codingPath: [any CodingKey] { place.path }

    var allKeys: [Key] {
        let keys = entries.compactMap { Key(stringValue: $0.key) }
        for key in keys { place.asked.ask(key.stringValue, of: number) }
        return keys
    }

    private func at(_ key: Key) -> Place? {
        place.asked.ask(key.stringValue, of: number)
        return entries.first { $0.key == key.stringValue }.map {
            Place(node: $0.value, path: place.path + [key], asked: place.asked)
        }
    }

    private func present(_ key: Key) throws -> Place {
        guard let found = at(key) else {
            throw NodeDecoder.Refusal(
                wording: .missingKey(key.stringValue, example: "\(key.stringValue): …"), span: place.node.span)
        }
        return found
    }

    func contains(_ key: Key) -> Bool { at(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { at(key)?.node.isNull ?? true }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try present(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try present(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try present(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try present(key).decode(type) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        if at(key) == nil, let list = type as? any ListValue.Type, let empty = list.none as? Value { return empty }
        return try present(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        // What has no arguments may be followed by nothing.
        let found = try present(key)
        let node = found.node.isNull ? YAMLNode(content: .map([]), span: found.node.span) : found.node
        return try Place(node: node, path: found.path, asked: place.asked).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try present(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { place }
    func superDecoder(forKey key: Key) throws -> any Decoder { try present(key) }
}

private struct Listed: UnkeyedDecodingContainer {
    let place: Place
    let nodes: [YAMLNode]
    var currentIndex = 0

    init(place: Place, nodes: [YAMLNode]) {
        self.place = place
        self.nodes = nodes
    }

    private struct Position: CodingKey {
        let intValue: Int?
        var stringValue: String { String(intValue ?? 0) }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { self.intValue = intValue }
    }

    var codingPath: [any CodingKey] { place.path }
    var count: Int? { nodes.count }
    var isAtEnd: Bool { currentIndex >= nodes.count }

    private mutating func next() throws -> Place {
        guard !isAtEnd else {
            throw NodeDecoder.Refusal(wording: .wrongForm(.list, found: place.node), span: place.node.span)
        }
        defer { currentIndex += 1 }
        let key = Position(intValue: currentIndex).map { [$0] } ?? []
        return Place(node: nodes[currentIndex], path: place.path + key, asked: place.asked)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, nodes[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next().decode(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

extension DecodingError {
    fileprivate var context: Context? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: nil
        }
    }

    fileprivate var path: [any CodingKey] { context?.codingPath ?? [] }
    fileprivate var reason: String { context?.debugDescription ?? "" }
}

extension YAMLNode {
    /// The node that a path leads to, as far as it goes.
    fileprivate func nearest(to path: [any CodingKey]) -> YAMLNode {
        guard let key = path.first else { return self }
        let next: YAMLNode? =
            switch content {
            case .map(let entries): entries.first { $0.key == key.stringValue }?.value
            case .list(let nodes): key.intValue.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
            case .scalar: nil
            }
        return next?.nearest(to: Array(path.dropFirst())) ?? self
    }

    /// What a command or an event is called.
    fileprivate var nameOrText: String {
        switch content {
        case .scalar(let text, _): text
        case .map(let entries): entries.first?.key ?? ""
        case .list: ""
        }
    }
}
