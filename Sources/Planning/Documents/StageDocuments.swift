import WorkCalendar
import WorkflowModel

extension StageNotice {
    /// The notice as it is handed out.
    public func document(_ language: Language) -> OfficeDocument {
        let words = DocumentWords(language: language)
        let titles = Dictionary(workflow.items.map { ($0.id, $0.title[language]) }, uniquingKeysWith: { one, _ in one })
        func users(_ entry: Entry) -> String {
            entry.items.map { titles[$0] ?? $0 }.joined(separator: language.say("、", ", "))
        }
        let toBring = materials.filter(\.isToBring)
        let earlier = materials.filter { $0.earlier != nil }
        let attached = materials.filter { $0.material.provider != .applicant }
        let stages = Dictionary(
            workflow.stages.map { ($0.id, $0.title[language]) }, uniquingKeysWith: { one, _ in one })
        var sections = [
            OfficeDocument.Section(
                title: language.say("本阶段办理的事项", "Items of this stage"),
                blocks: [
                    .list(
                        items.map { item in
                            let limit = item.limit.map { language.say("，承诺 ", ", promised ") + words.days($0) } ?? ""
                            return item.title[language] + limit
                        })
                ]),
            OfficeDocument.Section(
                title: language.say(
                    "需要提交的材料（\(toBring.count) 份）", "To hand in: \(toBring.count)"),
                blocks: [
                    .table(
                        PageTable(
                            caption: language.say(
                                "各事项共要 \(demands) 份次，合并后需要提交 \(toBring.count) 份",
                                "the items ask for \(demands) in all; put together, \(toBring.count) are to be handed in"
                            ),
                            head: words.materialHead + [language.say("用于", "used by")],
                            rows: toBring.map { words.row($0.material) + [users($0)] }))
                ]),
        ]
        if !earlier.isEmpty {
            sections.append(
                OfficeDocument.Section(
                    title: language.say("已经收过、不再提交", "Taken in before, not asked for again"),
                    blocks: [
                        .table(
                            PageTable(
                                caption: language.say("上一环节收过的材料直接调用", "what an earlier stage took in is used again"),
                                head: [
                                    language.say("材料", "material"), language.say("已在阶段", "taken in by"),
                                    language.say("用于", "used by"),
                                ],
                                rows: earlier.map {
                                    [$0.material.title[language], stages[$0.earlier ?? ""] ?? "", users($0)]
                                }))
                    ]))
        }
        if !attached.isEmpty {
            sections.append(
                OfficeDocument.Section(
                    title: language.say("由系统附上、不需提交", "Attached by the office, not to be handed in"),
                    blocks: [
                        .table(
                            PageTable(
                                caption: language.say(
                                    "前序事项的结果和部门自有的材料", "results of earlier items, and what departments have"),
                                head: [
                                    language.say("材料", "material"), language.say("来源", "comes from"),
                                    language.say("用于", "used by"),
                                ],
                                rows: attached.map {
                                    [$0.material.title[language], words.source($0.material), users($0)]
                                }
                            ))
                    ]))
        }
        if !notNeeded.isEmpty {
            sections.append(
                OfficeDocument.Section(
                    title: language.say("本项目不涉及", "Not needed for this project"),
                    blocks: [.list(notNeeded.map { $0.title[language] })]))
        }
        return OfficeDocument(
            title: language.say("一次告知单：\(stage.title.zh)", "One notice: \(stage.title.en)"),
            subtitle: "\(project.title[language]) · \(project.code)", language: language, sections: sections,
            notes: [
                language.say(
                    "告知单以外的材料不得要求提交（行政许可法 art.32）。", "Nothing beside this notice may be asked for (行政许可法 art.32).")
            ])
    }
}

extension StageForm {
    /// The form as it is handed out: what is known filled in, what is missing left open.
    public func document(_ language: Language) -> OfficeDocument {
        let titles = Dictionary(workflow.items.map { ($0.id, $0.title[language]) }, uniquingKeysWith: { one, _ in one })
        let stages = Dictionary(
            workflow.stages.map { ($0.id, $0.title[language]) }, uniquingKeysWith: { one, _ in one })
        let all = Set(entries.flatMap(\.items)).count
        func row(_ entry: Entry) -> [String] {
            let unit = entry.field.unit.map { " (\($0))" } ?? ""
            return [
                entry.field.title[language] + unit, shown(entry, language), origin(entry.answer, stages, language),
                entry.items.count == all && all > 1
                    ? language.say("全部事项", "all items")
                    : entry.items.map { titles[$0] ?? $0 }.joined(separator: language.say("、", ", ")),
            ]
        }
        let missing = entries.filter(\.answer.isMissing)
        let known = entries.filter { !$0.answer.isMissing }
        let head = [
            language.say("字段", "field"), language.say("内容", "answer"), language.say("来源", "known from"),
            language.say("用于", "used by"),
        ]
        var sections: [OfficeDocument.Section] = []
        for (zh, en, found) in [("需要填写", "To fill in", missing), ("已经预填", "Filled in already", known)]
        where !found.isEmpty {
            sections.append(
                OfficeDocument.Section(
                    title: language.say("\(zh)（\(found.count) 项）", "\(en): \(found.count)"),
                    blocks: [
                        .table(
                            PageTable(
                                caption: language.say(
                                    "各事项共问 \(demands) 项次，合并为 \(entries.count) 项",
                                    "the items ask \(demands) questions in all, \(entries.count) different ones"),
                                head: head, rows: found.map(row)))
                    ]))
        }
        return OfficeDocument(
            title: language.say("申请表：\(stage.title.zh)", "Application form: \(stage.title.en)"),
            subtitle: "\(project.title[language]) · \(project.code) · \(date)", language: language, sections: sections,
            notes: [
                language.say(
                    "一个阶段一张表，填过的内容不再重复填写。", "One form for the stage; what has been answered is not asked again.")
            ])
    }

    private func shown(_ entry: Entry, _ language: Language) -> String {
        guard let value = entry.answer.value else { return entry.answer.isMissing ? "________" : "–" }
        guard entry.field.type == .boolean else { return value }
        return value == "true" ? language.say("是", "yes") : language.say("否", "no")
    }

    private func origin(_ answer: Answer, _ stages: [String: String], _ language: Language) -> String {
        switch answer {
        case .prefilled: language.say("项目文件", "the project file")
        case .collected(_, let stage, let date): "\(stages[stage] ?? stage), \(date)"
        case .outdated(_, let stage, let date):
            language.say("已过期：\(stages[stage] ?? stage)，\(date)", "too old: \(stages[stage] ?? stage), \(date)")
        case .askedBefore(let stage):
            language.say("\(stages[stage] ?? stage)阶段已填", "asked for in \(stages[stage] ?? stage)")
        case .open: "–"
        }
    }
}
