import WorkCalendar

/// The sentences in which two versions of a workflow differ (差异文句).
enum WorkflowSentence {
    static func added(_ item: Item, stage: LocalizedText?) -> LocalizedText {
        var zh = "新增事项\(quoted(item.title.zh, item.id))"
        var en = "new item \(quoted(item.title.en, item.id))"
        if let stage {
            zh += "，在“\(stage.zh)”阶段"
            en += " in stage “\(stage.en)”"
        }
        if let department = item.department {
            zh += "，由 \(department) 办理"
            en += ", handled by \(department)"
        }
        if let limit = item.limit {
            zh += "，承诺时限 \(limit)"
            en += ", promised limit \(limit)"
        }
        if !item.after.isEmpty {
            let names = item.after.map(\.reference)
            zh += "，在 \(names.joined(separator: "、")) 之后"
            en += ", waits for \(names.joined(separator: ", "))"
        }
        return sentence(zh, en)
    }

    static func removed(_ item: Item) -> LocalizedText {
        sentence(
            "取消事项\(quoted(item.title.zh, item.id))", "item \(quoted(item.title.en, item.id)) is not asked for any more")
    }

    static func merged(_ item: Item, from items: [Item]) -> LocalizedText {
        sentence(
            "\(items.map { quoted($0.title.zh, $0.id) }.joined(separator: "、"))合并为\(quoted(item.title.zh, item.id))",
            "\(items.map { quoted($0.title.en, $0.id) }.joined(separator: ", ")) merged into "
                + quoted(item.title.en, item.id))
    }

    static func renamed(_ item: Item, to new: Item) -> LocalizedText {
        sentence(
            "事项\(quoted(item.title.zh, item.id))改为\(quoted(new.title.zh, new.id))",
            "item \(quoted(item.title.en, item.id)) is now \(quoted(new.title.en, new.id))")
    }

    static func moved(_ item: Item, to stage: LocalizedText) -> LocalizedText {
        sentence(
            "事项\(quoted(item.title.zh, item.id))移到“\(stage.zh)”阶段",
            "item \(quoted(item.title.en, item.id)) moved to stage “\(stage.en)”")
    }

    static func added(_ subject: String, _ id: String, _ title: LocalizedText, _ tree: FieldTree) -> LocalizedText {
        let (noun, facts) = (noun(subject), tree.summary)
        return sentence(
            "新增\(noun.zh)\(quoted(title.zh, id))" + (facts.zh.isEmpty ? "" : "：\(facts.zh)"),
            "new \(noun.en) \(quoted(title.en, id))" + (facts.en.isEmpty ? "" : ": \(facts.en)"))
    }

    static func removed(_ subject: String, _ id: String, _ title: LocalizedText) -> LocalizedText {
        let noun = noun(subject)
        return sentence("取消\(noun.zh)\(quoted(title.zh, id))", "\(noun.en) \(quoted(title.en, id)) removed")
    }

    static func reordered(_ subject: String) -> LocalizedText {
        let noun = noun(subject)
        return sentence("\(noun.zh)的排列顺序改变", "the \(noun.en)s stand in another order")
    }

    static func changed(
        _ difference: FieldDifference, of subject: String, _ id: String?, _ title: LocalizedText
    ) -> LocalizedText {
        let noun = noun(subject)
        let place = LocalizedText(
            zh: id.map { "\(noun.zh)\(quoted(title.zh, $0))" } ?? "流程",
            en: id.map { "\(noun.en) \(quoted(title.en, $0))" } ?? "the workflow")
        return usual(difference, at: place) ?? general(difference, at: place)
    }

    // MARK: What has a phrase of its own

    private static func usual(_ difference: FieldDifference, at place: LocalizedText) -> LocalizedText? {
        let path = difference.path
        let (before, after) = (difference.before?.summary, difference.after?.summary)
        switch path.first {
        case "after" where path.count == 2:
            let name = path[1]
            if before == nil { return sentence("\(place.zh)增加前置 \(name)", "\(place.en) now waits for \(name)") }
            if after == nil {
                return sentence("\(place.zh)不再以 \(name) 为前置", "\(place.en) no longer waits for \(name)")
            }
        case "materials" where path.count == 2 && !difference.isReordered:
            let name = path[1]
            if before == nil {
                return sentence("\(place.zh)增加材料 \(name)", "\(place.en) also asks for material \(name)")
            }
            if after == nil {
                return sentence("\(place.zh)减少材料 \(name)", "\(place.en) asks for material \(name) no more")
            }
        case "materials" where path.count == 3 && path[2] == "isMinor":
            let may = after?.en == "yes"
            return sentence(
                "\(place.zh)的材料 \(path[1]) \(may ? "可以容缺" : "不再容缺")",
                "\(place.en): material \(path[1]) \(may ? "may follow under tolerance" : "may not follow any more")")
        case "department" where path.count == 1:
            if let before, let after {
                return sentence(
                    "\(place.zh)由 \(before.zh) 划转 \(after.zh)", "\(place.en) moved from \(before.en) to \(after.en)")
            }
        case "chain":
            if case .list(let old)? = difference.before, case .list(let new)? = difference.after, let before, let after,
                old.count != new.count
            {
                let shorter = new.count < old.count
                return sentence(
                    "\(place.zh)的审批环节由 \(old.count) 环\(shorter ? "减" : "增")为 \(new.count) 环（\(before.zh) → \(after.zh)）",
                    "\(place.en): reviewer chain \(shorter ? "shortened" : "lengthened") from \(old.count) to \(new.count) "
                        + "links (\(before.en) → \(after.en))")
            }
        case "joint" where path.count == 3 && path[1] == "participants":
            let name = path[2]
            if before == nil {
                return sentence("\(place.zh)增加参与方 \(name)", "\(place.en) also asks participant \(name)")
            }
            if after == nil {
                return sentence("\(place.zh)不再征求 \(name) 的意见", "\(place.en) does not ask participant \(name) any more")
            }
        default: break
        }
        return nil
    }

    private static func general(_ difference: FieldDifference, at place: LocalizedText) -> LocalizedText {
        let field = label(difference.path)
        if difference.isReordered {
            return sentence("\(place.zh)的\(field.zh)改变了顺序", "\(place.en): \(field.en) in another order")
        }
        let none = LocalizedText(zh: "无", en: "none")
        let (before, after) = (difference.before?.summary ?? none, difference.after?.summary ?? none)
        let cut = change(from: before.en, to: after.en)
        return sentence(
            "\(place.zh)的\(field.zh)：\(shown(before.zh)) → \(shown(after.zh))\(cut.map { "（\($0.zh)）" } ?? "")",
            "\(place.en): \(field.en) \(shown(before.en)) → \(shown(after.en))\(cut.map { " (\($0.en))" } ?? "")")
    }

    /// By how much an amount of days grew or shrank.
    private static func change(from before: String, to after: String) -> LocalizedText? {
        guard let old = DayAmount(before), let new = DayAmount(after), old.unit == new.unit, old != new else {
            return nil
        }
        let difference = DayAmount(minutes: abs(new.minutes - old.minutes), unit: old.unit)
        return new.minutes < old.minutes
            ? LocalizedText(zh: "缩短 \(difference)", en: "\(difference) shorter")
            : LocalizedText(zh: "延长 \(difference)", en: "\(difference) longer")
    }

    private static func shown(_ text: String) -> String { text.isEmpty ? "“”" : text }

    /// The fields down to one, as people call them; what has no name in the list is an id.
    private static func label(_ path: [String]) -> LocalizedText {
        let titles = path.map { FieldLabel.title(of: $0) }
        // `statutory.limit` is the statutory limit and no promised one.
        if path.starts(with: ["statutory", "limit"]) || path.suffix(2) == ["statutory", "limit"] {
            let outer = titles.dropLast()
            return LocalizedText(
                zh: outer.map(\.zh).joined(separator: " "), en: outer.map(\.en).joined(separator: " "))
        }
        return LocalizedText(
            zh: titles.map(\.zh).joined(separator: " "), en: titles.map(\.en).joined(separator: " "))
    }

    private static func noun(_ subject: String) -> LocalizedText {
        switch subject {
        case "stage": LocalizedText(zh: "阶段", en: "stage")
        case "item": LocalizedText(zh: "事项", en: "item")
        case "target": LocalizedText(zh: "时限目标", en: "target")
        case "material": LocalizedText(zh: "材料", en: "material")
        case "department": LocalizedText(zh: "部门", en: "department")
        case "fact": LocalizedText(zh: "项目属性", en: "fact")
        case "lever": LocalizedText(zh: "改革措施", en: "lever")
        default: LocalizedText(zh: "流程", en: "workflow")
        }
    }

    private static func quoted(_ title: String, _ id: String) -> String { "“\(title)”（\(id)）" }

    private static func sentence(_ zh: String, _ en: String) -> LocalizedText {
        LocalizedText(zh: zh + "。", en: en.replacing("（", with: " (").replacing("）", with: ")") + ".")
    }
}
