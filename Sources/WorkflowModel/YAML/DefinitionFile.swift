import WorkCalendar

/// What every file that people write has in common: bytes, and the kind of file they are.
public enum DefinitionFile {
    /// What a file holds; the raw value is the key that says so.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Rules of a running case by example; read by `ScenarioFile`. First, since it may hold a workflow.
        case scenario
        /// The answers on a form; read by `FilledForm`. Before workflows, since it names one.
        case form
        case workflow, city, calendar, project, catalogue
        /// Activities, relations and calendars without any approval; read by `NetworkFile`.
        case network
        /// What a bureau publishes of its items; read by `ItemCatalogueFile`.
        case itemCatalogue

        public var title: LocalizedText {
            switch self {
            case .scenario: .init(zh: "情形", en: "scenario")
            case .workflow: .init(zh: "流程", en: "workflow")
            case .city: .init(zh: "城市", en: "city")
            case .calendar: .init(zh: "日历", en: "calendar")
            case .project: .init(zh: "项目", en: "project")
            case .catalogue: .init(zh: "目录", en: "catalogue")
            case .network: .init(zh: "网络", en: "network")
            case .itemCatalogue: .init(zh: "事项目录", en: "item catalogue")
            case .form: .init(zh: "申请表", en: "form")
            }
        }
    }

    /// The text of a file's bytes, which have to be UTF-8.
    public static func text(of bytes: some Sequence<UInt8>, path: String) -> FileReading<String> {
        let bytes = Array(bytes)
        if let text = String(validating: bytes, as: UTF8.self) { return FileReading(value: text, diagnostics: []) }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var text = String.UnicodeScalarView()
        var (line, column) = (1, 1)
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                text.append(scalar)
                (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
            case .emptyInput, .error: break decoding
            }
        }
        let report = Report(SourceText(String(text), path: path))
        report.add(.notUTF8, at: TextSpan(line: line, column: column, length: 1))
        return report.reading(nil)
    }

    /// Everything that is wrong with a file, whatever its kind. A project's facts are checked for their form only, and of
    /// a network or a scenario only its kind is told, since what is wrong with it takes a solver or an engine to say.
    public static func check(_ text: String, path: String) -> FileReading<Kind> {
        // The keys at the margin tell the kind of every file in block style without reading it twice.
        let source = SourceText(text, path: path)
        var kind = Kind(ofKeys: JSONTree.isMeant(by: source) ? JSONTree.keys(of: source) : keysAtMargin(of: text))
        if kind == nil {
            let found = self.kind(of: text, path: path)
            guard found.value != nil else { return found }
            kind = found.value
        }
        guard let kind else { return FileReading(value: nil, diagnostics: []) }
        func checked(_ reading: FileReading<some Sendable>) -> FileReading<Kind> {
            FileReading(
                value: reading.value == nil ? nil : kind, diagnostics: reading.diagnostics, omitted: reading.omitted)
        }
        return switch kind {
        case .workflow: checked(WorkflowFile.read(text, path: path))
        case .city: checked(CityFile.read(text, path: path))
        case .calendar: checked(CalendarFile.read(text, path: path))
        case .project: checked(ProjectFile.read(text, path: path))
        case .catalogue: checked(CatalogueFile.read(text, path: path))
        case .network: FileReading(value: .network, diagnostics: [])
        case .itemCatalogue: checked(ItemCatalogueFile.read(text, path: path))
        case .form: checked(FilledForm.read(text, path: path))
        case .scenario: FileReading(value: .scenario, diagnostics: [])
        }
    }

    /// Whether a text is a network, told from its top-level keys; what is no file of any kind is none.
    public static func isNetwork(_ text: String, path: String) -> Bool {
        let source = SourceText(text, path: path)
        let keys = JSONTree.isMeant(by: source) ? JSONTree.keys(of: source) : keysAtMargin(of: text)
        return Kind(ofKeys: keys) == .network
    }

    /// The plain keys that begin a line.
    private static func keysAtMargin(of text: String) -> Set<String> {
        var keys: Set<String> = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            guard let first = line.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
                let colon = line.prefix(64).firstIndex(of: UInt8(ascii: ":"))
            else { continue }
            keys.insert(String(decoding: line[..<colon], as: UTF8.self))
        }
        return keys
    }

    /// The kind of a file, from its top-level keys; `nil` with the reasons when there is none.
    public static func kind(of text: String, path: String) -> FileReading<Kind> {
        let report = Report(SourceText(text, path: path))
        let document = Document(report)
        return report.reading(document?.kind)
    }
}

extension DefinitionFile.Kind {
    /// The kind that top-level keys tell. A workflow or a city also says which calendar it counts on, so the order of the
    /// cases decides; and it is known by its stages, a network by its activities, even if its own key is missing.
    init?(ofKeys keys: Set<String>) {
        let found = Self.allCases.first {
            keys.contains($0.rawValue) || ($0 == .workflow && keys.contains("stages"))
                || ($0 == .network && keys.contains("activities"))
        }
        guard let found else { return nil }
        self = found
    }
}

/// The top level of a file, whatever its kind.
package struct Document {
    package let root: YAMLNode
    package let kind: DefinitionFile.Kind
    /// Where the key stands that says the kind.
    let kindSpan: TextSpan

    package init?(_ report: Report) {
        let tree =
            JSONTree.isMeant(by: report.source)
            ? JSONTree.read(report.source, report) : YAMLTree.read(report.source, report)
        guard let root = tree else {
            if !report.hasErrors { report.add(.emptyFile, at: TextSpan(line: 1, column: 1, length: 1)) }
            return nil
        }
        guard case .map(let entries) = root.content, !entries.isEmpty else {
            if !report.hasErrors { report.add(.emptyFile, at: root.span) }
            return nil
        }
        let keys = Dictionary(entries.map { ($0.key, $0.keySpan) }, uniquingKeysWith: { first, _ in first })
        guard let kind = DefinitionFile.Kind(ofKeys: Set(keys.keys)),
            let span = keys[kind.rawValue] ?? keys["stages"] ?? keys["activities"]
        else {
            let kinds = DefinitionFile.Kind.allCases.map(\.rawValue)
            let nearest = keys.keys.sorted().lazy.compactMap { nearestName(to: $0, among: kinds) }.first
            report.add(.unknownKindOfFile(nearest: nearest), at: entries[0].keySpan)
            return nil
        }
        self.root = root
        self.kind = kind
        self.kindSpan = span
    }

    /// The fields of a file that has to be of one kind.
    package static func fields(_ wanted: DefinitionFile.Kind, keys: [String], _ report: Report) -> Fields? {
        guard let document = Document(report) else { return nil }
        guard document.kind == wanted else {
            report.add(.otherKindOfFile(found: document.kind, wanted: wanted), at: document.kindSpan)
            return nil
        }
        return Fields(document.root, keys: keys, named: wanted.rawValue, report: report)
    }
}
