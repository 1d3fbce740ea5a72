import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Which documents an item asks for and what the office has of them (材料清单).
struct MaterialTable {
    let view: CaseView
    let needed: [MaterialRequirement]
    /// Minor ones that follow under tolerance.
    let missing: [String]
    let context: PageContext

    var markup: Markup {
        .tag(
            "table", ["class": "stack"],
            [
                .tag("caption", ["class": "unseen"], context.say("材料与状态", "Materials and where they stand")),
                .tag(
                    "thead", [:],
                    [
                        .tag(
                            "tr", [:],
                            [
                                context.say("材料", "Material"), context.say("状态", "Standing"), context.say("来源", "From"),
                                context.say("依据", "Basis"),
                            ].map {
                                .tag("th", ["scope": "col"], $0)
                            })
                    ]),
                .tag("tbody", [:], needed.map(row)),
            ])
    }

    private func row(_ requirement: MaterialRequirement) -> Markup {
        let held = view.state.materials.last { $0.material == requirement.material }
        let isValid = held?.isValid(on: view.today) == true
        let material = view.workflow.materials.first { $0.id == requirement.material }
        let standing: Markup =
            if isValid {
                Tag.state(.approved, nil, context, word: LocalizedText(zh: "已有", en: "Held"))
            } else if held != nil {
                Tag.state(
                    .refused, nil, context,
                    word: LocalizedText(zh: "已失效，须重新提交", en: "No longer valid, to be supplied anew"))
            } else if missing.contains(requirement.material) {
                Tag.state(.waiting, nil, context, word: LocalizedText(zh: "容缺，承诺后补", en: "To follow as promised"))
            } else {
                Tag.state(
                    .notStarted, nil, context,
                    word: requirement.isMinor
                        ? LocalizedText(zh: "未交，可容缺", en: "Not in, may follow") : LocalizedText(zh: "未交", en: "Not in"))
            }
        return .tag(
            "tr", [:],
            [
                .tag("th", ["scope": "row"], [.named(view.title(ofMaterial: requirement.material), context)]),
                .tag("td", ["data-head": context.say("状态", "Standing")], [standing]),
                .tag(
                    "td", ["data-head": context.say("来源", "From")],
                    held.map { MaterialWords.origin($0, view, context) + MaterialWords.file($0, view, context) } ?? []),
                .tag(
                    "td", ["data-head": context.say("依据", "Basis")],
                    (material?.basis).map { [.span("muted small", [.cited($0, context)])] } ?? []),
            ])
    }
}

/// What is said of a material that the office holds.
enum MaterialWords {
    /// Where it is from, and since when.
    static func origin(_ held: HeldMaterial, _ view: CaseView, _ context: PageContext) -> [Markup] {
        let from: LocalizedText =
            switch held.source {
            case .anotherCase(let id, _, _): LocalizedText(zh: "复用自办件 \(id)", en: "taken from case \(id)")
            case .sharedData(let register, _, _): LocalizedText(zh: "调取自 \(register)", en: "from register \(register)")
            case .regionalAssessment(let id, _): LocalizedText(zh: "区域评估 \(id)", en: "regional assessment \(id)")
            case nil:
                if view.plan[held.origin] != nil {
                    held.isOutput
                        ? LocalizedText(
                            zh: "由“\(view.title(ofItem: held.origin).zh)”核发",
                            en: "issued by “\(view.title(ofItem: held.origin).en)”")
                        : LocalizedText(
                            zh: "“\(view.title(ofItem: held.origin).zh)”时收存",
                            en: "handed in for “\(view.title(ofItem: held.origin).en)”")
                } else {
                    LocalizedText(zh: "阶段表单收存", en: "handed in with a stage's form")
                }
            }
        return [.span(nil, [.named(from, context), .text(context.say("，", ", ")), .shortDate(held.since, context)])]
    }

    /// Its file, where it is one that can be opened.
    static func file(_ held: HeldMaterial, _ view: CaseView, _ context: PageContext) -> [Markup] {
        guard let entry = view.files[held.hash] else { return [] }
        return [
            .tag("br"),
            .tag(
                "a", ["href": Links.file(view.id, held.hash), "download": entry.name],
                [.foreign(entry.name, context)]),
            .span("muted small", context.say("（", " (") + size(entry.size) + context.say("）", ")")),
        ]
    }

    private static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1000: "\(bytes) B"
        case ..<1_000_000: "\((Double(bytes) / 1000).px) kB"
        default: "\((Double(bytes) / 1_000_000).px) MB"
        }
    }
}
