import WorkCalendar

/// A code that others give out and that can be told from a mistyped one (标识).
///
/// What is read is held in its canonical form: upper case, without spaces around it.
public protocol Identifier: Hashable, Sendable, LosslessStringConvertible {
    /// What it is, in words.
    static var title: LocalizedText { get }

    /// Why a text in canonical form is none; `nil` when it is one.
    static func problem(in text: String) -> IdentifierProblem?

    /// - Precondition: ``problem(in:)`` finds none.
    init(checked text: String)
}

extension Identifier {
    public init?(_ text: String) {
        let text = Self.canonical(text)
        guard Self.problem(in: text) == nil else { return nil }
        self.init(checked: text)
    }

    /// Upper case and without white space around it; a text that is far too long is left as it is.
    public static func canonical(_ text: String) -> String {
        guard text.utf8.count <= 256 else { return text }
        let characters = text.unicodeScalars
        guard let first = characters.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = characters.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(
            String.UnicodeScalarView(
                characters[first...last].map { scalar in
                    ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value - 0x20)) : scalar
                }))
    }
}

/// Why a text is no identifier of a kind (标识问题): the first thing that is wrong.
public enum IdentifierProblem: Hashable, Sendable {
    case length(expected: ClosedRange<Int>, found: Int)
    /// A character that the kind does not use, and its place from 1.
    case character(String, at: Int)
    /// The check character, and what it would be for the rest.
    case check(expected: String, found: String)
    /// The check character of the organisation code inside.
    case innerCheck(expected: String, found: String)
    /// Its date is none.
    case date(String)
    /// Its first two digits are no province.
    case province(String)
    /// Its parts do not stand as they should.
    case form(String)

    public var words: LocalizedText {
        switch self {
        case .length(let expected, let found):
            LocalizedText(
                zh: "应为 \(Self.count(expected)) 位，实际 \(found) 位",
                en: "it has \(found) characters, not \(Self.count(expected))")
        case .character(let character, let place):
            LocalizedText(zh: "第 \(place) 位不能是“\(character)”", en: "character \(place) cannot be “\(character)”")
        case .check(let expected, let found):
            LocalizedText(
                zh: "校验位是 \(found)，其余各位算得 \(expected)，多半抄错一位",
                en: "the check character is \(found), the others give \(expected): one is probably mistyped")
        case .innerCheck(let expected, let found):
            LocalizedText(
                zh: "其中的组织机构代码校验位是 \(found)，算得 \(expected)",
                en: "the check character of the organisation code in it is \(found), not \(expected)")
        case .date(let text):
            LocalizedText(zh: "“\(text)”不是日期", en: "“\(text)” is no date")
        case .province(let text):
            LocalizedText(zh: "没有代码为 \(text) 的省级区划", en: "there is no province \(text)")
        case .form(let form):
            LocalizedText(zh: "应写成 \(form)", en: "it is written \(form)")
        }
    }

    private static func count(_ range: ClosedRange<Int>) -> String {
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
    }
}

// MARK: Shared checks

extension String {
    /// Whether it has so many characters.
    func lengthProblem(_ expected: ClosedRange<Int>) -> IdentifierProblem? {
        let found = unicodeScalars.count
        return expected.contains(found) ? nil : .length(expected: expected, found: found)
    }

    /// The first character outside an alphabet.
    func strayCharacter(alphabet: String, in places: Range<Int>? = nil) -> IdentifierProblem? {
        let allowed = Set(alphabet.unicodeScalars)
        for (place, scalar) in unicodeScalars.enumerated()
        where (places?.contains(place) ?? true) && !allowed.contains(scalar) {
            return .character(String(scalar), at: place + 1)
        }
        return nil
    }
}

/// - Source: ISO/IEC 7064:2003, MOD 11-2.
enum Mod112 {
    /// The check character of a string of digits; `X` stands for ten.
    static func check(of digits: some Sequence<UInt8>) -> String {
        let product = digits.reduce(0) { ($0 + Int($1 - 0x30)) * 2 % 11 }
        let check = (12 - product) % 11
        return check == 10 ? "X" : String(check)
    }
}
