extension WorkflowDefinition {
    /// The facts of a project with the declared defaults filled in.
    ///
    /// A boolean without a default is false. Other facts without a default stay unknown, and comparisons with them are
    /// false. Facts that the workflow does not declare are kept as they are.
    public func resolvedFacts(_ given: [String: FactValue]) -> [String: FactValue] {
        var resolved = given
        for fact in facts where resolved[fact.id] == nil {
            resolved[fact.id] = fact.defaultValue ?? (fact.type == .boolean ? .boolean(false) : nil)
        }
        return resolved
    }

    /// Whether the catalogue picks this workflow for a project. One without `appliesWhen` is never picked.
    public func applies(to project: Project) -> Bool {
        appliesWhen?.evaluate(with: resolvedFacts(project.facts)) ?? false
    }
}
