import WorkCalendar

// Keys and values of any kind of file.
extension Wording {
    /// What a value should have been.
    package enum Form {
        case map, list, text, number, integer, boolean

        fileprivate var title: LocalizedText {
            switch self {
            case .map: .init(zh: "映射", en: "a map")
            case .list: .init(zh: "列表", en: "a list")
            case .text: .init(zh: "文字", en: "a text")
            case .number: .init(zh: "数字", en: "a number")
            case .integer: .init(zh: "整数", en: "a whole number")
            case .boolean: .init(zh: "true 或 false", en: "true or false")
            }
        }

        fileprivate var hint: LocalizedText {
            switch self {
            case .map: .init(zh: "写成 {键: 值}，或在下一行缩进写键", en: "write {key: value}, or indented keys on the next line")
            case .list: .init(zh: "写成 [a, b]，或每行一个“- ”", en: "write [a, b], or a line with “- ” for each")
            case .text: .init(zh: "写一个值，不要列表或映射", en: "write one value, no list and no map")
            case .number: .init(zh: "例如 0.4", en: "such as 0.4")
            case .integer: .init(zh: "例如 2", en: "such as 2")
            case .boolean: .init(zh: "写 true 或 false，不加引号", en: "write true or false, without quotes")
            }
        }
    }

    package static func wrongForm(_ wanted: Form, found: YAMLNode) -> Wording {
        let isThere: LocalizedText =
            switch found.content {
            case .map: Form.map.title
            case .list: Form.list.title
            case .scalar(let text, _): .init(zh: "“\(short(text))”", en: "“\(short(text))”")
            }
        return Wording(
            .wrongForm,
            message: .init(
                zh: "这里要\(wanted.title.zh)，写的是\(isThere.zh)", en: "\(wanted.title.en) belongs here, not \(isThere.en)"),
            label: .init(zh: "应为\(wanted.title.zh)", en: "should be \(wanted.title.en)"),
            hint: wanted.hint)
    }

    package static func unknownKey(_ key: String, known: [String], nearest: String?) -> Wording {
        let some = some(of: known)
        return Wording(
            .unknownKey,
            message: .init(zh: "这里没有“\(short(key))”这个键", en: "there is no key “\(short(key))” here"),
            label: .init(zh: "不认识的键", en: "unknown key"),
            hint: .init(zh: "这里可以写：\(some.zh)", en: "keys known here: \(some.en)"),
            nearest: nearest)
    }

    package static func missingKey(_ key: String, example: String) -> Wording {
        Wording(
            .missingKey,
            message: .init(zh: "缺少“\(key)”", en: "“\(key)” is missing"),
            label: .init(zh: "这里要有“\(key)”", en: "“\(key)” belongs to this"),
            hint: .init(zh: "例如 \(example)", en: "such as \(example)"))
    }

    package static func emptyValue(_ key: String) -> Wording {
        Wording(
            .emptyValue,
            message: .init(zh: "“\(short(key))”没有值", en: "“\(short(key))” has no value"),
            label: .init(zh: "这里是空的", en: "nothing stands here"),
            hint: .init(zh: "写上值，或删掉这个键", en: "write a value, or delete the key"))
    }

    static func badIdentifier(_ id: String) -> Wording {
        Wording(
            .badIdentifier,
            message: .init(zh: "“\(short(id))”不能作标识", en: "“\(short(id))” cannot be an id"),
            label: .init(zh: "标识的写法不对", en: "not the form of an id"),
            hint: .init(
                zh: "用小写字母、数字和单个连字符，最多 64 个字符，例如 joint-acceptance",
                en: "use lower-case letters, digits and single hyphens, at most 64 characters, such as joint-acceptance"
            ))
    }

    static func oneLanguageOnly(missing: Language) -> Wording {
        let name = missing == .zh ? LocalizedText(zh: "中文", en: "Chinese") : LocalizedText(zh: "英文", en: "English")
        return Wording(
            .oneLanguageOnly,
            message: .init(zh: "文字缺少\(name.zh)", en: "the text has no \(name.en)"),
            label: .init(zh: "缺少 \(missing.rawValue):", en: "\(missing.rawValue): is missing"),
            hint: .init(zh: "写成 {zh: 施工许可, en: Construction permit}", en: "write {zh: 施工许可, en: Construction permit}"))
    }

    package static func unknownWord(_ word: String, known: [String], nearest: String?) -> Wording {
        let some = some(of: known)
        return Wording(
            .unknownWord,
            message: .init(zh: "这里不能写“\(short(word))”", en: "“\(short(word))” is none of the words known here"),
            label: .init(zh: "不认识的词", en: "unknown word"),
            hint: .init(zh: "可以写：\(some.zh)", en: "one of: \(some.en)"),
            nearest: nearest)
    }

    package static func listedTwice(_ name: String) -> Wording {
        Wording(
            .listedTwice,
            message: .init(zh: "“\(short(name))”列了两次", en: "“\(short(name))” is listed twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "删掉一个", en: "delete one of them"))
    }
}
