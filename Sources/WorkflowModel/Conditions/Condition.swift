/// A condition over project facts (条件): a small, total subset of FEEL.
///
/// Conditions are checked against the declared facts when a file is read, so evaluating one cannot fail.
///
/// - Source: OMG DMN 1.5, ch. 10 (FEEL).
public struct Condition: Sendable, Hashable {
    /// As written in the file.
    public let text: String
    /// What the text means.
    public let expression: Expression

    /// A condition whose text and expression say the same; `parse` makes them from a file.
    public init(text: String, expression: Expression) {
        self.text = text
        self.expression = expression
    }

    /// What is either true or false of a project.
    public indirect enum Expression: Sendable, Hashable {
        case constant(Bool)
        /// A boolean fact on its own.
        case fact(String)
        case compare(Operand, Comparison, Operand)
        /// At least one of the tests holds; never empty.
        case isIn(Operand, [Test])
        /// At least two.
        case and([Expression])
        /// At least two.
        case or([Expression])
        case not(Expression)
    }

    /// One side of a comparison.
    public enum Operand: Sendable, Hashable {
        case constant(FactValue)
        case fact(String)
    }

    /// What follows `in`, or one entry of the list that follows it: a unary test of FEEL.
    public enum Test: Sendable, Hashable {
        case equals(FactValue)
        /// `< 5`; one of the four order comparisons.
        case compares(Comparison, Double)
        /// `[low..high]`, each end open or closed; never empty.
        case range(low: Double, lowIsClosed: Bool, high: Double, highIsClosed: Bool)
    }

    /// How two values are compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="

        /// Whether it asks for an order, which only numbers have here.
        public var needsOrder: Bool { self != .equal && self != .notEqual }
    }

    /// The longest text that is read, in characters.
    public static let maximumLength = 1_000
    /// How deep parentheses and `not()` may be nested.
    public static let maximumDepth = 32
    /// Words of FEEL, which no fact may have as its id; some mean nothing here, but do to other tools.
    public static let reservedWords: Set<String> = [
        "and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance", "not",
        "null",
        "of", "or", "return", "satisfies", "some", "then", "true",
    ]
}
