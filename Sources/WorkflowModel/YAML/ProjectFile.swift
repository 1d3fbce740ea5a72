import WorkCalendar

/// A project as a file tells it, with the places of its facts (项目文件).
public struct ProjectFile: Sendable {
    public let project: Project
    /// Where the project is named.
    let place: Diagnostic.Place
    /// Where each fact's name and value stand.
    let facts: [String: FactPlace]
    /// The same for each of its works.
    let works: [(place: Diagnostic.Place, facts: [String: FactPlace])]

    typealias FactPlace = (name: Diagnostic.Place, value: Diagnostic.Place)

    /// The project in a text, or what is wrong with it. Its facts are checked by `facts(for:)`, against a workflow.
    public static func read(_ text: String, path: String) -> FileReading<ProjectFile> {
        let report = Report(SourceText(text, path: path))
        return report.reading(file(report))
    }

    private static func file(_ report: Report) -> ProjectFile? {
        guard let fields = Document.fields(.project, keys: ["project", "title", "owner", "facts", "works"], report)
        else {
            return nil
        }
        fields.require("title", "facts")
        let code = fields.text("project")
        report.checkProjectCode(fields)
        let title = fields.localized("title")
        let (owner, ownerCode) = report.owner(fields)
        let (values, places) = report.facts(fields)
        let works = works(fields)
        guard let code, let title else { return nil }
        return ProjectFile(
            project: Project(
                code: code, title: title, owner: owner, ownerCode: ownerCode, facts: values,
                works: works.map(\.work)),
            place: report.source.place(fields.heading), facts: places,
            works: works.map { ($0.place, $0.facts) })
    }

    private static func works(
        _ fields: Fields
    ) -> [(work: Work, place: Diagnostic.Place, facts: [String: FactPlace])] {
        let report = fields.report
        let nodes = fields.list("works") ?? []
        if nodes.count > Work.most { report.add(.tooManyWorks(limit: Work.most), at: nodes[Work.most].span) }
        var first: [String: TextSpan] = [:]
        return nodes.prefix(Work.most).compactMap { node in
            guard let fields = Fields(node, keys: ["id", "code", "title", "facts"], named: "id", report: report) else {
                return nil
            }
            fields.require("id", "title")
            let (values, places) = report.facts(fields)
            guard let id = fields.id("id"), let title = fields.localized("title") else { return nil }
            if let other = first[id] {
                report.add(.workTwice(id), at: fields.span("id"), notes: [(other, Wording.firstHere)])
            }
            first[id] = fields.span("id")
            return (
                Work(id: id, title: title, code: fields.text("code"), facts: values),
                report.source.place(fields.heading), places
            )
        }
    }
}

extension Project {
    /// Whether a text has the form of a ``ProjectCode``.
    public static func isCode(_ text: String) -> Bool { ProjectCode.problem(in: text) == nil }
}

extension ProjectFile {
    /// The facts and works in a map of another file as a workflow sees them, defaults filled in; what is wrong goes to
    /// that file's report.
    package static func facts(
        _ fields: Fields, for workflow: WorkflowDefinition
    ) -> (facts: [String: FactValue], works: [Work])? {
        let report = fields.report
        let (values, places) = report.facts(fields)
        let works = works(fields)
        let nowhere = LocalizedText(zh: "", en: "")
        let file = ProjectFile(
            project: Project(code: "", title: nowhere, owner: nil, facts: values, works: works.map(\.work)),
            place: report.source.place(fields.heading), facts: places,
            works: works.map { ($0.place, $0.facts) })
        let reading = file.facts(for: workflow)
        report.add(reading.diagnostics)
        return reading.value.map { ($0, works.map(\.work)) }
    }
}

extension Report {
    /// The project code under the key `project`.
    package func checkProjectCode(_ fields: Fields) {
        guard let code = fields.text("project"), let problem = ProjectCode.problem(in: code) else { return }
        add(.projectCodeShape(code, problem), at: fields.span("project"))
    }

    /// The owner's name, and its code when the file has it.
    package func owner(_ fields: Fields) -> (LocalizedText?, CreditCode?) {
        guard let node = fields.node("owner"), case .map = node.content,
            let parts = Fields(node, keys: ["zh", "en", "creditCode"], report: self)
        else { return (fields.localized("owner"), nil) }
        let name = localized(parts)
        guard let text = parts.text("creditCode") else { return (name, nil) }
        let canonical = CreditCode.canonical(text)
        if let problem = CreditCode.problem(in: canonical) {
            add(.noCreditCode(text, problem), at: parts.span("creditCode"))
            return (name, nil)
        }
        return (name, CreditCode(checked: canonical))
    }

    /// The facts of a map under the key `facts`, and where their names and values stand.
    fileprivate func facts(
        _ fields: Fields
    ) -> ([String: FactValue], [String: (name: Diagnostic.Place, value: Diagnostic.Place)]) {
        var values: [String: FactValue] = [:]
        var places: [String: (name: Diagnostic.Place, value: Diagnostic.Place)] = [:]
        for entry in fields.map("facts") ?? [] {
            guard let value = factValue(entry.value, of: entry.key, at: entry.keySpan) else { continue }
            values[entry.key] = value
            places[entry.key] = (source.place(entry.keySpan), source.place(entry.value.span))
        }
        return (values, places)
    }

    /// The value of a fact: `true` and `false` are booleans, plain numbers are numbers, the rest is text.
    func factValue(_ node: YAMLNode, of key: String, at keySpan: TextSpan) -> FactValue? {
        guard !node.isNull else {
            add(.emptyValue(key), at: keySpan)
            return nil
        }
        guard case .scalar(let text, let isPlain) = node.content else {
            add(.wrongForm(.text, found: node), at: node.span)
            return nil
        }
        guard isPlain else { return .text(text) }
        if let value = ["true": true, "false": false][text] { return .boolean(value) }
        return Double(plainDecimal: text).map { .number($0) } ?? .text(text)
    }
}
