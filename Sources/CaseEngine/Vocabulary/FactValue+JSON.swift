import WorkCalendar
import WorkflowModel

extension FactValue: Codable {
    /// Reads `true`, `12.5` or `"text"`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        }
    }
}

extension Work: Codable {
    private enum Keys: String, CodingKey { case id, title, code, facts }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            title: try container.decode(LocalizedText.self, forKey: .title),
            code: try container.decodeIfPresent(String.self, forKey: .code),
            facts: try container.decode([String: FactValue].self, forKey: .facts))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encodeIfPresent(code, forKey: .code)
        try container.encode(facts, forKey: .facts)
    }
}
