import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// What changes around the cases: who is who, which version is in force, which days are worked.
extension Simulator {
    func office(_ number: Int, _ random: inout SeededGenerator) {
        let department = random.pick(["planning", "planning", "housing", "fire"])
        let name = random.pick(["A", "A", "B", "C"])
        let project = "2401-000000-04-01-000001"
        let day = date(at: clock)
        let breach = Breach(
            owner: Workload.ownerCode, kind: .commitment, caseID: "elsewhere", sequence: 1 + number % 3, item: "x",
            on: day)
        let assessment = RegionalAssessment(
            id: "ra-1", topic: "water", facts: ["assessed"], zones: ["z"], document: "d", from: day,
            until: day.adding(days: 90))
        let selection = FirmSelection(
            firm: "f-1", service: "survey", project: project, item: "permit", department: "planning", method: .tender,
            payer: .owner)
        let people: [RegistryEntry] = [
            .officerRemoved(department: department, name: name, reason: "left"),
            .officerRemoved(department: department, name: name, reason: "left"),
            .absenceReported(
                department: department, name: name,
                absence: Absence(from: day, through: day.adding(days: 9), reason: "ill")),
            .absenceEnded(department: department, name: name, on: day),
            .windowAuthorized(authority: WindowAuthority(item: "permit", department: "planning", level: .decide)),
            .windowAuthorized(authority: WindowAuthority(item: "filing", department: "planning", level: .admit)),
            .windowAuthorityWithdrawn(authority: "permit", reason: "misused"),
            .officerRegistered(officer: Officer(department: department, name: name, roles: [.handler, .approver])),
        ]
        let others: [RegistryEntry] = [
            .agentRegistered(agent: Agent(name: "Agent")), .agentRemoved(agent: "Agent", reason: "left"),
            .agentAssigned(
                assignment: Assignment(
                    id: "as-2", agent: "Agent", project: project, actions: random.pick([[], [.file]]), from: day,
                    until: day.adding(days: 15)), reason: nil),
            .assignmentEnded(assignment: "as-1", last: day, reason: "over"),
            .keyProjectNamed(project: project, reason: "list"), .keyProjectReleased(project: project, reason: "done"),
            .ownerRegistered(owner: OwnerRecord(code: Workload.ownerCode, name: Workload.owner.zh)),
            .ownerGraded(owner: Workload.ownerCode, grade: .aa, source: "s"),
            .listed(subject: .owner(Workload.ownerCode), listing: Listing(list: .black, reason: "r")),
            .unlisted(subject: .owner(Workload.ownerCode), list: .black, reason: "repaired"),
            .breachRecorded(breach: breach), .breachCleared(breach: breach.id, reason: "repaired"),
            .firmRegistered(
                firm: Firm(
                    code: "f-1", name: "Firm",
                    services: [FirmService(service: "survey", time: .working(3), fee: "1", standard: "s")],
                    qualifications: [Qualification(name: "q", from: day, until: day.adding(days: 300))])),
            .firmSelected(selection: selection),
            .rated(
                rating: FirmRating(
                    rated: .firm, firm: "f-1", project: project, item: "permit", score: random.number(1...5),
                    comment: "c")),
            .regionAssessed(assessment: assessment), .assessmentWithdrawn(assessment: "ra-1", reason: "old"),
            .projectPlaced(project: project, zone: "z"),
            .policySet(policy: RegistryPolicy(barMonths: random.number(6...12)), reason: "r"),
        ]
        if workload.scenario != nil { return }
        // Where nobody is registered nobody is to be; one history in sixteen finds that changed on the way.
        guard workload.isRegistered || seed % 16 == 3 else { return }
        // One history in thirty-two is all market, so that contracts are seen to their end.
        if number % 4 == 2 || seed % 32 == 1 {
            let step = marketStep(number, on: day)
            return send(
                newRequest(.entry(step.entry), key: CommandKey("e.\(number)")!, by: step.by),  // digits
                to: random.number(0...nodes.count - 1))
        }
        let possible = (random.chance(40) ? people : others).filter { entry in
            ((try? audit.registry.decide(entry, by: People.owner, on: .latest))
                ?? (try? audit.registry.decide(entry, by: Actor(role: .supervisor, name: "A"), on: .latest)))?.isEmpty
                == false
        }
        if bent == .forms, random.chance(20) {
            let hours = ServiceHours(random.pick(["09:00-17:00", "08:30-18:00"]))!  // begins before it ends
            let entry = RegistryEntry.serviceSet(service: ServiceCalendar(hours: hours), reason: "r")
            let keeper = Actor(role: .supervisor, name: "A")
            return send(
                newRequest(.entry(entry), key: CommandKey("e.\(number)")!, by: keeper),  // digits
                to: random.number(0...nodes.count - 1))
        }
        let rare = possible.filter { [.rated, .absenceEnded, .breachCleared].contains($0.kind) }
        let choice =
            possible.isEmpty || random.chance(10) ? others : rare.isEmpty || random.chance(60) ? possible : rare
        let entry = random.pick(choice)
        if case .officerRemoved = entry { coverage.reach(.roleWithdrawn) }
        // Whom the owner chooses and how it rates them is its own affair.
        var keeper = Actor(role: .supervisor, name: "A")
        switch entry {
        case .firmSelected, .rated: keeper = People.owner
        default: break
        }
        let request = newRequest(.entry(entry), key: CommandKey("e.\(number)")!, by: keeper)
        send(request, to: random.number(0...nodes.count - 1))
    }

    func tendLibrary(_ number: Int, _ random: inout SeededGenerator) {
        guard
            let planned = workload.cases.randomElement(using: &random),
            let versions = RuleTexts.workflows.values.first(where: { $0[0].workflow.id == planned.opening.workflow })
        else { return }
        let version = random.pick(versions)
        let author = random.pick(["Designer", "Second"])
        let designer = Actor(role: .designer, name: author)
        let key = CommandKey("d.\(number)")!
        let request: Int
        switch random.number(0...9) {
        case 0, 1:
            let draft = LibraryDraft(
                workflow: version.workflow.id, version: version.workflow.version, definition: version.hash,
                effective: date(at: clock), means: [.reduce], note: "shorter")
            request = newRequest(.library(.submit(draft: draft)), key: key, by: designer)
        case 2, 3:
            request = newRequest(
                .library(
                    .release(
                        workflow: version.workflow.id, version: version.workflow.version, definition: version.hash)),
                key: key, by: designer)
        case 4:
            request = newRequest(
                .library(.withdraw(workflow: version.workflow.id, version: version.workflow.version, reason: "r")),
                key: key, by: designer)
        case 5, 6, 7:
            coverage.reach(.migration)
            let order = MigrationOrder(
                version: random.chance(92) ? version.workflow.version : "9", definition: version.hash,
                map: random.pick([[:], ["design": "drawing"], ["drawing": "design"]]),
                keep: random.pick([[], ["permit"], ["acceptance"], ["design", "drawing"]]),
                reason: random.pick(["r", "r", ""]))
            request = newRequest(
                .command(planned.id, .migrate(order)), key: key, by: random.pick([designer, designer, People.owner]))
        case 8:
            let work = Work(id: random.pick(["south", "north"]), title: LocalizedText(zh: "楼", en: "block"))
            request = newRequest(
                .command(planned.id, .addWork(WorkOrder(work: work, reason: "second phase"))), key: key, by: designer)
        default:
            coverage.reach(.calendarChange)
            let order = CalendarOrder(
                calendar: random.chance(92) ? RuleTexts.calendarID : "other",
                version: random.pick(["2", "3", "2", "1", "9"]),
                reason: "notice")
            request = newRequest(.command(planned.id, .changeCalendar(order)), key: key, by: designer)
        }
        send(request, to: random.number(0...nodes.count - 1))
    }
}
