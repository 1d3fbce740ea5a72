import CaseEngine
import Foundation
import Orchestrator
import Planning
import TestSupport
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Cases under way in memory, as pages are tried on them.
enum SampleOffice {
    struct Unreadable: Error { let what: String }

    static let opened = LocalDate("2026-03-02")!  // a date that exists

    static func calendar() throws -> WorkCalendar {
        let path = "Workflows/calendars/cn.yaml"
        guard let calendar = CalendarFile.read(try ProjectFiles.text(path), path: path).value else {
            throw Unreadable(what: path)
        }
        return calendar
    }

    /// A shipped workflow with one of its projects, opened and run by simulated parties until a day.
    static func view(
        _ file: String, project: String, seed: UInt64 = 3, until day: LocalDate, forecasts: Bool = false,
        pace: SimulatedParties.Pace = .drawn
    ) async throws -> (view: CaseView, entries: [HistoryPage.Entry]) {
        let text = try ProjectFiles.text("Workflows/\(file)")
        guard let workflow = WorkflowFile.read(text, path: file).value,
            let reading = ProjectFile.read(try ProjectFiles.text("Fixtures/projects/\(project)"), path: project).value,
            let facts = reading.facts(for: workflow).value, let id = CaseID("cq-2026-0117")
        else { throw Unreadable(what: file) }
        let calendar = try calendar()
        let orchestrator = Orchestrator(store: InMemoryStore())
        let publication = Publication(
            workflow: workflow, text: text, calendar: calendar,
            calendarText: try ProjectFiles.text("Workflows/calendars/cn.yaml"))
        _ = try await orchestrator.open(
            id, with: publication, project: reading.project, facts: facts, on: opened,
            by: Actor(role: .applicant, name: "陈建国"), at: .officeClosing(of: opened))
        let plan = try await orchestrator.snapshot(of: id).machine.plan
        let parties = SimulatedParties(plan: plan, calendar: calendar, seed: seed, basis: pace)
        struct Enough: Error {}
        let run = CaseRun(
            orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties),
            onDay: { _, to in if to > day { throw Enough() } })
        do { _ = try await run.run() } catch is Enough {}
        let snapshot = try await orchestrator.snapshot(of: id)
        let log = try await orchestrator.log(of: id)
        let entries = try log.map { HistoryPage.Entry(number: $0.sequence, event: try CaseEvent(record: $0)) }
        return (CaseView(snapshot, on: day, forecasts: forecasts), entries)
    }

    /// The reference project: Chongqing, everything asked, well under way.
    static func reference(until day: String = "2026-05-06", seed: UInt64 = 3, forecasts: Bool = false) async throws
        -> (view: CaseView, entries: [HistoryPage.Entry])
    {
        try await view(
            "wf-02-cq-social-general.yaml", project: "wf-02-all.yaml", seed: seed,
            until: LocalDate(day)!, forecasts: forecasts)  // dates of the tests exist
    }

    static func context(_ language: Language, _ location: String = "/work", role: LocalizedText? = nil) -> PageContext {
        PageContext(
            language: language,
            reader: .init(
                name: "李维民", role: role ?? LocalizedText(zh: "市规划和自然资源局 · 审批人员", en: "Planning bureau · officer"),
                hasOtherRoles: true),
            tenant: LocalizedText(zh: "重庆市", en: "Chongqing"), today: LocalDate("2026-05-06")!, location: location,
            formToken: "sample")
    }
}
