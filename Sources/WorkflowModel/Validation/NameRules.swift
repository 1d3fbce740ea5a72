/// Ids are used once, and every name that is used is declared.
struct NameRules {
    private let draft: WorkflowDraft
    private let report: Report
    /// The position of each item among all, by id; of a double id the first.
    let itemIndex: [String: Int]
    /// Whether every dependency could be read and names an item, so that the order of items is known.
    let orderIsKnown: Bool

    init(_ draft: WorkflowDraft, _ report: Report) {
        self.draft = draft
        self.report = report
        let items = draft.items
        self.itemIndex = Dictionary(
            zip(items.map(\.id), items.indices).filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first })
        let index = itemIndex
        self.orderIsKnown =
            index.count == items.count && draft.stages.allSatisfy(\.itemsAreComplete)
            && items.allSatisfy { item in
                item.afterIsComplete && item.after.allSatisfy { index[$0.dependency.item] != nil }
            }
    }

    func check() {
        checkDoubles(draft.stages.map { ($0.stage.id, $0.fields.heading) })
        checkDoubles(draft.items.map { ($0.id, $0.span) })
        checkDoubles(draft.targets.map { ($0.value.id, $0.fields.heading) })
        for stage in draft.stages { checkDepartment(stage.stage.lead, at: stage.fields.span("lead")) }
        for item in draft.items {
            checkNames(of: item)
            for (dependency, span) in item.after { check(dependency, at: span) }
            if let use = item.item.provisions.lapses?.unless, !use.isEmpty, itemIndex[use] == nil {
                report.add(
                    .unknownItem(use, nearest: nearestName(to: use, among: itemIndex.keys)),
                    at: item.fields.span("lapses"))
            }
        }
        for (office, span) in draft.escalation { checkDepartment(office, at: span) }
        checkDoubles(draft.levers.map { ($0.lever.id, $0.fields.heading) })
        for item in draft.levers.lazy.flatMap(\.newItems) { checkNames(of: item) }
        for target in draft.targets {
            for (key, id) in [("from", target.value.from), ("to", target.value.to)]
            where !id.isEmpty && itemIndex[id] == nil {
                report.add(
                    .unknownItem(id, nearest: nearestName(to: id, among: itemIndex.keys)), at: target.fields.span(key))
            }
        }
    }

    /// Everything that an item names except other items.
    private func checkNames(of item: ItemDraft) {
        checkDepartments(of: item)
        checkDoubles(item.participants.map { ($0.value.id, $0.fields.heading) })
        for (requirement, span) in item.materials { checkMaterial(requirement.material, at: span) }
        for (material, span) in item.outputs { checkMaterial(material, at: span) }
        for participant in item.participants {
            for node in participant.fields.list("materials") ?? [] {
                if let material = node.text { checkMaterial(material, at: node.span) }
            }
        }
    }

    private func checkDoubles(_ ids: [(id: String, span: TextSpan)]) {
        var first: [String: TextSpan] = [:]
        for (id, span) in ids where !id.isEmpty {
            if let other = first[id] {
                report.add(.duplicateIdentifier(id), at: span, notes: [(other, Wording.firstHere)])
            } else {
                first[id] = span
            }
        }
    }

    private func checkDepartments(of item: ItemDraft) {
        let key = item.item.joint == nil ? "department" : "lead"
        checkDepartment(item.item.department, at: item.fields.span(key))
        checkDepartment(item.item.joint?.admittedBy, at: item.fields.span("admittedBy"))
        checkDepartment(item.item.provisions.supervisedBy, at: item.fields.span("supervisedBy"))
        for participant in item.participants {
            checkDepartment(participant.value.department, at: participant.fields.span("department"))
        }
    }

    private func checkDepartment(_ id: String?, at span: TextSpan) {
        guard let id, !id.isEmpty, !draft.departmentNames.contains(id) else { return }
        report.add(.unknownDepartment(id, nearest: nearestName(to: id, among: draft.departmentNames)), at: span)
    }

    private func checkMaterial(_ id: String, at span: TextSpan) {
        guard !draft.materialNames.contains(id) else { return }
        report.add(.unknownMaterial(id, nearest: nearestName(to: id, among: draft.materialNames)), at: span)
    }

    private func check(_ dependency: Dependency, at span: TextSpan) {
        guard let index = itemIndex[dependency.item] else {
            let nearest = nearestName(to: dependency.item, among: itemIndex.keys)
            report.add(.unknownItem(dependency.item, nearest: nearest), at: span)
            return
        }
        if let phase = dependency.phase { check(phase, of: draft.items[index], at: span) }
    }

    /// That an item has a phase.
    func check(_ phase: JointPhase, of item: ItemDraft, at span: TextSpan) {
        guard item.item.joint != nil else {
            if item.kindIsKnown { report.add(.phaseOfSingleItem(item.id), at: span) }
            return
        }
        if !item.hasPhase(phase) {
            let known = item.phaseNames
            report.add(
                .unknownPhase(
                    phase.name, of: item.id, known: known, nearest: nearestName(to: phase.name, among: known)),
                at: span)
        }
    }
}

extension ItemDraft {
    /// Whether others may wait for a phase of this joint item.
    func hasPhase(_ phase: JointPhase) -> Bool {
        switch phase {
        case .participant(let id): participantIsConditional[id] != nil
        case .session: fields.has("takes")
        default: fields.has(phase.name)
        }
    }

    /// The phases of a joint item that others may wait for, in their order.
    var phaseNames: [String] {
        var names = fields.has("admission") ? ["admission"] : []
        if fields.has("takes") { names.append("session") }
        names += participants.map(\.value.id)
        if fields.has("merge") { names.append("merge") }
        if fields.has("conclusion") { names.append("conclusion") }
        return names
    }
}
