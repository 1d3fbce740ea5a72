import WorkCalendar

/// Levers name what is there, change something, and leave a workflow behind.
struct LeverRules {
    let draft: WorkflowDraft
    let names: NameRules
    let report: Report
    /// The position of each lever, by id; of a double id the first.
    let leverIndex: [String: Int]
    /// For each lever what it requires, by way of others too, itself first.
    let closures: [[Int]]
    /// Whether two levers can be pulled together, with all that they require.
    let goTogether: [[Bool]]

    init(_ draft: WorkflowDraft, _ names: NameRules, _ report: Report) {
        self.draft = draft
        self.names = names
        self.report = report
        let levers = draft.levers
        let index = Dictionary(
            zip(levers.map(\.id), levers.indices).filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first })
        leverIndex = index
        let closures: [[Int]] =
            levers.count > Lever.most
            ? []
            : levers.indices.map { first in
                var closure = [first]
                var next = 0
                while next < closure.count {
                    for id in levers[closure[next]].lever.requires {
                        if let other = index[id], !closure.contains(other) { closure.append(other) }
                    }
                    next += 1
                }
                return closure
            }
        self.closures = closures
        let excluded = levers.map { lever in Set(lever.lever.excludes.compactMap { index[$0] }) }
        goTogether = closures.map { first in
            closures.map { second in
                let pulled = Set(first).union(second)
                return pulled.allSatisfy { excluded[$0].isDisjoint(with: pulled) }
            }
        }
    }

    func check() {
        guard draft.levers.count <= Lever.most else {
            report.add(.tooManyLevers(limit: Lever.most), at: draft.levers[Lever.most].span)
            return
        }
        for index in draft.levers.indices {
            checkNames(of: index)
            checkKind(of: draft.levers[index])
            for effect in draft.levers[index].effects { check(effect, of: index) }
        }
        checkNewIdentifiers()
        checkRequirements()
        checkContradictions()
        // What follows needs the whole workflow.
        guard !report.hasErrors else { return }
        LeverOrderRules(self).check()
    }

    // MARK: Names

    private func checkNames(of index: Int) {
        let lever = draft.levers[index]
        for (id, span) in lever.requires + lever.excludes {
            if id == lever.id {
                report.add(.leverNamesItself(id), at: span)
            } else if leverIndex[id] == nil {
                report.add(.unknownLever(id, nearest: nearestName(to: id, among: leverIndex.keys)), at: span)
            }
        }
    }

    /// Items that a lever may name: those of the workflow, its own and those of the levers that it requires.
    func item(_ id: String, seenFrom lever: Int) -> ItemDraft? {
        if let index = names.itemIndex[id] { return draft.items[index] }
        return closures[lever].lazy.flatMap { draft.levers[$0].newItems }.first { $0.id == id }
    }

    private func checkReference(_ dependency: Dependency, at span: TextSpan, from lever: Int) {
        guard let item = item(dependency.item, seenFrom: lever) else {
            let known = Array(names.itemIndex.keys) + draft.levers[lever].newItems.map(\.id)
            report.add(.unknownItem(dependency.item, nearest: nearestName(to: dependency.item, among: known)), at: span)
            return
        }
        if let phase = dependency.phase { names.check(phase, of: item, at: span) }
    }

    /// An item that a lever brings has an id of its own, or that of one of those it replaces.
    private func checkNewIdentifiers() {
        var first: [String: TextSpan] = [:]
        for effect in draft.levers.lazy.flatMap(\.effects) {
            guard let item = effect.newItem, !item.id.isEmpty else { continue }
            let replaced = Set(effect.items.map(\.id))
            if let other = names.itemIndex[item.id].map({ draft.items[$0].span }), !replaced.contains(item.id) {
                report.add(.duplicateIdentifier(item.id), at: item.span, notes: [(other, Wording.firstHere)])
            } else if let other = first[item.id] {
                report.add(.duplicateIdentifier(item.id), at: item.span, notes: [(other, Wording.firstHere)])
            } else {
                first[item.id] = item.span
            }
        }
    }

    // MARK: Effects

    private func check(_ effect: ReformEffectDraft, of lever: Int) {
        if let item = effect.newItem {
            ItemRules(item, report).check()
            if item.item.joint != nil { JointRules(item, report).check() }
            for (dependency, span) in item.after { checkReference(dependency, at: span, from: lever) }
        }
        for (id, span) in effect.items {
            let phase: JointPhase? = if case .change(let change) = effect.effect { change.phase } else { nil }
            checkReference(Dependency(item: id, phase: phase), at: span, from: lever)
        }
        for (dependency, span) in effect.after + effect.notAfter { checkReference(dependency, at: span, from: lever) }
        switch effect.effect {
        case .change(let change):
            guard let item = item(change.item, seenFrom: lever) else { return }
            if checkFit(of: change, to: item, effect, lever) { checkThatSomethingChanges(change, of: item, effect) }
            if change.isDropped { checkRemoval(of: item, at: effect.fields.span("item")) }
        case .merge:
            for (id, span) in effect.items {
                if let index = names.itemIndex[id] {
                    checkRemoval(of: draft.items[index], at: span)
                } else if item(id, seenFrom: lever) != nil {
                    // What a lever brings does not stand in any stage yet.
                    report.add(.unknownItem(id, nearest: nil), at: span)
                }
            }
        case .add: break
        }
    }

    /// - Returns: whether every key has its place.
    private func checkFit(of change: ItemChange, to item: ItemDraft, _ effect: ReformEffectDraft, _ lever: Int) -> Bool
    {
        let fields = effect.fields
        var fits = true
        func misfit(_ keys: [String], _ misfit: Wording.Misfit) {
            for key in keys where fields.has(key) {
                fits = false
                report.add(.effectDoesNotFit(key, misfit), at: fields.keySpan(key))
            }
        }
        let work = ["takes", "limit", "percent", "handling", "tolerance"]
        if item.item.kind == .milestone { misfit(work, .milestone) }
        if change.isDropped {
            misfit(work + ["after", "notAfter", "alsoAfter", "chance", "minor"], .dropped)
        }
        if let phase = change.phase {
            misfit(["handling", "after", "notAfter", "alsoAfter", "chance", "tolerance", "minor", "drop"], .phase)
            switch phase {
            case .participant, .session: break
            default: misfit(["limit"], .phase)
            }
        } else if item.item.joint != nil, item.item.takes == nil {
            misfit(["takes"], .wholeJointItem)
        }
        if item.item.joint?.rectification == nil { misfit(["chance"], .noRectification) }
        for (material, span) in effect.minor where !item.item.materials.contains(where: { $0.material == material }) {
            report.add(.effectDoesNotFit(material, .materialNotAsked), at: span)
        }
        let changed = item.item.changed(by: [change])
        if let (material, span) = effect.minor.first, changed.tolerance == nil {
            report.add(.minorWithoutTolerance(material), at: span)
        }
        if change.phase == nil, change.takes != nil || change.limit != nil || change.percent != nil {
            report.checkLimits(
                promised: changed.limit, statutory: changed.statutory?.limit, likely: changed.takes?.likely,
                fields: fields)
        }
        if change.handling == .commitment, item.fields.lacks("basis"), draft.levers[lever].fields.lacks("basis") {
            report.add(.commitmentWithoutBasis(item.id), at: fields.span("handling"))
        }
        return fits
    }

    private func checkThatSomethingChanges(_ change: ItemChange, of item: ItemDraft, _ effect: ReformEffectDraft) {
        let before = change.after ?? item.item.after
        for (dependency, span) in effect.notAfter
        where !before.contains(where: { $0.reference == dependency.reference }) {
            // What another lever adds may be taken away again.
            if item.item.id == change.item, names.itemIndex[dependency.item] != nil {
                report.add(.doesNotWaitFor(item.id, dependency.reference), at: span)
            }
        }
        if effect.notAfter.isEmpty, item.item.changed(by: [change]) == item.item {
            report.add(.effectChangesNothing(change.reference), at: effect.fields.span("item"))
        }
    }

    /// Milestones and the ends of windows stay.
    private func checkRemoval(of item: ItemDraft, at span: TextSpan) {
        let target = draft.targets.first { $0.value.from == item.id || $0.value.to == item.id }
        if let target {
            report.add(.leverRemovesWindow(item.id, target: target.value.id), at: span)
        } else if item.item.kind == .milestone {
            report.add(.effectDoesNotFit(item.id, .milestone), at: span)
        }
    }

    // MARK: Kinds

    private func checkKind(of lever: LeverDraft) {
        guard lever.fields.has("kind"), lever.effects.count == lever.fields.count("effects"), !lever.effects.isEmpty
        else { return }
        let keys = lever.lever.kind.tellingKeys
        let tells = lever.effects.contains { effect in
            keys.contains { key in
                key == "handling" ? effect.handling == .commitment : effect.fields.has(key)
            }
        }
        if !tells { report.add(.kindWithoutItsEffect(lever.lever.kind, keys), at: lever.fields.span("kind")) }
    }
}

extension ReformEffectDraft {
    fileprivate var handling: Handling? {
        switch effect {
        case .change(let change): change.handling
        case .merge(let merge): merge.into.handling
        case .add(let item): item.handling
        }
    }
}

extension LeverKind {
    /// Of these keys one stands in some effect of such a lever; `handling` means commitment.
    fileprivate var tellingKeys: [String] {
        switch self {
        case .commitment: ["handling"]
        case .tolerance: ["tolerance", "minor", "chance", "notAfter", "after"]
        case .startEarlier, .parallel: ["after", "notAfter"]
        case .merge: ["merge"]
        case .regionalAssessment: ["drop", "takes", "percent"]
        case .shorterLimit: ["limit", "takes", "percent"]
        case .moreTeams: ["takes", "percent"]
        case .exemption: ["drop"]
        }
    }
}
