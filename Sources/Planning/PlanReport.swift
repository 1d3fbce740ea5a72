import Scheduling
import WorkCalendar
import WorkflowModel

/// A plan with its dates and the verdict on every target (排程结果).
///
/// Dates are closings: an activity that starts on a date begins at that date's closing, which is day 0 of its count.
public struct PlanReport: Sendable {
    public let plan: Plan
    public let scenario: PlanScenario
    public let calendar: WorkCalendar
    public let start: LocalDate
    public let finish: LocalDate
    /// In the order of the workflow.
    public let activities: [Row]
    public let targets: [TargetReport]
    let windows: TargetWindows

    /// Whether any date rests on holidays that are not published yet.
    public var isProvisional: Bool { calendar.isProvisional(start) || calendar.isProvisional(finish) }

    /// The measures of any window on this plan; `nil` when the plan lacks one of its ends.
    public func measure(_ target: Target) -> TargetReport? { windows.report(on: target) }

    /// The stages that have activities, in the order of the workflow.
    public var stages: [StageRow] {
        plan.workflow.stages.compactMap { stage in
            let rows = activities.filter { $0.activity.stage == stage.id }
            guard let start = rows.map(\.earlyStart).min(), let finish = rows.map(\.earlyFinish).max() else {
                return nil
            }
            return StageRow(
                stage: stage, start: start, finish: finish, isCritical: rows.contains(where: \.isCritical),
                counted: windows.union { $0.stage == stage.id && [.gov, .tech].contains($0.clock) })
        }
    }

    /// One stage with its dates and the working minutes that its offices use.
    public struct StageRow: Sendable {
        public let stage: Stage
        public let start: LocalDate
        public let finish: LocalDate
        public let isCritical: Bool
        /// Working minutes on which government or technical review runs, 并集.
        public let counted: Int
    }

    /// One activity with its dates and floats.
    public struct Row: Sendable {
        public let activity: PlanActivity
        public let duration: DayAmount
        public let predecessors: [Link]
        public let earlyStart: LocalDate
        public let earlyFinish: LocalDate
        public let lateStart: LocalDate
        public let lateFinish: LocalDate
        /// Working minutes by which it may finish later without moving the plan's finish.
        public let totalFloat: Int
        /// Working minutes by which it may finish later without moving any successor.
        public let freeFloat: Int
        /// The predecessors that set its start, by id.
        public let drivenBy: [String]

        public var isCritical: Bool { totalFloat <= 0 }
    }

    /// A predecessor, as the report prints it.
    public struct Link: Sendable, Hashable {
        public let id: String
        public let type: RelationType
        public let lag: DayAmount
    }
}

/// What a plan says of one target.
///
/// Amounts are minutes of the unit of the target's limit, 480 a day: working minutes, also without a limit, or those of
/// calendar days.
public struct TargetReport: Sendable {
    public let target: Target
    /// The window's first and last closing.
    public let from: LocalDate
    public let to: LocalDate
    /// Minutes on which at least one counted activity runs, 并集.
    public let union: Int
    /// Minutes from the window's start to its end, 跨度; 0 when it ends before it begins.
    public let span: Int
    /// Minutes of all counted activities in the window, 累计.
    public let sum: Int
    /// The chain that sets the window's end, by activity id, in order of time.
    public let elapsedPath: [String]
    /// The chain with the most counted time in the window, by activity id, in order of time; empty when none leads from
    /// its start to its end.
    public let countedPath: [String]
    /// Counted minutes along `countedPath`, those in the window.
    public let countedPathLength: Int

    /// The measure that the target's limit is held against.
    public var measured: Int {
        switch target.measure {
        case .union: union
        case .span: span
        case .sum: sum
        }
    }

    /// Minutes left; negative when the limit is missed; `nil` without a limit.
    public var margin: Int? { target.limit.map { $0.minutes - measured } }
    public var isMet: Bool? { margin.map { $0 >= 0 } }
}
