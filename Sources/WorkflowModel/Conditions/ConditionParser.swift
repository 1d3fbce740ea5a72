import WorkCalendar

/// Reads the tokens of a condition by recursive descent, and has types checked as it goes.
///
/// ```
/// disjunction = conjunction { "or" conjunction }
/// conjunction = comparison { "and" comparison }
/// comparison  = primary [ ("=" | "!=" | "<" | "<=" | ">" | ">=") primary
///                       | "in" ( test | range | "(" test { "," test } ")" | "[" test { "," test } "]" )
///                       | "between" number "and" number ]
/// primary     = literal | fact | "not" "(" disjunction ")" | "(" disjunction ")"
/// test        = literal | ("<" | "<=" | ">" | ">=") number | range
/// range       = ("[" | "(" | "]") number ".." number ("]" | ")" | "[")
/// ```
///
/// - Source: OMG DMN 1.5, §10.3.1.2, grammar rules 2, 7–16, 31–37, 47–49 and 54, as far as they are total and their
///   types known before any fact is.
struct ConditionParser {
    private var checker = ConditionChecker()
    private let text: String
    private let tokens: [ConditionToken]
    private let facts: [String: FactType]
    private var position = 0
    private var depth = 0

    /// Reading went no further; why is among the problems.
    struct Stop: Error {}

    var problems: [ConditionProblem] { checker.problems }

    init(_ text: String, tokens: [ConditionToken], facts: [String: FactType]) {
        self.text = text
        self.tokens = tokens
        self.facts = facts
    }

    mutating func condition() throws(Stop) -> Condition.Expression {
        if token.kind == .end { throw fail(ConditionWording.condition) }
        let whole = try disjunction()
        if token.kind != .end { throw fail(ConditionWording.connective) }
        return truth(of: whole)
    }

    /// What was read of a value or a condition, and where.
    private struct Reading {
        enum Content {
            /// Without a type when the fact is unknown or the literal unreadable.
            case operand(Condition.Operand, FactType?)
            case expression(Condition.Expression)
        }
        let content: Content
        let range: Range<Int>
    }

    // MARK: Tokens

    private var token: ConditionToken { tokens[position] }

    private func kind(ahead count: Int) -> ConditionToken.Kind? {
        position + count < tokens.count ? tokens[position + count].kind : nil
    }

    /// Moves on, but never past the end.
    @discardableResult
    private mutating func advance() -> ConditionToken {
        defer { if position < tokens.count - 1 { position += 1 } }
        return token
    }

    private mutating func take(_ kind: ConditionToken.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    /// From there to the last token read.
    private func range(from start: Int) -> Range<Int> {
        start..<max(start, position > 0 ? tokens[position - 1].range.upperBound : 0)
    }

    // MARK: Problems

    /// Reports that something else was expected than the token met.
    private mutating func fail(_ expected: LocalizedText) -> Stop {
        if token.kind != .unreadable { checker.report(.syntax(expected: expected, found: token.text), at: token.range) }
        return Stop()
    }

    // MARK: Structure

    private mutating func disjunction() throws(Stop) -> Reading {
        let first = try conjunction()
        guard token.kind == .or else { return first }
        var parts = [truth(of: first)]
        while take(.or) { parts.append(truth(of: try conjunction())) }
        return Reading(content: .expression(.or(parts)), range: range(from: first.range.lowerBound))
    }

    private mutating func conjunction() throws(Stop) -> Reading {
        let first = try comparison()
        guard token.kind == .and else { return first }
        var parts = [truth(of: first)]
        while take(.and) { parts.append(truth(of: try comparison())) }
        return Reading(content: .expression(.and(parts)), range: range(from: first.range.lowerBound))
    }

    private mutating func comparison() throws(Stop) -> Reading {
        let left = try primary()
        let expression: Condition.Expression
        switch token.kind {
        case .comparison(let comparison):
            advance()
            let right = try primary()
            let (first, second) = (try value(of: left), try value(of: right))
            checker.check(first, comparison, second)
            expression = .compare(first.operand, comparison, second.operand)
        case .in:
            advance()
            expression = try membership(of: try value(of: left))
        case .not where kind(ahead: 1) == .in:
            let start = advance().range.lowerBound
            advance()
            checker.report(.syntax(expected: ConditionWording.notInList, found: "not in"), at: range(from: start))
            expression = .not(try membership(of: try value(of: left)))
        case .between:
            advance()
            let subject = try value(of: left)
            expression = .isIn(subject.operand, [try between(subject)])
        default:
            return left
        }
        return Reading(content: .expression(expression), range: range(from: left.range.lowerBound))
    }

    private mutating func primary() throws(Stop) -> Reading {
        let start = token
        switch start.kind {
        case .name(let id):
            advance()
            return Reading(content: .operand(.fact(id), facts[id]), range: start.range)
        case .literal(let value):
            advance()
            return Reading(content: .operand(.constant(value), value.literalType), range: start.range)
        case .unreadable:
            advance()
            return Reading(content: .operand(.constant(.boolean(false)), nil), range: start.range)
        case .openParenthesis:
            let inner = try nested()
            return Reading(content: inner.content, range: range(from: start.range.lowerBound))
        case .not:
            advance()
            let negated: Reading
            if token.kind == .openParenthesis {
                negated = try nested()
            } else {
                // `!` was reported with its `not(…)` already.
                if start.text == "not" {
                    checker.report(
                        .syntax(expected: ConditionWording.verbatim("("), found: token.text), at: token.range)
                }
                try enter()
                negated = try primary()
                depth -= 1
            }
            let range = range(from: start.range.lowerBound)
            return Reading(content: .expression(.not(truth(of: negated))), range: range)
        default:
            throw fail(ConditionWording.factOrValue)
        }
    }

    /// What stands in parentheses.
    private mutating func nested() throws(Stop) -> Reading {
        try enter()
        advance()
        let inner = try disjunction()
        guard take(.closeParenthesis) else { throw fail(ConditionWording.connectiveOrClose) }
        depth -= 1
        return inner
    }

    private mutating func enter() throws(Stop) {
        depth += 1
        guard depth > Condition.maximumDepth else { return }
        checker.report(.tooDeep, at: token.range)
        throw Stop()
    }

    // MARK: Lists and ranges

    private mutating func membership(of subject: ConditionChecker.Term) throws(Stop) -> Condition.Expression {
        checker.known(subject)
        return .isIn(subject.operand, try tests(of: subject))
    }

    private mutating func tests(of subject: ConditionChecker.Term) throws(Stop) -> [Condition.Test] {
        guard let closing = closingOfList else { return [try test(of: subject, or: ConditionWording.listOrRange)] }
        advance()
        var tests = [try test(of: subject, or: ConditionWording.value)]
        while take(.comma) { tests.append(try test(of: subject, or: ConditionWording.value)) }
        guard take(closing) else { throw fail(ConditionWording.commaOrClose) }
        return tests
    }

    /// What closes the list that opens here; `nil` where no list does, but perhaps a range.
    private var closingOfList: ConditionToken.Kind? {
        if kind(ahead: 2) == .dots { return nil }
        return switch token.kind {
        case .openParenthesis: .closeParenthesis
        case .openBracket: .closeBracket
        default: nil
        }
    }

    private mutating func test(of subject: ConditionChecker.Term, or expected: LocalizedText) throws(Stop)
        -> Condition.Test
    {
        switch token.kind {
        case .comparison(let comparison) where comparison.needsOrder:
            advance()
            checker.expectNumber(subject)
            return .compares(comparison, try number())
        case .openParenthesis, .openBracket, .closeBracket:
            checker.expectNumber(subject)
            return try range()
        case .literal(let value):
            let term = ConditionChecker.Term(operand: .constant(value), type: value.literalType, range: advance().range)
            checker.checkEquality(subject, term)
            return .equals(value)
        case .name(let word) where facts[word] == nil && subject.type != .boolean && subject.type != .number:
            checker.reportMissingQuotes(word, at: advance().range)
            return .equals(.text(word))
        case .unreadable:
            advance()
            return .equals(.boolean(false))
        default:
            throw fail(expected)
        }
    }

    private mutating func range() throws(Stop) -> Condition.Test {
        let opening = advance()
        let low = try number()
        guard take(.dots) else { throw fail(ConditionWording.verbatim("..")) }
        let high = try number()
        let highIsClosed = token.kind == .closeBracket
        guard highIsClosed || token.kind == .closeParenthesis || token.kind == .openBracket else {
            throw fail(ConditionWording.rangeEnd)
        }
        advance()
        return range(
            low, closed: opening.kind == .openBracket, high, closed: highIsClosed,
            at: range(from: opening.range.lowerBound))
    }

    /// `between a and b` is the range `[a..b]`.
    private mutating func between(_ subject: ConditionChecker.Term) throws(Stop) -> Condition.Test {
        checker.expectNumber(subject)
        let start = token.range.lowerBound
        let low = try number()
        guard take(.and) else { throw fail(ConditionWording.verbatim("and")) }
        let high = try number()
        return range(low, closed: true, high, closed: true, at: range(from: start))
    }

    private mutating func range(
        _ low: Double, closed lowIsClosed: Bool, _ high: Double, closed highIsClosed: Bool, at place: Range<Int>
    ) -> Condition.Test {
        // An end that could not be read is not a number and compares false.
        if low > high || low == high && !(lowIsClosed && highIsClosed) { checker.report(.emptyRange, at: place) }
        return .range(low: low, lowIsClosed: lowIsClosed, high: high, highIsClosed: highIsClosed)
    }

    /// A literal number; NaN for one that was reported.
    private mutating func number() throws(Stop) -> Double {
        switch token.kind {
        case .literal(.number(let value)):
            advance()
            return value
        case .literal(let value):
            checker.report(.wrongType(found: value.literalType, expected: .number), at: advance().range)
            return .nan
        case .unreadable:
            advance()
            return .nan
        default:
            throw fail(ConditionWording.number)
        }
    }

    // MARK: Conditions and values

    /// A condition where one is due; reports anything else.
    private mutating func truth(of reading: Reading) -> Condition.Expression {
        switch reading.content {
        case .expression(let expression): return expression
        case .operand(.constant(.boolean(let value)), .boolean): return .constant(value)
        case .operand(.fact(let id), .boolean): return .fact(id)
        case .operand(let operand, let type):
            if let type {
                checker.report(.wrongType(found: type, expected: .boolean), at: reading.range)
            } else if case .fact(let id) = operand {
                checker.report(.unknownFact(id), at: reading.range)
            }
            return .constant(false)
        }
    }

    /// A value where one is due; whole conditions are not compared.
    private mutating func value(of reading: Reading) throws(Stop) -> ConditionChecker.Term {
        switch reading.content {
        case .operand(let operand, let type):
            return ConditionChecker.Term(operand: operand, type: type, range: reading.range)
        case .expression:
            let found = text.dropFirst(reading.range.lowerBound).prefix(reading.range.count)
            checker.report(.syntax(expected: ConditionWording.factOrValue, found: String(found)), at: reading.range)
            throw Stop()
        }
    }
}
