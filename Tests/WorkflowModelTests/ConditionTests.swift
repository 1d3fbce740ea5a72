import Testing
import WorkCalendar
import WorkflowModel

/// Facts that the tests of conditions use, one or more of each type.
enum ConditionFixture {
    static let types: [String: FactType] = [
        "floorArea": .number, "height": .number, "hasCivilDefence": .boolean, "regionAssessed": .boolean,
        "note": .text, "district": .text,
        "investment": .oneOf(["government", "social", "mixed"]), "size": .oneOf(["small", "general"]),
        "formerInvestment": .oneOf(["government", "social", "mixed"]),
    ]

    static let values: [String: FactValue] = [
        "floorArea": .number(5000), "height": .number(24), "hasCivilDefence": .boolean(true),
        "regionAssessed": .boolean(false), "note": .text("a “b” \"c\""), "investment": .text("social"),
        "size": .text("general"), "formerInvestment": .text("social"),
    ]

    /// The problems of a text, one line each; empty when it reads well.
    static func problems(of text: String) -> [String] {
        switch Condition.parse(text, facts: types) {
        case .success: []
        case .failure(let failure): failure.problems.map { "\($0.range): \(line($0.kind))" }
        }
    }

    private static func line(_ kind: ConditionProblem.Kind) -> String {
        switch kind {
        case .syntax(let expected, let found): "write \(expected.en) not \(found)"
        case .unknownFact(let id): "unknown fact \(id)"
        case .wrongType(let found, let expected): "\(name(found)) where \(name(expected)) is due"
        case .unknownValue(let value, let fact, let allowed): "\(fact) is never \(value) but \(allowed)"
        case .emptyRange: "empty range"
        case .tooLong: "too long"
        case .tooDeep: "too deep"
        }
    }

    private static func name(_ type: FactType) -> String {
        switch type {
        case .boolean: "boolean"
        case .number: "number"
        case .text: "text"
        case .oneOf: "enum"
        }
    }
}

@Suite("Conditions")
struct ConditionTests {
    @Test(
        "A condition holds or not for the facts of a project",
        arguments: [
            ("true", true), ("false", false), ("hasCivilDefence", true), ("regionAssessed", false),
            ("not(regionAssessed)", true), ("(hasCivilDefence)", true),
            ("floorArea >= 5000 and not(regionAssessed)", true), ("floorArea > 5000", false),
            ("floorArea = 5000.0", true), ("floorArea != 5e3", false), ("5000 <= floorArea", true),
            ("(floorArea) >= (5000)", true), ("floorArea > height", true), ("height < -1", false),
            ("height > .5", true), ("height > -.5", true), ("height > 1E-3", true), ("height < 2.5e+1", true),
            ("investment = \"social\" and size != \"small\"", true), ("\"mixed\" = investment", false),
            ("investment = formerInvestment", true), ("hasCivilDefence = true", true),
            ("hasCivilDefence != regionAssessed", true), ("1 < 2", true),
            ("height in [24..100)", true), ("height in (24..100)", false), ("height in ]24..100[", false),
            ("height in [0..24]", true), ("height in [0..24)", false), ("height in [0..24[", false),
            ("height in [1.5...5e2]", true), ("height in [24..24]", true),
            ("height between 24 and 30 and hasCivilDefence", true), ("height between 25 and 30", false),
            ("investment in (\"mixed\", \"social\")", true), ("investment in [\"mixed\", \"social\"]", true),
            ("investment in \"social\"", true), ("investment in (\"mixed\")", false),
            ("height in (< 5, [20..30])", true), ("height in (< 5, >= 24)", true), ("height in > 24", false),
            ("height in ((1..5), 24)", true), ("height in ((24..25))", false), ("hasCivilDefence in (true)", true),
            ("note = \"a “b” \\\"c\\\"\"", true), ("note = \"\\u0061 “\\U000062” \\u0022c\\\"\"", true),
            // `and` binds tighter than `or`, whichever comes first
            ("true or false and false", true), ("(true or false) and false", false),
            ("false and false or true", true), ("not(true or true) or true", true),
            // district is not given
            ("district = \"Yubei\"", false), ("district != \"Yubei\"", false), ("not(district = \"Yubei\")", true),
            ("district in (\"Yubei\")", false), ("note = district", false),
        ])
    func value(text: String, expected: Bool) throws {
        let condition = try Condition.parse(text, facts: ConditionFixture.types).get()
        #expect(condition.text == text)
        #expect(condition.evaluate(with: ConditionFixture.values) == expected)
    }

    @Test("A fact that is given with another type than declared counts as not given")
    func mistypedFact() throws {
        for text in ["height > 3", "height != 3", "height in [1..5]", "height in (4)", "height in (< 5)"] {
            let condition = try Condition.parse(text, facts: ConditionFixture.types).get()
            #expect(!condition.evaluate(with: ["height": .text("4")]), "\(text)")
        }
        let condition = try Condition.parse("hasCivilDefence", facts: ConditionFixture.types).get()
        #expect(!condition.evaluate(with: ["hasCivilDefence": .text("true")]))
        #expect(!condition.evaluate(with: [:]))
    }

    @Test(
        "A condition is printed in its plainest spelling",
        arguments: [
            ("((hasCivilDefence))", "hasCivilDefence"),
            ("height between 24.0 and 1e2", "height in [24..100]"), ("height in ]24..100[", "height in (24..100)"),
            ("investment in [\"social\"]", "investment in (\"social\")"), ("height in < 5", "height in (< 5)"),
            ("(true and false) or true", "true and false or true"),
            ("true and (false or true)", "true and (false or true)"),
            ("true and (false and true)", "true and (false and true)"),
            ("not((true))and(height)=1e300", "not(true) and height = 1e+300"),
            ("note=\"\\u0007\\t“x”\\\\\"", "note = \"\\u0007\\t“x”\\\\\""),
        ])
    func description(text: String, expected: String) throws {
        let condition = try Condition.parse(text, facts: ConditionFixture.types).get()
        #expect(condition.description == expected)
        let again = try Condition.parse(expected, facts: ConditionFixture.types).get()
        #expect(again.expression == condition.expression)
    }

    @Test(
        "The words of conditions are never facts, whatever is declared",
        arguments: ["and", "or", "not", "in", "between"])
    func words(word: String) {
        #expect(Condition.reservedWords.contains(word))
        #expect(throws: ConditionProblems.self) { try Condition.parse(word, facts: [word: .boolean]).get() }
    }

    @Test("A fact may differ from a word in its case")
    func wordInOtherCase() throws {
        let condition = try Condition.parse("And and not(Or)", facts: ["And": .boolean, "Or": .boolean]).get()
        #expect(condition.expression == .and([.fact("And"), .not(.fact("Or"))]))
    }
}
