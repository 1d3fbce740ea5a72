import CaseEngine
import Foundation
import WorkCalendar

/// How a breach in a case reaches the registry (失信上报).
///
/// The report is stored with the event, in one transaction, and waits in the queue of the registry until it was entered:
/// at least once, and under a key of case and event, so that it is entered once.
enum BreachReports {
    /// The registry as a receiver of messages.
    static let receiver = CaseID.registry.text
    static let kind = "breach"

    /// The reports that events make, which come after so many others of their case.
    static func messages(
        of events: [CaseEvent], after version: Int, in id: CaseID, opening: CaseOpening?
    ) -> [OutgoingMessage] {
        events.enumerated().compactMap { offset, event in
            Breach(event, sequence: version + 1 + offset, of: id.text, opening: opening).map { breach in
                OutgoingMessage(
                    receiver: receiver, kind: Self.kind, dedupKey: breach.id, payload: payload(breach))
            }
        }
    }

    private static func payload(_ breach: Breach) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(breach) else {
            preconditionFailure("a breach is texts, numbers and a date, which JSON has words for")
        }
        return [UInt8](data)
    }

    static func breach(_ message: OutgoingMessage) throws -> Breach {
        try JSONDecoder().decode(Breach.self, from: Data(message.payload))
    }
}

extension RegistryDesk {
    /// Enters the breaches that wait, in order.
    ///
    /// One that cannot be entered, because it is damaged or contradicts what is registered, becomes a dead letter.
    func takeReports(from store: any EventStore, at now: Instant) async throws {
        while true {
            let waiting = try await store.waitingMessages(for: BreachReports.receiver, at: now, limit: 100)
            if waiting.isEmpty { return }
            for message in waiting { try await take(message, from: store, at: now) }
        }
    }

    private func take(_ message: OutboxMessage, from store: any EventStore, at now: Instant) async throws {
        do {
            let breach = try BreachReports.breach(message.message)
            guard let key = CommandKey("breach.\(breach.id)") else { throw RegistryRejection.nameMissing }
            // The registry's dates do not go back; the breach keeps its own.
            let on = max(try await registry().asOf ?? breach.on, breach.on)
            _ = try await enter(.breachRecorded(breach: breach), key: key, by: .system, on: on, at: now)
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
