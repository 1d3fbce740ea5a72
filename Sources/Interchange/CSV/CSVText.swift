/// Comma-separated values that no spreadsheet takes for formulas (逗号分隔值).
///
/// - Source: RFC 4180; OWASP ASVS 5 1.2.10: a cell that begins with `=`, `+`, `-`, `@`, a tab, a carriage return, NUL or one
///   of the full-width signs gets an apostrophe in front.
public enum CSVText {
    /// The lines, each with CRLF at its end.
    public static func written(head: [String], rows: [[String]]) -> String {
        ([head] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    static func cell(_ value: String) -> String {
        var text = value
        if let first = value.unicodeScalars.first, dangerous.contains(first) { text = "'" + value }
        let isPlain = text.unicodeScalars.allSatisfy { !quoted.contains($0) }
        return isPlain ? text : "\"" + text.replacingQuotes + "\""
    }

    private static let dangerous: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    private static let quoted: Set<Unicode.Scalar> = ["\"", ",", "\r", "\n"]
}

extension String {
    fileprivate var replacingQuotes: String {
        var out = ""
        for scalar in unicodeScalars {
            if scalar == "\"" { out += "\"" }
            out.unicodeScalars.append(scalar)
        }
        return out
    }
}
