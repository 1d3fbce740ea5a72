import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// The materials to look for outside the case before a command is decided: what it takes, or asks the applicant for,
    /// and the case does not hold.
    ///
    /// - Complexity: O(m·d), m = materials of the items concerned, d = documents in the case's store.
    public func wanted(by command: CaseCommand, in state: CaseState, on date: LocalDate) -> [Material] {
        var ids: [String] = []
        func want(_ materials: some Sequence<String>, besides supplied: [SuppliedMaterial] = []) {
            for material in materials where !ids.contains(material) {
                let isHeld = state.materials.contains { $0.material == material && $0.isValid(on: date) }
                // What a register has is looked up there, whatever is handed in.
                let isGiven = supplied.contains { $0.material == material }
                if !isHeld, !isGiven || rules.plan.shares(material) { ids.append(material) }
            }
        }
        switch command {
        case .item(let id, let command):
            guard let index = rules.index(of: id) else { return [] }
            switch command {
            case .file(let supplied, _): want(rules.item(index).materials.lazy.map(\.material), besides: supplied)
            case .lookUp(let materials):
                want(materials.isEmpty ? rules.item(index).materials.map(\.material) : materials)
            case .noteRepeat(let materials, _): want(materials)
            case .requestCorrection(let points), .requestSupplement(let points):
                want(points.lazy.compactMap(\.material))
            default: return []
            }
        case .intake(.receive(let stage, let items, let supplied)):
            for (rule, planned) in zip(rules.items, plan.items)
            where planned.stage == stage && (items.isEmpty || items.contains(rule.id)) {
                want(rule.materials.lazy.map(\.material), besides: supplied)
            }
        case .intake(.notice(_, let points)): want(points.lazy.flatMap(\.points).compactMap(\.material))
        default: return []
        }
        if ids.isEmpty { return [] }
        return plan.workflow.materials.filter { ids.contains($0.id) }
    }

    /// What lies at hand outside the case of some materials that it does not hold, and what was looked for in vain; nothing
    /// happens.
    public func servable(
        _ materials: [String], in state: CaseState, _ context: CaseContext
    ) -> (served: [ServedMaterial], failed: [FailedLookup]) {
        let deciding = Deciding(
            rules: rules, state: state, today: context.today, actor: context.actor, standing: context.standing,
            atHand: context.atHand)
        return deciding.find(materials.filter { deciding.held($0) == nil })
    }

    /// The documents that an item has answered on, each with the latest of the same material that the case has now
    /// (答复所依据的版本).
    ///
    /// - Returns: empty before the first signature, decision or opinion.
    public func documentsSeen(byItemAt index: Int, in state: CaseState) -> [SeenDocument] {
        state.items[index].seen.compactMap { use in
            guard state.materials.indices.contains(use.number - 1) else { return nil }
            let latest = state.materials.lastIndex { $0.material == use.material }.map { $0 + 1 } ?? use.number
            return SeenDocument(
                material: use.material, number: use.number,
                later: latest > use.number
                    ? SeenDocument.Later(number: latest, since: state.materials[latest - 1].since) : nil)
        }
    }
}

/// A document that an answer rests on, and what came after it (依据版本).
public struct SeenDocument: Hashable, Sendable {
    public let material: String
    /// Its number in the case's store.
    public let number: Int
    /// A newer one, which the answer has not seen 此后的新版本.
    public let later: Later?

    public struct Later: Hashable, Sendable {
        public let number: Int
        public let since: LocalDate
    }
}

extension CaseRejection {
    /// What is to be written down of a refusal, as a command of whoever was refused (避免重复索要登记); `nil` when nothing is.
    ///
    /// A refusal itself leaves no trace. That the applicant was about to be asked for what the office has does.
    public func note(of command: CaseCommand) -> CaseCommand? {
        guard case .materialAlreadyHeld(let refused) = self else { return nil }
        switch command {
        case .item(let id, .requestCorrection(let points)):
            return .item(id, .noteRepeat(materials: points.materials, request: "requestCorrection"))
        case .item(let id, .requestSupplement(let points)):
            return .item(id, .noteRepeat(materials: points.materials, request: "requestSupplement"))
        case .intake(.notice(_, let all)):
            let one = all.first { $0.points.contains { $0.material == refused } }
            return one.map { .item($0.item, .noteRepeat(materials: $0.points.materials, request: "notice")) }
        default: return nil
        }
    }
}

extension [Point] {
    /// The materials that are asked for, each once.
    fileprivate var materials: [String] {
        var seen: [String] = []
        for case let material? in map(\.material) where !seen.contains(material) { seen.append(material) }
        return seen
    }
}

extension Plan {
    /// Whether a department keeps a register of a material.
    fileprivate func shares(_ material: String) -> Bool {
        workflow.materials.contains { $0.id == material && $0.shared != nil }
    }
}

// MARK: Folding

extension CaseEvent.Kind {
    var isOfMaterials: Bool { self == .materialsLookedUp || self == .repeatRequestAvoided }
}

extension CaseRules {
    /// Folds what was taken over, looked for in vain, or asked for although it was there.
    func evolveMaterials(_ state: inout CaseState, by event: CaseEvent, at index: Int) {
        let item = items[index].id
        switch event.what {
        case .materialsLookedUp(let served, let failed):
            for one in served {
                hold(one.document, since: event.on, origin: item, isOutput: false, from: one.source, in: &state)
            }
            note(failed, item: item, event, in: &state)
        case .repeatRequestAvoided(let material, let number, let request):
            state.materialNotes.append(
                MaterialNote(
                    on: event.on, by: event.by, item: item, material: material,
                    what: .repeatAvoided(number: number, request: request)))
        default: break
        }
    }

    func note(_ failed: [FailedLookup], item: String, _ event: CaseEvent, in state: inout CaseState) {
        for one in failed {
            state.materialNotes.append(
                MaterialNote(
                    on: event.on, by: event.by, item: item, material: one.material,
                    what: .lookupFailed(register: one.register, reason: one.reason)))
        }
    }

    /// Items go on under other ids.
    func rename(_ state: inout CaseState, by map: [String: String]) {
        guard !map.isEmpty else { return }
        for position in state.materialNotes.indices {
            if let id = map[state.materialNotes[position].item] { state.materialNotes[position].item = id }
        }
        for position in state.intakes.indices { state.intakes[position].rename(by: map) }
    }
}
