import WorkCalendar

// Projects and their facts; catalogues.
extension Wording {
    static func projectCodeShape(_ code: String, _ problem: IdentifierProblem) -> Wording {
        Wording(
            .projectCodeShape,
            message: .init(zh: "“\(short(code))”不是项目代码", en: "“\(short(code))” is no project code"),
            label: problem.words,
            hint: .init(
                zh: "年月-区划-类型-行业-流水号，例如 2403-500107-04-01-123456",
                en: "year and month, division, type, trade and serial number, such as 2403-500107-04-01-123456"))
    }

    static func noCreditCode(_ code: String, _ problem: IdentifierProblem) -> Wording {
        Wording(
            .noCreditCode,
            message: .init(
                zh: "“\(short(code))”不是统一社会信用代码", en: "“\(short(code))” is no unified social credit code"),
            label: problem.words,
            hint: .init(
                zh: "对照营业执照抄写 18 位代码，例如 91350100M000100Y43",
                en: "copy the 18 characters from the business licence, such as 91350100M000100Y43"))
    }

    static func noItemCode(_ code: String, _ problem: IdentifierProblem) -> Wording {
        Wording(
            .noItemCode,
            message: .init(zh: "“\(short(code))”不是事项编码", en: "“\(short(code))” is no code of an item"),
            label: problem.words,
            hint: .init(
                zh: "基本编码至多 10 位，实施编码至多 24 位，用大写字母、数字和连字符",
                en: "a basic code has at most 10 characters, an implementing one 24: capitals, digits, hyphens"))
    }

    static func misspeltFact(_ name: String, nearest: String, workflow: String) -> Wording {
        Wording(
            .misspeltFact,
            message: .init(
                zh: "流程“\(short(workflow))”没有项目属性“\(short(name))”",
                en: "the workflow “\(short(workflow))” has no fact “\(short(name))”"),
            label: .init(zh: "多半写错了", en: "probably misspelt"),
            hint: .init(zh: "改成流程里的名字，否则这个值不起作用", en: "write the workflow's name for it, or the value has no effect"),
            nearest: nearest)
    }

    static func undeclaredFact(_ name: String, workflow: String) -> Wording {
        Wording(
            .undeclaredFact,
            message: .init(
                zh: "流程“\(short(workflow))”不使用项目属性“\(short(name))”",
                en: "the workflow “\(short(workflow))” does not use the fact “\(short(name))”"),
            label: .init(zh: "不起作用", en: "has no effect"),
            hint: .init(zh: "可以保留，供别的流程使用", en: "it may stay for the sake of other workflows"))
    }

    static func factOfWrongType(_ name: String, expected: FactType) -> Wording {
        Wording(
            .factOfWrongType,
            message: .init(
                zh: "“\(short(name))”应为\(expected.title.zh)", en: "“\(short(name))” should be \(expected.title.en)"),
            label: .init(zh: "类型不对", en: "of another type"),
            hint: .init(
                zh: "数字和 true、false 不加引号，文字可以加", en: "numbers, true and false have no quotes; a text may have them"))
    }

    static func factValueNotListed(_ value: String, of name: String, allowed: [String]) -> Wording {
        let some = some(of: allowed)
        return Wording(
            .factValueNotListed,
            message: .init(
                zh: "“\(short(name))”没有值“\(short(value))”", en: "“\(short(name))” cannot be “\(short(value))”"),
            label: .init(zh: "没有这个值", en: "no such value"),
            hint: .init(zh: "可以写：\(some.zh)", en: "one of: \(some.en)"),
            nearest: nearestName(to: value, among: allowed))
    }

    static func factMissing(_ name: String, type: FactType) -> Wording {
        Wording(
            .factMissing,
            message: .init(
                zh: "流程要看“\(short(name))”，项目没有写",
                en: "the workflow needs “\(short(name))”, which the project does not say"),
            label: .init(zh: "缺少“\(short(name))”", en: "“\(short(name))” is missing"),
            hint: .init(zh: "加上它：\(type.title.zh)", en: "add it: \(type.title.en)"))
    }

    static func workTwice(_ id: String) -> Wording {
        Wording(
            .workTwice,
            message: .init(zh: "单项工程“\(short(id))”写了两次", en: "the work “\(short(id))” stands here twice"),
            label: .init(zh: "重复", en: "again"),
            hint: .init(zh: "每个单项工程用自己的编号，例如 tower-a", en: "give each work an id of its own, such as tower-a"))
    }

    static func tooManyWorks(limit: Int) -> Wording {
        Wording(
            .tooManyWorks,
            message: .init(zh: "单项工程超过 \(limit) 个", en: "there are more than \(limit) works"),
            label: .init(zh: "从这里起超出", en: "too many from here on"),
            hint: .init(zh: "把一同办理的工程合为一个单项工程", en: "take works that are handled together as one"))
    }

    static func notAFileName(_ text: String) -> Wording {
        Wording(
            .notAFileName,
            message: .init(
                zh: "“\(short(text))”不是流程或目录文件名", en: "“\(short(text))” is no name of a workflow or catalogue file"),
            label: .init(zh: "应为同一文件夹里的 .yaml 文件", en: "should be a .yaml file of this folder"),
            hint: .init(
                zh: "相对于目录文件，不以 / 开头，不含 ..", en: "relative to the catalogue, without a leading / and without .."))
    }

    static let emptyCatalogue = Wording(
        .emptyCatalogue,
        message: .init(zh: "目录里没有流程", en: "the catalogue lists no workflow"),
        label: .init(zh: "空列表", en: "an empty list"),
        hint: .init(zh: "写上至少一个流程文件", en: "list at least one workflow file"))
}
