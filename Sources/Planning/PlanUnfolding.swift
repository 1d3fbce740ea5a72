import CaseEngine
import WorkCalendar
import WorkflowModel

/// Unfolds the items of a plan into activities, and ties them (展开).
struct PlanUnfolding {
    /// Which rounds of rectification there are.
    enum Rounds {
        case always(Int)
        /// As many as allowed, each with its chance; and so corrections, special procedures and refusals.
        /// With `everyRefusal`, what no chance refuses has a refusal with none.
        case byChance(everyRefusal: Bool)
    }

    private let rounds: Rounds
    private(set) var activities: [PlanActivity] = []
    private(set) var relations: [PlanGraph.Relation] = []
    private(set) var first: [String: Range<Int>] = [:]
    private(set) var last: [String: Range<Int>] = [:]
    private(set) var position: [String: Int] = [:]

    init(rounds: Rounds) { self.rounds = rounds }

    private var isByChance: Bool { if case .byChance = rounds { true } else { false } }

    mutating func unfold(_ planned: PlannedItem) {
        apply(for: planned, application: 1, onlyAfter: nil)
        if let refusal = refusal(of: planned) {
            follow(planned.id, with: [refusal])
            apply(for: planned, application: 2, onlyAfter: refusal.id)
        }
        if isByChance, let special = planned.item.special {
            let stops = SpecialProcedure(rawValue: special.procedure.rawValue)?.stopsClock ?? true
            follow(
                planned.id,
                with: [
                    chance(
                        of: planned, .specialProcedure, LocalizedText(zh: "特别程序：", en: "Special procedure: "),
                        stops ? .special : planned.item.clock, special.takes,
                        .init(chance: special.chance, onlyAfter: nil), application: 1)
                ])
        }
    }

    /// One application, or the work of an item that is not applied for.
    private mutating func apply(for planned: PlannedItem, application: Int, onlyAfter: String?) {
        if isByChance, let correction = planned.item.correction, planned.item.isAdmitted {
            follow(
                planned.id,
                with: [
                    chance(
                        of: planned, .correction, LocalizedText(zh: "补正：", en: "Correction: "), .applicant,
                        correction.applicant, .init(chance: correction.chance, onlyAfter: onlyAfter),
                        application: application)
                ])
        }
        let phases = Phases(planned, application: application, onlyAfter: onlyAfter, rounds: rounds)
        for layer in phases.layers { follow(planned.id, with: layer) }
    }

    /// An item ends with what is appended.
    private mutating func follow(_ item: String, with layer: [PlanActivity]) {
        let start = activities.count
        for activity in layer {
            position[activity.id] = activities.count
            activities.append(activity)
        }
        let range = start..<activities.count
        for predecessor in last[item] ?? 0..<0 {
            for successor in range {
                relations.append(
                    .init(predecessor: predecessor, successor: successor, type: .finishToStart, lag: .zero))
            }
        }
        if first[item] == nil { first[item] = range }
        last[item] = range
    }

    private func chance(
        of planned: PlannedItem, _ part: PlanActivity.Part, _ title: LocalizedText, _ clock: ClockHolder,
        _ estimate: DurationEstimate, _ occurrence: PlanActivity.Occurrence, application: Int
    ) -> PlanActivity {
        let item = planned.item
        let name = part == .correction ? "correction" : "special-procedure"
        return PlanActivity(
            id: "\(item.id).\(name)" + (application > 1 ? ".again" : ""), item: item.id, phase: nil,
            stage: planned.stage, title: LocalizedText(zh: title.zh + item.title.zh, en: title.en + item.title.en),
            department: nil, kind: item.kind, clock: clock, estimate: estimate, limit: nil, statutory: nil,
            shape: item.distribution, occurrence: occurrence, part: part, application: application)
    }

    /// The last round is failed like any other; without a recheck it is not.
    private func refusal(of planned: PlannedItem) -> PlanActivity? {
        let item = planned.item
        guard case .byChance(let everyRefusal) = rounds, let joint = item.joint else { return nil }
        let rechecked = joint.rounds.flatMap { $0.recheck == nil ? nil : $0 }
        let chance = rechecked?.chance ?? 0
        guard chance > 0 || everyRefusal else { return nil }
        let round = rechecked.map { JointPhase.rectification(round: $0.possibleRounds) }
        return PlanActivity(
            id: "\(item.id).refusal", item: item.id, phase: nil, stage: planned.stage,
            title: LocalizedText(zh: "不予许可：\(item.title.zh)", en: "Refusal: \(item.title.en)"),
            department: item.department, kind: item.kind, clock: .none, estimate: .zero, limit: nil, statutory: nil,
            occurrence: .init(chance: chance, onlyAfter: round.map { "\(item.id).\($0.name)" }), part: .refusal)
    }

    mutating func connect(_ planned: PlannedItem) {
        guard let begins = first[planned.id], let ends = last[planned.id] else { return }
        for dependency in planned.after {
            let fromStart = dependency.type == .startToStart || dependency.type == .startToFinish
            let toStart = dependency.type == .finishToStart || dependency.type == .startToStart
            guard
                let source = phase(of: dependency) ?? (fromStart ? first[dependency.item] : last[dependency.item])
            else { continue }
            for predecessor in source {
                // A decision in favour waits for what it must not come before; one against does not.
                for successor in toStart ? begins : ends {
                    relations.append(
                        .init(
                            predecessor: predecessor, successor: successor, type: dependency.type, lag: dependency.lag))
                }
            }
        }
    }

    /// The phase that a dependency names: that of the first application, but the conclusion that grants.
    private func phase(of dependency: Dependency) -> Range<Int>? {
        guard let phase = dependency.phase else { return nil }
        let id = "\(dependency.item).\(phase.name)"
        let again = phase == .conclusion ? position["\(id).again"] : nil
        return (again ?? position[id]).map { $0..<($0 + 1) }
    }
}

/// The phases of one application of an item in order; the activities of one layer run in parallel.
private struct Phases {
    private let item: Item
    private let stage: String
    private let application: Int
    /// What has to happen before, of what need not happen.
    private let onlyAfter: String?
    private let rounds: PlanUnfolding.Rounds

    init(_ planned: PlannedItem, application: Int, onlyAfter: String?, rounds: PlanUnfolding.Rounds) {
        item = planned.item
        stage = planned.stage
        self.application = application
        self.onlyAfter = onlyAfter
        self.rounds = rounds
    }

    private var certainRounds: Int? { if case .always(let rounds) = rounds { rounds } else { nil } }

    var layers: [[PlanActivity]] {
        guard let joint = item.joint else {
            return [
                [
                    PlanActivity(
                        id: item.id, item: item.id, phase: nil, stage: stage, title: item.title,
                        department: item.department, kind: item.kind, clock: item.clock,
                        estimate: item.takes ?? .zero, limit: item.limit, statutory: item.statutory?.limit,
                        shape: item.distribution)
                ]
            ]
        }
        var layers: [[PlanActivity]] = []
        if let admission = joint.admission {
            layers.append([
                phase(.admission, named("受理", "Admission"), admission, joint.admittedBy ?? item.department)
            ])
        }
        layers.append(opinions(joint))
        if let merge = joint.merge {
            layers.append([phase(.merge, named("汇总意见", "Merged notice"), merge, item.department)])
        }
        if let rectification = joint.rounds { layers += rectifications(rectification, joint) }
        if let conclusion = joint.conclusion {
            layers.append([phase(.conclusion, named("出具结论", "Conclusion"), conclusion, item.department)])
        }
        return layers.filter { !$0.isEmpty }
    }

    private func opinions(_ joint: JointProcedure) -> [PlanActivity] {
        if let together = item.takes {
            return [
                phase(
                    .session, item.title, together, item.department, limit: item.limit,
                    statutory: item.statutory?.limit)
            ]
        }
        return joint.participants.map { participant in
            phase(
                .participant(participant.id), participant.title, participant.takes ?? .zero, participant.department,
                limit: participant.limit, statutory: participant.statutory?.limit)
        }
    }

    /// A round happens when the one before was failed, and so is the recheck of it.
    private func rectifications(_ rectification: Rectification, _ joint: JointProcedure) -> [[PlanActivity]] {
        var layers: [[PlanActivity]] = []
        for round in 1...rectification.possibleRounds where certainRounds.map({ round <= $0 }) ?? true {
            let change = JointPhase.rectification(round: round)
            let before = round == 1 ? onlyAfter : id(.rectification(round: round - 1))
            let happens =
                certainRounds == nil
                ? PlanActivity.Occurrence(chance: rectification.chance, onlyAfter: before) : nil
            layers.append([
                phase(
                    change, named("整改", "Rectification"), rectification.applicant, nil, clock: .applicant,
                    occurrence: happens)
            ])
            guard let recheck = rectification.recheck else { continue }
            layers.append([
                phase(
                    .recheck(round: round), named("复验", "Recheck"), recheck, item.department,
                    occurrence: happens.map { _ in .init(chance: 1, onlyAfter: id(change)) },
                    parallel: rectification.failedOnly
                        ? joint.passes.fewestFailing(of: joint.participants.count) : joint.participants.count)
            ])
        }
        return layers
    }

    private func id(_ phase: JointPhase) -> String {
        "\(item.id).\(phase.name)" + (application > 1 ? ".again" : "")
    }

    private func named(_ zh: String, _ en: String) -> LocalizedText {
        LocalizedText(zh: "\(zh)：\(item.title.zh)", en: "\(en): \(item.title.en)")
    }

    private func phase(
        _ phase: JointPhase, _ title: LocalizedText, _ takes: DurationEstimate, _ department: String?,
        clock: ClockHolder? = nil, limit: DayAmount? = nil, statutory: DayAmount? = nil,
        occurrence: PlanActivity.Occurrence? = nil, parallel: Int = 1
    ) -> PlanActivity {
        let deemed = SupervisionPolicy.standard.admissionLimit
        return PlanActivity(
            id: id(phase), item: item.id, phase: phase, stage: stage, title: title, department: department,
            kind: .joint,
            clock: clock ?? item.clock, estimate: takes, limit: limit, statutory: statutory, shape: item.distribution,
            occurrence: occurrence ?? onlyAfter.map { .init(chance: 1, onlyAfter: $0) }, application: application,
            parallel: max(1, parallel),
            endsAfter: phase == .admission && takes.unit == deemed.unit ? deemed.minutes : nil)
    }
}

extension Item {
    /// Whether somebody looks at its application before it is admitted.
    var isAdmitted: Bool { joint.map { $0.admission != nil } ?? true }
}

extension JointProcedure {
    /// How it is put right what a participant objects to; `nil` where nobody is asked.
    var rounds: Rectification? { participants.isEmpty ? nil : rectification }
}

extension PassRule {
    /// How many participants have to fail so that a round fails.
    func fewestFailing(of participants: Int) -> Int {
        (0...participants).first { !isMet(passes: participants - $0, participants: participants) } ?? participants
    }
}
