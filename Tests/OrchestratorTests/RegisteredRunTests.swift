import CaseEngine
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Runs where officers are registered")
struct RegisteredRunTests {
    @Test(
        "A run goes to its end, and nobody acts for a department but its officers who are there", arguments: [2, 9, 10])
    func registered(network: Int) async throws {
        let project = try ShippedProject(network)
        let store = InMemoryStore()
        let orchestrator = Orchestrator(store: store)
        let start = LocalDate(year: 2023, month: 12, day: 1)!
        var number = 0
        func enter(_ entry: RegistryEntry) async throws {
            number += 1
            _ = try await orchestrator.enter(
                entry, key: try #require(CommandKey("entry-\(number)")), by: Scenario.keeper, on: start,
                at: .officeClosing(of: start))
        }
        var names: Set<String> = []
        for department in project.plan.workflow.departments.map(\.id) + [Registry.windowUnit] {
            for (suffix, roles) in [
                ("1", [OfficerRole.handler, .window]), ("2", [.handler, .reviewer]),
                ("3", [.approver, .head, .window]),
                ("4", [.handler, .approver]),
            ] {
                names.insert("\(department)-\(suffix)")
                try await enter(
                    .officerRegistered(
                        officer: Officer(department: department, name: "\(department)-\(suffix)", roles: Set(roles))))
            }
            // One is away all the time.
            try await enter(
                .absenceReported(
                    department: department, name: "\(department)-4",
                    absence: Absence(from: start, through: start.adding(days: 4000), reason: "leave")))
        }
        try await project.run(store, seed: 5)
        var acted = 0
        for record in try await project.log(in: store) {
            let event = try CaseEvent(record: record)
            guard event.by.role == .department else { continue }
            acted += 1
            #expect(names.contains(event.by.name) && !event.by.name.hasSuffix("-4"), "\(event.by.name)")
        }
        #expect(acted > 10)
    }
}
