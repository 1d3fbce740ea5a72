import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// What the people of one history have to do: which cases, on which rules, with which registry.
struct Workload {
    struct Planned {
        let id: CaseID
        let opening: CaseOpening
        /// Whether the plain model follows it.
        var isPlain: Bool { opening.workflow == "sim-short" }
    }

    let start: LocalDate
    let cases: [Planned]
    let book: RuleBook
    let scenario: Scenario?
    let registry: [Scenario.Entry]
    /// Minutes between two things that somebody does, on average.
    let pace: Int
    let isRegistered: Bool

    static let owner = LocalizedText(zh: "业主", en: "Owner")
    static let ownerCode = "owner-code"

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 0x10AD)
        pace = [30, 120, 400, 1200][Int(seed / 2 % 4)]
        if seed % 8 == 0, !RuleTexts.scenarios.isEmpty {
            let scenario = RuleTexts.scenarios[Int(seed / 8) % RuleTexts.scenarios.count]
            self.scenario = scenario
            book = RuleTexts.book(of: scenario)
            start = scenario.opened.on
            registry = scenario.registry
            isRegistered = !registry.isEmpty
            guard case .open(let opening) = scenario.opened.command, let id = CaseID("scenario") else {
                preconditionFailure("a scenario opens a case")
            }
            // A scenario names no text; a store has one.
            let hash = book.hash(of: opening.workflow, opening.version) ?? ""
            cases = [Planned(id: id, opening: opening.on(definition: hash))]
            return
        }
        scenario = nil
        book = RuleTexts.book
        guard let monday = LocalDate("2026-03-02") else { preconditionFailure("a date") }
        start = monday
        isRegistered = seed % 4 == 1
        if seed % 100 == 7 {
            let shipped = RuleTexts.shipped[Int(seed / 100) % RuleTexts.shipped.count]
            registry = []
            cases = [Self.planned("shipped", shipped, calendar: RuleTexts.calendars[3])]
            return
        }
        let kinds = [
            ["permits", "promises"], ["permits", "short"], ["promises", "short"], ["permits"], ["promises"],
        ]
        cases = random.pick(kinds).map { name in
            Self.planned(name, RuleTexts.workflows[name]![0], calendar: RuleTexts.calendars[0])
        }
        registry =
            (isRegistered ? Self.roster(from: monday) : []).map {
                Scenario.Entry(on: monday, by: Scenario.keeper, entry: $0)
            }
    }

    private static func planned(_ name: String, _ version: RuleTexts.Version, calendar: WorkCalendar) -> Planned {
        Planned(
            id: CaseID(name)!,
            opening: CaseOpening(
                project: "2401-000000-04-01-000001", title: version.workflow.title, owner: owner,
                ownerCode: ownerCode, workflow: version.workflow.id, version: version.workflow.version,
                definition: version.hash, calendar: calendar.id, calendarVersion: calendar.version,
                facts: version.workflow.resolvedFacts([:])))
    }

    /// Officers of every department, the window, supervision, an agent and the owner.
    private static func roster(from day: LocalDate) -> [RegistryEntry] {
        var entries: [RegistryEntry] = []
        for department in ["planning", "housing", "air", "water", "fire", "archive"] {
            for (name, roles, deputy) in [
                ("A", [OfficerRole.handler], "B"), ("B", [.reviewer, .approver], nil),
                ("C", [.handler, .approver], nil),
                ("Head", [.head, .approver], nil),
            ] as [(String, Set<OfficerRole>, String?)] {
                entries.append(
                    .officerRegistered(
                        officer: Officer(department: department, name: name, roles: roles, deputy: deputy)))
            }
        }
        for (unit, role) in [(Registry.windowUnit, OfficerRole.window), (Registry.supervisionUnit, .supervisor)] {
            for name in ["A", "B"] {
                entries.append(
                    .officerRegistered(officer: Officer(department: unit, name: name, roles: [role])))
            }
        }
        entries.append(.agentRegistered(agent: Agent(name: "Agent")))
        entries.append(
            .agentAssigned(
                assignment: Assignment(
                    id: "as-1", agent: "Agent", project: "2401-000000-04-01-000001", actions: [.file, .supply],
                    from: day, until: day.adding(days: 20)), reason: nil))
        entries.append(.ownerRegistered(owner: OwnerRecord(code: ownerCode, name: owner.zh)))
        return entries
    }
}
