import WorkCalendar

/// Reads the sections of a workflow in the order in which they explain each other.
struct WorkflowReader {
    let report: Report
    /// The facts that conditions may use.
    private(set) var facts: [String: FactType] = [:]
    /// Facts that are declared but could not be read: conditions that use them are not to blame.
    private(set) var unreadableFacts: Set<String> = []

    static let keys = [
        "workflow", "version", "title", "processType", "source", "calendar", "facts", "appliesWhen", "departments",
        "materials", "targets", "simulation", "supervision", "stages", "levers",
    ]

    /// The workflow as far as it can be read, or `nil` when the file is none.
    static func draft(_ report: Report) -> WorkflowDraft? {
        guard let fields = Document.fields(.workflow, keys: keys, report) else { return nil }
        var reader = WorkflowReader(report: report)
        return reader.draft(fields)
    }

    /// The workflow in a map of another file.
    static func draft(_ node: YAMLNode, _ report: Report) -> WorkflowDraft? {
        guard let fields = Fields(node, keys: keys, named: "workflow", report: report) else { return nil }
        var reader = WorkflowReader(report: report)
        return reader.draft(fields)
    }

    private mutating func draft(_ fields: Fields) -> WorkflowDraft {
        fields.require(
            "workflow", "version", "title", "processType", "source", "calendar", "facts", "departments", "targets",
            "stages")
        let facts = readFacts(fields)
        let materials = (fields.map("materials") ?? []).compactMap(material)
        let header = WorkflowDefinition(
            id: fields.id("workflow") ?? "", version: fields.text("version") ?? "", title: title(fields),
            processType: processType(fields), source: fields.text("source") ?? "",
            calendar: fields.id("calendar") ?? "",
            facts: facts, appliesWhen: condition(fields, "appliesWhen"),
            departments: (fields.map("departments") ?? []).compactMap(department), materials: [], targets: [],
            stages: [], simulation: simulation(fields), supervision: supervision(fields))
        return WorkflowDraft(
            fields: fields, header: header, departmentNames: names(fields, "departments"),
            materialNames: names(fields, "materials"), materials: materials,
            targets: (fields.list("targets") ?? []).compactMap(target),
            stages: (fields.list("stages") ?? []).compactMap(stage),
            levers: (fields.list("levers") ?? []).compactMap(lever),
            escalation: supervisionOffices(fields))
    }

    /// The keys of a map that was reported already if it is none.
    private func names(_ fields: Fields, _ key: String) -> Set<String> {
        guard let node = fields.written(key), case .map(let entries) = node.content else { return [] }
        return Set(entries.map(\.key))
    }

    func title(_ fields: Fields) -> LocalizedText { fields.localized("title") ?? LocalizedText(zh: "", en: "") }

    private func processType(_ fields: Fields) -> Int {
        guard let type = fields.integer("processType") else { return 10 }
        if !(1...10).contains(type) {
            report.add(.unknownProcessType(String(type)), at: fields.span("processType"))
        }
        return type
    }

    // MARK: Facts and conditions

    private mutating func readFacts(_ fields: Fields) -> [FactDeclaration] {
        var declarations: [FactDeclaration] = []
        for entry in fields.map("facts") ?? [] {
            if let declaration = fact(entry) {
                declarations.append(declaration)
                facts[declaration.id] = declaration.type
            } else {
                unreadableFacts.insert(entry.key)
            }
        }
        return declarations
    }

    private enum TypeName: String, CaseIterable { case boolean, number, text, `enum` }

    private func fact(_ entry: YAMLEntry) -> FactDeclaration? {
        let id = entry.key
        let isName =
            id.utf8.count <= 64 && (id.utf8.first.map { (0x61...0x7A).contains($0) } ?? false)
            && id.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
        if !isName || Condition.reservedWords.contains(id) { report.add(.badFactIdentifier(id), at: entry.keySpan) }
        let keys = ["type", "values", "unit", "default", "title"]
        guard let fields = Fields(entry.value, keys: keys, heading: entry.keySpan, report: report) else { return nil }
        fields.require("type")
        let unit = fields.text("unit")
        let title = fields.localized("title")
        guard let name: TypeName = fields.word("type"), let type = factType(name, fields) else { return nil }
        if name != .number, fields.has("unit") { report.add(.unitWithoutNumber, at: fields.keySpan("unit")) }
        return FactDeclaration(
            id: id, type: type, unit: unit, title: title, defaultValue: defaultValue(fields, of: type))
    }

    private func factType(_ name: TypeName, _ fields: Fields) -> FactType? {
        guard name == .enum else {
            if fields.has("values") { report.add(.valuesWithoutEnum, at: fields.keySpan("values")) }
            switch name {
            case .boolean: return .boolean
            case .number: return .number
            case .text, .enum: return .text
            }
        }
        guard fields.has("values") else {
            report.add(.enumWithoutValues, at: fields.span("type"))
            return nil
        }
        guard let values = fields.texts("values") else { return nil }
        if values.isEmpty { report.add(.enumWithoutValues, at: fields.span("values")) }
        reportDoubles(values)
        return .oneOf(values.map(\.text))
    }

    private func defaultValue(_ fields: Fields, of type: FactType) -> FactValue? {
        guard let node = fields.node("default"),
            let written = report.factValue(node, of: "default", at: fields.keySpan("default"))
        else { return nil }
        guard let value = type.value(written, text: node.text ?? "") else {
            report.add(.defaultNotOfType(node.text ?? "", type: type), at: node.span)
            return nil
        }
        return value
    }

    /// A condition over the facts of the workflow.
    func condition(_ fields: Fields, _ key: String) -> Condition? {
        guard let text = fields.text(key), let node = fields.node(key) else { return nil }
        switch Condition.parse(text, facts: facts) {
        case .success(let condition):
            // `appliesWhen: true` is how the last workflow of a catalogue says that it takes what is left.
            if let value = condition.constantValue, !(value && key == "appliesWhen") {
                report.add(.constantCondition(value), at: node.span)
            }
            return condition
        case .failure(let failure):
            for problem in failure.problems {
                if case .unknownFact(let name) = problem.kind, unreadableFacts.contains(name) { continue }
                report.add(
                    .condition(problem.kind, known: facts), at: report.source.span(of: problem.range, in: node))
            }
            return nil
        }
    }

    // MARK: Departments, materials, targets

    private func department(_ entry: YAMLEntry) -> Department? {
        let id = report.identifier(entry.key, at: entry.keySpan)
        guard case .map = entry.value.content else {
            _ = report.localized(entry.value)
            return nil
        }
        guard let fields = Fields(entry.value, keys: ["zh", "en", "teams"], report: report) else { return nil }
        let teams = teams(fields)
        guard let title = report.localized(fields), let id else { return nil }
        return Department(id: id, title: title, teams: teams)
    }

    /// How many teams a department has, when it says so.
    private func teams(_ fields: Fields) -> Int? {
        guard let teams = fields.integer("teams") else { return nil }
        guard 1...999 ~= teams else {
            report.add(.teamsOutOfRange(String(teams)), at: fields.span("teams"))
            return nil
        }
        return teams
    }

    private func material(_ entry: YAMLEntry) -> Placed<Material>? {
        let id = report.identifier(entry.key, at: entry.keySpan)
        let keys = ["title", "basis", "owner", "validFor", "shared"]
        guard let fields = Fields(entry.value, keys: keys, heading: entry.keySpan, report: report) else { return nil }
        fields.require("title")
        if fields.lacks("basis") { report.add(.materialWithoutBasis(entry.key), at: fields.heading) }
        let owner: Material.Owner? = fields.word("owner")
        let material = Material(
            id: id ?? "", title: title(fields), basis: fields.text("basis") ?? "", owner: owner ?? .project,
            validFor: fields.amount("validFor"), shared: fields.id("shared"))
        return Placed(value: material, fields: fields)
    }

    private func target(_ node: YAMLNode) -> Placed<Target>? {
        let keys = ["id", "title", "limit", "from", "to", "counts", "measure", "source"]
        guard let fields = Fields(node, keys: keys, named: "id", report: report) else { return nil }
        fields.require("id", "from", "to", "counts")
        if fields.lacks("source") { report.add(.figureWithoutSource, at: fields.heading) }
        let measure: Target.Measure? = fields.word("measure")
        let target = Target(
            id: fields.id("id") ?? "", title: fields.localized("title"), limit: fields.amount("limit"),
            from: fields.text("from") ?? "", to: fields.text("to") ?? "", counts: counts(fields),
            measure: measure ?? .union, source: fields.text("source") ?? "")
        return Placed(value: target, fields: fields)
    }

    private func counts(_ fields: Fields) -> Set<ClockHolder> {
        guard let names = fields.texts("counts") else { return [] }
        reportDoubles(names)
        let clocks = names.map { report.word($0.text, at: $0.span) as ClockHolder? }
        let counts = Set(clocks.compactMap(\.self))
        if counts.subtracting([.none]).isEmpty, !clocks.contains(nil) {
            report.add(.targetCountsNothing, at: fields.span("counts"))
        }
        return counts
    }

    func reportDoubles(_ names: [(text: String, span: TextSpan)]) {
        var seen: Set<String> = []
        for (text, span) in names where !seen.insert(text).inserted { report.add(.listedTwice(text), at: span) }
    }

    // MARK: Stages

    private func stage(_ node: YAMLNode) -> StageDraft? {
        let keys = ["id", "title", "national", "lead", "budget", "closes", "source", "items"]
        guard let fields = Fields(node, keys: keys, named: "id", report: report) else { return nil }
        fields.require("id", "title", "national", "items")
        let national = fields.integer("national")
        if let national, !(1...5).contains(national) {
            report.add(.unknownNationalStage(String(national)), at: fields.span("national"))
        }
        let nodes = fields.list("items")
        let items = (nodes ?? []).compactMap(item)
        let closes: Stage.ClosingRule? = fields.word("closes")
        let stage = Stage(
            id: fields.id("id") ?? "", title: title(fields), national: national ?? 5, lead: fields.text("lead"),
            budget: fields.amount("budget"), closes: closes ?? .allMilestoneItems, source: fields.text("source"),
            items: items.map(\.item))
        return StageDraft(stage: stage, fields: fields, items: items, itemsAreComplete: items.count == nodes?.count)
    }
}

extension FactType {
    /// What a value that was written so means for a fact of this type; `nil` when it is none of its values.
    ///
    /// Words of an enum and texts may look like numbers: then the spelling counts.
    func value(_ written: FactValue, text: String) -> FactValue? {
        switch (self, written) {
        case (.boolean, .boolean), (.number, .number), (.text, .text): written
        case (.oneOf(let values), _): values.contains(text) ? .text(text) : nil
        default: nil
        }
    }
}
