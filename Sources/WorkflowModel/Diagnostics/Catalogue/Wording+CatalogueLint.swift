import WorkCalendar

// One catalogue against another, and workflows against a catalogue.
extension Wording {
    static func fourSameDrift(
        _ element: UnifiedElement, own: LocalizedText, above: LocalizedText, level: AdministrativeLevel
    ) -> Wording {
        Wording(
            .fourSameDrift,
            message: .init(
                zh: "\(element.title.zh)与\(level.title.zh)目录不一致：“\(short(own.zh))”，应为“\(short(above.zh))”",
                en:
                    "the \(element.title.en) is “\(short(own.en))”, in the \(level.title.en) catalogue “\(short(above.en))”"
            ),
            label: .init(zh: "三级四同", en: "has to be the same at all levels"),
            hint: .init(zh: "删掉这一项，沿用上级目录", en: "delete it: the catalogue above says it"))
    }

    static func elementDrifts(
        _ element: LocalizedText, own: LocalizedText, above: LocalizedText, level: AdministrativeLevel
    ) -> Wording {
        Wording(
            .elementDrifts,
            message: .init(
                zh: "\(element.zh)与\(level.title.zh)目录不一致：“\(short(own.zh))”，上级是“\(short(above.zh))”",
                en: "\(element.en): “\(short(own.en))”, in the \(level.title.en) catalogue “\(short(above.en))”"),
            label: .init(zh: "要素不统一", en: "not unified"),
            hint: .init(zh: "删掉这一项沿用上级目录，或先改上级目录", en: "delete it, or change the catalogue above first"))
    }

    static func asksMore(_ element: UnifiedElement, _ more: LocalizedText, level: AdministrativeLevel) -> Wording {
        Wording(
            .asksMore,
            message: .init(
                zh: "\(element.title.zh)比\(level.title.zh)目录多：\(short(more.zh))",
                en: "\(element.title.en): more than in the \(level.title.en) catalogue: \(short(more.en))"),
            label: .init(zh: "不得增设", en: "nothing may be added"),
            hint: .init(zh: "下级只能减少，不能增加", en: "a lower level may ask for less, not for more"))
    }

    static func itemNotAbove(_ item: String, level: AdministrativeLevel) -> Wording {
        Wording(
            .itemNotAbove,
            message: .init(
                zh: "\(level.title.zh)目录里没有事项“\(short(item))”",
                en: "the \(level.title.en) catalogue does not have the item “\(short(item))”"),
            label: .init(zh: "上级没有", en: "not above"),
            hint: .init(
                zh: "核对标识；地方自设的事项要有地方性法规依据", en: "check the id; an item of the place's own needs a local regulation"))
    }

    static func itemNotListed(_ item: String, catalogue: String, nearest: String?) -> Wording {
        Wording(
            .itemNotListed,
            message: .init(
                zh: "事项“\(short(item))”不在目录“\(short(catalogue))”里",
                en: "the item “\(short(item))” is not in the catalogue “\(short(catalogue))”"),
            label: .init(zh: "目录之外无审批", en: "nothing beside the catalogue"),
            hint: .init(zh: "写进目录，或从流程里删掉", en: "list it, or take it out of the workflow"), nearest: nearest)
    }

    static func workflowDiffers(_ element: LocalizedText, own: LocalizedText, catalogue: LocalizedText) -> Wording {
        Wording(
            .workflowDiffers,
            message: .init(
                zh: "\(element.zh)与目录不一致：“\(short(own.zh))”，目录是“\(short(catalogue.zh))”",
                en: "\(element.en): “\(short(own.en))”, in the catalogue “\(short(catalogue.en))”"),
            label: .init(zh: "同一事项、同一标准", en: "one item, one standard"),
            hint: .init(zh: "按目录改流程，或修订目录", en: "follow the catalogue, or amend it"))
    }

    static func materialNotListed(_ material: String, item: String) -> Wording {
        Wording(
            .materialNotListed,
            message: .init(
                zh: "目录没有让“\(short(item))”要材料“\(short(material))”",
                en: "the catalogue does not let “\(short(item))” ask for “\(short(material))”"),
            label: .init(zh: "目录之外的材料", en: "a material beside the catalogue"),
            hint: .init(zh: "从流程里删掉，或写进目录中该事项的 materials", en: "delete it, or list it with the item in the catalogue"))
    }

    static func promisesLonger(_ own: DayAmount, catalogue: DayAmount) -> Wording {
        Wording(
            .promisesLonger,
            message: .init(
                zh: "时限 \(own) 比目录公布的 \(catalogue) 长",
                en: "\(own) is longer than the \(catalogue) that the catalogue promises"),
            label: .init(zh: "变相延长", en: "longer than published"),
            hint: .init(zh: "改成不超过目录的时限", en: "make it no longer than the catalogue"))
    }

    static func itemNotInForce(_ item: String, from: LocalDate?, on date: LocalDate) -> Wording {
        Wording(
            .itemNotInForce,
            message: .init(
                zh: "事项“\(short(item))”在 \(date) " + (from.map { "还没有生效（\($0) 起）" } ?? "还没有发布"),
                en: "the item “\(short(item))” is not in force on \(date): "
                    + (from.map { "it is from \($0)" } ?? "its batch is a draft")),
            label: .init(zh: "未生效", en: "not in force"),
            hint: .init(zh: "发布它的批次，或用 --on 指定以后的日期", en: "publish its batch, or ask for a later date with --on"))
    }

    static func unknownFactOfField(_ fact: String, nearest: String?) -> Wording {
        Wording(
            .unknownFactOfField,
            message: .init(
                zh: "这些流程都没有属性“\(short(fact))”", en: "none of the workflows has a fact “\(short(fact))”"),
            label: .init(zh: "预填不了", en: "nothing to fill in"),
            hint: .init(zh: "写流程 facts: 里的标识，或删掉 from", en: "write an id from a workflow's facts:, or delete from:"),
            nearest: nearest)
    }

    static func fieldTypeDiffers(_ type: FieldType, fact: String, of kind: FieldType) -> Wording {
        Wording(
            .fieldTypeDiffers,
            message: .init(
                zh: "字段是\(type.title.zh)，属性“\(short(fact))”是\(kind.title.zh)",
                en: "the field is \(type.title.en), the fact “\(short(fact))” is \(kind.title.en)"),
            label: .init(zh: "类型不一致", en: "not the same type"),
            hint: .init(zh: "写 type: \(kind.rawValue)", en: "write type: \(kind.rawValue)"))
    }

    static func sameMaterial(_ title: LocalizedText, as other: String) -> Wording {
        Wording(
            .sameMaterialTwoNames,
            message: .init(
                zh: "“\(short(title.zh))”和材料“\(short(other))”多半是同一份",
                en: "“\(short(title.en))” is probably the same document as “\(short(other))”"),
            label: .init(zh: "换个名字又要一次", en: "asked for again under another name"),
            hint: .init(zh: "合成一份材料，事项都引用它", en: "make one material of them and let the items name it"))
    }

    static func outputAskedAgain(_ title: LocalizedText, issued: String, by item: String) -> Wording {
        Wording(
            .outputAskedAgain,
            message: .init(
                zh: "“\(short(title.zh))”多半就是“\(short(item))”出具的“\(short(issued))”",
                en: "“\(short(title.en))” is probably “\(short(issued))”, which “\(short(item))” issues"),
            label: .init(zh: "前面已经出具", en: "issued before"),
            hint: .init(zh: "引用那份材料，由系统附上", en: "name that material: the system attaches it"))
    }

    static func noDivisionCode(_ code: String, _ problem: IdentifierProblem) -> Wording {
        Wording(
            .noDivisionCode,
            message: .init(zh: "“\(short(code))”不是行政区划代码", en: "“\(short(code))” is no division code"),
            label: problem.words,
            hint: .init(
                zh: "用 GB/T 2260 的 6 位代码（乡镇 9 位、村 12 位），如 500000",
                en: "write the six digits of GB/T 2260 (nine of a town, twelve of a village), such as 500000"))
    }
}
