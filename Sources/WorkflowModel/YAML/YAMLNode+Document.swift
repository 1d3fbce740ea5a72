extension YAMLNode {
    /// The root of a file of any kind, YAML or JSON; `nil` when the report says why there is none to read.
    package static func document(_ report: Report) -> YAMLNode? {
        let root =
            JSONTree.isMeant(by: report.source)
            ? JSONTree.read(report.source, report) : YAMLTree.read(report.source, report)
        if root == nil, !report.hasErrors { report.add(.emptyFile, at: TextSpan(line: 1, column: 1, length: 1)) }
        return report.hasErrors ? nil : root
    }

    /// The tree of a JSON text without a mistake, not even a key that stands twice; `nil` for any other.
    package static func strictJSON(_ bytes: [UInt8]) -> YAMLNode? {
        let source = SourceText(String(decoding: bytes, as: UTF8.self), path: "")
        let report = Report(source)
        let root = JSONTree.read(source, report)
        return report.hasErrors ? nil : root
    }
}
