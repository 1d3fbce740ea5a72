import ArgumentParser
import CaseEngine
import Foundation
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

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file.")
    var facts: String

    @Option(help: "The calendar file.")
    var calendar: String

    @Option(help: "How many cases.")
    var cases = 1000

    @Option(help: "Cases at a time.")
    var width = 8

    func run() async throws {
        let text = try String(contentsOfFile: workflow, encoding: .utf8)
        let calendarText = try String(contentsOfFile: calendar, encoding: .utf8)
        guard let definition = WorkflowFile.read(text, path: workflow).value,
            let calendar = CalendarFile.read(calendarText, path: calendar).value,
            let file = ProjectFile.read(try String(contentsOfFile: facts, encoding: .utf8), path: facts).value,
            let facts = file.facts(for: definition).value
        else { throw ValidationError("the files have mistakes; binglian check names them") }
        let publication = Publication(
            workflow: definition, text: text, calendar: calendar, calendarText: calendarText)
        let parties = SimulatedParties(plan: Plan.resolve(definition, facts: facts), calendar: calendar, seed: 2)
        let orchestrator = Orchestrator(
            store: InMemoryStore(), logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })

        @Sendable func runCase(_ number: Int) async throws -> Int {
            let id = CaseID("case-\(number)")!  // digits and a hyphen
            let start = LocalDate(dayNumber: 19_783 + number % 250)  // from 1 March 2024
            _ = try await orchestrator.open(
                id, with: publication, project: file.project, facts: facts, on: start,
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
