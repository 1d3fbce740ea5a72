import WorkCalendar

@testable import CaseEngine
@testable import Orchestrator

extension Invariant {
    static let store: [Invariant] = [
        Invariant(
            number: 14, statement: "A case's log has no gap, its chain holds, and one key has one outcome",
            source: "docs/decisions/0004",
            append: { step in
                guard let last = step.records.last else { return "an append without a record" }
                do {
                    let end = try HashChain.verify(step.records, of: step.request.caseID, from: step.before)
                    if end.version != step.before.version + step.request.events.count { return "records are missing" }
                    if end != Head(version: last.sequence, hash: last.hash) { return "another end" }
                } catch { return "\(error)" }
                // Now and then: finding everybody's requests anew takes long.
                if step.state.version % 8 == 0, step.machine.summary(of: step.state) != step.request.summary {
                    return "the row of the list is not that of the state"
                }
                if step.keys[step.request.key] != nil { return "key \(step.request.key) had an effect before" }
                if step.records.contains(where: { $0.key != step.request.key }) { return "a record of another key" }
                for (record, event) in zip(step.records, step.events) {
                    if record.event.kind != event.kind.rawValue || record.event.on != event.on {
                        return "says otherwise"
                    }
                }
                return nil
            }),
        Invariant(
            number: 15, statement: "Nothing is appended that was decided on another end of the log than the store's",
            source: "fencing: the hash of the last event is the token",
            append: { step in
                if step.request.expectedHash == nil { return "decided on no particular event" }
                return step.request.isDecided(on: step.before) ? nil : "decided on \(step.request.expectedVersion)"
            }),
        Invariant(
            number: 16,
            statement:
                "Every breach and every appointment is told to the registry once, in the transaction that recorded it",
            source: "失信上报; docs/decisions",
            append: { step in
                let hasOwner = step.state.opening?.ownerNames.first != nil
                // A firm breaks its own promise, whether or not the case has an owner.
                let breaches = step.events.enumerated().filter {
                    appointments.contains($0.element.kind) || $0.element.kind == .firmOverran
                        || hasOwner && $0.element.breach != nil
                }
                let told = step.messages.filter { $0.receiver == RegistryReports.receiver }
                if told.count != breaches.count { return "\(breaches.count) breaches, \(told.count) reports" }
                for (message, breach) in zip(told, breaches) {
                    let id = "\(step.request.caseID).\(step.before.version + 1 + breach.offset)"
                    if message.dedupKey != id { return "report \(message.dedupKey) for \(id)" }
                    guard let read = try? RegistryReports.entry(message), read.id.hasPrefix("\(step.request.caseID).")
                    else {
                        return "a report names another case"
                    }
                }
                return nil
            }),
        Invariant(
            number: 20, statement: "What is accepted leaves an event", source: "a refusal leaves none: Audit",
            append: { step in step.events.isEmpty ? "an append without events" : nil }),
    ]

    private static let appointments: Set<CaseEvent.Kind> = [
        .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentKept, .appointmentMissed,
    ]
}
