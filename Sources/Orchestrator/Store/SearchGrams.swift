/// What an index of texts is made of (检索单元): every place of a text begins a piece of three characters, so that a part of
/// it, however short, is found without reading all texts.
///
/// Stores narrow a search down by the pieces and then look at the texts themselves: that a text has the pieces of a part
/// does not say that it has the part. Characters are Unicode scalars, whatever the language.
public enum SearchGrams {
    /// Characters in a piece; the last ones of a text have fewer.
    public static let width = 3
    /// So many cases are looked up one by one. Where more have the pieces, a store goes through its rows in their order
    /// instead, and soon has a page full.
    public static let candidateLimit = 2000
    /// Most pieces that a search asks for.
    public static let mostWanted = 6

    /// The pieces that begin at the places of a text, each once, in the order of their bytes.
    public static func starts(of text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let all = scalars.indices.map { piece(scalars[$0..<min($0 + width, scalars.count)]) }
        return unique(all)
    }

    /// Pieces that a text has if `part` stands in it: whole ones, or of a shorter part the part itself, which then begins
    /// one of the text's. None for an empty part.
    public static func wanted(by part: String) -> [String] {
        let scalars = Array(part.unicodeScalars)
        if scalars.isEmpty { return [] }
        guard scalars.count > width else { return [piece(scalars[...])] }
        let last = scalars.count - width
        // Spread over the part, its ends among them: what tells one project from another stands at the end of its code.
        let places = last < mostWanted ? Array(0...last) : (0..<mostWanted).map { $0 * last / (mostWanted - 1) }
        return unique(places.map { piece(scalars[$0..<$0 + width]) })
    }

    /// Whether a piece is as long as pieces are.
    public static func isWhole(_ piece: String) -> Bool { piece.unicodeScalars.count == width }

    private static func piece(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    /// Spellings that Unicode calls equal are different texts here, as in a database.
    private static func unique(_ pieces: [String]) -> [String] {
        let sorted = pieces.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var found: [String] = []
        for piece in sorted where found.last.map({ !$0.utf8.elementsEqual(piece.utf8) }) ?? true { found.append(piece) }
        return found
    }
}
