import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// How histories end: everything heals, or is only looked at once more.
extension Simulator {
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
        let waiting = store.contents.waitingMessages(for: RegistryReports.receiver, at: late, limit: 10)
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
