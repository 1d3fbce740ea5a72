import ArgumentParser
import Foundation
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

struct LevelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "level",
        abstract: "Dates when departments have only so many teams, for one project or several. 资源受限排程。")

    @Argument(help: "Workflow files, one for each project; or one PSPLIB file, .sm.")
    var files: [String]

    @Option(help: "The project file with the facts: one for all workflows or one for each.")
    var facts: [String] = []

    @Option(help: "The date on which a project enters, YYYY-MM-DD: one for all or one for each.")
    var start: [LocalDate] = []

    @Option(help: "Teams by department, such as housing=2,planning=1; replaces what the workflows say.")
    var teams: TeamCounts = TeamCounts(counts: [:])

    @Option(help: "Which figures: min, likely, max, promised or statutory.")
    var at: EstimateBasis = .likely

    @Option(help: "A calendar's id (cn, weekdays) or file; default: the first workflow's.")
    var calendar: String?

    @Option(help: "The most schedules to try, 1 to 1000000000.")
    var schedules: Int?

    @Option(help: "How long to search, such as 500ms, 5s or 2m; the answer then depends on the machine.")
    var time: SearchTime?

    @Option(help: "The same seed and schedules give the same answer everywhere.")
    var seed: UInt64 = 1

    @Option(help: "Searches beside each other in a PSPLIB file, each with its own schedules, 1 to 64.")
    var threads: Int = 1

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let schedules, !(1...1_000_000_000).contains(schedules) {
            throw ValidationError("--schedules takes 1 to 1000000000")
        }
        guard (1...64).contains(threads) else { throw ValidationError("--threads takes 1 to 64") }
    }

    private var mostSchedules: Int { schedules ?? (time == nil ? 5000 : 1_000_000_000) }

    func run() async throws {
        try await common.terminal.run { terminal in
            if files.contains(where: { $0.hasSuffix(".sm") }) {
                try await levelBenchmark(terminal)
            } else {
                try levelPlans(terminal)
            }
        }
    }

    // MARK: Workflows

    private func levelPlans(_ terminal: Terminal) throws {
        for (name, given) in [("--facts", facts.count), ("--start", start.count)]
        where given != 1 && given != files.count {
            throw CommandFailure(
                zh: "\(name) 给了 \(given) 个，而流程有 \(files.count) 个；请给一个，或每个流程一个。",
                en: "\(given) of \(name) for \(files.count) workflows; give one, or one for each.")
        }
        let reader = Files(terminal: terminal)
        var entries: [TeamPlan.Entry] = []
        var calendarName = calendar
        for (number, path) in files.enumerated() {
            let (workflow, project, values) = try reader.workflow(
                path, of: facts.count == 1 ? facts[0] : facts[number])
            calendarName = calendarName ?? workflow.calendar
            let title = project.title[terminal.language]
            entries.append(
                TeamPlan.Entry(
                    name: files.count == 1 ? title : "\(number + 1) \(title)",
                    plan: Plan.resolve(workflow, facts: values), start: start.count == 1 ? start[0] : start[number]))
        }
        let known = Set(entries.flatMap(\.plan.workflow.departments).map(\.id))
        for name in teams.counts.keys.sorted() where !known.contains(name) {
            throw CommandFailure(
                zh: "流程里没有部门“\(name)”；--teams 须用其中的部门：\(known.sorted().joined(separator: "、"))。",
                en:
                    "no workflow has a department '\(name)'; --teams names one of: \(known.sorted().joined(separator: ", "))."
            )
        }
        let plan = TeamPlan(
            entries: entries, teams: teams.counts,
            calendar: try reader.calendar(calendarName ?? "cn", beside: files.first), basis: at)
        guard !plan.teams.isEmpty else {
            throw CommandFailure(
                zh: "没有部门说明有几个审查组；请用 --teams 住建=2 这样的选项，或在流程的 departments 里写 teams。",
                en:
                    "no department says how many teams it has; give --teams housing=2, or write teams: under departments."
            )
        }
        let report: TeamReport
        do {
            report = try plan.report(
                schedules: min(mostSchedules, time == nil ? mostSchedules : 20_000), seed: seed,
                spent: time?.share() ?? { 0 }, onImprovement: progress(terminal))
        } catch {
            switch error {
            case .problem(let cause): throw CommandFailure(zh: cause.message.zh, en: cause.message.en)
            case .network(let cause):
                throw CommandFailure(zh: "无法排程：\(cause)", en: "this cannot be scheduled: \(cause)")
            }
        }
        switch format {
        case .json: printOut(report.json.pretty)
        case .text: printOut(TeamText(report: report, terminal: terminal).text)
        }
    }

    /// Better schedules as they are found, on standard error when somebody looks at it.
    private func progress(_ terminal: Terminal) -> (SearchProgress) -> Void {
        guard isatty(STDERR_FILENO) == 1 else { return { _ in } }
        return { progress in
            printError(
                terminal.say(
                    "\r已试 \(progress.schedules) 个进度，最好 \(progress.cost)，下界 \(progress.bound)",
                    "\rschedules \(progress.schedules), best \(progress.cost), lower bound \(progress.bound)")
                    + "\u{1B}[K",
                terminator: "")
        }
    }

    // MARK: PSPLIB

    private func levelBenchmark(_ terminal: Terminal) async throws {
        guard files.count == 1, facts.isEmpty, start.isEmpty, teams.counts.isEmpty else {
            throw CommandFailure(
                zh: ".sm 文件只能单独给出，不能带 --facts、--start 或 --teams。",
                en: "a .sm file stands alone, without --facts, --start or --teams.")
        }
        let problem: ResourceProblem
        do {
            problem = try PSPLIBFile.read(try Files(terminal: terminal).text(files[0]))
        } catch let failure as PSPLIBFile.Failure {
            throw CommandFailure(
                zh: "\(files[0]):\(failure.line): \(failure.message.zh)",
                en: "\(files[0]):\(failure.line): \(failure.message.en)")
        }
        let first = ResourceSolver(problem, seed: seed)
        let (most, limit) = (mostSchedules, time)
        let answers = await withTaskGroup(of: (Int, ResourceSchedule).self) { group in
            for thread in 0..<threads {
                let solver = thread == 0 ? first : first.island(seed: seed &+ UInt64(thread) &* 0x9E37_79B9)
                group.addTask {
                    var solver = solver
                    return (thread, solver.solve(schedules: most, spent: limit?.share() ?? { 0 }))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        guard let best = answers.min(by: { $0.makespan < $1.makespan }) else { return }
        let tried = answers.reduce(0) { $0 + $1.schedules }
        switch format {
        case .json: printOut(json(of: best, tried: tried).pretty)
        case .text: printOut(text(of: best, tried: tried, terminal))
        }
    }

    private func json(of schedule: ResourceSchedule, tried: Int) -> JSONText {
        .members([
            "length": .number(Double(schedule.makespan)), "lowerBound": .number(Double(schedule.lowerBound)),
            "gap": .number(schedule.gap), "schedules": .integer(tried), "ending": .string(schedule.ending.rawValue),
            "starts": .array(schedule.starts.map { .integer($0) }),
        ])
    }

    private func text(of schedule: ResourceSchedule, tried: Int, _ terminal: Terminal) -> String {
        let gap = (schedule.gap * 1000).rounded() / 10
        let ending =
            schedule.ending == .optimal
            ? terminal.say("已证明最短", "proved shortest") : terminal.say("差距至多 \(gap) %", "gap at most \(gap) %")
        return """
            \(terminal.say("工期", "length")) \(schedule.makespan)  \
            \(terminal.say("下界", "lower bound")) \(schedule.lowerBound)  \(ending)  \
            \(terminal.say("已试 \(tried) 个进度", "\(tried) schedules"))
            \(terminal.say("开始", "starts")) \(schedule.starts.map(String.init).joined(separator: " "))
            """
    }
}

/// `housing=2,planning=1`.
struct TeamCounts: ExpressibleByArgument {
    let counts: [String: Int]

    init(counts: [String: Int]) { self.counts = counts }

    init?(argument: String) {
        var counts: [String: Int] = [:]
        for part in argument.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let count = Int(sides[1]), 1...999 ~= count,
                counts.updateValue(count, forKey: String(sides[0])) == nil
            else { return nil }
        }
        self.counts = counts
    }

    var defaultValueDescription: String { "none" }
}
