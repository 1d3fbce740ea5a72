import GRDB
import Orchestrator

/// The index of what texts are looked for in (检索索引): a table of FTS5 without contents, which has a row for each case whose
/// figures have a text.
///
/// Its words are our pieces, each character as four digits: so neither language nor punctuation is left to SQLite, and a
/// piece that is shorter than others is the beginning of their words.
enum TextIndex {
    /// Replaces the text of a case.
    static func replace(_ old: String, by new: String, of number: Int64, in db: Database) throws {
        if old.utf8.elementsEqual(new.utf8) { return }
        if !old.isEmpty {
            // A table without contents is told what it is to forget.
            try PreparedStatement(
                db, "INSERT INTO figure_grams (figure_grams, rowid, grams) VALUES ('delete', ?, ?)"
            ).run {
                $0.add(number)
                $0.add(words(of: old))
            }
        }
        if new.isEmpty { return }
        try PreparedStatement(db, "INSERT INTO figure_grams (rowid, grams) VALUES (?, ?)").run {
            $0.add(number)
            $0.add(words(of: new))
        }
    }

    /// The numbers of the cases that may have a part in their text, as JSON; `nil` where they are too many to be looked up.
    static func candidates(for part: String, in db: Database) throws -> String? {
        let wanted = SearchGrams.wanted(by: part)
        if wanted.isEmpty { return nil }
        let words = wanted.map { SearchGrams.isWhole($0) ? word($0) : word($0) + "*" }
        let found = try PreparedStatement(
            db, "SELECT rowid FROM figure_grams WHERE figure_grams MATCH ? LIMIT ?"
        ).all({
            $0.add(words.joined(separator: " AND "))
            $0.add(SearchGrams.candidateLimit + 1)
        }) { $0.int64(0) }
        guard found.count <= SearchGrams.candidateLimit else { return nil }
        return "[\(found.map(String.init).joined(separator: ","))]"
    }

    private static func words(of text: String) -> String {
        SearchGrams.starts(of: text).map(word).joined(separator: " ")
    }

    /// Every scalar is less than 36⁴.
    private static func word(_ piece: String) -> String {
        piece.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 36)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
