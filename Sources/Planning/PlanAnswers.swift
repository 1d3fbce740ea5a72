import Scheduling
import WorkCalendar
import WorkflowModel

/// What is asked of a workflow's plan besides its dates.
public struct PlanQuestions: Sendable {
    /// The closing to reckon back from 倒排工期.
    public var wanted: LocalDate?
    public var paths = 0
    /// Working minutes.
    public var near: Int?
    public var quality = false
    public var baseline: PlanBaseline?

    public init() {}

    public var isEmpty: Bool { wanted == nil && paths == 0 && near == nil && !quality && baseline == nil }
}

/// The answers, as closings and working minutes.
public struct PlanAnswers: Sendable {
    public let report: PlanReport
    public let backward: Backward?
    public let paths: [FloatPath]
    public let near: [FloatPath]?
    public let quality: [QualityCheck]?
    public let comparison: PlanComparison?

    /// By when each department must decide so that the wanted date is kept.
    public struct Backward: Sendable {
        public let wanted: LocalDate
        /// Working minutes that are lacking; 0 when the date can be kept.
        public let shortfall: Int
        /// The closing at which the project has to enter at the latest.
        public let latestEntry: LocalDate
        /// Activities of the chain that decides, in order of time.
        public let chain: [String]
        /// In the order of the plan.
        public let rows: [Row]

        public struct Row: Sendable {
            public let activity: PlanActivity
            /// Closings by which it must start and be decided.
            public let latestStart: LocalDate
            public let latestFinish: LocalDate
            /// Working minutes to spare; negative when it is too late already.
            public let float: Int
        }
    }

    public init(_ report: PlanReport, _ questions: PlanQuestions) {
        self.report = report
        let schedule = report.windows.schedule
        backward = questions.wanted.map { Self.backward(report, from: $0) }
        paths = Array(LongestPaths(schedule).prefix(min(questions.paths, NetworkReport.Questions.mostPaths)))
        near = questions.near.map { bound in
            Array(LongestPaths(schedule).lazy.prefix { $0.gap <= bound }.prefix(NetworkReport.Questions.mostPaths))
        }
        quality = questions.quality ? schedule.qualityChecks() : nil
        comparison = questions.baseline.map { PlanComparison(report, against: $0) }
    }

    private static func backward(_ report: PlanReport, from wanted: LocalDate) -> Backward {
        let (windows, times) = (report.windows, report.windows.times)
        let answer = windows.schedule.backward(from: times.closing(of: wanted))
        let rows = windows.graph.activities.indices.map { index in
            let own = windows.network.calendars[windows.network.activities[index].calendar]
            let finish = answer.schedule.lateFinish[index]
            return Backward.Row(
                activity: windows.graph.activities[index],
                latestStart: times.startDate(of: answer.schedule.lateStart[index], on: own),
                latestFinish: times.finishDate(of: finish),
                float: times.working.work(from: answer.schedule.earlyFinish[index], to: finish))
        }
        return Backward(
            wanted: wanted, shortfall: max(0, -(rows.map(\.float).min() ?? 0)),
            latestEntry: times.startDate(of: answer.latestStart, on: times.working),
            chain: answer.chain?.activities.map { windows.graph.activities[$0].id } ?? [], rows: rows)
    }

    public func id(_ activity: Int) -> String { report.windows.graph.activities[activity].id }
}

/// The dates of an earlier plan of a workflow.
public struct PlanBaseline: Sendable {
    struct Row: Sendable {
        let start: LocalDate
        let finish: LocalDate
        let totalFloat: Double
    }

    let rows: [String: Row]
    let ids: [String]

    /// From what `binglian plan --format json` printed of a workflow.
    public static func read(_ text: String, path: String) -> FileReading<PlanBaseline> {
        let report = Report(SourceText(text, path: path))
        var rows: [String: Row] = [:]
        var ids: [String] = []
        for node in BaselineFile.activities(report) ?? [] {
            let members = BaselineFile.Members(node, report)
            guard let id = members.text("id"), let start = members.date("earlyStart"),
                let finish = members.date("earlyFinish"), let float = members.text("totalFloat").flatMap(Double.init)
            else { continue }
            if rows.updateValue(Row(start: start, finish: finish, totalFloat: float), forKey: id) == nil {
                ids.append(id)
            }
        }
        return report.reading(report.hasErrors ? nil : PlanBaseline(rows: rows, ids: ids))
    }
}

/// A plan held against an earlier one; working days, positive when later.
public struct PlanComparison: Sendable {
    public struct Shift: Sendable {
        public let id: String
        public let start: Int
        public let finish: Int
        public let totalFloat: Double

        public var isMoved: Bool { start != 0 || finish != 0 || totalFloat != 0 }
    }

    public let shifts: [Shift]
    public let added: [String]
    public let removed: [String]

    init(_ report: PlanReport, against baseline: PlanBaseline) {
        var shifts: [Shift] = []
        var added: [String] = []
        for row in report.activities {
            guard let before = baseline.rows[row.activity.id] else {
                added.append(row.activity.id)
                continue
            }
            let float = Double(row.totalFloat) / Double(DayAmount.minutesPerDay)
            shifts.append(
                Shift(
                    id: row.activity.id,
                    start: report.calendar.workingDays(from: before.start, to: row.earlyStart),
                    finish: report.calendar.workingDays(from: before.finish, to: row.earlyFinish),
                    totalFloat: ((float - before.totalFloat) * 10_000).rounded() / 10_000))
        }
        self.shifts = shifts
        self.added = added
        let present = Set(report.activities.map(\.activity.id))
        removed = baseline.ids.filter { !present.contains($0) }
    }
}

extension WorkCalendar {
    /// Working days after the closing of one date through another; negative when that comes first.
    fileprivate func workingDays(from start: LocalDate, to finish: LocalDate) -> Int {
        start <= finish ? workingDays(after: start, through: finish) : -workingDays(after: finish, through: start)
    }
}
