import ArgumentParser
import Foundation
import Orchestrator
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "The chance of meeting each target, and what it depends on. 蒙特卡洛模拟。",
        discussion: """
            Every duration is drawn between its minimum and its maximum, every round of rectification happens with its chance.
            The same seed gives the same figures on any number of threads. Ctrl-C stops early and reports on what is done,
            marked partial (exit code 130).
            """)

    @Argument(help: "The workflow file.")
    var workflow: String

    @Option(help: "The project file with the facts.")
    var facts: String

    @Option(help: "The date on which the project enters, YYYY-MM-DD; day 0.")
    var start: LocalDate

    @Option(
        help:
            "How often the project is played through, 100 to 1000000; default: 10000, with --precision at most 1000000."
    )
    var runs: Int?

    @Option(help: "Durations are drawn from this number.")
    var seed: UInt64 = 1

    @Option(
        help: "Go on until the chance of every target is known to within this much with confidence 95 %, such as 0.005."
    )
    var precision: Double?

    @Flag(help: "Spread the samples evenly (Latin hypercube): surer percentiles from as many runs.")
    var latinHypercube = false

    @Option(help: "How durations are spread where an item does not say: triangular, pert, uniform or fixed.")
    var distribution: DurationShape?

    @Option(help: "How strongly the durations of one department go together, 0 to 0.99; default: the workflow's.")
    var correlation: Double?

    @Flag(help: "Draw durations to the minute instead of whole days.")
    var minutes = false

    @Option(help: "The target whose histogram and drivers are shown, or finish; default: the first with a limit.")
    var target: String?

    @Option(help: "Threads; default: as many as the machine has cores.")
    var threads: Int?

    @Option(help: "A calendar's id (cn, weekdays) or file; default: the workflow's.")
    var calendar: String?

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @Option(help: "What --svg draws of the target: histogram or tornado. The HTML file has both, of every target.")
    var picture: SimulationPicture = .histogram

    @OptionGroup var pictures: PictureOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let runs, !(100...1_000_000).contains(runs) { throw ValidationError("--runs takes 100 to 1000000") }
        if let precision, !(0.0005...0.5).contains(precision) {
            throw ValidationError("--precision takes 0.0005 to 0.5: 0.005 is half a per cent")
        }
        if let correlation, !(0...0.99).contains(correlation) {
            throw ValidationError("--correlation takes 0 to 0.99")
        }
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads takes 1 to 256") }
    }

    func run() async throws {
        try await common.terminal.run { terminal in
            let model = try model(terminal)
            let shown = try shownTarget(of: model)
            let progress = SimulationProgress(terminal: terminal)
            let limit = SimulationLimit(
                runs: runs ?? (precision == nil ? 10_000 : 1_000_000), precision: precision,
                threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
            let simulating = Task { await limit.simulate(model, progress: progress) }
            let (part, isWhole) = await Interrupt.answering {
                simulating.cancel()
            } during: {
                await simulating.value
            }
            progress.clear()
            guard part.count > 0 else {
                throw CommandFailure(zh: "还没有结果就已停止。", en: "stopped before there was a result.", exitCode: 130)
            }
            let report = try model.report(on: part, isPartial: !isWhole)
            try pictures.write(
                terminal, svg: { picture.draw(report, ofTarget: shown, terminal.language) },
                html: { PicturePage(report, language: terminal.language) })
            switch format {
            case .json: printOut(report.json.pretty)
            case .text: printOut(SimulationText(report: report, shown: shown, terminal: terminal).text)
            }
            if !isWhole { throw ExitCode(130) }
        }
    }

    private func model(_ terminal: Terminal) throws -> RiskModel {
        let files = Files(terminal: terminal)
        let (definition, _, facts) = try files.workflow(workflow, of: facts)
        var assumptions = RiskAssumptions(of: definition, seed: seed)
        assumptions.latinHypercube = latinHypercube
        assumptions.wholeDays = !minutes
        if let distribution { assumptions.shape = distribution }
        if let correlation { assumptions.departmentCorrelation = correlation }
        do {
            return try RiskModel(
                plan: Plan.resolve(definition, facts: facts),
                calendar: try files.calendar(calendar ?? definition.calendar, beside: workflow), start: start,
                assumptions: assumptions)
        } catch let error as NetworkError {
            throw CommandFailure(zh: "流程无法模拟：\(error)", en: "the workflow cannot be simulated: \(error)")
        } catch let error as SimulationError {
            throw CommandFailure(zh: "流程无法模拟：\(error)", en: "the workflow cannot be simulated: \(error)")
        }
    }

    /// The index of the target whose details are shown; `nil` for the finish.
    private func shownTarget(of model: RiskModel) throws -> Int? {
        guard let target else { return model.targets.firstIndex { $0.limit != nil } }
        if target == "finish" { return nil }
        guard let index = model.targets.firstIndex(where: { $0.id == target }) else {
            let known = (model.targets.map(\.id) + ["finish"]).joined(separator: ", ")
            throw CommandFailure(
                zh: "没有时限目标“\(target)”。可以是：\(known)。", en: "there is no target '\(target)'; there are: \(known).")
        }
        return index
    }
}

/// A drawing of a simulated target.
enum SimulationPicture: String, CaseIterable, ExpressibleByArgument {
    case histogram, tornado

    func draw(_ report: SimulationReport, ofTarget target: Int?, _ language: Language) -> Picture {
        switch self {
        case .histogram: report.histogram(ofTarget: target, language: language).picture()
        case .tornado: report.tornado(ofTarget: target, language: language).picture()
        }
    }
}

extension DurationShape: ExpressibleByArgument {}

/// How long a simulation goes on, and on how many threads.
struct SimulationLimit: Sendable {
    let runs: Int
    let precision: Double?
    let threads: Int

    /// Samples that one task solves at a time; the precision is looked at after each, in order, so that where a
    /// simulation stops does not depend on threads.
    private static let rangeSize = 8 * SampleBlock.size

    /// - Returns: what was simulated, and whether that is all that was wanted.
    func simulate(_ model: RiskModel, progress: SimulationProgress) async -> (SimulationPart, isWhole: Bool) {
        let simulation = model.simulation
        var whole = simulation.run(0..<0)
        var met = model.targets.map { _ in 0 }
        let isWhole = await OrderedRuns(tasks: threads, rangeSize: Self.rangeSize).run(count: runs) {
            simulation.run($0)
        } take: { part in
            whole.append(part)
            for (index, target) in model.targets.enumerated() {
                let measure = target.measure.windowMeasure
                met[index] += model.chance(ofMeeting: index, on: measure, in: part)?.successes ?? 0
            }
            progress.show(whole, of: runs, model)
            guard let precision else { return true }
            let limited = model.targets.indices.filter { model.targets[$0].limit != nil }
            let worst = limited.map { ChanceEstimate(successes: met[$0], of: whole.count).precision }.max()
            // Without a limit, as for a chance of one half.
            return worst ?? ChanceEstimate(successes: whole.count / 2, of: whole.count).precision > precision
        }
        return (whole, isWhole)
    }
}
