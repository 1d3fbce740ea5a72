import Foundation
import WorkCalendar

extension RegistryEvent {
    /// JSON with sorted keys and no white space: the same event gives the same bytes in every process.
    ///
    /// Entries are rare, so that the encoder's price does not matter as it does for cases.
    public var payload: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("an entry is texts, whole numbers and dates, which JSON has words for")
        }
        return [UInt8](data)
    }

    /// Reads what ``payload`` wrote.
    ///
    /// - Parameters:
    ///   - kind: the event's name as it stands beside the payload in the log; must agree with it.
    ///   - schema: the payload's shape, 1…``RegistryEvent/schema``.
    public init(kind: String, schema: Int, payload: [UInt8]) throws(CaseEventReadingError) {
        guard (1...Self.schema).contains(schema) else { throw .unknownSchema(schema) }
        guard Kind(rawValue: kind) != nil else { throw .unknownKind(kind) }
        let event: RegistryEvent
        do {
            event = try JSONDecoder().decode(RegistryEvent.self, from: Data(payload))
        } catch {
            throw .malformed(kind: kind, reason: String(describing: error))
        }
        guard event.kind.rawValue == kind else {
            throw .malformed(kind: kind, reason: "the payload is of kind \(event.kind.rawValue)")
        }
        self = event
    }
}

extension RegistryEntry {
    /// What is asked for and by whom, in bytes that are equal when both are equal, and only then.
    public func statement(by actor: Actor) -> [UInt8] {
        RegistryEvent(on: .earliest, by: actor, self).payload
    }
}
