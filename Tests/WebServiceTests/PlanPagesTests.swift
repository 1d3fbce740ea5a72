import Orchestrator
import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

@Suite("Pages of planning")
struct PlanPagesTests {
    private func tree(_ page: any Page, _ language: Language = .zh) throws -> XMLTree {
        let context = SampleOffice.context(language)
        let html = Markup.tag("html", [:], page.main(in: context)).written
        return try XMLTree.read("<!DOCTYPE html>" + html)
    }

    private func schedulePage(_ change: (inout ScheduleView) -> Void = { _ in }) async throws -> SchedulePage {
        let view = try await SampleOffice.reference().view
        let snapshot = view.snapshot
        let opening = try #require(snapshot.state.opening)
        var looks = ScheduleView()
        change(&looks)
        let schedule = try Forecaster(snapshot.machine).schedule(snapshot.state, on: view.today)
        let baseline = try Planner(plan: snapshot.machine.plan, calendar: snapshot.machine.calendar)
            .report(start: SampleOffice.opened)
        return SchedulePage(
            caseID: snapshot.id.text, code: opening.project, projectTitle: opening.title, schedule: schedule,
            baseline: baseline, view: looks)
    }

    // MARK: Schedule

    @Test("Every row of the schedule says its dates, its float and its bar in words", arguments: [Language.zh, .en])
    func scheduleRows(language: Language) async throws {
        let page = try await schedulePage()
        let tree = try tree(page, language)
        let table = try #require(tree.all("table").first)
        let rows = table.all("tr").filter { $0.has(class: "item") || $0.has(class: "phase") }
        let joint = Set(
            Dictionary(grouping: page.schedule.rows, by: \.activity.item).filter { item, rows in
                rows.count > 1 && rows.contains { $0.activity.phase != nil }
            }.keys)
        #expect(rows.count == page.schedule.rows.count + joint.count)
        for row in rows {
            let chart = try #require(row.all("svg").last { $0["aria-label"] != nil })
            let dates = row.all("time").compactMap { $0["datetime"] }
            #expect(dates.count == 2)
            for date in dates { #expect((chart["aria-label"] ?? "").contains(date)) }
        }
        let written = Markup.tag("html", [:], page.main(in: SampleOffice.context(language))).written
        for word in ["NaN", "1970", "undefined", "Optional("] { #expect(!written.contains(word)) }
        #expect(!written.contains("style=\"") && !written.contains("<style"))
    }

    @Test("The critical filter leaves what has no float, and only that")
    func criticalOnly() async throws {
        let page = try await schedulePage { $0.criticalOnly = true }
        let expected = page.schedule.rows.filter { $0.standing != .finished && $0.isCritical }
        let rows = try tree(page).all("tr").filter { $0["id"] != nil }
        let all = Dictionary(grouping: page.schedule.rows, by: \.activity.item)
        let joint = Set(expected.filter { $0.activity.phase != nil }.map(\.activity.item))
            .filter { all[$0, default: []].count > 1 }
        #expect(rows.count == expected.count + joint.count)
        #expect(rows.allSatisfy { $0.has(class: "critical") })
    }

    @Test("What is chosen stands in the address and is read back from it")
    func viewInAddress() {
        for zoom in ScheduleView.Zoom.allCases {
            for flags in 0..<4 {
                var view = ScheduleView()
                view.zoom = zoom
                view.criticalOnly = flags & 1 != 0
                view.showsBaseline = flags & 2 != 0
                view.why = flags == 3 ? "a.b 规划&x" : nil
                let fields = FormFields(view.query)
                let read = ScheduleView { fields?[$0] }
                #expect(read == view)
            }
        }
    }

    @Test("A reason opens below its row and names what was waited for")
    func why() async throws {
        let plain = try await schedulePage()
        let row = try #require(plain.schedule.rows.first { $0.standing == .ahead && !$0.drivenBy.isEmpty })
        let page = try await schedulePage { $0.why = row.activity.id }
        let reasons = try tree(page).all("tr").filter { $0.has(class: "reason") }
        #expect(reasons.count == 1)
        let driver = try #require(page.schedule.rows.first { $0.activity.id == row.drivenBy[0] })
        #expect(reasons[0].text.contains(driver.activity.title.zh))
        #expect(reasons[0].text.contains("工作日"))
    }

    // MARK: Simulation

    @Test(
        "What is typed is read or told to be wrong, field by field",
        arguments: [
            ("runs", "0"), ("runs", "x"), ("seed", "-1"), ("start", "2026-02-30"), ("promise", "soon"),
            ("chance", "100"),
            ("limit", "0"),
        ])
    func mistakes(field: String, value: String) {
        let (_, mistakes) = SimulationRequest.read(
            .caseFile("x"), start: SampleOffice.opened, .en, field: { $0 == field ? value : nil }, levers: [])
        #expect(mistakes.map(\.field) == [field])
    }

    // MARK: Workflows

    @Test("Mistakes in a workflow have their place, as the command line tells it")
    func diagnostics() throws {
        let text = try ProjectFiles.text("Workflows/wf-02-cq-social-general.yaml")
            .replacing("kind: filing", with: "kind: filling")
        let check = WorkflowCheck(text, start: SampleOffice.opened) { _ in nil }
        #expect(check.workflow == nil && !check.diagnostics.isEmpty)
        let page = WorkflowEditorPage(id: "x", text: text, check: check, today: SampleOffice.opened)
        let places = try tree(page).all("a").filter { $0["data-line"] != nil }
        #expect(
            places.map { "\($0["data-line"] ?? ""):\($0["data-column"] ?? "")" }
                == check.diagnostics.map { "\($0.place.span.start.line):\($0.place.span.start.column)" })
        let starts = check.diagnostics.map(\.place.span.start)
        #expect(places.map(\.text) == starts.map { "\($0.line):\($0.column)" })
    }

    @Test("The first text of the editor is a workflow without mistakes")
    func firstText() {
        let check = WorkflowCheck(WorkflowEditorPage.firstText, start: SampleOffice.opened) { _ in nil }
        #expect(check.diagnostics.map(\.message.en) == [])
        #expect(check.plan != nil)
    }

    // MARK: Calendar

    @Test("Each day of a year stands once, days off and make-up days with their word", arguments: [2024, 2026, 2030])
    func calendarGrid(year: Int) throws {
        let calendar = try SampleOffice.calendar()
        let page = CalendarPage(calendar: calendar, year: year, known: ["cn"], today: SampleOffice.opened)
        let cells = try tree(page).all("table").filter { $0.has(class: "month") }.flatMap { $0.all("td") }
            .filter { !$0.has(class: "blank") }
        let first = try #require(LocalDate(year: year, month: 1, day: 1))
        let last = try #require(LocalDate(year: year, month: 12, day: 31))
        #expect(cells.count == last.days(since: first) + 1)
        for (offset, cell) in cells.enumerated() {
            let date = first.adding(days: offset)
            #expect(cell.all("time").first?["datetime"] == date.description)
            #expect(cell.has(class: "off") == !calendar.isWorking(date))
            #expect(cell.has(class: "makeup") == (cell.text.contains("班")))
            #expect(cell.has(class: "provisional") == calendar.isProvisional(date))
        }
    }

    // MARK: Supervision

    @Test("The lights of the board add up to the parts that are open")
    func board() async throws {
        let snapshot = try await SampleOffice.reference().view.snapshot
        let day = try #require(LocalDate("2026-05-06"))
        var board = SupervisionBoard(asOf: day)
        board.add(snapshot.id.text, snapshot.machine, snapshot.state)
        let parts = HandledPart.all(of: snapshot.id.text, snapshot.machine, snapshot.state, asOf: day)
        #expect(board.open.count == parts.count { $0.end == nil })
        #expect(board.departments.values.reduce(0) { $0 + $1.total } == board.open.count)
        for open in board.open {
            let isLate = !open.part.isInTime
            #expect(isLate == [.overduePromised, .overdueStatutory].contains(open.light))
            if isLate { #expect((open.left ?? 0) < 0) }
        }
        let page = SupervisionPage(board: board)
        let text = try tree(page).text
        #expect(text.contains("承诺时限用去 90 %"))
    }
}
