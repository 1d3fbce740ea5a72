import WorkCalendar
import WorkflowModel

/// What the registry says when something is decided in a case (名册情况): of the actor, the owner, the project and
/// those that a command names.
///
/// One reference, whatever the registry's size. ``unregistered`` is the state of affairs in which nobody is registered,
/// so that the registry restrains nobody.
public struct Standing: Hashable, Sendable {
    private final class Book: Sendable {
        let registry: Registry
        init(_ registry: Registry) { self.registry = registry }
    }

    private let book: Book?

    public static let unregistered = Standing(nil)

    private init(_ book: Book?) { self.book = book }

    public init(_ registry: Registry) { self.init(registry.version == 0 ? nil : Book(registry)) }

    /// `nil` when nothing was ever entered.
    public var registry: Registry? { book?.registry }

    public static func == (a: Standing, b: Standing) -> Bool { a.book === b.book || a.registry == b.registry }

    public func hash(into hasher: inout Hasher) { hasher.combine(registry?.version) }
}

// MARK: Officers

extension Registry {
    /// Why somebody may not act for a department.
    public enum OfficerFault: Error, Hashable, Sendable {
        case unknown
        case absent(through: LocalDate, deputy: String?)
        case roleMissing
    }

    /// Whether somebody may act for a department in one of some roles, and for whom.
    ///
    /// A deputy acts for an absent officer, in the officer's roles beside the deputy's own (AB岗). What a deputy may do in
    /// the deputy's own right counts as done for the absent officer too, unless that officer is in `others`.
    ///
    /// - Parameter others: those who must have no part in it, such as the last signer.
    /// - Returns: the absent officer for whom it is done; `nil` for nobody, or when the department has no registered
    ///   officers.
    public func capacity(
        of name: String, in department: String, as roles: Set<OfficerRole>, on date: LocalDate,
        without others: [String] = []
    ) throws(OfficerFault) -> String? {
        guard hasOfficers(department) else { return nil }
        guard let officer = officer(name, of: department, on: date) else { throw .unknown }
        if let absence = absence(of: name, in: department, on: date) {
            throw .absent(through: absence.through, deputy: officer.deputy)
        }
        let absent = (officers[department] ?? [:]).values.filter { other in
            other.deputy == name && !other.roles.isDisjoint(with: roles) && other.isInOffice(on: date)
                && !others.contains(other.name) && absence(of: other.name, in: department, on: date) != nil
        }
        if let first = absent.map(\.name).min() { return first }
        guard !officer.roles.isDisjoint(with: roles) else { throw .roleMissing }
        return nil
    }

    /// Who stands in for an officer on a date; `nil` while the officer is there or nobody does.
    public func deputy(of name: String, in department: String, on date: LocalDate) -> String? {
        guard absence(of: name, in: department, on: date) != nil,
            let deputy = officer(name, of: department, on: date)?.deputy,
            officer(deputy, of: department, on: date) != nil,
            absence(of: deputy, in: department, on: date) == nil
        else { return nil }
        return deputy
    }
}

// MARK: The window and agents

extension Registry {
    /// The authority of the window in an item, the widest one there is for the officer on that day.
    public func windowAuthority(in item: String, for officer: String, on date: LocalDate) -> WindowAuthority? {
        [authorities["\(item)/\(officer)"], authorities[item]].compactMap(\.self)
            .filter { $0.isInForce(on: date) && ($0.officer ?? officer) == officer }
            .max { $0.level < $1.level }
    }

    /// The assignments of an agent that are for a project or its owner, those in force first, then the latest.
    public func assignments(of agent: String, project: String, owner names: [String], on date: LocalDate)
        -> [Assignment]
    {
        let codes = Set(names + names.map { ownerCode($0) })
        return assignments.values.filter { assignment in
            guard assignment.agent == agent else { return false }
            if let its = assignment.project, its != project { return false }
            guard let whose = assignment.owner else { return assignment.project != nil }
            return codes.contains(whose) || codes.contains(ownerCode(whose))
        }.sorted { a, b in
            let (inA, inB) = (a.isInForce(on: date), b.isInForce(on: date))
            return inA != inB ? inA : (a.until, a.id) > (b.until, b.id)
        }
    }
}

// MARK: Credit

extension Registry {
    /// Why an owner gets neither tolerance nor commitment on a date, by whatever it is known; `nil` when it does.
    public func bar(ofAny owner: [String], on date: LocalDate) -> CreditBar? {
        owner.lazy.compactMap { bar(of: $0, on: date) }.first
    }

    /// Why an owner gets neither tolerance nor commitment on a date; `nil` when it does.
    ///
    /// - Parameter owner: code or name.
    /// - Source: 优化营商环境条例 arts. 40, 53; extension to persons: 粤府办〔2018〕51号 二(八)25. Twelve months are assumed.
    public func bar(of owner: String, on date: LocalDate) -> CreditBar? {
        let code = ownerCode(owner)
        for key in Set([owner, code]).sorted() {
            if let listing = listing(.owner(key), on: .black, date: date) {
                return CreditBar(cause: .blackList, subject: code, until: listing.until)
            }
        }
        for person in owners[code]?.persons ?? [] {
            if let listing = listing(.person(person.key), on: .black, date: date) {
                return CreditBar(cause: .person, subject: person.name, until: listing.until)
            }
            // A name alone does not tell two people apart, so only a number reaches further.
            guard person.number != nil else { continue }
            for other in (ownersOf[person.key] ?? []).sorted() where other != code {
                if let listing = listing(.owner(other), on: .black, date: date) {
                    return CreditBar(cause: .linkedOwner, subject: other, until: listing.until)
                }
            }
        }
        // What it did late as a firm is its customers' affair, and no promise to the office.
        let standing = breaches(of: owner).filter {
            $0.kind != .lateService && $0.on <= date && date <= lastDay(of: $0)
        }
        return standing.last.map { CreditBar(cause: .breach, subject: $0.id, until: lastDay(of: $0)) }
    }

    /// The last day on which a breach bars.
    func lastDay(of breach: Breach) -> LocalDate { breach.on.adding(months: policy.barMonths) }

    /// Whether a project goes first, and by which rule: a key project, or an owner of good credit who is no real-estate
    /// developer; never an owner that is barred.
    ///
    /// - Source: 乳山市“十四五”行政审批发展规划 四章二节四, 四章四节三.
    ///
    /// - Parameter owner: code and name, as far as they are known.
    public func greenChannel(project: String, owner: [String], on date: LocalDate) -> GreenChannelRule? {
        if bar(ofAny: owner, on: date) != nil { return nil }
        if keyProjects[project] != nil { return .keyProject }
        guard let record = owner.lazy.compactMap({ self.owner($0) }).first, !record.isDeveloper else { return nil }
        let isRed = listing(.owner(record.code), on: .red, date: date) != nil
        let grade = grades[record.code]
        return isRed || grade.map { $0 >= policy.greenGrade } ?? false ? .credit : nil
    }
}

// MARK: Areas

extension Registry {
    /// Whether a fact may be claimed only where an area was assessed.
    public func isAssessedByArea(_ fact: String) -> Bool { assessments.values.contains { $0.facts.contains(fact) } }

    /// The assessments by which a project in a zone may claim a fact on a date, in order of id.
    public func assessments(for fact: String, in zone: String, on date: LocalDate) -> [RegionalAssessment] {
        assessments.values.filter { $0.facts.contains(fact) && $0.zones.contains(zone) && $0.isInForce(on: date) }
            .sorted { $0.id < $1.id }
    }

    /// The facts that a project leaves unclaimed though an assessment of its zone allows them, with that assessment.
    ///
    /// - Parameter facts: all facts of the project, so that one that its workflow does not know is not proposed.
    public func proposedFacts(
        of project: String, facts: [String: FactValue], on date: LocalDate
    ) -> [(fact: String, assessment: RegionalAssessment)] {
        guard let zone = zone(of: project, facts: facts) else { return [] }
        return facts.keys.sorted().compactMap { fact in
            guard facts[fact] == .boolean(false) else { return nil }
            return assessments(for: fact, in: zone, on: date).first.map { (fact, $0) }
        }
    }

    /// The zone of a project: as registered, else as its own facts say.
    public func zone(of project: String, facts: [String: FactValue]) -> String? {
        if let zone = zones[project] { return zone }
        if case .text(let zone) = facts["zone"] { return zone }
        return nil
    }
}
