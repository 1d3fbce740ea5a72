import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// What the pages of planning ask of an office (流程、日历和办件的查询).
extension CityOffice {
    // MARK: Calendars

    /// The calendars that are published here, a later version after an earlier one; Monday to Friday where there is none.
    func calendars() async throws -> [WorkCalendar] {
        var found: [WorkCalendar] = []
        var cursor: DefinitionEntry?
        while true {
            let page = try await store.definitions(after: cursor, limit: 500)
            for entry in page where entry.id.hasPrefix("calendar.") {
                guard let stored = try await store.definition(entry.id, version: entry.version) else { continue }
                let text = String(decoding: stored.bytes, as: UTF8.self)
                if let calendar = CalendarFile.read(text, path: entry.id).value { found.append(calendar) }
            }
            guard page.count == 500 else { break }
            cursor = page.last
        }
        return found.isEmpty ? [.weekdays] : found
    }

    /// The newest version of a calendar; `nil` when it is not published here.
    func calendar(_ id: String) async throws -> WorkCalendar? { try await calendars().last { $0.id == id } }

    // MARK: Workflows

    /// A version of the library with its text and what it says.
    ///
    /// - Throws: `Problem`, where there is none.
    func version(
        _ workflow: String, _ version: String
    ) async throws -> (entry: LibraryVersion, workflow: WorkflowDefinition, text: String) {
        guard let entry = try await library.library()[workflow, version] else {
            throw Problem(LibraryRejection.unknownVersion(workflow: workflow, version: version))
        }
        let (definition, text) = try await library.draft(entry)
        return (entry, definition, text)
    }

    /// The plan of a project with every fact at its default.
    func plan(_ workflow: WorkflowDefinition, _ start: LocalDate) async throws -> PlanReport {
        try Planner(
            plan: Plan.resolve(workflow, facts: workflow.resolvedFacts([:])),
            calendar: try await calendar(workflow.calendar) ?? .weekdays
        ).report(start: start)
    }

    func workflowsInForce(_ date: LocalDate) async throws -> [(id: String, version: String, title: LocalizedText)] {
        try await shelf(date).compactMap { row in
            (row.inForce ?? row.drafts.last).map { (id: row.id, version: $0.version, title: row.title) }
        }
    }

    /// The library, a row a workflow.
    func shelf(_ date: LocalDate) async throws -> [WorkflowLibraryPage.Row] {
        let library = try await library.library()
        var ids: [String] = []
        for version in library.versions where !ids.contains(version.workflow) { ids.append(version.workflow) }
        var rows: [WorkflowLibraryPage.Row] = []
        let totals = try await board.totals(on: date)
        for id in ids.sorted() {
            let versions = library.versions.filter { $0.workflow == id }
            let current = library.inForce(id, on: date)
            let cases = totals.openCases(of: id)
            let title = try await (current ?? versions.last).asyncMap {
                try await self.library.draft($0).definition.title
            }
            rows.append(
                .init(
                    id: id, title: title ?? LocalizedText(zh: id, en: id), inForce: current,
                    drafts: versions.filter { library.standing(of: $0, on: date) == .draft },
                    upcoming: versions.filter { library.standing(of: $0, on: date) == .upcoming },
                    openCases: cases.values.reduce(0, +),
                    casesOnOlder: cases.filter { $0.key != current?.version }.values.reduce(0, +)))
        }
        return rows
    }

    // MARK: Cases

    /// So many cases are gone through where all are wanted.
    private static let pageSize = 500

    /// The rows of all cases that a filter lets pass.
    func allCases(_ filter: SummaryFilter) async throws -> [StoredSummary] {
        var all: [StoredSummary] = []
        var cursor: CaseID?
        while true {
            let page = try await store.summaries(matching: filter, after: cursor, limit: Self.pageSize)
            all += page.filter { !$0.caseID.isOffice }
            guard page.count == Self.pageSize else { return all }
            cursor = page.last?.caseID
        }
    }

    /// The open cases of a workflow, by the version that they go by: their rows, all of them.
    func openCases(of workflow: String) async throws -> [String: [WorkflowDifferencePage.CaseRow]] {
        let rows = try await allCases(SummaryFilter(status: CaseStatus.open.rawValue, workflow: workflow))
        return Dictionary(grouping: rows, by: \.summary.workflowVersion).mapValues { $0.map(\.row) }
    }
}

extension StoredSummary {
    var row: WorkflowDifferencePage.CaseRow {
        .init(id: caseID.text, project: summary.projectCode ?? caseID.text, title: summary.title)
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let wrapped = self else { return nil }
        return try await transform(wrapped)
    }
}
