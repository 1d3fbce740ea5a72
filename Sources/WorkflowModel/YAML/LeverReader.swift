import WorkCalendar

extension WorkflowReader {
    private static let changeKeys = [
        "takes", "limit", "percent", "handling", "after", "notAfter", "alsoAfter", "chance", "tolerance", "minor",
        "drop",
    ]
    private static let effectKeys = ["item"] + changeKeys + ["merge", "into", "add"]

    func lever(_ node: YAMLNode) -> LeverDraft? {
        let keys = ["id", "title", "kind", "cost", "source", "basis", "when", "requires", "excludes", "effects"]
        guard let fields = Fields(node, keys: keys, named: "id", report: report) else { return nil }
        fields.require("id", "title", "kind", "cost", "effects")
        if fields.lacks("source") { report.add(.figureWithoutSource, at: fields.heading) }
        let kind: LeverKind? = fields.word("kind")
        let requires = fields.texts("requires") ?? []
        let excludes = fields.texts("excludes") ?? []
        for names in [requires, excludes] { reportDoubles(names) }
        let nodes = fields.list("effects") ?? []
        if fields.count("effects") == 0, fields.has("effects") {
            report.add(.leverWithoutEffect, at: fields.span("effects"))
        }
        if nodes.count > Lever.mostEffects {
            report.add(.tooManyEffects(limit: Lever.mostEffects), at: nodes[Lever.mostEffects].span)
        }
        let effects = nodes.prefix(Lever.mostEffects).compactMap(effect)
        let lever = Lever(
            id: fields.id("id") ?? "", title: title(fields), kind: kind ?? .shorterLimit, cost: cost(fields),
            source: fields.text("source") ?? "", basis: fields.text("basis"), when: condition(fields, "when"),
            requires: requires.map(\.text), excludes: excludes.map(\.text), effects: effects.map(\.effect))
        return LeverDraft(
            lever: lever, fields: fields, requires: requires.map { ($0.text, $0.span) },
            excludes: excludes.map { ($0.text, $0.span) }, effects: effects)
    }

    /// In hundredths.
    private func cost(_ fields: Fields) -> Int {
        guard let cost = fields.number("cost") else { return 0 }
        let hundredths = cost * 100
        guard (0...Double(Lever.highestCost)).contains(hundredths), abs(hundredths - hundredths.rounded()) < 1e-6 else {
            report.add(.costOutOfRange(fields.text("cost") ?? ""), at: fields.span("cost"))
            return 0
        }
        return Int(hundredths.rounded())
    }

    // MARK: Effects

    private func effect(_ node: YAMLNode) -> ReformEffectDraft? {
        guard let fields = Fields(node, keys: Self.effectKeys, report: report) else { return nil }
        let all = ["item", "merge", "add"]
        let forms = all.filter(fields.has)
        guard forms.count == 1 else {
            // A misspelt form is reported already.
            if forms.count > 1 || all.allSatisfy(fields.lacks) { report.add(.unclearEffect(forms), at: fields.heading) }
            return nil
        }
        if forms != ["item"] {
            for key in Self.changeKeys where fields.has(key) {
                report.add(.effectDoesNotFit(key, .onlyForChanges), at: fields.keySpan(key))
            }
        }
        if forms != ["merge"], fields.has("into") {
            report.add(.effectDoesNotFit("into", .onlyForMerges), at: fields.keySpan("into"))
        }
        switch forms[0] {
        case "item": return change(fields)
        case "merge": return merge(fields)
        default: return addition(fields)
        }
    }

    private func change(_ fields: Fields) -> ReformEffectDraft? {
        guard let reference = fields.text("item") else { return nil }
        let named = dependency(on: reference)
        let (after, _) = dependencies(fields, "after")
        let (also, _) = dependencies(fields, "alsoAfter")
        let notAfter = (fields.texts("notAfter") ?? []).map { (dependency: dependency(on: $0.text), span: $0.span) }
        let minor = fields.texts("minor") ?? []
        let handling: Handling? = fields.word("handling")
        let percent = fields.integer("percent")
        if let percent, !(1...400).contains(percent) {
            report.add(.percentOutOfRange(String(percent)), at: fields.span("percent"))
        }
        let chance = fields.number("chance")
        if let chance, !(0...1).contains(chance) {
            report.add(.chanceOutOfRange(fields.text("chance") ?? ""), at: fields.span("chance"))
        }
        let change = ItemChange(
            item: named.item, phase: named.phase, takes: fields.duration("takes"), limit: fields.amount("limit"),
            percent: percent.map { min(max($0, 1), 400) }, handling: handling,
            after: fields.has("after") ? after.map(\.dependency) : nil, notAfter: notAfter.map(\.dependency),
            alsoAfter: also.map(\.dependency), chance: chance, tolerance: fields.amount("tolerance"),
            minor: minor.map(\.text), isDropped: fields.boolean("drop") ?? false)
        return ReformEffectDraft(
            effect: .change(change), fields: fields, items: [(named.item, fields.span("item"))], after: after + also,
            notAfter: notAfter, minor: minor.map { ($0.text, $0.span) })
    }

    private func merge(_ fields: Fields) -> ReformEffectDraft? {
        fields.require("into")
        guard let names = fields.texts("merge") else { return nil }
        reportDoubles(names)
        if Set(names.map(\.text)).count < 2 { report.add(.mergeOfOne, at: fields.span("merge")) }
        guard let node = fields.node("into"), let into = item(node) else { return nil }
        let merge = ItemMerge(items: names.map(\.text), into: into.item, keepsPredecessors: into.fields.lacks("after"))
        return ReformEffectDraft(
            effect: .merge(merge), fields: fields, items: names.map { ($0.text, $0.span) }, newItem: into)
    }

    private func addition(_ fields: Fields) -> ReformEffectDraft? {
        guard let node = fields.node("add"), let added = item(node) else { return nil }
        if added.after.isEmpty, added.afterIsComplete { added.fields.require("after") }
        return ReformEffectDraft(effect: .add(added.item), fields: fields, newItem: added)
    }
}
