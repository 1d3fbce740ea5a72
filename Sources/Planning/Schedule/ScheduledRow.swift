import WorkCalendar
import WorkflowModel

/// One activity of a schedule with its dates and what set them (进度行): of a plan, or of a case under way.
public struct ScheduledRow: Sendable {
    public let activity: PlanActivity
    public let standing: Standing
    /// Closings.
    public let start: LocalDate
    public let finish: LocalDate
    /// `nil` for what is over.
    public let lateFinish: LocalDate?
    /// Working minutes by which it may finish later without moving the end; `nil` for what is over.
    public let totalFloat: Int?
    public let predecessors: [PlanReport.Link]
    /// The predecessors that set its start, by id.
    public let drivenBy: [String]
    /// Stops of its clock, as closings between which it stood still.
    public let stops: [Range<LocalDate>]
    /// How long it takes or took, as planned.
    public let duration: DayAmount

    /// Whether it is over, going on or still ahead.
    public enum Standing: Sendable, Hashable { case finished, running, ahead }

    public var isCritical: Bool { totalFloat.map { $0 <= 0 } ?? false }
}

extension ScheduledRow {
    /// A row of a plan: everything is ahead.
    public init(_ row: PlanReport.Row) {
        self.init(
            activity: row.activity, standing: .ahead, start: row.earlyStart, finish: row.earlyFinish,
            lateFinish: row.lateFinish, totalFloat: row.totalFloat, predecessors: row.predecessors,
            drivenBy: row.drivenBy, stops: [], duration: row.duration)
    }
}
