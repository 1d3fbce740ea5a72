import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Properties of conditions")
struct ConditionPropertyTests {
    @Test("What is printed reads as the same expression", arguments: UInt64(1)...20)
    func roundTrip(seed: UInt64) throws {
        var random = RandomCondition(seed: seed)
        for _ in 0..<200 {
            let expression = random.expression(depth: 4)
            let printed = expression.description
            guard printed.count <= Condition.maximumLength else { continue }
            let condition = try Condition.parse(printed, facts: ConditionFixture.types).get()
            #expect(condition.expression == expression, "seed \(seed): \(printed)")
            #expect(condition.description == printed, "seed \(seed)")
        }
    }

    @Test("Evaluation agrees with an interpreter written from the rules", arguments: UInt64(1)...20)
    func evaluation(seed: UInt64) {
        var random = RandomCondition(seed: seed)
        for _ in 0..<500 {
            let expression = random.expression(depth: 4)
            let facts = random.facts()
            let value = Condition(text: "", expression: expression).evaluate(with: facts)
            #expect(value == Interpreter(facts: facts).value(expression), "seed \(seed): \(expression) with \(facts)")
        }
    }

    @Test("No text whatever makes reading fail otherwise than by problems inside the text")
    func fuzz() {
        let pieces = [
            "floorArea", "investment", "hasCivilDefence", "note", "foo", "and", "or", "not", "not(", "in", "between",
            "true", "5", "-3.5", "1e9", "1e999", "\"social\"", "\"", "'", "“", "”", "\\", "\\u12", "(", ")", "[", "]",
            "..", ",", "=", "==", "!=", "<", "<=", ">", "!", "&&", "|", "（", "，", " ", "\n", "\u{3000}", "\u{308}",
            "👨‍👩‍👧", "\r\n", "\u{0}", "é", "面积", ".", "-", "+", "\u{200D}", "\u{FF10}", "e", "E5",
        ]
        let seed: UInt64 = 20_240_601
        var random = SeededGenerator(seed: seed)
        for run in 0..<20_000 {
            let length = run % 100 == 0 ? 200 : Int.random(in: 0...24, using: &random)
            let spacing = Bool.random(using: &random) ? " " : ""
            let text = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: spacing)
            switch Condition.parse(text, facts: ConditionFixture.types) {
            case .success(let condition):
                let again = try? Condition.parse(condition.description, facts: ConditionFixture.types).get()
                #expect(again?.expression == condition.expression, "seed \(seed), run \(run): \(text)")
            case .failure(let failure):
                let ranges = failure.problems.map(\.range)
                #expect(!ranges.isEmpty && ranges.allSatisfy { $0.upperBound <= text.count }, "seed \(seed): \(text)")
                #expect(ranges.map(\.lowerBound) == ranges.map(\.lowerBound).sorted(), "seed \(seed): \(text)")
            }
        }
    }
}

/// Well-formed expressions over the facts of the fixture.
private struct RandomCondition {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let numbers: [Double] = [
        -3, 0, 0.1, 1, 1.5, 24, 5000, 1e21, 9_007_199_254_740_992, .leastNonzeroMagnitude,
    ]
    private static let texts = [
        "", "social", "a \"b\"", "\\", "重庆", "\u{308}x", "\r\n\t", "\u{0}\u{85}\u{2028}", "“q”", "'",
    ]
    private static let enumValues = ["government", "social", "mixed"]

    private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func facts() -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for (id, type) in ConditionFixture.types.sorted(by: { $0.key < $1.key }) where pick([true, true, true, false]) {
            facts[id] = value(type)
        }
        return facts
    }

    private mutating func value(_ type: FactType) -> FactValue {
        switch type {
        case .boolean: .boolean(pick([true, false]))
        case .number: .number(pick(Self.numbers))
        case .text: .text(pick(Self.texts))
        case .oneOf(let values): .text(pick(values))
        }
    }

    mutating func expression(depth: Int) -> Condition.Expression {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &random) {
        case 0: return .constant(pick([true, false]))
        case 1: return .fact(pick(["hasCivilDefence", "regionAssessed"]))
        case 2: return comparison()
        case 3: return membership()
        case 4: return .not(expression(depth: depth - 1))
        case let other:
            var parts: [Condition.Expression] = []
            for _ in 0..<Int.random(in: 2...3, using: &random) { parts.append(expression(depth: depth - 1)) }
            return other == 5 ? .or(parts) : .and(parts)
        }
    }

    private mutating func subject() -> (Condition.Operand, FactType) {
        let (id, type) = pick(ConditionFixture.types.sorted { $0.key < $1.key })
        return (.fact(id), type)
    }

    private mutating func comparison() -> Condition.Expression {
        let (left, type) = subject()
        let signs: [Condition.Comparison] = type == .number ? Condition.Comparison.allCases : [.equal, .notEqual]
        let alike = ConditionFixture.types.filter { $0.value == type }.keys.sorted()
        let right: Condition.Operand = pick([true, false]) ? .constant(value(type)) : .fact(pick(alike))
        return pick([true, false]) ? .compare(left, pick(signs), right) : .compare(right, pick(signs), left)
    }

    private mutating func membership() -> Condition.Expression {
        let (operand, type) = subject()
        var tests: [Condition.Test] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let low = pick(Self.numbers)
            switch type == .number ? Int.random(in: 0..<3, using: &random) : 0 {
            case 0: tests.append(.equals(value(type)))
            case 1: tests.append(.compares(pick([.less, .lessOrEqual, .greater, .greaterOrEqual]), low))
            default:
                let closed = pick([true, false])
                let high = closed ? low : low * 2 + 10
                tests.append(
                    .range(
                        low: low, lowIsClosed: closed || pick([true, false]), high: high,
                        highIsClosed: closed || pick([true, false])))
            }
        }
        return .isIn(operand, tests)
    }
}

/// The rules of conditions once more, by way of unknown values instead of early answers.
private struct Interpreter {
    let facts: [String: FactValue]

    func value(_ expression: Condition.Expression) -> Bool {
        switch expression {
        case .constant(let value): return value
        case .fact(let id): return compare(facts[id], .equal, .boolean(true))
        case .compare(let left, let sign, let right): return compare(value(left), sign, value(right))
        case .isIn(let operand, let tests):
            var found = false
            for test in tests { found = found || holds(test, value(operand)) }
            return found
        case .and(let parts): return parts.map(value).filter { !$0 }.isEmpty
        case .or(let parts): return !parts.map(value).filter { $0 }.isEmpty
        case .not(let negated): return value(negated) == false
        }
    }

    private func value(_ operand: Condition.Operand) -> FactValue? {
        if case .fact(let id) = operand { return facts[id] }
        if case .constant(let value) = operand { return value }
        return nil
    }

    private func holds(_ test: Condition.Test, _ value: FactValue?) -> Bool {
        switch test {
        case .equals(let wanted): compare(value, .equal, wanted)
        case .compares(let sign, let bound): compare(value, sign, .number(bound))
        case .range(let low, let lowIsClosed, let high, let highIsClosed):
            compare(.number(low), lowIsClosed ? .lessOrEqual : .less, value)
                && compare(value, highIsClosed ? .lessOrEqual : .less, .number(high))
        }
    }

    private func compare(_ left: FactValue?, _ sign: Condition.Comparison, _ right: FactValue?) -> Bool {
        let order: Int
        switch (left, right) {
        case (.number(let a), .number(let b)): order = a < b ? -1 : a > b ? 1 : 0
        case (.text(let a), .text(let b)): order = a == b ? 0 : 1
        case (.boolean(let a), .boolean(let b)): order = a == b ? 0 : 1
        default: return false
        }
        return switch sign {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}
