import CaseEngine
import WorkCalendar

@testable import Orchestrator

/// What one append carried beside its request: what was decided, so that nobody has to read it back from bytes.
enum Cargo {
    case events([CaseEvent])
    case registry([RegistryEvent])
    case library([LibraryEvent])
}

/// The one store of a simulated world: judges as ``StoreContents`` does and remembers what every record says.
struct SimulatedStore {
    private(set) var contents = StoreContents()
    private var said: [ChainHash: CaseEvent] = [:]
    private var entered: [ChainHash: RegistryEvent] = [:]
    private var decoded = 0

    /// Stores what can be stored and tells what was new.
    mutating func append(
        _ request: AppendRequest, _ cargo: Cargo
    ) throws(StoreError) -> (outcome: AppendOutcome, before: Head, records: [EventRecord]) {
        let before = contents.head(of: request.caseID) ?? .empty
        let outcome = try contents.append([request])[0]
        guard case .appended = outcome else { return (outcome, before, []) }
        let records = contents.events(of: request.caseID, after: before.version, limit: request.events.count)
        switch cargo {
        case .events(let events): for (record, event) in zip(records, events) { said[record.hash] = event }
        case .registry(let events): for (record, event) in zip(records, events) { entered[record.hash] = event }
        case .library: break
        }
        return (outcome, before, records)
    }

    /// The event that a record holds; now and then read from its bytes, as every real node does always.
    mutating func event(_ record: EventRecord) throws -> CaseEvent {
        decoded += 1
        guard let known = said[record.hash] else { return try CaseEvent(record: record) }
        if decoded % 16 == 0 {
            let read = try CaseEvent(record: record)
            guard read == known else {
                throw OrchestratorError.unreadableLog(
                    record.caseID, "\(record.event.kind) reads otherwise: \(known) \(read)")
            }
            return read
        }
        return known
    }

    func entry(_ record: EventRecord) throws -> RegistryEvent {
        if let known = entered[record.hash] { return known }
        return try RegistryEvent(record: record)
    }

    mutating func change(_ body: (inout StoreContents) -> Void) { body(&contents) }
}
