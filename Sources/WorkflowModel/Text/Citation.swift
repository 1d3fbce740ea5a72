import WorkCalendar

/// A law or policy with its article, as a reader of a language writes it (引用依据).
///
/// Definitions and rules cite in one form for both languages: `行政许可法 (2019) arts. 42, 82; assumed`.
public enum Citation {
    /// In Chinese `art.38` is 第38条, `arts. 8, 10-13` 第8、10至13条, a year in brackets has Chinese brackets, and what no text
    /// lays down is 假定. Of a source that is given in both languages, the reader's.
    /// - Complexity: O(n), n = length of the text.
    public static func words(_ text: String, in language: Language) -> String {
        let parts = text.split(separator: "; ", omittingEmptySubsequences: false).map { part -> String in
            let sides = part.split(separator: " / ")
            let isInBoth = sides.count == 2 && isChinese(sides[0]) && !isChinese(sides[1])
            let own = isInBoth ? sides[language == .zh ? 0 : 1] : part
            return language == .zh ? chinese(own) : String(own)
        }
        return parts.joined(separator: language == .zh ? "；" : "; ")
    }

    private static func isChinese(_ text: Substring) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    private static func chinese(_ text: Substring) -> String {
        if text == "assumed" { return "假定" }
        guard isChinese(text) else { return String(text) }
        return String(text).replacing(#/ ?\((\d{4})\) ?/#) { "（\($0.1)）" }
            .replacing(#/ ?arts?\. ?(\d+(?:[-–]\d+)?(?:, ?\d+(?:[-–]\d+)?)*)/#) { found in
                let articles = found.1.split(separator: ",").map { article in
                    String(article.trimmingPrefix(while: \.isWhitespace)).replacing(#/[-–]/#, with: "至")
                }
                return "第\(articles.joined(separator: "、"))条"
            }
    }
}
