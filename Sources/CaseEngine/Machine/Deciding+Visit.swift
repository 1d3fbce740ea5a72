import WorkCalendar
import WorkflowModel

/// One date that suits all: the window proposes it, the participants answer, it is fixed and told to everyone at once,
/// and what came of it is recorded on the day.
extension Deciding {
    mutating func decideVisit(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        switch command {
        case .proposeVisit(let date, let remote):
            try require(.either(.window, department(of: index)))
            try requireMeeting(index)
            try requireVisitDates([date])
            let before = rules.calendar.workingDay(onOrBefore: date.adding(days: -1))
            emit(.visitProposed(date: date, remote: remote, answerBy: max(before, today)), to: index)
        case .answerVisit(let id, let dates): try answerVisit(id, dates, index)
        case .recordVisit(let votes, let unsigned, let record): try recordVisit(votes, unsigned, record, index)
        default: break
        }
    }

    private func requireMeeting(_ index: Int) throws(CaseRejection) {
        try requireStatus(index, .inSession, .opining, .rechecking)
        try requireRunning(index)
    }

    /// The next working day: nobody is called for the day on which it is told.
    private var earliestVisit: LocalDate { rules.calendar.workingDay(onOrAfter: today.adding(days: 1)) }

    private func requireVisitDates(_ dates: [LocalDate]) throws(CaseRejection) {
        for date in dates where date < earliestVisit || !rules.calendar.isWorking(date) {
            throw .visitDateNotPossible(date, earliest: earliestVisit)
        }
    }

    private mutating func answerVisit(_ id: String, _ dates: [LocalDate], _ index: Int) throws(CaseRejection) {
        let item = definition(index)
        guard let participant = item.joint?.participants.first(where: { $0.id == id }) else {
            throw .unknownParticipant(item: item.id, participant: id)
        }
        try require(.department(participant.department))
        try requireMeeting(index)
        guard let joint = state.items[index].joint, let visit = joint.visit, visit.fixed == nil else {
            throw .noVisitAgreed(item: item.id)
        }
        guard joint.outstanding.contains(id) else { throw .notAsked(participant: id) }
        if visit.answers.contains(where: { $0.participant == id }) { throw .alreadyAnswered(participant: id) }
        guard !dates.isEmpty else { throw .visitDateNotPossible(visit.proposed, earliest: earliestVisit) }
        try requireVisitDates(dates)
        emit(.visitAnswered(participant: id, dates: dates), to: index)
        if unanswered(index).isEmpty { settleVisit(index) }
    }

    private func unanswered(_ index: Int) -> [String] {
        guard let joint = state.items[index].joint, let visit = joint.visit else { return [] }
        return joint.outstanding.filter { id in !visit.answers.contains { $0.participant == id } }
    }

    /// Fixes the date: the proposed one if it suits all who answered, else the first that does.
    mutating func settleVisit(_ index: Int) {
        guard let visit = state.items[index].joint?.visit, visit.fixed == nil else { return }
        let offered = visit.answers.first?.dates ?? [visit.proposed]
        let common = offered.filter { date in
            date >= earliestVisit && visit.answers.allSatisfy { $0.dates.contains(date) }
        }
        guard let date = common.contains(visit.proposed) ? visit.proposed : common.min() else {
            emit(.visitLapsed(date: visit.proposed, fixed: false), to: index, by: .system)
            return
        }
        emit(.visitFixed(date: date, silent: unanswered(index)), to: index, by: .system)
    }

    // MARK: The day

    private mutating func recordVisit(
        _ votes: [VisitVote], _ unsigned: [String], _ record: VisitRecord?, _ index: Int
    ) throws(CaseRejection) {
        try require(.either(.window, department(of: index)))
        try requireMeeting(index)
        let item = item(index)
        guard let joint = item.joint, let visit = joint.visit, let date = visit.fixed else {
            throw .noVisitAgreed(item: item.id)
        }
        guard date == today else { throw .visitOnOtherDay(date) }
        try requireVotes(votes, unsigned, in: item, officers: visit.isRemote ? 1 : 2)
        try requireRecord(record, index)
        let missing = joint.outstanding.filter { id in !votes.contains { $0.participant == id } }
        let deemed = missing.filter { id in
            definition(index).joint?.participants.first { $0.id == id }?.silence == .deemedAgree
        }
        emit(
            .visitHeld(
                votes: votes, absent: missing.filter { !unsigned.contains($0) }, unsigned: unsigned, deemed: deemed,
                remote: visit.isRemote, record: record, seen: item.revision),
            to: index)
        if status(index) == .merging { mergeByItself(index) } else { concludeOpinions(index) }
    }

    private func requireVotes(
        _ votes: [VisitVote], _ unsigned: [String], in item: ItemState, officers: Int
    ) throws(CaseRejection) {
        let participants = item.joint?.participants ?? []
        let named = votes.map(\.participant) + unsigned
        for id in named {
            guard let participant = participants.first(where: { $0.id == id }) else {
                throw .unknownParticipant(item: item.id, participant: id)
            }
            guard participant.standing == .asked else { throw .notAsked(participant: id) }
        }
        let repeated = participants.map(\.id).filter { id in named.count { $0 == id } > 1 }
        guard repeated.isEmpty, !votes.isEmpty else {
            throw .votesOutstanding(repeated.isEmpty ? item.joint?.outstanding ?? [] : repeated)
        }
        for vote in votes {
            let names = Set(vote.officers.filter { $0.contains { !$0.isWhitespace } })
            guard names.count >= officers else { throw .twoOfficersNeeded(participant: vote.participant) }
            guard let participant = participants.first(where: { $0.id == vote.participant }) else { continue }
            try requireVerdict(vote.verdict, of: participant, in: item)
        }
    }

    /// An inspection is written down in its six steps.
    private func requireRecord(_ record: VisitRecord?, _ index: Int) throws(CaseRejection) {
        guard definition(index).joint?.kind == .inspection else { return }
        let texts = record.map { [$0.commitment, $0.guidance, $0.record] } ?? []
        guard !texts.isEmpty, texts.allSatisfy({ $0.contains { !$0.isWhitespace } }) else { throw .visitRecordMissing }
    }
}

extension CaseRules {
    /// Whether a visit is demanded and nobody was there yet; waived by a signed promise, and by good credit.
    ///
    /// - Source: 行政许可法 (2019) art. 34; waivers: 乳山规划 四章五节三.
    func lacksVisit(_ item: ItemState, at index: Int, in state: CaseState) -> Bool {
        let definition = self.item(index)
        guard definition.hasProvisions, definition.provisions.visit, item.rare.first?.visitedOn == nil else {
            return false
        }
        // A session is held on the spot, and a change is looked at where the first look was enough.
        if definition.isSession || item.standingGrant != nil { return false }
        return item.rare.first?.promise == nil && state.greenChannel?.rule != .credit
    }
}

extension Deciding {
    func requireVisit(_ index: Int) throws(CaseRejection) {
        if rules.lacksVisit(state.items[index], at: index, in: state) {
            throw .visitRequired(item: definition(index).id)
        }
    }
}
