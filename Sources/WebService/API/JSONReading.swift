import HTTPTypes
import WorkCalendar
import WorkflowModel

/// Reads JSON that came from outside, strictly (读取 JSON): no key twice, nothing after the end, bounded depth and size.
///
/// Foundation's reader takes the first or the last of two equal keys without a word; a command that means one thing to a
/// firewall and another to us is refused instead.
///
/// - Complexity: O(bytes).
/// - Source: RFC 8259; RFC 7493 (I-JSON).
struct JSONReading {
    static let greatestDepth = 64
    static let mostMembers = 10_000

    private let bytes: [UInt8]
    private var offset = 0

    /// - Throws: `Problem` with the place of the mistake.
    static func read(_ bytes: [UInt8]) throws -> JSONText {
        var reading = JSONReading(bytes: bytes)
        let value = try reading.value(depth: 1)
        reading.skipSpace()
        guard reading.offset == bytes.count else {
            throw reading.problem("后面还有多余内容", "there is something after the end")
        }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func problem(_ zh: String, _ en: String) -> Problem {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return Problem(
            .badRequest, "unreadableJSON", LocalizedText(zh: "JSON 读不懂", en: "The JSON cannot be read"),
            LocalizedText(
                zh: "第 \(line) 行第 \(column) 列：\(zh)。请改正后再发。",
                en: "Line \(line), column \(column): \(en). Correct it and send it again."))
    }

    private mutating func skipSpace() {
        while let next, [0x20, 0x09, 0x0A, 0x0D].contains(next) { offset += 1 }
    }

    private mutating func value(depth: Int) throws -> JSONText {
        skipSpace()
        guard depth <= Self.greatestDepth else { throw problem("嵌套太深", "it is nested too deep") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: return try word()
        }
    }

    private mutating func object(depth: Int) throws -> JSONText {
        offset += 1
        var members: [JSONText.Member] = []
        var keys: Set<String> = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            offset += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("这里应是字段名", "a name in quotes belongs here") }
            let key = try string()
            guard keys.insert(key).inserted else { throw problem("字段“\(key)”出现了两次", "'\(key)' stands there twice") }
            guard members.count < Self.mostMembers else { throw problem("字段太多", "there are too many members") }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw problem("这里应是冒号", "a colon belongs here") }
            offset += 1
            members.append(JSONText.Member(key, try value(depth: depth + 1)))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "}"):
                offset += 1
                return .object(members)
            default: throw problem("这里应是逗号或右花括号", "a comma or a closing brace belongs here")
            }
        }
    }

    private mutating func array(depth: Int) throws -> JSONText {
        offset += 1
        var elements: [JSONText] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "]"):
                offset += 1
                return .array(elements)
            default: throw problem("这里应是逗号或右方括号", "a comma or a closing bracket belongs here")
            }
        }
    }

    private mutating func string() throws -> String {
        offset += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw problem("文字不是 UTF-8", "the text is not UTF-8")
                }
                return string
            case 0..<0x20: throw problem("文字里有未转义的控制字符", "the text has a bare control character")
            case UInt8(ascii: "\\"):
                offset += 1
                text += try escape()
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw problem("引号没有结束", "a quote is not closed")
    }

    private mutating func escape() throws -> [UInt8] {
        guard let byte = next else { throw problem("引号没有结束", "a quote is not closed") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let first = try unit()
            guard (0xD800..<0xE000).contains(first) else { return try utf8(of: UInt32(first)) }
            guard first < 0xDC00, next == UInt8(ascii: "\\"), offset + 1 < bytes.count,
                bytes[offset + 1] == UInt8(ascii: "u")
            else { throw problem("代理对不完整", "half of a surrogate pair is missing") }
            offset += 2
            let second = try unit()
            guard (0xDC00..<0xE000).contains(second) else {
                throw problem("代理对不完整", "half of a surrogate pair is missing")
            }
            return try utf8(of: 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        default: throw problem("没有这种转义", "there is no such escape")
        }
    }

    private mutating func unit() throws -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexValue else { throw problem("\\u 后应有四位十六进制数字", "four digits belong after \\u") }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    private func utf8(of value: UInt32) throws -> [UInt8] {
        guard let scalar = Unicode.Scalar(value) else { throw problem("没有这个字符", "there is no such character") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func word() throws -> JSONText {
        let start = offset
        while let byte = next, Self.isPartOfWord(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            guard Self.isNumber(bytes[start..<offset]) else {
                offset = start
                throw problem("这里应是一个值", "a value belongs here")
            }
            if let whole = Int(text) { return .integer(whole) }
            guard let number = Double(text), number.isFinite else {
                offset = start
                throw problem("数字太大", "the number is too large")
            }
            return .number(number)
        }
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        func digits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole == 1 || (whole > 1 && !leadsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if let sign = rest.first, sign == UInt8(ascii: "e") || sign == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
