import WorkCalendar
import WorkflowModel

/// What happens by time alone.
extension Deciding {
    mutating func fire(_ timer: PendingTimer) {
        let index = timer.index
        switch timer.effect {
        case .becomeReady: becomeReady(index)
        case .deemAdmission:
            deemAdmitted(index)
            raiseByRule(.stepLate, index)
        case .remindOfGaps: emit(.gapsReminded, to: index)
        case .breakPromise:
            emit(.promiseBroken(missing: state.items[index].gaps?.materials ?? []), to: index)
            recordBreach(.tolerance, index)
        case .noteSilence: emit(.responseOverran, to: index)
        case .noteLateDelivery: emit(.deliveryOverran, to: index)
        case .noteLateCheck: emit(.checkOverran, to: index)
        case .remindOfFirm: remindOfFirm(index)
        case .missAppointment: missAppointment(index)
        case .noteFirmOverrun: noteFirmOverrun(index)
        case .missRectification:
            emit(.rectificationMissed, to: index)
            recordBreach(.commitment, index)
        case .remindOfLapse:
            if let lapse = state.items[index].aftermath?.lapse {
                emit(.lapseReminded(voidAfter: lapse.voidAfter), to: index)
            }
        case .lapse: emit(.lapsed, to: index)
        case .noteOverrun where pause(index)?.kind == .referral: emit(.referralOverran, to: index)
        case .noteOverrun:
            emit(.procedureOverran, to: index)
            raiseByRule(.hiddenExtension, index)
        case .raiseCard(let level): raise(level, index, participant: timer.participant)
        case .settleVisit: settleVisit(index)
        case .lapseVisit: emit(.visitLapsed(date: today, fixed: true), to: index)
        case .noteMatterOverdue: break  // a matter has no place in the plan
        case .deemAgreement:
            guard let position = timer.participant else {
                emit(.deemedGranted, to: index)
                return
            }
            guard let joint = state.items[index].joint else { return }
            emit(.opinionDeemed(participant: joint.participants[position].id, round: joint.round), to: index)
            raiseByRule(.jointNoPosition, index, participant: position)
            concludeOpinions(index)
        }
    }

    private mutating func raise(_ level: CardLevel, _ index: Int, participant position: Int?) {
        let item = item(index)
        let round = item.round
        let participant = position.flatMap { item.joint?.participants[$0].id }
        let department = position.flatMap { definition(index).joint?.participants[$0].department }
        let card = StepName(
            item: item.id, participant: participant, attempt: item.attempt, round: round, step: level.rawValue)
        emit(
            .cardRaised(
                card: card.text, level: level, participant: participant, round: round,
                department: department ?? definition(index).department,
                person: inCharge(index, participant: position), threshold: rules.unusualThreshold(of: level)),
            to: index)
    }
}

/// A timer by positions.
struct PendingTimer {
    let due: LocalDate
    let index: Int
    let participant: Int?
    let effect: CaseTimer.Effect
}

extension CaseTimer.Effect {
    /// The order in which timers of one item and one date fire: cards before what ends the waiting.
    var rank: Int {
        switch self {
        case .becomeReady: 0
        case .deemAdmission: 1
        case .remindOfGaps: 2
        case .breakPromise: 3
        case .raiseCard(let level): 4 + level.rank
        case .noteOverrun: 8
        case .deemAgreement: 9
        case .noteSilence: 10
        case .noteLateDelivery: 11
        case .noteLateCheck: 12
        case .missRectification: 13
        case .remindOfLapse: 14
        case .lapse: 15
        case .noteMatterOverdue: 16
        case .settleVisit: 17
        case .lapseVisit: 18
        case .remindOfFirm: 19
        case .noteFirmOverrun: 20
        case .missAppointment: 21
        }
    }

    var name: String {
        switch self {
        case .becomeReady: "ready"
        case .deemAdmission: "deem-admission"
        case .remindOfGaps: "remind-gaps"
        case .breakPromise: "break-promise"
        case .raiseCard(let level): "card-\(level.rawValue)"
        case .noteOverrun: "overrun"
        case .deemAgreement: "deem-agreement"
        case .settleVisit: "settle-visit"
        case .lapseVisit: "lapse-visit"
        case .noteSilence: "late-response"
        case .noteLateDelivery: "late-delivery"
        case .noteLateCheck: "late-check"
        case .missRectification: "miss-rectification"
        case .remindOfLapse: "remind-lapse"
        case .lapse: "lapse"
        case .noteMatterOverdue: "matter-overdue"
        case .remindOfFirm: "remind-firm"
        case .noteFirmOverrun: "late-firm"
        case .missAppointment: "miss-appointment"
        }
    }
}

extension CaseRules {
    /// Everything that waits for a date in one item.
    func forEachTimer(
        ofItemAt index: Int, in items: ItemStates, _ body: (LocalDate, CaseTimer.Effect, _ participant: Int?) -> Void
    ) {
        switch items[index].status {
        case .planned:
            if let from = items[index].readyFrom { body(from, .becomeReady, nil) }
            return
        case .filed:
            if let admitBy = items[index].admitBy { body(admitBy, .deemAdmission, nil) }
        default: break
        }
        if let gaps = items[index].gaps {
            if !gaps.isReminded { body(gaps.remindOn, .remindOfGaps, nil) }
            if !gaps.isBroken { body(gaps.promise, .breakPromise, nil) }
        }
        if let pause = items[index].pause, !pause.hasOverrun, let overrun = pause.overrunOn {
            body(overrun, .noteOverrun, nil)
        }
        if let aftermath = items[index].rare.first { forEachTimer(of: aftermath, items[index].status, body) }
        if let limits = items[index].limits {
            forEachCard(of: limits, raised: items[index].raised) { body($0, .raiseCard($1), nil) }
            if items[index].status == .inReview, items[index].pause == nil, items[index].gaps == nil,
                self.item(index).silence == .deemedAgree, let past = limits.pastPromised,
                items[index].rare.first?.referral?.answer?.agrees != false
            {
                body(past, .deemAgreement, nil)
            }
        }
        if let visit = items[index].joint?.visit {
            if let fixed = visit.fixed {
                body(fixed, .lapseVisit, nil)
            } else {
                body(visit.answerBy, .settleVisit, nil)
            }
        }
        guard let participants = items[index].joint?.participants else { return }
        for position in participants.indices {
            guard let limits = participants[position].limits else { continue }
            forEachCard(of: limits, raised: participants[position].raised) { body($0, .raiseCard($1), position) }
            if self.item(index).joint?.participants[position].silence == .deemedAgree, let past = limits.pastPromised {
                body(past, .deemAgreement, position)
            }
        }
    }

    private func forEachTimer(
        of aftermath: Aftermath, _ status: ItemStatus,
        _ body: (LocalDate, CaseTimer.Effect, _ participant: Int?) -> Void
    ) {
        if let response = aftermath.response, response.date == nil, !response.hasOverrun {
            body(response.overrunOn, .noteSilence, nil)
        }
        if let open = aftermath.appointments.last(where: { $0.standing == .booked }) {
            body(open.date, .missAppointment, nil)
        }
        if status == .underway, let engagement = aftermath.engagement {
            if !engagement.isReminded, let day = engagement.remindOn { body(day, .remindOfFirm, nil) }
            if !engagement.hasOverrun { body(engagement.overrunOn, .noteFirmOverrun, nil) }
        }
        guard status.isFinished else { return }
        if let delivery = aftermath.delivery, delivery.on == nil, !delivery.hasOverrun {
            body(delivery.overrunOn, .noteLateDelivery, nil)
        }
        if let check = aftermath.check, status != .checked, !check.hasOverrun, let due = check.due {
            body(firstWorkingDay(after: due), .noteLateCheck, nil)
        }
        if let breach = aftermath.breach, breach.rectifiedOn == nil, !breach.isMissed, let last = breach.rectifyBy {
            body(last, .missRectification, nil)
        }
        if let lapse = aftermath.lapse {
            if !lapse.isReminded { body(lapse.remindOn, .remindOfLapse, nil) }
            body(lapse.voidAfter, .lapse, nil)
        }
    }

    private func forEachCard(of limits: LimitDates, raised: CardLevels, _ body: (LocalDate, CardLevel) -> Void) {
        for level in CardLevel.allCases where !raised.contains(CardLevels(level)) {
            if let due = limits[level] { body(due, level) }
        }
    }

    /// The earliest date on which something happens to the item by time.
    func nextDue(ofItemAt index: Int, in items: ItemStates) -> LocalDate? {
        var earliest: LocalDate?
        forEachTimer(ofItemAt: index, in: items) { due, _, _ in
            if earliest.map({ due < $0 }) ?? true { earliest = due }
        }
        return earliest
    }

    /// The timer that fires next: by date, then in plan order, then by what it does.
    func nextTimer(in state: CaseState) -> PendingTimer? {
        guard let due = state.nextDue, state.nextItem < state.items.count else { return nil }
        let index = state.nextItem
        var next: PendingTimer?
        forEachTimer(ofItemAt: index, in: state.items) { date, effect, participant in
            guard date == due, next.map({ effect.rank < $0.effect.rank }) ?? true else { return }
            next = PendingTimer(due: date, index: index, participant: participant, effect: effect)
        }
        return next
    }
}
