import Scheduling
import WorkCalendar
import WorkflowModel

/// A plan as activities and relations: joint items unfolded into their phases.
///
/// A joint item's phases run admission → participants (or one session) → merge → (rectification → recheck)* →
/// conclusion; each waits for all of the one before. What waits for the joint item waits for its last phase, or for the
/// phase that it names.
///
/// With all that may happen, a joint item that fails its last round is refused and applied for once more, at once. The
/// second application is taken to pass after its last round.
public struct PlanGraph: Sendable {
    public let activities: [PlanActivity]
    public let relations: [Relation]

    /// A relation between two activities, by position in `activities`.
    public struct Relation: Sendable, Hashable {
        public let predecessor: Int
        public let successor: Int
        public let type: RelationType
        public let lag: DayAmount
    }

    private let firstLayers: [String: Range<Int>]
    private let lastLayers: [String: Range<Int>]
    private let position: [String: Int]

    /// The activities of a plan in which every joint item goes through so many rounds, at most those it allows.
    /// - Complexity: O(activities + relations).
    public init(_ plan: Plan, rectificationRounds: Int = 0) { self.init(plan, rounds: .always(rectificationRounds)) }

    /// The activities of a plan with all that may happen: every round that is allowed, corrections and special
    /// procedures, each with its chance; or without any of it.
    ///
    /// - Parameter everyRefusal: whether a joint item that no chance refuses can be refused all the same.
    /// - Complexity: O(activities + relations).
    init(_ plan: Plan, chances: Bool, everyRefusal: Bool = false) {
        self.init(plan, rounds: chances ? .byChance(everyRefusal: everyRefusal) : .always(0))
    }

    private init(_ plan: Plan, rounds: PlanUnfolding.Rounds) {
        var builder = PlanUnfolding(rounds: rounds)
        for planned in plan.items { builder.unfold(planned) }
        for planned in plan.items { builder.connect(planned) }
        activities = builder.activities
        relations = builder.relations
        firstLayers = builder.first
        lastLayers = builder.last
        position = builder.position
    }

    /// What is refused in the first application, and with which chance.
    var refusals: [(activity: PlanActivity, chance: Double)] {
        activities.filter { $0.part == .refusal }.map { ($0, chance(of: $0)) }
    }

    /// The chance that something happens, whatever it hangs on.
    private func chance(of activity: PlanActivity) -> Double {
        guard let occurrence = activity.occurrence else { return 1 }
        let before = occurrence.onlyAfter.flatMap { position[$0] }.map { chance(of: activities[$0]) }
        return occurrence.chance * (before ?? 1)
    }

    /// The position of an activity, by its id.
    public func index(of id: String) -> Int? { position[id] }

    /// The activities with which an item ends; one for everything but a joint item without merge and conclusion.
    public func ends(of item: String) -> Range<Int>? { lastLayers[item] }

    /// The activities with which an item begins.
    public func begins(of item: String) -> Range<Int>? { firstLayers[item] }

    /// The chain of the greatest weight from the beginning of one item to the end of another, by activity id; empty when
    /// none leads there. Of equal chains the first.
    ///
    /// - Parameters:
    ///   - network: these activities and relations.
    ///   - weight: of an activity by its position, ≥ 0.
    func heaviestPath(
        from first: String, to last: String, in network: ActivityNetwork, weight: (Int) -> Int
    ) -> (activities: [String], weight: Int) {
        guard let begins = begins(of: first), let ends = ends(of: last) else { return ([], 0) }
        var best: (activities: [String], weight: Int) = ([], -1)
        for begin in begins {
            for end in ends {
                guard let path = network.longestPath(from: begin, to: end, weight: weight) else { continue }
                let sum = path.activities.reduce(0) { $0 + weight($1) }
                if sum > best.weight { best = (path.activities.map { activities[$0].id }, sum) }
            }
        }
        return (best.activities, max(0, best.weight))
    }
}
