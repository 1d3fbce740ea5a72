import CaseEngine
import Interchange
import Orchestrator
import WorkCalendar

extension EventLog {
    /// The log of a case as process mining reads it: an event's kind is the activity, its item the instance, the
    /// department of whoever acted the group. Events are at the closing of the office's day on which they count, 17:00 in
    /// Beijing, in the order of the log.
    init(_ records: [EventRecord]) throws {
        let events = try records.map { record in
            let event = try CaseEvent(record: record)
            return LoggedEvent(
                activity: event.kind.rawValue, instance: event.item,
                time: LogTime(date: event.on, millisecondOfDay: 17 * 3_600_000, secondsFromUTC: 8 * 3600),
                resource: event.by.name.isEmpty ? event.by.role.rawValue : event.by.name, group: event.by.department)
        }
        self.init(cases: records.first.map { [LoggedCase(id: $0.caseID.text, events: events)] } ?? [])
    }
}
