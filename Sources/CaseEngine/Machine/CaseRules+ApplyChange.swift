import WorkCalendar
import WorkflowModel

extension CaseRules {
    /// Meetings, conflicts and changed documents of a joint item.
    func applyChange(_ event: CaseEvent, to item: inout ItemState, at index: Int, firstNumber: Int) {
        let on = event.on
        switch event.what {
        case .visitProposed(let date, let remote, let answerBy):
            item.joint?.visits += 1
            item.joint?.visit = VisitState(proposed: date, proposedOn: on, isRemote: remote, answerBy: answerBy)
        case .visitAnswered(let participant, let dates):
            item.joint?.visit?.answers.append(VisitAnswer(participant: participant, dates: dates))
        case .visitFixed(let date, _): item.joint?.visit?.fixed = date
        case .visitLapsed: item.joint?.visit = nil
        case .visitHeld(let votes, _, _, let deemed, _, _, let seen):
            item.joint?.visit = nil
            if self.item(index).provisions.visit { item.withAftermath { $0.visitedOn = on } }
            for vote in votes {
                item.joint?.answer(
                    vote.participant, vote.verdict, seen: seen, as: .answered, by: vote.officers.first, on: on)
            }
            for participant in deemed {
                item.joint?.answer(participant, .pass, seen: seen, as: .deemed, by: nil, on: on)
            }
            if item.status == .inSession, item.joint?.outstanding.isEmpty == true {
                item.joint?.finish(.session, on: on)
                item.joint?.begin(.merge, on: on)
                item.status = .merging
            }
        case .conflictMarked(_, let first, let second):
            let round = item.joint?.round ?? 0
            item.joint?.conflicts.append(PointConflict(first: first, second: second, round: round, markedOn: on))
        case .conflictResolved(let number, let resolution):
            if item.joint?.conflicts.indices.contains(number - 1) == true {
                item.joint?.conflicts[number - 1].resolution = resolution
            }
        case .reopened(let round, let supplied, let touched, _):
            if item.status.isFinished { openGrant(of: &item, at: index, on: on) }
            item.use(supplied, firstNumber: firstNumber)
            if item.joint == nil { item.withAftermath { $0.changes = round } }
            item.joint?.note(changed: supplied)
            item.joint?.reopen(round: round, touched: touched, on: on)
            item.status = item.joint == nil ? .inReview : .rechecking
        case .changeEnded:
            guard let grant = item.standingGrant else { return }
            item.end(grant.status, on: on)
            item.restore(grant)
        default: break
        }
    }

    /// A change to what was granted has a clock of its own; the time of the grant was used all the same.
    private func openGrant(of item: inout ItemState, at index: Int, on: LocalDate) {
        item.past += heldTimes(of: item, at: index, closedOn: nil)
        let grant = StandingGrant(
            status: item.status, admittedOn: item.admittedOn, finishedOn: item.finishedOn, endedOn: item.endedOn,
            issuedOn: item.issuedOn, documents: item.documents, participants: item.joint?.participants ?? [],
            passed: item.joint?.passed, signatures: item.signatures)
        if item.joint == nil {
            item.withAftermath {
                $0.standing = [grant]
                $0.legality = nil
                if $0.reviewBeganOn != nil { $0.reviewBeganOn = on }
            }
            item.signatures = []
            item.supplement = nil
        }
        if item.rare.first != nil {
            item.withAftermath {
                $0.referral = nil
                $0.measurement = nil
            }
        }
        item.joint?.standing = [grant]
        item.joint?.phases = []
        item.admittedOn = on
        item.finishedOn = nil
        item.endedOn = nil
        item.issuedOn = nil
        item.stops = []
        item.extended = nil
        item.raised = []
    }
}

extension ItemState {
    /// What stands while a change to it is looked at, and if the change comes to nothing; `nil` when none is.
    public var standingGrant: StandingGrant? {
        guard !status.isFinished else { return nil }
        return joint?.standing.last ?? rare.first?.standing.last
    }

    /// The grant stands as it did before the change.
    fileprivate mutating func restore(_ grant: StandingGrant) {
        admittedOn = grant.admittedOn
        finishedOn = grant.finishedOn
        endedOn = grant.endedOn
        issuedOn = grant.issuedOn
        documents = grant.documents
        joint?.participants = grant.participants
        joint?.passed = grant.passed
        if joint == nil { signatures = grant.signatures }
    }
}

extension JointState {
    mutating func note(changed supplied: [SuppliedMaterial]) {
        changed = supplied.map(\.material)
        changedParts = [:]
        for document in supplied { changedParts[document.material] = document.parts }
    }

    /// Whether a point concerns what changed last.
    func isInChanged(_ point: Point) -> Bool {
        guard let material = point.material, changed.contains(material) else { return false }
        guard let parts = changedParts[material] else { return true }
        return point.part.map { parts.contains($0) } ?? false
    }

    /// Asks those who looked at what changed; every other opinion stands.
    fileprivate mutating func reopen(round: Int, touched: [String], on date: LocalDate) {
        for position in phases.indices where phases[position].finish == nil { phases[position].finish = date }
        self.round = round
        reopenings += 1
        passed = nil
        notice = []
        visit = nil
        begin(.recheck(round: round), on: date)
        for position in participants.indices {
            participants[position].raised = []
            guard touched.contains(participants[position].id) else {
                participants[position].standing = .idle
                continue
            }
            participants[position].standing = .asked
            participants[position].askedOn = date
            participants[position].answeredOn = nil
            participants[position].verdict = nil
        }
    }
}
