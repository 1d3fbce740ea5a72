import CaseEngine
import Foundation
import Orchestrator
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("A joint acceptance that used up its rounds")
struct RefiledApplicationTests {
    @Test("It is refused, filed again, and fares better in the end", .timeLimit(.minutes(15)))
    func comesToAnEnd() async throws {
        let path = "Workflows/wf-02-cq-social-general.yaml"
        let text = try ProjectFiles.text(path)
        let calendarText = try ProjectFiles.text("Workflows/calendars/cn.yaml")
        let workflow = try #require(WorkflowFile.read(text, path: path).value)
        let calendar = try #require(CalendarFile.read(calendarText, path: "cn.yaml").value)
        let file = try #require(
            ProjectFile.read(try ProjectFiles.text("Fixtures/projects/wf-02.yaml"), path: "wf-02.yaml").value)
        let facts = try #require(file.facts(for: workflow).value)
        let orchestrator = Orchestrator(store: InMemoryStore())
        // The planning department finds fault in every round of this case's first application.
        let id = try #require(CaseID("case-2"))
        let start: LocalDate = try #require(LocalDate("2024-03-03"))
        _ = try await orchestrator.open(
            id, with: Publication(workflow: workflow, text: text, calendar: calendar, calendarText: calendarText),
            project: file.project, facts: facts, on: start, by: Actor(role: .applicant, name: "建设单位"),
            at: .officeClosing(of: start))
        let parties = SimulatedParties(plan: Plan.resolve(workflow, facts: facts), calendar: calendar, seed: 2)
        let run = CaseRun(orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties))
        #expect(try await run.run() == .closed(.completed))
        let kinds = try await orchestrator.log(of: id).map(\.event.kind)
        #expect(kinds.contains("refused"))
        #expect(kinds.count < 500)
    }
}
