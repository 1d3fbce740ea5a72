import WorkCalendar

// Names that point to nothing, or to two things.
extension Wording {
    static func duplicateIdentifier(_ id: String) -> Wording {
        Wording(
            .duplicateIdentifier,
            message: .init(zh: "标识“\(short(id))”用了两次", en: "the id “\(short(id))” is used twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "改掉其中一个", en: "rename one of them"))
    }

    static func teamsOutOfRange(_ text: String) -> Wording {
        Wording(
            .teamsOutOfRange,
            message: .init(zh: "审查组数“\(text)”不在 1 到 999 之间", en: "“\(text)” teams are not between 1 and 999"),
            label: .init(zh: "应为 1 到 999", en: "should be 1 to 999"),
            hint: .init(zh: "部门无须排队时删掉 teams", en: "if nobody waits for this department, delete teams"))
    }

    package static func unknownDepartment(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownDepartment,
            message: .init(zh: "没有部门“\(short(id))”", en: "there is no department “\(short(id))”"),
            label: .init(zh: "departments 里没有", en: "not among the departments"),
            hint: .init(zh: "在 departments: 下声明它", en: "declare it under departments:"),
            nearest: nearest)
    }

    package static func unknownItem(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownItem,
            message: .init(zh: "没有事项“\(short(id))”", en: "there is no item “\(short(id))”"),
            label: .init(zh: "哪个阶段里都没有", en: "in none of the stages"),
            hint: .init(zh: "写一个事项的标识", en: "write the id of an item"),
            nearest: nearest)
    }

    static func unknownPhase(_ phase: String, of item: String, known: [String], nearest: String?) -> Wording {
        let some = some(of: known)
        return Wording(
            .unknownPhase,
            message: .init(
                zh: "联合事项“\(short(item))”没有环节“\(short(phase))”",
                en: "the joint item “\(short(item))” has no phase “\(short(phase))”"),
            label: .init(zh: "没有这个环节", en: "no such phase"),
            hint: .init(zh: "它的环节有：\(some.zh)", en: "its phases: \(some.en)"),
            nearest: nearest)
    }

    static func phaseOfSingleItem(_ item: String) -> Wording {
        Wording(
            .phaseOfSingleItem,
            message: .init(
                zh: "“\(short(item))”不是联合事项，没有环节", en: "“\(short(item))” is no joint item and has no phases"),
            label: .init(zh: "点号后面的部分多余", en: "nothing may follow the dot"),
            hint: .init(zh: "只写“\(short(item))”", en: "write “\(short(item))” alone"))
    }

    static func unknownMaterial(_ id: String, nearest: String?) -> Wording {
        Wording(
            .unknownMaterial,
            message: .init(zh: "没有材料“\(short(id))”", en: "there is no material “\(short(id))”"),
            label: .init(zh: "materials 里没有", en: "not among the materials"),
            hint: .init(zh: "在 materials: 下声明它", en: "declare it under materials:"),
            nearest: nearest)
    }

    static func unknownProcessType(_ text: String) -> Wording {
        Wording(
            .unknownProcessType,
            message: .init(zh: "审批流程类型没有“\(short(text))”", en: "there is no process type “\(short(text))”"),
            label: .init(zh: "应为 1 到 10", en: "should be 1 to 10"),
            hint: .init(
                zh: "1 政府房建、2 政府线性、3 一般社会、4 小型社会、5 带方案出让、6 工业、7 交通、8 水利、9 能源、10 其他",
                en:
                    "1 government building, 2 government linear, 3 general private, 4 small private, "
                    + "5 land with scheme, 6 industrial, 7 transport, 8 water, 9 energy, 10 other"))
    }

    static func tooManyTargets(limit: Int) -> Wording {
        Wording(
            .tooManyTargets,
            message: .init(zh: "时限目标超过 \(limit) 个", en: "there are more than \(limit) targets"),
            label: .init(zh: "从这里起超出", en: "too many from here on"),
            hint: .init(zh: "只留下真正考核的目标", en: "keep those that are really held against the project"))
    }
}
