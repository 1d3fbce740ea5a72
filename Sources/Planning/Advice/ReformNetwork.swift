import Scheduling
import WorkCalendar
import WorkflowModel

/// A workflow with all its levers at once: every item, duration and dependency that some set of them has, each with the
/// levers on which it hangs.
///
/// Made once for a project, so that the measure of a target under any set of levers takes microseconds instead of another
/// reading of the workflow. The dates are those of `Planner` on `WorkflowDefinition.applying`, to the minute; tests hold
/// the two together on every subset of random workflows.
struct ReformNetwork: Sendable {
    /// The levers that this project can use; their positions are those of a `LeverSet`.
    let levers: [Lever]
    let target: Target
    let nodes: [Node]
    let activities: [Work]
    let times: OfficeTimes
    let start: Minute
    /// Positions of the window's ends in `nodes`.
    let from: Int
    let to: Int

    /// An item of the workflow, or one that a lever brings.
    struct Node: Sendable {
        let id: String
        let item: Item
        /// What levers change of it, in the order of the file.
        let changes: [(lever: Int, change: ItemChange)]
        /// Whether the facts call for it, levers aside.
        let isNeeded: Bool
        let droppedBy: LeverSet
        /// The lever that brings it; `nil` for an item of the workflow.
        let broughtBy: Int?
        /// The levers that merge it into others, and into which.
        var mergers: [(lever: Int, into: Int)] = []
        /// The items that are merged into it, when it has no condition of its own; it is needed as soon as one of them is.
        var members: [Member] = []
        var arcs: [Arc] = []
        /// Activities of each phase in turn; those of one layer run in parallel.
        let layers: [Range<Int>]
        /// The activity of a phase that can be waited for.
        let phases: [JointPhase: Int]
        /// Participants that other projects have, and this one has not.
        let missingPhases: Set<JointPhase>
        /// Names of the phases that the file gives it.
        let writtenPhases: Set<String>

        var first: Range<Int> { layers.first ?? 0..<0 }
        var last: Range<Int> { layers.last ?? 0..<0 }
    }

    struct Member: Sendable {
        let isNeeded: Bool
        let droppedBy: LeverSet
    }

    /// A dependency that some sets of levers have.
    struct Arc: Sendable {
        /// The position of the item waited for, as the file names it.
        let source: Int
        let phase: JointPhase?
        let from: ItemEnd
        let to: ItemEnd
        let lag: DayAmount
        /// All of these are pulled where the dependency stands, and none of those.
        var needs: LeverSet
        var absentWith: LeverSet
        let reference: String

        var isFinishToStart: Bool { from == .finish && to == .start && lag.minutes >= 0 }

        func stands(under pulled: LeverSet) -> Bool {
            needs.isSubset(of: pulled) && absentWith.isDisjoint(with: pulled)
        }
    }

    /// One activity with the durations that levers give it.
    struct Work: Sendable {
        let id: String
        let counts: Bool
        /// At the figures that the plan is computed with.
        let duration: DayAmount
        let sets: [(lever: Int, duration: DayAmount)]
        let percents: [(lever: Int, percent: Int)]
        /// Promised limits, where the plan is computed with those: they stand for the duration, whatever it was.
        let limits: [(lever: Int, duration: DayAmount)]

        /// The levers that have to do with it.
        var levers: LeverSet {
            LeverSet(sets.map(\.lever) + percents.map(\.lever) + limits.map(\.lever))
        }
    }
}

extension ReformNetwork.Work {
    /// How long it takes under these levers.
    func duration(under pulled: LeverSet) -> DayAmount {
        var result = duration
        for set in sets where pulled.contains(set.lever) { result = set.duration }
        for change in percents where pulled.contains(change.lever) { result = result.percent(change.percent) }
        for set in limits where pulled.contains(set.lever) { result = set.duration }
        return result
    }

    /// At most how long it takes with the first levers and some of the second, in minutes of a unit; 0 where it may be
    /// counted in another one, whose days cannot be compared.
    func shortest(pulled: LeverSet, open: LeverSet, unit: DayUnit) -> Int {
        func comparable(_ amount: DayAmount) -> Int { amount.unit == unit || unit == .calendar ? amount.minutes : 0 }
        var minutes = comparable(duration)
        for set in sets where pulled.contains(set.lever) { minutes = comparable(set.duration) }
        for set in sets where open.contains(set.lever) { minutes = min(minutes, comparable(set.duration)) }
        for change in percents {
            guard pulled.contains(change.lever) || (change.percent < 100 && open.contains(change.lever)) else {
                continue
            }
            minutes = DayAmount(minutes: minutes, unit: unit).percent(change.percent).minutes
        }
        for set in limits where pulled.contains(set.lever) { minutes = comparable(set.duration) }
        for set in limits where open.contains(set.lever) { minutes = min(minutes, comparable(set.duration)) }
        return minutes
    }
}
