import CaseEngine
import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Forecasts of live cases")
struct ForecastTests {
    private func machine(_ network: Int) throws -> CaseMachine {
        CaseMachine(
            plan: try ShippedWorkflow(network).plan, calendar: try #require(try PlannerTests.calendars().last))
    }

    private static func certain(_ runs: Int = 2) -> ForecastAssumptions {
        ForecastAssumptions(risk: RiskAssumptions(shape: .fixed, chances: false), runs: runs)
    }

    @Test(
        "Without chance the forecast of a case that runs as planned is its plan after every event, and then its actuals",
        arguments: 1...12)
    func certain(network: Int) throws {
        let machine = try machine(network)
        let start = PlannerTests.starts[network % PlannerTests.starts.count]
        let plan = try Planner(plan: machine.plan, calendar: machine.calendar).report(start: start)
        let run = try DrawnCase(machine, start: start, seed: nil)
        let forecaster = Forecaster(machine, assumptions: Self.certain())
        // What a case waits for besides its later checks.
        let finish = plan.activities.filter { $0.activity.kind != .check }.map(\.earlyFinish).max()
        for (number, moment) in run.moments.enumerated() {
            let forecast = try forecaster.forecast(moment.state, on: moment.on)
            switch forecast.finish {
            case .ahead(let dates):
                #expect(dates.date(0.1) == finish, "event \(number) on \(moment.on)")
                #expect(dates.date(0.9) == finish)
            case .past(let date): #expect(date == finish && number == run.moments.count - 1)
            case .never: Issue.record("event \(number)")
            }
            for (target, planned) in zip(forecast.targets, plan.targets) {
                #expect(target.target == planned.target)
                let values = [planned.union, planned.span, planned.sum, planned.countedPathLength]
                for (measure, value) in zip(target.measures, values) {
                    let foretold = measure.percentiles.map(\.value)
                    #expect(
                        foretold.allSatisfy { $0 == value },
                        "\(target.target.id) \(measure.measure), event \(number) on \(moment.on): \(foretold), \(value)"
                    )
                }
            }
        }
        #expect(run.state.status == .completed)
    }

    @Test(
        "What a target has used, and its end, is what the case report says, through stops and refusals",
        arguments: 1...12)
    func used(network: Int) throws {
        let machine = try machine(network)
        let start = PlannerTests.starts[(network + 3) % PlannerTests.starts.count]
        let plan = try Planner(plan: machine.plan, calendar: machine.calendar).report(start: start)
        var run = RandomCase(machine, start: start, seed: UInt64(900 + network))
        try run.open()
        let forecaster = Forecaster(machine, assumptions: ForecastAssumptions(runs: 40))
        var isOver = false
        while !isOver {
            isOver = try !run.pass(commands: 15)
            let forecast = try forecaster.forecast(run.state, on: run.day)
            let report = CaseReport(plan: plan, machine: machine, state: run.state, asOf: forecast.on)
            for (target, progress) in zip(forecast.targets, report.targets) {
                let actual = progress.actual
                #expect(target.opened == actual?.from)
                #expect(target.measures[0].used == actual?.union.minutes ?? 0)
                #expect(target.measures[1].used == actual?.span.minutes ?? 0)
                #expect(target.measures[2].used == actual?.sum.minutes ?? 0)
                // What is used stays used.
                for measure in target.measures {
                    let least = measure.percentiles[0].value
                    #expect(least >= measure.used, "\(target.target.id) \(measure.measure) on \(run.day)")
                }
                if target.standing == .kept || target.standing == .lost {
                    let isMet = target.standing == .kept
                    #expect(progress.isMet == isMet)
                    #expect(target.chance?.value == (isMet ? 1 : 0))
                }
            }
            if case .ahead(let dates) = forecast.finish { #expect(dates.date(0) >= run.day) }
        }
        #expect(run.state.status == .completed)
    }

    @Test("The same state, date and seed give the same forecast, whatever was forecast before")
    func sameBits() throws {
        let machine = try machine(2)
        let run = try DrawnCase(machine, start: PlannerTests.starts[1], seed: 4)
        let moment = run.moments[run.moments.count / 2]
        let assumptions = ForecastAssumptions(risk: RiskAssumptions(seed: 9), runs: 700)
        let forecaster = Forecaster(machine, assumptions: assumptions)
        let first = try forecaster.forecast(moment.state, on: moment.on).json(of: "c").pretty
        for other in run.moments.prefix(3) { _ = try forecaster.forecast(other.state, on: other.on) }
        #expect(try forecaster.forecast(moment.state, on: moment.on).json(of: "c").pretty == first)
        #expect(
            try Forecaster(machine, assumptions: assumptions).forecast(moment.state, on: moment.on).json(of: "c").pretty
                == first)
        let another = ForecastAssumptions(risk: RiskAssumptions(seed: 10), runs: 700)
        #expect(
            try Forecaster(machine, assumptions: another).forecast(moment.state, on: moment.on).json(of: "c").pretty
                != first)
    }

    @Test("While nothing happens the forecast moves on with the date and never lies before it")
    func standsStill() throws {
        let machine = try machine(2)
        let run = try DrawnCase(machine, start: PlannerTests.starts[0], seed: 11)
        let forecaster = Forecaster(machine, assumptions: ForecastAssumptions(runs: 300))
        let moment = run.moments[run.moments.count / 2]
        var before = LocalDate.earliest
        for weeks in [0, 1, 4, 26, 104] {
            let on = moment.on.adding(days: 7 * weeks)
            let forecast = try forecaster.forecast(moment.state, on: on)
            guard case .ahead(let dates) = forecast.finish else {
                Issue.record("the case has not finished")
                return
            }
            #expect(forecast.on == on && dates.date(0) >= on)
            #expect(dates.mean >= before)
            before = dates.mean
        }
        #expect(try forecaster.forecast(moment.state, on: .earliest).on == moment.on)
    }

    @Test("A case that was given up has no finish, and its open targets have ended")
    func withdrawn() throws {
        let machine = try machine(9)
        var run = RandomCase(machine, start: PlannerTests.starts[0], seed: 1)
        try run.open()
        try run.act(run.day, RandomCase.owner, .withdrawCase(reason: "given up"))
        let forecast = try Forecaster(machine).forecast(run.state, on: run.day.adding(days: 30))
        guard case .never = forecast.finish else {
            Issue.record("it finishes")
            return
        }
        #expect(forecast.on == run.day && forecast.holders.isEmpty && forecast.drivers.isEmpty)
        #expect(forecast.targets.allSatisfy { $0.standing == .ended && $0.chance == nil })
    }

    @Test("Who holds the time is whom the case asks, since when it asks")
    func holders() throws {
        let machine = try machine(2)
        let run = try DrawnCase(machine, start: PlannerTests.starts[2], seed: 3)
        let forecaster = Forecaster(machine, assumptions: ForecastAssumptions(runs: 1))
        for moment in run.moments where moment.state.status == .open {
            let asked = machine.requests(in: moment.state).filter { $0.estimate != .zero }
            let holders = try forecaster.forecast(moment.state, on: moment.on).holders
            for request in asked {
                #expect(
                    holders.contains { $0.item == request.item && $0.since == request.since },
                    "\(request.id) on \(moment.on)")
            }
            #expect(Set(holders.map(\.item)).isSubset(of: machine.requests(in: moment.state).map(\.item)))
        }
    }
}
