import ArgumentParser
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Dates, floats and critical paths of a project, and the verdict on its targets. 排程。")

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @Option(help: "The date on which the project enters, YYYY-MM-DD; day 0.")
    var start: LocalDate

    @Option(help: "Which figures: min, likely, max, promised or statutory.")
    var at: EstimateBasis = .likely

    @Option(help: "Rectification rounds that every joint item goes through.")
    var rectify: Int = 0

    @Option(help: "A calendar's id (cn, weekdays) or file; default: the workflow's.")
    var calendar: String?

    @Option(help: "Rows of the table: activity or stage.")
    var by: PlanText.Rows = .activity

    @OptionGroup var reforms: LeverOptions

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @Option(help: "What --svg draws: gantt or metro. The HTML file has both.")
    var picture: PlanPicture = .gantt

    @OptionGroup var pictures: PictureOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...5).contains(rectify) else { throw ValidationError("--rectify takes 0 to 5 rounds") }
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let report = try PlanInputs(terminal: terminal).report(
                workflow: workflow, facts: facts, start: start, calendar: calendar,
                scenario: PlanScenario(basis: at, rectificationRounds: rectify), reforms: reforms)
            try pictures.write(
                terminal, svg: { picture.draw(report, terminal.language) },
                html: { PicturePage(report, language: terminal.language) })
            switch format {
            case .json: printOut(report.json.pretty)
            case .text: printOut(PlanText(report: report, terminal: terminal, rows: by).text)
            }
        }
    }
}

/// A drawing of a plan.
enum PlanPicture: String, CaseIterable, ExpressibleByArgument {
    case gantt, metro

    func draw(_ report: PlanReport, _ language: Language) -> Picture {
        switch self {
        case .gantt: GanttChart(report, language: language).picture
        case .metro: MetroMap(report, language: language).picture
        }
    }
}

extension EstimateBasis: ExpressibleByArgument {}
extension PlanText.Rows: ExpressibleByArgument {}

/// From files to a solved plan.
struct PlanInputs {
    let terminal: Terminal

    func report(
        workflow path: String, facts: String, start: LocalDate, calendar name: String?, scenario: PlanScenario,
        reforms: LeverOptions? = nil
    ) throws -> PlanReport {
        let files = Files(terminal: terminal)
        let workflow = try files.workflow(path)
        let (_, facts) = try files.project(facts, for: workflow)
        let calendar = try files.calendar(name ?? workflow.calendar, beside: path)
        let plan = Plan.resolve(try reforms?.applied(to: workflow, facts: facts) ?? workflow, facts: facts)
        do {
            return try Planner(plan: plan, calendar: calendar).report(start: start, scenario: scenario)
        } catch {
            throw CommandFailure(zh: "流程无法排程：\(error)", en: "the workflow cannot be scheduled: \(error)")
        }
    }
}
