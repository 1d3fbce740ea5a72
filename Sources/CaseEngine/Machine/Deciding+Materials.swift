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

    /// Refuses to ask the applicant for what an earlier item collected or issued, or what lies at hand elsewhere.
    ///
    /// What this application itself brought may be asked for anew: it can be wrong.
    func requireNotHeld(_ points: [Point], by index: Int) throws(CaseRejection) {
        for case let material? in points.map(\.material) {
            if let held = held(material) {
                if !isOwn(held, index) { throw .materialAlreadyHeld(material) }
            } else if offer(material) != nil {
                throw .materialAlreadyHeld(material)
            }
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
            let until =
                document.validUntil
                ?? material.validFor.map { rules.calendar.adding($0, to: document.issuedOn ?? today) }
            received.append(document.valid(until: until))
        }
        return received
    }

    /// What is not in the store with this very content: supplying again what is held is not refused, the held document
    /// is used.
    func fresh(_ supplied: [SuppliedMaterial]) -> [SuppliedMaterial] {
        supplied.filter { document in
            held(document.material).map { state.materials[$0.number - 1].hash != document.hash } ?? true
        }
    }

    /// What an application consists of, when there is enough of it.
    func dossier(of index: Int, supplied: [SuppliedMaterial]) throws(CaseRejection) -> Dossier {
        let item = definition(index)
        let fresh = fresh(supplied).filter { !isOnRegister($0.material) }
        var dossier = Dossier()
        dossier.supplied = try received(fresh)
        var needed: [String] = []
        let bar = item.tolerance == nil ? nil : self.bar
        var number = state.materials.count
        for requirement in item.materials {
            let material = requirement.material
            if dossier.supplied.contains(where: { $0.material == material && $0.isValid(on: today) }) {
                dossier.failed += atHand.failures.filter { $0.material == material }
            } else if let held = held(material) {
                dossier.reused.append(held)
            } else if let issuer = rules.issuerAboutToIssue(material, in: state) {
                throw .materialNotIssued(material: material, item: issuer)
            } else if let offer = offer(material) {
                number += 1
                dossier.served.append(offer)
                dossier.reused.append(MaterialUse(material: material, number: number))
            } else if requirement.isMinor, item.tolerance != nil {
                dossier.missing.append(material)
            } else {
                needed.append(material)
            }
        }
        guard needed.isEmpty else { throw .materialsMissing(needed) }
        if let bar, !dossier.missing.isEmpty { throw .toleranceBarred(materials: dossier.missing, bar: bar) }
        for document in supplied where !fresh.contains(document) && !isOnRegister(document.material) {
            if let held = held(document.material), !dossier.reused.contains(held) { dossier.reused.append(held) }
        }
        return dossier
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
