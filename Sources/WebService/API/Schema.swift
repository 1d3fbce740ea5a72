import WorkCalendar
import WorkflowModel

/// A JSON Schema (2020-12), as OpenAPI 3.1 has it (数据模式).
struct Schema: Sendable, Hashable {
    let json: JSONText

    private init(_ members: KeyValuePairs<String, JSONText>) { json = .members(members) }
    init(_ json: JSONText) { self.json = json }

    /// A schema of ``APISchemas`` by its name.
    static func named(_ name: String) -> Schema { Schema(["$ref": .string("#/components/schemas/\(name)")]) }

    static func text(longest: Int? = nil, pattern: String? = nil, format: String? = nil) -> Schema {
        var members: [JSONText.Member] = [.init("type", .string("string"))]
        if let longest { members.append(.init("maxLength", .integer(longest))) }
        if let pattern { members.append(.init("pattern", .string(pattern))) }
        if let format { members.append(.init("format", .string(format))) }
        return Schema(.object(members))
    }

    static let date = text(format: "date")
    static let moment = text(format: "date-time")
    static let flag = Schema(["type": .string("boolean")])
    static let number = Schema(["type": .string("number")])
    static let anything = Schema(.object([]))

    static func whole(_ range: ClosedRange<Int>? = nil) -> Schema {
        guard let range else { return Schema(["type": .string("integer")]) }
        return Schema([
            "type": .string("integer"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ])
    }

    static func oneOf(_ words: [String]) -> Schema {
        Schema(["type": .string("string"), "enum": .strings(words)])
    }

    static func list(_ element: Schema) -> Schema { Schema(["type": .string("array"), "items": element.json]) }

    /// An object whose members are those named, and no others; those that end in `?` may be left out.
    static func object(_ members: KeyValuePairs<String, Schema>) -> Schema {
        let properties = members.map { JSONText.Member(name(of: $0.key), $0.value.json) }
        let required = members.filter { !$0.key.hasSuffix("?") }.map { JSONText.string($0.key) }
        return Schema([
            "type": .string("object"), "properties": .object(properties), "required": .array(required),
            "additionalProperties": .bool(false),
        ])
    }

    /// An object of which only these members are promised; there may be others.
    static func openObject(_ members: KeyValuePairs<String, Schema>) -> Schema {
        let properties = members.map { JSONText.Member(name(of: $0.key), $0.value.json) }
        let required = members.filter { !$0.key.hasSuffix("?") }.map { JSONText.string($0.key) }
        return Schema([
            "type": .string("object"), "properties": .object(properties), "required": .array(required),
        ])
    }

    /// The same, or nothing.
    var orNull: Schema { Schema(["anyOf": .array([json, .members(["type": .string("null")])])]) }

    private static func name(of key: String) -> String { key.hasSuffix("?") ? String(key.dropLast()) : key }
}
