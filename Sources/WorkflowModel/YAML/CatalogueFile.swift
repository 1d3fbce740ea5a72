import WorkCalendar

/// A list of workflows from which the first is picked whose `appliesWhen` holds (流程目录).
public struct Catalogue: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    /// File names relative to the catalogue, in the order in which they are asked. Never empty.
    public let workflows: [String]

    public init(id: String, title: LocalizedText, workflows: [String]) {
        self.id = id
        self.title = title
        self.workflows = workflows
    }
}

/// Reads catalogues (目录文件).
public enum CatalogueFile {
    /// The catalogue in a text, or what is wrong with it. Whether its files exist is for the caller to find out.
    public static func read(_ text: String, path: String) -> FileReading<Catalogue> {
        let report = Report(SourceText(text, path: path))
        return report.reading(catalogue(report))
    }

    private static func catalogue(_ report: Report) -> Catalogue? {
        guard let fields = Document.fields(.catalogue, keys: ["catalogue", "title", "workflows"], report) else {
            return nil
        }
        fields.require("title", "workflows")
        let id = fields.id("catalogue")
        let title = fields.localized("title")
        let names = fields.texts("workflows")
        if let names, names.isEmpty { report.add(.emptyCatalogue, at: fields.span("workflows")) }
        var seen: Set<String> = []
        for (name, span) in names ?? [] {
            if !isFileName(name) {
                report.add(.notAFileName(name), at: span)
            } else if !seen.insert(name).inserted {
                report.add(.listedTwice(name), at: span)
            }
        }
        guard let id, let title, let names else { return nil }
        return Catalogue(id: id, title: title, workflows: names.map(\.text))
    }

    /// A relative path that stays within the catalogue's folder.
    static func isFileName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isRelative = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } && !name.contains("\\")
        return isRelative && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }
}
