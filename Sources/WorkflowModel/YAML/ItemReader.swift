import WorkCalendar

extension WorkflowReader {
    private static let commonKeys =
        [
            "id", "code", "title", "kind", "joint", "clock", "takes", "limit", "statutory", "after", "when",
            "milestone", "handling", "tolerance", "materials", "chain", "silence", "basis", "source", "correction",
            "special", "distribution", "scope",
        ] + provisionKeys
    /// Keys of single items only, and what a joint item has in their place.
    static let singleKeys = [("department", instead: "lead"), ("outputs", instead: "issues")]
    /// Keys of joint items only.
    static let jointKeys = [
        "lead", "admittedBy", "admission", "participants", "passes", "merge", "rectification", "conclusion", "issues",
        "recheck",
    ]
    private static let itemKeys = commonKeys + singleKeys.map(\.0) + jointKeys

    private func itemCode(_ fields: Fields) -> String? {
        guard let text = fields.text("code") else { return nil }
        if let problem = ItemCode.problem(in: ItemCode.canonical(text)) {
            report.add(.noItemCode(text, problem), at: fields.span("code"))
        }
        return text
    }

    func item(_ node: YAMLNode) -> ItemDraft? {
        guard let fields = Fields(node, keys: Self.itemKeys, named: "id", report: report) else { return nil }
        fields.require("id", "title")
        let isJoint = fields.has("joint")
        let kind: ItemKind? = isJoint ? .joint : fields.word("kind", except: [ItemKind.joint])
        let jointKind: JointKind? = fields.word("joint")
        if isJoint, fields.has("kind") { report.add(.kindAndJoint, at: fields.keySpan("kind")) }
        if !isJoint, fields.lacks("kind") { report.add(.neitherKindNorJoint, at: fields.heading) }
        let participants = isJoint ? (fields.list("participants") ?? []).compactMap(participant) : []
        let (after, afterIsComplete) = dependencies(fields, "after")
        let materials = requirements(fields)
        let outputs = fields.texts(isJoint ? "issues" : "outputs") ?? []
        let chain = fields.texts("chain") ?? []
        let clock: ClockHolder? = fields.word("clock")
        let handling: Handling? = fields.word("handling")
        let silence: Silence? = fields.word("silence")
        let item = Item(
            id: fields.id("id") ?? "", code: itemCode(fields), title: title(fields), kind: kind ?? .approval,
            department: fields.text(isJoint ? "lead" : "department"),
            clock: clock ?? (kind ?? .approval).defaultClock, takes: fields.duration("takes"),
            limit: fields.amount("limit"), statutory: fields.statutory("statutory"), after: after.map(\.dependency),
            when: condition(fields, "when"), isMilestoneItem: fields.boolean("milestone") ?? false,
            handling: handling ?? .ordinary, tolerance: fields.amount("tolerance"),
            materials: materials.map(\.requirement), outputs: outputs.map(\.text), chain: chain.map(\.text),
            silence: silence ?? .escalate, basis: fields.text("basis"), source: fields.text("source"),
            joint: isJoint ? joint(fields, kind: jointKind ?? .review, participants.map(\.value)) : nil,
            correction: correction(fields), special: special(fields), distribution: fields.word("distribution"),
            scope: fields.word("scope"), provisions: provisions(fields))
        return ItemDraft(
            item: item, fields: fields, kindIsKnown: kind != nil, after: after, afterIsComplete: afterIsComplete,
            materials: materials, outputs: outputs.map { ($0.text, $0.span) }, chain: chain.map { ($0.text, $0.span) },
            participants: participants)
    }

    // MARK: Dependencies

    func dependencies(
        _ fields: Fields, _ key: String
    ) -> ([(dependency: Dependency, span: TextSpan)], isComplete: Bool) {
        guard fields.has(key) else { return ([], true) }
        guard let nodes = fields.list(key) else { return ([], false) }
        let read = nodes.compactMap(dependency)
        return (read, read.count == nodes.count)
    }

    private func dependency(_ node: YAMLNode) -> (dependency: Dependency, span: TextSpan)? {
        if let text = node.text, !node.isNull { return (dependency(on: text), node.span) }
        guard let fields = Fields(node, keys: ["item", "type", "lag"], report: report) else { return nil }
        fields.require("item")
        let type: RelationType? = fields.word("type")
        let lag = fields.amount("lag", as: .lag)
        guard let reference = fields.text("item") else { return nil }
        return (dependency(on: reference, type: type ?? .finishToStart, lag: lag ?? .zero), fields.span("item"))
    }

    /// Reads `item` or `item.phase`; what is no phase's name is taken for a participant's id.
    func dependency(
        on reference: String, type: RelationType = .finishToStart, lag: DayAmount = .zero
    ) -> Dependency {
        let parts = reference.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let phase = parts.count == 2 ? JointPhase(writtenAs: String(parts[1])) : nil
        return Dependency(item: String(parts[0]), phase: phase, type: type, lag: lag)
    }

    // MARK: Materials

    private func requirements(_ fields: Fields) -> [(requirement: MaterialRequirement, span: TextSpan)] {
        (fields.list("materials") ?? []).compactMap { node in
            if let text = node.text, !text.isEmpty {
                return (MaterialRequirement(material: text, isMinor: false), node.span)
            }
            guard let fields = Fields(node, keys: ["material", "minor"], report: report) else { return nil }
            fields.require("material")
            let isMinor = fields.boolean("minor") ?? false
            return fields.text("material").map {
                (MaterialRequirement(material: $0, isMinor: isMinor), fields.span("material"))
            }
        }
    }
}

extension JointPhase {
    /// The phase that a file names.
    init(writtenAs name: String) {
        switch name {
        case "admission": self = .admission
        case "session": self = .session
        case "merge": self = .merge
        case "conclusion": self = .conclusion
        default: self = .participant(name)
        }
    }
}
