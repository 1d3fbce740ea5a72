import CaseEngine
import WorkCalendar
import WorkflowModel

/// One case of a portfolio: its state and what its parties have been asked. An object of one run, as it is large and
/// changes in place.
final class MemberCase {
    let opening: CaseOpening
    private let applicant: String
    let parties: SimulatedParties
    private let id: String
    private let machine: CaseMachine
    private(set) var state = CaseState()
    var open: [OpenRequest] = []
    private var seenStatus = CaseStatus.unopened

    init(_ member: PortfolioSimulation.Member, parties: SimulatedParties) {
        opening = member.opening
        applicant = SimulatedParties.applicant(of: member.opening)
        id = member.id
        machine = member.machine
        self.parties = parties
    }

    func joint(_ item: String) -> JointProcedure? { machine.plan[item]?.item.joint }
    var calendar: WorkCalendar { machine.calendar }
    /// Who opens the case.
    var owner: Actor { Actor(role: .applicant, name: applicant) }
    var nextDue: LocalDate? { machine.nextDue(in: state) }

    /// A completed case may still have certificates to hand out and promises to check.
    var hasWork: Bool { state.status == .open || (state.status == .completed && !open.isEmpty) }

    /// - Returns: what happened; `nil` when the case does not allow it.
    func perform(_ command: CaseCommand, by actor: Actor, on today: LocalDate) -> [CaseEvent]? {
        try? machine.perform(command, on: &state, in: CaseContext(today: today, actor: actor))
    }

    // MARK: Requests

    /// Learns what is asked now.
    /// - Returns: what is asked no more.
    func refresh() -> [OpenRequest] {
        // Taken out while it is looked at: reading a property of an object copies it whole.
        var state = CaseState()
        swap(&state, &self.state)
        defer { swap(&state, &self.state) }
        var changed = machine.keepRequests(in: &state)
        if state.status != seenStatus {
            seenStatus = state.status
            changed = Array(state.items.indices)
        }
        guard !changed.isEmpty else { return [] }
        var gone: [OpenRequest] = []
        for item in changed {
            let asked = machine.requests(ofItemAt: item, in: state)
            for place in open.indices.reversed() where open[place].item == item {
                if !asked.contains(where: { $0.id == open[place].request.id }) {
                    gone.append(open.remove(at: place))
                }
            }
            for request in asked where !open.contains(where: { $0.item == item && $0.request.id == request.id }) {
                open.append(OpenRequest(item: item, request: request))
            }
        }
        sort()
        return gone
    }

    /// The first request that nobody has been told of, or whose answer the case may allow by now.
    var firstNew: OpenRequest? {
        open.first {
            switch $0.standing {
            case .new: true
            case .refused(let version): version != state.version
            case .answers, .waits, .posted: false
            }
        }
    }

    func question(_ open: OpenRequest) -> SimulatedParties.Question {
        SimulatedParties.Question(open.request, caseID: id, applicant: applicant)
    }

    func request(ofTicket ticket: Int) -> OpenRequest? {
        open.first {
            if case .waits(ticket) = $0.standing { true } else { false }
        }
    }

    /// The earliest date on which a party answers.
    var nextAnswer: LocalDate? {
        var next: LocalDate?
        for request in open {
            if case .answers(let on, _, _, _) = request.standing { next = min(next ?? on, on) }
        }
        return next
    }

    /// Takes the next answer that counts on or before a date: of one date by place in the plan and name.
    func takeAnswer(through today: LocalDate) -> OpenRequest? {
        var first: (place: Int, on: LocalDate)?
        for (place, request) in open.enumerated() {
            // They lie in the order of plan and name already.
            if case .answers(let on, _, _, _) = request.standing, on <= today, on < first?.on ?? .latest {
                first = (place, on)
            }
        }
        return first.map { open.remove(at: $0.place) }
    }

    /// The case, at that version, did not allow the answer; it is asked again when the case has moved on.
    func noteRefusal(_ refused: OpenRequest, version: Int) {
        refused.standing = .refused(version: version)
        open.append(refused)
        sort()
    }

    /// In the order of the plan, whichever item changed first.
    private func sort() {
        open.sort { a, b in a.item != b.item ? a.item < b.item : a.request.id < b.request.id }
    }
}

/// A request that is open, and how far it is; an object of one run.
final class OpenRequest {
    /// The item's place in the plan.
    let item: Int
    /// As it was when it was put to the party.
    let request: WorkRequest
    var standing = Standing.new

    init(item: Int, request: WorkRequest) {
        self.item = item
        self.request = request
    }

    enum Standing {
        case new
        /// For teams of departments.
        case waits(ticket: Int)
        /// On a date; asked and, after a wait, begun on others, with the ticket for the teams that it keeps busy.
        case answers(on: LocalDate, asked: LocalDate, begun: LocalDate?, ticket: Int?)
        /// The party knows and does not answer.
        case posted
        /// The case, at that version, did not allow the answer.
        case refused(version: Int)
    }
}
