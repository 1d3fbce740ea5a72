extension Condition: CustomStringConvertible {
    /// The expression in its plainest spelling; reading it gives the same expression again.
    public var description: String { expression.description }
}

extension Condition.Expression: CustomStringConvertible {
    /// With as few parentheses as keep the meaning, and `between` written as a range.
    public var description: String {
        switch self {
        case .constant(let value): String(value)
        case .fact(let id): id
        case .compare(let left, let comparison, let right): "\(left) \(comparison.rawValue) \(right)"
        case .isIn(let operand, let tests): "\(operand) in \(Self.list(tests))"
        case .and(let parts): parts.map { $0.part(bindsTighter: $0.precedence > 1) }.joined(separator: " and ")
        case .or(let parts): parts.map { $0.part(bindsTighter: $0.precedence > 0) }.joined(separator: " or ")
        case .not(let negated): "not(\(negated))"
        }
    }

    private var precedence: Int {
        switch self {
        case .or: 0
        case .and: 1
        default: 2
        }
    }

    private func part(bindsTighter: Bool) -> String { bindsTighter ? description : "(\(description))" }

    private static func list(_ tests: [Condition.Test]) -> String {
        if tests.count == 1, case .range = tests[0] { return tests[0].description }
        return "(\(tests.map(\.description).joined(separator: ", ")))"
    }
}

extension Condition.Operand: CustomStringConvertible {
    /// The id of the fact, or the value as a literal.
    public var description: String {
        switch self {
        case .constant(let value): value.conditionLiteral
        case .fact(let id): id
        }
    }
}

extension Condition.Test: CustomStringConvertible {
    /// As it stands in a list.
    public var description: String {
        switch self {
        case .equals(let value): value.conditionLiteral
        case .compares(let comparison, let bound): "\(comparison.rawValue) \(FactValue.number(bound).conditionLiteral)"
        case .range(let low, let lowIsClosed, let high, let highIsClosed):
            (lowIsClosed ? "[" : "(") + FactValue.number(low).conditionLiteral + ".."
                + FactValue.number(high).conditionLiteral + (highIsClosed ? "]" : ")")
        }
    }
}

extension FactValue {
    /// As a literal of FEEL.
    var conditionLiteral: String {
        switch self {
        case .boolean(let value): String(value)
        // 5000 rather than 5000.0; beyond 2⁵³ Swift writes an exponent, which FEEL reads as well.
        case .number(let value): Int64(exactly: value).flatMap { abs($0) < 1 << 53 ? String($0) : nil } ?? String(value)
        case .text(let value): value.conditionLiteral
        }
    }
}

extension String {
    /// In double quotes, with everything escaped that FEEL does not take as it is.
    var conditionLiteral: String {
        var literal = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case _ where scalar.properties.generalCategory == .control || [0x2028, 0x2029].contains(scalar.value):
                let hex = String(scalar.value, radix: 16, uppercase: true)
                literal += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
