/// Strings: most have no escape and are taken as they stand.
extension JSONTree {
    mutating func string() throws(Refusal) -> String {
        offset += 1
        let start = offset
        skipPlainText()
        guard next == UInt8(ascii: "\\") else {
            return try close(String(decoding: bytes[start..<offset], as: UTF8.self))
        }
        var text = Array(bytes[start..<offset])
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\") {
                text.append(contentsOf: String(Character(try escape())).utf8)
            } else {
                text.append(bytes[offset])
                try pass()
            }
        }
        return try close(String(decoding: text, as: UTF8.self))
    }

    /// To the quote, the escape or the control character that ends what can be taken as it stands.
    private mutating func skipPlainText() {
        var end = offset
        var following = 0
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            if byte & 0xC0 == 0x80 { following += 1 }
            end += 1
        }
        offset = end
        lineStart += following
    }

    private mutating func close(_ text: String) throws(Refusal) -> String {
        guard next == UInt8(ascii: "\"") else { throw Refusal(wording: .json(.endOfText)) }
        offset += 1
        return text
    }

    /// One byte of a string; the bytes after the first of a character do not count as columns.
    private mutating func pass() throws(Refusal) {
        let byte = bytes[offset]
        guard byte >= 0x20 else { throw Refusal(wording: .json(.endOfText)) }
        offset += 1
        if byte & 0xC0 == 0x80 { lineStart += 1 }
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    private mutating func escape() throws(Refusal) -> Unicode.Scalar {
        offset += 1
        let sign = next
        if let scalar = Self.escapes[sign] {
            offset += 1
            return scalar
        }
        guard sign == UInt8(ascii: "u") else { throw Refusal(wording: .json(.escape)) }
        let first = try hexUnit()
        guard (0xD800..<0xE000).contains(first) else { return try scalar(first) }
        guard first < 0xDC00, next == UInt8(ascii: "\\") else { throw Refusal(wording: .json(.escape)) }
        offset += 1
        guard next == UInt8(ascii: "u") else { throw Refusal(wording: .json(.escape)) }
        let second = try hexUnit()
        guard (0xDC00..<0xE000).contains(second) else { throw Refusal(wording: .json(.escape)) }
        return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private func scalar(_ value: UInt32) throws(Refusal) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value), scalar == "\n" || scalar == "\t" || !SourceText.isForbidden(scalar)
        else { throw Refusal(wording: .json(.escape)) }
        return scalar
    }

    private mutating func hexUnit() throws(Refusal) -> UInt32 {
        offset += 1
        let digits = bytes[offset..<min(offset + 4, bytes.count)]
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { throw Refusal(wording: .json(.escape)) }
        offset += 4
        return value
    }
}
