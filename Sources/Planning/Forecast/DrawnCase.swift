import CaseEngine
import WorkCalendar
import WorkflowModel

/// A case in virtual time, alone (抽样办件): every request is answered on the date and with the commands that somebody
/// gives.
public struct DrawnCase {
    public private(set) var state = CaseState()
    /// The state after each command, and the date on which it was given.
    public private(set) var moments: [Moment] = []
    public let machine: CaseMachine
    private let keepsMoments: Bool

    public struct Moment: Sendable {
        public let state: CaseState
        public let on: LocalDate
    }

    /// Who answers a request that is put to him on a date; `nil` never does.
    public typealias Parties = (WorkRequest, LocalDate) -> Answer?

    /// A case whose parties take times drawn from their estimates and meet with what need not happen.
    ///
    /// - Parameter seed: `nil` for the likely time.
    /// - Throws: `CaseRejection` when the case cannot be opened.
    public init(_ machine: CaseMachine, start: LocalDate, seed: UInt64?) throws {
        try self.init(machine, start: start, parties: Self.simulated(machine, seed: seed))
    }

    /// - Parameter toTheLastCheck: whether it goes on after the case is complete, to later checks.
    public init(
        _ machine: CaseMachine, start: LocalDate, parties: Parties, toTheLastCheck: Bool = false,
        keepsMoments: Bool = true
    ) throws {
        self.machine = machine
        self.keepsMoments = keepsMoments
        let workflow = machine.plan.workflow
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: workflow.title, owner: nil, workflow: workflow.id,
            version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: machine.plan.facts)
        _ = try act(start, Actor(role: .applicant, name: "Owner"), .open(opening))
        var day = start
        // By request: the version of the case that did not allow its answer.
        var barred: [String: Int] = [:]
        while state.status == .open || (toTheLastCheck && state.status == .completed) {
            machine.keepRequests(in: &state)
            let answers = machine.requests(in: state).compactMap { request in
                barred[request.id] == state.version ? nil : parties(request, day).map { (request.id, $0) }
            }
            let next = answers.min { $0.1.on < $1.1.on }
            let due = state.status == .open ? machine.nextDue(in: state) : nil
            if let next, next.1.on <= due ?? next.1.on {
                day = max(day, next.1.on)
                let version = state.version
                let isDone = next.1.commands.contains { (try? act(day, next.1.actor, $0)) == true }
                if !isDone { barred[next.0] = version }
            } else if let due {
                day = max(day, due)
                _ = try act(day, .system, .passTime)
            } else {
                return
            }
        }
    }

    /// Parties that take times drawn by the seed; `nil` for the likely time.
    public static func simulated(_ machine: CaseMachine, seed: UInt64?) -> Parties {
        let parties = SimulatedParties(
            plan: machine.plan, calendar: machine.calendar, seed: seed ?? 0, basis: seed == nil ? .likely : .drawn)
        return { request, today in
            parties.isGivenUp(request)
                ? nil : parties.answer(to: .init(request, caseID: "case", applicant: "Owner"), on: today)
        }
    }

    /// - Returns: whether anything happened.
    private mutating func act(_ day: LocalDate, _ actor: Actor, _ command: CaseCommand) throws -> Bool {
        let events = try machine.perform(command, on: &state, in: CaseContext(today: day, actor: actor))
        if keepsMoments, !events.isEmpty { moments.append(Moment(state: state, on: day)) }
        return !events.isEmpty
    }
}
