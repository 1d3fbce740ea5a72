import WorkCalendar
import WorkflowModel

/// Materials are never asked twice.
extension Deciding {
    func requireKnown(_ material: String) throws(CaseRejection) {
        guard rules.plan.workflow.materials.contains(where: { $0.id == material }) else {
            throw .unknownMaterial(material)
        }
    }

    /// The latest valid document of a material in the case's store.
    func held(_ material: String) -> MaterialUse? {
        guard let position = state.materials.lastIndex(where: { $0.material == material && $0.isValid(on: today) })
        else { return nil }
        return MaterialUse(material: material, number: position + 1)
    }

    /// Refuses to ask the applicant for what an earlier item collected or issued.
    ///
    /// What this application itself brought may be asked for anew: it can be wrong.
    func requireNotHeld(_ points: [Point], by index: Int) throws(CaseRejection) {
        for case let material? in points.map(\.material) {
            guard let held = held(material) else { continue }
            if state.materials[held.number - 1].origin != definition(index).id { throw .materialAlreadyHeld(material) }
        }
    }

    /// Documents as the store will keep them, with the day to which they are valid.
    func received(_ supplied: [SuppliedMaterial]) throws(CaseRejection) -> [SuppliedMaterial] {
        var received: [SuppliedMaterial] = []
        for document in supplied {
            guard let material = rules.plan.workflow.materials.first(where: { $0.id == document.material }) else {
                throw .unknownMaterial(document.material)
            }
            if let held = held(document.material), state.materials[held.number - 1].hash == document.hash {
                throw .materialAlreadyHeld(document.material)
            }
            let until = document.validUntil ?? material.validFor.map { rules.calendar.adding($0, to: today) }
            received.append(
                SuppliedMaterial(
                    material: document.material, hash: document.hash, validUntil: until, parts: document.parts))
        }
        return received
    }

    /// What an application consists of: what is supplied now, what is held already, and what may follow.
    func dossier(
        of index: Int, supplied: [SuppliedMaterial]
    ) throws(CaseRejection) -> (supplied: [SuppliedMaterial], reused: [MaterialUse], missing: [String]) {
        let item = definition(index)
        // Supplying again what is held is not refused here: the held document is used, and that is noted.
        let fresh = supplied.filter { document in
            held(document.material).map { state.materials[$0.number - 1].hash != document.hash } ?? true
        }
        let received = try received(fresh)
        var reused: [MaterialUse] = []
        var missing: [String] = []
        var needed: [String] = []
        let bar = item.tolerance == nil ? nil : self.bar
        for requirement in item.materials {
            let material = requirement.material
            if received.contains(where: { $0.material == material && $0.validUntil.map { today <= $0 } ?? true }) {
                continue
            } else if let held = held(material) {
                reused.append(held)
            } else if let issuer = rules.issuerAboutToIssue(material, in: state) {
                throw .materialNotIssued(material: material, item: issuer)
            } else if requirement.isMinor, item.tolerance != nil {
                missing.append(material)
            } else {
                needed.append(material)
            }
        }
        guard needed.isEmpty else { throw .materialsMissing(needed) }
        if let bar, !missing.isEmpty { throw .toleranceBarred(materials: missing, bar: bar) }
        for document in supplied where !fresh.contains(document) {
            if let held = held(document.material), !reused.contains(held) { reused.append(held) }
        }
        return (received, reused, missing)
    }

    /// What a notice asked for has to come completely.
    func requireAll(_ points: [Point], in supplied: [SuppliedMaterial]) throws(CaseRejection) {
        let missing = points.compactMap(\.material).filter { wanted in !supplied.contains { $0.material == wanted } }
        guard missing.isEmpty else { throw .materialsMissing(missing) }
    }
}

extension CaseRules {
    /// The id of an item that has granted a material and only has to hand it out.
    func issuerAboutToIssue(_ material: String, in state: CaseState) -> String? {
        for index in state.items.indices
        where state.items.marks[index].status.isToBeIssued && items[index].outputs.contains(material) {
            return items[index].id
        }
        return nil
    }
}
