/// Another value for one figure of an item in a workflow file (数值改写), and why.
public struct FigureEdit: Sendable, Hashable {
    public let item: String
    /// Keys from the item down; an element of a list by its id: `["participants", "fire", "takes"]`.
    public let path: [String]
    public let value: String
    /// Written as a comment on a line of its own above, in place of an earlier one; `nil` for none.
    public let note: String?
    /// The key after which it is put if it is not there; `nil` to leave it out then.
    public let after: String?

    public init(item: String, path: [String], value: String, note: String? = nil, after: String? = nil) {
        self.item = item
        self.path = path
        self.value = value
        self.note = note
        self.after = after
    }
}

/// A workflow file whose figures were changed.
public struct EditedWorkflow: Sendable {
    public let text: String
    public let definition: WorkflowDefinition
    /// What the file has no place for.
    public let unplaced: [FigureEdit]
}

extension WorkflowFile {
    /// How the comments begin that say where a figure is from.
    public static let noteMark = "# fit 拟合: "

    /// Changes figures in a workflow's text, and nothing besides their characters and the comments above them.
    ///
    /// - Returns: the text and the workflow that it is read as again; what is wrong with the text, before or after, when
    ///   it has errors.
    /// - Complexity: near-linear in the length of the text.
    public static func edited(_ text: String, path: String, _ edits: [FigureEdit]) -> FileReading<EditedWorkflow> {
        let source = SourceText(text, path: path)
        let report = Report(source)
        guard let root = YAMLTree.read(source, report) else { return report.reading(nil) }
        var editor = FigureEditor(source)
        var unplaced: [FigureEdit] = []
        for edit in edits where !editor.place(edit, in: root) { unplaced.append(edit) }
        let changed = (text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : "") + editor.text
        let reading = read(changed, path: path)
        return FileReading(
            value: reading.value.map { EditedWorkflow(text: changed, definition: $0, unplaced: unplaced) },
            diagnostics: reading.diagnostics, omitted: reading.omitted)
    }
}

/// Gathers replacements of stretches of a text, then makes them.
private struct FigureEditor {
    private let source: SourceText
    private let newline: String
    /// By the offset at which they begin; of one offset in the order in which they were made.
    private var replacements: [Replacement] = []
    /// Notes by the line that they stand above.
    private var notes: [Int: [String]] = [:]

    private struct Replacement {
        let range: Range<Int>
        let text: String
    }

    init(_ source: SourceText) {
        self.source = source
        newline = source.bytes.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    }

    // MARK: Finding

    /// - Returns: whether the text has a place for it.
    mutating func place(_ edit: FigureEdit, in root: YAMLNode) -> Bool {
        guard let item = Self.item(edit.item, in: root), let key = edit.path.last else { return false }
        var node = item
        for step in edit.path.dropLast() {
            guard let next = node.child(step) else { return false }
            node = next
        }
        if let value = node.child(key) {
            guard value.text != nil, value.span.start.line == value.span.end.line else { return false }
            let range = source.offset(of: value.span.start)..<source.offset(of: value.span.end)
            replacements.append(Replacement(range: range, text: edit.value))
            if let note = edit.note { notes[value.span.start.line, default: []].append(note) }
            return true
        }
        guard let after = edit.after, let entry = node.entry(after) else { return false }
        insert("\(key): \(edit.value)", after: entry, in: node)
        return true
    }

    private static func item(_ id: String, in root: YAMLNode) -> YAMLNode? {
        for stage in root.child("stages")?.elements ?? [] {
            if let item = stage.child("items")?.child(id) { return item }
        }
        return nil
    }

    private mutating func insert(_ text: String, after entry: YAMLEntry, in map: YAMLNode) {
        let end = entry.value.span.end
        if source.bytes[source.offset(of: map.span.start)] == UInt8(ascii: "{") {
            let offset = source.offset(of: end)
            replacements.append(Replacement(range: offset..<offset, text: ", \(text)"))
        } else {
            let indent = String(repeating: " ", count: entry.keySpan.start.column - 1)
            let next = source.offset(of: TextPosition(line: end.line + 1, column: 1))
            let isCutOff = source.bytes[..<next].last != UInt8(ascii: "\n")
            replacements.append(
                Replacement(range: next..<next, text: "\(isCutOff ? newline : "")\(indent)\(text)\(newline)"))
        }
    }

    // MARK: Changing

    /// The text with all changes.
    var text: String {
        var all = replacements
        for (line, notes) in notes { all.append(noting(Set(notes).sorted(), above: line)) }
        var bytes: [UInt8] = []
        var done = 0
        for change in all.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where change.range.lowerBound >= done {
            bytes += source.bytes[done..<change.range.lowerBound]
            bytes += change.text.utf8
            done = change.range.upperBound
        }
        bytes += source.bytes[done...]
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Comments in the place of those that were written above the line before.
    private func noting(_ notes: [String], above line: Int) -> Replacement {
        var first = line
        while first > 1, trimmed(first - 1).hasPrefix(WorkflowFile.noteMark) { first -= 1 }
        let indent = String(String.UnicodeScalarView(source.line(line).prefix { $0 == " " }))
        let start = source.offset(of: TextPosition(line: first, column: 1))
        let end = source.offset(of: TextPosition(line: line, column: 1))
        let lines = notes.map { "\(indent)\(WorkflowFile.noteMark)\($0.onOneLine)\(newline)" }
        return Replacement(range: start..<end, text: lines.joined())
    }

    private func trimmed(_ line: Int) -> String {
        String(String.UnicodeScalarView(source.line(line).drop { $0 == " " }))
    }
}

extension YAMLNode {
    fileprivate var elements: [YAMLNode] { if case .list(let elements) = content { elements } else { [] } }

    fileprivate func entry(_ key: String) -> YAMLEntry? {
        if case .map(let entries) = content { entries.first { $0.key == key } } else { nil }
    }

    /// The value of a key, or the element of a list that has that id.
    fileprivate func child(_ name: String) -> YAMLNode? {
        switch content {
        case .map: entry(name)?.value
        case .list(let elements): elements.first { $0.child("id")?.text == name }
        case .scalar: nil
        }
    }
}

extension String {
    /// Without line breaks and what a file must not have.
    fileprivate var onOneLine: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { SourceText.isForbidden($0) || $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
}
