import CaseEngine
import Foundation
import WorkCalendar

/// How a breach or an appointment in a case reaches the registry (上报).
///
/// The report is stored with the event, in one transaction, and waits in the queue of the registry until it was entered:
/// at least once, and under a key of case and event, so that it is entered once.
enum RegistryReports {
    /// The registry as a receiver of messages.
    static let receiver = CaseID.registry.text

    /// The reports that events make, which come after so many others of their case.
    static func messages(
        of events: [CaseEvent], after version: Int, in id: CaseID, opening: CaseOpening?
    ) -> [OutgoingMessage] {
        events.enumerated().compactMap { offset, event in
            guard event.isReported,
                let told = ReportedEntry(event, sequence: version + 1 + offset, of: id.text, opening: opening)
            else { return nil }
            return OutgoingMessage(
                receiver: receiver, kind: kind(of: told.entry), dedupKey: told.id, payload: payload(of: told.entry))
        }
    }

    private static func kind(of entry: RegistryEntry) -> String {
        if case .breachRecorded = entry { "breach" } else { "appointment" }
    }

    private static func payload(of entry: RegistryEntry) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data? =
            switch entry {
            case .breachRecorded(let breach): try? encoder.encode(breach)
            case .appointmentReported(let report): try? encoder.encode(report)
            default: nil
            }
        guard let data else {
            preconditionFailure("a breach and an appointment are texts, numbers and dates, which JSON has words for")
        }
        return [UInt8](data)
    }

    /// What a message enters.
    static func entry(_ message: OutgoingMessage) throws -> ReportedEntry {
        let decoder = JSONDecoder()
        if message.kind == "breach" {
            return ReportedEntry(try decoder.decode(Breach.self, from: Data(message.payload)))
        }
        let report = try decoder.decode(AppointmentReport.self, from: Data(message.payload))
        return ReportedEntry(report, id: message.dedupKey)
    }

    /// The key under which it is entered.
    static func key(of told: ReportedEntry) -> CommandKey? { CommandKey("\(kind(of: told.entry)).\(told.id)") }
}

extension RegistryDesk {
    /// Enters what cases report, in order.
    ///
    /// What cannot be entered, because it is damaged or contradicts what is registered, becomes a dead letter.
    func takeReports(from store: any EventStore, at now: Instant) async throws {
        while true {
            let waiting = try await store.waitingMessages(for: RegistryReports.receiver, at: now, limit: 100)
            if waiting.isEmpty { return }
            for message in waiting { try await take(message, from: store, at: now) }
        }
    }

    private func take(_ message: OutboxMessage, from store: any EventStore, at now: Instant) async throws {
        do {
            let told = try RegistryReports.entry(message.message)
            guard let key = RegistryReports.key(of: told) else { throw RegistryRejection.nameMissing }
            // The registry's dates do not go back; what is told keeps its own.
            let on = max(try await registry().asOf ?? told.on, told.on)
            _ = try await enter(told.entry, key: key, by: .system, on: on, at: now)
        } catch let rejection as RegistryRejection {
            try await store.markFailed(message.id, reason: rejection.code, retryAt: nil)
            return
        } catch let error as DecodingError {
            try await store.markFailed(message.id, reason: "\(error)", retryAt: nil)
            return
        }
        try await store.markDelivered([message.id])
    }
}
