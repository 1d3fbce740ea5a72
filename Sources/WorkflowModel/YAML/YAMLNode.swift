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
}
