import WorkCalendar

extension Registry {
    /// Folds an event into the registry, in place. Total: what concerns nothing that is registered changes nothing.
    public mutating func evolve(by event: RegistryEvent) {
        version += 1
        asOf = event.on
        switch event.what {
        case .officerRegistered(let officer): officers[officer.department, default: [:]][officer.name] = officer
        case .officerRemoved(let department, let name, _):
            officers[department]?[name] = nil
            absences[OfficerName(department: department, name: name)] = nil
        case .absenceReported(let department, let name, let absence):
            absences[OfficerName(department: department, name: name), default: []].append(absence)
            absences[OfficerName(department: department, name: name)]?.sort { $0.from < $1.from }
        case .absenceEnded(let department, let name, let day):
            endAbsence(OfficerName(department: department, name: name), on: day)
        case .windowAuthorized(let authority): authorities[authority.id] = authority
        case .windowAuthorityWithdrawn(let id, _): authorities[id] = nil
        case .agentRegistered(let agent): agents[agent.name] = agent
        case .agentRemoved(let agent, _): agents[agent] = nil
        case .agentAssigned(let assignment, _): assignments[assignment.id] = assignment
        case .assignmentEnded(let id, let last, _):
            if let assignment = assignments[id] { assignments[id] = assignment.ending(last) }
        case .keyProjectNamed(let project, let reason): keyProjects[project] = reason
        case .keyProjectReleased(let project, _): keyProjects[project] = nil
        case .projectPlaced(let project, let zone): zones[project] = zone
        case .appointmentReported(let report): note(report, on: event.on)
        case .policySet(let policy, _): self.policy = policy
        case .serviceSet(let service, _): self.service = service
        default: evolveCredit(by: event)
        }
    }

    private mutating func endAbsence(_ name: OfficerName, on day: LocalDate) {
        absences[name] = absences[name]?.compactMap { absence in
            if absence.from >= day { return nil }
            if absence.through < day { return absence }
            return Absence(from: absence.from, through: day.adding(days: -1), reason: absence.reason)
        }
    }

    private mutating func evolveCredit(by event: RegistryEvent) {
        switch event.what {
        case .ownerRegistered(let owner):
            if let before = owners[owner.code] {
                if ownerCodes[before.name] == owner.code { ownerCodes[before.name] = nil }
                for person in before.persons { ownersOf[person.key]?.remove(owner.code) }
            }
            owners[owner.code] = owner
            ownerCodes[owner.name] = owner.code
            for person in owner.persons { ownersOf[person.key, default: []].insert(owner.code) }
        case .ownerGraded(let owner, let grade, _): grades[ownerCode(owner)] = grade
        case .listed(let subject, let listing): lists[subject, default: [:]][listing.list] = listing
        case .unlisted(let subject, let list, _):
            lists[subject]?[list] = nil
            if lists[subject]?.isEmpty == true { lists[subject] = nil }
        case .breachRecorded(let breach):
            breaches[breach.id] = breach
            breachesOf[breach.owner, default: []].append(breach.id)
        case .breachCleared(let id, _):
            guard let breach = breaches.removeValue(forKey: id) else { return }
            breachesOf[breach.owner]?.removeAll { $0 == id }
            clearedBreaches.insert(id)
        default: evolveMarket(by: event)
        }
    }

    private mutating func evolveMarket(by event: RegistryEvent) {
        switch event.what {
        case .firmRegistered(let firm): firms[firm.code] = firm
        case .firmSelected(let selection): note(selection, in: event)
        case .rated(let rating): noteRating(rating)
        case .regionAssessed(let assessment): assessments[assessment.id] = assessment
        case .assessmentWithdrawn(let id, _): assessments[id] = nil
        default: evolveTenders(by: event)
        }
    }
}

extension Assignment {
    fileprivate func ending(_ last: LocalDate) -> Assignment {
        Assignment(
            id: id, agent: agent, project: project, owner: owner, actions: actions, stages: stages, from: from,
            until: min(until, last))
    }
}
