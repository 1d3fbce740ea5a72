import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// How much of a plan's finish hangs on each of its items (紧要程度): what inboxes are ordered by.
///
/// From the total floats of the plan with its likely durations, counted on plain weekdays from one Monday on, so that
/// two nodes, and the same node a year later, rank alike.
struct TaskRanks: Sendable {
    /// By the position of the item in the plan.
    private let ranks: [Int]

    /// On the critical path, at most three working days from it, any other.
    static let (critical, near, other) = (0, 1, 2)

    /// Nothing is known of any item.
    static let none = TaskRanks(ranks: [])

    private init(ranks: [Int]) { self.ranks = ranks }

    /// - Complexity: that of the critical path of the plan.
    init(_ plan: Plan) {
        let monday = LocalDate(dayNumber: 19_723)  // 1 January 2024
        guard let report = try? Planner(plan: plan, calendar: .weekdays).report(start: monday) else {
            self = .none
            return
        }
        var floats = [Int](repeating: .max, count: plan.items.count)
        for row in report.activities {
            guard let index = plan.index(of: row.activity.item) else { continue }
            floats[index] = min(floats[index], row.totalFloat)
        }
        ranks = floats.map { $0 <= 0 ? Self.critical : $0 <= 3 * Self.workingDay ? Self.near : Self.other }
    }

    private static let workingDay = 480  // minutes

    subscript(item: Int?) -> Int {
        guard let item, ranks.indices.contains(item) else { return Self.other }
        return ranks[item]
    }
}
