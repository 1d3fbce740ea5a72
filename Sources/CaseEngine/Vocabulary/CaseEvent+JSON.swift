import Foundation
import WorkCalendar

/// Why a payload of the log cannot be read as an event.
public enum CaseEventReadingError: Error, Hashable, Sendable {
    /// Written by a later version.
    case unknownSchema(Int)
    case unknownKind(String)
    /// The payload is no event of that kind.
    case malformed(kind: String, reason: String)
}

extension CaseEvent: Codable {
    private enum CodingKeys: String, CodingKey { case on, by, item, what, grounds }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let what = try container.decode(Happening.self, forKey: .what)
        let item = try container.decodeIfPresent(String.self, forKey: .item)
        guard what.isOfItem == (item != nil) else {
            throw DecodingError.dataCorruptedError(
                forKey: .item, in: container, debugDescription: "an event of an item names it, and no other does")
        }
        self.init(
            on: try container.decode(LocalDate.self, forKey: .on), by: try container.decode(Actor.self, forKey: .by),
            item: item, what, grounds: try container.decodeIfPresent(Grounds.self, forKey: .grounds))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(on, forKey: .on)
        try container.encode(by, forKey: .by)
        try container.encodeIfPresent(item, forKey: .item)
        try container.encode(what, forKey: .what)
        try container.encodeIfPresent(grounds, forKey: .grounds)
    }

    /// Canonical JSON: sorted keys, no white space; the same event gives the same bytes in every process.
    public var payload: [UInt8] {
        var json = CanonicalJSON(capacity: 256)
        write(to: &json)
        return json.bytes
    }

    /// Reads what ``payload`` wrote.
    ///
    /// - Parameters:
    ///   - kind: the event's name as it stands beside the payload in the log; must agree with it.
    ///   - schema: the payload's shape, 1…``CaseEvent/schema``.
    public init(kind: String, schema: Int, payload: [UInt8]) throws(CaseEventReadingError) {
        guard (1...Self.schema).contains(schema) else { throw .unknownSchema(schema) }
        guard Kind(rawValue: kind) != nil else { throw .unknownKind(kind) }
        let event: CaseEvent
        do {
            event = try JSONDecoder().decode(CaseEvent.self, from: Data(payload))
        } catch {
            throw .malformed(kind: kind, reason: String(describing: error))
        }
        guard event.kind.rawValue == kind else {
            throw .malformed(kind: kind, reason: "the payload is of kind \(event.kind.rawValue)")
        }
        self = event
    }
}
