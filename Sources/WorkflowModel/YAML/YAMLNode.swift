/// A piece of YAML with its place.
struct YAMLNode: Sendable {
    let content: Content
    /// A scalar or flow collection from end to end; of a block collection only its first key or dash, since a caret
    /// under half the file says nothing.
    let span: TextSpan

    enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case map([YAMLEntry])
    }

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// Nothing after the colon, or `~` or `null`.
    var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { ["", "~", "null"].contains(text) } else { false }
    }
}

/// A key with its value.
struct YAMLEntry: Sendable {
    let key: String
    let keySpan: TextSpan
    let value: YAMLNode
}
