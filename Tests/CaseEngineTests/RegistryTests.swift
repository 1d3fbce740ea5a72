import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("The registry")
struct RegistryTests {
    private static let firm = Firm(
        code: "F1", name: "测绘一院",
        services: [FirmService(service: "survey", time: .working(5), fee: "3 yuan/m2", standard: "GB/T 17986")],
        qualifications: [Qualification(name: "class A", services: ["survey"], from: "2023-01-01", until: "2024-12-31")],
        affiliations: ["planning"])

    private static func selection(
        _ firm: String = "F1", service: String = "survey", department: String? = "housing",
        method: SelectionMethod = .ownChoice, payer: Payer = .owner
    ) -> FirmSelection {
        FirmSelection(
            firm: firm, service: service, project: "P", item: "survey", department: department, method: method,
            payer: payer)
    }

    @Test("What is registered again changes nothing, and leaves no event")
    func again() throws {
        var registry = Registry()
        let officer = Officer(department: "planning", name: "Li", roles: [.handler, .reviewer], deputy: "Sun")
        #expect(try registry.enter(.officerRegistered(officer: officer)).first?.flags == [.deputyUnknown])
        #expect(try registry.enter(.officerRegistered(officer: officer)).isEmpty)
        #expect(registry.version == 1)
    }

    @Test("An agent has one key project, more only with a reason, and the event says so")
    func keyProjects() throws {
        var registry = Registry()
        try registry.enter(.agentRegistered(agent: Agent(name: "Agent")))
        for project in ["K1", "K2"] { try registry.enter(.keyProjectNamed(project: project, reason: "city list")) }
        try registry.enter(.agentAssigned(assignment: .make("1", project: "K1", until: "2024-06-30"), reason: nil))
        try registry.enter(.agentAssigned(assignment: .make("2", project: "P"), reason: nil))
        #expect(
            registry.rejection(.agentAssigned(assignment: .make("3", project: "K2"), reason: " "))
                == .keyProjectsExceeded(agent: "Agent", projects: ["K1"]))
        let later = Assignment.make("3", project: "K2", from: "2024-07-01")
        #expect(registry.rejection(.agentAssigned(assignment: later, reason: nil)) == nil)
        let made = try registry.enter(.agentAssigned(assignment: .make("3", project: "K2"), reason: "holiday cover"))
        #expect(made.first?.flags == [.beyondKeyProjects])
        try registry.enter(.assignmentEnded(assignment: "1", last: "2024-03-01", reason: "handed over"))
        #expect(registry.assignments["1"]?.until == "2024-03-01")
    }

    @Test("An agent of its own is for key projects and for owners of AA and above that are no developers")
    func suggestion() throws {
        var registry = Registry()
        for name in ["Busy", "Free", "Idle"] { try registry.enter(.agentRegistered(agent: Agent(name: name))) }
        try registry.enter(.keyProjectNamed(project: "K1", reason: "city list"))
        try registry.enter(.agentAssigned(assignment: .make("1", agent: "Busy", project: "K1"), reason: nil))
        try registry.enter(.agentAssigned(assignment: .make("2", agent: "Free", project: "P"), reason: nil))
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: "First")))
        try registry.enter(.ownerGraded(owner: "A", grade: .aaa, source: "city"))
        #expect(registry.agentSuggestion(project: "P2", owner: "Nobody", on: "2024-03-01") == nil)
        #expect(
            registry.agentSuggestion(project: "P2", owner: "First", on: "2024-03-01")
                == AgentSuggestion(rule: .credit, agents: ["Idle", "Free", "Busy"]))
        try registry.enter(.keyProjectNamed(project: "K2", reason: "city list"))
        #expect(
            registry.agentSuggestion(project: "K2", owner: nil, on: "2024-03-01")
                == AgentSuggestion(rule: .keyProject, agents: ["Idle", "Free"]))
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: "First", isDeveloper: true)))
        #expect(registry.agentSuggestion(project: "P2", owner: "First", on: "2024-03-01") == nil)
    }

    @Test("A breach is recorded once under its case and number, whoever sends it how often, and stays cleared")
    func breaches() throws {
        var registry = Registry()
        let breach = Breach(
            owner: "First", kind: .tolerance, caseID: "case", sequence: 7, item: "permit", on: "2024-03-01")
        let other = Breach(
            owner: "First", kind: .commitment, caseID: "case", sequence: 7, item: "permit", on: "2024-03-01")
        #expect(try registry.enter(.breachRecorded(breach: breach), by: .system).count == 1)
        #expect(try registry.enter(.breachRecorded(breach: breach), by: .system).isEmpty)
        #expect(registry.rejection(.breachRecorded(breach: other)) == .breachExists("case.7"))
        // The owner is registered later, under a name that cases had before.
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: "First")))
        #expect(registry.breaches(of: "A") == [breach])
        #expect(registry.bar(of: "A", on: "2025-03-01")?.until == "2025-03-01")
        try registry.enter(.policySet(policy: RegistryPolicy(barMonths: 6), reason: "city rule"))
        #expect(registry.bar(of: "A", on: "2024-09-02") == nil)
        try registry.enter(.breachCleared(breach: "case.7", reason: "repaired"))
        #expect(registry.bar(of: "A", on: "2024-03-02") == nil)
        #expect(try registry.enter(.breachRecorded(breach: breach), by: .system).isEmpty)
    }

    @Test("A bar of months ends on the day of the same number, or the last of its month")
    func months() {
        for (from, months, to) in [
            ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-02-29", 12, "2025-02-28"),
            ("2024-12-15", 1, "2025-01-15"), ("2024-03-31", 6, "2024-09-30"),
        ] { #expect(LocalDate(from)?.adding(months: months) == LocalDate(to)) }
    }

    @Test("A blacklisted firm is chosen nowhere, and one of the deciding department's own is flagged")
    func firms() throws {
        var registry = Registry()
        try registry.enter(.firmRegistered(firm: Self.firm))
        func choose(_ selection: FirmSelection, by actor: Actor = .owner, on date: LocalDate = "2024-03-01")
            -> RegistryRejection?
        { registry.rejection(.firmSelected(selection: selection), on: date, by: actor) }
        #expect(choose(Self.selection()) == nil)
        #expect(choose(Self.selection("F2")) == .unknown(.firm, "F2"))
        #expect(choose(Self.selection(service: "audit")) == .serviceNotOffered(firm: "F1", service: "audit"))
        #expect(
            choose(Self.selection(), on: "2025-01-01") == .qualificationMissing(firm: "F1", service: "survey"))
        #expect(choose(Self.selection(), by: .of("housing")) == .choiceIsOwners)
        #expect(choose(Self.selection(payer: .department), by: .of("housing")) == .departmentPays)
        #expect(choose(Self.selection(method: .tender, payer: .department), by: .owner) == .departmentPays)
        #expect(choose(Self.selection(method: .tender, payer: .department), by: .of("housing")) == nil)
        let flagged = try registry.enter(.firmSelected(selection: Self.selection(department: "planning")), by: .owner)
        #expect(flagged.first?.flags == [.affiliated])
        #expect(registry.selections.map(\.flags) == [[.affiliated]])
        #expect(registry.selections.first?.by == .owner)
        let bad = FirmRating(rated: .firm, firm: "F1", project: "P", item: "survey", score: 4, comment: "late")
        #expect(try registry.enter(.rated(rating: bad), by: .owner).first?.flags == [.badRating])
        try registry.enter(.listed(subject: .firm("F1"), listing: Listing(list: .black, reason: "forged report")))
        #expect(choose(Self.selection()) == .firmBlacklisted("F1"))
    }

    @Test("Once a manager is registered, each part is kept by whom it belongs to")
    func keepers() throws {
        var registry = Registry()
        try registry.officer("Zhao", [.head], of: "planning")
        try registry.officer("Watch", [.supervisor], of: "supervisor")
        try registry.officer("Boss", [.manager], of: "office")
        let zhao = Actor.of("planning", "Zhao")
        let boss = Actor.of("office", "Boss")
        let watch = Actor(role: .supervisor, name: "Watch")
        func officer(_ department: String, _ role: OfficerRole) -> RegistryEntry {
            .officerRegistered(officer: Officer(department: department, name: "New", roles: [role]))
        }
        #expect(registry.rejection(officer("planning", .handler), by: zhao) == nil)
        #expect(registry.rejection(officer("planning", .manager), by: zhao) == .notAllowed(.officerRegistered))
        #expect(registry.rejection(officer("housing", .handler), by: zhao) == .notAllowed(.officerRegistered))
        #expect(registry.rejection(officer("housing", .manager), by: boss) == nil)
        let list = RegistryEntry.listed(subject: .person("Chen"), listing: Listing(list: .black, reason: "court"))
        #expect(registry.rejection(list, by: watch) == nil)
        #expect(registry.rejection(list, by: zhao) == .notAllowed(.listed))
        #expect(registry.rejection(list, by: .owner) == .notAllowed(.listed))
        #expect(registry.rejection(list, by: .system) == .notAllowed(.listed))
        let absence = RegistryEntry.absenceReported(
            department: "planning", name: "Zhao",
            absence: Absence(from: "2024-03-04", through: "2024-03-05", reason: "leave"))
        #expect(registry.rejection(absence, by: zhao) == nil)
        #expect(registry.rejection(absence, by: watch) == .notAllowed(.absenceReported))
        try registry.enter(
            .officerRegistered(officer: Officer(department: "office", name: "Deputy", roles: [.handler])), by: boss)
        #expect(
            registry.rejection(.officerRemoved(department: "office", name: "Boss", reason: "left"), by: boss)
                == .lastManager)
    }

    @Test("Every refusal is reached, has a code of its own and says what to do")
    func refusals() throws {
        var registry = Registry()
        try registry.officer("Li", [.handler])
        try registry.away("Li", "2024-03-04", "2024-03-08")
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: "First")))
        try registry.enter(.agentRegistered(agent: Agent(name: "Agent")))
        try registry.enter(.firmRegistered(firm: Self.firm))
        func officer(_ name: String, _ roles: Set<OfficerRole> = [.handler], deputy: String? = nil) -> RegistryEntry {
            .officerRegistered(
                officer: Officer(department: "planning", name: name, roles: roles, deputy: deputy))
        }
        let long = String(repeating: "长", count: 2001)
        let person = LinkedPerson(name: "x", relation: .executive)
        let entries: [RegistryEntry] = [
            officer(" "), officer(long), officer("a\u{1}b"), officer("Sun", []), officer("Sun", deputy: "Sun"),
            .keyProjectNamed(project: "P", reason: ""), .agentRemoved(agent: "Nobody", reason: "a"),
            .officerRemoved(department: "planning", name: "Li", reason: "left"),
            .absenceReported(
                department: "planning", name: "Li",
                absence: Absence(from: "2024-03-08", through: "2024-03-09", reason: "leave")),
            .absenceReported(
                department: "planning", name: "Li",
                absence: Absence(from: "2024-03-19", through: "2024-03-18", reason: "leave")),
            .agentAssigned(assignment: .make(project: nil), reason: nil),
            .ownerRegistered(owner: OwnerRecord(code: "B", name: "First")),
            .ownerRegistered(
                owner: OwnerRecord(code: "B", name: "Second", persons: Array(repeating: person, count: 201))),
            .rated(rating: FirmRating(rated: .owner, firm: "F1", project: "P", item: "i", score: 6, comment: "")),
            .rated(rating: FirmRating(rated: .owner, firm: "F1", project: "P", item: "i", score: 1, comment: "")),
            .policySet(policy: RegistryPolicy(barMonths: 0), reason: "a"),
            .regionAssessed(
                assessment: RegionalAssessment(
                    id: "ra", topic: "soil", facts: ["f"], zones: ["z"], document: "1", from: "2024-03-01",
                    until: "2024-12-31", standards: [ControlStandard(fact: "ratio", least: 3, most: 2)])),
        ]
        var reached = entries.map { registry.rejection($0) }
        reached.append(registry.rejection(officer("Sun"), on: "2024-02-29"))
        reached.append(registry.rejection(officer("Sun"), by: .owner))
        for rejection in reached { #expect(rejection != nil) }
        // The others stand in the tests of their rules.
        let elsewhere: [RegistryRejection] = [
            .lastManager, .keyProjectsExceeded(agent: "a", projects: ["b"]), .breachExists("a"),
            .serviceNotOffered(firm: "a", service: "b"), .qualificationMissing(firm: "a", service: "b"),
            .firmBlacklisted("a"), .firmOftenLate("a", count: 3, until: "2025-03-01"), .choiceIsOwners, .departmentPays,
            .tenderExists("a"), .tenderOpen("a"), .tenderOver("a"), .tenderNotClosed("a", until: "2024-03-01"),
            .bidIsFirms("a"), .priceOutOfRange(ceiling: nil), .daysOutOfRange, .noBidCounts("a"),
            .seedOfDraw(isWanted: true), .awardNotByMethod("a"), .contractExists("a"), .contractOpen("a"),
            .contractOver("a"), .contractDeparts(tender: "a", price: Money(fen: 1), days: 1),
            .dayNotPossible("2024-03-01", from: "2024-03-02", until: nil),
        ]
        let all = reached.compactMap(\.self) + elsewhere
        #expect(Set(all.map(\.code)) == Set(RegistryRejection.codes))
        #expect(Set(RegistryRejection.codes).count == RegistryRejection.codes.count)
        for rejection in all { #expect(rejection.text.zh.hasSuffix("。") && rejection.text.en.hasSuffix(".")) }
    }

    @Test(
        "Random entries: a refusal leaves nothing, and reading the log anew gives the same registry", arguments: 1...40)
    func randomEntries(seed: UInt64) throws {
        var entries = RandomEntries(seed: seed)
        var registry = Registry()
        var log: [RegistryEvent] = []
        var date: LocalDate = "2024-03-01"
        for _ in 0..<120 {
            date = date.adding(days: Int.random(in: 0...2, using: &entries.random))
            let entry = entries.next(date)
            let before = registry
            let actor = entry.kind.rawValue.hasPrefix("bid") ? Actor.window : .of("office")
            guard let events = try? registry.decide(entry, by: actor, on: date) else {
                #expect(registry == before, "seed \(seed)")
                continue
            }
            #expect(events.count <= 1)
            for event in events {
                registry.evolve(by: event)
                #expect(!event.words.zh.isEmpty && !event.words.en.isEmpty)
            }
            // Entered again on the same day it changes nothing more, unless it is an act and no record.
            let isAct = [.firmSelected, .rated, .ownerGraded].contains(entry.kind)
            if !isAct, let again = try? registry.decide(entry, by: actor, on: date) {
                #expect(again.isEmpty || entry.kind.rawValue.hasSuffix("Ended"), "seed \(seed): \(entry)")
            }
            log += events
        }
        var replayed = Registry()
        for event in log {
            replayed.evolve(
                by: try RegistryEvent(kind: event.kind.rawValue, schema: 1, payload: event.payload))
        }
        #expect(replayed == registry, "seed \(seed)")
        #expect(replayed.version == log.count)
    }
}

/// Entries about a few people, projects and firms, so that they meet.
private struct RandomEntries {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func next(_ date: LocalDate) -> RegistryEntry {
        let name = pick(["甲", "乙", "丙"])
        let id = pick(["1", "2", "3"])
        let day = date.adding(days: Int.random(in: -3...9, using: &random))
        let until = day.adding(days: Int.random(in: -1...30, using: &random))
        switch pick(RegistryEvent.Kind.allCases) {
        case .officerRegistered:
            return .officerRegistered(
                officer: Officer(
                    department: pick(["planning", "window"]), name: name,
                    roles: Set([pick(OfficerRole.allCases.filter { $0 != .manager })]), deputy: pick([nil, "乙"])))
        case .officerRemoved: return .officerRemoved(department: "planning", name: name, reason: "left")
        case .absenceReported:
            return .absenceReported(
                department: "planning", name: name, absence: Absence(from: day, through: until, reason: "leave"))
        case .absenceEnded: return .absenceEnded(department: "planning", name: name, on: day)
        case .windowAuthorized:
            return .windowAuthorized(
                authority: WindowAuthority(item: id, department: "planning", level: pick(WindowLevel.allCases)))
        case .windowAuthorityWithdrawn: return .windowAuthorityWithdrawn(authority: id, reason: "a")
        case .agentRegistered: return .agentRegistered(agent: Agent(name: name))
        case .agentRemoved: return .agentRemoved(agent: name, reason: "left")
        case .agentAssigned:
            return .agentAssigned(
                assignment: .make(id, agent: name, project: pick(["P", "K"]), from: day, until: until), reason: "a")
        case .assignmentEnded: return .assignmentEnded(assignment: id, last: day, reason: "done")
        case .keyProjectNamed: return .keyProjectNamed(project: pick(["P", "K"]), reason: "list")
        case .keyProjectReleased: return .keyProjectReleased(project: pick(["P", "K"]), reason: "done")
        case .ownerRegistered:
            return .ownerRegistered(
                owner: OwnerRecord(
                    code: id, name: pick(["first", "second"]),
                    persons: [LinkedPerson(name: name, number: name, relation: .shareholder)]))
        case .ownerGraded: return .ownerGraded(owner: id, grade: pick(CreditGrade.allCases), source: "city")
        case .listed:
            return .listed(
                subject: pick([.owner(id), .person(name), .firm(id)]),
                listing: Listing(list: pick(CreditList.allCases), reason: "a", until: until))
        case .unlisted: return .unlisted(subject: .owner(id), list: pick(CreditList.allCases), reason: "a")
        case .breachRecorded:
            return .breachRecorded(
                breach: Breach(
                    owner: pick(["first", id]), kind: .tolerance, caseID: "c", sequence: 3, item: "i", on: "2024-03-01")
            )
        case .breachCleared: return .breachCleared(breach: "c.3", reason: "a")
        case .serviceSet:
            return .serviceSet(
                service: ServiceCalendar(
                    hours: pick([ServiceHours("09:00-17:00")!, ServiceHours("08:30-18:00")!]),
                    extra: [.saturday: ServiceHours("09:00-12:00")!], days: [day: nil]), reason: "notice")
        case .firmRegistered:
            return .firmRegistered(
                firm: Firm(
                    code: id, name: name,
                    services: [FirmService(service: "s", time: .working(3), fee: "a", standard: "b")],
                    qualifications: [Qualification(name: "q", from: day, until: until)]))
        case .firmSelected:
            return .firmSelected(
                selection: FirmSelection(
                    firm: id, service: "s", project: "P", item: "i", department: nil, method: .tender,
                    payer: .department))
        case .rated:
            return .rated(
                rating: FirmRating(
                    rated: .owner, firm: id, project: "P", item: "i", score: Int.random(in: 0...6, using: &random),
                    comment: ""))
        case .regionAssessed:
            return .regionAssessed(
                assessment: RegionalAssessment(
                    id: id, topic: "soil", facts: ["f"], zones: ["z"], document: "", from: day, until: until))
        case .assessmentWithdrawn: return .assessmentWithdrawn(assessment: id, reason: "a")
        case .appointmentReported:
            return .appointmentReported(
                report: AppointmentReport(
                    id: id, sequence: Int.random(in: 1...9, using: &random), date: day,
                    at: pick([nil, TimeOfDay("09:30")]), reportedOn: date))
        case .tenderAnnounced:
            return .tenderAnnounced(
                tender: Tender(
                    id: id, service: "s", project: "P", item: pick(["i", "j"]), asked: "a",
                    closes: date.adding(days: Int.random(in: 0...3, using: &random)),
                    method: pick(AwardMethod.allCases), payer: .department))
        case .tenderCancelled: return .tenderCancelled(tender: id, reason: "a")
        case .bidMade:
            return .bidMade(
                bid: Bid(
                    tender: pick(["1", "2", "3"]), firm: id, price: Money(fen: Int.random(in: 0...9, using: &random)),
                    days: 2))
        case .bidWithdrawn: return .bidWithdrawn(tender: pick(["1", "2", "3"]), firm: id)
        case .tenderAwarded: return .tenderAwarded(tender: id, seed: pick([nil, "7"]), outcome: nil)
        case .contractSigned:
            return .contractSigned(
                contract: ServiceContract(
                    number: pick(["8", "9"]), firm: id, project: "P", item: pick(["i", "j"]), signedOn: date,
                    price: Money(fen: Int.random(in: 0...9, using: &random)), days: 2))
        case .contractPerformed: return .contractPerformed(contract: pick(["8", "9"]), on: date)
        case .contractEnded: return .contractEnded(contract: pick(["8", "9"]), reason: "a")
        case .projectPlaced: return .projectPlaced(project: "P", zone: pick(["z", "y"]))
        case .policySet:
            return .policySet(
                policy: RegistryPolicy(barMonths: Int.random(in: 0...13, using: &random)), reason: "a")
        }
    }
}
