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

    /// The activities of a plan in which every joint item goes through so many rounds, at most those it allows.
    /// - Complexity: O(activities + relations).
    public init(_ plan: Plan, rectificationRounds: Int = 0) { self.init(plan, rounds: .always(rectificationRounds)) }

    /// The activities of a plan with all that may happen: every round that is allowed, corrections and special
    /// procedures, each with its chance; or without any of it.
    /// - Complexity: O(activities + relations).
    init(_ plan: Plan, chances: Bool) { self.init(plan, rounds: chances ? .byChance : .always(0)) }

    private init(_ plan: Plan, rounds: Builder.Rounds) {
        var builder = Builder(rounds: rounds)
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
    /// Which rounds of rectification there are.
    enum Rounds {
        case always(Int)
        /// As many as allowed, each with its chance; and so corrections and special procedures.
        case byChance
    }

    let rounds: Rounds
    var activities: [PlanActivity] = []
    var relations: [PlanGraph.Relation] = []
    var first: [String: Range<Int>] = [:]
    var last: [String: Range<Int>] = [:]
    var position: [String: Int] = [:]

    /// What the item itself does, between a correction and a special procedure.
    private var firstOwn: [String: Range<Int>] = [:]
    private var lastOwn: [String: Range<Int>] = [:]

    init(rounds: Rounds) { self.rounds = rounds }

    private var isByChance: Bool { if case .byChance = rounds { true } else { false } }

    mutating func unfold(_ planned: PlannedItem, in workflow: WorkflowDefinition) {
        let item = planned.item
        if isByChance, let correction = item.correction {
            let range = append([
                chance(
                    of: item, "correction", planned.stage, LocalizedText(zh: "补正：", en: "Correction: "), .applicant,
                    correction.applicant, correction.chance)
            ])
            first[item.id] = range
            last[item.id] = range
        }
        unfoldOwn(planned, after: last[item.id])
        if isByChance, let special = item.special, let before = last[item.id] {
            let range = append([
                chance(
                    of: item, "special-procedure", planned.stage,
                    LocalizedText(zh: "特别程序：", en: "Special procedure: "), .special, special.takes, special.chance)
            ])
            tie(before, range)
            last[item.id] = range
        }
    }

    private func chance(
        of item: Item, _ name: String, _ stage: String, _ title: LocalizedText, _ clock: ClockHolder,
        _ estimate: DurationEstimate, _ chance: Double
    ) -> PlanActivity {
        PlanActivity(
            id: "\(item.id).\(name)", item: item.id, phase: nil, stage: stage,
            title: LocalizedText(zh: title.zh + item.title.zh, en: title.en + item.title.en), department: nil,
            kind: item.kind, clock: clock, estimate: estimate, limit: nil, statutory: nil, shape: item.distribution,
            occurrence: .init(chance: chance, onlyAfter: nil))
    }

    private mutating func tie(_ before: Range<Int>, _ after: Range<Int>) {
        for predecessor in before {
            for successor in after {
                relations.append(
                    .init(predecessor: predecessor, successor: successor, type: .finishToStart, lag: .zero))
            }
        }
    }

    private mutating func unfoldOwn(_ planned: PlannedItem, after correction: Range<Int>?) {
        let item = planned.item
        guard let joint = item.joint else {
            let range = append([
                PlanActivity(
                    id: item.id, item: item.id, phase: nil, stage: planned.stage, title: item.title,
                    department: item.department, kind: item.kind, clock: item.clock, estimate: item.takes ?? .zero,
                    limit: item.limit, statutory: item.statutory?.limit, shape: item.distribution)
            ])
            if let correction { tie(correction, range) } else { first[item.id] = range }
            last[item.id] = range
            firstOwn[item.id] = range
            lastOwn[item.id] = range
            return
        }
        for layer in layers(of: item, joint: joint, stage: planned.stage) {
            let range = append(layer)
            if let before = last[item.id] { tie(before, range) } else { first[item.id] = range }
            if firstOwn[item.id] == nil { firstOwn[item.id] = range }
            last[item.id] = range
            lastOwn[item.id] = range
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

    private var certainRounds: Int { if case .always(let rounds) = rounds { rounds } else { 0 } }

    /// The phases of a joint item in order; the activities of one layer run in parallel.
    private func layers(of item: Item, joint: JointProcedure, stage: String) -> [[PlanActivity]] {
        func phase(
            _ phase: JointPhase, _ title: LocalizedText, _ takes: DurationEstimate, department: String?,
            clock: ClockHolder? = nil, limit: DayAmount? = nil, statutory: DayAmount? = nil,
            occurrence: PlanActivity.Occurrence? = nil
        ) -> PlanActivity {
            PlanActivity(
                id: "\(item.id).\(phase.name)", item: item.id, phase: phase, stage: stage, title: title,
                department: department, kind: .joint, clock: clock ?? item.clock, estimate: takes, limit: limit,
                statutory: statutory, shape: item.distribution, occurrence: occurrence)
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
            for round in 1...rectification.rounds where isByChance || round <= certainRounds {
                func id(_ phase: JointPhase) -> String { "\(item.id).\(phase.name)" }
                let happens =
                    isByChance
                    ? PlanActivity.Occurrence(
                        chance: rectification.chance,
                        onlyAfter: round == 1 ? nil : id(.rectification(round: round - 1))) : nil
                layers.append([
                    phase(
                        .rectification(round: round), named("整改", "Rectification"), rectification.applicant,
                        department: nil, clock: .applicant, occurrence: happens)
                ])
                if let recheck = rectification.recheck {
                    layers.append([
                        phase(
                            .recheck(round: round), named("复验", "Recheck"), recheck, department: item.department,
                            occurrence: happens.map { _ in
                                .init(chance: 1, onlyAfter: id(.rectification(round: round)))
                            })
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
        guard let begins = first[planned.id], let ends = lastOwn[planned.id] else { return }
        for dependency in planned.after {
            let named = dependency.phase.flatMap { position["\(dependency.item).\($0.name)"] }.map { $0..<($0 + 1) }
            let fromStart = dependency.type == .startToStart || dependency.type == .startToFinish
            let toStart = dependency.type == .finishToStart || dependency.type == .startToStart
            // A start that others go by is that of the item's own work, and so is a finish that goes by others.
            guard let source = named ?? (fromStart ? firstOwn[dependency.item] : last[dependency.item]) else {
                continue
            }
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
