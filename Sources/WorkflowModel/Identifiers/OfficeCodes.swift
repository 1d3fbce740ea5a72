import WorkCalendar

/// A project code (项目代码) of the investment platform: `2403-500107-04-01-123456`, which a project keeps for life.
///
/// Year and month, division, central department or trade, project type, and six digits of which the last may be a check.
/// How that digit is computed is not published, so it is checked only where a ``Check`` is given.
/// - Source: 发改投资〔2020〕1439号; 政府投资条例 art. 10.
public struct ProjectCode: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "项目代码", en: "project code")

    public init(checked text: String) { description = text }

    /// The rule for the last digit, for who has it.
    public struct Check: Sendable {
        let digit: @Sendable (String) -> Character?

        /// - Parameter digit: the last digit for the other nineteen, hyphens left out; `nil` where the rule does not apply.
        public init(digit: @escaping @Sendable (String) -> Character?) { self.digit = digit }
    }

    private static let form = "2403-500107-04-01-123456"

    public static func problem(in text: String) -> IdentifierProblem? { problem(in: text, check: nil) }

    /// Why a text is no project code, its last digit held to a rule as well.
    public static func problem(in text: String, check: Check?) -> IdentifierProblem? {
        if let wrong = text.lengthProblem(24...24) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789-") { return wrong }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 6, 2, 2, 6] else { return .form(form) }
        guard let month = Int(parts[0].suffix(2)), (1...12).contains(month) else { return .date(String(parts[0])) }
        let digits = text.filter { $0 != "-" }
        guard let expected = check?.digit(String(digits.dropLast())), let found = digits.last, expected != found else {
            return nil
        }
        return .check(expected: String(expected), found: String(found))
    }

    /// The division that gave it out.
    public var division: String { String(description.dropFirst(5).prefix(6)) }
}

/// The code of an item (事项编码): a basic one of at most ten characters, or an implementing one of at most 24.
///
/// - Source: GB/T 39046-2020, table 4; capitals, digits and hyphens are this project's reading.
public struct ItemCode: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "事项编码", en: "item code")

    public init(checked text: String) { description = text }

    public static func problem(in text: String) -> IdentifierProblem? {
        if let wrong = text.lengthProblem(1...24) { return wrong }
        return text.strayCharacter(alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.")
    }

    /// Whether it is short enough for the code that all levels share.
    public var isBasic: Bool { description.utf8.count <= 10 }
}

/// A case number (办件编号): division, date of receipt, serial number of the day and a check character.
///
/// The platform's standard leaves up to fifty characters to the office; these are 21.
/// - Source: GB/T 39046-2020, table 4; the form is assumed, the check is ISO/IEC 7064:2003, MOD 11-2.
public struct CaseNumber: Identifier {
    public let description: String

    public static let title = LocalizedText(zh: "办件编号", en: "case number")

    public init(checked text: String) { description = text }

    /// The number of the n-th case that an office receives on a date.
    ///
    /// - Parameter serial: 1…999,999.
    /// - Returns: `nil` when the division has no six digits, or the serial is out of range.
    public init?(division: DivisionCode, on date: LocalDate, serial: Int) {
        let (year, month, day) = date.components
        guard division.description.utf8.count == 6, (1...999_999).contains(serial), (1000...9999).contains(year) else {
            return nil
        }
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: width - digits.utf8.count) + digits
        }
        let body = "\(division)\(year)\(padded(month, 2))\(padded(day, 2))\(padded(serial, 6))"
        description = body + Mod112.check(of: body.utf8)
    }

    public static func problem(in text: String) -> IdentifierProblem? {
        if let wrong = text.lengthProblem(21...21) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789", in: 0..<20) { return wrong }
        if let wrong = text.strayCharacter(alphabet: "0123456789X", in: 20..<21) { return wrong }
        if let wrong = DivisionCode.problem(in: String(text.prefix(6))) { return wrong }
        let date = text.dropFirst(6).prefix(8)
        if LocalDate("\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))") == nil {
            return .date(String(date))
        }
        let expected = Mod112.check(of: text.utf8.prefix(20))
        let found = String(text.suffix(1))
        return expected == found ? nil : .check(expected: expected, found: found)
    }
}
