import Scheduling
import WorkCalendar
import WorkflowModel

extension ReformNetwork {
    /// - Parameters:
    ///   - facts: of the project, with defaults filled in.
    ///   - start: the closing at which the project enters.
    ///   - chances: whether everything that may happen is in it, with durations for `SampledReforms` to draw.
    /// - Returns: `nil` when this project has no such window.
    /// - Precondition: the workflow was read without errors, so that names lead somewhere.
    init?(
        _ workflow: WorkflowDefinition, facts: [String: FactValue], target: Target, calendar: WorkCalendar,
        start: LocalDate, scenario: PlanScenario, chances: Bool = false
    ) {
        var compiler = Compiler(
            workflow: workflow, facts: facts, target: target, scenario: scenario, chances: chances)
        compiler.compile()
        guard let from = compiler.positions[target.from], let to = compiler.positions[target.to],
            compiler.nodes[from].isNeeded, compiler.nodes[to].isNeeded
        else { return nil }
        levers = compiler.levers
        nodes = compiler.nodes
        activities = compiler.activities
        times = OfficeTimes(calendar: calendar)
        self.target = target
        self.start = times.closing(of: start)
        self.from = from
        self.to = to
    }
}

private struct Compiler {
    let workflow: WorkflowDefinition
    let facts: [String: FactValue]
    let target: Target
    let scenario: PlanScenario
    let chances: Bool
    let levers: [Lever]
    /// What each lever changes, in the order of the file.
    let changes: [(lever: Int, change: ItemChange)]
    var nodes: [ReformNetwork.Node] = []
    var activities: [ReformNetwork.Work] = []
    /// Position of each item by id; of an id that a merge keeps, that of the item in the file.
    var positions: [String: Int] = [:]

    init(
        workflow: WorkflowDefinition, facts: [String: FactValue], target: Target, scenario: PlanScenario, chances: Bool
    ) {
        self.workflow = workflow
        self.facts = facts
        self.target = target
        self.scenario = scenario
        self.chances = chances
        levers = workflow.availableLevers(facts: facts)
        changes = levers.enumerated().flatMap { index, lever in
            lever.effects.compactMap { effect in
                if case .change(let change) = effect { (index, change) } else { nil }
            }
        }
    }

    mutating func compile() {
        for item in workflow.items { add(item, broughtBy: nil) }
        var merges: [(lever: Int, merge: ItemMerge, node: Int)] = []
        var own: [(item: Item, node: Int)] = zip(workflow.items, nodes.indices).map { ($0, $1) }
        for (index, lever) in levers.enumerated() {
            for effect in lever.effects {
                switch effect {
                case .change: break
                case .add(let item):
                    own.append((item, nodes.count))
                    add(item, broughtBy: index)
                case .merge(let merge):
                    own.append((merge.into, nodes.count))
                    merges.append((index, merge, nodes.count))
                    add(merge.into, broughtBy: index)
                }
            }
        }
        for (item, node) in own { nodes[node].arcs = arcs(of: item, at: node) }
        for (lever, merge, node) in merges { connect(merge, by: lever, at: node) }
    }

    // MARK: Nodes

    private mutating func add(_ item: Item, broughtBy lever: Int?) {
        let position = nodes.count
        let isFirst = positions[item.id] == nil
        if isFirst { positions[item.id] = position }
        // A merge that keeps the id of an item is not touched by what changes that item.
        let own = isFirst ? changes.filter { $0.change.item == item.id } : []
        let resolved = item.resolved(with: facts)
        // What the facts leave out has no activities, whatever levers do.
        let unfolded = resolved.map { unfold($0) } ?? []
        var layers: [Range<Int>] = []
        var phases: [JointPhase: Int] = [:]
        var isParticipant = false
        for activity in unfolded {
            let index = activities.count
            if let phase = activity.phase { phases[phase] = index }
            let isSideBySide = if case .participant = activity.phase { true } else { false }
            if isSideBySide, isParticipant, let layer = layers.popLast() {
                layers.append(layer.lowerBound..<index + 1)
            } else {
                layers.append(index..<index + 1)
            }
            isParticipant = isSideBySide
            activities.append(work(of: activity, changes: own))
        }
        let present = Set(resolved?.joint?.participants.map(\.id) ?? [])
        let missing = (item.joint?.participants ?? []).map(\.id).filter { !present.contains($0) }
        nodes.append(
            ReformNetwork.Node(
                id: item.id, item: item, changes: own, isNeeded: resolved != nil,
                droppedBy: LeverSet(own.filter(\.change.isDropped).map(\.lever)), broughtBy: lever, layers: layers,
                phases: phases, missingPhases: Set(missing.map { JointPhase.participant($0) }),
                writtenPhases: item.phaseNames))
    }

    /// The activities of one item, layer by layer.
    private func unfold(_ item: Item) -> [PlanActivity] {
        let alone = Plan(
            workflow: workflow, facts: facts, items: [PlannedItem(item: item, stage: "")], notNeeded: [])
        return chances
            ? PlanGraph(alone, chances: true).activities
            : PlanGraph(alone, rectificationRounds: scenario.rectificationRounds).activities
    }

    private func work(of activity: PlanActivity, changes: [(lever: Int, change: ItemChange)]) -> ReformNetwork.Work {
        let basis = scenario.basis
        let isWhole = activity.phase == nil || activity.phase == .session
        let isApplicants = if case .rectification = activity.phase { true } else { false }
        let readsStatutory = basis == .statutory && activity.statutory != nil
        let readsLimits = basis == .promised || basis == .statutory
        let isLimited = readsStatutory || (readsLimits && activity.limit != nil)
        var sets: [(lever: Int, duration: DayAmount)] = []
        var percents: [(lever: Int, percent: Int)] = []
        var limits: [(lever: Int, duration: DayAmount)] = []
        for (lever, change) in changes {
            let isOwn =
                isWhole ? change.phase == nil || change.phase == .session : change.phase == activity.phase
            if isOwn, readsLimits, !readsStatutory, let limit = change.limit { limits.append((lever, limit)) }
            if isLimited { continue }
            if isOwn, let takes = change.takes { sets.append((lever, takes.figure(at: basis))) }
            if let percent = change.percent, isOwn || (change.phase == nil && !isApplicants) {
                percents.append((lever, percent))
            }
        }
        return ReformNetwork.Work(
            id: activity.id,
            counts: target.counts(activity.clock, of: activity.id), duration: activity.duration(at: basis), sets: sets,
            percents: percents, limits: limits)
    }

    // MARK: Dependencies

    private func arc(
        _ dependency: Dependency, needs: LeverSet, absentWith: LeverSet = .none
    ) -> ReformNetwork.Arc? {
        positions[dependency.item].map { source in
            ReformNetwork.Arc(
                source: source, phase: dependency.phase, from: dependency.type.predecessorEnd,
                to: dependency.type.successorEnd, lag: dependency.lag, needs: needs, absentWith: absentWith,
                reference: dependency.reference)
        }
    }

    /// What an item waits for under some levers or others; merges aside.
    private func arcs(of item: Item, at node: Int) -> [ReformNetwork.Arc] {
        let own =
            positions[item.id] == node ? changes.filter { $0.change.item == item.id && $0.change.phase == nil } : []
        let replacing = LeverSet(own.filter { $0.change.after != nil }.map(\.lever))
        func leaving(_ dependency: Dependency) -> LeverSet {
            LeverSet(
                own.filter { $0.change.notAfter.contains { $0.reference == dependency.reference } }.map(\.lever))
        }
        var arcs = item.after.compactMap { dependency in
            arc(dependency, needs: .none, absentWith: replacing.union(leaving(dependency)))
        }
        for (lever, change) in own {
            for dependency in change.after ?? [] {
                if let arc = arc(dependency, needs: [lever], absentWith: leaving(dependency)) { arcs.append(arc) }
            }
            for dependency in change.alsoAfter {
                if let arc = arc(dependency, needs: [lever]) { arcs.append(arc) }
            }
        }
        return arcs
    }

    private mutating func connect(_ merge: ItemMerge, by lever: Int, at node: Int) {
        let members = merge.items.compactMap { positions[$0] }
        let inside = Set(members)
        for member in members {
            nodes[member].mergers.append((lever, node))
            if merge.keepsPredecessors {
                for var arc in nodes[member].arcs where !inside.contains(arc.source) {
                    arc.needs.insert(lever)
                    nodes[node].arcs.append(arc)
                }
            } else {
                for index in nodes[member].arcs.indices { nodes[member].arcs[index].absentWith.insert(lever) }
            }
        }
        if merge.into.when == nil {
            nodes[node].members = zip(merge.items, members).map { id, member in
                let condition = workflow.items.first { $0.id == id }?.when
                return ReformNetwork.Member(
                    isNeeded: condition?.evaluate(with: facts) != false, droppedBy: nodes[member].droppedBy)
            }
        }
    }
}

extension DurationEstimate {
    /// The figure that a plan is computed with where no limit is set.
    fileprivate func figure(at basis: EstimateBasis) -> DayAmount {
        switch basis {
        case .min: min
        case .max: max
        case .likely, .promised, .statutory: likely
        }
    }
}
