extension YAMLNode {
    /// The root of a file of any kind, YAML or JSON; `nil` when the report says why there is none to read.
    package static func document(_ report: Report) -> YAMLNode? {
        let root =
            JSONTree.isMeant(by: report.source)
            ? JSONTree.read(report.source, report) : YAMLTree.read(report.source, report)
        if root == nil, !report.hasErrors { report.add(.emptyFile, at: TextSpan(line: 1, column: 1, length: 1)) }
        return report.hasErrors ? nil : root
    }
}
