import ArgumentParser
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Dates, floats and critical paths of a project, and the verdict on its targets. 排程。")

    @Argument(help: "The workflow file, or a network file (docs/network.md).")
    var workflow: String

    @Option(help: "The project file with the facts; a workflow needs it.")
    var facts: String?

    @Option(help: "The date on which the project enters, YYYY-MM-DD; day 0. A workflow needs it.")
    var start: LocalDate?

    @Option(help: "Which figures: min, likely, max, promised or statutory.")
    var at: EstimateBasis = .likely

    @Option(help: "Rectification rounds that every joint item goes through.")
    var rectify: Int = 0

    @Option(help: "A calendar's id (cn, weekdays) or file; default: the workflow's.")
    var calendar: String?

    @Option(help: "Rows of the table: activity or stage.")
    var by: PlanText.Rows = .activity

    @OptionGroup var questions: PlanOptions

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
            let files = Files(terminal: terminal)
            let text = try files.text(workflow)
            if DefinitionFile.isNetwork(text, path: workflow) {
                guard pictures.svg == nil, pictures.html == nil else {
                    throw CommandFailure(
                        zh: "--svg 和 --html 只画审批流程，不画不带审批的网络。",
                        en: "--svg and --html draw workflows, not plain networks.", exitCode: 64)
                }
                try NetworkPlan(terminal: terminal, questions: questions).print(text, path: workflow, format: format)
                return
            }
            guard let facts, let start else {
                throw CommandFailure(
                    zh: "流程要有 --facts 和 --start 才能排程；不带审批的网络文件见 docs/network.md。",
                    en:
                        "a workflow is planned with --facts and --start; a plain network is described in docs/network.md.",
                    exitCode: 64)
            }
            let report = try PlanInputs(terminal: terminal).report(
                workflow: workflow, facts: facts, start: start, calendar: calendar,
                scenario: PlanScenario(basis: at, rectificationRounds: rectify), reforms: reforms)
            try pictures.write(
                terminal, svg: { picture.draw(report, terminal.language) },
                html: { PicturePage(report, language: terminal.language) })
            let answers = PlanAnswers(report, try questions.questions(files))
            switch format {
            case .json: printOut(answers.json.pretty)
            case .text:
                let text = PlanText(report: report, terminal: terminal, rows: by).text
                printOut(text + PlanAnswersText(answers: answers, terminal: terminal).text.prependingLineBreak)
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

extension String {
    /// The text on a line of its own; nothing when it is empty.
    fileprivate var prependingLineBreak: String { isEmpty ? "" : "\n" + self }
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
        let (workflow, _, facts) = try files.workflow(path, of: facts)
        let calendar = try files.calendar(name ?? workflow.calendar, beside: path)
        let plan = Plan.resolve(try reforms?.applied(to: workflow, facts: facts) ?? workflow, facts: facts)
        do {
            return try Planner(plan: plan, calendar: calendar).report(start: start, scenario: scenario)
        } catch {
            throw CommandFailure(zh: "流程无法排程：\(error)", en: "the workflow cannot be scheduled: \(error)")
        }
    }
}
