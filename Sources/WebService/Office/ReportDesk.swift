import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// The reports of an office (监察报表), added up from what is kept beside the logs of its cases, and kept while nothing changes.
///
/// In a large office that changes all the time they are added up at most a twentieth of the time, and whoever looks meanwhile
/// gets those of before. No log is read but that of one case of each version of a workflow, for the names of things. What is
/// kept is bounded, whatever the number of cases.
actor ReportDesk {
    private struct Made: Sendable {
        let reports: OversightReports
        let position: Int64
        let took: Duration
        let at: ContinuousClock.Instant
    }

    private struct NameKey: Hashable {
        let workflow: String
        let version: String
        let calendar: String
        let calendarVersion: String
    }

    private let store: any OfficeStore
    private let orchestrator: Orchestrator
    private let lists: CaseLists
    private var made: Made?
    private var making: Task<Made, any Error>?
    private var names: [NameKey: HandlingNames] = [:]
    private static let page = 200
    /// Of all the time, so much goes into adding up: one part in twenty.
    private static let share = 20
    private static let mostNames = 1000

    init(store: any OfficeStore, orchestrator: Orchestrator, lists: CaseLists) {
        self.store = store
        self.orchestrator = orchestrator
        self.lists = lists
    }

    /// Reports that are as new as they have to be.
    func reports(on day: LocalDate) async throws -> OversightReports {
        if let made, made.reports.day == day {
            if ContinuousClock.now - made.at < made.took * Self.share { return made.reports }
            if try await store.latestPosition() == made.position, await lists.isFilled { return made.reports }
        }
        if let making { return try await making.value.reports }
        let task = Task { try await self.add(on: day) }
        making = task
        defer { making = nil }
        let new = try await task.value
        made = new
        return new.reports
    }

    private func add(on day: LocalDate) async throws -> Made {
        await lists.catchUp()
        let start = ContinuousClock.now
        let position = try await store.latestPosition()
        var reports = OversightReports(on: day)
        try await eachCase { id, handling, names in reports.add(id, handling, naming: names) }
        return Made(reports: reports, position: position, took: ContinuousClock.now - start, at: .now)
    }

    /// The handled parts of all cases in the order of opening, those of some cases at a time.
    nonisolated func eachPage(
        on day: LocalDate, _ body: (_ parts: [HandledPart]) async throws -> Void
    ) async throws {
        await lists.catchUp()
        var cursor: CaseID?
        while true {
            let page = try await store.handlings(after: cursor, limit: Self.page)
            var parts: [HandledPart] = []
            for row in page {
                guard let handling = CaseHandling(row.bytes) else { continue }
                let names = try await names(of: handling, in: row.caseID)
                parts += handling.parts(of: row.caseID.text, asOf: day, naming: names)
            }
            try await body(parts)
            guard page.count == Self.page, let last = page.last else { return }
            cursor = last.caseID
        }
    }

    private func eachCase(_ body: (String, CaseHandling, HandlingNames) -> Void) async throws {
        var cursor: CaseID?
        while true {
            let page = try await store.handlings(after: cursor, limit: Self.page)
            for row in page {
                guard let handling = CaseHandling(row.bytes) else { continue }
                body(row.caseID.text, handling, try await names(of: handling, in: row.caseID))
            }
            guard page.count == Self.page, let last = page.last else { return }
            cursor = last.caseID
        }
    }

    private func names(of handling: CaseHandling, in id: CaseID) async throws -> HandlingNames {
        let key = NameKey(
            workflow: handling.workflow, version: handling.version, calendar: handling.calendar,
            calendarVersion: handling.calendarVersion)
        if let known = names[key] { return known }
        let machine = try await orchestrator.snapshot(of: id).machine
        let found = HandlingNames(machine.plan.workflow, calendar: machine.calendar)
        if names.count >= Self.mostNames { names.removeAll() }
        names[key] = found
        return found
    }
}

/// Which figures there are.
enum Figure: String, CaseIterable, Sendable {
    case overdue, departments, channels, ratings, ledger, bottlenecks
}

extension CityOffice {
    /// Figures of all cases; `nil` for the ledger, which is written as it is read.
    func figures(_ figure: Figure, on date: LocalDate) async throws -> JSONText? {
        switch figure {
        case .overdue: try await reports.reports(on: date).overdue.json
        case .departments: try await reports.reports(on: date).departments.json
        case .channels: try await reports.reports(on: date).channels.json
        case .bottlenecks: try await reports.reports(on: date).bottlenecks.json
        case .ratings: try await board.board(of: nil, on: date).board.ratings.json
        case .ledger: nil
        }
    }
}
