import Scheduling
import WorkCalendar
import WorkflowModel

/// A plain network with its dates and what is asked about them (网络排程结果).
public struct NetworkReport: Sendable {
    /// What is asked besides the dates.
    public struct Questions: Sendable {
        /// Reckon back from this instant 倒排工期.
        public var wanted: Minute?
        /// How many of the longest paths.
        public var paths = 0
        /// All paths within so many minutes of the longest.
        public var near: Int?
        public var baseline: Baseline?
        public var quality = false

        public init() {}

        /// Most paths that are listed.
        public static let mostPaths = 1000
    }

    public let file: NetworkFile
    public let schedule: Schedule
    public let questions: Questions
    public let drags: [Int]?
    public let outgoing: OutgoingRelations
    public let ends: [(predecessor: Int, successor: Int)]
    public let missed: [MissedDate]
    public let longestPath: NetworkPath?
    public let paths: [FloatPath]
    public let nearPaths: [FloatPath]
    /// Whether there are more paths that near than are listed.
    public let hasMoreNearPaths: Bool
    public let floatPaths: [FloatPath]
    public let backward: BackwardSchedule?
    public let comparison: BaselineComparison?
    public let quality: [QualityCheck]?

    /// Solving again without each of many activities takes its time; larger products are not tried.
    private static let dearestDrag = 10_000_000

    public init(_ file: NetworkFile, _ questions: Questions = Questions()) {
        self.file = file
        self.questions = questions
        let schedule = CriticalPath.solve(file.network, file.terms)
        self.schedule = schedule
        let size = file.network.activities.count + file.network.relations.count
        drags = schedule.drags(limit: Self.dearestDrag / max(1, size))
        outgoing = OutgoingRelations(file.network)
        ends = file.network.relationEnds
        missed = schedule.missedDates
        longestPath = schedule.lastActivity.map { schedule.driverTrace(to: $0) }
        paths =
            questions.paths == 0 ? [] : Array(LongestPaths(schedule).prefix(min(questions.paths, Questions.mostPaths)))
        floatPaths = questions.paths == 0 ? [] : schedule.floatPaths(count: min(questions.paths, Questions.mostPaths))
        let near = questions.near.map { bound in
            Array(LongestPaths(schedule).lazy.prefix { $0.gap <= bound }.prefix(Questions.mostPaths + 1))
        }
        nearPaths = Array((near ?? []).prefix(Questions.mostPaths))
        hasMoreNearPaths = (near ?? []).count > Questions.mostPaths
        backward = questions.wanted.map { schedule.backward(from: $0) }
        comparison = questions.baseline.map { BaselineComparison(schedule, against: $0) }
        quality =
            questions.quality
            ? schedule.qualityChecks(
                QualityTerms(
                    minutesPerDay: file.minutesPerDay, hasResources: file.resources.map { $0.map { !$0.isEmpty } },
                    baseline: questions.baseline))
            : nil
    }

    /// The network in a text with its dates, and everything that is wrong with it or cannot be kept.
    public static func read(
        _ text: String, path: String, _ questions: (NetworkFile) -> Questions = { _ in Questions() }
    ) -> FileReading<NetworkReport> {
        let report = Report(SourceText(text, path: path))
        guard var reader = NetworkReader(report), let file = reader.file() else { return report.reading(nil) }
        reader.warnOfDates(file)
        let solved = NetworkReport(file, questions(file))
        reader.warn(of: solved.missed, in: file)
        return report.reading(solved)
    }

    public var finish: Minute { schedule.projectFinish }

    public func isCritical(_ activity: Int) -> Bool { schedule.isCritical(activity, limit: file.criticalLimit) }

    public func id(_ activity: Int) -> String { file.network.activities[activity].id }
}

extension NetworkFile {
    /// An instant on the command line, as a finish.
    public func finish(_ text: String) -> Minute? {
        WrittenInstant(text)?.finish(on: network.calendars[defaultCalendar])
    }

    /// A length of time on the command line, such as `2d` or `90`, in minutes.
    public func minutes(_ text: String) -> Int? { Self.minutes(text, perDay: minutesPerDay) }

    /// The same for days of so many minutes.
    public static func minutes(_ text: String, perDay: Int) -> Int? {
        guard let span = WrittenSpan(text), !span.isPercent else { return nil }
        return span.exactMinutes(perDay: perDay)
    }
}
