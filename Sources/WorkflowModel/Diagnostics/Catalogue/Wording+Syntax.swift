import WorkCalendar

// What libyaml says about a text that is no YAML, in words that a planner understands.
extension Wording {
    static func syntax(of error: YAMLEvents.SyntaxError, in source: SourceText) -> Wording {
        // libyaml looks ahead, and counts levels and documents itself before we see them.
        if error.problem.contains("nesting level") { return nestedTooDeep(limit: YAMLTree.greatestDepth) }
        if error.problem.contains("expected <document start>") { return severalDocuments }
        let line = source.line(error.position.line)
        let from = line.dropFirst(error.position.column - 1)
        if error.problem.contains("cannot start any token") {
            if from.first == "\t" || line.prefix(while: { " \t".unicodeScalars.contains($0) }).contains("\t") {
                return tabIndentation
            }
            if let sign = from.first, "@`%".unicodeScalars.contains(sign) { return unquotedSign(sign) }
        }
        let (label, hint) = explanation(of: error.problem)
        return Wording(
            .syntax,
            message: .init(zh: "这不是 YAML：\(label.zh)", en: "this is not YAML: \(label.en)"),
            label: .init(zh: "读到这里读不下去", en: "reading stops here"),
            hint: hint)
    }

    private static let tabIndentation = Wording(
        .tabIndentation,
        message: .init(zh: "缩进用了制表符", en: "a tab is used to indent"),
        label: .init(zh: "制表符", en: "a tab"),
        hint: .init(zh: "用空格缩进，每层两个", en: "indent with spaces, two for each level"))

    private static func unquotedSign(_ sign: Unicode.Scalar) -> Wording {
        Wording(
            .syntax,
            message: .init(zh: "值不能以 \(sign) 开头", en: "a value cannot start with \(sign)"),
            label: .init(zh: "从这里起要加引号", en: "quote from here"),
            hint: .init(zh: "写成 \"\(sign)…\"", en: "write \"\(sign)…\""))
    }

    private typealias Explanation = (label: LocalizedText, hint: LocalizedText)

    private static func explanation(of problem: String) -> Explanation {
        let found = explanations.first { problem.contains($0.problem) }
        return found?.explanation ?? (
            .init(zh: "格式有误（\(problem)）", en: problem),
            .init(zh: "检查这一行和上一行的缩进、引号和括号", en: "check indentation, quotes and brackets here and on the line above")
        )
    }

    private static let explanations: [(problem: String, explanation: Explanation)] = [
        (
            "mapping values are not allowed",
            (
                .init(zh: "这里不能再有一个“键:”", en: "a second “key:” cannot stand here"),
                .init(
                    zh: "值里有冒号加空格时要加引号；或上一行缺少换行",
                    en: "quote a value that holds a colon and a space, or start a new line")
            )
        ),
        (
            "could not find expected ':'",
            (
                .init(zh: "键后面缺少冒号", en: "a key lacks its colon"),
                .init(zh: "写成“键: 值”，冒号后有空格", en: "write “key: value”, with a space after the colon")
            )
        ),
        (
            "did not find expected ',' or ']'",
            (
                .init(zh: "列表没有用 ] 结束，或缺少逗号", en: "a list lacks its ] or a comma"),
                .init(zh: "补上 ] 或逗号；含逗号的文字要加引号", en: "add the ] or the comma; quote a text that holds a comma")
            )
        ),
        (
            "did not find expected ',' or '}'",
            (
                .init(zh: "映射没有用 } 结束，或缺少逗号", en: "a map lacks its } or a comma"),
                .init(zh: "补上 } 或逗号；含逗号的文字要加引号", en: "add the } or the comma; quote a text that holds a comma")
            )
        ),
        (
            "did not find expected key",
            (
                .init(zh: "缩进与同一层的键不齐", en: "the indentation differs from the keys of the same level"),
                .init(zh: "让同一层的键从同一列开始", en: "let the keys of one level start in one column")
            )
        ),
        (
            "did not find expected '-' indicator",
            (
                .init(zh: "列表里缺少“- ”，或缩进不齐", en: "a list lacks its “- ”, or the indentation differs"),
                .init(zh: "让同一列表的“- ”从同一列开始", en: "let the “- ” of one list start in one column")
            )
        ),
        (
            "block sequence entries are not allowed",
            (
                .init(zh: "“- ”不能和键写在同一行", en: "“- ” cannot stand on the line of its key"),
                .init(zh: "列表从下一行开始，或写成 [a, b]", en: "start the list on the next line, or write [a, b]")
            )
        ),
        (
            "found unexpected end of stream",
            (
                .init(zh: "引号没有结束", en: "a quote is not closed"),
                .init(zh: "补上结束的引号", en: "add the closing quote")
            )
        ),
        (
            "found unknown escape character",
            (
                .init(zh: "双引号里有不认识的转义", en: "an unknown escape stands in double quotes"),
                .init(zh: "反斜杠写成 \\\\，或改用单引号", en: "write a backslash as \\\\, or use single quotes")
            )
        ),
    ]
}

// What is wrong with a text that is no JSON.
extension Wording {
    enum JSONProblem {
        case key, colon, endOfMap, endOfList, value, endOfText, escape, moreText

        fileprivate var explanation: (label: LocalizedText, hint: LocalizedText) {
            switch self {
            case .key:
                (
                    .init(zh: "这里要有一个带双引号的键", en: "a key in double quotes belongs here"),
                    .init(zh: "写成 \"键\": 值；最后一项后面不加逗号", en: "write \"key\": value; no comma follows the last")
                )
            case .colon:
                (
                    .init(zh: "键后面缺少冒号", en: "a key lacks its colon"),
                    .init(zh: "写成 \"键\": 值", en: "write \"key\": value")
                )
            case .endOfMap:
                (
                    .init(zh: "对象没有用 } 结束，或缺少逗号", en: "an object lacks its } or a comma"),
                    .init(zh: "补上 } 或逗号", en: "add the } or the comma")
                )
            case .endOfList:
                (
                    .init(zh: "数组没有用 ] 结束，或缺少逗号", en: "an array lacks its ] or a comma"),
                    .init(zh: "补上 ] 或逗号", en: "add the ] or the comma")
                )
            case .value:
                (
                    .init(zh: "这里要有一个值", en: "a value belongs here"),
                    .init(
                        zh: "文字加双引号；数字、true、false、null 不加；最后一项后面不加逗号",
                        en: "quote texts; write numbers, true, false and null bare; no comma follows the last")
                )
            case .endOfText:
                (
                    .init(zh: "引号没有在这一行结束", en: "a quote is not closed on its line"),
                    .init(zh: "补上结束的引号；换行写成 \\n", en: "add the closing quote; write a line break as \\n")
                )
            case .escape:
                (
                    .init(zh: "引号里有不认识的转义", en: "an unknown escape stands in quotes"),
                    .init(zh: "反斜杠写成 \\\\；不读控制符", en: "write a backslash as \\\\; controls are not read")
                )
            case .moreText:
                (
                    .init(zh: "对象结束之后还有文字", en: "text follows the end of the object"),
                    .init(zh: "一个文件只放一个 JSON 对象", en: "a file holds one JSON object")
                )
            }
        }
    }

    static func json(_ problem: JSONProblem) -> Wording {
        let (label, hint) = problem.explanation
        return Wording(
            .syntax,
            message: .init(zh: "这不是 JSON：\(label.zh)", en: "this is not JSON: \(label.en)"),
            label: .init(zh: "读到这里读不下去", en: "reading stops here"),
            hint: hint)
    }
}
