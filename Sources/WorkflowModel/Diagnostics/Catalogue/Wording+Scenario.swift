import WorkCalendar

// Scenarios.
extension Wording {
    package static let scenarioShowsNothing = Wording(
        .scenarioShowsNothing,
        message: .init(zh: "没有任何预期，什么也证明不了", en: "nothing is expected, so nothing is shown"),
        label: .init(zh: "缺少预期", en: "expects nothing"),
        hint: .init(
            zh: "写上 then:，例如 then: {refused: {code: …, zh: …}}",
            en: "add then:, such as then: {refused: {code: …, zh: …}}"))

    package static func unknownActor(_ text: String, known: [String], nearest: String?) -> Wording {
        Wording(
            .unknownActor,
            message: .init(
                zh: "“\(short(text))”既不是角色，也不是部门", en: "“\(short(text))” is neither a role nor a department"),
            label: .init(zh: "不知是谁", en: "who is that?"),
            hint: .init(
                zh: "先写角色或部门标识，后面可写姓名：\(some(of: known).zh)",
                en: "begin with a role or a department, a name may follow: \(some(of: known).en)"),
            nearest: nearest)
    }

    package static func notOfTheLog(_ text: String, reason: String) -> Wording {
        Wording(
            .notOfTheLog,
            message: .init(
                zh: "无法读作指令或其内容：“\(short(text))”", en: "“\(short(text))” is no command, or no part of one"),
            label: .init(zh: "与日志的名称和形式不符", en: "not as in the log"),
            hint: .init(
                zh: "名称和内容与办件日志一致，见 Fixtures/scenarios/README.md\(reason.isEmpty ? "" : "（\(short(reason))）")",
                en:
                    "names and members are those of the log, see Fixtures/scenarios/README.md\(reason.isEmpty ? "" : " (\(short(reason)))")"
            ))
    }

    package static func stepsRunBackwards(_ date: LocalDate, after last: LocalDate) -> Wording {
        Wording(
            .stepsRunBackwards,
            message: .init(zh: "\(date) 早于前一步的 \(last)", en: "\(date) is before \(last) of the step above"),
            label: .init(zh: "时间倒退", en: "runs backwards"),
            hint: .init(zh: "按日期先后写各步", en: "write the steps in order of their dates"))
    }

    package static func notInTheLibrary(_ name: String) -> Wording {
        Wording(
            .notInTheLibrary,
            message: .init(zh: "找不到“\(short(name))”", en: "“\(short(name))” was not found"),
            label: .init(zh: "没有这个文件", en: "there is no such file"),
            hint: .init(
                zh: "写流程目录中的文件名或日历标识，也可以在此直接写流程",
                en: "name a file of the folder of workflows or a calendar's id, or write the workflow here"))
    }

    package static func unknownRule(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownRule,
            message: .init(zh: "没有编号为“\(short(id))”的规则", en: "there is no rule “\(short(id))”"),
            label: .init(zh: "未知规则", en: "unknown rule"),
            hint: .init(zh: "规则编号见 docs/rules.md", en: "docs/rules.md lists the rules"), nearest: nearest)
    }

    // MARK: What came out otherwise

    package static func givenRefused(_ code: String, _ words: LocalizedText) -> Wording {
        Wording(
            .givenRefused,
            message: .init(
                zh: "前情本身未能发生：\(words.zh)（\(code)）", en: "what is given could not happen: \(words.en) (\(code))"),
            label: .init(zh: "被拒绝", en: "was refused"),
            hint: .init(
                zh: "改前情；要证明会被拒绝，写 when: 和 then:", en: "change it; to show that it is refused, use when: and then:"))
    }

    package static func wasNotRefused(_ code: String) -> Wording {
        Wording(
            .wasNotRefused,
            message: .init(
                zh: "预期被拒绝（\(short(code))），实际已执行", en: "expected a refusal (\(short(code))), but it was carried out"),
            label: .init(zh: "没有被拒绝", en: "was not refused"),
            hint: .init(zh: "规则没有起作用，或预期有误", en: "the rule does not hold, or is not what was meant"))
    }

    package static func refusedOtherwise(found code: String, _ words: LocalizedText) -> Wording {
        Wording(
            .refusedOtherwise,
            message: .init(
                zh: "拒绝的理由不同：\(words.zh)（\(code)）",
                en: "refused for another reason or in other words: \(words.en) (\(code))"),
            label: .init(zh: "预期的是这个", en: "expected this"),
            hint: .init(
                zh: "实际的中文是“\(words.zh)”", en: "the Chinese words are “\(words.zh)”, the English “\(words.en)”"))
    }

    package static func wasRefused(_ code: String, _ words: LocalizedText) -> Wording {
        Wording(
            .wasRefused,
            message: .init(
                zh: "预期执行，实际被拒绝：\(words.zh)（\(code)）", en: "expected to happen, but was refused: \(words.en) (\(code))"),
            label: .init(zh: "被拒绝", en: "was refused"),
            hint: .init(zh: "改步骤；若应当拒绝，写 refused:", en: "change the step, or expect it with refused:"))
    }

    package static func otherEvents(expected: String, found: String) -> Wording {
        Wording(
            .otherEvents,
            message: .init(
                zh: "发生的事件不同：预期 \(expected)，实际 \(found)", en: "other events: expected \(expected), found \(found)"),
            label: .init(zh: "与实际不符", en: "not what happened"),
            hint: .init(zh: "核对规则和日期", en: "look at the rule and at the dates"))
    }

    package static func otherState(_ what: String, expected: String, found: String) -> Wording {
        Wording(
            .otherState,
            message: .init(
                zh: "\(what)：预期 \(expected)，实际 \(found)", en: "\(what): expected \(expected), found \(found)"),
            label: .init(zh: "与实际不符", en: "not so"),
            hint: .init(
                zh: "核对规则和日期；∅ 表示没有这一项", en: "look at the rule and at the dates; ∅ is a member that does not exist"))
    }
}
