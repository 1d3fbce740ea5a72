import WorkCalendar

/// What is entered in the registry (登记事项): asked for as a command, and kept as an event when it was allowed.
///
/// What is registered again takes the place of what was registered before under the same name.
public enum RegistryEntry: Hashable, Sendable, Codable {
    // People.
    case officerRegistered(officer: Officer)
    case officerRemoved(department: String, name: String, reason: String)
    case absenceReported(department: String, name: String, absence: Absence)
    /// Back from that day on.
    case absenceEnded(department: String, name: String, on: LocalDate)
    case windowAuthorized(authority: WindowAuthority)
    /// `authority` is ``WindowAuthority/id``.
    case windowAuthorityWithdrawn(authority: String, reason: String)

    // Agents.
    case agentRegistered(agent: Agent)
    case agentRemoved(agent: String, reason: String)
    /// With a reason the assignment may go beyond the number of key projects that an agent may have.
    case agentAssigned(assignment: Assignment, reason: String?)
    /// `last` is the last day on which it holds.
    case assignmentEnded(assignment: String, last: LocalDate, reason: String)
    case keyProjectNamed(project: String, reason: String)
    case keyProjectReleased(project: String, reason: String)

    // Credit.
    case ownerRegistered(owner: OwnerRecord)
    case ownerGraded(owner: String, grade: CreditGrade, source: String)
    case listed(subject: CreditSubject, listing: Listing)
    case unlisted(subject: CreditSubject, list: CreditList, reason: String)
    case breachRecorded(breach: Breach)
    /// 信用修复
    case breachCleared(breach: String, reason: String)

    // Intermediaries.
    case firmRegistered(firm: Firm)
    case firmSelected(selection: FirmSelection)
    case rated(rating: FirmRating)

    // Tenders and contracts.
    case tenderAnnounced(tender: Tender)
    case tenderCancelled(tender: String, reason: String)
    case bidMade(bid: Bid)
    case bidWithdrawn(tender: String, firm: String)
    /// Asked for without an outcome; the event has what the tender's method found.
    case tenderAwarded(tender: String, seed: String?, outcome: TenderOutcome?)
    case contractSigned(contract: ServiceContract)
    /// The work was done on that day.
    case contractPerformed(contract: String, on: LocalDate)
    case contractEnded(contract: String, reason: String)

    // Areas.
    case regionAssessed(assessment: RegionalAssessment)
    case assessmentWithdrawn(assessment: String, reason: String)
    /// A project lies in a zone.
    case projectPlaced(project: String, zone: String)

    /// A case says what it has booked.
    case appointmentReported(report: AppointmentReport)

    case policySet(policy: RegistryPolicy, reason: String)
    /// When the window is open 服务时间.
    case serviceSet(service: ServiceCalendar, reason: String)
}

/// What is worth a look in an entry that was allowed (提示).
public enum RegistryFlag: String, Hashable, Sendable, Codable, CaseIterable {
    /// The agent has more key projects than one may have, for the reason given.
    case beyondKeyProjects
    /// The firm belongs to the department that decides the item.
    case affiliated
    /// The rating is bad 差评.
    case badRating
    /// The deputy is not registered yet, so nobody stands in.
    case deputyUnknown
}

/// Something that was entered in the registry: what, when and by whom.
public struct RegistryEvent: Hashable, Sendable, Codable {
    public let on: LocalDate
    public let by: Actor
    public let what: RegistryEntry
    public let flags: [RegistryFlag]

    public init(on: LocalDate, by: Actor, _ what: RegistryEntry, flags: [RegistryFlag] = []) {
        self.on = on
        self.by = by
        self.what = what
        self.flags = flags
    }

    public var kind: Kind { what.kind }

    /// The shape of the payload; raised when a field changes its meaning.
    public static let schema = 1
}

extension RegistryEvent {
    /// The name of an event in the log.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case officerRegistered, officerRemoved, absenceReported, absenceEnded, windowAuthorized
        case windowAuthorityWithdrawn, agentRegistered, agentRemoved, agentAssigned, assignmentEnded
        case keyProjectNamed, keyProjectReleased, ownerRegistered, ownerGraded, listed, unlisted, breachRecorded
        case breachCleared, firmRegistered, firmSelected, rated, regionAssessed, assessmentWithdrawn, projectPlaced
        case policySet, serviceSet, appointmentReported
        case tenderAnnounced, tenderCancelled, bidMade, bidWithdrawn, tenderAwarded
        case contractSigned, contractPerformed, contractEnded
    }
}

extension RegistryEntry {
    public var kind: RegistryEvent.Kind {
        switch self {
        case .officerRegistered: .officerRegistered
        case .officerRemoved: .officerRemoved
        case .absenceReported: .absenceReported
        case .absenceEnded: .absenceEnded
        case .windowAuthorized: .windowAuthorized
        case .windowAuthorityWithdrawn: .windowAuthorityWithdrawn
        case .agentRegistered: .agentRegistered
        case .agentRemoved: .agentRemoved
        case .agentAssigned: .agentAssigned
        case .assignmentEnded: .assignmentEnded
        case .keyProjectNamed: .keyProjectNamed
        case .keyProjectReleased: .keyProjectReleased
        case .ownerRegistered: .ownerRegistered
        case .ownerGraded: .ownerGraded
        case .listed: .listed
        case .unlisted: .unlisted
        case .breachRecorded: .breachRecorded
        case .breachCleared: .breachCleared
        case .firmRegistered: .firmRegistered
        case .firmSelected: .firmSelected
        case .rated: .rated
        case .regionAssessed: .regionAssessed
        case .assessmentWithdrawn: .assessmentWithdrawn
        case .projectPlaced: .projectPlaced
        case .policySet: .policySet
        case .appointmentReported: .appointmentReported
        case .serviceSet: .serviceSet
        case .tenderAnnounced: .tenderAnnounced
        case .tenderCancelled: .tenderCancelled
        case .bidMade: .bidMade
        case .bidWithdrawn: .bidWithdrawn
        case .tenderAwarded: .tenderAwarded
        case .contractSigned: .contractSigned
        case .contractPerformed: .contractPerformed
        case .contractEnded: .contractEnded
        }
    }
}
