import WorkCalendar
import WorkflowModel

/// One form for a whole stage: one set of materials, one notice, and a clock for each item as ever.
extension Deciding {
    mutating func decide(_ command: IntakeCommand) throws(CaseRejection) {
        switch command {
        case .receive(let stage, let items, let materials): try receive(stage, items, materials)
        case .supply(let intake, let materials): try supply(intake, materials)
        case .notice(let intake, let points): try notice(intake, points)
        case .admit(let intake, let items): try admit(intake, items)
        }
    }

    // MARK: Receiving

    private mutating func receive(
        _ stage: String, _ named: [String], _ materials: [SuppliedMaterial]
    ) throws(CaseRejection) {
        try require(applying)
        let stages = rules.plan.workflow.stages
        guard let position = stages.firstIndex(where: { $0.id == stage }) else { throw .unknownStage(stage) }
        let indices = try itemsToFile(of: position, named)
        guard indices.contains(where: { status($0) != .planned }) else { throw .nothingToFile(stage: stage) }
        let supplied = try received(fresh(materials).filter { !isOnRegister($0.material) })
        func isSupplied(_ material: String) -> Bool {
            supplied.contains { $0.material == material && $0.isValid(on: today) }
        }
        let wanted = indices.flatMap { definition($0).materials.map(\.material) }
        let found = find(wanted.filter { !isSupplied($0) && held($0) == nil && !isIssuedHere($0) })
        var failed = found.failed
        for failure in atHand.failures where isSupplied(failure.material) && wanted.contains(failure.material) {
            failed.append(failure)
        }
        var missing: [ItemMaterials] = []
        for index in indices {
            let item = definition(index)
            let lacks = item.materials.map(\.material).filter { material in
                !isSupplied(material) && held(material) == nil && !isIssuedHere(material)
                    && !found.served.contains { $0.document.material == material }
            }
            let told = lacks.filter { material in
                let isMinor = item.materials.contains { $0.material == material && $0.isMinor }
                return !isMinor || item.tolerance == nil || bar != nil
            }
            if !told.isEmpty { missing.append(ItemMaterials(item: item.id, materials: told)) }
        }
        let number = state.intakes.count { $0.stage == stage } + 1
        emit(
            .intakeReceived(
                intake: IntakeForm(
                    id: "\(stage)-\(number)", stage: stage, lead: stages[position].lead,
                    items: indices.map { definition($0).id }, supplied: supplied, served: found.served, failed: failed,
                    missing: missing)))
        file(from: state.intakes.count - 1)
    }

    /// The items that a form is for, in plan order: those named, or all that nobody has filed yet.
    private func itemsToFile(of stage: Int, _ named: [String]) throws(CaseRejection) -> [Int] {
        for id in named {
            guard let index = rules.index(of: id), state.items.indices.contains(index),
                rules.graph.stage[index] == stage
            else { throw .unknownItem(id) }
            guard isApplied(index) else { throw .notForThisItem(item: id) }
            let status = status(index)
            guard status == .planned || status == .ready || status.allowsFilingAgain else {
                throw .notNow(item: id, status: status)
            }
        }
        return state.items.indices.filter { index in
            guard rules.graph.stage[index] == stage, isApplied(index) else { return false }
            let id = definition(index).id
            if !named.isEmpty { return named.contains(id) }
            let isOpen = status(index) == .planned || status(index) == .ready
            return isOpen && !state.intakes.contains { $0.waiting.contains(id) }
        }
    }

    private func isApplied(_ index: Int) -> Bool {
        let item = definition(index)
        return (item.route == .application || item.route == .joint) && !item.asksForOpinions
    }

    /// Whether an item of the case will issue a material, so that nobody hands it in.
    private func isIssuedHere(_ material: String) -> Bool {
        state.items.indices.contains { index in
            definition(index).outputs.contains(material) && !status(index).allowsFilingAgain && status(index) != .issued
        }
    }

    // MARK: Filing

    /// Files what waits on a form and can be filed, by whoever acts.
    private mutating func file(from position: Int) {
        for id in state.intakes[position].waiting {
            guard let index = rules.index(of: id), let dossier = completeDossier(of: index) else { continue }
            file(dossier, index)
        }
    }

    /// Files what waits on a form and has become ready or complete: the applicant has asked for it with the form.
    ///
    /// What takes a choice of the applicant's, a promise or a tolerance, waits for the applicant.
    ///
    /// - Returns: whether anything was filed.
    mutating func fileFromIntakes() -> Bool {
        guard state.status == .open else { return false }
        var hasFiled = false
        for id in state.intakes.flatMap(\.waiting) {
            guard let index = rules.index(of: id), definition(index).handling != .commitment,
                let dossier = completeDossier(of: index), dossier.missing.isEmpty
            else { continue }
            file(dossier, index, by: .system)
            hasFiled = true
        }
        return hasFiled
    }

    /// What an item that may be filed now consists of; `nil` when it may not or something is missing.
    private func completeDossier(of index: Int) -> Dossier? {
        guard status(index) == .ready || status(index).allowsFilingAgain else { return nil }
        return try? dossier(of: index, supplied: [])
    }

    // MARK: Putting right

    private mutating func supply(_ id: String, _ materials: [SuppliedMaterial]) throws(CaseRejection) {
        try require(applying)
        let position = try intake(id)
        let fresh = try received(fresh(materials))
        let start = state.materials.count
        var answers: [(index: Int, uses: [MaterialUse])] = []
        var wanted: [String] = []
        for index in applications(of: position) where status(index) == .correcting {
            let asked = state.items[index].correction?.points.compactMap(\.material) ?? []
            let uses = asked.compactMap { material in
                fresh.lastIndex { $0.material == material }.map {
                    MaterialUse(material: material, number: start + $0 + 1)
                }
            }
            if uses.count == asked.count { answers.append((index, uses)) } else { wanted += asked }
        }
        if fresh.isEmpty, answers.isEmpty {
            let missing = state.intakes[position].waiting.flatMap {
                state.intakes[position].missing(of: $0, in: state, on: today)
            }
            throw .materialsMissing(wanted + missing)
        }
        emit(.intakeSupplied(intake: id, supplied: fresh))
        let received = received(at: nil)
        for (index, uses) in answers {
            emit(.correctionSupplied(received: received, supplied: [], reused: uses), to: index)
        }
        file(from: position)
    }

    private mutating func notice(_ id: String, _ all: [ItemPoints]) throws(CaseRejection) {
        let position = try intake(id)
        guard state.intakes[position].noticedOn == nil else { throw .intakeAlreadyNoticed(id) }
        guard !all.isEmpty else { throw .pointsMissing }
        let indices = applications(of: position)
        var notices: [(index: Int, points: [Point])] = []
        for one in all {
            guard let index = rules.index(of: one.item), indices.contains(index),
                !notices.contains(where: { $0.index == index })
            else { throw .notInIntake(item: one.item, intake: id) }
            try require(admitting(index))
            try requireWindowAuthority(one.item)
            try requireStatus(index, .filed)
            if item(index).correction != nil { throw .correctionAlreadyRequested(item: one.item) }
            try requirePoints(one.points)
            try requireNotHeld(one.points, by: index)
            notices.append((index, one.points))
        }
        emit(.intakeNoticed(intake: id, points: all))
        for (index, points) in notices { emit(.correctionRequested(points: points), to: index) }
    }

    /// A correction of an item that was filed with a form is told with the form's one notice.
    func requireOwnNotice(_ index: Int) throws(CaseRejection) {
        let id = definition(index).id
        for intake in state.intakes where intake.filings[id] == state.items[index].attempt {
            guard let noticed = intake.noticedOn else { throw .noticeThroughIntake(item: id, intake: intake.id) }
            // What joined after the notice could not be in it.
            if let filed = state.items[index].filedOn, filed <= noticed { throw .intakeAlreadyNoticed(intake.id) }
        }
    }

    // MARK: Admitting

    private mutating func admit(_ id: String, _ named: [String]) throws(CaseRejection) {
        let position = try intake(id)
        let indices = applications(of: position)
        var admitted: [Int] = []
        for item in named {
            guard let index = rules.index(of: item), indices.contains(index) else {
                throw .notInIntake(item: item, intake: id)
            }
            try requireStatus(index, .filed)
            if !admitted.contains(index) { admitted.append(index) }
        }
        if named.isEmpty { admitted = indices.filter { status($0) == .filed } }
        guard !admitted.isEmpty else { throw .nothingToFile(stage: state.intakes[position].stage) }
        for index in admitted {
            try require(admitting(index))
            try requireWindowAuthority(definition(index).id)
        }
        emit(.intakeAdmitted(intake: id, items: admitted.map { definition($0).id }))
        for index in admitted { admit(index) }
    }

    private mutating func requireWindowAuthority(_ item: String) throws(CaseRejection) {
        guard actor.role == .window, let registry = standing.registry else { return }
        try requireAuthority(for: .item(item, .admit), in: registry)
    }

    private func intake(_ id: String) throws(CaseRejection) -> Int {
        guard let position = state.intakes.firstIndex(where: { $0.id == id }) else { throw .unknownIntake(id) }
        return position
    }

    /// The items whose application of now came of a form, in plan order.
    private func applications(of intake: Int) -> [Int] {
        let filings = state.intakes[intake].filings
        return state.items.indices.filter { index in
            filings[definition(index).id] == state.items[index].attempt && state.items[index].attempt > 0
        }
    }
}
