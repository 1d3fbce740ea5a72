import CaseEngine
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Portfolios beside runs")
struct PortfolioLogTests {
    /// Limited teams that nobody ever waits for must not change a date either.
    @Test(
        "A project among others, with teams for everybody, has the log that it has when it is run alone on a store",
        arguments: 1...12, [nil, 1_000])
    func sameLog(network: Int, teams: Int?) async throws {
        let project = try ShippedProject(network, everyCondition: network % 2 == 0)
        let store = InMemoryStore()
        let opening = try await project.opening()
        let owner = SimulatedParties.applicant(of: opening)
        try await project.run(store, seed: 9, openedBy: Actor(role: .applicant, name: owner))
        let alone = try await project.log(in: store).map { try CaseEvent(record: $0) }

        let machine = CaseMachine(plan: project.plan, calendar: project.calendar)
        let ids = ["case-0", ShippedProject.id.text, "case-2"]
        let members = ids.enumerated().map { place, id in
            PortfolioSimulation.Member(
                id: id, machine: machine, opening: opening, arrival: ShippedProject.start.adding(days: 7 * (place - 1)))
        }
        let departments = project.plan.workflow.departments.map(\.id)
        let simulation = PortfolioSimulation(
            members: members,
            teams: teams.map { teams in Dictionary(uniqueKeysWithValues: departments.map { ($0, teams) }) } ?? [:],
            seed: 9)
        var together: [CaseEvent] = []
        _ = simulation.run(onEvents: { member, events in
            if member == 1 { together += events }
        })
        #expect(together.map(\.payload) == alone.map(\.payload))
        #expect(together == alone)
    }
}
