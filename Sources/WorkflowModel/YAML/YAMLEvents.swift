// Yams' own parser composes whole trees, and hashes them to find duplicate keys, before a caller can refuse anything.
// Its libyaml hands out one event at a time, with both ends of every token; the module comes with Yams.
internal import CYaml

/// The events of a YAML text, one at a time, as libyaml finds them.
final class YAMLEvents {
    enum Event {
        case scalar(String, isPlain: Bool)
        case alias
        case listStart(isFlow: Bool)
        case listEnd
        case mapStart(isFlow: Bool)
        case mapEnd
        case documentStart
        case documentEnd
        case streamStart
        case streamEnd
    }

    struct Step {
        let event: Event
        let span: TextSpan
        var hasAnchor = false
        var hasTag = false
    }

    /// Why libyaml cannot go on, in its own words.
    struct SyntaxError: Error {
        let problem: String
        let position: TextPosition
    }

    private var parser = yaml_parser_t()
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        yaml_parser_initialize(&parser)
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(&parser)
        input.deallocate()
    }

    func next() throws(SyntaxError) -> Step {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            let problem = parser.problem.map { String(cString: $0) } ?? "out of memory"
            throw SyntaxError(problem: problem, position: TextPosition(parser.problem_mark))
        }
        defer { yaml_event_delete(&event) }
        let span = TextSpan(start: TextPosition(event.start_mark), end: TextPosition(event.end_mark))
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return Step(
                event: .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), span: span,
                hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let list = event.data.sequence_start
            return Step(
                event: .listStart(isFlow: list.style == YAML_FLOW_SEQUENCE_STYLE), span: span,
                hasAnchor: list.anchor != nil, hasTag: list.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let map = event.data.mapping_start
            return Step(
                event: .mapStart(isFlow: map.style == YAML_FLOW_MAPPING_STYLE), span: span,
                hasAnchor: map.anchor != nil, hasTag: map.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return Step(event: .listEnd, span: span)
        case YAML_MAPPING_END_EVENT: return Step(event: .mapEnd, span: span)
        case YAML_ALIAS_EVENT: return Step(event: .alias, span: span)
        case YAML_DOCUMENT_START_EVENT: return Step(event: .documentStart, span: span)
        case YAML_DOCUMENT_END_EVENT: return Step(event: .documentEnd, span: span)
        case YAML_STREAM_START_EVENT: return Step(event: .streamStart, span: span)
        default: return Step(event: .streamEnd, span: span)
        }
    }
}

extension TextPosition {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
