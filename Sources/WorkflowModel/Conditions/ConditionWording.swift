import WorkCalendar

/// What a condition expects at some place, in the words of its problems.
enum ConditionWording {
    /// Something to write exactly so, the same in every language.
    static func verbatim(_ text: String) -> LocalizedText { LocalizedText(zh: text, en: text) }

    static let condition = LocalizedText(zh: "一个条件", en: "a condition")
    static let factOrValue = LocalizedText(zh: "一个事实或一个值", en: "a fact or a value")
    static let value = LocalizedText(
        zh: "一个值，例如 12、\"social\" 或 true", en: "a value such as 12, \"social\" or true")
    static let listOrRange = LocalizedText(
        zh: "列表或区间，例如 (\"a\", \"b\") 或 [24..100)", en: "a list or a range such as (\"a\", \"b\") or [24..100)")
    static let number = LocalizedText(zh: "一个数，例如 12 或 1.5", en: "a number such as 12 or 1.5")
    static let plainNumber = LocalizedText(
        zh: "不带单位和千分位的数，例如 12 或 1.5", en: "a number such as 12 or 1.5, without unit or separators")
    static let connective = LocalizedText(zh: "and、or 或条件的结尾", en: "and, or, or the end of the condition")
    static let connectiveOrClose = LocalizedText(zh: "and、or 或 )", en: "and, or, or )")
    static let commaOrClose = LocalizedText(zh: "逗号或右括号", en: "a comma or the closing bracket")
    static let rangeEnd = LocalizedText(zh: "区间的右端：]、) 或 [", en: "the end of the range: ], ) or [")
    static let closingQuote = LocalizedText(zh: "同一行内的右引号 \"", en: "a closing \" on the same line")
    static let escape = LocalizedText(
        zh: "转义 \\\"、\\\\、\\n、\\r、\\t、\\uXXXX 或 \\UXXXXXX", en: "\\\", \\\\, \\n, \\r, \\t, \\uXXXX or \\UXXXXXX")
    static let notInList = LocalizedText(zh: "not(… in …)", en: "not(… in …)")
}
