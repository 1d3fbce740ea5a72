import Foundation
import WorkCalendar

/// Diagnostics as text for a terminal: the sentence, the offending line with carets under it, hints and notes.
public struct DiagnosticRenderer: Sendable {
    public let language: Language
    /// Whether to colour by ANSI escapes.
    public let isColoured: Bool

    public init(language: Language, isColoured: Bool = false) {
        self.language = language
        self.isColoured = isColoured
    }

    /// All diagnostics of a reading, an empty line between them, and a line for those that are not listed.
    public func text(for reading: FileReading<some Sendable>) -> String {
        var blocks = reading.diagnostics.map { text(for: $0) }
        if reading.omitted > 0 {
            let more = LocalizedText(
                zh: "……另有 \(reading.omitted) 处问题未列出\n", en: "… and \(reading.omitted) more, not listed\n")
            blocks.append(more[language])
        }
        return blocks.joined(separator: "\n")
    }

    /// One diagnostic, ending with a line break.
    public func text(for diagnostic: Diagnostic) -> String {
        let (word, colour) =
            switch diagnostic.severity {
            case .error: (LocalizedText(zh: "错误", en: "error"), Colour.red)
            case .warning: (LocalizedText(zh: "警告", en: "warning"), Colour.yellow)
            }
        let place = diagnostic.place
        var text = paint("\(place.file):\(place.span.start.line):\(place.span.start.column): ", .bold)
        text += paint("\(word[language])[\(diagnostic.code.rawValue)]: ", colour)
        text += paint(diagnostic.message[language], .bold) + "\n"
        text += excerpt(of: place, label: diagnostic.label[language], colour: colour)
        let hint = LocalizedText(zh: "提示", en: "hint")[language]
        for line in diagnostic.hints { text += "  \(paint(hint, .cyan)): \(line[language])\n" }
        let note = LocalizedText(zh: "参见", en: "note")[language]
        for other in diagnostic.notes {
            let start = other.place.span.start
            text += "  \(paint(note, .cyan)): \(other.place.file):\(start.line):\(start.column): "
            text += other.message[language] + "\n"
        }
        return text
    }

    private func excerpt(of place: Diagnostic.Place, label: String, colour: Colour) -> String {
        let scalars = place.excerpt.text.unicodeScalars.map(Self.visible)
        let start = place.span.start
        let first = place.excerpt.firstColumn
        let from = min(max(start.column - first, 0), scalars.count)
        let to = place.span.end.line > start.line ? scalars.count : place.span.end.column - first
        let line = String(start.line)
        let margin = String(repeating: " ", count: max(5 - line.count, 0))
        let blank = String(repeating: " ", count: max(line.count, 5))
        let before = String(repeating: " ", count: DisplayWidth.columns(of: scalars[..<from]))
        let marked = max(1, DisplayWidth.columns(of: scalars[from..<max(from, min(to, scalars.count))]))
        let carets = paint(String(repeating: "^", count: marked) + " " + label, colour)
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars)
        return "\(margin)\(line) | \(String(shown))\n\(blank) | \(before)\(carets)\n"
    }

    /// What stands for a character in an excerpt, so that carets stay in line and nothing on the terminal moves.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar == "\t" { return " " }
        return SourceText.isForbidden(scalar) || DisplayWidth.columns(of: scalar) == 0 ? "\u{FFFD}" : scalar
    }

    private enum Colour: String { case bold = "1", red = "1;31", yellow = "1;33", cyan = "36" }

    private func paint(_ text: String, _ colour: Colour) -> String {
        isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension Diagnostic: Encodable {
    /// Where the code is explained.
    public var link: String { "docs/diagnostics.md#\(code.rawValue.lowercased())" }

    private enum Key: String, CodingKey {
        case code, severity, file, start, end, line, message, label, hints, notes, link
    }

    /// `{code, severity, file, start: {line, column}, end, line, message: {zh, en}, label, hints, notes, link}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code.rawValue, forKey: .code)
        try container.encode(severity, forKey: .severity)
        try container.encode(place.file, forKey: .file)
        try container.encode(place.span.start, forKey: .start)
        try container.encode(place.span.end, forKey: .end)
        try container.encode(place.excerpt.text, forKey: .line)
        try container.encode(message, forKey: .message)
        try container.encode(label, forKey: .label)
        try container.encode(hints, forKey: .hints)
        try container.encode(notes, forKey: .notes)
        try container.encode(link, forKey: .link)
    }

    /// The diagnostics as a JSON array, keys in order of the alphabet.
    public static func json(_ diagnostics: [Diagnostic]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings, numbers and lists of them: nothing here can fail to encode.
        return String(decoding: (try? encoder.encode(diagnostics)) ?? Data("[]".utf8), as: UTF8.self)
    }
}

extension Diagnostic.Note: Encodable {
    private enum Key: String, CodingKey { case file, start, end, message }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(place.file, forKey: .file)
        try container.encode(place.span.start, forKey: .start)
        try container.encode(place.span.end, forKey: .end)
        try container.encode(message, forKey: .message)
    }
}
