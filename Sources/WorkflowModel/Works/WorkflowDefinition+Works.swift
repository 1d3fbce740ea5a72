import WorkCalendar

extension WorkflowDefinition {
    /// The workflow as it is for a project of several works (单项工程): another workflow, read by everything that reads
    /// workflows.
    ///
    /// Items of stages 2 to 4, and all that waits for one of them, are there once for each work; the rest, and what says
    /// `scope: project`, once. An item of a work waits for those of its own work and of the project; an item of the project
    /// waits for those of all works. A material is of a work when only items of works ask for or issue it and it is not
    /// the applicant's own. A target whose window begins or ends with a work is there for each of them.
    ///
    /// - Parameter facts: of the project, with defaults; those of a work stand before them.
    /// - Returns: itself when there are no works.
    /// - Complexity: O((items + dependencies) × works), and the dependencies once more for each link of a chain that the
    ///   file writes backwards.
    public func divided(into works: [Work], facts: [String: FactValue]) -> WorkflowDefinition {
        works.isEmpty ? self : WorkDivision(self, works, facts).result
    }
}

/// One division of a workflow.
private struct WorkDivision {
    private let workflow: WorkflowDefinition
    private let works: [Work]
    private let facts: [String: FactValue]
    /// What is there once for each work.
    private var items: Set<String> = []
    private var materials: Set<String> = []

    init(_ workflow: WorkflowDefinition, _ works: [Work], _ facts: [String: FactValue]) {
        self.workflow = workflow
        self.works = works
        self.facts = facts
        items = Self.itemsOfWorks(in: workflow)
        materials = materialsOfWorks()
    }

    var result: WorkflowDefinition {
        WorkflowDefinition(
            id: workflow.id, version: workflow.version, title: workflow.title, processType: workflow.processType,
            source: workflow.source, calendar: workflow.calendar, facts: workflow.facts,
            appliesWhen: workflow.appliesWhen, departments: workflow.departments,
            materials: workflow.materials.flatMap(copies), targets: workflow.targets.flatMap(copies), stages: stages,
            levers: workflow.levers.map(divided), simulation: workflow.simulation,
            supervision: workflow.supervision)
    }

    // MARK: What is of works

    private static func itemsOfWorks(in workflow: WorkflowDefinition) -> Set<String> {
        var found: Set<String> = []
        for stage in workflow.stages {
            for item in stage.items where item.scope.map({ $0 == .work }) ?? (2...4).contains(stage.national) {
                found.insert(item.id)
            }
        }
        let free = workflow.items.filter { $0.scope == nil && !found.contains($0.id) }
        var before = -1
        while before != found.count {
            before = found.count
            for item in free where item.after.contains(where: { found.contains($0.item) }) { found.insert(item.id) }
        }
        return found
    }

    private func materialsOfWorks() -> Set<String> {
        var found = Set(workflow.materials.filter { $0.owner != .applicant }.map(\.id))
        var used: Set<String> = []
        for item in workflow.items {
            let named = item.materials.map(\.material) + item.outputs
            if items.contains(item.id) { used.formUnion(named) } else { found.subtract(named) }
        }
        return found.intersection(used)
    }

    // MARK: Stages and items

    private var stages: [Stage] {
        var divided: [Stage] = []
        var own = workflow.stages.filter { (2...4).contains($0.national) }
        for stage in workflow.stages {
            guard (2...4).contains(stage.national) else {
                divided.append(stage.with(id: stage.id, title: stage.title, items: stage.items.flatMap(copies)))
                continue
            }
            let shared = stage.items.filter { !items.contains($0.id) }
            if !shared.isEmpty {
                divided.append(stage.with(id: stage.id, title: stage.title, items: shared.flatMap(copies)))
            }
            // All stages of the first work, then those of the next.
            for work in works {
                for stage in own {
                    let its = stage.items.filter { items.contains($0.id) }.map { copy(of: $0, for: work) }
                    guard !its.isEmpty else { continue }
                    divided.append(stage.with(id: work.name(stage.id), title: work.titled(stage.title), items: its))
                }
            }
            own = []
        }
        return divided
    }

    private func copies(of item: Item) -> [Item] {
        if items.contains(item.id) { return works.map { copy(of: item, for: $0) } }
        var item = item
        item.after = item.after.flatMap { copies(of: $0, for: nil) }
        return [item]
    }

    private func copy(of item: Item, for work: Work) -> Item {
        let facts = facts.merging(work.facts) { _, own in own }
        var copy = item
        copy.id = work.name(item.id)
        copy.title = work.titled(item.title)
        copy.after = item.after.flatMap { copies(of: $0, for: work) }
        copy.when = item.when?.decided(with: facts)
        copy.materials = item.materials.map {
            MaterialRequirement(material: name(ofMaterial: $0.material, for: work), isMinor: $0.isMinor)
        }
        copy.outputs = item.outputs.map { name(ofMaterial: $0, for: work) }
        copy.provisions = provisions(of: item, for: work, facts: facts)
        for index in item.joint?.participants.indices ?? 0..<0 {
            copy.joint?.participants[index].when = item.joint?.participants[index].when?.decided(with: facts)
            copy.joint?.participants[index].materials =
                item.joint?.participants[index].materials.map { name(ofMaterial: $0, for: work) } ?? []
        }
        return copy
    }

    private func provisions(of item: Item, for work: Work, facts: [String: FactValue]) -> Provisions {
        var provisions = item.provisions
        if let lapses = provisions.lapses, items.contains(lapses.unless) {
            provisions.lapses = LapseRule(
                months: lapses.months, unless: work.name(lapses.unless), extensions: lapses.extensions,
                extensionMonths: lapses.extensionMonths, basis: lapses.basis)
        }
        provisions.autoDecide = item.provisions.autoDecide.flatMap { $0.evaluate(with: facts) ? .always : nil }
        return provisions
    }

    /// What a dependency becomes for an item of a work, or of the project.
    private func copies(of dependency: Dependency, for work: Work?) -> [Dependency] {
        guard items.contains(dependency.item) else { return [dependency] }
        return (work.map { [$0] } ?? works).map {
            Dependency(
                item: $0.name(dependency.item), phase: dependency.phase, type: dependency.type, lag: dependency.lag)
        }
    }

    private func name(ofMaterial id: String, for work: Work) -> String {
        materials.contains(id) ? work.name(id) : id
    }

    private func copies(of material: Material) -> [Material] {
        guard materials.contains(material.id) else { return [material] }
        return works.map {
            Material(
                id: $0.name(material.id), title: $0.titled(material.title), basis: material.basis,
                owner: material.owner, validFor: material.validFor, shared: material.shared)
        }
    }

    private func copies(of target: Target) -> [Target] {
        guard items.contains(target.from) || items.contains(target.to) else { return [target] }
        return works.map { work in
            func name(_ id: String) -> String { items.contains(id) ? work.name(id) : id }
            return Target(
                id: work.name(target.id), title: target.title.map(work.titled), limit: target.limit,
                from: name(target.from), to: name(target.to), counts: target.counts, measure: target.measure,
                source: target.source)
        }
    }

    // MARK: Levers

    private func divided(_ lever: Lever) -> Lever {
        var isPossible = true
        let effects = lever.effects.flatMap { effect -> [ReformEffect] in
            switch effect {
            case .change(let change): return copies(of: change).map { .change($0) }
            case .add(let item):
                let isOfWorks = item.scope.map { $0 == .work } ?? item.after.contains { items.contains($0.item) }
                return isOfWorks ? works.map { .add(copy(of: item, for: $0)) } : copies(of: item).map { .add($0) }
            case .merge(let merge):
                let ofWorks = merge.items.filter(items.contains)
                if ofWorks.isEmpty {
                    return copies(of: merge.into).map {
                        .merge(ItemMerge(items: merge.items, into: $0, keepsPredecessors: merge.keepsPredecessors))
                    }
                }
                // One item of the project cannot become part of several works' items.
                guard ofWorks.count == merge.items.count else {
                    isPossible = false
                    return [effect]
                }
                return works.map { work in
                    .merge(
                        ItemMerge(
                            items: merge.items.map(work.name), into: copy(of: merge.into, for: work),
                            keepsPredecessors: merge.keepsPredecessors))
                }
            }
        }
        return Lever(
            id: lever.id, title: lever.title, kind: lever.kind, cost: lever.cost, source: lever.source,
            basis: lever.basis, when: isPossible ? lever.when : .never, requires: lever.requires,
            excludes: lever.excludes, effects: isPossible ? effects : [])
    }

    private func copies(of change: ItemChange) -> [ItemChange] {
        let copies: [Work?] = items.contains(change.item) ? works : [nil]
        return copies.map { work in
            ItemChange(
                item: work?.name(change.item) ?? change.item, phase: change.phase, takes: change.takes,
                limit: change.limit, percent: change.percent, handling: change.handling,
                after: change.after?.flatMap { self.copies(of: $0, for: work) },
                notAfter: change.notAfter.flatMap { self.copies(of: $0, for: work) },
                alsoAfter: change.alsoAfter.flatMap { self.copies(of: $0, for: work) }, chance: change.chance,
                tolerance: change.tolerance,
                minor: change.minor.map { id in work.map { name(ofMaterial: id, for: $0) } ?? id },
                isDropped: change.isDropped)
        }
    }
}

extension Work {
    fileprivate func titled(_ title: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "\(self.title.zh) · \(title.zh)", en: "\(self.title.en) · \(title.en)")
    }
}

extension Condition {
    /// What the condition says once all facts are known: nothing more when it holds.
    fileprivate func decided(with facts: [String: FactValue]) -> Condition? {
        evaluate(with: facts) ? nil : .never
    }
}

extension Stage {
    fileprivate func with(id: String, title: LocalizedText, items: [Item]) -> Stage {
        Stage(
            id: id, title: title, national: national, lead: lead, budget: budget, closes: closes, source: source,
            items: items)
    }
}
