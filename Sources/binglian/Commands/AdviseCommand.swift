import ArgumentParser
import Planning
import WorkCalendar
import WorkflowModel

struct AdviseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract: "The cheapest reforms with which a project meets a target, and what each reform does. 改革建议。",
        discussion: """
            A workflow declares its levers: reforms that the bureau may carry out, each with its cost. With --probability,
            durations and rounds are drawn as in simulate, the same for all levers, and the target is to be met in that share
            of the samples. Exit status 0: the target is met, or these levers meet it; 1: none does, or none was found in time.
            """)

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @Option(help: "The target's id; default: the first one with a limit.")
    var target: String?

    @Option(help: "Another limit than the target's, such as 30wd.")
    var limit: DayAmount?

    @Option(help: "What is held against the limit: union, span or sum; default: the target's own measure.")
    var measure: Target.Measure?

    @Option(help: "The date on which the project enters.")
    var start: LocalDate = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    @Option(help: "Which figures: min, likely, max, promised or statutory.")
    var at: EstimateBasis = .likely

    @Option(help: "Rectification rounds that every joint item goes through.")
    var rectify: Int = 0

    @Option(help: "A calendar's id or file; default: the workflow's.")
    var calendar: String?

    @Option(help: "With what chance the target is to be met, between 0 and 1, such as 0.9; default: in the plan.")
    var probability: Double?

    @Option(help: "With --probability: how often the project is played through, 100 to 20000; default: 2000.")
    var runs: Int?

    @Option(help: "With --probability: durations are drawn from this number; default: 1.")
    var seed: UInt64?

    @Option(
        help:
            "How long to look for the cheapest levers, such as 500ms or 2s; default: 2s, with --probability 10s."
    )
    var time: SearchTime?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var pictures: PictureOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...5).contains(rectify) else { throw ValidationError("--rectify takes 0 to 5 rounds") }
        if let limit, limit.minutes <= 0 { throw ValidationError("--limit is more than 0") }
        if let probability, !(probability > 0 && probability < 1) {
            throw ValidationError("--probability is more than 0 and less than 1: 0.9 is nine times out of ten")
        }
        let range = WantedChance.runRange
        if let runs, !range.contains(runs) {
            throw ValidationError("--runs takes \(range.lowerBound) to \(range.upperBound)")
        }
        if probability == nil, runs != nil || seed != nil {
            throw ValidationError("--runs and --seed go with --probability")
        }
        if probability != nil, rectify != 0 {
            throw ValidationError("--rectify does not go with --probability: rounds happen with their chance")
        }
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let (workflow, _, facts) = try files.workflow(workflow, of: facts)
            let calendar = try files.calendar(calendar ?? workflow.calendar, beside: self.workflow)
            let advisor = LeverAdvisor(
                workflow: workflow, facts: facts, target: try wanted(in: workflow), measure: measure,
                calendar: calendar, start: start,
                scenario: PlanScenario(basis: at, rectificationRounds: rectify))
            let clock = ContinuousClock()
            let time = time ?? .seconds(probability == nil ? 2 : 10)
            let end = clock.now.advanced(by: .milliseconds(time.milliseconds))
            let report: AdviceReport
            do throws(AdviceError) {
                report = try advisor.advice(reaching: try wanted(of: workflow), shouldStop: { clock.now >= end })
            } catch {
                throw CommandFailure(error)
            }
            try pictures.write(
                terminal, svg: { report.tornado(terminal.language).picture() },
                html: { PicturePage(report, language: terminal.language) })
            switch format {
            case .json: printOut(report.json.pretty)
            case .text: printOut(AdviceText(report: report, terminal: terminal).text)
            }
            if case .met = report.outcome { return }
            throw ExitCode(1)
        }
    }

    private func wanted(of workflow: WorkflowDefinition) throws(AdviceError) -> WantedChance? {
        guard let probability else { return nil }
        return try WantedChance(
            probability: probability, runs: runs ?? WantedChance.defaultRuns,
            assumptions: RiskAssumptions(of: workflow, seed: seed ?? 1))
    }

    private func wanted(in workflow: WorkflowDefinition) throws -> Target {
        let named =
            if let target { workflow.targets.first { $0.id == target } } else {
                workflow.targets.first { $0.limit != nil || limit != nil }
            }
        guard let named else {
            let known = workflow.targets.map(\.id).joined(separator: ", ")
            throw CommandFailure(
                zh: target.map { "流程没有目标“\($0)”，它有：\(known)。" } ?? "流程没有带时限的目标，请用 --target 和 --limit 指定。",
                en: target.map { "the workflow has no target '\($0)'; it has: \(known)." }
                    ?? "the workflow has no target with a limit; name one with --target and --limit.")
        }
        return limit.map { named.with(limit: $0) } ?? named
    }
}

extension Target.Measure: ExpressibleByArgument {}

extension CommandFailure {
    init(_ error: AdviceError) {
        switch error {
        case .noLimit(let target):
            self.init(
                zh: "目标“\(target)”没有时限，请用 --limit 给出，如 --limit 120wd。",
                en: "the target '\(target)' has no limit; give one, such as --limit 120wd.")
        case .noWindow(let target):
            self.init(
                zh: "这个项目没有目标“\(target)”的窗口。", en: "this project has no window for the target '\(target)'.")
        case .unplannable(let why):
            self.init(zh: "流程无法排程：\(why)", en: "the workflow cannot be scheduled: \(why)")
        case .wantedOutOfRange:
            self.init(
                zh: "--probability 须大于 0 且小于 1，--runs 须为 100 至 20000。",
                en: "--probability is more than 0 and less than 1, --runs is 100 to 20000.")
        }
    }
}
