import WorkCalendar

/// How long and how many an entry may be.
extension Registry {
    func requireForm(of entry: RegistryEntry) throws(RegistryRejection) {
        var form = EntryForm()
        form.read(entry)
        for name in form.names {
            guard name.contains(where: { !$0.isWhitespace }) else { throw .nameMissing }
            try requirePlain(name, limit: Self.nameLimit)
        }
        for text in form.texts { try requirePlain(text, limit: Self.textLimit) }
        guard form.parts <= Self.partLimit else { throw .tooMany(limit: Self.partLimit) }
        guard count(of: entry.kind) < Self.entryLimit else { throw .tooMany(limit: Self.entryLimit) }
    }

    private func requirePlain(_ text: String, limit: Int) throws(RegistryRejection) {
        guard text.utf8.count <= limit * 4, text.count <= limit else { throw .textTooLong(limit: limit) }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .notPlain(
                String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init)))
        }
    }

    /// How many entries there are of what an entry adds to; 0 where it adds nothing.
    private func count(of kind: RegistryEvent.Kind) -> Int {
        switch kind {
        case .officerRegistered: officers.values.reduce(0) { $0 + $1.count }
        case .absenceReported: absences.values.reduce(0) { $0 + $1.count }
        case .windowAuthorized: authorities.count
        case .agentRegistered: agents.count
        case .agentAssigned: assignments.count
        case .keyProjectNamed: keyProjects.count
        case .ownerRegistered: owners.count
        case .listed: lists.count
        case .firmRegistered: firms.count
        case .regionAssessed: assessments.count
        case .projectPlaced: zones.count
        case .appointmentReported: appointments.count
        case .tenderAnnounced: tenders.count
        case .contractSigned: contracts.count
        default: 0
        }
    }
}

/// The texts of an entry: names and ids, which are never empty, and free text, which may be.
private struct EntryForm {
    var names: [String] = []
    var texts: [String] = []
    /// How many parts the entry has where it may have many.
    var parts = 0

    mutating func read(_ entry: RegistryEntry) {
        switch entry {
        case .officerRegistered(let officer):
            names += [officer.department, officer.name] + [officer.deputy].compactMap(\.self)
            texts += [officer.contact].compactMap(\.self)
        case .officerRemoved(let department, let name, let reason):
            names += [department, name]
            texts.append(reason)
        case .absenceReported(let department, let name, let absence):
            names += [department, name]
            texts.append(absence.reason)
        case .absenceEnded(let department, let name, _): names += [department, name]
        case .windowAuthorized(let authority):
            names += [authority.item, authority.department] + [authority.officer].compactMap(\.self)
        case .windowAuthorityWithdrawn(_, let reason): texts.append(reason)
        case .agentRegistered(let agent):
            names.append(agent.name)
            texts += [agent.contact].compactMap(\.self)
        case .agentAssigned(let assignment, let reason):
            names += [assignment.id, assignment.agent] + [assignment.project, assignment.owner].compactMap(\.self)
            names += assignment.stages
            texts += [reason].compactMap(\.self)
            parts = assignment.stages.count + assignment.actions.count
        case .agentRemoved(let name, let reason), .keyProjectNamed(let name, let reason),
            .keyProjectReleased(let name, let reason), .breachCleared(let name, let reason),
            .assessmentWithdrawn(let name, let reason), .assignmentEnded(let name, _, let reason):
            names.append(name)
            texts.append(reason)
        default: readOthers(entry)
        }
    }

    private mutating func readOthers(_ entry: RegistryEntry) {
        switch entry {
        case .ownerRegistered(let owner):
            names.append(owner.code)
            // Names of firms are long, and cases have them as they are.
            texts.append(owner.name)
            if owner.name.isEmpty { names.append("") }
            for person in owner.persons { names += [person.name] + [person.number].compactMap(\.self) }
            parts = owner.persons.count
        case .ownerGraded(let owner, _, let source):
            texts += [owner, source]
        case .listed(let subject, let listing): texts += [subject.id, listing.reason]
        case .unlisted(let subject, _, let reason): texts += [subject.id, reason]
        case .breachRecorded(let breach):
            // The owner stands in it as the case has it, whatever is in the name.
            names += [breach.caseID, breach.item]
            if breach.owner.isEmpty { names.append("") }
        case .firmRegistered(let firm):
            names.append(firm.code)
            texts.append(firm.name)
            if firm.name.isEmpty { names.append("") }
            names += firm.affiliations + firm.services.map(\.service) + firm.qualifications.flatMap(\.services)
            texts += firm.services.flatMap { [$0.fee, $0.standard] } + firm.qualifications.map(\.name)
            parts =
                firm.services.count + firm.qualifications.reduce(firm.affiliations.count) { $0 + 1 + $1.services.count }
        case .firmSelected(let selection):
            names += [selection.firm, selection.service, selection.project, selection.item]
            names += [selection.department].compactMap(\.self)
        case .rated(let rating):
            names += [rating.firm, rating.project, rating.item]
            texts.append(rating.comment)
        case .regionAssessed(let assessment):
            let materials = assessment.materials ?? []
            let standards = assessment.standards ?? []
            names += [assessment.id, assessment.topic] + assessment.facts + assessment.zones + materials
            names += standards.flatMap { [$0.fact] + [$0.unit].compactMap(\.self) }
            texts += [assessment.document, assessment.hash].compactMap(\.self)
            parts = assessment.facts.count + assessment.zones.count + materials.count + standards.count
        case .projectPlaced(let project, let zone): names += [project, zone]
        case .appointmentReported(let report):
            // Made of the ids of a case and an item, each as long as a name.
            texts.append(report.id)
            if report.id.isEmpty { names.append("") }
        case .policySet(_, let reason): texts.append(reason)
        case .serviceSet(let service, let reason):
            texts.append(reason)
            parts = service.days.count
        case .tenderAnnounced(let tender):
            names += [tender.id, tender.service, tender.project, tender.item] + [tender.department].compactMap(\.self)
            texts.append(tender.asked)
        case .bidMade(let bid):
            names += [bid.tender, bid.firm]
            texts += [bid.note].compactMap(\.self)
        case .bidWithdrawn(let tender, let firm): names += [tender, firm]
        case .tenderAwarded(let tender, let seed, _): names += [tender] + [seed].compactMap(\.self)
        case .contractSigned(let contract):
            names += [contract.number, contract.firm, contract.project, contract.item]
        case .contractPerformed(let number, _): names.append(number)
        case .tenderCancelled(let id, let reason), .contractEnded(let id, let reason):
            names.append(id)
            texts.append(reason)
        default: break
        }
    }
}
