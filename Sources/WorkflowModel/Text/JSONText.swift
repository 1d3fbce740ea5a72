/// A JSON document whose members keep their order, so that output is stable and reads as documented.
public enum JSONText: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([Member])
    /// A document that is JSON text already, written as it is.
    case raw(String)

    public struct Member: Sendable, Hashable {
        public let key: String
        public let value: JSONText

        public init(_ key: String, _ value: JSONText) {
            self.key = key
            self.value = value
        }
    }

    /// An object from pairs, in the order written.
    public static func members(_ pairs: KeyValuePairs<String, JSONText>) -> JSONText {
        .object(pairs.map { Member($0.key, $0.value) })
    }

    public static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
    public static func strings(_ texts: some Sequence<String>) -> JSONText { .array(texts.map { .string($0) }) }

    /// The document on one line.
    public var compact: String {
        var out: [UInt8] = []
        write(into: &out, indent: nil, depth: 0)
        return String(decoding: out, as: UTF8.self)
    }

    /// The document with two spaces of indent; arrays and objects of scalars up to 100 columns stay on one line.
    public var pretty: String {
        var out: [UInt8] = []
        write(into: &out, indent: 2, depth: 0)
        return String(decoding: out, as: UTF8.self)
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object, .raw: false
        default: true
        }
    }

    private func write(into out: inout [UInt8], indent: Int?, depth: Int) {
        switch self {
        case .null: out += Array("null".utf8)
        case .bool(let value): out += Array((value ? "true" : "false").utf8)
        case .integer(let value): out += Array(String(value).utf8)
        case .number(let value): out += Array(Self.text(of: value).utf8)
        case .string(let text): Self.writeString(text, into: &out)
        case .raw(let text): out += Array(text.utf8)
        case .array(let elements):
            Self.writeSequence(
                elements, open: "[", close: "]", isFlat: elements.allSatisfy(\.isScalar), indent: indent, depth: depth,
                into: &out
            ) { element, out in element.write(into: &out, indent: indent, depth: depth + 1) }
        case .object(let members):
            Self.writeSequence(
                members, open: "{", close: "}", isFlat: depth > 0 && members.allSatisfy(\.value.isScalar),
                indent: indent, depth: depth, into: &out
            ) { member, out in
                Self.writeString(member.key, into: &out)
                out += Array((indent == nil ? ":" : ": ").utf8)
                member.value.write(into: &out, indent: indent, depth: depth + 1)
            }
        }
    }

    private static func writeSequence<Element>(
        _ elements: [Element], open: Character, close: Character, isFlat: Bool, indent: Int?, depth: Int,
        into out: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
    ) {
        out += Array(String(open).utf8)
        if let indent, !elements.isEmpty {
            if isFlat {
                var line: [UInt8] = []
                for (position, element) in elements.enumerated() {
                    if position > 0 { line += Array(", ".utf8) }
                    write(element, &line)
                }
                if line.count <= 100 {
                    out += line
                    out += Array(String(close).utf8)
                    return
                }
            }
            for (position, element) in elements.enumerated() {
                out += Array((position > 0 ? ",\n" : "\n").utf8)
                out += [UInt8](repeating: UInt8(ascii: " "), count: indent * (depth + 1))
                write(element, &out)
            }
            out.append(UInt8(ascii: "\n"))
            out += [UInt8](repeating: UInt8(ascii: " "), count: indent * depth)
        } else {
            for (position, element) in elements.enumerated() {
                if position > 0 { out.append(UInt8(ascii: ",")) }
                write(element, &out)
            }
        }
        out += Array(String(close).utf8)
    }

    /// Whole numbers without a fraction; others in the shortest form that reads back; no infinities in JSON.
    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return String(value)
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func writeString(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += Array("\\\"".utf8)
            case UInt8(ascii: "\\"): out += Array("\\\\".utf8)
            case 0x0A: out += Array("\\n".utf8)
            case 0x0D: out += Array("\\r".utf8)
            case 0x09: out += Array("\\t".utf8)
            case 0..<0x20: out += Array("\\u00".utf8) + [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
