import CaseEngine
import Crypto
import WorkCalendar
import WorkflowModel

/// One change of rules over many cases (批量变更): a migration to another version, or a new version of a calendar.
///
/// Each case is decided on its own, so one that refuses holds up no other. The key of a case's command is made of the
/// command and of the version of the case, and what was done is seen in the case: a run that was killed is simply
/// started again.
public struct RuleChange: Sendable {
    public let command: CaseCommand
    public let actor: Actor
    public let date: LocalDate
    public let at: Instant
    private let orchestrator: Orchestrator

    /// What became of one case.
    public enum Outcome: Sendable, Hashable {
        case changed([CaseEvent])
        case refused(CaseRejection)
        /// It goes by these rules already, or counts on another calendar.
        case unchanged
    }

    public init(
        _ command: CaseCommand, by actor: Actor, on date: LocalDate, at: Instant, orchestrator: Orchestrator
    ) {
        precondition(command.changesRules, "a change of rules")
        self.command = command
        self.actor = actor
        self.date = date
        self.at = at
        self.orchestrator = orchestrator
    }

    /// So many cases are in the hand at a time: enough to share transactions, few enough to stay in memory.
    static let batch = 512

    /// Carries the change out, or only looks what it would do, and tells the outcomes in the order of the cases.
    ///
    /// - Throws: `StoreError`, `OrchestratorError`; what was told before has happened.
    public func apply(
        to cases: [CaseID], isPreview: Bool = false, onEach: (CaseID, Outcome) async throws -> Void
    ) async throws {
        var start = 0
        while start < cases.count {
            let batch = cases[start..<min(start + Self.batch, cases.count)]
            start += batch.count
            let outcomes = try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
                for (position, id) in batch.enumerated() {
                    group.addTask { (position, try await outcome(of: id, isPreview: isPreview)) }
                }
                var outcomes = [Outcome](repeating: .unchanged, count: batch.count)
                for try await (position, outcome) in group { outcomes[position] = outcome }
                return outcomes
            }
            for (id, outcome) in zip(batch, outcomes) {
                try await onEach(id, outcome)
                await orchestrator.release(id)
            }
        }
    }

    private func outcome(of id: CaseID, isPreview: Bool) async throws -> Outcome {
        do {
            if isPreview {
                return .changed(try await orchestrator.preview(command, on: id, by: actor, on: date).events)
            }
            let before = try await orchestrator.snapshot(of: id).state.version
            guard let key = CommandKey("rules.\(name).\(before)") else {
                preconditionFailure("hexadecimal digits and a number are a key")
            }
            return .changed(
                try await orchestrator.perform(command, on: id, key: key, by: actor, on: date, at: at).events)
        } catch let rejection as CaseRejection {
            switch rejection {
            case .alreadyGoverned, .otherCalendar: return .unchanged
            default: return .refused(rejection)
            }
        }
    }

    /// The same for the same command of the same person.
    private var name: String {
        SHA256.hash(data: command.statement(by: actor)).prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

extension Orchestrator {
    /// Makes a text that is not published known to previews, and to nothing else.
    public func consider(_ publication: PublishedText, _ workflow: WorkflowDefinition) {
        rules.put(workflow, workflow.id, workflow.version, publication.hash.description)
    }

    /// Makes a calendar that is not published known to previews, and to nothing else.
    public func consider(_ calendar: WorkCalendar) { rules.put(calendar, calendar.id, calendar.version) }
}
