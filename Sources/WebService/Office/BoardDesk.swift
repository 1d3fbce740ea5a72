import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// The supervision board of an office (督办看板), added up from the tallies of its cases and kept while nothing changes.
///
/// In a large office that changes all the time it is added up at most a twentieth of the time: whoever looks meanwhile gets
/// a board that is as much older, at most half a minute.
actor BoardDesk {
    struct Board: Sendable {
        var board: SupervisionBoard
        var findings: [(caseID: String, finding: Finding)]
    }

    private struct Made: Sendable {
        let totals: SupervisionTotals
        let position: Int64
        let took: Duration
        let at: ContinuousClock.Instant
        /// By department; the empty text for all.
        var boards: [String: Board] = [:]
    }

    private let store: any OfficeStore
    private let orchestrator: Orchestrator
    private let lists: CaseLists
    private var made: Made?
    private var making: Task<Made, any Error>?
    private static let page = 1000
    private static let oldest = Duration.seconds(30)
    /// Departments of which a board is kept beside that of all.
    private static let kept = 100

    init(store: any OfficeStore, orchestrator: Orchestrator, lists: CaseLists) {
        self.store = store
        self.orchestrator = orchestrator
        self.lists = lists
    }

    func board(of department: String?, on day: LocalDate) async throws -> Board {
        let made = try await current(on: day)
        let key = department ?? ""
        if let known = made.boards[key] { return known }
        let board = try await name(made.totals, department)
        if self.made?.at == made.at {
            if self.made?.boards.count ?? 0 >= Self.kept { self.made?.boards.removeAll() }
            self.made?.boards[key] = board
        }
        return board
    }

    /// Totals of all cases that are as new as they have to be.
    func totals(on day: LocalDate) async throws -> SupervisionTotals { try await current(on: day).totals }

    private func current(on day: LocalDate) async throws -> Made {
        let now = ContinuousClock.now
        if let made, made.totals.day == day {
            if now - made.at < min(made.took * 20, Self.oldest) { return made }
            if try await store.latestPosition() == made.position, await lists.isFilled { return made }
        }
        if let making { return try await making.value }
        let task = Task { try await self.add(on: day) }
        making = task
        defer { making = nil }
        let new = try await task.value
        made = new
        return new
    }

    private func add(on day: LocalDate) async throws -> Made {
        await lists.catchUp()
        let start = ContinuousClock.now
        let position = try await store.latestPosition()
        var totals = SupervisionTotals(on: day)
        var cursor: CaseID?
        while true {
            let page = try await store.tallies(after: cursor, limit: Self.page)
            for row in page {
                if let tally = CaseTally(row.bytes) { totals.add(row.caseID.text, tally) }
            }
            guard page.count == Self.page, let last = page.last else { break }
            cursor = last.caseID
        }
        return Made(totals: totals, position: position, took: ContinuousClock.now - start, at: .now)
    }

    /// Reads the few cases that a board names.
    private func name(_ totals: SupervisionTotals, _ department: String?) async throws -> Board {
        var cases: [(id: String, machine: CaseMachine, state: CaseState)] = []
        for id in totals.named(of: department) {
            guard let caseID = CaseID(id) else { continue }
            let snapshot = try await orchestrator.snapshot(of: caseID)
            cases.append((id, snapshot.machine, snapshot.state))
        }
        var findings: [(caseID: String, finding: Finding)] = []
        let newest = totals.newestFindings
        for id in Set(newest.map(\.caseID)).sorted() {
            guard let caseID = CaseID(id) else { continue }
            let wanted = Set(newest.filter { $0.caseID == id }.map(\.id))
            let snapshot = try await orchestrator.snapshot(of: caseID)
            let events = try await orchestrator.log(of: caseID).map { record in
                EnteredEvent(try CaseEvent(record: record), enteredOn: record.event.at.date(secondsFromUTC: 8 * 3600))
            }
            findings += snapshot.machine.findings(in: events).filter { wanted.contains($0.id) }
                .map { (caseID: id, finding: $0) }
        }
        findings.sort { ($1.finding.on, $0.caseID, $0.finding.id) < ($0.finding.on, $1.caseID, $1.finding.id) }
        return Board(
            board: SupervisionBoard(totals, department: department, cases: cases), findings: findings)
    }
}
