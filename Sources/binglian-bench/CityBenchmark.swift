import ArgumentParser
import CaseEngine
import Foundation
import Planning
import WorkCalendar
import WorkflowModel

/// A thousand projects of a shipped workflow through departments with few teams, every case run by the real rules; one
/// thread, in its own processor time.
struct CityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city", abstract: "Items finished per second of a portfolio that the case engine runs.")

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file.")
    var facts: String

    @Option(help: "The calendar file.")
    var calendar: String

    @Option(help: "How many projects.")
    var projects = 1000

    @Option(help: "Teams of every department of the workflow.")
    var teams = 40

    @Option(help: "How often it is played; the best counts.")
    var times = 3

    func run() throws {
        guard
            let definition = WorkflowFile.read(try String(contentsOfFile: workflow, encoding: .utf8), path: workflow)
                .value,
            let calendar = CalendarFile.read(try String(contentsOfFile: calendar, encoding: .utf8), path: calendar)
                .value,
            let file = ProjectFile.read(try String(contentsOfFile: facts, encoding: .utf8), path: facts).value,
            let facts = file.facts(for: definition).value,
            let every = DayAmount("0.25wd"), let start = LocalDate(year: 2022, month: 1, day: 4)
        else { throw ValidationError("the files have mistakes; binglian check names them") }
        let opening = CaseOpening(
            project: file.project.code, title: file.project.title, owner: file.project.owner, workflow: definition.id,
            version: definition.version, definition: "", calendar: calendar.id, calendarVersion: calendar.version,
            facts: facts)
        let machine = CaseMachine(plan: Plan.resolve(definition, facts: facts), calendar: calendar)
        // The owner's and the builder's own work waits for no office.
        let offices = definition.departments.map(\.id).filter { !["owner", "contractor", "design-firm"].contains($0) }
        let simulation = PortfolioSimulation(
            kinds: [.init(machine: machine, opening: opening, rhythm: .every(every, from: start, count: projects))],
            teams: Dictionary(uniqueKeysWithValues: offices.map { ($0, teams) }), seed: 1)
        var best = Double.infinity
        var outcome = simulation.run(shouldStop: { true })
        for _ in 0..<times {
            let begin = processorSeconds()
            outcome = simulation.run()
            best = min(best, processorSeconds() - begin)
        }
        precondition(outcome.states.allSatisfy { $0.status == .completed }, "every case comes to its end")
        report([
            "completionsPerSecond": Double(outcome.completions) / best,
            "eventsPerSecond": Double(outcome.events) / best,
            "eventsPerCompletion": Double(outcome.events) / Double(outcome.completions),
            "waited": Double(outcome.loads.reduce(0) { $0 + $1.totalWait }), "seconds": best,
        ])
    }
}
