import WorkCalendar

extension Condition {
    /// Reads a condition and checks it against the declared facts.
    ///
    /// Mistakes of spelling and of meaning are all reported; of the structure only the first, since what follows it
    /// would be guesswork.
    ///
    /// - Parameter facts: the type of every declared fact, by its id.
    /// - Returns: the condition, or what is wrong with it, in the order of the text.
    /// - Complexity: O(n), n = length of the text.
    public static func parse(_ text: String, facts: [String: FactType]) -> Result<Condition, ConditionProblems> {
        let length = text.count
        guard length <= maximumLength else {
            let problem = ConditionProblem(range: maximumLength..<length, kind: .tooLong)
            return .failure(ConditionProblems(problems: [problem]))
        }
        var lexer = ConditionLexer(text, facts: facts)
        var parser = ConditionParser(text, tokens: lexer.tokens(), facts: facts)
        let expression = try? parser.condition()
        let problems = (lexer.problems + parser.problems).enumerated()
            .sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
            .map(\.element)
        guard let expression, problems.isEmpty else {
            return .failure(ConditionProblems(problems: problems))
        }
        return .success(Condition(text: text, expression: expression))
    }
}
