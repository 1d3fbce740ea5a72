import Scheduling
import WorkCalendar
import WorkflowModel

/// A plan's graph as a forecast needs it: that of a simulation, in which every joint item can be refused.
struct ForecastGraph: Sendable {
    let nodes: [Node]
    let relations: [PlanGraph.Relation]
    /// By successor, positions in `relations`.
    let incoming: [[Int]]
    /// By item of the plan, positions in `nodes`.
    let nodesOfItem: [[Int]]
    let windows: [Window]
    private let position: [String: Int]

    struct Node: Sendable {
        let activity: PlanActivity
        /// The item's position in the plan.
        let item: Int
        let role: Role
        let distribution: Distribution
        /// Minutes that durations are rounded to.
        let unit: Int
        /// The chance that it happens once it can.
        let chance: Double
        /// The node that has to happen before.
        let onlyAfter: Int?
    }

    enum Role: Sendable, Hashable {
        /// An item that has no phases.
        case own
        case correction
        case special
        case phase(JointPhase)
        /// The joint item fails its last round.
        case refusal
        /// A part of the application after a refusal.
        case again
    }

    /// A target with both its ends in the plan.
    struct Window: Sendable {
        let target: Target
        let from: [Int]
        let begins: Set<Int>
        let to: [Int]
        /// The item whose finish opens it, and the one whose finish closes it, by position in the plan.
        let fromItem: Int
        let toItem: Int
    }

    init(_ plan: Plan, _ assumptions: RiskAssumptions) {
        let graph = PlanGraph(plan, chances: assumptions.chances, everyRefusal: true)
        relations = graph.relations
        nodes = graph.activities.map { activity in
            let uncertainty = activity.uncertainty(assumptions)
            return Node(
                activity: activity, item: plan.index(of: activity.item) ?? 0, role: Role(activity),
                distribution: uncertainty.duration, unit: uncertainty.unit, chance: uncertainty.chance,
                onlyAfter: uncertainty.onlyAfter.flatMap { graph.index(of: $0) })
        }
        var incoming = [[Int]](repeating: [], count: nodes.count)
        for (number, relation) in relations.enumerated() { incoming[relation.successor].append(number) }
        self.incoming = incoming
        var nodesOfItem = [[Int]](repeating: [], count: plan.items.count)
        for (index, node) in nodes.enumerated() { nodesOfItem[node.item].append(index) }
        self.nodesOfItem = nodesOfItem
        position = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.activity.id, $0) })
        windows = plan.workflow.targets.compactMap { target in
            guard let fromItem = plan.index(of: target.from), let toItem = plan.index(of: target.to),
                let from = graph.ends(of: target.from), let to = graph.ends(of: target.to),
                let begins = graph.begins(of: target.from)
            else { return nil }
            return Window(
                target: target, from: Array(from), begins: Set(begins), to: Array(to), fromItem: fromItem,
                toItem: toItem)
        }
    }

    func index(of id: String) -> Int? { position[id] }
}

extension ForecastGraph.Role {
    fileprivate init(_ activity: PlanActivity) {
        self =
            switch activity.part {
            case .refusal: .refusal
            case _ where activity.application > 1: .again
            case .correction: .correction
            case .specialProcedure: .special
            case .work: activity.phase.map { .phase($0) } ?? .own
            }
    }
}
