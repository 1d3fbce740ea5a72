import WorkCalendar

// Materials asked for and issued.
extension Wording {
    static func vagueMaterial(_ title: String, word: String) -> Wording {
        Wording(
            .vagueMaterial,
            message: .init(
                zh: "材料名称“\(short(title))”含糊，申请人不知道要交什么",
                en: "“\(short(title))” does not say which document to bring"),
            label: .init(zh: "“\(word)”不是具体的材料", en: "“\(word)” names no document"),
            hint: .init(
                zh: "逐项写出材料；兜底性材料要求不能写进清单", en: "list each document by name; catch-all requirements are not allowed"))
    }

    static func materialWithoutBasis(_ id: String) -> Wording {
        Wording(
            .materialWithoutBasis,
            message: .init(
                zh: "要材料“\(short(id))”没有法律依据", en: "nothing allows the material “\(short(id))” to be asked for"),
            label: .init(zh: "缺少 basis:", en: "basis: is missing"),
            hint: .init(
                zh: "写明法律、法规或标准的条款；没有依据就不要这份材料",
                en: "name the law, rule or standard, or do not ask for the material"))
    }

    static func unusedMaterial(_ id: String) -> Wording {
        Wording(
            .unusedMaterial,
            message: .init(
                zh: "没有事项要或出具材料“\(short(id))”", en: "no item asks for the material “\(short(id))” or issues it"),
            label: .init(zh: "没有用到", en: "not used"),
            hint: .init(
                zh: "删掉它，或写进事项的 materials、outputs 或 issues",
                en: "delete it, or name it in an item's materials, outputs or issues"))
    }

    static func materialAskedTwice(_ id: String) -> Wording {
        Wording(
            .materialAskedTwice,
            message: .init(zh: "同一事项两次要材料“\(short(id))”", en: "the item asks for “\(short(id))” twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "删掉一个", en: "delete one of them"))
    }

    static func materialIssuedTwice(_ id: String, by first: String) -> Wording {
        Wording(
            .materialIssuedTwice,
            message: .init(
                zh: "材料“\(short(id))”已经由“\(short(first))”出具",
                en: "the material “\(short(id))” is already issued by “\(short(first))”"),
            label: .init(zh: "又出具一次", en: "issued again"),
            hint: .init(zh: "一份材料只由一个事项出具", en: "let one item issue it, or give this one a material of its own"))
    }

    static func asksForOwnOutput(_ id: String) -> Wording {
        Wording(
            .asksForOwnOutput,
            message: .init(
                zh: "事项要的材料“\(short(id))”正是它自己出具的", en: "the item asks for “\(short(id))”, which it issues itself"),
            label: .init(zh: "办结以前还没有", en: "not there before the item is done"),
            hint: .init(zh: "从 materials 里删掉", en: "delete it from materials"))
    }

    static let toleranceWithoutMinor = Wording(
        .toleranceWithoutMinor,
        message: .init(zh: "允许容缺受理，却没有次要材料", en: "tolerance is allowed, but no material is minor"),
        label: .init(zh: "没有可以后补的材料", en: "nothing may follow later"),
        hint: .init(
            zh: "把可后补的材料写成 {material: …, minor: true}",
            en: "write a material that may follow as {material: …, minor: true}"))

    static func minorWithoutTolerance(_ id: String) -> Wording {
        Wording(
            .minorWithoutTolerance,
            message: .init(
                zh: "“\(short(id))”可以后补，却没有后补期限", en: "“\(short(id))” may follow later, but within no time"),
            label: .init(zh: "次要材料", en: "a minor material"),
            hint: .init(zh: "给事项加 tolerance: 10 wd", en: "add tolerance: 10 wd to the item"))
    }
}
