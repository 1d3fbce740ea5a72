import WorkCalendar
import WorkflowModel

/// Rules of a joint item: opinions in parallel, one notice, rectification in bounded rounds, a recheck by those who did
/// not pass, one conclusion by the lead.
extension Deciding {
    mutating func decideJoint(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        switch command {
        case .opine(let participant, let verdict): try opine(participant, verdict, index)
        case .holdSession(let votes): try holdSession(votes, index)
        case .merge(let note):
            try require(department(of: index))
            if status(index) == .opining || status(index) == .rechecking {
                throw .opinionsOutstanding(state.items[index].joint?.outstanding ?? [])
            }
            try requireStatus(index, .merging)
            try requireRunning(index)
            let open = openConflicts(index)
            guard open.isEmpty else { throw .conflictsOpen(open) }
            merge(note: note, index)
            concludeByItself(index)
        case .rectify(let materials, let note): try rectify(materials, note, index)
        case .conclude(let decision):
            if actor.role == .window, case .refused = decision { throw .windowMayNotRefuse }
            try require(department(of: index))
            if status(index) == .opining || status(index) == .rechecking {
                throw .opinionsOutstanding(state.items[index].joint?.outstanding ?? [])
            }
            try requireStatus(index, .concluding)
            try requireNoPause(index)
            // What an appeal has annulled is decided anew, whatever the opinions came to.
            let isReopened = state.items[index].aftermath?.isReopened == true
            let passed = state.items[index].joint?.passed == true
            let isRefusal = if case .refused = decision { true } else { false }
            // A broken promise is a reason of its own to refuse what the participants passed.
            if isRefusal == passed, state.items[index].gaps?.isBroken != true, !isReopened {
                throw .outcomeContradictsOpinions(passed: passed)
            }
            if !passed, !isRefusal, !isReopened { throw .outcomeContradictsOpinions(passed: passed) }
            if case .refused(let reasons, let appeal) = decision, state.items[index].standingGrant != nil {
                try requireReasons(reasons, appeal)
                emit(.changeEnded(reason: reasons, appeal: appeal), to: index)
            } else {
                try emitDecision(decision, index)
            }
        default: break
        }
    }

    private mutating func opine(_ id: String, _ verdict: Verdict, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        guard let definition = definition(index).joint?.participants.first(where: { $0.id == id }) else {
            throw .unknownParticipant(item: item.id, participant: id)
        }
        try require(.department(definition.department))
        guard let participant = item.joint?.participants.first(where: { $0.id == id }) else {
            throw .notNow(item: item.id, status: item.status)  // not filed yet
        }
        if participant.standing == .answered || participant.standing == .deemed {
            throw .alreadyAnswered(participant: id)
        }
        try requireStatus(index, .opining, .rechecking)
        try requireRunning(index)
        guard participant.standing == .asked else { throw .notAsked(participant: id) }
        if rules.lacksVisit(item, at: index, in: state) { throw .visitRequired(item: item.id) }
        try requireVerdict(verdict, of: participant, in: item)
        emit(
            .opinionGiven(participant: id, round: item.joint?.round ?? 0, verdict: verdict, seen: item.revision),
            to: index)
        concludeOpinions(index)
    }

    /// A failing opinion says everything at once, and a recheck finds nothing new in what has not changed.
    func requireVerdict(
        _ verdict: Verdict, of participant: ParticipantState, in item: ItemState
    ) throws(CaseRejection) {
        switch verdict {
        case .pass, .notInvolved: return
        case .passWithConditions(let points): try requirePoints(points)
        case .fail(let points):
            try requirePoints(points)
            guard let joint = item.joint, joint.round > 0 else { return }
            for point in points where !participant.points.contains(point) && !joint.isInChanged(point) {
                throw .newPoint(point.text)
            }
        }
    }

    private mutating func holdSession(_ votes: [SessionVote], _ index: Int) throws(CaseRejection) {
        try require(.either(.window, department(of: index)))
        try requireStatus(index, .inSession)
        try requireRunning(index)
        let item = item(index)
        if item.joint?.visit != nil { throw .visitAgreed(item: item.id) }
        // After a visit, only those who were not there are still asked.
        let participants = item.joint?.participants.filter { $0.standing == .asked } ?? []
        for vote in votes {
            guard let participant = participants.first(where: { $0.id == vote.participant }) else {
                throw .unknownParticipant(item: item.id, participant: vote.participant)
            }
            try requireText(vote.signer)
            if let its = definition(index).joint?.participants.first(where: { $0.id == vote.participant }) {
                try requireOfficers(vote.signer, of: its.department)
            }
            try requireVerdict(vote.verdict, of: participant, in: item)
        }
        let outstanding = participants.map(\.id).filter { id in votes.count { $0.participant == id } != 1 }
        guard outstanding.isEmpty else { throw .votesOutstanding(outstanding) }
        if definition(index).joint?.kind == .inspection {
            try requireTwoOfficers(votes.map(\.signer), of: definition(index).department)
        }
        emit(.sessionHeld(votes: votes, seen: item.revision), to: index)
        mergeByItself(index)
    }

    private mutating func rectify(
        _ materials: [SuppliedMaterial], _ note: String, _ index: Int
    ) throws(CaseRejection) {
        try require(applying)
        try requireStatus(index, .rectifying)
        let supplied = try received(materials)
        let asked = state.items[index].joint?.notice.map(\.point) ?? []
        try requireAll(asked, in: supplied)
        emit(
            .rectified(
                round: state.items[index].joint?.round ?? 0, resumes: rules.calendar.workingDay(onOrAfter: today),
                supplied: supplied, note: note),
            to: index)
        if status(index) == .concluding { concludeByItself(index) } else { concludeOpinions(index) }
    }

    // MARK: What follows by itself

    /// Closes the opinions when all are in, or enough to pass.
    mutating func concludeOpinions(_ index: Int) {
        let item = item(index)
        guard item.status == .opining || item.status == .rechecking, let joint = item.joint,
            let procedure = definition(index).joint
        else { return }
        let outstanding = joint.outstanding
        if !outstanding.isEmpty {
            // Under "all" every opinion is needed; the other rules may be met before everyone has answered.
            if procedure.passes == .all || !joint.isPassed(under: procedure.passes) { return }
        }
        emit(.opinionsClosed(round: joint.round, released: outstanding), to: index, by: .system)
        mergeByItself(index)
    }

    /// The lead merges the first opinions. What is left after a recheck are points already known, so there is nothing
    /// to merge; and where the procedure knows no merging, there never is.
    mutating func mergeByItself(_ index: Int) {
        guard definition(index).joint?.merge == nil || (state.items[index].joint?.round ?? 0) > 0,
            openConflicts(index).isEmpty
        else { return }
        merge(note: "", index, by: .system)
        concludeByItself(index)
    }

    private mutating func merge(note: String, _ index: Int, by actor: Actor? = nil) {
        guard let joint = state.items[index].joint, let procedure = definition(index).joint else { return }
        let passed = joint.isPassed(under: procedure.passes)
        let points = joint.participants.flatMap { participant in
            (participant.verdict?.points ?? []).map { ParticipantPoint(participant: participant.id, point: $0) }
        }
        let failing = Set(joint.participants.filter(\.hasFailed).map(\.id))
        let rectify = !passed && joint.round - joint.reopenings < procedure.rectification?.rounds ?? 0
        // What the lead said about conflicts is part of the notice, once.
        let resolutions = joint.conflicts.filter { $0.round == joint.round }.compactMap(\.resolution)
        let note = ([note] + resolutions).filter { !$0.isEmpty }.joined(separator: "；")
        emit(
            .merged(
                round: joint.round, passed: passed, rectify: rectify,
                points: rectify ? points.filter { failing.contains($0.participant) } : points, note: note),
            to: index, by: actor)
    }

    /// A procedure without a conclusion ends when it passes. Nobody is refused by itself: that takes the lead.
    mutating func concludeByItself(_ index: Int) {
        let item = item(index)
        guard item.status == .concluding, item.joint?.passed == true, definition(index).joint?.conclusion == nil,
            item.gaps == nil, item.pause == nil, item.aftermath?.isReopened != true,
            !rules.lacksMeasurement(index, in: state), !isDeclined(index),
            rules.linkBarringFinish(of: index, on: today, in: state.items) == nil
        else { return }
        emit(.granted, to: index, by: .system)
    }
}
