/// Holds values against the declared types of facts, and keeps the problems met.
///
/// Numbers are compared with numbers, an enum fact with the values that it declares, everything else with its like; only
/// numbers have an order.
struct ConditionChecker {
    private(set) var problems: [ConditionProblem] = []

    /// A value on one side of a comparison.
    struct Term {
        let operand: Condition.Operand
        /// `nil` when the fact is unknown or the literal unreadable.
        let type: FactType?
        let range: Range<Int>
    }

    /// Reports a problem, once however often it is met.
    mutating func report(_ kind: ConditionProblem.Kind, at range: Range<Int>) {
        let problem = ConditionProblem(range: range, kind: kind)
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// Checks the two sides of a comparison.
    mutating func check(_ left: Term, _ comparison: Condition.Comparison, _ right: Term) {
        guard comparison.needsOrder else { return checkEquality(left, right) }
        known(right)
        if expectNumber(left) { expectNumber(right) }
    }

    /// Whether the term is, or may be, a number; reports it when not.
    @discardableResult
    mutating func expectNumber(_ term: Term) -> Bool {
        guard let type = known(term), type != .number else { return true }
        report(.wrongType(found: type, expected: .number), at: term.range)
        return false
    }

    /// Reports values that can never be equal.
    mutating func checkEquality(_ left: Term, _ right: Term) {
        if reportMissingQuotes(left, beside: right) || reportMissingQuotes(right, beside: left) { return }
        let (leftType, rightType) = (known(left), known(right))
        guard let expected = leftType, let found = rightType, found != expected else { return }
        if checkValue(right, of: left) || checkValue(left, of: right) { return }
        // A literal is held against the fact, on whichever side it stands.
        if case .constant = left.operand, case .fact = right.operand {
            report(.wrongType(found: expected, expected: found), at: left.range)
        } else {
            report(.wrongType(found: found, expected: expected), at: right.range)
        }
    }

    /// Checks a literal text against the values of an enum fact; false when they are something else.
    private mutating func checkValue(_ literal: Term, of fact: Term) -> Bool {
        guard case .constant(.text(let value)) = literal.operand, case .fact(let id) = fact.operand,
            case .oneOf(let allowed) = fact.type
        else { return false }
        if !allowed.contains(value) {
            report(.unknownValue(value, fact: id, allowed: allowed), at: literal.range)
        }
        return true
    }

    /// The type of a term; an unknown fact is reported and has none.
    @discardableResult
    mutating func known(_ term: Term) -> FactType? {
        if term.type == nil, case .fact(let id) = term.operand { report(.unknownFact(id), at: term.range) }
        return term.type
    }

    /// A declared value without its quotes, as in `investment = social`, is not an unknown fact.
    private mutating func reportMissingQuotes(_ term: Term, beside fact: Term) -> Bool {
        guard term.type == nil, case .fact(let word) = term.operand, case .oneOf(let values) = fact.type,
            values.contains(word)
        else { return false }
        reportMissingQuotes(word, at: term.range)
        return true
    }

    /// Reports a text that was written without quotes.
    mutating func reportMissingQuotes(_ word: String, at range: Range<Int>) {
        report(.syntax(expected: ConditionWording.verbatim(word.conditionLiteral), found: word), at: range)
    }
}

extension FactValue {
    /// The type that a value has by itself: an enum's value is a text.
    var literalType: FactType {
        switch self {
        case .boolean: .boolean
        case .number: .number
        case .text: .text
        }
    }
}
