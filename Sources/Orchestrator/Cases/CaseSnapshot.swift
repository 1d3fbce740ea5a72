import CaseEngine
import WorkflowModel

/// A case as it stood at one moment: its rules and its state.
public struct CaseSnapshot: Sendable {
    public let id: CaseID
    public let machine: CaseMachine
    public let state: CaseState

    public init(id: CaseID, machine: CaseMachine, state: CaseState) {
        self.id = id
        self.machine = machine
        self.state = state
    }
}

/// What came of a command that was carried out (办理结果).
public struct Performed: Sendable {
    /// What happened, in order; empty when there was nothing to do.
    public let events: [CaseEvent]
    /// The number of the case's last event then.
    public let version: Int
    /// Whether the command had been carried out before under the same key; nothing happened a second time.
    public let isRepeat: Bool

    public init(events: [CaseEvent], version: Int, isRepeat: Bool) {
        self.events = events
        self.version = version
        self.isRepeat = isRepeat
    }
}
