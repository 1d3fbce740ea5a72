import Planning
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Plans that share review teams")
struct TeamPlanTests {
    /// Two reviews and a joint session of both departments.
    private func plan(housing: String = "", planning: String = "") throws -> Plan {
        let text = """
            workflow: example
            version: "1"
            title: {zh: 示例, en: Example}
            processType: 3
            source: assumed
            calendar: weekdays
            facts: {}
            departments:
              housing: {zh: 住建, en: Housing\(housing)}
              planning: {zh: 规划, en: Planning\(planning)}
            targets: []
            stages:
              - id: permits
                title: {zh: 施工许可, en: Construction permit}
                national: 3
                lead: housing
                items:
                  - id: scheme
                    title: {zh: 方案审查, en: Scheme review}
                    kind: approval
                    department: planning
                    takes: 4 wd
                    source: assumed
                  - id: drawings
                    title: {zh: 图纸审查, en: Drawing review}
                    kind: approval
                    department: housing
                    takes: 6 wd
                    source: assumed
                  - id: inspection
                    title: {zh: 联合踏勘, en: Joint inspection}
                    joint: inspection
                    lead: housing
                    after: [scheme]
                    takes: 1 wd
                    milestone: true
                    participants:
                      - {id: site, title: {zh: 规划踏勘, en: Planning}, department: planning, silence: escalate}
                      - {id: works, title: {zh: 住建踏勘, en: Housing}, department: housing, silence: escalate}
                    source: assumed
            """
        let reading = WorkflowFile.read(text, path: "example.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        return Plan.resolve(workflow, facts: [:])
    }

    private let monday = LocalDate(year: 2024, month: 3, day: 4)!  // a date that exists

    private func entries(_ count: Int, _ plan: Plan) -> [TeamPlan.Entry] {
        (0..<count).map { TeamPlan.Entry(name: "p\($0)", plan: plan, start: monday) }
    }

    /// Teams of a department at work on a day that ends at its closing.
    private func used(_ department: String, on day: LocalDate, in report: TeamReport) -> Int {
        report.rows.filter { $0.departments.contains(department) && $0.start < day && day <= $0.finish }.count
    }

    @Test("With a team for everyone nobody waits, and dates are those of the plan")
    func enoughTeams() throws {
        let plan = try plan()
        let report = try TeamPlan(
            entries: entries(1, plan), teams: ["housing": 2, "planning": 2], calendar: .weekdays
        ).report(schedules: 200)
        let planned = try Planner(plan: plan, calendar: .weekdays).report(start: monday)
        #expect(report.rows.map(\.finish) == planned.activities.map(\.earlyFinish))
        #expect(report.rows.map(\.earlyStart) == planned.activities.map(\.earlyStart))
        #expect(report.rows.allSatisfy { $0.waiting == 0 })
        #expect(report.projects[0].delay == 0)
        #expect(report.departments.allSatisfy { $0.oneMore == nil })
    }

    @Test("A joint session is booked when the teams of all who take part are free")
    func jointSession() throws {
        let plan = try plan(housing: ", teams: 1", planning: ", teams: 1")
        let report = try TeamPlan(entries: entries(1, plan), calendar: .weekdays).report(schedules: 500)
        // Planning is free after day 4, housing after day 6: the session is on day 7, or drawings wait for it (day 11).
        let session = try #require(report.rows.first { $0.activity.item == "inspection" })
        #expect(session.departments == ["housing", "planning"])
        #expect(session.finish == LocalDate(year: 2024, month: 3, day: 13))
        #expect(session.waiting == 2 * 480)
        #expect(report.length == 7 * 480)
        #expect(report.lowerBound == 7 * 480)
        let housing = try #require(report.departments.first { $0.id == "housing" })
        #expect(housing.oneMore?.last == 480)
    }

    @Test("Three projects never use more teams than there are, and one more team makes them faster")
    func portfolio() throws {
        let plan = try plan(housing: ", teams: 1", planning: ", teams: 1")
        let report = try TeamPlan(entries: entries(3, plan), calendar: .weekdays).report(schedules: 2000)
        var day = monday
        while day < monday.adding(days: 60) {
            for department in ["housing", "planning"] {
                #expect(used(department, on: day, in: report) <= 1, "\(department) on \(day)")
            }
            day = day.adding(days: 1)
        }
        // Housing works 3 × (6 + 1) days whatever the order.
        #expect(report.length >= 21 * 480)
        #expect(report.lowerBound >= 21 * 480)
        #expect(report.length <= 23 * 480)
        #expect(report.projects.map(\.delay).max() ?? 0 > 0)
        let housing = try #require(report.departments.first { $0.id == "housing" })
        #expect(housing.work == 21 * 480)
        #expect((housing.oneMore?.all ?? 0) > 0)
    }

    @Test("A project that enters later starts later")
    func laterEntry() throws {
        let plan = try plan(housing: ", teams: 1")
        let later = LocalDate(year: 2024, month: 3, day: 18)!  // a date that exists
        let report = try TeamPlan(
            entries: [.init(name: "a", plan: plan, start: monday), .init(name: "b", plan: plan, start: later)],
            calendar: .weekdays
        ).report(schedules: 500)
        #expect(report.rows.filter { $0.project == "b" }.allSatisfy { $0.start >= later })
        #expect(report.projects[1].delay == 480)
    }

    @Test("The number of teams is read from the workflow and replaced by what is asked")
    func teamCounts() throws {
        let plan = try plan(housing: ", teams: 3")
        #expect(plan.workflow.departments.map(\.teams) == [3, nil])
        let own = TeamPlan(entries: entries(1, plan), calendar: .weekdays)
        #expect(own.teams == ["housing": 3])
        let asked = TeamPlan(entries: entries(1, plan), teams: ["housing": 1, "planning": 2], calendar: .weekdays)
        #expect(asked.teams == ["housing": 1, "planning": 2])
    }
}
