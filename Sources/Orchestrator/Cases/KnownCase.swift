import CaseEngine
import Crypto
import WorkCalendar

/// A case as its log has it up to a head, and what reading it took.
struct KnownCase: Sendable {
    var machine: CaseMachine
    var state: CaseState
    var head: Head
    /// The keys of all commands so far.
    var done: [CommandKey: DoneCommand]

    /// A case without a log yet.
    init(unopened machine: CaseMachine) {
        self.init(machine: machine, state: CaseState(), head: .empty, done: [:])
    }

    init(machine: CaseMachine, state: CaseState, head: Head, done: [CommandKey: DoneCommand]) {
        self.machine = machine
        self.state = state
        self.head = head
        self.done = done
    }

    /// Takes the next event of the log.
    ///
    /// - Parameter rules: those that hold after it, when it changed them.
    mutating func take(_ event: CaseEvent, _ record: EventRecord, under rules: CaseMachine?) {
        if let rules { machine = rules }
        machine.evolve(&state, by: event)
        let start = done[record.key]?.events.lowerBound ?? record.sequence
        done[record.key] = DoneCommand(events: start..<record.sequence + 1)
        head = Head(version: record.sequence, hash: record.hash)
    }
}

/// A command that had its effect.
struct DoneCommand: Sendable {
    /// The sequences of its events.
    var events: Range<Int>
    /// What was said and by whom; `nil` when the store has to be asked.
    var fingerprint: [UInt8]?

    /// 16 bytes of the SHA-256 of a command with its actor. An opening has none: its case is compared with it.
    static func fingerprint(of command: CaseCommand, by actor: Actor) -> [UInt8]? {
        if case .open = command { return nil }
        return Array(SHA256.hash(data: command.statement(by: actor)).prefix(16))
    }
}
