import ArgumentParser
import Planning
import WorkCalendar
import WorkflowModel

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Two workflows side by side, with the percentage cut: the reform in figures. 改革前后对比。",
        discussion: "One workflow and --with compares it without and with some of its levers.")

    @Argument(help: "The workflow before.")
    var before: String

    @Argument(help: "The workflow after; left out with --with.")
    var after: String?

    @OptionGroup var reforms: LeverOptions

    @Option(help: "A project file whose facts both use; default: every fact at its default.")
    var facts: String?

    @Option(help: "The date on which the project enters.")
    var start: LocalDate = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    @Option(help: "Which figures: min, likely, max, promised or statutory.")
    var at: EstimateBasis = .likely

    @Option(help: "A calendar's id or file.")
    var calendar: String = "weekdays"

    @Option(help: "The item with which the window begins; default: the first milestone that both have.")
    var from: String?

    @Option(help: "The item with which the window ends; default: the last milestone that both have.")
    var to: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var pictures: PictureOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if after == nil, reforms.levers.ids.isEmpty {
            throw ValidationError("name a second workflow, or levers of the first one with --with")
        }
    }

    private func definition(_ path: String, _ files: Files) throws -> (WorkflowDefinition, [String: FactValue]) {
        if let facts {
            let (workflow, _, facts) = try files.workflow(path, of: facts)
            return (workflow, facts)
        }
        let workflow = try files.workflow(path)
        return (workflow, workflow.resolvedFacts([:]))
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let reports = try [before, after ?? before].enumerated().map { side, path in
                let (workflow, facts) = try definition(path, files)
                let calendar = try files.calendar(calendar, beside: path)
                let reformed = side == 0 ? workflow : try reforms.applied(to: workflow, facts: facts)
                return try Planner(plan: Plan.resolve(reformed, facts: facts), calendar: calendar)
                    .report(start: start, scenario: PlanScenario(basis: at))
            }
            guard let windows = Comparison.windows(reports[0].plan, reports[1].plan) else {
                throw CommandFailure(
                    zh: "两个流程没有共同的里程碑，请用 --from 和 --to 指定窗口。",
                    en: "the workflows share no milestone; name the window with --from and --to.")
            }
            for name in [from, to].compactMap(\.self) {
                for report in reports where report.plan[name] == nil {
                    throw CommandFailure(
                        zh: "流程 \(report.plan.workflow.id) 没有事项“\(name)”。--from 和 --to 须是两个流程都有的事项。",
                        en:
                            "workflow \(report.plan.workflow.id) has no item '\(name)'; --from and --to name items of both."
                    )
                }
            }
            func window(_ own: Comparison.Window) -> Comparison.Window {
                Comparison.Window(from: from ?? own.from, to: to ?? own.to)
            }
            let figures = try zip(reports, [windows.before, windows.after]).map { report, own in
                let window = window(own)
                guard let figures = Comparison.Figures(report, window: window) else {
                    throw CommandFailure(
                        zh: "流程“\(report.plan.workflow.id)”没有窗口 \(window.from) → \(window.to) 的事项。",
                        en:
                            "the workflow '\(report.plan.workflow.id)' lacks an end of the window \(window.from) → \(window.to)."
                    )
                }
                return figures
            }
            let comparison = Comparison(before: figures[0], after: figures[1])
            try pictures.write(
                terminal, svg: { BeforeAfter(comparison, language: terminal.language).picture() },
                html: { PicturePage(comparison, language: terminal.language) })
            switch format {
            case .json: printOut(comparison.json.pretty)
            case .text: printOut(text(of: comparison, terminal))
            }
        }
    }

    private func text(of comparison: Comparison, _ terminal: Terminal) -> String {
        let titles = [comparison.before, comparison.after].map { figures in
            let levers = figures.workflow.version.split(separator: "+").dropFirst().joined(separator: ", ")
            return figures.workflow.title[terminal.language] + (levers.isEmpty ? "" : " + \(levers)")
        }
        var table = TextTable([
            .init("", limit: 40), .init(terminal.say("改革前", "before"), .right),
            .init(terminal.say("改革后", "after"), .right), .init(terminal.say("压减", "cut"), .right),
        ])
        for figure in comparison.figures {
            let shown = { (value: Int) in figure.isTime ? DayAmount.number(minutes: value) : String(value) }
            table.add([
                figure.title[terminal.language], shown(figure.before), shown(figure.after),
                figure.cut.map { "\($0) %" } ?? "—",
            ])
        }
        let window = { (figures: Comparison.Figures) in "\(figures.window.from) → \(figures.window.to)" }
        return """
            \(terminal.say("改革前：", "before: "))\(titles[0])  (\(window(comparison.before)))
            \(terminal.say("改革后：", "after:  "))\(titles[1])  (\(window(comparison.after)))

            \(table.text)
            """
    }
}
