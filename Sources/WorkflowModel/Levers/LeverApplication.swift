import WorkCalendar

/// The workflow that some levers make of another.
struct LeverApplication {
    private let workflow: WorkflowDefinition
    private let pulled: [Lever]
    private let merges: [ItemMerge]
    private let additions: [Item]
    /// What becomes of an item that was merged: the id of the new one.
    private let mergedInto: [String: String]
    /// Items after their own changes, merges not made yet.
    private let changed: [String: Item]
    /// Phases of the items that merges make, by item.
    private let phases: [String: Set<String>]

    /// - Parameter pulled: not empty, in the order of the workflow.
    init(_ workflow: WorkflowDefinition, _ pulled: [Lever]) {
        self.workflow = workflow
        self.pulled = pulled
        var changes: [String: [ItemChange]] = [:]
        var merges: [ItemMerge] = []
        var additions: [Item] = []
        for effect in pulled.lazy.flatMap(\.effects) {
            switch effect {
            case .change(let change): changes[change.item, default: []].append(change)
            case .merge(let merge): merges.append(merge)
            case .add(let item): additions.append(item)
            }
        }
        // What a lever adds can be changed by one that requires it.
        let all = workflow.items + additions + merges.map(\.into)
        changed = Dictionary(
            all.map { item in (item.id, changes[item.id].map { item.changed(by: $0) } ?? item) },
            uniquingKeysWith: { first, _ in first })
        mergedInto = Dictionary(
            merges.flatMap { merge in merge.items.map { ($0, merge.into.id) } }, uniquingKeysWith: { first, _ in first }
        )
        phases = Dictionary(
            merges.map { ($0.into.id, $0.into.phaseNames) }, uniquingKeysWith: { first, _ in first })
        self.merges = merges
        self.additions = additions
    }

    var result: WorkflowDefinition {
        var standing: [String: [Item]] = [:]
        for item in additions {
            let anchor = item.after.first?.item ?? ""
            standing[mergedInto[anchor] ?? anchor, default: []].append(changed[item.id] ?? item)
        }
        var open = merges
        var stages = workflow.stages.map { stage in
            var items: [Item] = []
            for item in stage.items {
                guard mergedInto[item.id] != nil else {
                    items.append(rewired(changed[item.id] ?? item))
                    items += (standing.removeValue(forKey: item.id) ?? []).map(rewired)
                    continue
                }
                guard let place = open.firstIndex(where: { $0.items.contains(item.id) }) else { continue }
                let merge = open.remove(at: place)
                items.append(rewired(merged(merge)))
                items += (standing.removeValue(forKey: merge.into.id) ?? []).map(rewired)
            }
            return stage.with(items: items)
        }
        // Additions that stand after other additions, or after nothing that is left.
        let rest = additions.filter {
            standing[mergedInto[$0.after.first?.item ?? ""] ?? $0.after.first?.item ?? ""] != nil
        }
        if !rest.isEmpty, let last = stages.last {
            stages[stages.count - 1] = last.with(items: last.items + rest.map { rewired(changed[$0.id] ?? $0) })
        }
        return WorkflowDefinition(
            id: workflow.id, version: ([workflow.version] + pulled.map(\.id)).joined(separator: "+"),
            title: workflow.title, processType: workflow.processType, source: workflow.source,
            calendar: workflow.calendar, facts: workflow.facts, appliesWhen: workflow.appliesWhen,
            departments: workflow.departments, materials: workflow.materials, targets: workflow.targets, stages: stages,
            simulation: workflow.simulation, supervision: workflow.supervision)
    }

    /// The item that takes the place of several.
    private func merged(_ merge: ItemMerge) -> Item {
        let members = merge.items.compactMap { changed[$0] }
        let into = changed[merge.into.id].flatMap { merge.items.contains($0.id) ? nil : $0 } ?? merge.into
        var after = MergedDependencies()
        if merge.keepsPredecessors {
            for dependency in members.flatMap(\.after) where !merge.items.contains(dependency.item) {
                after.add(dependency)
            }
        }
        // An item that changes add to keeps what they add.
        for dependency in into.after { after.add(dependency) }
        let conditions = members.compactMap(\.when)
        let everyMemberIsConditional = conditions.count == members.count && !members.isEmpty
        let outputs = into.outputs.isEmpty ? members.flatMap(\.outputs).inOrderOnce : into.outputs
        var merged = into
        merged.after = after.all
        if into.when == nil, everyMemberIsConditional { merged.when = .any(of: conditions) }
        merged.isMilestoneItem = into.isMilestoneItem || members.contains(where: \.isMilestoneItem)
        if into.materials.isEmpty { merged.materials = Self.materials(of: members, without: outputs) }
        merged.outputs = outputs
        return merged
    }

    /// What several items ask for, once each; minor only where it is minor for all that ask for it.
    private static func materials(of members: [Item], without issued: [String]) -> [MaterialRequirement] {
        let all = members.flatMap(\.materials)
        return all.map(\.material).inOrderOnce.filter { !issued.contains($0) }.map { material in
            let isMinor = all.allSatisfy { $0.material != material || $0.isMinor }
            return MaterialRequirement(material: material, isMinor: isMinor)
        }
    }

    /// With dependencies on merged items turned to what they were merged into.
    private func rewired(_ item: Item) -> Item {
        guard item.after.contains(where: { mergedInto[$0.item] != nil }) else { return item }
        var redirected = MergedDependencies()
        for dependency in item.after {
            guard let new = mergedInto[dependency.item] else {
                redirected.add(dependency)
                continue
            }
            guard new != item.id else { continue }
            let phase = dependency.phase.flatMap { phases[new]?.contains($0.name) == true ? $0 : nil }
            redirected.add(Dependency(item: new, phase: phase, type: dependency.type, lag: dependency.lag))
        }
        var item = item
        item.after = redirected.all
        return item
    }
}

extension Condition {
    /// Holds as soon as one of them does.
    fileprivate static func any(of conditions: [Condition]) -> Condition {
        if conditions.count == 1 { return conditions[0] }
        let expression = Expression.or(conditions.map(\.expression))
        return Condition(text: expression.description, expression: expression)
    }

    /// Never holds.
    static let never = Condition(text: "false", expression: .constant(false))

    /// Always holds.
    static let always = Condition(text: "true", expression: .constant(true))
}

extension Array where Element: Hashable {
    /// Each element where it first stands.
    fileprivate var inOrderOnce: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Stage {
    fileprivate func with(items: [Item]) -> Stage {
        Stage(
            id: id, title: title, national: national, lead: lead, budget: budget, closes: closes, source: source,
            items: items)
    }
}

extension Item {
    /// The phases that others may wait for, by name; none of a single item.
    package var phaseNames: Set<String> {
        guard let joint else { return [] }
        var names = Set(joint.participants.map(\.id))
        if joint.admission != nil { names.insert(JointPhase.admission.name) }
        if takes != nil { names.insert(JointPhase.session.name) }
        if joint.merge != nil { names.insert(JointPhase.merge.name) }
        if joint.conclusion != nil { names.insert(JointPhase.conclusion.name) }
        return names
    }
}
