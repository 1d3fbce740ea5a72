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
