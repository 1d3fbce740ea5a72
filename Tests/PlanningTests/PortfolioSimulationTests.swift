import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Portfolios of cases run by the engine")
struct PortfolioSimulationTests {
    private let start = LocalDate(dayNumber: 19_783)  // Friday, 1 March 2024

    private func members(_ networks: [Int], apart: Int = 3) throws -> [PortfolioSimulation.Member] {
        let machines = try networks.map { CaseMachine(plan: try ShippedWorkflow($0).plan, calendar: .weekdays) }
        return machines.enumerated().map { number, machine in
            let workflow = machine.plan.workflow
            let opening = CaseOpening(
                project: "2403-500107-04-01-12345\(number)", title: workflow.title, owner: nil, workflow: workflow.id,
                version: workflow.version, definition: "", calendar: "weekdays", calendarVersion: "1",
                facts: machine.plan.facts)
            return .init(
                id: "case-\(number)", machine: machine, opening: opening,
                arrival: start.adding(days: number * apart))
        }
    }

    @Test("Every case comes to its end; with teams for everybody it goes as it would alone")
    func aloneOrNot() throws {
        let members = try members([1, 2, 9, 10, 2, 2])
        let together = PortfolioSimulation(members: members, seed: 7).run()
        #expect(!together.isPartial && together.bookings.isEmpty)
        for (number, member) in members.enumerated() {
            let alone = PortfolioSimulation(members: [member], seed: 7).run()
            #expect(alone.states[0] == together.states[number])
            #expect(alone.states[0].status == .completed)
        }
    }

    @Test("No department has more teams at work than it has, and nobody begins before he asked", arguments: 1...3)
    func capacity(teams: Int) throws {
        let members = try members(Array(repeating: 2, count: 12), apart: 1)
        let simulation = PortfolioSimulation(
            members: members, teams: ["housing": teams, "natural-resources": teams, "civil-defence": 1], seed: 3)
        let outcome = simulation.run()
        #expect(outcome.states.allSatisfy { $0.status == .completed })
        for load in outcome.loads {
            let own = outcome.bookings.filter { $0.departments.contains(load.department) }
            let begun = try own.map { try #require($0.begun) }
            let ended = try own.map { try #require($0.ended) }
            for (place, booking) in own.enumerated() {
                #expect(booking.asked <= begun[place])
                let atWork = own.indices.count { begun[$0] <= begun[place] && begun[place] < ended[$0] }
                #expect(atWork <= load.teams, "\(load.department) on \(begun[place])")
            }
            #expect(load.served == own.count)
            #expect(
                load.waits.sorted()
                    == own.indices.map { WorkCalendar.weekdays.workingDays(after: own[$0].asked, through: begun[$0]) }
                    .sorted())
        }
        #expect(outcome.loads.contains { $0.totalWait > 0 })
        let plenty = simulation.with(teams: ["housing": 100, "natural-resources": 100, "civil-defence": 100]).run()
        #expect(plenty.loads.allSatisfy { $0.totalWait == 0 && $0.longestQueue == 0 })
        #expect(plenty.states == PortfolioSimulation(members: members, seed: 3).run().states)
    }

    @Test("A session begins when all who take part have a team, and keeps one of each")
    func sessions() throws {
        let members = try members(Array(repeating: 2, count: 10), apart: 0)
        let joint = try #require(members[0].machine.plan.items.first { $0.item.joint != nil && $0.item.takes != nil })
        let needed = Set(
            (joint.item.joint?.participants.map(\.department) ?? []) + [joint.item.department].compactMap(\.self))
        let teams = Dictionary(uniqueKeysWithValues: needed.map { ($0, 1) })
        let outcome = PortfolioSimulation(members: members, teams: teams, seed: 1).run()
        let sessions = outcome.bookings.filter { $0.request.hasSuffix(":session") || $0.request.contains(":session") }
        #expect(sessions.count >= 10)
        #expect(sessions.allSatisfy { Set($0.departments) == needed })
    }

    @Test("The same seed is the same city, and a run that is stopped says so")
    func repeatable() throws {
        let members = try members([2, 2, 2], apart: 2)
        let simulation = PortfolioSimulation(members: members, teams: ["housing": 1], seed: 5)
        var first: [String] = []
        var second: [String] = []
        let whole = simulation.run(onEvents: { member, events in first += events.map { "\(member) \($0.on) \($0.kind)" }
        })
        _ = simulation.run(onEvents: { member, events in second += events.map { "\(member) \($0.on) \($0.kind)" } })
        #expect(first == second && first.count == whole.events)
        let part = simulation.run(through: start.adding(days: 40))
        #expect(part.isPartial && part.through ?? .latest <= start.adding(days: 40))
        var dates = 0
        let stopped = simulation.run(shouldStop: {
            dates += 1
            return dates > 3
        })
        #expect(stopped.isPartial && stopped.events < whole.events)
    }
}
