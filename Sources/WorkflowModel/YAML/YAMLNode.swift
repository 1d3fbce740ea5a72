/// A piece of YAML with its place.
package struct YAMLNode: Sendable {
    package let content: Content
    /// A scalar or flow collection from end to end; of a block collection only its first key or dash, since a caret
    /// under half the file says nothing.
    package let span: TextSpan

    package enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case map([YAMLEntry])
    }

    package init(content: Content, span: TextSpan) {
        self.content = content
        self.span = span
    }

    /// The text of a scalar.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// Nothing after the colon, or `~` or `null`.
    package var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { ["", "~", "null"].contains(text) } else { false }
    }
}

/// A key with its value.
package struct YAMLEntry: Sendable {
    package let key: String
    package let keySpan: TextSpan
    package let value: YAMLNode

    package init(key: String, keySpan: TextSpan, value: YAMLNode) {
        self.key = key
        self.keySpan = keySpan
        self.value = value
    }
}

extension YAMLNode {
    /// The tree of a JSON text; `nil` when it is none.
    package static func json(_ bytes: [UInt8]) -> YAMLNode? {
        let source = SourceText(String(decoding: bytes, as: UTF8.self), path: "")
        return JSONTree.read(source, Report(source))
    }

    /// The same tree as JSON, which reads back as the same tree but for places.
    package var json: JSONText {
        switch content {
        case .list(let nodes): .array(nodes.map(\.json))
        case .map(let entries): .object(entries.map { JSONText.Member($0.key, $0.value.json) })
        case .scalar(let text, isPlain: true)
        where ["true", "false", "null"].contains(text) || JSONTree.isNumber(text):
            .raw(text)
        case .scalar(let text, _): .string(text)
        }
    }
}
