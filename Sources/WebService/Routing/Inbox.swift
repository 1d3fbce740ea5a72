import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// The inbox of whoever asks (我的待办): read from rows of tasks, a page at a time.
enum Inbox {
    private static let perPage = 50
    /// Of a party with so few cases it is looked up what comes next, when nothing waits.
    private static let fewCases = 25

    static func page(_ call: Call) async throws -> WorkPage {
        let person = try call.reader()
        let office = call.office
        let cursor = call.query["after"].flatMap { CaseTask(cursor: $0) }
        let found = try await office.tasks(of: person, TaskFilter(), after: cursor, limit: perPage + 1)
        let shown = Array(found.prefix(perPage))
        let waiting = cursor == nil ? try await office.awaited(by: person, limit: WorkPage.listed + 1) : []
        var page = WorkPage(
            rows: try await rows(of: shown, call), waiting: try await rows(of: waiting, call),
            done: cursor == nil ? try await done(by: person, call) : [],
            next: found.isEmpty && cursor == nil ? try await next(for: person, call) : nil)
        page.isLater = cursor != nil
        if found.count > perPage, let last = shown.last {
            page.more = "\(Links.work)?after=\(Links.escaped(last.cursor))"
        }
        if page.isLater || page.more != nil { page.counts = try await office.taskCount(of: person) }
        return page
    }

    private static func rows(of tasks: [CaseTask], _ call: Call) async throws -> [WorkRow] {
        let bodies = tasks.compactMap { TaskBody($0.task.body) }
        let calendars = await call.office.calendars(of: bodies.map { ($0.calendar, $0.calendarVersion) })
        return tasks.map { task in
            let body = TaskBody(task.task.body)
            let calendar = calendars["\(body?.calendar ?? "") \(body?.calendarVersion ?? "")"]
            return WorkRow(task, on: call.today, calendar: calendar)
        }
    }

    /// What somebody did of late, in cases that they may still read.
    private static func done(by person: Person, _ call: Call) async throws -> [WorkPage.Done] {
        let registry = person.role == .agent ? try await call.office.orchestrator.registry() : nil
        var done: [WorkPage.Done] = []
        for record in try await call.office.lists.recentEvents(by: person.actor, limit: 5) where !record.caseID.isOffice
        {
            let snapshot = try await call.office.orchestrator.snapshot(of: record.caseID)
            let relation = person.relation(to: snapshot, registry: registry, on: call.today)
            guard Permissions.allows(.readCase, to: person.role, relation) else { continue }
            let event = try CaseEvent(record: record)
            let id = record.caseID.text
            let title = snapshot.state.opening?.title ?? LocalizedText(zh: id, en: id)
            done.append(
                .init(
                    on: event.on, words: event.words,
                    item: event.item.flatMap { snapshot.machine.plan[$0]?.item.title } ?? title, project: title,
                    link: event.item.map { Links.task(id, $0) } ?? Links.caseFile(id)))
        }
        return done
    }

    private static func next(for person: Person, _ call: Call) async throws -> LocalizedText? {
        guard let department = person.actor.department, var filter = try await call.office.readable(by: person) else {
            return nil
        }
        filter.department = department
        filter.status = CaseStatus.open.rawValue
        let listed = try await call.office.cases(for: person, filter, in: .urgency, after: nil, limit: fewCases + 1)
        guard listed.count <= fewCases else { return nil }
        var views: [CaseView] = []
        for row in listed {
            let snapshot = try await call.office.orchestrator.snapshot(of: row.row.caseID)
            views.append(CaseView(snapshot, on: call.today))
        }
        return WorkPage.next(for: person.actor, in: views)
    }
}

extension CaseTask {
    /// Its place in an inbox, for addresses.
    var cursor: String { "\(task.rank)~\(task.due?.dayNumber.description ?? "")~\(caseID)~\(task.name)" }

    /// A place that ``cursor`` told; `nil` for any other text.
    init?(cursor: String) {
        let parts = cursor.split(separator: "~", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let rank = Int(parts[0]), (0...99).contains(rank), let id = CaseID(String(parts[2])),
            parts[3].utf8.count <= 128
        else { return nil }
        var due: LocalDate?
        if !parts[1].isEmpty {
            guard let day = Int(parts[1]), (0..<ListOrder.noDay).contains(day) else { return nil }
            due = LocalDate(dayNumber: min(day, LocalDate.latest.dayNumber))
        }
        self.init(
            caseID: id, projectCode: nil, title: "", owner: nil,
            task: StoredTask(name: String(parts[3]), party: "", rank: rank, due: due))
    }
}
