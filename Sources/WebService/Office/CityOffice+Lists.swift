import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Lists of work and of cases, read from rows, a page at a time (待办与办件清单).
extension CityOffice {
    /// Whose tasks somebody is shown, and which of them; `nil` for those whom nothing waits for.
    func inbox(of person: Person) async throws -> (party: String, filter: TaskFilter)? {
        switch person.role {
        case .applicant, .agent, .intermediary:
            (Party.applicant.name, TaskFilter(owners: try await owners(of: person)))
        case .window: (Party.window.name, TaskFilter())
        case .supervisor: (Party.supervisor.name, TaskFilter())
        case .handler, .reviewer, .approver, .head, .technicalUnit, .utility:
            person.post.department.map { ($0, TaskFilter(person: person.name)) }
        case .manager, .editor, .administrator, .securityAdministrator, .auditAdministrator: nil
        }
    }

    /// The owners and projects whose cases are somebody's: those of the post, under their codes and names, and for an agent
    /// those of assignments in force.
    func owners(of person: Person) async throws -> [String] {
        var names = person.post.owners
        let registry = try await orchestrator.registry()
        if person.role == .agent {
            for assignment in registry.assignments.values.sorted(by: { $0.id < $1.id })
            where assignment.agent == person.name && assignment.isInForce(on: clock.today) {
                names += [assignment.project ?? assignment.owner].compactMap(\.self)
            }
        }
        // Only what an assignment names goes by the registry: a post's owners are compared as they are written.
        let known = names.dropFirst(person.post.owners.count).compactMap { registry.owner($0) }
        names += known.flatMap { [$0.code, $0.name] }
        var seen: Set<String> = []
        return Array(names.filter { seen.insert($0).inserted }.prefix(ListFilter.ownerLimit))
    }

    /// A page of what waits for somebody: by rank, then limit.
    func tasks(of person: Person, _ narrowed: TaskFilter, after cursor: CaseTask?, limit: Int) async throws
        -> [CaseTask]
    {
        guard let (party, wanted) = try await inbox(of: person) else { return [] }
        var filter = wanted
        filter.dueThrough = narrowed.dueThrough
        let found = try await store.tasks(of: party, filter, after: cursor, limit: limit)
        return try await readable(found, by: person, caseID: \.caseID)
    }

    /// How many tasks somebody has, and how many are late or will be within three days.
    func taskCount(of person: Person) async throws -> TaskCount {
        guard let (party, filter) = try await inbox(of: person) else {
            return TaskCount(open: 0, overdue: 0, dueSoon: 0)
        }
        let today = clock.today
        let store = store
        return try await counts.value(.tasks(of: party, filter, today)) {
            try await store.taskCount(of: party, filter, today: today, horizon: today.adding(days: 3))
        }
    }

    /// What somebody's cases or items wait for others to do, the first of it.
    func awaited(by person: Person, limit: Int) async throws -> [CaseTask] {
        switch person.role {
        case .applicant, .agent, .intermediary:
            let filter = TaskFilter(owners: try await owners(of: person))
            let found = try await store.tasks(ofOthersThan: Party.applicant.name, filter, limit: limit)
            return try await readable(found, by: person, caseID: \.caseID)
        case .handler, .reviewer, .approver, .head, .technicalUnit, .utility:
            guard let department = person.post.department else { return [] }
            return try await store.tasks(ofOthersThan: department, TaskFilter(lead: department), limit: limit)
        case .window:
            // Whom the window follows up: what others do, they see themselves.
            return try await store.tasks(of: Party.applicant.name, TaskFilter(), after: nil, limit: limit)
        default: return []
        }
    }

    /// An agent's rows are looked at once more, case by case: an assignment may be for an owner and a project at once.
    private func readable<Row>(
        _ rows: [Row], by person: Person, caseID: (Row) -> CaseID
    ) async throws -> [Row] {
        guard person.role == .agent else { return rows }
        let registry = try await orchestrator.registry()
        var found: [Row] = []
        for row in rows {
            let snapshot = try await orchestrator.snapshot(of: caseID(row))
            let relation = person.relation(to: snapshot, registry: registry, on: clock.today)
            if Permissions.allows(.readCase, to: person.role, relation) { found.append(row) }
        }
        return found
    }

    // MARK: Cases

    /// Which cases somebody may read, as a list looks for them; `nil` for those who may read none.
    func readable(by person: Person) async throws -> ListFilter? {
        var filter = ListFilter(date: clock.today)
        if Permissions.allows(.readCase, to: person.role, .other) { return filter }
        if ServiceRole.ofOwners.contains(person.role) {
            filter.owners = try await owners(of: person)
            return filter
        }
        guard ServiceRole.ofDepartments.contains(person.role), let department = person.post.department else {
            return nil
        }
        filter.department = department
        return filter
    }

    /// A page of the cases that somebody may read.
    func cases(
        for person: Person, _ filter: ListFilter, in order: ListOrder, after place: ListPlace?, limit: Int
    ) async throws -> [ListedCase] {
        await lists.catchUp()
        let found = try await store.listedCases(matching: filter, in: order, after: place, limit: limit)
        return try await readable(found, by: person, caseID: \.row.caseID)
    }

    /// How many there are, up to a bound.
    func countCases(_ filter: ListFilter, upTo bound: Int) async throws -> Int {
        let store = store
        return try await counts.value(.cases(filter, upTo: bound)) {
            TaskCount(open: try await store.countListed(matching: filter, upTo: bound), overdue: 0, dueSoon: 0)
        }.open
    }

    /// The calendars that rows name, each read once.
    func calendars(of names: [(id: String?, version: String?)]) async -> [String: WorkCalendar] {
        var found: [String: WorkCalendar] = [:]
        for (id, version) in names {
            guard let id, let version, found["\(id) \(version)"] == nil else { continue }
            found["\(id) \(version)"] = try? await orchestrator.calendar(id, version: version)
        }
        return found
    }
}
