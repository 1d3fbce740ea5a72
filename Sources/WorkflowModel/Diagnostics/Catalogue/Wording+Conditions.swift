import WorkCalendar

// Conditions and the facts that they use.
extension Wording {
    static func condition(_ problem: ConditionProblem.Kind, known facts: [String: FactType]) -> Wording {
        switch problem {
        case .syntax(let expected, let found): conditionSyntax(expected: expected, found: found)
        case .unknownFact(let name): unknownFact(name, nearest: nearestName(to: name, among: facts.keys))
        case .wrongType(let found, let expected): conditionType(found: found, expected: expected)
        case .unknownValue(let value, let fact, let allowed): unknownFactValue(value, of: fact, allowed: allowed)
        case .emptyRange: emptyRange
        case .tooLong: conditionTooLong
        case .tooDeep: conditionTooDeep
        }
    }

    private static func conditionSyntax(expected: LocalizedText, found: String) -> Wording {
        let isThere =
            found.isEmpty
            ? LocalizedText(zh: "条件到此为止", en: "the condition ends")
            : LocalizedText(zh: "写的是“\(short(found))”", en: "“\(short(found))” stands here")
        return Wording(
            .conditionSyntax,
            message: .init(
                zh: "条件读不懂：\(isThere.zh)，应为\(expected.zh)",
                en: "the condition cannot be read: \(isThere.en) where \(expected.en) belongs"),
            label: .init(zh: "应为\(expected.zh)", en: "should be \(expected.en)"),
            hint: .init(
                zh: "例如 floorArea >= 5000 and not(regionAssessed)、eia in (\"report\", \"form\")",
                en: "such as floorArea >= 5000 and not(regionAssessed), or eia in (\"report\", \"form\")"))
    }

    static func unknownFact(_ name: String, nearest: String?) -> Wording {
        Wording(
            .unknownFact,
            message: .init(zh: "没有项目属性“\(short(name))”", en: "there is no fact “\(short(name))”"),
            label: .init(zh: "facts 里没有", en: "not among the facts"),
            hint: .init(zh: "在 facts: 下声明它；文字值要加双引号", en: "declare it under facts:, or put a text in double quotes"),
            nearest: nearest)
    }

    private static func conditionType(found: FactType, expected: FactType) -> Wording {
        Wording(
            .conditionType,
            message: .init(
                zh: "这里是\(found.title.zh)，应为\(expected.title.zh)",
                en: "\(found.title.en) stands where \(expected.title.en) belongs"),
            label: .init(zh: "应为\(expected.title.zh)", en: "should be \(expected.title.en)"),
            hint: .init(
                zh: "数字不加引号，文字加双引号，是否类属性直接写名字",
                en: "numbers have no quotes, texts have double quotes, a yes-or-no fact stands alone"))
    }

    private static func unknownFactValue(_ value: String, of fact: String, allowed: [String]) -> Wording {
        let some = some(of: allowed)
        return Wording(
            .unknownFactValue,
            message: .init(
                zh: "“\(short(fact))”没有值“\(short(value))”", en: "“\(short(fact))” is never “\(short(value))”"),
            label: .init(zh: "没有这个值", en: "no such value"),
            hint: .init(zh: "它的值有：\(some.zh)", en: "its values: \(some.en)"),
            nearest: nearestName(to: value, among: allowed))
    }

    private static let emptyRange = Wording(
        .emptyRange,
        message: .init(zh: "没有数字落在这个区间里", en: "no number lies in this range"),
        label: .init(zh: "空区间", en: "an empty range"),
        hint: .init(zh: "小的在前，例如 [24..100)", en: "put the smaller end first, as in [24..100)"))

    private static let conditionTooLong = Wording(
        .conditionTooLong,
        message: .init(
            zh: "条件超过 \(Condition.maximumLength) 个字符",
            en: "the condition is longer than \(Condition.maximumLength) characters"),
        label: .init(zh: "从这里起太长", en: "too long from here on"),
        hint: .init(zh: "用一个新的项目属性代替其中一部分", en: "replace a part of it by a fact of its own"))

    private static let conditionTooDeep = Wording(
        .conditionTooDeep,
        message: .init(
            zh: "条件的括号超过 \(Condition.maximumDepth) 层",
            en: "the condition is nested deeper than \(Condition.maximumDepth) levels"),
        label: .init(zh: "这一层太深", en: "this level is too deep"),
        hint: .init(zh: "去掉多余的括号", en: "remove brackets that change nothing"))

    static func constantCondition(_ value: Bool) -> Wording {
        Wording(
            .constantCondition,
            message: .init(
                zh: "这个条件对所有项目都\(value ? "成立" : "不成立")",
                en: "this condition \(value ? "holds for every project" : "holds for no project")"),
            label: .init(zh: "没有用到项目属性", en: "no fact is used"),
            hint: value
                ? .init(zh: "删掉 when", en: "delete the condition")
                : .init(zh: "删掉这个事项，或写出真正的条件", en: "delete what it belongs to, or write the condition that was meant"))
    }

    static let enumWithoutValues = Wording(
        .enumWithoutValues,
        message: .init(zh: "枚举没有列出它的值", en: "an enum has to list its values"),
        label: .init(zh: "没有值", en: "no values"),
        hint: .init(zh: "例如 values: [government, social]", en: "such as values: [government, social]"))

    static let valuesWithoutEnum = Wording(
        .valuesWithoutEnum,
        message: .init(zh: "只有枚举才列出 values", en: "only an enum lists values"),
        label: .init(zh: "这个类型没有值的列表", en: "not for this type"),
        hint: .init(zh: "改成 type: enum，或删掉 values", en: "write type: enum, or delete values"))

    static func defaultNotOfType(_ text: String, type: FactType) -> Wording {
        let wanted = type.title
        return Wording(
            .defaultNotOfType,
            message: .init(
                zh: "默认值“\(short(text))”不是\(wanted.zh)", en: "the default “\(short(text))” is not \(wanted.en)"),
            label: .init(zh: "应为\(wanted.zh)", en: "should be \(wanted.en)"),
            hint: .init(zh: "改默认值，或改类型", en: "change the default or the type"))
    }

    static func badFactIdentifier(_ id: String) -> Wording {
        Wording(
            .badFactIdentifier,
            message: .init(zh: "“\(short(id))”不能作项目属性的名字", en: "“\(short(id))” cannot be the name of a fact"),
            label: .init(zh: "名字的写法不对", en: "not the form of such a name"),
            hint: .init(
                zh: "小写字母开头，只用字母和数字，例如 floorArea；and、or、not、in、between、true、false 不能用",
                en: "start with a lower-case letter and use letters and digits, such as floorArea; "
                    + "and, or, not, in, between, true and false are taken"))
    }

    static let unitWithoutNumber = Wording(
        .unitWithoutNumber,
        message: .init(zh: "只有数字才有单位", en: "only a number has a unit"),
        label: .init(zh: "这个类型没有单位", en: "not for this type"),
        hint: .init(zh: "改成 type: number，或删掉 unit", en: "write type: number, or delete unit"))
}

extension FactType {
    /// The type in words.
    var title: LocalizedText {
        switch self {
        case .boolean: .init(zh: "是或否", en: "a yes or no")
        case .number: .init(zh: "数字", en: "a number")
        case .text: .init(zh: "文字", en: "a text")
        case .oneOf(let values):
            .init(
                zh: "以下之一：\(Wording.some(of: values).zh)",
                en: values.isEmpty ? "one of a list" : "one of \(Wording.some(of: values).en)")
        }
    }
}
