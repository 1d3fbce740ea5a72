import ArgumentParser
import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// A thousand projects of a shipped workflow through departments with few teams, every case run by the real rules; one
/// thread, in its own processor time.
struct CityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city", abstract: "Items finished per second of a portfolio that the case engine runs.")

    @OptionGroup var files: WorkflowFiles

    @Option(help: "How many projects.")
    var projects = 1000

    @Option(help: "Teams of every department of the workflow.")
    var teams = 40

    @Option(help: "How often it is played; the best counts.")
    var times = 3

    func run() throws {
        let contents = try files.read()
        let (definition, calendar, project) = (contents.definition, contents.calendar, contents.project)
        guard let every = DayAmount("0.25wd") else { throw ValidationError("a quarter of a day is no amount") }
        let start = LocalDate(dayNumber: 18_996)  // 4 January 2022
        let opening = CaseOpening(
            project: project.code, title: project.title, owner: project.owner, workflow: definition.id,
            version: definition.version, definition: "", calendar: calendar.id, calendarVersion: calendar.version,
            facts: contents.facts)
        let machine = CaseMachine(plan: Plan.resolve(definition, facts: contents.facts), calendar: calendar)
        // The owner's and the builder's own work waits for no office.
        let offices = definition.departments.map(\.id).filter { !["owner", "contractor", "design-firm"].contains($0) }
        let simulation = PortfolioSimulation(
            kinds: [.init(machine: machine, opening: opening, rhythm: .every(every, from: start, count: projects))],
            teams: Dictionary(uniqueKeysWithValues: offices.map { ($0, teams) }), seed: 1)
        var best = Double.infinity
        var outcome = simulation.run(shouldStop: { true })
        for _ in 0..<times {
            best = min(best, processorSeconds { outcome = simulation.run() })
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
