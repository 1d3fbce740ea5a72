import WorkCalendar

/// One word or sign of a condition.
struct ConditionToken: Sendable, Hashable {
    let kind: Kind
    /// Offsets in `Character`s of the text.
    let range: Range<Int>
    /// As written.
    let text: String

    enum Kind: Sendable, Hashable {
        case name(String)
        case literal(FactValue)
        case comparison(Condition.Comparison)
        case and, or, not, `in`, between
        case openParenthesis, closeParenthesis, openBracket, closeBracket, comma, dots
        /// A literal that was reported already.
        case unreadable
        /// A sign that means nothing here, such as `+`.
        case other
        case end
    }
}

/// Cuts the text of a condition into tokens.
///
/// What people write by habit (`==`, `&&`, single quotes, full-width signs of a Chinese keyboard) is reported and then
/// read as what was meant, so that the rest of the text is checked too.
///
/// It walks over scalars and not over characters, so that a quote followed by a combining mark is still a quote.
struct ConditionLexer {
    private(set) var problems: [ConditionProblem] = []
    private let scalars: [Unicode.Scalar]
    /// The offset in characters of every scalar, and of the end.
    private let offsets: [Int]
    private let facts: [String: FactType]
    private var index = 0

    /// - Parameter facts: ids that may look like a word in unusual case, such as `And`.
    init(_ text: String, facts: [String: FactType]) {
        var scalars: [Unicode.Scalar] = []
        var offsets: [Int] = []
        for (offset, character) in text.enumerated() {
            scalars.append(contentsOf: character.unicodeScalars)
            offsets.append(contentsOf: repeatElement(offset, count: character.unicodeScalars.count))
        }
        offsets.append((offsets.last ?? -1) + 1)
        self.scalars = scalars
        self.offsets = offsets
        self.facts = facts
    }

    /// All tokens, the last of which is the end.
    mutating func tokens() -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        while true {
            while index < scalars.count, scalars[index].isConditionSpace { index += 1 }
            guard index < scalars.count else { break }
            let start = index
            let kind = next()
            tokens.append(ConditionToken(kind: kind, range: range(from: start), text: written(from: start)))
        }
        tokens.append(ConditionToken(kind: .end, range: offsets[index]..<offsets[index], text: ""))
        return tokens
    }

    private mutating func next() -> ConditionToken.Kind {
        if Quote(scalars[index]) != nil { return string() }
        if startsNumber { return number() }
        if folded(index)?.startsConditionName == true { return word() }
        return sign()
    }

    // MARK: Reading single scalars

    /// The scalar with full-width forms of a Chinese keyboard folded to ASCII.
    private func folded(_ position: Int) -> Unicode.Scalar? {
        guard position < scalars.count else { return nil }
        let scalar = scalars[position]
        // U+FF01…U+FF5E are U+0021…U+007E, in the same order.
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0)
    }

    private func isDigit(_ position: Int) -> Bool {
        folded(position).map { ("0"..."9").contains($0) } ?? false
    }

    private func range(from start: Int, to end: Int? = nil) -> Range<Int> {
        offsets[start]..<offsets[(end ?? index) - 1] + 1
    }

    private func written(from start: Int) -> String { String(scalars[start..<index]) }

    private func foldedText(from start: Int) -> String {
        String((start..<index).compactMap { folded($0) })
    }

    private mutating func report(_ expected: LocalizedText, from start: Int) {
        problems.append(
            ConditionProblem(range: range(from: start), kind: .syntax(expected: expected, found: written(from: start))))
    }

    /// Reports what was written otherwise than it is spelled.
    private mutating func check(spelling: String, from start: Int) {
        if written(from: start).unicodeScalars.elementsEqual(spelling.unicodeScalars) { return }
        report(ConditionWording.verbatim(spelling), from: start)
    }

    // MARK: Words and signs

    private static let words: [String: ConditionToken.Kind] = [
        "and": .and, "or": .or, "not": .not, "in": .in, "between": .between,
        "true": .literal(.boolean(true)), "false": .literal(.boolean(false)),
    ]

    private mutating func word() -> ConditionToken.Kind {
        let start = index
        while let scalar = folded(index) {
            // An id such as land-use is one unknown fact rather than two and a minus.
            let isInnerDash = scalar == "-" && folded(index + 1)?.startsConditionName == true
            guard scalar.continuesConditionName || isInnerDash else { break }
            index += 1
        }
        let name = foldedText(from: start)
        let lowercased = name.lowercased()
        if let kind = Self.words[lowercased], lowercased == name || facts[name] == nil {
            check(spelling: lowercased, from: start)
            return kind
        }
        check(spelling: name, from: start)
        return .name(name)
    }

    /// A way to write a sign, what it means, and how FEEL spells it.
    private struct Sign {
        let written: [Unicode.Scalar]
        let kind: ConditionToken.Kind
        let spelling: String

        init(_ written: String, _ kind: ConditionToken.Kind, spelling: String? = nil) {
            self.written = Array(written.unicodeScalars)
            self.kind = kind
            self.spelling = spelling ?? written
        }
    }

    /// Whatever begins with another sign stands before it.
    private static let signs: [Sign] = [
        Sign("===", .comparison(.equal), spelling: "="), Sign("!==", .comparison(.notEqual), spelling: "!="),
        Sign("==", .comparison(.equal), spelling: "="), Sign("=<", .comparison(.lessOrEqual), spelling: "<="),
        Sign("=>", .comparison(.greaterOrEqual), spelling: ">="), Sign("=", .comparison(.equal)),
        Sign("!=", .comparison(.notEqual)), Sign("<>", .comparison(.notEqual), spelling: "!="),
        Sign("≠", .comparison(.notEqual), spelling: "!="), Sign("!", .not, spelling: "not(…)"),
        Sign("<=", .comparison(.lessOrEqual)), Sign("≤", .comparison(.lessOrEqual), spelling: "<="),
        Sign("<", .comparison(.less)), Sign(">=", .comparison(.greaterOrEqual)),
        Sign("≥", .comparison(.greaterOrEqual), spelling: ">="), Sign(">", .comparison(.greater)),
        Sign("&&", .and, spelling: "and"), Sign("&", .and, spelling: "and"),
        Sign("||", .or, spelling: "or"), Sign("|", .or, spelling: "or"),
        Sign("(", .openParenthesis), Sign(")", .closeParenthesis), Sign("[", .openBracket), Sign("]", .closeBracket),
        Sign("【", .openBracket, spelling: "["), Sign("】", .closeBracket, spelling: "]"),
        Sign(",", .comma), Sign("、", .comma, spelling: ","), Sign("..", .dots), Sign("…", .dots, spelling: ".."),
    ]

    private mutating func sign() -> ConditionToken.Kind {
        let start = index
        for sign in Self.signs where sign.written.indices.allSatisfy({ folded(start + $0) == sign.written[$0] }) {
            index += sign.written.count
            check(spelling: sign.spelling, from: start)
            return sign.kind
        }
        index += 1
        return .other
    }

    // MARK: Numbers

    private var startsNumber: Bool {
        let first = folded(index) == "-" ? index + 1 : index
        return isDigit(first) || folded(first) == "." && isDigit(first + 1)
    }

    /// `12`, `1.5`, `.5`, `-3`, `1e6`; the dot of a range as in `1..5` is not part of the number.
    private mutating func number() -> ConditionToken.Kind {
        let start = index
        if folded(index) == "-" { index += 1 }
        while isDigit(index) { index += 1 }
        if folded(index) == ".", isDigit(index + 1) {
            index += 1
            while isDigit(index) { index += 1 }
        }
        if folded(index) == "e" || folded(index) == "E" {
            let hasSign = folded(index + 1) == "+" || folded(index + 1) == "-"
            let exponent = index + (hasSign ? 2 : 1)
            if isDigit(exponent) { index = exponent }
            while isDigit(index) { index += 1 }
        }
        let end = index
        while let scalar = folded(index), scalar.continuesConditionName { index += 1 }
        let spelling = foldedText(from: start)
        guard index == end, let value = Double(spelling), value.isFinite else {
            report(ConditionWording.plainNumber, from: start)
            return .unreadable
        }
        check(spelling: spelling, from: start)
        return .literal(.number(value))
    }

    // MARK: Texts

    private enum Quote {
        case straight, curly, single

        init?(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "\"": self = .straight
            case "\u{201C}", "\u{201D}", "\u{FF02}": self = .curly
            case "'", "\u{2018}", "\u{2019}", "\u{FF07}": self = .single
            default: return nil
            }
        }

        /// A straight quote is ended by its like only, so that a text may hold “…”.
        func isClosed(by other: Quote?) -> Bool {
            switch (self, other) {
            case (.straight, .straight), (.curly, .straight), (.curly, .curly), (.single, .single): true
            default: false
            }
        }
    }

    private mutating func string() -> ConditionToken.Kind {
        let start = index
        let quote = Quote(scalars[start])
        var value = String.UnicodeScalarView()
        var isReadable = true
        index += 1
        while index < scalars.count, !scalars[index].isConditionLineEnd {
            let scalar = scalars[index]
            if quote?.isClosed(by: Quote(scalar)) == true {
                index += 1
                guard isReadable else { return .unreadable }
                if quote != .straight { report(ConditionWording.verbatim(String(value).conditionLiteral), from: start) }
                return .literal(.text(String(value)))
            }
            if scalar == "\\" {
                if let escaped = escape() { value.append(escaped) } else { isReadable = false }
            } else {
                value.append(scalar)
                index += 1
            }
        }
        // Nothing after a missing quote can be told from the text itself.
        index = scalars.count
        report(ConditionWording.closingQuote, from: start)
        return .unreadable
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "'": "'", "\\": "\\", "n": "\n", "r": "\r", "t": "\t",
    ]

    /// The scalar that an escape sequence at the index stands for; reports one that FEEL does not know.
    private mutating func escape() -> Unicode.Scalar? {
        let start = index
        index += 1
        guard index < scalars.count else { return nil }  // the missing quote is reported
        let letter = scalars[index]
        index += 1
        if let plain = Self.escapes[letter] { return plain }
        let length = letter == "u" ? 4 : letter == "U" ? 6 : 0
        let digits = scalars[index...].prefix(length).prefix { $0.properties.isASCIIHexDigit }
        index += digits.count
        if length > 0, digits.count == length, let code = UInt32(String(digits), radix: 16),
            let scalar = Unicode.Scalar(code)
        {
            return scalar
        }
        report(ConditionWording.escape, from: start)
        return nil
    }
}

extension Unicode.Scalar {
    /// White space as FEEL has it (DMN 1.5, §10.3.1.2, rules 61 and 62).
    fileprivate var isConditionSpace: Bool {
        properties.isWhitespace || value == 0x180E || value == 0x200B || value == 0xFEFF
    }

    fileprivate var isConditionLineEnd: Bool {
        (0x0A...0x0D).contains(value) || value == 0x85 || value == 0x2028 || value == 0x2029
    }

    fileprivate var startsConditionName: Bool { self == "_" || properties.isAlphabetic }

    fileprivate var continuesConditionName: Bool { startsConditionName || properties.numericType == .decimal }
}

extension String {
    fileprivate init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.init(String.UnicodeScalarView(scalars))
    }
}
