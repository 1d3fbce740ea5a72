import Testing
import WorkCalendar
import WorkflowModel

@Suite("Mistakes in conditions")
struct ConditionProblemTests {
    private static let operators = "a fact or a value"
    private static let connective = "and, or, or the end of the condition"

    @Test(
        "Every mistake is told with its place",
        arguments: [
            // facts, values and types
            ("flourArea > 5", ["0..<9: unknown fact flourArea"]),
            (
                "foo and bar > 1 or not(baz)",
                ["0..<3: unknown fact foo", "8..<11: unknown fact bar", "23..<26: unknown fact baz"]
            ),
            ("has-civil-defence", ["0..<17: unknown fact has-civil-defence"]),
            ("投资 = \"social\"", ["0..<2: unknown fact 投资"]),
            ("foo = bar", ["0..<3: unknown fact foo", "6..<9: unknown fact bar"]),
            ("investment = bar", ["13..<16: unknown fact bar"]),
            ("foo in (\"a\", <3)", ["0..<3: unknown fact foo"]),
            ("null = floorArea", ["0..<4: unknown fact null"]),
            ("floorArea", ["0..<9: number where boolean is due"]),
            ("not(note)", ["4..<8: text where boolean is due"]),
            (
                "hasCivilDefence and \"x\" or 3",
                ["20..<23: text where boolean is due", "27..<28: number where boolean is due"]
            ),
            ("floorArea = \"5000\"", ["12..<18: text where number is due"]),
            ("\"5000\" = floorArea", ["0..<6: text where number is due"]),
            ("floorArea >= \"5000\"", ["13..<19: text where number is due"]),
            ("hasCivilDefence = 1", ["18..<19: number where boolean is due"]),
            ("hasCivilDefence > false", ["0..<15: boolean where number is due"]),
            ("size < \"small\"", ["0..<4: enum where number is due"]),
            ("investment = size", ["13..<17: enum where enum is due"]),
            ("investment = note", ["13..<17: text where enum is due"]),
            ("investment = 3", ["13..<14: number where enum is due"]),
            (
                "investment = \"socal\"",
                ["13..<20: investment is never socal but [\"government\", \"social\", \"mixed\"]"]
            ),
            ("\"big\" != size", ["0..<5: size is never big but [\"small\", \"general\"]"]),
            (
                "size in (\"big\", \"small\", 3)",
                ["9..<14: size is never big but [\"small\", \"general\"]", "25..<26: number where enum is due"]
            ),
            ("size in [1..2]", ["0..<4: enum where number is due"]),
            ("size in (<1, >2)", ["0..<4: enum where number is due"]),
            ("note between 1 and 2", ["0..<4: text where number is due"]),
            ("height in [\"a\"..true]", ["11..<14: text where number is due", "16..<20: boolean where number is due"]),
            // ranges
            ("height in [5..1]", ["10..<16: empty range"]), ("height in (5..5]", ["10..<16: empty range"]),
            ("height in [5..5)", ["10..<16: empty range"]), ("height between 5 and 1", ["15..<22: empty range"]),
            ("height in (3, (1..0))", ["14..<20: empty range"]),
            // habits of other languages
            ("investment == \"social\"", ["11..<13: write = not =="]),
            (
                "hasCivilDefence && !regionAssessed || true",
                ["16..<18: write and not &&", "19..<20: write not(…) not !", "35..<37: write or not ||"]
            ),
            (
                "height <> 3 or height => 3 or height =< 3",
                ["7..<9: write != not <>", "22..<24: write >= not =>", "37..<39: write <= not =<"]
            ),
            (
                "height ≥ 3 and height ≤ 5 and height ≠ 4",
                ["7..<8: write >= not ≥", "22..<23: write <= not ≤", "37..<38: write != not ≠"]
            ),
            ("investment = 'social'", ["13..<21: write \"social\" not 'social'"]),
            (
                "investment = 'socal'",
                [
                    "13..<20: write \"socal\" not 'socal'",
                    "13..<20: investment is never socal but [\"government\", \"social\", \"mixed\"]",
                ]
            ),
            ("hasCivilDefence AND Not(true)", ["16..<19: write and not AND", "20..<23: write not not Not"]),
            ("investment = social", ["13..<19: write \"social\" not social"]),
            ("social = investment", ["0..<6: write \"social\" not social"]),
            (
                "investment in (social, mixed)",
                ["15..<21: write \"social\" not social", "23..<28: write \"mixed\" not mixed"]
            ),
            ("not hasCivilDefence", ["4..<19: write ( not hasCivilDefence"]),
            ("investment not in (\"social\")", ["11..<17: write not(… in …) not not in"]),
            // signs of a Chinese keyboard
            ("not（hasCivilDefence）", ["3..<4: write ( not （", "19..<20: write ) not ）"]),
            ("investment ＝ “social”", ["11..<12: write = not ＝", "13..<21: write \"social\" not “social”"]),
            (
                "investment in 【‘social’，＂mixed＂】",
                [
                    "14..<15: write [ not 【", "15..<23: write \"social\" not ‘social’", "23..<24: write , not ，",
                    "24..<31: write \"mixed\" not ＂mixed＂", "31..<32: write ] not 】",
                ]
            ),
            (
                "height ＞＝ ２４ ａｎｄ true",
                ["7..<9: write >= not ＞＝", "10..<12: write 24 not ２４", "13..<16: write and not ａｎｄ"]
            ),
            ("height in [1…5] or height in (1、2)", ["12..<13: write .. not …", "31..<32: write , not 、"]),
            // structure
            ("", ["0..<0: write a condition not "]), ("  ", ["2..<2: write a condition not "]),
            ("height >", ["8..<8: write a fact or a value not "]), ("> 3", ["0..<1: write a fact or a value not >"]),
            ("(hasCivilDefence", ["16..<16: write and, or, or ) not "]),
            ("hasCivilDefence)", ["15..<16: write \(connective) not )"]),
            ("hasCivilDefence and", ["19..<19: write a fact or a value not "]),
            ("hasCivilDefence regionAssessed", ["16..<30: write \(connective) not regionAssessed"]),
            ("1 < height < 5", ["11..<12: write \(connective) not <"]),
            ("height + 1 > 3", ["7..<8: write \(connective) not +"]),
            ("floorArea >= 5,000", ["14..<15: write \(connective) not ,"]),
            ("(true and false) = true", ["0..<16: write a fact or a value not (true and false)"]),
            ("height in", ["9..<9: write a list or a range such as (\"a\", \"b\") or [24..100) not "]),
            ("height in ()", ["11..<12: write a value such as 12, \"social\" or true not )"]),
            ("height in (1, 2", ["15..<15: write a comma or the closing bracket not "]),
            ("height in (1, 2]", ["15..<16: write a comma or the closing bracket not ]"]),
            ("height in [1..2", ["15..<15: write the end of the range: ], ) or [ not "]),
            ("height in [..2]", ["11..<13: write a value such as 12, \"social\" or true not .."]),
            ("height in (floorArea)", ["11..<20: write a value such as 12, \"social\" or true not floorArea"]),
            ("height between 1, 2", ["16..<17: write and not ,"]),
            ("foo > 1 and > 2", ["0..<3: unknown fact foo", "12..<13: write a fact or a value not >"]),
            // literals
            ("note = \"abc and true", ["7..<20: write a closing \" on the same line not \"abc and true"]),
            (
                "note = \"a\\qb\" and foo",
                ["9..<11: write \\\", \\\\, \\n, \\r, \\t, \\uXXXX or \\UXXXXXX not \\q", "18..<21: unknown fact foo"]
            ),
            ("note = \"\\ud800\"", ["8..<14: write \\\", \\\\, \\n, \\r, \\t, \\uXXXX or \\UXXXXXX not \\ud800"]),
            (
                "floorArea > 5000m2",
                ["12..<18: write a number such as 12 or 1.5, without unit or separators not 5000m2"]
            ),
            (
                "floorArea > 1e999 and foo",
                [
                    "12..<17: write a number such as 12 or 1.5, without unit or separators not 1e999",
                    "22..<25: unknown fact foo",
                ]
            ),
        ] as [(String, [String])])
    func problems(text: String, expected: [String]) {
        #expect(ConditionFixture.problems(of: text) == expected)
    }

    @Test("Places are counted in characters as people see them")
    func offsets() {
        #expect(ConditionFixture.problems(of: "note = \"👨‍👩‍👧é\" and foo") == ["16..<19: unknown fact foo"])
        // A combining mark joins the quote into one character, yet the quote is a quote.
        #expect(ConditionFixture.problems(of: "note = \"\u{308}a\" and foo") == ["15..<18: unknown fact foo"])
    }

    @Test("A condition has at most 1,000 characters")
    func length() {
        let longest = "true" + String(repeating: " ", count: Condition.maximumLength - 4)
        #expect(ConditionFixture.problems(of: longest) == [])
        #expect(ConditionFixture.problems(of: longest + "  ") == ["1000..<1002: too long"])
    }

    @Test("Parentheses and not() are nested at most 32 deep", arguments: ["(", "not("])
    func depth(opening: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + "true" + String(repeating: ")", count: depth)
        }
        #expect(ConditionFixture.problems(of: nested(Condition.maximumDepth)) == [])
        let place = Condition.maximumDepth * opening.count + opening.count - 1
        #expect(
            ConditionFixture.problems(of: nested(Condition.maximumDepth + 1)) == ["\(place)..<\(place + 1): too deep"])
        #expect(ConditionFixture.problems(of: String(repeating: opening, count: 200)).count == 1)
    }
}
