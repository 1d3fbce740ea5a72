/// A place in a text file: line and column, both from 1; a column is one Unicode character (scalar), not one byte.
public struct TextPosition: Sendable, Hashable, Comparable, Codable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: TextPosition, b: TextPosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A stretch of a text file, half-open: `end` is the position after the last character.
public struct TextSpan: Sendable, Hashable {
    public let start: TextPosition
    public let end: TextPosition

    public init(start: TextPosition, end: TextPosition) {
        self.start = start
        self.end = max(start, end)
    }

    /// So many characters of one line.
    public init(line: Int, column: Int, length: Int) {
        self.start = TextPosition(line: line, column: column)
        self.end = TextPosition(line: line, column: column + length)
    }
}
