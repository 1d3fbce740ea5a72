import WorkCalendar

/// A workflow together with where its items and materials stand, so that what another file says against it can be shown
/// there.
public struct PlacedWorkflow: Sendable {
    public let definition: WorkflowDefinition
    let places: CataloguePlaces

    /// The workflow in a text, or what is wrong with it.
    /// - Complexity: near-linear in the length of the text.
    public static func read(_ text: String, path: String) -> FileReading<PlacedWorkflow> {
        let report = Report(SourceText(text, path: path))
        guard let draft = WorkflowReader.draft(report) else { return report.reading(nil) }
        WorkflowRules.check(draft, report)
        var places: [String: Diagnostic.Place] = [:]
        for item in draft.items {
            let name = "items/\(item.id)"
            places[name] = report.source.place(item.span)
            for key in ["title", "basis", "limit", "statutory"] where item.fields.has(key) {
                places["\(name)/\(key)"] = report.source.place(item.fields.span(key))
            }
            for (requirement, span) in item.materials {
                places["\(name)/materials/\(requirement.material)"] = report.source.place(span)
            }
        }
        for material in draft.materials {
            let name = "materials/\(material.value.id)"
            places[name] = report.source.place(material.fields.heading)
            for key in ["title", "basis"] where material.fields.has(key) {
                places["\(name)/\(key)"] = report.source.place(material.fields.span(key))
            }
        }
        let whole = report.source.place(draft.fields.heading)
        return report.reading(
            PlacedWorkflow(definition: draft.definition, places: CataloguePlaces(places, whole: whole)))
    }
}

extension Item {
    /// Whether the administration handles it, so that it has to stand in an item catalogue: what the government or its
    /// technical review holds the clock of.
    public var isOfTheCatalogue: Bool { kind != .milestone && (clock == .gov || clock == .tech) }
}
