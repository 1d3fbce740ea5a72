import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

struct CityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city",
        abstract: "Many projects through departments with few teams: queues, waits, targets kept. 项目组合推演。",
        discussion: """
            Every case is run by the rules that run real cases, in virtual time, with simulated parties. The same seed gives the
            same city. Ctrl-C stops early and reports on what was played, marked partial (exit status 130).
            """)

    @Argument(help: "The city file.")
    var city: String

    @Option(help: "Random arrivals and what parties answer are drawn from this number.")
    var seed: UInt64 = 1

    @Flag(help: "Also play the city once more for every department in teams, with one more team of it.")
    var oneMoreTeam = false

    @Option(help: "The last date that is played; default: until every case has ended.")
    var until: LocalDate?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.terminal.run { terminal in
            let (city, simulation) = try CityInputs(terminal: terminal).simulation(city, seed: seed)
            if let until, let start = simulation.members.map(\.arrival).min(), until < start {
                throw CommandFailure(
                    zh: "--until \(until) 早于第一个项目到来的 \(start)。",
                    en: "--until \(until) is before the first arrival, \(start).")
            }
            let (report, gains, isStopped) = await Interrupt.watched { interrupt in
                // A task of its own: it computes for long without giving way.
                await Task.detached { play(simulation, terminal, interrupt) }.value
            }
            switch format {
            case .json: printOut(report.json(gains: gains).pretty)
            case .text: printOut(CityText(city: city, report: report, gains: gains, terminal: terminal).text)
            }
            if isStopped {
                printError(terminal.say("已中断：结果不完整。", "stopped early: the result is partial."))
                throw ExitCode(130)
            }
        }
    }

    private func play(
        _ simulation: PortfolioSimulation, _ terminal: Terminal, _ interrupt: Interrupt
    ) -> (report: PortfolioReport, gains: [TeamGain]?, isStopped: Bool) {
        let progress = CityProgress(terminal: terminal, simulation: simulation)
        defer { progress.clear() }
        let outcome = progress.playing { onEvents in
            simulation.run(through: until, shouldStop: { interrupt.isRaised }, onEvents: onEvents)
        }
        let report = PortfolioReport(of: simulation, outcome)
        guard oneMoreTeam, !interrupt.isRaised else { return (report, nil, interrupt.isRaised) }
        let (gains, isWhole) = report.oneMoreTeam(
            in: simulation, through: until, shouldStop: { interrupt.isRaised },
            onStart: { progress.say("增加一组：\($0)", "one more team: \($0)") })
        return (report, gains, !isWhole)
    }
}

/// From a city's files to what is played.
private struct CityInputs {
    let terminal: Terminal

    func simulation(_ path: String, seed: UInt64) throws -> (City, PortfolioSimulation) {
        let files = Files(terminal: terminal)
        let file = try files.city(path)
        let folder = URL(fileURLWithPath: path).absoluteURL.deletingLastPathComponent()
        var workflows: [String: (definition: WorkflowDefinition, text: String, calendar: (WorkCalendar, String?))] = [:]
        var machines: [(workflow: String, facts: [String: FactValue], works: [Work], machine: CaseMachine)] = []
        var departments: Set<String> = []
        let kinds = try file.city.arrivals.map { arrivals in
            let workflowPath = Files.seenFromHere(folder.appendingPathComponent(arrivals.workflow).standardized.path)
            let projectPath = Files.seenFromHere(folder.appendingPathComponent(arrivals.project).standardized.path)
            let workflow: (definition: WorkflowDefinition, text: String, calendar: (WorkCalendar, String?))
            if let known = workflows[workflowPath] {
                workflow = known
            } else {
                let definition = try files.workflow(workflowPath)
                workflow = (
                    definition, try files.text(workflowPath),
                    try calendar(file.city, of: definition, at: workflowPath, cityFolder: folder, files)
                )
                workflows[workflowPath] = workflow
            }
            departments.formUnion(workflow.definition.departments.map(\.id))
            let (project, facts) = try files.project(projectPath, for: workflow.definition)
            let known = machines.first {
                $0.workflow == workflowPath && $0.facts == facts && $0.works == project.works
            }?.machine
            let machine =
                known
                ?? CaseMachine(
                    plan: Plan.resolve(
                        workflow.definition.divided(into: project.works, facts: facts), facts: facts),
                    calendar: workflow.calendar.0)
            if known == nil { machines.append((workflowPath, facts, project.works, machine)) }
            let publication = Publication(
                workflow: workflow.definition, text: workflow.text, calendar: workflow.calendar.0,
                calendarText: workflow.calendar.1)
            return PortfolioSimulation.Kind(
                machine: machine,
                opening: CaseOpening(
                    project: project.code, title: project.title, owner: project.owner, workflow: workflow.definition.id,
                    version: workflow.definition.version, definition: publication.workflowText.hash.description,
                    calendar: workflow.calendar.0.id, calendarVersion: workflow.calendar.0.version, facts: facts,
                    works: project.works),
                rhythm: arrivals.rhythm)
        }
        let teams = try files.value(of: file.teams(among: departments), path: path)
        return (file.city, PortfolioSimulation(kinds: kinds, teams: teams, seed: seed))
    }

    /// The city's calendar, else the workflow's; a file is named from the city's folder.
    private func calendar(
        _ city: City, of workflow: WorkflowDefinition, at path: String, cityFolder: URL, _ files: Files
    ) throws -> (WorkCalendar, String?) {
        guard let name = city.calendar else { return try files.calendarSource(workflow.calendar, beside: path) }
        let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        let place = isFile ? Files.seenFromHere(cityFolder.appendingPathComponent(name).standardized.path) : name
        return try files.calendarSource(place, beside: path)
    }
}
