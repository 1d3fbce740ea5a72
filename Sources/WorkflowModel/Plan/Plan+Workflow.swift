extension Plan {
    /// The workflow with only the items that this project needs, as it needs them; stages without any are left out.
    public var asWorkflow: WorkflowDefinition {
        let planned = Dictionary(items.map { ($0.item.id, $0.item) }, uniquingKeysWith: { first, _ in first })
        let stages = workflow.stages.compactMap { stage -> Stage? in
            let items = stage.items.compactMap { planned[$0.id] }
            guard !items.isEmpty else { return nil }
            return Stage(
                id: stage.id, title: stage.title, national: stage.national, lead: stage.lead, budget: stage.budget,
                closes: stage.closes, source: stage.source, items: items)
        }
        return WorkflowDefinition(
            id: workflow.id, version: workflow.version, title: workflow.title, processType: workflow.processType,
            source: workflow.source, calendar: workflow.calendar, facts: workflow.facts,
            appliesWhen: workflow.appliesWhen, departments: workflow.departments, materials: workflow.materials,
            targets: workflow.targets, stages: stages, levers: workflow.levers, simulation: workflow.simulation,
            supervision: workflow.supervision)
    }
}
