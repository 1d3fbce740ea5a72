import WorkCalendar

/// A unified social credit code (统一社会信用代码): 18 characters that name a legal person for life.
///
/// Its last character checks all others by weights that are powers of three modulo 31, so that one wrong character and two
/// swapped neighbours are always noticed.
/// - Source: GB 32100-2015.
public struct CreditCode: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "统一社会信用代码", en: "unified social credit code")

    public init(checked text: String) { description = text }

    /// Digits and capitals without I, O, S, V and Z, by their values from 0.
    static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    public static func problem(in text: String) -> IdentifierProblem? {
        if let wrong = text.lengthProblem(18...18) { return wrong }
        if let wrong = text.strayCharacter(alphabet: String(decoding: alphabet, as: UTF8.self)) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789", in: 2..<8) { return wrong }
        let bytes = Array(text.utf8)
        let expected = check(of: bytes[0..<17])
        let found = String(decoding: bytes[17...], as: UTF8.self)
        if expected != found { return .check(expected: expected, found: found) }
        if case .check(let expected, let found)? = OrganisationCode.problem(
            in: String(decoding: bytes[8..<17], as: UTF8.self))
        {
            return .innerCheck(expected: expected, found: found)
        }
        return nil
    }

    private static func check(of bytes: ArraySlice<UInt8>) -> String {
        let sum = zip(bytes, weights).reduce(0) { $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1 }
        return String(decoding: [alphabet[(31 - sum % 31) % 31]], as: UTF8.self)
    }

    /// The administrative division in which it was registered.
    public var division: String { String(description.dropFirst(2).prefix(6)) }

    public var organisation: OrganisationCode {
        OrganisationCode(checked: String(description.dropFirst(8).prefix(9)))
    }
}

/// An organisation code (组织机构代码): eight characters and a check character, with or without a hyphen before it.
///
/// - Source: GB 11714-1997.
public struct OrganisationCode: Identifier {
    /// Nine characters without the hyphen.
    public let description: String

    public static let title = LocalizedText(zh: "组织机构代码", en: "organisation code")

    public init(checked text: String) { description = text.filter { $0 != "-" } }

    private static let weights = [3, 7, 9, 10, 5, 8, 4, 2]

    public static func problem(in text: String) -> IdentifierProblem? {
        var bytes = Array(text.utf8)
        if bytes.count == 10, bytes[8] == UInt8(ascii: "-") { bytes.remove(at: 8) }
        let plain = String(decoding: bytes, as: UTF8.self)
        if let wrong = plain.lengthProblem(9...9) { return wrong }
        if let wrong = plain.strayCharacter(alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") { return wrong }
        let sum = zip(bytes, weights).reduce(0) { $0 + value(of: $1.0) * $1.1 }
        let check = 11 - sum % 11
        let expected = check == 10 ? "X" : check == 11 ? "0" : String(check)
        let found = String(decoding: bytes[8...], as: UTF8.self)
        return expected == found ? nil : .check(expected: expected, found: found)
    }

    private static func value(of byte: UInt8) -> Int { byte <= 0x39 ? Int(byte) - 0x30 : Int(byte) - 0x41 + 10 }
}
