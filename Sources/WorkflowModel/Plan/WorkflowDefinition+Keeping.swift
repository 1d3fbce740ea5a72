extension WorkflowDefinition {
    /// This version with some items of another one, in place of its own of the same id or beside them (旧规事项).
    ///
    /// What they need comes with them: departments and materials that this version does not have, and the stage, if it
    /// has none of that id. Items of this version do not wait for items that it does not know.
    ///
    /// - Parameter ids: ids that the other version does not have are left out.
    /// - Complexity: O(n), n = items of both.
    public func keeping(_ ids: Set<String>, of other: WorkflowDefinition) -> WorkflowDefinition {
        let own = Set(items.map(\.id))
        let kept = Dictionary(
            other.items.filter { ids.contains($0.id) }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        guard !kept.isEmpty else { return self }
        func stray(in stage: Stage) -> [Item] { stage.items.filter { kept[$0.id] != nil && !own.contains($0.id) } }
        var stages = stages.map { stage in
            let theirs = other.stages.first { $0.id == stage.id }.map(stray) ?? []
            return stage.with(items: stage.items.map { kept[$0.id] ?? $0 } + theirs)
        }
        for stage in other.stages where !stages.contains(where: { $0.id == stage.id }) {
            let theirs = stray(in: stage)
            if !theirs.isEmpty { stages.append(stage.with(items: theirs)) }
        }
        return WorkflowDefinition(
            id: id, version: version, title: title, processType: processType, source: source, calendar: calendar,
            facts: facts + other.facts.filter { fact in !facts.contains { $0.id == fact.id } },
            appliesWhen: appliesWhen,
            departments: departments + other.departments.filter { one in !departments.contains { $0.id == one.id } },
            materials: materials + other.materials.filter { one in !materials.contains { $0.id == one.id } },
            targets: targets, stages: stages, levers: levers, simulation: simulation, supervision: supervision)
    }
}

extension Stage {
    fileprivate func with(items: [Item]) -> Stage {
        Stage(
            id: id, title: title, national: national, lead: lead, budget: budget, closes: closes, source: source,
            items: items)
    }
}
