import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("The schedule of a case")
struct CaseScheduleTests {
    @Test("A case of which nothing has happened has the dates of its plan", arguments: 1...12)
    func fresh(network: Int) throws {
        let shipped = try ShippedWorkflow(network)
        let start = PlannerTests.starts[0]
        let plan = try shipped.report(start: start, calendar: .weekdays)
        let machine = CaseMachine(plan: shipped.plan, calendar: .weekdays)
        var run = RandomCase(machine, start: start, seed: 1)
        try run.open()
        let schedule = try Forecaster(machine).schedule(run.state, on: start)
        let rows = Dictionary(schedule.rows.map { ($0.activity.id, $0) }, uniquingKeysWith: { first, _ in first })
        for planned in plan.activities where planned.activity.kind != .check {
            let row = try #require(rows[planned.activity.id], "\(planned.activity.id)")
            guard row.standing == .ahead else { continue }
            #expect(row.start == planned.earlyStart, "\(planned.activity.id)")
            #expect(row.finish == planned.earlyFinish, "\(planned.activity.id)")
        }
    }

    @Test("Facts lie left of the data date and what is ahead right of it, at any moment", arguments: 1...12, 1...3)
    func facts(network: Int, seed: Int) throws {
        let shipped = try ShippedWorkflow(network, everyCondition: seed == 3)
        let start = PlannerTests.starts[(network + seed) % PlannerTests.starts.count]
        let machine = CaseMachine(plan: shipped.plan, calendar: .weekdays)
        let forecaster = Forecaster(machine)
        var run = RandomCase(machine, start: start, seed: UInt64(seed * 100 + network))
        try run.open()
        var isOpen = true
        while isOpen {
            isOpen = try run.pass(commands: 25)
            let schedule = try forecaster.schedule(run.state, on: run.day)
            let items = Dictionary(uniqueKeysWithValues: run.state.items.map { ($0.id, $0) })
            for row in schedule.rows {
                let what: Comment = "seed \(seed), \(row.activity.id) on \(run.day)"
                #expect(row.start <= row.finish, what)
                switch row.standing {
                case .finished:
                    #expect(row.finish <= schedule.on && row.totalFloat == nil && !row.isCritical, what)
                    if row.activity.phase == nil { #expect(row.finish == items[row.activity.item]?.finishedOn, what) }
                case .running: #expect(row.start <= schedule.on && schedule.on <= row.finish, what)
                case .ahead: #expect(schedule.on <= row.start, what)
                }
                if let float = row.totalFloat { #expect(float >= 0, what) }
                for stop in row.stops { #expect(row.start <= stop.lowerBound && stop.upperBound <= row.finish, what) }
                let known = Set(schedule.rows.map(\.activity.id))
                #expect(row.drivenBy.allSatisfy(known.contains), what)
            }
            if run.state.status == .open {
                #expect(schedule.rows.contains { $0.isCritical }, "something sets the finish")
            } else {
                #expect(schedule.rows.allSatisfy { $0.standing == .finished })
            }
        }
    }
}
