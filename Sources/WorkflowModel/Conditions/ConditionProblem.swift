import WorkCalendar

/// Everything wrong with the text of a condition, in the order of the text.
public struct ConditionProblems: Error, Sendable, Hashable {
    /// Never empty.
    public let problems: [ConditionProblem]

    public init(problems: [ConditionProblem]) {
        self.problems = problems
    }
}

/// One mistake in the text of a condition.
public struct ConditionProblem: Sendable, Hashable {
    /// Where it is: offsets in `Character`s of the text, half-open; empty at the end of the text.
    public let range: Range<Int>
    public let kind: Kind

    public init(range: Range<Int>, kind: Kind) {
        self.range = range
        self.kind = kind
    }

    /// What is wrong.
    public enum Kind: Sendable, Hashable {
        /// `found` is as written, empty at the end of the text; `expected` is what to write instead.
        case syntax(expected: LocalizedText, found: String)
        case unknownFact(String)
        case wrongType(found: FactType, expected: FactType)
        /// A text that an enum fact never has.
        case unknownValue(String, fact: String, allowed: [String])
        /// A range that no number lies in.
        case emptyRange
        /// Longer than `Condition.maximumLength`.
        case tooLong
        /// Nested deeper than `Condition.maximumDepth`.
        case tooDeep
    }
}
