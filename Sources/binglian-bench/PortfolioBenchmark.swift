import ArgumentParser
import CaseEngine
import Logging
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// A thousand projects through a shipped workflow to their ends in virtual time, with departments that answer by
/// themselves.
struct PortfolioBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portfolio", abstract: "Cases a second of a shipped workflow, from opening to completion.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "How many cases.")
    var cases = 1000

    @Option(help: "Cases at a time.")
    var width = 8

    func run() async throws {
        let contents = try files.read()
        let (definition, calendar, project) = (contents.definition, contents.calendar, contents.project)
        let facts = contents.facts
        let publication = Publication(
            workflow: definition, text: contents.text, calendar: calendar, calendarText: contents.calendarText)
        let parties = SimulatedParties(plan: Plan.resolve(definition, facts: facts), calendar: calendar, seed: 2)
        let orchestrator = Orchestrator(
            store: InMemoryStore(), logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })

        @Sendable func runCase(_ number: Int) async throws -> Int {
            let id = CaseID("case-\(number)")!  // digits and a hyphen
            let start = LocalDate(dayNumber: 19_783 + number % 250)  // from 1 March 2024
            _ = try await orchestrator.open(
                id, with: publication, project: project, facts: facts, on: start,
                by: Actor(role: .applicant, name: "owner"), at: .officeClosing(of: start))
            let run = CaseRun(orchestrator: orchestrator, caseID: id, dispatcher: Dispatcher(connector: parties))
            let end = try await run.run()
            precondition(end == .closed(.completed), "case \(number): \(end)")
            let events = try await orchestrator.snapshot(of: id).state.version
            await orchestrator.release(id)
            return events
        }

        let clock = ContinuousClock()
        let begin = clock.now
        let events = try await withThrowingTaskGroup(of: Int.self) { group in
            var events = 0
            for number in 0..<cases {
                if number >= width { events += try await group.next() ?? 0 }
                group.addTask { try await runCase(number) }
            }
            for try await more in group { events += more }
            return events
        }
        let elapsed = (clock.now - begin) / .seconds(1)
        report([
            "casesPerSecond": Double(cases) / elapsed, "eventsPerSecond": Double(events) / elapsed,
            "eventsPerCase": Double(events) / Double(cases), "seconds": elapsed,
        ])
    }
}
