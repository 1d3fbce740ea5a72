import Crypto
import Foundation
import TestSupport
import WorkCalendar

@testable import CaseEngine
@testable import Orchestrator

/// What a node does with a request: what ``CaseSession`` and ``Orchestrator`` do with waiting, in steps.
extension Simulator {
    private static let attempts = 32

    func perform(_ id: Int, at node: Int, attempt: Int) throws {
        let request = requests[id]
        switch request.wanted {
        case .entry(let entry): try enter(entry, id, at: node, attempt: attempt)
        case .library(let command): try tend(command, id, at: node, attempt: attempt)
        case .command(let caseID, let command):
            for _ in 0..<Self.attempts {
                guard let holder = try holder(of: caseID, for: command, at: node) else {
                    return answer(id, .refused("unknownCase"), attempt: attempt)
                }
                if case .open(let opening) = command, let opened = holder.desk.state.opening, opened != opening {
                    return answer(id, .refused(CaseRejection.caseAlreadyOpen.code), attempt: attempt)
                }
                if try decide(command, request, holder, at: node, attempt: attempt) { return }
                drop(holder, at: node)
            }
            throw failure(["request \(id) was decided \(Self.attempts) times in vain"])
        }
    }

    /// - Returns: `false` when the desk was stale.
    private func decide(
        _ command: CaseCommand, _ request: Request, _ holder: DeskHolder, at node: Int, attempt: Int
    ) throws -> Bool {
        let today = request.on ?? self.today(node)
        let standing = request.actor.role == .system ? .unregistered : try standing(at: node)
        let context = CaseContext(
            today: today, actor: request.actor, standing: standing,
            earliestFinish: workload.scenario?.earliestFinish ?? today.adding(days: 2))
        let at = request.on.map { Instant.officeClosing(of: $0) } ?? instant(node)
        note(
            "node \(node) decides request \(request.id) key \(request.key): \(command.name) \(command.item ?? "") by \(request.actor.label) on \(today)"
        )
        var job = Job(request: request.id, attempt: attempt, holder: holder, step: .idle(version: 0, confirmed: false))
        switch holder.desk.decide(
            command, key: request.key, in: context, at: at, finding: { workload.book.machine(for: $0) })
        {
        case .stale: return false
        case .toAppend(let events, let append):
            nodes[node].queue.append(
                Pending(
                    request: request.id, attempt: attempt, holder: holder, append: append, cargo: .events(events)))
            startCommit(node)
            return true
        case .refused(let rejection, let version):
            job.step = .refused(rejection, version: version, confirmed: false)
        case .idle(let version): job.step = .idle(version: version, confirmed: false)
        case .doneBefore(let done): job.step = .doneBefore(done)
        }
        try answer(job, at: node)
        return true
    }

    // MARK: Desks

    private func holder(of id: CaseID, for command: CaseCommand, at node: Int) throws -> DeskHolder? {
        if let known = nodes[node].desks[id] {
            if !known.desk.isStale { return known }
            drop(known, at: node)
        }
        if let loaded = nodes[node].desks[id] { return loaded }
        if let known = try load(id, after: nil) {
            let holder = DeskHolder(CaseDesk(id, known))
            nodes[node].desks[id] = holder
            return holder
        }
        guard case .open(let opening) = command, let machine = workload.book.machine(for: CaseGoverning(opening))
        else { return nil }
        // Nobody else sees the desk before the case exists.
        return DeskHolder(CaseDesk(id, KnownCase(unopened: machine)))
    }

    /// Takes a desk that cannot be trusted away, and brings the case up from what it knew.
    func drop(_ holder: DeskHolder, at node: Int, forgetting: Bool = false) {
        let id = holder.desk.id
        guard nodes[node].desks[id] === holder else { return }
        nodes[node].desks[id] = nil
        if forgetting { return }
        if let known = try? load(id, after: holder.desk.known) {
            nodes[node].desks[id] = DeskHolder(CaseDesk(id, known))
        }
    }

    private func load(_ id: CaseID, after known: KnownCase?) throws -> KnownCase? {
        if let known {
            let newer = store.contents.events(of: id, after: known.head.version, limit: .max)
            if newer.first.map({ $0.previousHash == known.head.hash }) ?? true {
                return try replay(newer, onto: known)
            }
        }
        let records = store.contents.events(of: id, after: 0, limit: .max)
        guard let first = records.first, case .caseOpened(let opening) = try store.event(first).what,
            let machine = workload.book.machine(for: CaseGoverning(opening))
        else { return nil }
        return try replay(records, onto: KnownCase(unopened: machine))
    }

    private func replay(_ records: [EventRecord], onto known: KnownCase) throws -> KnownCase {
        var known = known
        for record in records {
            let event = try store.event(record)
            let rules = known.state.governing(after: event).flatMap { workload.book.machine(for: $0) }
            known.take(event, record, under: rules)
        }
        return known
    }

    // MARK: Answers

    /// Answers, or waits until what the answer rests on is durable.
    private func answer(_ job: Job, at node: Int) throws {
        let version: Int
        switch job.step {
        case .refused(_, let rests, _), .idle(let rests, _): version = rests
        case .doneBefore(let done): version = done.events.upperBound - 1
        }
        switch job.holder.desk.isDurable(version) {
        case nil: job.holder.waiting.append((version, job))
        case false?: try again(job, at: node)
        case true?: try goOn(job, at: node)
        }
    }

    private func goOn(_ job: Job, at node: Int) throws {
        switch job.step {
        case .refused(_, _, confirmed: false), .idle(_, confirmed: false):
            // The store is asked where the log ends; that takes its time too.
            var random = stream(7, job.request * 64 + job.attempt)
            let delay = random.chance(faults.store) ? random.number(1...500) : 0
            if delay > 0 || random.chance(10) {
                push(.headRead(node: node, life: nodes[node].life, job), in: delay, &random)
            } else {
                try confirm(job, at: node)
            }
        case .refused(let rejection, _, _): answer(job.request, .refused(rejection.code), attempt: job.attempt)
        case .idle(let version, _):
            answer(job.request, .accepted([], version: version, isRepeat: false), attempt: job.attempt)
        case .doneBefore(let done): try answerAgain(job, done)
        }
    }

    func confirm(_ job: Job, at node: Int) throws {
        let stored = store.contents.head(of: job.holder.desk.id)?.version ?? 0
        job.holder.desk.see(stored: stored)
        var job = job
        switch job.step {
        case .refused(let rejection, let version, _):
            job.step = .refused(rejection, version: max(version, stored), confirmed: true)
        case .idle(let version, _): job.step = .idle(version: max(version, stored), confirmed: true)
        case .doneBefore: break
        }
        try wake(job.holder, at: node)
        try answer(job, at: node)
    }

    private func again(_ job: Job, at node: Int) throws {
        drop(job.holder, at: node)
        try perform(job.request, at: node, attempt: job.attempt)
    }

    private func answerAgain(_ job: Job, _ done: DoneCommand) throws {
        let request = requests[job.request]
        guard case .command(let id, let command) = request.wanted else { return }
        if case .open = command {
        } else {
            var fingerprint = done.fingerprint
            if fingerprint == nil {
                fingerprint = store.contents.answer(of: id, to: request.key)?.answer
                job.holder.desk.note(fingerprint: fingerprint, of: request.key)
            }
            guard fingerprint == [] || fingerprint == DoneCommand.fingerprint(of: command, by: request.actor) else {
                return answer(job.request, .refused("keyReused"), attempt: job.attempt)
            }
        }
        let records = store.contents.events(
            of: id, after: done.events.lowerBound - 1, limit: done.events.count)
        let events = try records.map { try store.event($0) }
        answer(
            job.request, .accepted(events, version: done.events.upperBound - 1, isRepeat: true), attempt: job.attempt)
    }

    private func wake(_ holder: DeskHolder, at node: Int) throws {
        let ready = holder.waiting.filter { holder.desk.isDurable($0.version) != nil }
        holder.waiting.removeAll { holder.desk.isDurable($0.version) != nil }
        for (_, job) in ready { try answer(job, at: node) }
    }

    // MARK: Outcomes

    func settle(_ outcomes: [(Pending, Result<AppendOutcome, StoreError>)], at node: Int) throws {
        nodes[node].isCommitting = false
        startCommit(node)
        for (pending, outcome) in outcomes {
            guard let holder = pending.holder else {
                try settleOffice(pending, outcome, at: node)
                continue
            }
            if let head = holder.desk.settle(outcome) {
                if head.version == pending.append.events.count { nodes[node].desks[holder.desk.id] = holder }
                guard case .events(let events) = pending.cargo else { continue }
                answer(
                    pending.request, .accepted(events, version: head.version, isRepeat: false),
                    attempt: pending.attempt)
                try wake(holder, at: node)
                continue
            }
            switch outcome {
            case .failure(let error):
                drop(holder, at: node, forgetting: true)
                answer(pending.request, .unknown(error.code.rawValue), attempt: pending.attempt)
            case .success:
                drop(holder, at: node)
                try perform(pending.request, at: node, attempt: pending.attempt)
            }
            try wake(holder, at: node)
        }
    }
}
