import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// Where histories come from: people, clocks, the office and what goes wrong with nodes.
extension Simulator {
    func stimulus(_ number: Int) {
        var random = stream(10, number)
        var quiet = 600
        defer {
            stimuli = number + 1
            let gap = random.chance(35) ? 0 : random.number(1...2 * workload.pace)
            // Nobody sits through the weeks until a scenario goes on.
            push(.stimulus(number + 1), in: max(gap, people.isPlayOver ? 0 : quiet), &random)
        }
        guard !dropped.contains(number) else { return }
        if random.chance(faults.node) { return disturb(&random) }
        if number < 2 * workload.cases.count, workload.scenario == nil {
            return open(workload.cases[number % workload.cases.count], &random)
        }
        switch random.number(0...99) {
        case 0..<11: tick(random.number(0...nodes.count - 1), &random)
        case 11..<16: office(number, &random)
        case 16, 17: deliverReports(at: random.number(0...nodes.count - 1), &random)
        case 18: requeueDeadLetters()
        case 19...20 where workload.scenario == nil: tendLibrary(number, &random)
        case 21 where workload.scenario == nil: openAnother(number, &random)
        default:
            if let due = goOnWithScenario(&random) {
                quiet += due
                return
            }
            act(number, &random)
        }
    }

    private func open(_ planned: Workload.Planned, _ random: inout SeededGenerator) {
        let request = newRequest(
            .command(planned.id, .open(planned.opening)), key: CommandKey("open")!, by: People.owner)
        send(request, to: random.number(0...nodes.count - 1))
    }

    /// Somebody opens a case that cannot be opened so.
    private func openAnother(_ number: Int, _ random: inout SeededGenerator) {
        guard let planned = workload.cases.first, let id = CaseID("other-\(number % 3)") else { return }
        let opening =
            random.chance(50)
            ? planned.opening.with(fact: "area", .number(.infinity))
            : planned.opening.with(fact: "assessed", .boolean(true))
        let request = newRequest(.command(id, .open(opening)), key: CommandKey("open")!, by: People.owner)
        send(request, to: random.number(0...nodes.count - 1))
    }

    // MARK: People

    private func act(_ number: Int, _ random: inout SeededGenerator) {
        if random.chance(faults.people / 8), let used = people.usedKeys.last { return again(used, &random) }
        let all = audit.cases.values.sorted { $0.id.text < $1.id.text }
        let open = all.filter { $0.state.status == .open }
        guard let known = (open.isEmpty || random.chance(6) ? all : open).randomElement(using: &random) else { return }
        var (machine, state) = (known.machine, known.state)
        if !known.older.isEmpty, random.chance(faults.people / 3) {
            coverage.reach(.staleForm)
            (machine, state) = random.pick(known.older)
        }
        let node = random.number(0...nodes.count - 1)
        let date = today(node)
        var (actor, command) = people.next(machine, state, on: date, bent: bent, faults: faults.people, &random)
        if random.chance(faults.people / 6) {
            coverage.reach(.wrongHand)
            actor = random.pick([
                People.owner, People.window, People.of("water", "A"), People.of("planning", "Stranger"),
            ])
        }
        if case .item(_, .withdraw) = command { coverage.reach(.withdrawal) }
        if case .withdrawCase = command { coverage.reach(.withdrawal) }
        if isAfterLimit(command, state, on: date) { coverage.reach(.afterLimit) }
        let key = CommandKey("p.\(number)")!
        let request = newRequest(.command(known.id, command), key: key, by: actor)
        people.usedKeys.append((key, known.id, command, actor))
        send(request, to: node)
        if random.chance(faults.people / 3) {
            coverage.reach(.doubleClick)
            send(request, to: node, in: 1)
        }
        if random.chance(faults.people / 4) {
            coverage.reach(.otherNodeSameKey)
            send(request, to: (node + 1) % nodes.count)
        }
    }

    private func isAfterLimit(_ command: CaseCommand, _ state: CaseState, on date: LocalDate) -> Bool {
        guard case .item(let id, let what) = command, let item = state[item: id] else { return false }
        switch what {
        case .opine(let participant, _):
            return item.joint?.participants.first { $0.id == participant }?.limits?.promised.map { $0 < date } ?? false
        case .decide, .conclude: return item.limits?.promised.map { $0 < date } ?? false
        default: return false
        }
    }

    /// A key that was used comes again: with the same command, with another one, or from somebody else.
    private func again(
        _ used: (key: CommandKey, caseID: CaseID, command: CaseCommand, actor: Actor), _ random: inout SeededGenerator
    ) {
        var (command, actor) = (used.command, used.actor)
        switch random.number(0...2) {
        case 0: coverage.reach(.doubleClick)
        case 1:
            coverage.reach(.sameKeyOtherCommand)
            command = .item("permit", .withdraw(reason: "another"))
        default:
            coverage.reach(.sameKeyOtherPerson)
            actor = Actor(role: actor.role, department: actor.department, name: "Other")
        }
        let request = newRequest(.command(used.caseID, command), key: used.key, by: actor)
        send(request, to: random.number(0...nodes.count - 1))
    }

    /// - Returns: the minutes until the next act of the scenario; `nil` when it is over.
    private func goOnWithScenario(_ random: inout SeededGenerator) -> Int? {
        guard let planned = workload.cases.first, !people.isPlayOver else { return nil }
        guard let act = people.nextAct(audit) else { return people.isPlayOver ? nil : 0 }
        var command = act.command
        if case .open = command { command = .open(planned.opening) }
        // A change of rules names a text that is published, and by its hash.
        if case .migrate(let order) = command,
            let hash = workload.book.hash(of: planned.opening.workflow, order.version)
        {
            command = .migrate(
                MigrationOrder(
                    version: order.version, definition: hash, map: order.map, keep: order.keep, reason: order.reason))
        }
        let request = newRequest(
            .command(planned.id, command), key: CommandKey("scenario.\(requests.count)")!, by: act.by,
            isFromScenario: true)
        requests[request].on = act.on
        people.act(as: request)
        // At the closing of its day, which may lie ahead.
        let due = (act.on.dayNumber - workload.start.dayNumber) * 1440 + 1020
        send(request, to: random.number(0...nodes.count - 1), in: max(0, due - clock))
        return max(0, due - clock)
    }

    // MARK: Time

    /// A node looks for what is due by its yesterday, as `binglian case pass-time` does.
    func tick(_ node: Int, _ random: inout SeededGenerator) {
        // A scenario keeps to its dates: time passes with what it does.
        guard nodes[node].pausedUntil <= clock, people.isPlayOver || isHealed else { return }
        let through = today(node).adding(days: -1)
        var seen: Set<CaseID> = []
        for timer in store.contents.dueTimers(through: through, after: nil, limit: 1000)
        where seen.insert(timer.caseID).inserted {
            let version = store.contents.head(of: timer.caseID)?.version ?? 0
            let request = newRequest(
                .command(timer.caseID, .passTime), key: CommandKey("time.\(version)")!, by: .system)
            requests[request].on = through
            send(request, to: node)
        }
    }

    // MARK: The office

    private func office(_ number: Int, _ random: inout SeededGenerator) {
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
        let possible = (random.chance(40) ? people : others).filter { entry in
            ((try? audit.registry.decide(entry, by: People.owner, on: .latest))
                ?? (try? audit.registry.decide(entry, by: Actor(role: .supervisor, name: "A"), on: .latest)))?.isEmpty
                == false
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

    private func tendLibrary(_ number: Int, _ random: inout SeededGenerator) {
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

    // MARK: What goes wrong with nodes

    private func disturb(_ random: inout SeededGenerator) {
        let node = random.number(0...nodes.count - 1)
        switch random.number(0...5) {
        case 0, 1: crash(node, &random)
        case 2, 3:
            coverage.reach(.pause)
            note("node \(node) pauses")
            nodes[node].pausedUntil = clock + random.number(5...6000)
        default:
            coverage.reach(.clockJump)
            nodes[node].skew = random.pick([-2880, -1440, -120, 0, 0, 0, 0, 30, 120, 1440])
            note("the clock of node \(node) jumps to \(nodes[node].skew)")
        }
    }

    private func crash(_ node: Int, _ random: inout SeededGenerator) {
        coverage.reach(.crash)
        note("node \(node) crashes")
        var lost: Set<Int> = Set(nodes[node].queue.map(\.request))
        for holder in nodes[node].desks.values { lost.formUnion(holder.waiting.map(\.job.request)) }
        nodes[node].restart()
        // Whoever hears nothing asks again under the same key.
        for request in requests.indices where !requests[request].isSettled && requests[request].sent > 0 {
            push(.retry(request: request), in: random.number(20...900), &random)
        }
    }

    // MARK: The end

    /// Faults stop, nodes come back with the right time, and everybody asks again who has heard nothing.
    func heal() throws {
        note("everything heals")
        isHealed = true
        faults = .none
        var random = stream(11, 0)
        for node in nodes.indices {
            nodes[node].skew = 0
            nodes[node].pausedUntil = 0
        }
        queue = drained()
        for request in requests.indices where !requests[request].isSettled {
            push(.retry(request: request), in: 1, &random)
        }
        try drain()
        requeueDeadLetters()
        var quiet = 0
        // A day of every node after another, until nothing is due for a long time.
        for _ in 0..<400 where quiet < 2 {
            let due = audit.cases.values.compactMap { $0.machine.nextDue(in: $0.state) }.min()
            let next = due.map { max($0.adding(days: 1), date(at: clock)) }
            clock = max(clock, (next.map { $0.dayNumber - workload.start.dayNumber } ?? 0) * 1440 + 600)
            for node in nodes.indices {
                tick(node, &random)
                deliverReports(at: node, &random)
            }
            try drain()
            quiet = due == nil ? quiet + 1 : 0
            if nodes[0].registryHead.version == 0, due == nil { quiet += 1 }
        }
        let overdue = store.contents.dueTimers(through: date(at: clock).adding(days: -1), after: nil, limit: 10)
        if let first = overdue.first {
            throw failure(["due timer never fired: \(first.caseID) \(first.timer.name) \(first.timer.due)"])
        }
        let late = DueDate.farAhead
        let waiting = store.contents.waitingMessages(for: BreachReports.receiver, at: late, limit: 10)
        if let first = waiting.first { throw failure(["report \(first.message.dedupKey) was never delivered"]) }
        for known in audit.cases.values where known.state.status == .open {
            guard known.machine.requests(in: known.state).isEmpty, known.machine.nextDue(in: known.state) == nil
            else { continue }
            throw failure(["case \(known.id) is open, and nobody is asked for anything"])
        }
        for request in requests where !request.isSettled {
            throw failure(["request \(request.id) never had a definite answer"])
        }
    }

    private enum DueDate {
        static let farAhead = Instant(milliseconds: .max)
    }

    /// What is still on its way, without what people would have done.
    private func drained() -> EventQueue<Happening> {
        var kept = EventQueue<Happening>()
        var tie: UInt64 = 0
        while let (time, happening) = queue.pop() {
            if case .stimulus = happening { continue }
            tie += 1
            kept.push(happening, at: time, tie: tie)
        }
        return kept
    }

    private func drain() throws {
        while let (time, happening) = queue.pop() {
            clock = max(clock, time)
            step += 1
            if step > 20_000 { throw failure(["nothing comes to rest"]) }
            try dispatch(happening)
            try check()
        }
    }

    /// The end of a history: the log from its first event says what everybody holds in memory.
    func finish() throws {
        if audit.comparisons > 0 { coverage.reach("model.compared") }
        let problems = try audit.closing(store: &store, nodes: nodes)
        if !problems.isEmpty { throw failure(problems) }
    }
}
