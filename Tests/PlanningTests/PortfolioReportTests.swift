import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Reports on portfolios")
struct PortfolioReportTests {
    private static let start = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024

    private static func kind(_ network: Int, _ rhythm: City.Rhythm) throws -> PortfolioSimulation.Kind {
        let plan = try ShippedWorkflow(network).plan
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: plan.workflow.title, owner: nil, workflow: plan.workflow.id,
            version: plan.workflow.version, definition: "", calendar: "weekdays", calendarVersion: "1",
            facts: plan.facts)
        return .init(machine: CaseMachine(plan: plan, calendar: .weekdays), opening: opening, rhythm: rhythm)
    }

    private static func city(teams: [String: Int] = ["housing": 1, "natural-resources": 2]) throws
        -> PortfolioSimulation
    {
        let every = DayAmount(minutes: DayAmount.minutesPerDay, unit: .working)
        return PortfolioSimulation(
            kinds: [
                try kind(2, .every(every, from: start, count: 10)), try kind(9, .perWeek(5, from: start, count: 6)),
            ], teams: teams, seed: 4)
    }

    @Test("What a report says of targets is what the report of each case says")
    func targets() throws {
        let simulation = try Self.city()
        let outcome = simulation.run()
        let report = PortfolioReport(of: simulation, outcome)
        #expect(report.kinds.map(\.arrived) == [10, 6] && report.kinds.map(\.finished) == [10, 6])
        for (index, kind) in report.kinds.enumerated() {
            let members = simulation.members.indices.filter { simulation.members[$0].kind == index }
            let cases = try members.map { member in
                let machine = simulation.members[member].machine
                let plan = try Planner(plan: machine.plan, calendar: .weekdays)
                    .report(start: simulation.members[member].arrival)
                return CaseReport(
                    plan: plan, machine: machine, state: outcome.states[member],
                    asOf: try #require(outcome.through))
            }
            #expect(!kind.targets.isEmpty)
            for target in kind.targets {
                let progress = cases.compactMap { $0.targets.first { $0.planned.target.id == target.target.id } }
                #expect(target.met == progress.count { $0.isMet == true })
                #expect(target.missed == progress.count { $0.isMet == false })
                #expect(
                    target.days.sorted == progress.compactMap { $0.measured.map { Int($0.days) } }.sorted(),
                    "\(target.target.id)")
            }
            #expect(
                kind.duration.sorted
                    == members.compactMap {
                        outcome.states[$0].closedOn?.days(since: simulation.members[$0].arrival)
                    }.sorted())
        }
    }

    @Test("Queues, waits and use of teams agree with the bookings, counted date by date")
    func departments() throws {
        let simulation = try Self.city()
        let outcome = simulation.run()
        let report = PortfolioReport(of: simulation, outcome)
        let start = try #require(report.start)
        let through = try #require(report.through)
        #expect(report.departments.map(\.id) == ["housing", "natural-resources"])
        #expect(report.departments.map(\.title.en).allSatisfy { !$0.isEmpty })
        for department in report.departments {
            let bookings = outcome.bookings.filter { $0.departments.contains(department.id) }
            var weekly: [Int] = []
            for date in stride(from: start.dayNumber, through: through.dayNumber, by: 7).map(LocalDate.init(dayNumber:))
            {
                weekly.append(bookings.count { $0.asked <= date && ($0.begun ?? $0.ended ?? .latest) > date })
            }
            #expect(department.weeklyQueue == weekly)
            var busy = 0
            var open = 0
            let first = try #require(bookings.map(\.asked).min())
            let last = try #require(bookings.map { $0.ended ?? through }.max())
            for date in (first.dayNumber + 1...last.dayNumber).map(LocalDate.init(dayNumber:))
            where WorkCalendar.weekdays.isWorking(date) {
                open += department.teams
                busy += bookings.count { ($0.begun ?? .latest) < date && date <= $0.ended ?? .latest }
            }
            #expect(abs((department.utilisation ?? -1) - Double(busy) / Double(open)) < 1e-12)
            #expect((0...1).contains(department.utilisation ?? -1))
            #expect(department.waits.count == department.served && department.waiting == 0)
        }
    }

    @Test("One more team is the city with that team; where nobody waits it buys nothing")
    func gains() throws {
        let simulation = try Self.city()
        let report = PortfolioReport(of: simulation, simulation.run())
        let (gains, isWhole) = report.oneMoreTeam(in: simulation)
        #expect(
            isWhole && gains.map(\.department) == ["housing", "natural-resources"] && gains.map(\.teams) == [2, 3])
        for gain in gains {
            var teams = simulation.teams
            teams[gain.department] = gain.teams
            let other = simulation.with(teams: teams)
            let expected = PortfolioReport(of: other, other.run())
            #expect(gain.after.json() == expected.json())
            #expect(gain.totalWait == expected.totalWait - report.totalWait)
        }
        #expect(gains.contains { $0.totalWait < 0 })
        let plenty = simulation.with(teams: ["housing": 500])
        let idle = PortfolioReport(of: plenty, plenty.run())
        let nothing = idle.oneMoreTeam(in: plenty).gains
        #expect(nothing.allSatisfy { $0.totalWait == 0 && $0.meanDays == 0 && $0.attainment == 0 })
        var asked = 0
        let stopped = report.oneMoreTeam(
            in: simulation,
            shouldStop: {
                asked += 1
                return asked > 20
            })
        #expect(!stopped.isWhole && stopped.gains.count < 2)
    }

    @Test("A report of a run that was cut off counts what had arrived and says that it is partial")
    func partial() throws {
        let simulation = try Self.city()
        let outcome = simulation.run(through: Self.start.adding(days: 5))
        let report = PortfolioReport(of: simulation, outcome)
        #expect(report.isPartial && report.kinds[0].arrived < 10 && report.kinds[0].finished == 0)
        #expect(report.kinds[0].duration.mean == nil && report.kinds[0].duration.quantile(0.5) == nil)
        let none = simulation.run(shouldStop: { true })
        #expect(PortfolioReport(of: simulation, none).json().compact.contains("\"partial\":true"))
    }

    @Test("A quantile is the least value that so many do not exceed, as counted one by one")
    func quantiles() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<300 {
            let days = (0..<Int.random(in: 1...40, using: &random)).map { _ in Int.random(in: 0...30, using: &random) }
            let sample = DaySample(days)
            for percent in [1, 50, 80, 90, 95, 100] {
                let least = (0...30).first { value in
                    100 * days.count { $0 <= value } >= percent * days.count
                }
                #expect(sample.quantile(Double(percent) / 100) == least, "\(percent) % of \(days)")
            }
            #expect(sample.mean == Double(days.reduce(0, +)) / Double(days.count))
        }
    }

    @Test("Projects arrive in their rhythm: every few days, on dates, or at random at the rate that was asked for")
    func arrivals() throws {
        let half = DayAmount(minutes: DayAmount.minutesPerDay / 2, unit: .working)
        let dates = [LocalDate(dayNumber: 19_800), LocalDate(dayNumber: 19_790)]
        let simulation = PortfolioSimulation(
            kinds: [
                try Self.kind(9, .every(half, from: Self.start, count: 4)), try Self.kind(9, .on(dates)),
                try Self.kind(9, .perWeek(4, from: Self.start, count: 2000)),
            ], teams: [:], seed: 8)
        let arrivals = (0..<3).map { kind in simulation.members.filter { $0.kind == kind }.map(\.arrival) }
        let monday = Self.start.adding(days: 3)
        #expect(arrivals[0] == [Self.start, monday, monday, Self.start.adding(days: 4)])
        #expect(arrivals[1] == dates.sorted())
        #expect(arrivals[2] == arrivals[2].sorted() && arrivals[2].count == 2000)
        #expect(arrivals[2].allSatisfy { WorkCalendar.weekdays.isWorking($0) })
        // Half of them within the first half of 3,500 days; the deviation of that count is about 22.
        let early = arrivals[2].count { $0 < Self.start.adding(days: 1750) }
        #expect(abs(early - 1000) < 110)
        #expect(Set(simulation.members.map(\.id)).count == simulation.members.count)
    }
}
