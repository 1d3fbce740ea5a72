import CaseEngine
import Interchange
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension CaseSnapshot {
    /// The deadlines that run in a case and the milestones ahead, as events of a calendar.
    ///
    /// - Parameters:
    ///   - city: what makes the names of events unique beyond this city.
    ///   - base: where links begin, such as `https://host`; `nil` for none.
    public func deadlineEvents(
        on date: LocalDate, city: String, base: String?, _ language: Language
    ) throws -> [CalendarFeed.Event] {
        guard let opening = state.opening else { return [] }
        let schedule = try Forecaster(machine).schedule(state, on: date)
        let parts = HandledPart.all(of: id.text, machine, state, asOf: max(date, state.asOf ?? date))
        let isOver = state.status == .withdrawn || state.status == .cancelled
        func event(_ name: String, _ day: LocalDate, _ summary: String, _ item: String) -> CalendarFeed.Event {
            CalendarFeed.Event(
                id: "\(id.text)/\(name)@\(city).binglian", sequence: state.version, first: day,
                summary: "\(summary) · \(opening.title[language])",
                description: "\(opening.project) · \(language.say("办件 ", "case "))\(id.text)",
                link: base.map { $0 + Links.task(id.text, item) }, isCancelled: isOver)
        }
        var events = parts.filter { $0.end == nil }.compactMap { part -> CalendarFeed.Event? in
            guard let due = (part.promised ?? part.statutory)?.due else { return nil }
            let name = [part.item, part.participant].compactMap(\.self).joined(separator: ".")
            return event(
                "\(name)/limit", due,
                language.say("期限：", "due: ") + part.title[language] + "（\(part.departmentTitle[language])）", part.item)
        }
        for row in schedule.rows
        where row.standing == .ahead && machine.plan[row.activity.item]?.item.kind == .milestone {
            events.append(
                event(
                    "\(row.activity.id)/milestone", row.finish,
                    language.say("预计：", "expected: ") + row.activity.title[language], row.activity.item))
        }
        return events
    }
}
