import Scheduling
import WorkCalendar
import WorkflowModel

/// A plan's graph as a forecast needs it: each joint item can be refused, and is then applied for once more.
struct ForecastGraph: Sendable {
    private(set) var nodes: [Node] = []
    private(set) var relations: [PlanGraph.Relation] = []
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
        /// A part of the application after a refusal; the opinions are one part.
        case again(JointPhase?)
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
        let graph = PlanGraph(plan, chances: assumptions.chances)
        var builder = Builder(graph, plan, assumptions)
        if assumptions.chances { builder.addRefusals() }
        nodes = builder.nodes
        relations = builder.relations
        var incoming = [[Int]](repeating: [], count: nodes.count)
        for (number, relation) in relations.enumerated() { incoming[relation.successor].append(number) }
        self.incoming = incoming
        var nodesOfItem = [[Int]](repeating: [], count: plan.items.count)
        for (index, node) in nodes.enumerated() { nodesOfItem[node.item].append(index) }
        self.nodesOfItem = nodesOfItem
        position = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.activity.id, $0) })
        let lasts = builder.lasts
        windows = plan.workflow.targets.compactMap { target in
            guard let fromItem = plan.index(of: target.from), let toItem = plan.index(of: target.to),
                let from = graph.ends(of: target.from), let to = graph.ends(of: target.to),
                let begins = graph.begins(of: target.from)
            else { return nil }
            return Window(
                target: target, from: lasts[fromItem] ?? Array(from), begins: Set(begins),
                to: lasts[toItem] ?? Array(to), fromItem: fromItem, toItem: toItem)
        }
    }

    func index(of id: String) -> Int? { position[id] }

    private struct Builder {
        let plan: Plan
        let graph: PlanGraph
        let assumptions: RiskAssumptions
        var nodes: [Node]
        var relations: [PlanGraph.Relation]
        /// By item: what it ends with when that is an application after a refusal.
        var lasts: [Int: [Int]] = [:]

        init(_ graph: PlanGraph, _ plan: Plan, _ assumptions: RiskAssumptions) {
            self.plan = plan
            self.graph = graph
            self.assumptions = assumptions
            relations = graph.relations
            nodes = graph.activities.map { activity in
                let uncertainty = activity.uncertainty(assumptions)
                let role: Role =
                    if let phase = activity.phase {
                        .phase(phase)
                    } else if activity.id == activity.item {
                        .own
                    } else if activity.id == "\(activity.item).correction" { .correction } else { .special }
                return Node(
                    activity: activity, item: plan.index(of: activity.item) ?? 0, role: role,
                    distribution: uncertainty.duration, unit: uncertainty.unit, chance: uncertainty.chance,
                    onlyAfter: uncertainty.onlyAfter.flatMap { graph.index(of: $0) })
            }
        }

        /// What follows the last round that a joint item fails. A second refusal is not followed further.
        mutating func addRefusals() {
            for (item, planned) in plan.items.enumerated() {
                guard let joint = planned.item.joint, let ends = graph.ends(of: planned.id) else { continue }
                let phases = nodes.indices.filter { nodes[$0].item == item && nodes[$0].activity.phase != nil }
                guard let last = phases.last else { continue }
                let outgoing = relations.filter { ends.contains($0.predecessor) }
                // Without a recheck a rectification is taken as made.
                let rounds = joint.rectification.flatMap { $0.recheck == nil ? nil : $0 }
                let refusal = append(
                    nodes[last].activity, suffix: "refusal", role: .refusal, .fixed(0),
                    chance: rounds?.chance ?? 0,
                    onlyAfter: rounds.flatMap { graph.index(of: "\(planned.id).rectification-\($0.rounds)") },
                    after: Array(ends))
                var before = [refusal]
                var copies: [Int: Int] = [:]
                for layer in layers(of: phases) {
                    let node = nodes[layer[0]]
                    guard case .phase(let phase) = node.role else { continue }
                    let opinions = layer.count > 1
                    let copy = append(
                        node.activity, suffix: opinions ? "opinions.again" : "\(phase.name).again",
                        role: .again(opinions ? nil : phase),
                        opinions
                            ? WholeDays(longestOf: layer.map { nodes[$0].distribution }).remaining(after: 0)
                            : node.distribution,
                        chance: node.chance, onlyAfter: node.onlyAfter.flatMap { copies[$0] } ?? refusal, after: before)
                    copies[layer[0]] = copy
                    before = [copy]
                }
                lasts[item] = before
                for relation in outgoing {
                    relations.append(
                        .init(
                            predecessor: before[0], successor: relation.successor, type: relation.type,
                            lag: relation.lag))
                }
            }
        }

        /// The phases of an item in order; opinions side by side are one layer.
        private func layers(of phases: [Int]) -> [[Int]] {
            var layers: [[Int]] = []
            var opinions = false
            for index in phases {
                let isOpinion = if case .phase(.participant) = nodes[index].role { true } else { false }
                if isOpinion, opinions { layers[layers.count - 1].append(index) } else { layers.append([index]) }
                opinions = isOpinion
            }
            return layers
        }

        private mutating func append(
            _ model: PlanActivity, suffix: String, role: Role, _ distribution: Distribution, chance: Double,
            onlyAfter: Int?, after: [Int]
        ) -> Int {
            let activity = PlanActivity(
                id: "\(model.item).\(suffix)", item: model.item, phase: model.phase, stage: model.stage,
                title: model.title, department: model.department, kind: model.kind, clock: model.clock,
                estimate: role == .refusal ? .zero : model.estimate, limit: nil, statutory: nil, shape: model.shape)
            nodes.append(
                Node(
                    activity: activity, item: plan.index(of: model.item) ?? 0, role: role, distribution: distribution,
                    unit: assumptions.wholeDays ? DayAmount.minutesPerDay : 1, chance: chance, onlyAfter: onlyAfter))
            for predecessor in after {
                relations.append(
                    .init(
                        predecessor: predecessor, successor: nodes.count - 1, type: .finishToStart, lag: .zero))
            }
            return nodes.count - 1
        }
    }
}
