import CaseEngine
import Foundation
import Logging
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import binglian

@Suite("Demonstration city 示范城市")
struct DemoCityTests {
    private let opensOn = LocalDate(year: 2026, month: 3, day: 2)!  // a date that exists

    @Test("Every project is read by its workflow without a diagnostic, under a code of its own")
    func projects() throws {
        let files = Files(terminal: Terminal.current(language: .en))
        #expect(Set(DemoProject.all.map(\.code)).count == DemoProject.all.count)
        for project in DemoProject.all {
            let workflow = try files.workflow(
                files.library.appendingPathComponent(project.workflow + ".yaml").path)
            let reading = ProjectFile.read(project.file, path: project.code)
            #expect(reading.diagnostics.isEmpty, "\(project.code): \(reading.diagnostics)")
            let facts = try #require(reading.value).facts(for: workflow)
            #expect(facts.value != nil && facts.diagnostics.isEmpty, "\(project.code): \(facts.diagnostics)")
            #expect(CreditCode(project.owner.code) != nil)
        }
    }

    @Test("When it opens there are cases at every stage, some completed, and work for people")
    func openingDay() async throws {
        let store = InMemoryStore()
        let orchestrator = Orchestrator(store: store)
        let city = DemoCity(
            orchestrator: orchestrator, files: Files(terminal: Terminal.current(language: .en)), opensOn: opensOn,
            waitUntil: { [opensOn] in if $0 > opensOn { throw CancellationError() } },
            logger: Logger(label: "test"))
        await city.live()
        let rows = try await store.summaries(matching: SummaryFilter(), after: nil, limit: 500)
        #expect(rows.count == DemoProject.all.filter { $0.enters <= 0 }.count)
        var stages: Set<String> = []
        var states: Set<WorkState> = []
        for row in rows where row.summary.status == "open" {
            let snapshot = try await orchestrator.snapshot(of: row.caseID)
            for (planned, item) in zip(snapshot.machine.plan.items, snapshot.state.items) {
                states.insert(WorkState(item.status))
                if WorkState(item.status).isActive { stages.insert(planned.stage) }
            }
        }
        #expect(stages.count >= 4, "\(stages.sorted())")
        #expect(states.isSuperset(of: [.notStarted, .inProgress, .waiting, .approved]))
        #expect(rows.contains { $0.summary.status == "completed" })
        #expect(Set(rows.flatMap(\.summary.waitingFor)).count >= 6)
    }

    /// Takes half a minute: the city is played from before the Spring Festival into it.
    @Test("On every day there is something overdue, near, stopped, deemed, failed and complained of")
    func forSupervision() async throws {
        let opensOn = try #require(LocalDate("2026-02-14"))
        let store = InMemoryStore()
        let orchestrator = Orchestrator(store: store)
        for number in 0..<5 {
            // Working days, the days before and in the holidays, and days of make-up.
            let day = opensOn.adding(days: number * 2)
            let city = DemoCity(
                orchestrator: orchestrator, files: Files(terminal: Terminal.current(language: .en)), opensOn: opensOn,
                waitUntil: { if $0 > day { throw CancellationError() } }, logger: Logger(label: "test"))
            await city.live()
            var board = SupervisionBoard(asOf: day)
            var (deemed, failed) = (0, 0)
            for row in try await store.summaries(matching: SummaryFilter(), after: nil, limit: 500) {
                let snapshot = try await orchestrator.snapshot(of: row.caseID)
                board.add(row.caseID.text, snapshot.machine, snapshot.state)
                guard snapshot.state.status == .open else { continue }
                for item in snapshot.state.items {
                    let silent = (item.joint?.participants ?? []).filter { $0.standing == .deemed }
                    if item.isDeemedAdmitted || !silent.isEmpty { deemed += 1 }
                    if item.id == "joint-acceptance", item.status == .rectifying { failed += 1 }
                }
            }
            func count(_ light: DeadlineLight) -> Int {
                board.departments.values.reduce(0) { $0 + ($1.counts[light] ?? 0) }
            }
            for light in [DeadlineLight.overduePromised, .near, .stopped, .normal] {
                #expect(count(light) > 0, "\(light) on \(day)")
            }
            #expect(deemed > 0 && failed > 0, "\(deemed) deemed, \(failed) failed on \(day)")
            #expect(board.matters.contains { $0.matter.kind == .complaint }, "on \(day)")
        }
    }
}
