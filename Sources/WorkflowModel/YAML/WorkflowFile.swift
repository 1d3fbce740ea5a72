/// Reads workflows (流程文件).
public enum WorkflowFile {
    /// The workflow in a text, or what is wrong with it.
    ///
    /// Everything that can be checked without a project is checked: a workflow that comes out has one answer to every
    /// question about its order, its limits and its conditions.
    /// - Complexity: near-linear in the length of the text.
    public static func read(_ text: String, path: String) -> FileReading<WorkflowDefinition> {
        let report = Report(SourceText(text, path: path))
        guard let draft = WorkflowReader.draft(report) else { return report.reading(nil) }
        WorkflowRules.check(draft, report)
        return report.reading(draft.definition)
    }

    /// The workflow that stands within another file, as far as it can be read; what is wrong goes to that file's report.
    package static func read(_ node: YAMLNode, _ report: Report) -> WorkflowDefinition? {
        guard let draft = WorkflowReader.draft(node, report) else { return nil }
        WorkflowRules.check(draft, report)
        return draft.definition
    }
}
