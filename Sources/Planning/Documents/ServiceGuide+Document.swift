import WorkCalendar
import WorkflowModel

extension ServiceGuide {
    /// The guide as it is handed out.
    public func document(_ language: Language) -> OfficeDocument {
        let words = DocumentWords(language: language)
        return OfficeDocument(
            title: language.say("办事指南", "Service guide"),
            subtitle: "\(workflow.title[language]) · \(workflow.version)", language: language,
            sections: entries.map { section($0, words) },
            notes: [
                catalogue.map {
                    language.say(
                        "由流程 \(workflow.id)@\(workflow.version) 和事项目录 \($0.id)@\($0.version) 生成。",
                        "Made of the workflow \(workflow.id)@\(workflow.version) and the item catalogue \($0.id)@\($0.version)."
                    )
                }
                    ?? language.say(
                        "由流程 \(workflow.id)@\(workflow.version) 生成。",
                        "Made of the workflow \(workflow.id)@\(workflow.version).")
            ])
    }

    private func section(_ entry: Entry, _ words: DocumentWords) -> OfficeDocument.Section {
        let language = words.language
        let name = { (zh: String, en: String) in language.say(zh, en) }
        var blocks: [OfficeDocument.Block] = [.pairs(facts(entry, words))]
        if let conditions = entry.listed?.conditions, !conditions.isEmpty {
            blocks.append(.pairs([words.pair("受理条件", "conditions", "")]))
            blocks.append(.list(conditions.map { $0[language] }))
        }
        if !entry.materials.isEmpty {
            blocks.append(
                .table(
                    PageTable(
                        caption: name("申请材料", "materials"), head: words.materialHead,
                        rows: entry.materials.map(words.row))))
        }
        blocks.append(.pairs([words.pair("办理流程", "procedure", "")]))
        blocks.append(
            .steps(
                entry.steps.map { step in
                    let within = step.within.map { name("，\(words.days($0))内", ", within \(words.days($0))") } ?? ""
                    return "\(step.title[language]): \(step.who[language])\(within)"
                }))
        if !entry.notCounted.isEmpty {
            blocks.append(.pairs([words.pair("不计入时限", "not counted", "")]))
            blocks.append(.list(entry.notCounted.map { $0[language] }))
        }
        if !entry.appeals.isEmpty {
            blocks.append(.pairs([words.pair("救济途径", "appeals", "")]))
            blocks.append(.list(entry.appeals.map { $0[language] }))
        }
        return OfficeDocument.Section(title: entry.item.title[language], blocks: blocks)
    }

    private func facts(_ entry: Entry, _ words: DocumentWords) -> [OfficeDocument.Pair] {
        let language = words.language
        let item = entry.item
        var pairs: [OfficeDocument.Pair] = []
        func add(_ zh: String, _ en: String, _ value: String?) {
            if let value, !value.isEmpty { pairs.append(words.pair(zh, en, value)) }
        }
        func list(_ texts: [LocalizedText]?) -> String? {
            texts.map { $0.map { $0[language] }.joined(separator: language.say("、", ", ")) }
        }
        add("事项编码", "code", entry.code)
        add("事项类型", "type", entry.listed?.type?.title[language])
        add("所属阶段", "stage", entry.stage[language])
        add("办理部门", "department", entry.department[language])
        add("服务对象", "serves", list(entry.listed?.serves?.map(\.title)))
        add("设定依据", "basis", entry.listed?.basis ?? item.basis)
        add("适用情形", "needed when", item.when?.text)
        add("办理地点", "place", entry.office?.place?[language])
        add("办理时间", "hours", entry.office?.hours?[language])
        add("网上办理", "online", entry.office?.online)
        add("咨询电话", "telephone", entry.office?.phone)
        add("办理形式", "handled", list(entry.listed?.ways?.map(\.title)))
        add("承诺时限", "promised limit", (item.limit ?? entry.listed?.promised).map(words.days))
        let statutory = item.statutory ?? entry.listed?.statutory
        add(
            "法定时限", "statutory limit",
            statutory.map { limit in
                let longer = limit.longestExtension.map {
                    language.say("，可延长 \(words.days($0))", ", may be extended by \(words.days($0))")
                }
                return words.days(limit.limit) + (longer ?? "") + (limit.basis.map { " (\($0))" } ?? "")
            })
        add(
            "容缺受理", "tolerance",
            item.tolerance.map {
                language.say("次要材料可在 \(words.days($0))内补交", "minor materials may follow within \(words.days($0))")
            })
        if item.handling == .commitment {
            add("告知承诺", "commitment", language.say("申请人可以选择承诺办理", "the applicant may promise instead"))
        }
        add(
            "收费", "fees",
            entry.listed?.fees.map { fees in
                fees.isEmpty
                    ? language.say("不收费", "none")
                    : fees.map { "\($0.title[language]) \($0.amount[language]) (\($0.basis))" }.joined(separator: "; ")
            })
        add("办理结果", "result", list(entry.results))
        add(
            "失效", "lapses",
            item.provisions.lapses.map { rule in
                language.say("\(rule.months) 个月内未使用自行失效", "void when not used within \(rule.months) months")
            })
        return pairs
    }
}

/// The words that documents for applicants share.
struct DocumentWords {
    let language: Language

    func pair(_ zh: String, _ en: String, _ value: String) -> OfficeDocument.Pair {
        OfficeDocument.Pair(name: language.say(zh, en), value: value)
    }

    func days(_ amount: DayAmount) -> String { language.days(amount.minutes, amount.unit) }

    var materialHead: [String] {
        [
            language.say("材料", "material"), language.say("来源", "comes from"), language.say("形式", "form"),
            language.say("留存", "kept"), language.say("依据", "basis"),
        ]
    }

    func row(_ material: AskedMaterial) -> [String] {
        [name(material), source(material), form(material), keeping(material), material.basis]
    }

    func name(_ material: AskedMaterial) -> String {
        material.title[language] + (material.isMinor ? language.say("（可后补）", " (may follow)") : "")
    }

    func source(_ material: AskedMaterial) -> String {
        switch material.provider {
        case .applicant:
            guard let issuer = material.issuer else { return language.say("申请人", "the applicant") }
            let guide = material.guide.map { language.say("：\($0.zh)", ": \($0.en)") } ?? ""
            return language.say("申请人（由\(issuer.zh)开具\(guide)）", "the applicant (made out by \(issuer.en)\(guide))")
        case .item(_, let title):
            return language.say("系统附上（\(title.zh)）", "attached by the office (\(title.en))")
        case .department: return language.say("部门自有", "the department has it")
        }
    }

    func form(_ material: AskedMaterial) -> String {
        guard material.provider == .applicant else { return "–" }
        let copies = material.form == .electronic ? "" : language.say(" \(material.copies) 份", " × \(material.copies)")
        return material.form.title[language] + copies
    }

    func keeping(_ material: AskedMaterial) -> String {
        guard material.provider == .applicant else { return "–" }
        return material.isKept ? language.say("留存", "kept") : language.say("只核验", "only seen")
    }
}
