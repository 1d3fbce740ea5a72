import Scheduling
import WorkCalendar
import WorkflowModel

/// What a new version of a workflow does to one target of a project (版本影响), planned at likely durations.
public struct TargetEffect: Sendable, Hashable {
    /// The target as the newer version has it, or the older one where that alone does.
    public let target: Target
    /// Minutes of the limit's unit; `nil` where that version, or the project under it, has no such target.
    public let before: Int?
    public let after: Int?
    public let limitBefore: DayAmount?
    public let limitAfter: DayAmount?

    public var unit: DayUnit { target.limit?.unit ?? .working }
    /// Positive when it takes longer now.
    public var change: Int? { before.flatMap { old in after.map { $0 - old } } }
    public var isMetAfter: Bool? { after.flatMap { measured in limitAfter.map { measured <= $0.minutes } } }

    /// The effects on every target that either version has, in the order of the newer one.
    public static func all(from older: PlanReport, to newer: PlanReport) -> [TargetEffect] {
        let known = newer.plan.workflow.targets.map(\.id)
        let ids = known + older.plan.workflow.targets.map(\.id).filter { !known.contains($0) }
        return ids.compactMap { id in
            let (old, new) = (
                older.targets.first { $0.target.id == id }, newer.targets.first { $0.target.id == id }
            )
            guard let target = (new ?? old)?.target else { return nil }
            return TargetEffect(
                target: target, before: old?.measured, after: new?.measured, limitBefore: old?.target.limit,
                limitAfter: new?.target.limit)
        }
    }
}
