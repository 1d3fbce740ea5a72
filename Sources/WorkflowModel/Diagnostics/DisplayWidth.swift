/// How many columns of a terminal a character takes: Chinese takes two.
///
/// - Source: Unicode Standard Annex #11, *East Asian Width*: W and F are two columns, A is one; combining marks and
///   zero-width characters are none.
public enum DisplayWidth {
    static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if nothing.contains(where: { $0.contains(value) }) { return 0 }
        return wide.contains(where: { $0.contains(value) }) ? 2 : 1
    }

    static func columns(of text: some Sequence<Unicode.Scalar>) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    public static func columns(of text: some StringProtocol) -> Int { columns(of: text.unicodeScalars) }

    /// The text cut to so many columns, with `…` where something was cut.
    public static func fitted(_ text: String, to columns: Int) -> String {
        guard self.columns(of: text) > columns else { return text }
        var result = ""
        var used = 0
        for character in text {
            let width = self.columns(of: character.unicodeScalars)
            if used + width > columns - 1 { break }
            result.append(character)
            used += width
        }
        return result + "…"
    }

    /// The text followed by spaces up to so many columns.
    public static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - self.columns(of: text)))
    }

    private static let nothing: [ClosedRange<UInt32>] = [
        0x300...0x36F, 0x200B...0x200F, 0x2060...0x2064, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F,
    ]
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x33FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x1F300...0x1F64F,
        0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
