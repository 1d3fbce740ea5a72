import WorkCalendar
import WorkflowModel

/// What an application consists of (申请材料): what is handed in, what is taken over from outside the case, what the
/// case holds, and what may follow.
struct Dossier {
    var supplied: [SuppliedMaterial] = []
    var served: [ServedMaterial] = []
    /// Materials that were looked for in vain, where the applicant handed them in.
    var failed: [FailedLookup] = []
    var reused: [MaterialUse] = []
    var missing: [String] = []
}

/// Materials from outside the case: its zone's, another case's, a department's.
///
/// - Source: 重庆方案 二(五), 一次采集、多方使用; 广东方案 二(六)19; 乳山规划 四章四节二.
extension Deciding {
    /// The first valid document of a material that lies at hand outside the case; a zone's own comes first.
    func offer(_ material: String) -> ServedMaterial? {
        if let zonal = zoneOffer(material) { return zonal }
        return atHand.offers.first { $0.document.material == material && $0.document.isValid(on: today) }
            .map { ServedMaterial(dated($0.document), from: $0.source) }
    }

    /// What was approved for the zone of the project, and holds for every project there.
    private func zoneOffer(_ material: String) -> ServedMaterial? {
        guard let registry = standing.registry, let opening = state.opening,
            let zone = registry.zone(of: opening.project, facts: opening.facts),
            let assessment = registry.assessments(providing: material, in: zone, on: today).first
        else { return nil }
        return ServedMaterial(
            SuppliedMaterial(
                material: material, hash: assessment.hash ?? "document:\(assessment.document)",
                issuedOn: assessment.from, validUntil: assessment.until),
            from: .regionalAssessment(id: assessment.id, document: assessment.document))
    }

    /// The document with the last day to which its material's own validity lets it be used.
    private func dated(_ document: SuppliedMaterial) -> SuppliedMaterial {
        guard document.validUntil == nil, let issued = document.issuedOn,
            let length = rules.plan.workflow.materials.first(where: { $0.id == document.material })?.validFor
        else { return document }
        return document.valid(until: rules.calendar.adding(length, to: issued))
    }

    /// Looks materials up outside the case (调取): what is there goes into the store, and what is not is noted.
    mutating func lookUp(_ materials: [String], _ index: Int) throws(CaseRejection) {
        try require(.either(applying, admitting(index)))
        for material in materials { try requireKnown(material) }
        let wanted = materials.isEmpty ? definition(index).materials.map(\.material) : materials
        let found = find(wanted.filter { held($0) == nil })
        guard !found.served.isEmpty || !found.failed.isEmpty else { throw .nothingAtHand(wanted) }
        emit(.materialsLookedUp(served: found.served, failed: found.failed), to: index)
    }

    /// What lies at hand of some materials, each once, and what was looked for in vain.
    func find(_ materials: [String]) -> (served: [ServedMaterial], failed: [FailedLookup]) {
        var served: [ServedMaterial] = []
        var failed: [FailedLookup] = []
        for material in materials where !served.contains(where: { $0.document.material == material }) {
            if let offer = offer(material) {
                served.append(offer)
            } else {
                failed += atHand.failures.filter { $0.material == material && !failed.contains($0) }
            }
        }
        return (served, failed)
    }

    /// Notes that somebody asked the applicant for what the office has (避免重复索要).
    mutating func noteRepeat(_ materials: [String], request: String, _ index: Int) throws(CaseRejection) {
        try require(admitting(index))
        for material in materials { try requireKnown(material) }
        let found = find(materials.filter { held($0) == nil })
        let asked = materials.filter { material in
            found.served.contains { $0.document.material == material }
                || held(material).map { !isOwn($0, index) } ?? false
        }
        guard !asked.isEmpty else { throw .nothingAtHand(materials) }
        if !found.served.isEmpty { emit(.materialsLookedUp(served: found.served, failed: []), to: index) }
        for material in asked {
            guard let held = held(material) else { continue }
            emit(.repeatRequestAvoided(material: material, number: held.number, request: request), to: index)
        }
    }

    /// Whether a department's register has given a material, which stands instead of what anybody hands in.
    func isOnRegister(_ material: String) -> Bool {
        guard held(material) == nil, case .sharedData? = offer(material)?.source else { return false }
        return true
    }

    /// Whether a document was handed in by the applicant with this very application, so that it may be asked for anew.
    func isOwn(_ held: MaterialUse, _ index: Int) -> Bool {
        let document = state.materials[held.number - 1]
        guard document.source == nil, !document.isOutput else { return false }
        let id = definition(index).id
        return document.origin == id
            || state.intakes.contains { $0.id == document.origin && $0.items.contains(id) }
    }
}

extension SuppliedMaterial {
    func isValid(on date: LocalDate) -> Bool { validUntil.map { date <= $0 } ?? true }

    func valid(until date: LocalDate?) -> SuppliedMaterial {
        SuppliedMaterial(material: material, hash: hash, issuedOn: issuedOn, validUntil: date, parts: parts)
    }
}

extension Registry {
    /// The assessments of a zone that stand for a material on a date, in order of id.
    public func assessments(providing material: String, in zone: String, on date: LocalDate) -> [RegionalAssessment] {
        assessments.values.filter {
            $0.materials?.contains(material) == true && $0.zones.contains(zone) && $0.isInForce(on: date)
        }.sorted { $0.id < $1.id }
    }
}
