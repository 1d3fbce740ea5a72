import WorkCalendar

/// Who is who outside any single case (名册): the fold of its entries, nothing else.
///
/// Whoever is not in it is not restrained by it: a department without registered officers, agents where none are
/// registered, an owner nobody has recorded go on as if there were no registry.
public struct Registry: Hashable, Sendable {
    /// By department, then by name.
    public internal(set) var officers: [String: [String: Officer]] = [:]
    /// By department and name, in the order in which they begin.
    public internal(set) var absences: [OfficerName: [Absence]] = [:]
    /// By ``WindowAuthority/id``.
    public internal(set) var authorities: [String: WindowAuthority] = [:]

    /// By name.
    public internal(set) var agents: [String: Agent] = [:]
    /// By id.
    public internal(set) var assignments: [String: Assignment] = [:]
    /// Project codes 重点项目 with the reason.
    public internal(set) var keyProjects: [String: String] = [:]

    /// By code.
    public internal(set) var owners: [String: OwnerRecord] = [:]
    /// The code of each name.
    var ownerCodes: [String: String] = [:]
    public internal(set) var grades: [String: CreditGrade] = [:]
    public internal(set) var lists: [CreditSubject: [CreditList: Listing]] = [:]
    /// By ``Breach/id``.
    public internal(set) var breaches: [String: Breach] = [:]
    /// Breaches that were taken off: they are not recorded a second time.
    var clearedBreaches: Set<String> = []
    /// The ids of the breaches of an owner, by the code or name under which they were recorded.
    var breachesOf: [String: [String]] = [:]
    /// The codes of the owners behind whom a person is.
    var ownersOf: [String: Set<String>] = [:]

    /// By code.
    public internal(set) var firms: [String: Firm] = [:]
    /// In order; see ``Registry/selectionLimit``.
    public internal(set) var selections: [LoggedSelection] = []
    public internal(set) var ratings: [FirmRating] = []
    /// By id.
    public internal(set) var tenders: [String: TenderRecord] = [:]
    /// By number.
    public internal(set) var contracts: [String: ContractRecord] = [:]
    /// The last tender and the last contract for an item of a project.
    var tenderAt: [ServicePlace: String] = [:]
    var contractAt: [ServicePlace: String] = [:]

    /// By id.
    public internal(set) var assessments: [String: RegionalAssessment] = [:]
    /// The zone of each project.
    public internal(set) var zones: [String: String] = [:]

    /// By id; those of days that are over are forgotten.
    var appointments: [String: AppointmentReport] = [:]
    var appointmentDays: [LocalDate: Set<String>] = [:]

    public internal(set) var policy = RegistryPolicy.standard
    /// When the window is open; `nil` while nobody has said, so that it is on every working day, at any hour.
    public internal(set) var service: ServiceCalendar?

    /// The date of the last entry.
    public internal(set) var asOf: LocalDate?
    /// How many entries have been folded.
    public internal(set) var version = 0

    public init() {}

    /// The window and supervision as units with officers, by the names of their roles in cases.
    public static let windowUnit = Actor.Role.window.rawValue
    public static let supervisionUnit = Actor.Role.supervisor.rawValue

    /// An officer by department and name.
    public struct OfficerName: Hashable, Sendable {
        public let department: String
        public let name: String

        public init(department: String, name: String) {
            self.department = department
            self.name = name
        }
    }
}

// MARK: Limits

extension Registry {
    /// Most entries of one kind, so that a registry stays in memory whatever it is fed with.
    static let entryLimit = 100_000
    /// Most selections and ratings that are kept at hand; the log has all of them.
    public static let selectionLimit = 100_000
    /// Most parts of one entry: roles, services, persons, zones, facts.
    static let partLimit = 200
    /// Most characters of a name or an id, and of a reason.
    static let nameLimit = 64
    static let textLimit = 2000
}

// MARK: Reading

extension Registry {
    func hasOfficers(_ department: String) -> Bool { officers[department]?.isEmpty == false }

    func officer(_ name: String, of department: String, on date: LocalDate) -> Officer? {
        guard let officer = officers[department]?[name], officer.isInOffice(on: date) else { return nil }
        return officer
    }

    /// The absence that covers a date.
    public func absence(of name: String, in department: String, on date: LocalDate) -> Absence? {
        absences[OfficerName(department: department, name: name)]?.first { $0.from <= date && date <= $0.through }
    }

    /// The code of an owner that is given by code or name; what is given when it is unknown.
    public func ownerCode(_ text: String) -> String { owners[text] != nil ? text : ownerCodes[text] ?? text }

    /// The owner by code or name.
    public func owner(_ text: String) -> OwnerRecord? { owners[ownerCode(text)] }

    /// The place of somebody on a list on a date.
    public func listing(_ subject: CreditSubject, on list: CreditList, date: LocalDate) -> Listing? {
        guard let listing = lists[subject]?[list], listing.isInForce(on: date) else { return nil }
        return listing
    }

    /// The breaches of an owner, by code or name, that stand, in order of date.
    public func breaches(of owner: String) -> [Breach] {
        let code = ownerCode(owner)
        let names = Set([owner, code] + (owners[code].map { [$0.name] } ?? []))
        return names.flatMap { breachesOf[$0] ?? [] }.compactMap { breaches[$0] }
            .sorted { ($0.on, $0.id) < ($1.on, $1.id) }
    }
}

extension Officer {
    public func isInOffice(on date: LocalDate) -> Bool {
        from.map { $0 <= date } ?? true && until.map { date <= $0 } ?? true
    }
}

extension WindowAuthority {
    public func isInForce(on date: LocalDate) -> Bool {
        from.map { $0 <= date } ?? true && until.map { date <= $0 } ?? true
    }
}
