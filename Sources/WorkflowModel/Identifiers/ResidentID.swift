import WorkCalendar

/// A citizen's identity number (公民身份号码): division, date of birth, sequence and a check character.
///
/// - Source: GB 11643-1999; the check is ISO/IEC 7064:2003, MOD 11-2.
public struct ResidentID: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "公民身份号码", en: "resident identity number")

    public init(checked text: String) { description = text }

    public static func problem(in text: String) -> IdentifierProblem? {
        if let wrong = text.lengthProblem(18...18) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789", in: 0..<17) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789X", in: 17..<18) { return wrong }
        if let wrong = DivisionCode.provinceProblem(in: text) { return wrong }
        let birth = text.dropFirst(6).prefix(8)
        if Self.date(birth) == nil { return .date(String(birth)) }
        let expected = Mod112.check(of: text.utf8.prefix(17))
        let found = String(text.suffix(1))
        return expected == found ? nil : .check(expected: expected, found: found)
    }

    private static func date(_ digits: Substring) -> LocalDate? {
        guard let year = Int(digits.prefix(4)), (1800...2199).contains(year),
            let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2))
        else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    /// As it may be shown to those who need not know it whole: the middle is left out.
    public var masked: String { "\(description.prefix(3))***********\(description.suffix(4))" }
}

/// The code of an administrative division (行政区划代码): province, city and county, two digits each; with three or six
/// more, a town or a village.
///
/// - Source: GB/T 2260-2007; towns and villages GB/T 10114.
public struct DivisionCode: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "行政区划代码", en: "division code")

    public init(checked text: String) { description = text }

    private static let provinces: Set<String> = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44",
        "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    ]

    static func provinceProblem(in text: String) -> IdentifierProblem? {
        let province = String(text.prefix(2))
        return provinces.contains(province) ? nil : .province(province)
    }

    public static func problem(in text: String) -> IdentifierProblem? {
        guard [6, 9, 12].contains(text.utf8.count) else {
            return .length(expected: 6...12, found: text.unicodeScalars.count)
        }
        if let wrong = text.strayCharacter(alphabet: "0123456789") { return wrong }
        if let wrong = provinceProblem(in: text) { return wrong }
        // A part below a level that is left out would belong to nothing.
        let pairs = [text.dropFirst(2).prefix(2), text.dropFirst(4).prefix(2)]
        let isGap = pairs[0] == "00" && pairs[1] != "00"
        return isGap ? .form("\(text.prefix(2))0000") : nil
    }
}
