/// Builds the tree of a file from its events, within limits and without ever following an alias.
///
/// Anchors, aliases, merge keys and tags are refused where they stand: nothing is expanded, so a small file cannot
/// become large. The depth is bounded, so the walk over a tree may recurse.
struct YAMLTree {
    static let greatestDepth = 32
    static let mostNodes = 600_000

    /// The root of the file, or `nil` when the report says why there is none to read.
    static func read(_ source: SourceText, _ report: Report) -> YAMLNode? {
        if source.bytes.count > SourceText.largestSize {
            report.add(.fileTooLarge(bytes: source.bytes.count), at: TextSpan(line: 1, column: 1, length: 1))
            return nil
        }
        if let (scalar, span) = source.firstForbidden() {
            report.add(.forbiddenCharacter(scalar), at: span)
            return nil
        }
        var tree = YAMLTree(events: YAMLEvents(source.bytes), report: report)
        do {
            return try tree.build()
        } catch {
            report.add(.syntax(of: error, in: source), at: TextSpan(start: error.position, end: error.position))
            return nil
        }
    }

    private let events: YAMLEvents
    private let report: Report
    private var open: [Collection] = []
    private var nodes = 0
    private var documents = 0
    private var root: YAMLNode?
    /// Each refused feature is reported where it is met first.
    private var refused: Set<DiagnosticCode> = []

    private struct Collection {
        let isMap: Bool
        let isFlow: Bool
        let start: TextSpan
        var elements: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var key: (text: String?, span: TextSpan)?
        var keys: Set<String> = []
    }

    private init(events: YAMLEvents, report: Report) {
        self.events = events
        self.report = report
    }

    private mutating func build() throws(YAMLEvents.SyntaxError) -> YAMLNode? {
        while true {
            let step = try events.next()
            if step.hasAnchor { refuse(.anchor, at: step.span) }
            if step.hasTag { refuse(.tag, at: step.span) }
            switch step.event {
            case .scalar(let text, let isPlain):
                add(YAMLNode(content: .scalar(text, isPlain: isPlain), span: step.span))
            case .alias:
                refuse(.alias, at: step.span)
                add(YAMLNode(content: .scalar("", isPlain: true), span: step.span))
            case .listStart(let isFlow): open.append(Collection(isMap: false, isFlow: isFlow, start: step.span))
            case .mapStart(let isFlow): open.append(Collection(isMap: true, isFlow: isFlow, start: step.span))
            case .listEnd, .mapEnd: close(at: step.span)
            case .documentStart:
                documents += 1
                if documents > 1 {
                    refuse(.severalDocuments, at: step.span)
                    return nil
                }
            case .streamEnd: return refused.isEmpty ? root : nil
            case .documentEnd, .streamStart: break
            }
            guard open.count <= Self.greatestDepth else {
                refuse(.nestedTooDeep(limit: Self.greatestDepth), at: step.span)
                return nil
            }
            guard nodes <= Self.mostNodes else {
                refuse(.tooManyNodes(limit: Self.mostNodes), at: step.span)
                return nil
            }
        }
    }

    private mutating func refuse(_ wording: @autoclosure () -> Wording, at span: TextSpan) {
        let wording = wording()
        if refused.insert(wording.code).inserted { report.add(wording, at: span) }
    }

    private mutating func add(_ node: YAMLNode) {
        nodes += 1
        guard var parent = open.popLast() else {
            root = node
            return
        }
        defer { open.append(parent) }
        guard parent.isMap else {
            parent.elements.append(node)
            return
        }
        guard let key = parent.key else {
            parent.key = (node.text, node.span)
            if node.text == "<<" {
                refuse(.mergeKey, at: node.span)
            } else if let text = node.text, !parent.keys.insert(text).inserted {
                let entries = parent.entries
                report.add(
                    .duplicateKey(text), at: node.span,
                    notes: entries.filter { $0.key == text }.map { ($0.keySpan, Wording.firstHere) })
                parent.key?.text = nil
            } else if node.text == nil {
                report.add(.keyIsNoText, at: node.span)
            }
            return
        }
        parent.key = nil
        // The second of two equal keys and a key that is no text are reported; what they hold is left out.
        if let text = key.text { parent.entries.append(YAMLEntry(key: text, keySpan: key.span, value: node)) }
    }

    private mutating func close(at end: TextSpan) {
        guard let closed = open.popLast() else { return }
        let content: YAMLNode.Content = closed.isMap ? .map(closed.entries) : .list(closed.elements)
        var span = TextSpan(start: closed.start.start, end: end.end)
        if !closed.isFlow {
            let start = closed.start.start
            span = closed.entries.first?.keySpan ?? TextSpan(line: start.line, column: start.column, length: 1)
        }
        add(YAMLNode(content: content, span: span))
    }
}
