import WorkCalendar

/// Materials are named precisely, asked for once, and issued by one item.
///
/// - Source: 优化营商环境条例 (2019) art. 40 and 国办发〔2018〕33号 allow no catch-all material requirements; 行政许可法
///   (2019) art. 31 allows none that has nothing to do with the permit.
enum MaterialRules {
    static func check(_ draft: WorkflowDraft, _ report: Report) {
        for material in draft.materials { checkTitle(material, report) }
        var used: Set<String> = []
        var issuer: [String: ItemDraft] = [:]
        for item in draft.items {
            used.formUnion(item.item.materials.map(\.material))
            used.formUnion(item.item.outputs)
            check(item, report)
            for (material, span) in item.outputs where draft.materialNames.contains(material) {
                if let first = issuer[material] {
                    report.add(
                        .materialIssuedTwice(material, by: first.id), at: span,
                        notes: [(first.span, Wording.firstHere)])
                } else {
                    issuer[material] = item
                }
            }
        }
        for item in draft.levers.lazy.flatMap(\.newItems) {
            used.formUnion(item.item.materials.map(\.material))
            used.formUnion(item.item.outputs)
            check(item, report)
        }
        guard draft.stages.allSatisfy(\.itemsAreComplete) else { return }
        for material in draft.materials where !material.value.id.isEmpty && !used.contains(material.value.id) {
            report.add(.unusedMaterial(material.value.id), at: material.fields.heading)
        }
    }

    private static func check(_ item: ItemDraft, _ report: Report) {
        var asked: Set<String> = []
        let issued = Set(item.item.outputs)
        for (requirement, span) in item.materials {
            if !asked.insert(requirement.material).inserted {
                report.add(.materialAskedTwice(requirement.material), at: span)
            } else if issued.contains(requirement.material) {
                report.add(.asksForOwnOutput(requirement.material), at: span)
            }
        }
        let minor = item.materials.first { $0.requirement.isMinor }
        if let minor, item.fields.lacks("tolerance") {
            report.add(.minorWithoutTolerance(minor.requirement.material), at: minor.span)
        }
        if minor == nil, item.fields.has("tolerance"), item.item.kind != .milestone,
            item.fields.count("materials") == item.materials.count
        {
            report.add(.toleranceWithoutMinor, at: item.fields.keySpan("tolerance"))
        }
    }

    private static func checkTitle(_ material: Placed<Material>, _ report: Report) {
        let title = material.value.title
        guard let word = vagueWord(in: title) else { return }
        let isChinese = vagueWords.contains(word)
        report.add(.vagueMaterial(isChinese ? title.zh : title.en, word: word), at: material.fields.span("title"))
    }

    /// The words of a name that leave open which document is meant.
    static func vagueWord(in title: LocalizedText) -> String? {
        vagueWords.first { title.zh.contains($0) }
            ?? vagueEnglishWords.first { title.en.lowercased().contains($0) }
    }

    private static let vagueWords = [
        "其他材料", "其它材料", "有关材料", "相关材料", "等材料", "其他资料", "其它资料", "有关资料", "相关资料", "等资料",
        "其他文件", "其它文件", "有关文件", "相关文件", "其他证明", "其它证明", "相关证明", "有关证明", "其他", "其它",
    ]
    private static let vagueEnglishWords = [
        "other materials", "other documents", "related materials", "related documents", "relevant materials",
        "relevant documents", "and so on", "etc.",
    ]
}
