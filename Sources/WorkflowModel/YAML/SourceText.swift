/// The text of a file with its lines, from which places and excerpts are cut.
package struct SourceText: Sendable {
    let path: String
    /// UTF-8 without a byte order mark.
    let bytes: [UInt8]
    /// Where each line starts in `bytes`.
    private let lineStarts: [Int]

    /// Longest file that is read.
    static let largestSize = 4 << 20

    package init(_ text: String, path: String) {
        self.init(utf8: Array(text.utf8), path: path)
    }

    /// - Precondition: the bytes are UTF-8.
    init(utf8: [UInt8], path: String) {
        self.path = path
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = utf8.starts(with: mark) ? Array(utf8.dropFirst(mark.count)) : utf8
        var starts = [0]
        for (offset, byte) in bytes.enumerated() {
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n")) {
                starts.append(offset + 1)
            }
        }
        self.lineStarts = starts
    }

    /// Whether a character has no business in a file: controls, invisible direction marks, line breaks that editors
    /// and the YAML reader count differently, and what is no character at all.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// Where the first forbidden character stands.
    func firstForbidden() -> (scalar: Unicode.Scalar, span: TextSpan)? {
        // Every forbidden character is below U+0020, U+007F, or starts with one of three bytes; most text has none.
        let suspicious = bytes.contains {
            $0 < 0x20 && $0 != 0x0A || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF
        }
        guard suspicious else { return nil }
        var line = 1
        var column = 1
        var previous: Unicode.Scalar = " "
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if Self.isForbidden(scalar) { return (scalar, TextSpan(line: line, column: column, length: 1)) }
            if scalar == "\n" && previous == "\r" {
            } else if scalar == "\n" || scalar == "\r" {
                line += 1
                column = 1
            } else {
                column += 1
            }
            previous = scalar
        }
        return nil
    }

    /// Longer lines are not shown: nobody reads them, and to find a column in them takes its time.
    private static let longestLine = 16 << 10

    /// The text of a line, from 1, without its end; empty when the line is too long to show.
    func line(_ number: Int) -> Substring.UnicodeScalarView {
        guard lineStarts.indices.contains(number - 1) else { return Substring("").unicodeScalars }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] : bytes.count
        while end > start, [0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
        guard end - start <= Self.longestLine else { return Substring("").unicodeScalars }
        return Substring(String(decoding: bytes[start..<end], as: UTF8.self)).unicodeScalars
    }

    /// Where a position is in `bytes`; behind the last line, their end.
    /// - Complexity: O(length of the line).
    func offset(of position: TextPosition) -> Int {
        guard lineStarts.indices.contains(position.line - 1) else { return bytes.count }
        var offset = lineStarts[position.line - 1]
        var column = 1
        while offset < bytes.count, column < position.column {
            offset += 1
            // The bytes of one character after its first begin with the bits 10.
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return offset
    }

    package func place(_ span: TextSpan) -> Diagnostic.Place {
        Diagnostic.Place(file: path, span: span, excerpt: excerpt(at: span.start))
    }

    /// A line, or what surrounds the position when the line is long.
    private func excerpt(at position: TextPosition) -> Diagnostic.Excerpt {
        let longest = 160
        let line = line(position.line)
        guard line.count > longest else {
            return Diagnostic.Excerpt(text: String(line), firstColumn: 1)
        }
        let first = max(0, min(position.column - 1 - longest / 4, line.count - longest))
        return Diagnostic.Excerpt(text: String(line.dropFirst(first).prefix(longest)), firstColumn: first + 1)
    }

    /// The place of a stretch of a scalar, its offsets counted in characters of the scalar's text.
    ///
    /// Exact when the scalar stands on one line and is written as it reads; otherwise the whole scalar.
    func span(of range: Range<Int>, in node: YAMLNode) -> TextSpan {
        guard case .scalar(let text, let isPlain) = node.content, node.span.start.line == node.span.end.line else {
            return node.span
        }
        let start = node.span.start
        let inset = isPlain ? 0 : 1
        let written = line(start.line).dropFirst(start.column - 1 + inset).prefix(text.unicodeScalars.count)
        guard String(written) == text else { return node.span }
        let before = text.prefix(range.lowerBound).unicodeScalars.count
        let length = text.dropFirst(range.lowerBound).prefix(range.count).unicodeScalars.count
        return TextSpan(line: start.line, column: start.column + inset + before, length: max(1, length))
    }
}
