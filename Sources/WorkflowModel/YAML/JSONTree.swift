/// Builds the tree of a JSON file, with the place of everything in it, within limits.
///
/// A plain reader of its own: JSON that programs write is too long for the YAML reader, and has escapes that YAML lacks.
///
/// - Complexity: O(bytes).
/// - Source: RFC 8259.
struct JSONTree {
    /// Longest file that is read.
    static let largestSize = 64 << 20
    static let mostNodes = 8_000_000

    /// Whether a text is meant as JSON: it begins with a brace that a quoted key, or nothing, follows.
    static func isMeant(by source: SourceText) -> Bool {
        let signs = source.bytes.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2)
        var iterator = signs.makeIterator()
        guard iterator.next() == UInt8(ascii: "{") else { return false }
        return [nil, UInt8(ascii: "\""), UInt8(ascii: "}")].contains(iterator.next())
    }

    /// The keys of the outermost object, as far as the text can be skimmed; nothing is checked.
    static func keys(of source: SourceText) -> Set<String> {
        var keys: Set<String> = []
        var depth = 0
        var text: Int?
        var isEscaped = false
        var last: Range<Int>?
        for (offset, byte) in source.bytes.enumerated() {
            if let start = text {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    text = nil
                    last = start..<offset
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): text = offset + 1
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1:
                if let last, keys.count < mostKeys {
                    keys.insert(String(decoding: source.bytes[last], as: UTF8.self))
                }
            default: break
            }
        }
        return keys
    }

    /// The root of the file, or `nil` when the report says why there is none to read.
    static func read(_ source: SourceText, _ report: Report) -> YAMLNode? {
        if source.bytes.count > largestSize {
            report.add(
                .fileTooLarge(bytes: source.bytes.count, limit: largestSize),
                at: TextSpan(line: 1, column: 1, length: 1))
            return nil
        }
        if let (scalar, span) = source.firstForbidden() {
            report.add(.forbiddenCharacter(scalar), at: span)
            return nil
        }
        var tree = JSONTree(bytes: source.bytes, report: report)
        do throws(Refusal) {
            let root = try tree.value(depth: 1)
            tree.skipSpace()
            guard tree.offset == tree.bytes.count else { throw Refusal(wording: .json(.moreText)) }
            return root
        } catch {
            report.add(error.wording, at: TextSpan(start: tree.position, end: tree.position))
            return nil
        }
    }

    struct Refusal: Error {
        let wording: Wording
    }

    let bytes: [UInt8]
    private let report: Report
    var offset = 0
    private var nodes = 0
    private var line = 1
    /// The offset at which column 1 of the line would stand if each character before `offset` had one byte.
    var lineStart = 0

    private init(bytes: [UInt8], report: Report) {
        self.bytes = bytes
        self.report = report
    }

    private var position: TextPosition { TextPosition(line: line, column: offset - lineStart + 1) }
    var next: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09: offset += 1
            case 0x0D where offset + 1 < bytes.count && bytes[offset + 1] == 0x0A: offset += 1
            case 0x0A, 0x0D:
                offset += 1
                line += 1
                lineStart = offset
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(Refusal) -> YAMLNode {
        skipSpace()
        nodes += 1
        guard nodes <= Self.mostNodes else { throw Refusal(wording: .tooManyNodes(limit: Self.mostNodes)) }
        guard depth <= YAMLTree.greatestDepth else {
            throw Refusal(wording: .nestedTooDeep(limit: YAMLTree.greatestDepth))
        }
        let start = position
        let content: YAMLNode.Content =
            switch next {
            case UInt8(ascii: "{"): .map(try entries(depth: depth))
            case UInt8(ascii: "["): .list(try elements(depth: depth))
            case UInt8(ascii: "\""): .scalar(try string(), isPlain: false)
            default: .scalar(try word(), isPlain: true)
            }
        return YAMLNode(content: content, span: TextSpan(start: start, end: position))
    }

    private mutating func entries(depth: Int) throws(Refusal) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        offset += 1
        skipSpace()
        if next == UInt8(ascii: "}") {
            offset += 1
            return []
        }
        entries.reserveCapacity(4)
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw Refusal(wording: .json(.key)) }
            let start = position
            let key = try string()
            let span = TextSpan(start: start, end: position)
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw Refusal(wording: .json(.colon)) }
            offset += 1
            let value = try value(depth: depth + 1)
            add(YAMLEntry(key: key, keySpan: span, value: value), to: &entries)
            skipSpace()
            switch next {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "}"):
                offset += 1
                return entries
            default: throw Refusal(wording: .json(.endOfMap))
            }
        }
    }

    /// The second of two equal keys is reported; what it holds is left out.
    private func add(_ entry: YAMLEntry, to entries: inout [YAMLEntry]) {
        // Objects have few keys, or are refused for their unknown ones; only long ones are worth a set.
        if entries.count < Self.mostKeys, let first = entries.first(where: { $0.key == entry.key }) {
            report.add(.duplicateKey(entry.key), at: entry.keySpan, notes: [(first.keySpan, Wording.firstHere)])
        } else if entries.count < Self.mostKeys {
            entries.append(entry)
        } else {
            report.add(.tooManyNodes(limit: Self.mostKeys), at: entry.keySpan)
        }
    }

    private static let mostKeys = 1000

    private mutating func elements(depth: Int) throws(Refusal) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        offset += 1
        skipSpace()
        if next == UInt8(ascii: "]") {
            offset += 1
            return []
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "]"):
                offset += 1
                return elements
            default: throw Refusal(wording: .json(.endOfList))
            }
        }
    }

    /// A number, `true`, `false` or `null`, as it is written.
    private mutating func word() throws(Refusal) -> String {
        let start = offset
        while offset < bytes.count, Self.isPartOfWord(bytes[offset]) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard Self.isNumber(bytes[start..<offset]) || text == "true" || text == "false" || text == "null" else {
            offset = start
            throw Refusal(wording: .json(.value))
        }
        return text
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    static func isNumber(_ text: String) -> Bool { isNumber(Array(text.utf8)[...]) }

    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits(&rest)
        guard whole == 1 || (whole > 1 && !leadsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits(&rest) > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }
}
