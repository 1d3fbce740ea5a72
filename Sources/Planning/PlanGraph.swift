import Scheduling
import WorkCalendar
import WorkflowModel

/// A plan as activities and relations: joint items unfolded into their phases.
///
/// A joint item's phases run admission → participants (or one session) → merge → (rectification → recheck)* →
/// conclusion; each waits for all of the one before. What waits for the joint item waits for its last phase, or for the
/// phase that it names.
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

    /// - Complexity: O(activities + relations).
    public init(_ plan: Plan, rectificationRounds: Int = 0) {
        var builder = Builder(rounds: rectificationRounds)
        for planned in plan.items { builder.unfold(planned, in: plan.workflow) }
        for planned in plan.items { builder.connect(planned) }
        activities = builder.activities
        relations = builder.relations
        firstLayers = builder.first
        lastLayers = builder.last
        position = builder.position
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

private struct Builder {
    let rounds: Int
    var activities: [PlanActivity] = []
    var relations: [PlanGraph.Relation] = []
    var first: [String: Range<Int>] = [:]
    var last: [String: Range<Int>] = [:]
    var position: [String: Int] = [:]

    init(rounds: Int) { self.rounds = rounds }

    mutating func unfold(_ planned: PlannedItem, in workflow: WorkflowDefinition) {
        let item = planned.item
        guard let joint = item.joint else {
            let range = append([
                PlanActivity(
                    id: item.id, item: item.id, phase: nil, stage: planned.stage, title: item.title,
                    department: item.department, kind: item.kind, clock: item.clock, estimate: item.takes ?? .zero,
                    limit: item.limit, statutory: item.statutory?.limit)
            ])
            first[item.id] = range
            last[item.id] = range
            return
        }
        for layer in layers(of: item, joint: joint, stage: planned.stage) {
            let range = append(layer)
            if let before = last[item.id] {
                for predecessor in before {
                    for successor in range {
                        relations.append(
                            .init(predecessor: predecessor, successor: successor, type: .finishToStart, lag: .zero))
                    }
                }
            } else {
                first[item.id] = range
            }
            last[item.id] = range
        }
    }

    private mutating func append(_ layer: [PlanActivity]) -> Range<Int> {
        let start = activities.count
        for activity in layer {
            position[activity.id] = activities.count
            activities.append(activity)
        }
        return start..<activities.count
    }

    /// The phases of a joint item in order; the activities of one layer run in parallel.
    private func layers(of item: Item, joint: JointProcedure, stage: String) -> [[PlanActivity]] {
        func phase(
            _ phase: JointPhase, _ title: LocalizedText, _ takes: DurationEstimate, department: String?,
            clock: ClockHolder? = nil, limit: DayAmount? = nil, statutory: DayAmount? = nil
        ) -> PlanActivity {
            PlanActivity(
                id: "\(item.id).\(phase.name)", item: item.id, phase: phase, stage: stage, title: title,
                department: department, kind: .joint, clock: clock ?? item.clock, estimate: takes, limit: limit,
                statutory: statutory)
        }
        func named(_ zh: String, _ en: String) -> LocalizedText {
            LocalizedText(zh: "\(zh)：\(item.title.zh)", en: "\(en): \(item.title.en)")
        }
        var layers: [[PlanActivity]] = []
        if let admission = joint.admission {
            layers.append([
                phase(.admission, named("受理", "Admission"), admission, department: joint.admittedBy ?? item.department)
            ])
        }
        if let together = item.takes {
            layers.append([
                phase(
                    .session, item.title, together, department: item.department, limit: item.limit,
                    statutory: item.statutory?.limit)
            ])
        } else {
            layers.append(
                joint.participants.map { participant in
                    phase(
                        .participant(participant.id), participant.title, participant.takes ?? .zero,
                        department: participant.department, limit: participant.limit,
                        statutory: participant.statutory?.limit)
                })
        }
        if let merge = joint.merge {
            layers.append([phase(.merge, named("汇总意见", "Merged notice"), merge, department: item.department)])
        }
        if let rectification = joint.rectification {
            for round in 0..<min(rounds, rectification.rounds) {
                layers.append([
                    phase(
                        .rectification(round: round + 1), named("整改", "Rectification"), rectification.applicant,
                        department: nil, clock: .applicant)
                ])
                if let recheck = rectification.recheck {
                    layers.append([
                        phase(.recheck(round: round + 1), named("复验", "Recheck"), recheck, department: item.department)
                    ])
                }
            }
        }
        if let conclusion = joint.conclusion {
            layers.append([
                phase(.conclusion, named("出具结论", "Conclusion"), conclusion, department: item.department)
            ])
        }
        return layers.filter { !$0.isEmpty }
    }

    mutating func connect(_ planned: PlannedItem) {
        guard let begins = first[planned.id], let ends = last[planned.id] else { return }
        for dependency in planned.after {
            let named = dependency.phase.flatMap { position["\(dependency.item).\($0.name)"] }.map { $0..<($0 + 1) }
            let fromStart = dependency.type == .startToStart || dependency.type == .startToFinish
            let toStart = dependency.type == .finishToStart || dependency.type == .startToStart
            guard let source = named ?? (fromStart ? first[dependency.item] : last[dependency.item]) else { continue }
            for predecessor in source {
                for successor in toStart ? begins : ends {
                    relations.append(
                        .init(
                            predecessor: predecessor, successor: successor, type: dependency.type, lag: dependency.lag))
                }
            }
        }
    }
}
