import WorkCalendar

/// Looks at an XML file before a parser does (预检): what makes parsers read other files, expand entities without end or
/// take minutes over one tag never gets that far.
///
/// - Source: OWASP *XML External Entity Prevention*; the limits are from trying hostile files on the parser used here,
///   which needs more than 20 s for a tag with 200,000 attributes.
struct XMLGuard {
    static let longestTag = 16 << 10
    static let deepest = 64

    private let bytes: [UInt8]
    private var offset = 0

    /// The document in UTF-8 without its XML declaration, whose place is blank so that lines and columns stay.
    ///
    /// - Throws: what is refused and where.
    /// - Complexity: O(bytes).
    static func checked(_ bytes: [UInt8], largest: Int) throws(ForeignFileError) -> [UInt8] {
        guard bytes.count <= largest else {
            throw ForeignFileError(
                LocalizedText(
                    zh: "文件有 \(bytes.count) 字节，上限是 \(largest)",
                    en: "the file has \(bytes.count) bytes; the limit is \(largest)"),
                advice: LocalizedText(zh: "请按时间或办件拆分后再导入", en: "split it by period or by case"))
        }
        var text = try inUTF8(bytes)
        try blankDeclaration(&text)
        var guardian = XMLGuard(bytes: text)
        try guardian.scan()
        return text
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Encoding

    private static func inUTF8(_ bytes: [UInt8]) throws(ForeignFileError) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try validated(Array(bytes.dropFirst(3))) }
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return try validated(bytes) }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for at in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
            units.append(isLittle ? second << 8 | first : first << 8 | second)
        }
        guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
            throw badEncoding("UTF-16")
        }
        return Array(text.utf8)
    }

    private static func validated(_ bytes: [UInt8]) throws(ForeignFileError) -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw badEncoding("UTF-8") }
        return bytes
    }

    private static func badEncoding(_ name: String) -> ForeignFileError {
        ForeignFileError(
            LocalizedText(zh: "文件不是有效的 \(name) 文本", en: "the file is not valid \(name) text"),
            advice: LocalizedText(zh: "请以 UTF-8 编码另存", en: "save it in UTF-8"))
    }

    /// A parser that has the text in UTF-8 must not be told that it is something else.
    private static func blankDeclaration(_ text: inout [UInt8]) throws(ForeignFileError) {
        guard text.starts(with: Array("<?xml".utf8)) else { return }
        guard let end = text.indices.prefix(1024).first(where: { text[$0] == UInt8(ascii: ">") }) else {
            throw ForeignFileError(
                line: 1, column: 1, LocalizedText(zh: "XML 声明没有结束", en: "the XML declaration does not end"),
                advice: LocalizedText(zh: "请检查文件开头", en: "look at the beginning of the file"))
        }
        for at in 0...end where text[at] != UInt8(ascii: "\n") { text[at] = UInt8(ascii: " ") }
    }

    // MARK: Tags

    private mutating func scan() throws(ForeignFileError) {
        var depth = 0
        while let open = next("<", from: offset) {
            offset = open
            if follows("<!--") {
                try skip(past: "-->")
            } else if follows("<![CDATA[") {
                try skip(past: "]]>")
            } else if follows("<!") {
                throw problem(
                    LocalizedText(
                        zh: "文件含有 DTD 声明（<!…>），不予读取", en: "the file has a DTD declaration (<!…>), which is refused"),
                    advice: LocalizedText(
                        zh: "请删去 <!DOCTYPE …> 及其中的实体定义", en: "remove <!DOCTYPE …> and the entities it defines"))
            } else if follows("<?") {
                try skip(past: "?>")
            } else {
                depth += try tag()
                guard depth <= Self.deepest else {
                    throw problem(
                        LocalizedText(
                            zh: "元素嵌套超过 \(Self.deepest) 层", en: "elements are nested more than \(Self.deepest) deep"),
                        advice: LocalizedText(zh: "请检查导出程序", en: "look at the program that wrote the file"))
                }
            }
        }
        // The parser takes a document that stops inside an element for a whole one.
        if depth != 0 {
            offset = bytes.count
            throw problem(
                LocalizedText(zh: "文件在元素结束之前中断", en: "the file stops inside an element"),
                advice: Self.cutOff)
        }
    }

    private static let cutOff = LocalizedText(
        zh: "文件可能不完整，请重新导出", en: "the file may be cut off: export it again")

    /// Reads a tag: 1 when it opens an element, −1 when it closes one, 0 for both at once.
    private mutating func tag() throws(ForeignFileError) -> Int {
        let start = offset
        let closes = follows("</")
        var quote: UInt8?
        offset += 1
        while offset < bytes.count, offset - start <= Self.longestTag {
            let byte = bytes[offset]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                offset += 1
                if closes { return -1 }
                return bytes[offset - 2] == UInt8(ascii: "/") ? 0 : 1
            }
            offset += 1
        }
        let isLong = offset < bytes.count
        offset = start
        throw isLong
            ? problem(
                LocalizedText(zh: "一个标签超过 \(Self.longestTag) 字节", en: "a tag is longer than \(Self.longestTag) bytes"),
                advice: LocalizedText(zh: "请缩短属性值", en: "shorten its attributes"))
            : problem(
                LocalizedText(zh: "标签没有结束", en: "a tag does not end"),
                advice: Self.cutOff)
    }

    private mutating func skip(past mark: StaticString) throws(ForeignFileError) {
        let wanted = mark.withUTF8Buffer { Array($0) }
        var at = offset + 2
        while at + wanted.count <= bytes.count {
            if bytes[at] == wanted[0], bytes[at..<at + wanted.count].elementsEqual(wanted) {
                offset = at + wanted.count
                return
            }
            at += 1
        }
        throw problem(
            LocalizedText(zh: "缺少结束标记 \(mark)", en: "the closing \(mark) is missing"),
            advice: Self.cutOff)
    }

    private func follows(_ mark: StaticString) -> Bool {
        mark.withUTF8Buffer { bytes[offset...].starts(with: $0) }
    }

    private func next(_ character: Unicode.Scalar, from start: Int) -> Int? {
        let wanted = UInt8(ascii: character)
        var at = start
        while at < bytes.count {
            if bytes[at] == wanted { return at }
            at += 1
        }
        return nil
    }

    private func problem(_ message: LocalizedText, advice: LocalizedText) -> ForeignFileError {
        var (line, lineStart) = (1, 0)
        for at in 0..<offset where bytes[at] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, at + 1) }
        return ForeignFileError(line: line, column: offset - lineStart + 1, message, advice: advice)
    }
}
