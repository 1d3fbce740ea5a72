import WorkCalendar

// What waits for what, and the stages.
extension Wording {
    static func itemWaitsForItself(_ id: String) -> Wording {
        Wording(
            .itemWaitsForItself,
            message: .init(zh: "“\(short(id))”等的是自己", en: "“\(short(id))” waits for itself"),
            label: .init(zh: "这就是它自己", en: "this is the item itself"),
            hint: .init(zh: "删掉它，或写真正的前置事项", en: "delete it, or name the item that was meant"))
    }

    /// - Parameter path: what each waits for, the first again at the end.
    static func cycle(_ path: [String]) -> Wording {
        let most = 12
        let shown = path.count <= most ? path : path.prefix(most - 2) + ["…"] + path.suffix(1)
        let loop = shown.joined(separator: " → ")
        return Wording(
            .cycle,
            message: .init(zh: "“\(path[0])”最终等的是自己：\(loop)", en: "“\(path[0])” waits for itself: \(loop)"),
            label: .init(zh: "这个依赖让它成了环", en: "this dependency closes the loop"),
            hint: .init(
                zh: "去掉其中一个依赖，或让它等联合事项中更早的环节",
                en: "remove one of these dependencies, or wait for an earlier phase of a joint item"))
    }

    static func waitsFor(_ item: String, _ other: String) -> LocalizedText {
        LocalizedText(zh: "“\(short(item))”等“\(short(other))”", en: "“\(short(item))” waits for “\(short(other))”")
    }

    static func dependencyTwice(_ reference: String) -> Wording {
        Wording(
            .dependencyTwice,
            message: .init(
                zh: "对“\(short(reference))”的依赖写了两次", en: "the dependency on “\(short(reference))” stands twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(zh: "删掉一个；开始和完成都有要求时，写 SS 和 FF 两种", en: "delete one; to tie both ends write one SS and one FF"))
    }

    static func stageWithoutItems(_ id: String) -> Wording {
        Wording(
            .stageWithoutItems,
            message: .init(zh: "阶段“\(short(id))”没有事项", en: "the stage “\(short(id))” has no items"),
            label: .init(zh: "空列表", en: "an empty list"),
            hint: .init(zh: "写上事项，或删掉这个阶段", en: "add items, or delete the stage"))
    }

    static let noStages = Wording(
        .noStages,
        message: .init(zh: "流程没有阶段", en: "the workflow has no stages"),
        label: .init(zh: "空列表", en: "an empty list"),
        hint: .init(zh: "至少写一个阶段和它的事项", en: "write at least one stage with its items"))

    static func unknownNationalStage(_ text: String) -> Wording {
        Wording(
            .unknownNationalStage,
            message: .init(zh: "国家标准没有阶段“\(short(text))”", en: "there is no national stage “\(short(text))”"),
            label: .init(zh: "应为 1 到 5", en: "should be 1 to 5"),
            hint: .init(
                zh: "1 立项用地规划许可、2 工程建设许可、3 施工许可、4 竣工验收、5 并行推进",
                en: "1 land-use planning permit, 2 construction-project permit, 3 construction permit, "
                    + "4 completion acceptance, 5 parallel lane"))
    }

    static func nationalStageTwice(_ number: Int) -> Wording {
        Wording(
            .nationalStageTwice,
            message: .init(zh: "国家阶段 \(number) 出现两次", en: "the national stage \(number) appears twice"),
            label: .init(zh: "第二次", en: "for the second time"),
            hint: .init(
                zh: "合并这两个阶段；只有 5 并行推进可以有几个", en: "join the two stages; only 5, the parallel lane, may appear again"))
    }

    static func stagesOutOfOrder(_ number: Int, after earlier: Int) -> Wording {
        Wording(
            .stagesOutOfOrder,
            message: .init(
                zh: "国家阶段 \(number) 写在 \(earlier) 后面", en: "the national stage \(number) stands after \(earlier)"),
            label: .init(zh: "次序不对", en: "out of order"),
            hint: .init(zh: "按 1、2、3、4 排列，5 放在哪里都可以", en: "order them 1, 2, 3, 4; the lane 5 may stand anywhere"))
    }

    static func stageWithoutLead(_ id: String) -> Wording {
        Wording(
            .stageWithoutLead,
            message: .init(zh: "阶段“\(short(id))”没有牵头部门", en: "the stage “\(short(id))” has no lead department"),
            label: .init(zh: "缺少 lead:", en: "lead: is missing"),
            hint: .init(
                zh: "写 lead: 部门标识；只有并行推进可以没有", en: "write lead: and a department; only the parallel lane needs none"))
    }

    static func stageCannotClose(_ id: String) -> Wording {
        Wording(
            .stageCannotClose,
            message: .init(
                zh: "阶段“\(short(id))”没有里程碑事项，永远不会结束",
                en: "the stage “\(short(id))” has no milestone item and never closes"),
            label: .init(zh: "没有事项写 milestone: true", en: "no item has milestone: true"),
            hint: .init(
                zh: "给决定阶段结束的事项（如施工许可）加 milestone: true",
                en: "add milestone: true to the item that ends the stage, such as its permit"))
    }
}
