import WorkCalendar
import WorkflowModel

extension CaseRules {
    /// Asks all participants at once: one dispatch.
    func dispatch(_ item: inout ItemState, at index: Int, on: LocalDate) {
        let isSession = self.item(index).isSession
        item.status = isSession ? .inSession : .opining
        item.joint?.finish(.admission, on: on)
        if isSession { item.joint?.begin(.session, on: on) }
        item.joint?.ask(on: on) { participant in
            isSession ? nil : .participant(participant.id)
        }
    }

    func applyJoint(_ event: CaseEvent, to item: inout ItemState, at index: Int, firstNumber: Int) {
        let on = event.on
        switch event.what {
        case .opinionGiven(let participant, _, let verdict, let seen):
            item.joint?.answer(participant, verdict, seen: seen, as: .answered, by: event.by.name, on: on)
        case .opinionDeemed(let participant, _):
            item.joint?.answer(participant, .pass, seen: item.revision, as: .deemed, by: nil, on: on)
        case .sessionHeld(let votes, let seen):
            for vote in votes {
                item.joint?.answer(
                    vote.participant, vote.verdict, seen: seen, as: .answered, by: vote.signer, on: on)
            }
            item.joint?.visit = nil
            item.joint?.finish(.session, on: on)
            item.joint?.begin(.merge, on: on)
            item.status = .merging
        case .opinionsClosed(let round, let released):
            item.joint?.visit = nil
            for participant in released { item.joint?.release(participant, on: on) }
            if round == 0 {
                item.joint?.begin(.merge, on: on)
            } else {
                item.joint?.finish(.recheck(round: round), on: on)
            }
            item.status = .merging
        case .merged(let round, let passed, let rectify, let points, _):
            item.joint?.finish(.merge, on: on)
            item.joint?.passed = passed
            item.joint?.notice = points
            if rectify {
                item.joint?.round = round + 1
                item.joint?.begin(.rectification(round: round + 1), on: on)
                item.status = .rectifying
                item.stops.append(ClockStop(stop: on, reason: .rectification, basis: ""))
            } else {
                item.joint?.begin(.conclusion, on: on)
                item.status = .concluding
            }
        case .rectified(let round, let resumes, let supplied, _):
            item.closeStop(on: resumes)
            item.use(supplied, firstNumber: firstNumber)
            item.joint?.note(changed: supplied)
            item.joint?.finish(.rectification(round: round), on: on)
            if let rectification = self.item(index).joint?.rectification, rectification.recheck != nil {
                item.joint?.begin(.recheck(round: round), on: on)
                item.joint?.ask(on: on, failedOnly: rectification.failedOnly) { _ in nil }
                item.status = .rechecking
            } else {
                item.joint?.passed = true
                item.joint?.begin(.conclusion, on: on)
                item.status = .concluding
            }
        default: break
        }
    }
}

extension JointState {
    mutating func begin(_ phase: JointPhase, on date: LocalDate) {
        phases.append(PhaseSpan(phase: phase, start: date))
    }

    mutating func finish(_ phase: JointPhase, on date: LocalDate) {
        guard let position = phases.lastIndex(where: { $0.phase == phase && $0.finish == nil }) else { return }
        phases[position].finish = date
    }

    /// Asks the participants, each of whom begins the phase that is its own.
    mutating func ask(on date: LocalDate, failedOnly: Bool = false, phase: (ParticipantState) -> JointPhase?) {
        for position in participants.indices {
            participants[position].raised = []
            if failedOnly, !participants[position].hasFailed {
                participants[position].standing = .idle
                continue
            }
            participants[position].standing = .asked
            participants[position].askedOn = date
            participants[position].answeredOn = nil
            if let phase = phase(participants[position]) { begin(phase, on: date) }
        }
    }

    mutating func answer(
        _ id: String, _ verdict: Verdict, seen: Int, as standing: ParticipantState.Standing, by officer: String?,
        on date: LocalDate
    ) {
        guard let position = participants.firstIndex(where: { $0.id == id }) else { return }
        participants[position].standing = standing
        participants[position].officer = officer ?? participants[position].officer
        participants[position].answeredOn = date
        participants[position].verdict = verdict
        participants[position].seen = seen
        participants[position].limits = nil
        for point in verdict.points where !participants[position].points.contains(point) {
            participants[position].points.append(point)
        }
        finish(.participant(id), on: date)
    }

    mutating func release(_ id: String, on date: LocalDate) {
        guard let position = participants.firstIndex(where: { $0.id == id }) else { return }
        participants[position].standing = .released
        participants[position].limits = nil
        finish(.participant(id), on: date)
    }

    /// Ends what is open when the application ends.
    mutating func end(on date: LocalDate) {
        visit = nil
        standing = []
        for participant in participants where participant.standing == .asked { release(participant.id, on: date) }
        for position in phases.indices where phases[position].finish == nil { phases[position].finish = date }
    }

    /// Whether the opinions so far are enough under the rule.
    func isPassed(under rule: PassRule) -> Bool {
        let passes = participants.count { $0.verdict?.passes == true }
        let involved = participants.count { $0.verdict != .notInvolved }
        return rule.isMet(passes: passes, participants: involved)
    }

    var outstanding: [String] { participants.filter { $0.standing == .asked }.map(\.id) }
}

extension ParticipantState {
    var hasFailed: Bool { if case .fail = verdict { true } else { false } }
}
