import Planning
import WorkCalendar
import WorkflowModel

/// A catalogue on the terminal and as JSON.
struct CatalogueText {
    let catalogue: ItemCatalogue
    let date: LocalDate
    let terminal: Terminal

    private func say(_ zh: String, _ en: String) -> String { terminal.say(zh, en) }
    private var language: Language { terminal.language }

    func items(type: ItemType?) -> String {
        let items = catalogue.items.filter { type == nil || $0.type == type }
        var table = TextTable([
            .init(say("编码", "code")), .init(say("事项", "item"), limit: 48), .init(say("类型", "type"), limit: 30),
            .init(say("部门", "department"), limit: 32), .init(say("承诺", "promised"), .right),
            .init(say("材料", "materials"), .right), .init(say("办理", "ways"), limit: 36),
            .init(say("状态", "state"), limit: 24),
        ])
        for item in items {
            table.add([
                catalogue.implementingCode(of: item) ?? item.code ?? "–", item.title?[language] ?? item.id,
                item.type?.title[language] ?? "–",
                item.department.map { catalogue.office($0)?.title[language] ?? $0 } ?? "–",
                item.promised.map { "\($0)" } ?? "–", item.materials.map { String($0.count) } ?? "–",
                (item.ways ?? []).map { $0.title[language] }.joined(separator: say("、", ", ")), state(of: item),
            ])
        }
        let heading =
            "\(catalogue.title[language]) · \(catalogue.level.title[language]) · \(catalogue.version) · \(date)"
        return [terminal.styled(heading, .bold), table.text, "", statistics].joined(separator: "\n")
    }

    private func state(of item: CatalogueItem) -> String {
        guard let effective = catalogue.batch(of: item)?.effective else { return say("草稿", "draft") }
        return effective <= date ? say("有效", "in force") : say("\(effective) 起", "from \(effective)")
    }

    /// How many there are of each type, and what share can be had in each of the four ways.
    private var statistics: String {
        let published = catalogue.items.filter { catalogue.isInForce($0, on: date) }
        let types = ItemType.allCases.compactMap { type -> String? in
            let count = published.count { $0.type == type }
            return count == 0 ? nil : "\(type.title[language]) \(count)"
        }
        let ways = ServiceWay.allCases.map { way in
            let count = published.count { $0.ways?.contains(way) == true }
            let share = published.isEmpty ? 0 : (100 * count + published.count / 2) / published.count
            return "\(way.title[language]) \(count) (\(share) %)"
        }
        return say("有效 \(published.count) 项：", "\(published.count) in force: ")
            + types.joined(separator: say("、", ", "))
            + "\n" + say("四办：", "ways: ") + ways.joined(separator: say("、", ", "))
    }

    var proofs: String {
        var table = TextTable([
            .init(say("证明", "proof"), limit: 40), .init(say("依据", "basis"), limit: 50),
            .init(say("索要单位", "asked by"), limit: 40), .init(say("开具单位", "made out by"), limit: 30),
            .init(say("办理指南", "how to get it"), limit: 100),
        ])
        for proof in catalogue.proofs {
            table.add([
                catalogue.material(proof.material)?.title[language] ?? proof.material, proof.basis,
                proof.askedBy.map { catalogue.office($0)?.title[language] ?? $0 }.joined(separator: say("、", ", ")),
                proof.issuer[language], proof.guide[language],
            ])
        }
        guard !catalogue.proofs.isEmpty else { return say("没有保留的证明。", "No proof is kept.") }
        return table.text
    }

    /// As documented in `docs/json.md#catalogue`.
    func json(type: ItemType?) -> JSONText {
        let items = catalogue.items.filter { type == nil || $0.type == type }
        return .members([
            "catalogue": .string(catalogue.id), "version": .string(catalogue.version), "title": catalogue.title.json,
            "level": .string(catalogue.level.rawValue), "division": .optional(catalogue.division?.description),
            "on": .string(date.description), "items": .array(items.map(json)),
            "proofs": .array(
                catalogue.proofs.map { proof in
                    .members([
                        "material": .string(proof.material),
                        "title": catalogue.material(proof.material)?.title.json ?? .null,
                        "basis": .string(proof.basis), "askedBy": .strings(proof.askedBy),
                        "issuer": proof.issuer.json, "guide": proof.guide.json,
                    ])
                }),
        ])
    }

    private func json(_ item: CatalogueItem) -> JSONText {
        let batch = catalogue.batch(of: item)
        return .members([
            "id": .string(item.id), "title": item.title?.json ?? .null, "code": .optional(item.code),
            "implementingCode": .optional(catalogue.implementingCode(of: item)),
            "type": .optional(item.type?.rawValue), "basis": .optional(item.basis),
            "subitems": .array((item.subitems ?? []).map(\.json)), "department": .optional(item.department),
            "levels": .strings((item.levels ?? []).map(\.rawValue)),
            "conditions": .array((item.conditions ?? []).map(\.json)),
            "serves": .strings((item.serves ?? []).map(\.rawValue)),
            "materials": .strings((item.materials ?? []).map(\.material)), "form": .strings(item.form ?? []),
            "procedure": .strings((item.procedure ?? []).map(\.rawValue)),
            "statutory": item.statutory?.limit.json ?? .null, "promised": item.promised?.json ?? .null,
            "results": .strings(item.results ?? []),
            "fees": .array(
                (item.fees ?? []).map {
                    .members(["title": $0.title.json, "amount": $0.amount.json, "basis": .string($0.basis)])
                }),
            "ways": .strings((item.ways ?? []).map(\.rawValue)), "reception": .optional(item.reception?.rawValue),
            "published": .optional(batch?.published?.description),
            "effective": .optional(batch?.effective?.description),
            "isInForce": .bool(catalogue.isInForce(item, on: date)),
        ])
    }
}

/// The log of changes between two versions of a catalogue.
enum CatalogueChangeText {
    static func text(
        _ changes: [CatalogueChange], _ older: ItemCatalogue, _ newer: ItemCatalogue, _ terminal: Terminal
    ) -> String {
        let language = terminal.language
        var lines = [
            terminal.styled(
                "\(newer.title[language]) \(older.version) → \(newer.version)", .bold)
        ]
        for means in CatalogueChange.Means.allCases {
            let found = changes.filter { $0.means == means }
            guard !found.isEmpty else { continue }
            lines.append("")
            lines.append(terminal.styled("\(means.title[language]) (\(found.count))", .bold))
            for change in found {
                lines.append("  • \(change.title[language]): \(change.words[language])")
                if let reason = change.reason, means != .adjusted { lines.append("    \(reason[language])") }
            }
        }
        if changes.isEmpty { lines.append(terminal.say("没有变化。", "Nothing changed.")) }
        let published = { (catalogue: ItemCatalogue) in
            catalogue.items.count { catalogue.batch(of: $0)?.published != nil }
        }
        let (before, after) = (published(older), published(newer))
        lines += ["", terminal.say("事项 \(before) → \(after) 项", "items \(before) → \(after)")]
        return lines.joined(separator: "\n")
    }

    /// As documented in `docs/json.md#catalogue-changes`.
    static func json(_ changes: [CatalogueChange], _ older: ItemCatalogue, _ newer: ItemCatalogue) -> JSONText {
        .members([
            "from": .members(["catalogue": .string(older.id), "version": .string(older.version)]),
            "to": .members(["catalogue": .string(newer.id), "version": .string(newer.version)]),
            "changes": .array(
                changes.map {
                    .members([
                        "means": .string($0.means.rawValue), "item": .string($0.item), "title": $0.title.json,
                        "words": $0.words.json, "reason": $0.reason?.json ?? .null,
                    ])
                }),
        ])
    }
}

/// Materials that are asked for twice.
enum DuplicatesText {
    static func text(_ found: MaterialDuplicates, _ terminal: Terminal) -> String {
        let language = terminal.language
        func say(_ zh: String, _ en: String) -> String { terminal.say(zh, en) }
        var table = TextTable([
            .init(say("流程", "workflow"), limit: 44), .init(say("各事项要", "demands"), .right),
            .init(say("前序出具", "issued on the way"), .right), .init(say("部门持有", "departments'"), .right),
            .init(say("重复", "repeated"), .right), .init(say("同名", "same name"), .right),
            .init(say("申请人交一次", "handed in once"), .right),
        ])
        for count in found.workflows {
            table.add(
                [count.title[language]]
                    + [
                        count.demands, count.issuedOnTheWay, count.ofDepartments, count.repeated, count.sameName,
                        count.once,
                    ].map(String.init))
        }
        var lines = [table.text]
        if !found.pairs.isEmpty {
            lines += ["", terminal.styled(say("可能是同一份的材料", "Probably the same document"), .bold)]
        }
        for pair in found.pairs {
            let name = { (mention: MaterialDuplicates.Mention) in
                "\(mention.title[language]) (\(mention.workflow) \(mention.material))"
            }
            lines.append("  • \(pair.relation.title[language]): \(name(pair.first)) = \(name(pair.second))")
            if let item = pair.issuedBy {
                lines.append(
                    "    "
                        + say("前者由 \(item) 出具，不必再向申请人要", "\(item) issues the first: nobody needs to ask the applicant"))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// As documented in `docs/json.md#duplicates`.
    static func json(_ found: MaterialDuplicates) -> JSONText {
        func mention(_ mention: MaterialDuplicates.Mention) -> JSONText {
            .members([
                "workflow": .string(mention.workflow), "material": .string(mention.material),
                "title": mention.title.json, "items": .strings(mention.items),
            ])
        }
        return .members([
            "workflows": .array(
                found.workflows.map {
                    .members([
                        "workflow": .string($0.workflow), "title": $0.title.json, "demands": .integer($0.demands),
                        "issuedOnTheWay": .integer($0.issuedOnTheWay), "ofDepartments": .integer($0.ofDepartments),
                        "repeated": .integer($0.repeated), "sameName": .integer($0.sameName),
                        "once": .integer($0.once),
                    ])
                }),
            "pairs": .array(
                found.pairs.map {
                    .members([
                        "relation": .string($0.relation.rawValue), "first": mention($0.first),
                        "second": mention($0.second), "issuedBy": .optional($0.issuedBy),
                    ])
                }),
        ])
    }
}
