import ArgumentParser
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// What may be asked of a plan besides its dates.
struct PlanOptions: ParsableArguments {
    @Option(
        help: "Reckon back from a wanted date: by when must each decide? YYYY-MM-DD, of a network also with T17:00.")
    var wanted: String?

    @Option(help: "List so many of the longest paths, and of the paths by float.")
    var paths: Int = 0

    @Option(help: "List every path that is at most so much shorter than the longest: 2d, 4h, 90m.")
    var near: String?

    @Option(help: "Compare with an earlier plan: the JSON that this command printed then.")
    var baseline: String?

    @Flag(help: "Check the quality of the schedule by the fourteen points of the DCMA.")
    var quality = false

    func validate() throws {
        guard (0...NetworkReport.Questions.mostPaths).contains(paths) else {
            throw ValidationError("--paths takes 0 to \(NetworkReport.Questions.mostPaths)")
        }
    }
}

extension PlanOptions {
    /// As a workflow's plan is asked: dates are closings, lengths working days.
    func questions(_ files: Files) throws -> PlanQuestions {
        var asked = PlanQuestions()
        asked.paths = paths
        asked.quality = quality
        asked.baseline = try baseline.map {
            try files.value(of: PlanBaseline.read(try files.text($0), path: $0), path: $0)
        }
        asked.wanted = wanted.flatMap { LocalDate($0) }
        asked.near = near.flatMap { NetworkFile.minutes($0, perDay: DayAmount.minutesPerDay) }
        guard (wanted == nil) == (asked.wanted == nil), (near == nil) == (asked.near == nil) else {
            throw CommandFailure(
                zh: "--wanted 写 2024-12-31，--near 写 2d。", en: "--wanted takes 2024-12-31, --near takes 2d.",
                exitCode: 64)
        }
        return asked
    }
}

/// A network file from its text to what is printed.
struct NetworkPlan {
    let terminal: Terminal
    let questions: PlanOptions

    func print(_ text: String, path: String, format: OutputFormat) throws {
        let files = Files(terminal: terminal)
        let baseline = try questions.baseline.map { try files.baseline($0) }
        var unreadable: String?
        let reading = NetworkReport.read(text, path: path) { file in
            var asked = NetworkReport.Questions()
            asked.paths = questions.paths
            asked.quality = questions.quality
            asked.baseline = baseline
            asked.wanted = questions.wanted.flatMap { file.finish($0) }
            asked.near = questions.near.flatMap { file.minutes($0) }
            if questions.wanted != nil, asked.wanted == nil { unreadable = questions.wanted }
            if questions.near != nil, asked.near == nil { unreadable = questions.near }
            return asked
        }
        if let unreadable {
            throw CommandFailure(
                zh: "读不出“\(unreadable)”：--wanted 写 2024-12-31 或 2024-12-31T17:00，--near 写 2d、4h 或 90m。",
                en:
                    "'\(unreadable)' cannot be read: --wanted takes 2024-12-31 or 2024-12-31T17:00, --near 2d, 4h or 90m.",
                exitCode: 64)
        }
        let report = try files.value(of: reading, path: path)
        switch format {
        case .json: printOut(report.json.pretty)
        case .text: printOut(NetworkText(report: report, terminal: terminal).text)
        }
    }
}
