import WorkCalendar

@testable import CaseEngine
@testable import Orchestrator

/// A desk that several answers may still be waiting for after another one took its place.
final class DeskHolder {
    var desk: CaseDesk
    /// Answers that wait until a version is durable.
    var waiting: [(version: Int, job: Job)] = []

    init(_ desk: CaseDesk) { self.desk = desk }
}

/// What an answer is waiting for.
struct Job {
    enum Step {
        case refused(CaseRejection, version: Int, confirmed: Bool)
        case idle(version: Int, confirmed: Bool)
        case doneBefore(DoneCommand)
    }

    let request: Int
    let attempt: Int
    let holder: DeskHolder
    var step: Step
}

/// An append on its way, and who waits for it.
struct Pending {
    let request: Int
    let attempt: Int
    let holder: DeskHolder?
    let append: AppendRequest
    let cargo: Cargo
}

/// One process of the orchestrator: desks in memory, one commit under way at a time, a clock of its own.
struct Node {
    let number: Int
    /// Raised by every restart: what an earlier life had under way is nobody's any more.
    var life = 0
    var desks: [CaseID: DeskHolder] = [:]
    var queue: [Pending] = []
    var isCommitting = false
    /// Minutes by which its clock is wrong.
    var skew = 0
    var pausedUntil = 0

    var registry = Registry()
    var standing = Standing.unregistered
    var registryHead = Head.empty
    var registryReadAt: Int?

    init(number: Int) { self.number = number }

    mutating func restart() {
        let skew = skew
        let life = life
        self = Node(number: number)
        self.skew = skew
        self.life = life + 1
    }
}

/// What somebody wants from a node, with everything that became of it.
struct Request {
    enum Wanted {
        case command(CaseID, CaseCommand)
        case entry(RegistryEntry)
        case library(LibraryCommand)
    }

    enum Answer {
        case accepted([CaseEvent], version: Int, isRepeat: Bool)
        case entered(isRepeat: Bool)
        case refused(String)
        case unknown(String)

        /// The same words for the same answer: payloads are canonical, while dictionaries are printed in any order.
        var trace: String {
            guard case .accepted(let events, let version, let isRepeat) = self else { return "\(self)" }
            let told = events.map { "\($0.on) \($0.item ?? "") \(String(decoding: $0.payload, as: UTF8.self))" }
            return "accepted \(version)\(isRepeat ? " again" : ""): \(told.joined(separator: "; "))"
        }
    }

    let id: Int
    let wanted: Wanted
    let key: CommandKey
    let actor: Actor
    let isFromScenario: Bool
    /// The breach that it reports, by its place in the outbox.
    var message: OutboxMessage.ID?
    /// Fixed dates of scenarios; everybody else acts on the node's date.
    var on: LocalDate?
    var sent = 0
    var answers: [Answer] = []

    /// Whether it is known what became of it.
    var isSettled: Bool {
        answers.contains { if case .unknown = $0 { false } else { true } }
    }
}
