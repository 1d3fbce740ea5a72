import CaseEngine
import WorkCalendar
import WorkflowModel

/// Ratings by quarter and year (好差评汇总), published without who gave them.
///
/// - Source: 乳山市"十四五"行政审批发展规划 七章三节: ratings count in quarterly and yearly appraisal.
public struct RatingTable: Sendable {
    private var cells: [Key: Row] = [:]

    private struct Key: Hashable {
        let period: String
        let department: String
    }

    public struct Row: Sendable {
        /// `2024` or `2024-Q1`.
        public let period: String
        public let department: String
        public let title: LocalizedText
        /// How many of each score, 1…5 in order.
        public fileprivate(set) var scores = [0, 0, 0, 0, 0]
        public fileprivate(set) var channels: [RatingChannel: Int] = [:]
        /// Bad ratings that were answered, those within the limit, and those on which somebody called back.
        public fileprivate(set) var answered = 0
        public fileprivate(set) var inTime = 0
        public fileprivate(set) var calledBack = 0
        public fileprivate(set) var outcomes: [BadRatingOutcome: Int] = [:]

        public var count: Int { scores.reduce(0, +) }
        public var bad: Int { scores[3] + scores[4] }
        /// The share of 1 to 3, 0…1 (满意度).
        public var satisfied: Double { count == 0 ? 0 : Double(count - bad) / Double(count) }
        public var mean: Double {
            let sum = scores.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
            return count == 0 ? 0 : Double(sum) / Double(count)
        }
    }

    public init() {}

    /// Takes in one case.
    public mutating func add(_ machine: CaseMachine, _ state: CaseState) {
        guard let oversight = state.oversight else { return }
        func title(_ department: String) -> LocalizedText? {
            machine.plan.workflow.departments.first { $0.id == department }?.title
        }
        for rating in oversight.ratings {
            add(rating.department ?? "", on: rating.on, naming: title) { row in
                row.scores[rating.score - 1] += 1
                row.channels[rating.channel, default: 0] += 1
            }
        }
        for matter in oversight.matters where matter.kind == .badRating {
            guard let answer = matter.answers.first else { continue }
            add(matter.department, on: matter.openedOn, naming: title) { row in
                row.answered += 1
                if matter.overdueSince == nil { row.inTime += 1 }
                if matter.callBack != nil { row.calledBack += 1 }
                if let outcome = answer.outcome { row.outcomes[outcome, default: 0] += 1 }
            }
        }
    }

    private mutating func add(
        _ department: String, on date: LocalDate, naming: (String) -> LocalizedText?, _ change: (inout Row) -> Void
    ) {
        let (year, month, _) = date.components
        let title = naming(department)
        for period in ["\(year)", "\(year)-Q\((month + 2) / 3)"] {
            let key = Key(period: period, department: department)
            var row =
                cells[key]
                ?? Row(
                    period: period, department: department,
                    title: title ?? LocalizedText(zh: department, en: department))
            change(&row)
            cells[key] = row
        }
    }

    /// Takes in ratings that are alike.
    mutating func add(_ rating: CaseTally.RatingEntry, count: Int, naming: (String) -> LocalizedText?) {
        guard (1...5).contains(rating.score) else { return }
        add(rating.department, on: rating.on, naming: naming) { row in
            row.scores[rating.score - 1] += count
            if let channel = RatingChannel(rawValue: rating.channel) { row.channels[channel, default: 0] += count }
        }
    }

    /// Takes in answers to bad ratings that are alike.
    mutating func add(_ answer: CaseTally.AnswerEntry, count: Int, naming: (String) -> LocalizedText?) {
        add(answer.department, on: answer.on, naming: naming) { row in
            row.answered += count
            if answer.isInTime { row.inTime += count }
            if answer.isCalledBack { row.calledBack += count }
            if let outcome = answer.outcome.flatMap({ BadRatingOutcome(rawValue: $0) }) {
                row.outcomes[outcome, default: 0] += count
            }
        }
    }

    /// By period, then by department; a year stands before its quarters.
    public var sorted: [Row] {
        cells.values.sorted { ($0.period, $0.department) < ($1.period, $1.department) }
    }
}
