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
}
