import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// One form for a stage 一张表单 (S8): what it applies for, and which documents are still wanted, each once.
struct StagePage: Page {
    var view: CaseView
    let stage: Stage
    let actor: Actor
    var answers: FormAnswers?

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String {
        context.say("\(stage.title.zh)：一张表单", "\(stage.title.en): one form")
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
        ]
    }

    /// The items of the stage that are applied for, with where they stand.
    private var items: [(item: Item, standing: ItemStanding)] {
        view.standings.filter { $0.stage == stage.id && $0.item.needsApplication }.map { ($0.item, $0) }
    }

    /// What may still be filed.
    var open: [Item] {
        items.filter {
            [.notStarted, .ready].contains($0.standing.state) || [.refused, .withdrawn].contains($0.standing.state)
        }.map(\.item)
    }

    /// Each document once, whatever number of items asks for it.
    var materials: [(id: String, items: [Item], isMinor: Bool)] {
        var order: [String] = []
        var users: [String: [Item]] = [:]
        var minor: Set<String> = []
        for item in open {
            for needed in item.materials {
                if users[needed.material] == nil { order.append(needed.material) }
                users[needed.material, default: []].append(item)
                if needed.isMinor { minor.insert(needed.material) }
            }
        }
        return order.map { ($0, users[$0] ?? [], minor.contains($0)) }
    }

    private func isHeld(_ material: String) -> Bool {
        view.state.materials.contains { $0.material == material && $0.isValid(on: view.today) }
    }

    /// What the form asks.
    var inputs: [Input] {
        let wanted = materials.filter { !isHeld($0.id) }
        var items = Input(
            name: "items", label: LocalizedText(zh: "本次申报的事项", en: "Items to apply for"),
            kind: .materials(open.map { .init(value: $0.id, label: $0.title) }),
            missing: LocalizedText(zh: "至少勾选一个要申报的事项", en: "Tick at least one item"))
        items.value = open.map(\.id).joined(separator: " ")
        var documents = Input(
            name: "materials", label: LocalizedText(zh: "提交的材料", en: "Documents you hand in"),
            hint: LocalizedText(
                zh: "每份材料只交一次，几个事项共用；已有的不再要。",
                en: "Each document once, for all items that use it; what the office holds is not asked for."),
            kind: .materials(
                wanted.map { wanted in
                    .init(
                        value: wanted.id, label: view.title(ofMaterial: wanted.id),
                        hint: LocalizedText(
                            zh: "用于 \(wanted.items.map(\.title.zh).joined(separator: "、"))"
                                + (wanted.isMinor ? "；可以容缺后补" : ""),
                            en: "for \(wanted.items.map(\.title.en).joined(separator: ", "))"
                                + (wanted.isMinor ? "; may follow later" : "")))
                }),
            missing: LocalizedText(zh: "勾选提交的材料", en: "Tick what you hand in"))
        documents.isRequired = false
        documents.takesFiles = true
        return wanted.isEmpty ? [items] : [items, documents]
    }

    /// The command that answers make, or what is wrong with them.
    func command(from answers: FormAnswers, _ language: Language) -> Result<CaseCommand, CommandForm.Mistakes> {
        var reading = FormReading(answers, of: inputs, language)
        let chosen = open.map(\.id).filter { answers.all("items").contains($0) }
        if chosen.isEmpty, let input = inputs.first { reading.note("items", input.missing) }
        let materials = reading.materials("materials")
        guard reading.mistakes.isEmpty else { return .failure(.init(all: reading.mistakes)) }
        return .success(.intake(.receive(stage: stage.id, items: chosen, materials: materials)))
    }

    func main(in context: PageContext) -> [Markup] {
        [
            .p([.named(view.title, context), .text(" · \(view.code)")], class: "lead"), list(context), held(context),
        ] + intakes(context) + form(context)
    }

    private func list(_ context: PageContext) -> Markup {
        .section(
            "items", context.say("本阶段的事项", "Items of the stage"),
            [
                .tag(
                    "ul", ["class": "stations"],
                    items.map { item, standing in
                        .tag(
                            "li", [:],
                            [
                                .tag("a", ["href": Links.task(view.id, item.id)], [.named(item.title, context)]),
                                .span("side", [Tag.state(standing.state, standing.detail, context)]),
                            ])
                    })
            ])
    }

    private func held(_ context: PageContext) -> Markup {
        var needed: [MaterialRequirement] = []
        for item in items.map(\.item) {
            needed += item.materials.filter { one in !needed.contains { $0.material == one.material } }
        }
        return .section(
            "materials", context.say("材料", "Materials"),
            needed.isEmpty
                ? [.empty(context.say("本阶段不要求提交材料。", "Nothing has to be handed in."))]
                : [MaterialTable(view: view, needed: needed, missing: [], context: context).markup])
    }

    private func intakes(_ context: PageContext) -> [Markup] {
        let own = view.state.intakes.filter { $0.stage == stage.id }
        guard !own.isEmpty else { return [] }
        return [
            .section(
                "intakes", context.say("已交的表单", "Forms handed in"),
                own.map { intake in
                    let waiting = intake.waiting.map { view.title(ofItem: $0)[context.language] }
                    return .p(
                        [
                            .strong(intake.id), .text(context.say("，", ", ")), .date(intake.on, context),
                            .text(context.say("，", ", ")),
                            .foreign(
                                waiting.isEmpty
                                    ? context.say("各事项均已申报", "every item is filed")
                                    : context.say(
                                        "尚待申报：\(waiting.joined(separator: "、"))",
                                        "still to be filed: \(waiting.joined(separator: ", "))"), context),
                        ])
                })
        ]
    }

    private func form(_ context: PageContext) -> [Markup] {
        guard actor.role == .applicant || actor.role == .agent || actor.role == .window else { return [] }
        guard !open.isEmpty else {
            return [
                .empty(
                    context.say("本阶段的事项都已申报。", "Every item of the stage is filed."),
                    next: Crumb(title: context.say("回到项目", "Back to the project"), link: Links.caseFile(view.id)))
            ]
        }
        // Everything is ticked at first: one form for the whole stage is the usual case.
        let answers = self.answers ?? FormAnswers(["items": open.map(\.id)])
        return [
            .section(
                "apply", context.say("一次申报", "Apply once"), class: "panel",
                [
                    .tag(
                        "form",
                        [
                            "class": "form", "method": "post", "action": Links.stageForm(view.id, stage.id),
                            "novalidate": "novalidate", "enctype": FormParts.encoding(inputs, context),
                        ],
                        FormParts.token(context) + [FormParts.hidden("version", "\(view.state.version)")]
                            + inputs.map { FormParts.field($0, answers, context) }
                            + [
                                .div("buttons", [.tag("button", [:], context.say("提交表单", "Send the form"))])
                            ])
                ])
        ]
    }
}

extension Item {
    /// Whether somebody applies for it.
    var needsApplication: Bool {
        switch kind {
        case .approval, .filing, .review, .opinion, .joint: true
        default: false
        }
    }
}
