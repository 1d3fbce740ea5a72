import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// A case whose parties take times drawn from their estimates, as simulated parties do, and of which a joint item fails a
/// round with its chance; or in which everybody takes the likely time.
struct DrawnCase {
    private(set) var state = CaseState()
    /// The state after each date on which something happened, and how far the case then was in commands.
    private(set) var moments: [Moment] = []
    let machine: CaseMachine
    private let seed: UInt64?

    struct Moment {
        let state: CaseState
        let on: LocalDate
    }

    /// - Parameter seed: `nil` for the likely time.
    init(_ machine: CaseMachine, start: LocalDate, seed: UInt64?) throws {
        self.machine = machine
        self.seed = seed
        let workflow = machine.plan.workflow
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: workflow.title, owner: nil, workflow: workflow.id,
            version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: machine.plan.facts)
        try act(start, Actor(role: .applicant, name: "Owner"), .open(opening))
        var day = start
        while state.status == .open {
            machine.keepRequests(in: &state)
            let next = machine.requests(in: state).map { (on: max(day, answered($0)), request: $0) }
                .min { $0.on < $1.on }
            let due = machine.nextDue(in: state)
            if let next, next.on <= due ?? next.on {
                day = next.on
                try answer(next.request, on: day)
            } else if let due {
                day = max(day, due)
                try act(day, .system, .passTime)
            } else {
                return
            }
        }
    }

    private mutating func act(_ day: LocalDate, _ actor: Actor, _ command: CaseCommand) throws {
        _ = try machine.perform(command, on: &state, in: CaseContext(today: day, actor: actor))
        moments.append(Moment(state: state, on: day))
    }

    private mutating func answer(_ request: WorkRequest, on day: LocalDate) throws {
        let actor: Actor =
            switch request.party {
            case .applicant: Actor(role: .applicant, name: "Owner")
            case .window: Actor(role: .window, name: "Window")
            case .supervisor: Actor(role: .supervisor, name: "supervisor")
            case .department(let id): Actor(role: .department, department: id, name: request.id)
            }
        try act(day, actor, .item(request.item, command(request)))
    }

    private func answered(_ request: WorkRequest) -> LocalDate {
        guard let seed else { return machine.calendar.adding(request.estimate.likely, to: request.since) }
        var draw = NamedDraw(seed: seed, name: request.id)
        return machine.calendar.adding(draw.duration(request.estimate), to: request.since)
    }

    private func command(_ request: WorkRequest) -> ItemCommand {
        func verdict(_ participant: String) -> Verdict {
            fails(request, participant) ? .fail(points: [Point("to be mended")]) : .pass
        }
        switch request.ask {
        case .opine, .recheck:
            let participant = request.participant ?? ""
            return .opine(participant: participant, verdict: verdict(participant))
        case .holdSession(let ids):
            return .holdSession(votes: ids.map { SessionVote(participant: $0, verdict: verdict($0), signer: $0) })
        default: return request.favourableAnswer(document: request.id)
        }
    }

    /// One participant of an application finds fault, in each round with the chance of the item.
    private func fails(_ request: WorkRequest, _ participant: String) -> Bool {
        guard let seed, let joint = machine.plan[request.item]?.item.joint, let rectification = joint.rectification
        else { return false }
        var finder = NamedDraw(seed: seed, name: "\(request.item)/\(request.attempt)/finder")
        let number = Int(finder.unit() * Double(joint.participants.count))
        guard joint.participants[number].id == participant else { return false }
        var round = NamedDraw(seed: seed, name: "\(request.item)/\(request.attempt)/\(request.round)")
        return round.unit() < rectification.chance
    }
}

/// Random numbers that depend on a seed and a name alone.
struct NamedDraw {
    private var state: UInt64

    init(seed: UInt64, name: String) {
        state = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        state ^= seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// In [0, 1).
    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }

    /// Triangular, to whole days.
    mutating func duration(_ estimate: DurationEstimate) -> DayAmount {
        let (low, mode, high) = (estimate.min.days, estimate.likely.days, estimate.max.days)
        guard low < high else { return estimate.likely }
        let u = unit()
        let value =
            u < (mode - low) / (high - low)
            ? low + (u * (high - low) * (mode - low)).squareRoot()
            : high - ((1 - u) * (high - low) * (high - mode)).squareRoot()
        let minutes = min(max(value.rounded(), low), high) * Double(DayAmount.minutesPerDay)
        return DayAmount(minutes: Int(minutes.rounded()), unit: estimate.unit)
    }
}
