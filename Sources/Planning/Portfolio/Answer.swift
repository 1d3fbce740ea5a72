import CaseEngine
import WorkCalendar

/// An answer that is to be given on a date (答复).
public struct Answer: Sendable {
    public let on: LocalDate
    /// In order of preference: the first that the case allows is carried out.
    public let commands: [CaseCommand]
    public let actor: Actor

    public init(on: LocalDate, commands: [CaseCommand], actor: Actor) {
        self.on = on
        self.commands = commands
        self.actor = actor
    }
}
