import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Planned and run")
struct PlannedAndRunTests {
    /// On the calendar of working days as it is, with its holidays and make-up days.
    @Test(
        "A case in which everybody takes the likely time keeps the plan's dates, item by item",
        arguments: 1...12, [0, 1])
    func datesAgree(network: Int, rounds: Int) throws {
        let shipped = try ShippedWorkflow(network)
        let path = "Workflows/calendars/cn.yaml"
        let calendar = try #require(CalendarFile.read(try ProjectFiles.text(path), path: path).value)
        let start = try #require(LocalDate("2024-01-25"))
        let report = try shipped.report(
            start: start, scenario: PlanScenario(rectificationRounds: rounds), calendar: calendar)
        let machine = CaseMachine(plan: shipped.plan, calendar: calendar)
        let run = try VirtualCase(machine, start: start, rounds: rounds)
        #expect(run.state.status == .completed, "\(run.state.items.filter { !$0.status.isFinished }.map(\.id))")
        for (planned, actual) in zip(shipped.plan.items, run.state.items) {
            let rows = report.activities.filter { $0.activity.item == planned.id }
            #expect(actual.finishedOn == rows.map(\.earlyFinish).max(), "\(planned.id)")
        }
    }

    @Test(
        "Lags from a start are the plan's on whatever day it comes, in working and in calendar days", arguments: 0..<7)
    func lagsFromStarts(weekday: Int) throws {
        let monday = try #require(LocalDate("2024-04-29"))
        for (wait, lag) in [(0, "2 cd"), (1, "1 cd"), (2, "4 cd"), (3, "3 cd"), (4, "2 wd"), (5, "5 cd"), (6, "6 cd")] {
            let plan = try Self.plan(wait: wait, lag: lag)
            let path = "Workflows/calendars/cn.yaml"
            let calendar = try #require(CalendarFile.read(try ProjectFiles.text(path), path: path).value)
            let start = monday.adding(days: weekday)
            let report = try Planner(plan: plan, calendar: calendar).report(start: start)
            let run = try VirtualCase(CaseMachine(plan: plan, calendar: calendar), start: start, rounds: 0)
            for (planned, actual) in zip(plan.items, run.state.items) {
                let rows = report.activities.filter { $0.activity.item == planned.id }
                #expect(actual.finishedOn == rows.map(\.earlyFinish).max(), "\(planned.id) \(start) \(wait) \(lag)")
            }
        }
    }

    private static func plan(wait: Int, lag: String) throws -> Plan {
        let text = """
            workflow: starts
            version: "1"
            title: {zh: 搭接, en: Overlaps}
            processType: 3
            source: assumed
            calendar: cn
            facts: {}
            departments:
              planning: {zh: 规划, en: Planning}
            targets:
              - {id: whole, limit: 50 wd, from: entered, to: completed, counts: [gov, tech], source: assumed}
            stages:
              - id: all
                title: {zh: 全部, en: All}
                national: 1
                lead: planning
                items:
                  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
                  - {id: a, title: {zh: 甲, en: A}, kind: approval, department: planning, takes: 3 wd, milestone: true,
                     after: [{item: entered, lag: \(wait) cd}], source: assumed}
                  - {id: b, title: {zh: 乙, en: B}, kind: approval, department: planning, takes: 2 wd,
                     after: [{item: a, type: SS, lag: \(lag)}], source: assumed}
                  - {id: c, title: {zh: 丙, en: C}, kind: publicity, department: planning, takes: 4 cd,
                     after: [{item: entered, lag: \(wait) cd}], source: assumed}
                  - {id: d, title: {zh: 丁, en: D}, kind: approval, department: planning, takes: 1 wd,
                     after: [{item: c, type: SS, lag: \(lag)}], source: assumed}
                  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [a, b, c, d]}

            """
        let reading = WorkflowFile.read(text, path: "starts.yaml")
        return Plan.resolve(try #require(reading.value, "\(reading.diagnostics)"), facts: [:])
    }
}

/// A case in virtual time: everybody answers in favour after the likely duration, except that the first participant of
/// each joint item fails it in as many rounds as are wanted and possible.
private struct VirtualCase {
    private(set) var state = CaseState()
    private let machine: CaseMachine

    init(_ machine: CaseMachine, start: LocalDate, rounds: Int) throws {
        self.machine = machine
        let workflow = machine.plan.workflow
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: workflow.title, owner: nil, workflow: workflow.id,
            version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: machine.plan.facts)
        try act(start, Actor(role: .applicant, name: "Owner"), .open(opening))
        var day = start
        while state.status == .open {
            while let request = machine.requests(in: state).first(where: { answered($0) <= day }) {
                try act(day, actor(request), .item(request.item, answer(request, failing: rounds)))
            }
            try act(day, .system, .passTime)
            let dates = machine.requests(in: state).map(answered) + [machine.nextDue(in: state)].compactMap(\.self)
            guard let next = dates.min() else { return }
            day = max(day, next)
        }
    }

    private mutating func act(_ day: LocalDate, _ actor: Actor, _ command: CaseCommand) throws {
        let context = CaseContext(today: day, actor: actor)
        for event in try machine.decide(command, on: state, in: context) { machine.evolve(&state, by: event) }
    }

    private func answered(_ request: WorkRequest) -> LocalDate {
        machine.calendar.adding(request.estimate.likely, to: request.since)
    }

    private func actor(_ request: WorkRequest) -> Actor {
        switch request.party {
        case .applicant: Actor(role: .applicant, name: "Owner")
        case .window: Actor(role: .window, name: "Window")
        case .supervisor: Actor(role: .supervisor, name: "supervisor")
        case .department(let id): Actor(role: .department, department: id, name: request.id)
        }
    }

    private func answer(_ request: WorkRequest, failing rounds: Int) -> ItemCommand {
        let joint = machine.plan[request.item]?.item.joint
        let fails = request.round < min(rounds, joint?.rectification?.rounds ?? 0)
        switch request.ask {
        case .opine where fails, .recheck where fails:
            return .opine(participant: request.participant ?? "", verdict: .fail(points: [Point("to be mended")]))
        case .holdSession(let ids) where fails:
            let verdict = Verdict.fail(points: [Point("to be mended")])
            return .holdSession(votes: ids.map { SessionVote(participant: $0, verdict: verdict, signer: $0) })
        default: return request.favourableAnswer(document: request.id)
        }
    }
}
