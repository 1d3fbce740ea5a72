import CaseEngine
import Crypto
import Foundation
import WorkCalendar

/// What the office itself keeps, as a pure aggregate (机关台账): who is who, which definitions are in force.
///
/// Like a case it is the fold of its events, and an event is never edited; a later shape is read beside the older ones.
public protocol OfficeLedger: Sendable {
    associatedtype Command: Codable & Hashable & Sendable
    associatedtype Event: OfficeEvent

    /// The stream is `office.` and this: letters, digits or `-`.
    static var streamName: String { get }

    /// The ledger before the first event.
    init()

    /// The events that a command makes; throws a rejection in words, and then nothing happens.
    func decide(_ command: Command, in context: CaseContext) throws -> [Event]

    /// Folds an event; total.
    mutating func evolve(by event: Event)
}

/// Something that happened to a ledger of the office.
public protocol OfficeEvent: Codable, Hashable, Sendable {
    /// The stable name of what happened, as it stands in the log.
    var kind: String { get }
    var on: LocalDate { get }
    var by: Actor { get }
    /// The shape of the payload, from 1.
    static var schema: Int { get }
}

extension CaseID {
    /// What the names of the office's own streams begin with; no case has such a name.
    public static let officePrefix = "office."

    /// Whether it names a stream of the office rather than a case.
    public var isOffice: Bool { text.hasPrefix(Self.officePrefix) }
}

extension CaseSummary {
    /// What rows of the office's streams have in place of a workflow; it is no id of one.
    public static let officeWorkflow = "office."
}

/// A stream of events about the office rather than about a case (机关事件流), in the same store, with the same chain of
/// hashes and the same keys.
///
/// Lists of cases leave these streams out, see ``SummaryFilter``. Commands to them are rare, so a ledger is folded anew
/// for every command; of two writers the slower one decides again on what the faster one wrote.
public struct OfficeStream<Ledger: OfficeLedger>: Sendable {
    private let store: any EventStore

    public init(store: any EventStore) { self.store = store }

    /// Under this name the stream lies in the store.
    public static var id: CaseID {
        guard let id = CaseID(CaseID.officePrefix + Ledger.streamName) else {
            preconditionFailure("'\(Ledger.streamName)' cannot name a stream")
        }
        return id
    }

    /// The ledger as it stands.
    ///
    /// - Throws: `OrchestratorError.unreadableLog`; `StoreError`.
    public func ledger() async throws -> Ledger { try await read().ledger }

    /// Everything that happened, in order.
    public func events() async throws -> [Ledger.Event] {
        try await records(after: 0).map { try Self.event(of: $0) }
    }

    /// Carries a command out and returns when it is durable.
    ///
    /// - Parameter key: sent again with it, the command has the same answer and no second effect.
    /// - Throws: what ``OfficeLedger/decide(_:in:)`` throws; `OrchestratorError.keyReused`; `StoreError`.
    @discardableResult
    public func perform(
        _ command: Ledger.Command, key: CommandKey, in context: CaseContext, at: Instant
    ) async throws -> [Ledger.Event] {
        let fingerprint = try Self.fingerprint(of: command, by: context.actor)
        for _ in 0..<Self.attempts {
            if let answer = try await store.answer(of: Self.id, to: key) {
                guard answer.answer == fingerprint else { throw OrchestratorError.keyReused(key) }
                return try await records(after: 0).filter { $0.key == key }.map { try Self.event(of: $0) }
            }
            let (ledger, head, opened) = try await read()
            let events = try ledger.decide(command, in: context)
            guard let first = events.first, let last = events.last else { return [] }
            let request = AppendRequest(
                caseID: Self.id, expectedVersion: head.version, expectedHash: head.hash, key: key,
                events: try events.map { event in
                    NewEvent(
                        kind: event.kind, schema: Ledger.Event.schema, on: event.on, at: at, actor: event.by.label,
                        payload: try Self.encode(event))
                },
                summary: CaseSummary(
                    workflow: CaseSummary.officeWorkflow, workflowVersion: "1", title: Ledger.streamName,
                    status: "office", openedOn: opened ?? first.on, updatedOn: last.on),
                answer: fingerprint)
            if case .appended = try await store.append([request]).first { return events }
        }
        throw OrchestratorError.contended(Self.id)
    }

    private static var attempts: Int { 32 }

    private func read() async throws -> (ledger: Ledger, head: Head, opened: LocalDate?) {
        var ledger = Ledger()
        var head = Head.empty
        var opened: LocalDate?
        for record in try await records(after: 0) {
            ledger.evolve(by: try Self.event(of: record))
            head = Head(version: record.sequence, hash: record.hash)
            opened = opened ?? record.event.on
        }
        return (ledger, head, opened)
    }

    private func records(after sequence: Int) async throws -> [EventRecord] {
        var records: [EventRecord] = []
        while true {
            let page = try await store.events(of: Self.id, after: sequence + records.count, limit: 1000)
            records += page
            if page.count < 1000 { return records }
        }
    }

    private static func event(of record: EventRecord) throws -> Ledger.Event {
        guard record.event.schema <= Ledger.Event.schema else {
            throw OrchestratorError.unreadableLog(record.caseID, "event \(record.sequence) is of a later version")
        }
        do {
            return try JSONDecoder().decode(Ledger.Event.self, from: Data(record.event.payload))
        } catch {
            throw OrchestratorError.unreadableLog(record.caseID, "event \(record.sequence): \(error)")
        }
    }

    private static func fingerprint(of command: Ledger.Command, by actor: Actor) throws -> [UInt8] {
        let statement = OfficeStatement(by: actor, command: command)
        return Array(SHA256.hash(data: try encode(statement)).prefix(16))
    }

    /// Sorted keys and no white space: the same value gives the same bytes in every process.
    private static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }
}

/// What is said to a ledger and who says it.
private struct OfficeStatement<Command: Encodable>: Encodable {
    let by: Actor
    let command: Command
}
