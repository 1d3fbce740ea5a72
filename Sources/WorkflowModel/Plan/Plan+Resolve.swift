import WorkCalendar

extension Plan {
    /// The plan of a workflow for a project with these facts; facts not given take their defaults.
    ///
    /// - An item whose condition is false is not needed. Neither is a joint item none of whose participants is.
    /// - What is not needed counts as taking no time: its predecessors are handed on to its successors, through any
    ///   number of such items. Relation types compose to the first letter of the first link and the second letter of the
    ///   last one, and lags add up. Of several dependencies that differ only in the lag the longest stays. What waited only
    ///   for such items at the very start of the case starts with the case; a lag after them is lost.
    /// - A participant whose condition is false is gone. Waiting for it means waiting for its joint item's admission,
    ///   or, where there is none, for whatever the joint item's own start waits for. `k of n` is lowered to those left.
    ///
    /// Total: a dependency on an item that the workflow does not have, or around a circle of items that are not needed,
    /// is left out. Checked files have neither.
    ///
    /// - Precondition: item ids are unique.
    /// - Complexity: O(n), n = items, participants, dependencies of the file and dependencies handed on.
    public static func resolve(_ workflow: WorkflowDefinition, facts: [String: FactValue]) -> Plan {
        var resolution = Resolution(workflow, facts: workflow.resolvedFacts(facts))
        return resolution.plan()
    }
}

/// The state of resolving one workflow.
private struct Resolution {
    private let workflow: WorkflowDefinition
    private let facts: [String: FactValue]
    private let stages: [String]
    /// As in the file, with the participants of the project.
    private let items: [Item]
    private let isNeeded: [Bool]
    private let positions: [String: Int]
    /// Ids of the participants of the project, by the position of their joint item.
    private let participants: [Set<String>]

    /// What the start of an item waits for, for those that hand it on; every relation ends at the start.
    private var handedOn: [[Dependency]?]

    init(_ workflow: WorkflowDefinition, facts: [String: FactValue]) {
        self.workflow = workflow
        self.facts = facts
        stages = workflow.stages.flatMap { stage in repeatElement(stage.id, count: stage.items.count) }
        var items: [Item] = []
        var isNeeded: [Bool] = []
        for item in workflow.items {
            let joint = item.joint?.resolved(with: facts)
            let lostAll = item.joint?.participants.isEmpty == false && joint?.participants.isEmpty == true
            var called = item
            called.joint = joint
            items.append(called)
            isNeeded.append(!lostAll && item.when?.evaluate(with: facts) != false)
        }
        positions = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.id, $0) })
        handedOn = Array(repeating: nil, count: items.count)
        participants = items.map { Set($0.joint?.participants.map(\.id) ?? []) }
        self.items = items
        self.isNeeded = isNeeded
    }

    mutating func plan() -> Plan {
        var planned: [PlannedItem] = []
        var notNeeded: [String] = []
        for (index, item) in items.enumerated() {
            guard isNeeded[index] else {
                notNeeded.append(item.id)
                continue
            }
            for dependency in item.after { settle(source(of: dependency)) }
            var resolved = item
            resolved.after = predecessors(item.after)
            planned.append(PlannedItem(item: resolved, stage: stages[index]))
        }
        return Plan(workflow: workflow, facts: facts, items: planned, notNeeded: notNeeded)
    }

    // MARK: Handing on

    /// What a dependency of the file comes to.
    private enum Source {
        /// It names what the plan has.
        case planned
        /// A participant that is gone, of a joint item with an admission.
        case admission
        /// Whatever the start of the item at that position waits for.
        case startOf(Int)
        case nothing
    }

    private func source(of dependency: Dependency) -> Source {
        guard let position = positions[dependency.item] else { return .nothing }
        guard isNeeded[position] else { return .startOf(position) }
        guard case .participant(let id) = dependency.phase, let joint = items[position].joint,
            !participants[position].contains(id)
        else { return .planned }
        return joint.admission == nil ? .startOf(position) : .admission
    }

    /// The dependencies that bind the start of an item. One that is not needed finishes as it starts, so all do.
    private func bindingStart(of position: Int) -> [Dependency] {
        let after = items[position].after
        return isNeeded[position] ? after.filter { $0.type.successorEnd == .start } : after
    }

    /// Fills `handedOn` for an item and all that it hands on from, predecessors first, without recursion.
    private mutating func settle(_ source: Source) {
        guard case .startOf(let position) = source, handedOn[position] == nil else { return }
        var stack = [position]
        var isOpen: Set<Int> = []
        while let top = stack.last {
            if handedOn[top] == nil, isOpen.insert(top).inserted {
                for dependency in bindingStart(of: top) {
                    // An open one lies below on the stack: a circle, which is cut here.
                    guard case .startOf(let before) = self.source(of: dependency), handedOn[before] == nil,
                        !isOpen.contains(before)
                    else { continue }
                    stack.append(before)
                }
            } else {
                stack.removeLast()
                if handedOn[top] == nil { handedOn[top] = startPredecessors(of: top) }
            }
        }
    }

    private func startPredecessors(of position: Int) -> [Dependency] {
        let binding = bindingStart(of: position)
        // A chain of single links shares one list instead of copying it link by link.
        if binding.count == 1, binding[0].lag.minutes == 0, case .startOf(let before) = source(of: binding[0]) {
            return handedOn[before] ?? []
        }
        var merged = MergedDependencies()
        for dependency in binding {
            let end = Dependency(item: "", type: .finishToStart)
            for predecessor in predecessors(of: dependency) { merged.add(predecessor.followed(by: end)) }
        }
        return merged.all
    }

    private func predecessors(_ after: [Dependency]) -> [Dependency] {
        let isAsWritten = after.allSatisfy { if case .planned = source(of: $0) { true } else { false } }
        if isAsWritten { return after }
        var merged = MergedDependencies()
        for dependency in after {
            for predecessor in predecessors(of: dependency) { merged.add(predecessor) }
        }
        return merged.all
    }

    private func predecessors(of dependency: Dependency) -> [Dependency] {
        switch source(of: dependency) {
        case .planned: [dependency]
        case .admission: [Dependency(item: dependency.item, phase: .admission).followed(by: dependency)]
        case .startOf(let position): (handedOn[position] ?? []).map { $0.followed(by: dependency) }
        case .nothing: []
        }
    }
}

extension Item {
    /// With the participants that these facts call for; `nil` when they do not call for the item.
    package func resolved(with facts: [String: FactValue]) -> Item? {
        let resolved = joint?.resolved(with: facts)
        let lostAll = joint?.participants.isEmpty == false && resolved?.participants.isEmpty == true
        if lostAll || when?.evaluate(with: facts) == false { return nil }
        var item = self
        item.joint = resolved
        return item
    }
}

extension JointProcedure {
    /// With the participants that these facts call for.
    fileprivate func resolved(with facts: [String: FactValue]) -> JointProcedure {
        let needed = participants.filter { $0.when?.evaluate(with: facts) != false }
        if needed.count == participants.count { return self }
        var joint = self
        joint.participants = needed
        joint.passes = passes.lowered(to: needed.count)
        return joint
    }
}

extension PassRule {
    /// With no more passes asked for than there are participants.
    fileprivate func lowered(to participants: Int) -> PassRule {
        guard case .atLeast(let passes, _) = self else { return self }
        return .atLeast(Swift.min(passes, participants), of: participants)
    }
}
