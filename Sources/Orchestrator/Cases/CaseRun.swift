import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// Takes one case from where it stands to its end in virtual time (推演办理), with parties that answer by themselves.
///
/// A day of the office goes like this: everything newly asked for is dispatched side by side; the answers that count on
/// that day are carried out in a fixed order; then time passes, and what is due happens. Open requests and timers are read
/// from the case's state and answers depend on the seed alone, so a run that was killed and started again comes to the
/// same log as one that was not.
public struct CaseRun: Sendable {
    public let orchestrator: Orchestrator
    public let caseID: CaseID
    public let dispatcher: Dispatcher
    /// Called when the office's date moves on from one date to another, before anything happens on it; may sleep to pace
    /// the run.
    public let onDay: @Sendable (_ from: LocalDate, _ to: LocalDate) async throws -> Void
    /// Called after every command that did something, and for everything that could not be delivered.
    public let onStep: @Sendable (Step) async -> Void

    /// What a run tells about itself.
    public enum Step: Sendable {
        case performed(Performed, CaseSnapshot)
        case undelivered(Dispatch, DeliveryFailure)
        /// A party's answer that the case did not allow any more.
        case refused(Dispatch, CaseRejection)
    }

    /// Why a run stopped.
    public enum End: Sendable, Hashable {
        case closed(CaseStatus)
        /// Nothing is asked of anybody and nothing is due, yet the case is open.
        case stuck
    }

    public init(
        orchestrator: Orchestrator, caseID: CaseID, dispatcher: Dispatcher,
        onDay: @escaping @Sendable (_ from: LocalDate, _ to: LocalDate) async throws -> Void = { _, _ in },
        onStep: @escaping @Sendable (Step) async -> Void = { _ in }
    ) {
        self.orchestrator = orchestrator
        self.caseID = caseID
        self.dispatcher = dispatcher
        self.onDay = onDay
        self.onStep = onStep
    }

    /// Runs to the end.
    ///
    /// - Throws: `StoreError`, `OrchestratorError`, `CancellationError`; the case is then where its log says.
    public func run() async throws -> End {
        var agenda = Agenda()
        var snapshot = try await orchestrator.snapshot(of: caseID)
        var today = snapshot.state.asOf ?? .earliest
        while snapshot.hasWork {
            try Task.checkCancellation()
            try await dispatchNew(in: snapshot, on: today, noting: &agenda)
            if let (answer, dispatch) = agenda.takeAnswer(through: today, in: snapshot.machine) {
                let version = snapshot.state.version
                if try await !carryOut(answer, to: dispatch, on: today, &snapshot) {
                    agenda.noteRefusal(of: dispatch, version: version)
                }
            } else if let due = snapshot.machine.nextDue(in: snapshot.state), due <= today {
                let version = snapshot.state.version
                try await perform(.passTime, by: .system, on: today, key: "time.\(version)", &snapshot)
                if snapshot.state.version == version { break }
            } else {
                let dates = [snapshot.machine.nextDue(in: snapshot.state), agenda.nextDate].compactMap(\.self)
                guard let next = dates.min() else { break }
                try await onDay(today, next)
                today = next
                // Meanwhile somebody else may have acted.
                snapshot = try await orchestrator.snapshot(of: caseID)
            }
        }
        return snapshot.state.status == .open ? .stuck : .closed(snapshot.state.status)
    }

    /// Tells parties what is newly asked, side by side, and notes when they will answer.
    private func dispatchNew(
        in snapshot: CaseSnapshot, on today: LocalDate, noting agenda: inout Agenda
    ) async throws {
        guard let opening = snapshot.state.opening else { return }
        let open = snapshot.machine.requests(in: snapshot.state)
        agenda.keep(open)
        let new = open.filter { agenda.wants($0, on: today, version: snapshot.state.version) }
        guard !new.isEmpty else { return }
        let outcomes = await dispatcher.deliver(
            new.map { Dispatch(caseID: caseID, opening: opening, request: $0, today: today) })
        // What was cut off by this run's own end is nobody's failure.
        try Task.checkCancellation()
        for outcome in outcomes {
            agenda.note(outcome, on: today)
            if case .failure(let failure) = outcome.result { await onStep(.undelivered(outcome.dispatch, failure)) }
        }
    }

    /// Carries out the first of the answer's commands that the case allows.
    ///
    /// - Returns: whether the case took one, and for the first time.
    private func carryOut(
        _ answer: Answer, to dispatch: Dispatch, on today: LocalDate, _ snapshot: inout CaseSnapshot
    ) async throws -> Bool {
        var refusal: CaseRejection?
        let parties = RegisteredParties(
            registry: try await orchestrator.registry(), machine: snapshot.machine, today: today)
        let attempts = answer.commands.enumerated().flatMap { position, command in
            parties.actors(for: answer.actor).map { (position, parties.signed(command), $0) }
        }
        for (position, command, actor) in attempts {
            do {
                return try await perform(
                    command, by: actor, on: today, key: "\(dispatch.request.id).\(position)", &snapshot)
            } catch let rejection as CaseRejection {
                if refusal?.isOfPerson ?? true { refusal = rejection }
            } catch let error as OrchestratorError {
                // Somebody else's command has the key: the answer was given, though not by this run.
                guard case .keyReused = error else { throw error }
                return false
            }
        }
        if let refusal { await onStep(.refused(dispatch, refusal)) }
        return false
    }

    /// - Returns: `false` when the same was done before.
    @discardableResult
    private func perform(
        _ command: CaseCommand, by actor: Actor, on today: LocalDate, key: String, _ snapshot: inout CaseSnapshot
    ) async throws -> Bool {
        let done = try await orchestrator.perform(
            command, on: caseID, key: CommandKey("run.\(key)")!,  // names of steps are short tokens
            by: actor, on: today, at: .officeClosing(of: today), looksUp: false)
        snapshot = try await orchestrator.snapshot(of: caseID)
        await onStep(.performed(done, snapshot))
        return !done.isRepeat
    }
}

extension CaseSnapshot {
    /// Whether anything is left to do: a completed case may still have certificates to hand out and promises to check.
    fileprivate var hasWork: Bool {
        state.status == .open || (state.status == .completed && !machine.requests(in: state).isEmpty)
    }
}
