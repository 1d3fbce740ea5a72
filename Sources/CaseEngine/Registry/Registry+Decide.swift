import WorkCalendar

extension Registry {
    /// The event that an entry makes; none when exactly this stands in the registry already.
    ///
    /// - Throws: why it is not allowed; nothing has happened then.
    public func decide(_ entry: RegistryEntry, by actor: Actor, on today: LocalDate) throws(RegistryRejection)
        -> [RegistryEvent]
    {
        if let asOf, today < asOf { throw .dateBeforeLast(asOf) }
        try requireKeeper(of: entry, actor, on: today)
        try requireForm(of: entry)
        var decided = entry
        let flags: [RegistryFlag]
        switch entry {
        case .officerRegistered, .officerRemoved, .absenceReported, .absenceEnded, .windowAuthorized,
            .windowAuthorityWithdrawn:
            flags = try flagsOfPeople(entry, on: today)
        case .agentRegistered, .agentRemoved, .agentAssigned, .assignmentEnded, .keyProjectNamed,
            .keyProjectReleased:
            flags = try flagsOfAgents(entry, on: today)
        case .ownerRegistered, .ownerGraded, .listed, .unlisted, .breachRecorded, .breachCleared:
            flags = try flagsOfCredit(entry)
        case .firmRegistered, .firmSelected, .rated: flags = try flagsOfMarket(entry, by: actor, on: today)
        case .regionAssessed, .assessmentWithdrawn, .projectPlaced, .policySet, .serviceSet,
            .appointmentReported:
            flags = try flagsOfRules(entry)
        case .tenderAnnounced, .tenderCancelled, .bidMade, .bidWithdrawn, .tenderAwarded, .contractSigned,
            .contractPerformed, .contractEnded:
            (decided, flags) = try decideOnMarket(entry, by: actor, on: today)
        }
        return holds(entry) ? [] : [RegistryEvent(on: today, by: actor, decided, flags: flags)]
    }

    // MARK: People

    private func flagsOfPeople(_ entry: RegistryEntry, on today: LocalDate) throws(RegistryRejection) -> [RegistryFlag]
    {
        switch entry {
        case .officerRegistered(let officer):
            if officer.roles.isEmpty { throw .rolesMissing }
            try requireOrder(officer.from, officer.until)
            guard let deputy = officer.deputy else { return [] }
            if deputy == officer.name { throw .ownDeputy(deputy) }
            return officers[officer.department]?[deputy] == nil ? [.deputyUnknown] : []
        case .officerRemoved(let department, let name, let reason):
            guard let officer = officers[department]?[name] else { throw .unknown(.officer, name) }
            try requireText(reason)
            if officers[department]?.count == 1 { throw .lastOfficer(department: department) }
            if officer.roles.contains(.manager), managers(on: today) == [officer] { throw .lastManager }
        case .absenceReported(let department, let name, let absence):
            guard officers[department]?[name] != nil else { throw .unknown(.officer, name) }
            try requireOrder(absence.from, absence.through)
            try requireText(absence.reason)
            let others = absences[OfficerName(department: department, name: name)] ?? []
            if others.contains(absence) { return [] }
            if let other = others.first(where: { $0.from <= absence.through && absence.from <= $0.through }) {
                throw .absenceOverlaps(other)
            }
        case .absenceEnded(let department, let name, let day):
            let others = absences[OfficerName(department: department, name: name)] ?? []
            guard others.contains(where: { $0.through >= day }) else { throw .unknown(.absence, name) }
        case .windowAuthorized(let authority): try requireOrder(authority.from, authority.until)
        case .windowAuthorityWithdrawn(let id, let reason):
            guard authorities[id] != nil else { throw .unknown(.authority, id) }
            try requireText(reason)
        default: break
        }
        return []
    }

    // MARK: Agents

    private func flagsOfAgents(_ entry: RegistryEntry, on today: LocalDate) throws(RegistryRejection) -> [RegistryFlag]
    {
        switch entry {
        case .agentRemoved(let agent, let reason):
            guard agents[agent] != nil else { throw .unknown(.agent, agent) }
            try requireText(reason)
        case .agentAssigned(let assignment, let reason):
            guard agents[assignment.agent] != nil else { throw .unknown(.agent, assignment.agent) }
            guard assignment.project != nil || assignment.owner != nil else { throw .scopeMissing }
            try requireOrder(assignment.from, assignment.until)
            guard let project = assignment.project, keyProjects[project] != nil else { return [] }
            let others = keyProjectsOf(assignment.agent, during: assignment).filter { $0 != project }
            guard others.count >= policy.keyProjectsPerAgent else { return [] }
            guard let reason, !reason.allSatisfy(\.isWhitespace) else {
                throw .keyProjectsExceeded(agent: assignment.agent, projects: others)
            }
            return [.beyondKeyProjects]
        case .assignmentEnded(let id, _, let reason):
            guard assignments[id] != nil else { throw .unknown(.assignment, id) }
            try requireText(reason)
        case .keyProjectNamed(_, let reason): try requireText(reason)
        case .keyProjectReleased(let project, let reason):
            guard keyProjects[project] != nil else { throw .unknown(.keyProject, project) }
            try requireText(reason)
        default: break
        }
        return []
    }

    /// The key projects that an agent is assigned to at any time in which an assignment holds, in order.
    private func keyProjectsOf(_ agent: String, during assignment: Assignment) -> [String] {
        let projects = assignments.values.compactMap { other -> String? in
            guard other.agent == agent, other.id != assignment.id, other.from <= assignment.until,
                assignment.from <= other.until, let project = other.project, keyProjects[project] != nil
            else { return nil }
            return project
        }
        return Set(projects).sorted()
    }

    // MARK: Credit

    private func flagsOfCredit(_ entry: RegistryEntry) throws(RegistryRejection) -> [RegistryFlag] {
        switch entry {
        case .ownerRegistered(let owner):
            if let code = ownerCodes[owner.name], code != owner.code { throw .ownerNameTaken(owner.name, by: code) }
        case .ownerGraded(let owner, _, let source):
            guard self.owner(owner) != nil else { throw .unknown(.owner, owner) }
            try requireText(source)
        case .listed(let subject, let listing):
            try requireText(listing.reason)
            if case .firm(let firm) = subject, firms[firm] == nil { throw .unknown(.firm, firm) }
            if case .owner(let owner) = subject, self.owner(owner) == nil { throw .unknown(.owner, owner) }
        case .unlisted(let subject, let list, let reason):
            guard lists[subject]?[list] != nil else { throw .unknown(.listing, subject.id) }
            try requireText(reason)
        case .breachRecorded(let breach):
            if let known = breaches[breach.id], known != breach { throw .breachExists(breach.id) }
        case .breachCleared(let id, let reason):
            guard breaches[id] != nil else { throw .unknown(.breach, id) }
            try requireText(reason)
        default: break
        }
        return []
    }

    // MARK: Intermediaries

    private func flagsOfMarket(
        _ entry: RegistryEntry, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) -> [RegistryFlag] {
        switch entry {
        case .firmRegistered(let firm):
            for service in firm.services {
                guard service.time.minutes > 0 else { throw .nameMissing }
                try requireText(service.fee)
                try requireText(service.standard)
            }
            for qualification in firm.qualifications { try requireOrder(qualification.from, qualification.until) }
            return []
        case .firmSelected(let selection): return try flags(of: selection, by: actor, on: today)
        case .rated(let rating):
            guard (1...5).contains(rating.score) else { throw .scoreOutOfRange }
            guard
                selections.contains(where: {
                    $0.selection.firm == rating.firm && $0.selection.project == rating.project
                        && $0.selection.item == rating.item
                })
            else { throw .notSelected(firm: rating.firm) }
            return rating.score >= 4 ? [.badRating] : []
        default: return []
        }
    }

    private func flags(
        of selection: FirmSelection, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) -> [RegistryFlag] {
        let firm = try requireEligible(selection.firm, for: selection.service, on: today)
        try requireFree(project: selection.project, item: selection.item)
        let isForOwner = actor.role == .applicant || actor.role == .agent
        switch selection.payer {
        case .owner: guard isForOwner else { throw .choiceIsOwners }
        case .department: guard !isForOwner, selection.method.isCompetitive else { throw .departmentPays }
        }
        return selection.department.map { firm.affiliations.contains($0) } == true ? [.affiliated] : []
    }

    // MARK: Areas and rules

    private func flagsOfRules(_ entry: RegistryEntry) throws(RegistryRejection) -> [RegistryFlag] {
        switch entry {
        case .regionAssessed(let assessment):
            try requireOrder(assessment.from, assessment.until)
            guard !assessment.zones.isEmpty, !assessment.facts.isEmpty || assessment.materials?.isEmpty == false else {
                throw .nameMissing
            }
            if let standard = assessment.standards?.first(where: { !$0.isSound || assessment.facts.isEmpty }) {
                throw .standardInvalid(standard.fact)
            }
        case .assessmentWithdrawn(let id, let reason):
            guard assessments[id] != nil else { throw .unknown(.assessment, id) }
            try requireText(reason)
        case .policySet(let policy, let reason):
            try requireText(reason)
            guard (1...120).contains(policy.barMonths), (1...100).contains(policy.keyProjectsPerAgent),
                (1...100).contains(policy.firmBreaches), policy.booking.isSound
            else {
                throw .policyOutOfRange
            }
        case .serviceSet(_, let reason): try requireText(reason)
        default: break
        }
        return []
    }

    // MARK: What stands already

    /// Whether an entry would change nothing.
    private func holds(_ entry: RegistryEntry) -> Bool {
        switch entry {
        case .officerRegistered(let officer): officers[officer.department]?[officer.name] == officer
        case .absenceReported(let department, let name, let absence):
            absences[OfficerName(department: department, name: name)]?.contains(absence) == true
        case .windowAuthorized(let authority): authorities[authority.id] == authority
        case .agentRegistered(let agent): agents[agent.name] == agent
        case .agentAssigned(let assignment, _): assignments[assignment.id] == assignment
        case .keyProjectNamed(let project, let reason): keyProjects[project] == reason
        case .ownerRegistered(let owner): owners[owner.code] == owner
        case .listed(let subject, let listing): lists[subject]?[listing.list] == listing
        case .breachRecorded(let breach): breaches[breach.id] != nil || clearedBreaches.contains(breach.id)
        case .firmRegistered(let firm): firms[firm.code] == firm
        case .regionAssessed(let assessment): assessments[assessment.id] == assessment
        case .projectPlaced(let project, let zone): zones[project] == zone
        case .appointmentReported(let report): isKnown(report)
        case .policySet(let policy, _): self.policy == policy
        case .serviceSet(let service, _): self.service == service
        case .tenderAnnounced(let tender): tenders[tender.id]?.tender == tender
        case .bidMade(let bid): tenders[bid.tender]?.bids[bid.firm]?.bid == bid
        case .contractSigned(let contract): contracts[contract.number]?.contract == contract
        default: false
        }
    }

    private func requireText(_ text: String) throws(RegistryRejection) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
    }

    private func requireOrder(_ from: LocalDate?, _ until: LocalDate?) throws(RegistryRejection) {
        if let from, let until, until < from { throw .datesReversed(from: from, until: until) }
    }
}
