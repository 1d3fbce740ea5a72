import WorkCalendar
import WorkflowModel

extension CaseRules {
    /// What a decision in the applicant's favour begins: later checks and the time for delivery.
    func followUp(_ item: inout ItemState, at index: Int, on: LocalDate) {
        guard self.item(index).hasProvisions else { return }
        let provisions = self.item(index).provisions
        if let rule = provisions.commitment, item.aftermath?.promise != nil {
            let due = rule.sample == nil ? rule.checkWithin.map { calendar.adding($0, to: on) } : nil
            item.withAftermath { $0.check = LaterCheck(due: due, isAsked: rule.sample == nil) }
        }
        if let within = provisions.delivery, !self.item(index).outputs.isEmpty {
            let due = calendar.adding(within, to: on)
            let delivery = HandingOver(due: due, overrunOn: firstWorkingDay(after: due))
            item.withAftermath { $0.delivery = delivery }
        }
    }

    func expectResponse(_ item: inout ItemState, within: DayAmount, on: LocalDate) {
        let by = calendar.adding(within, to: on)
        let response = ProcedureResponse(by: by, overrunOn: firstWorkingDay(after: by))
        item.withAftermath { $0.response = response }
    }

    func firstWorkingDay(after date: LocalDate) -> LocalDate { calendar.workingDay(onOrAfter: date.adding(days: 1)) }

    func applyAftermath(_ event: CaseEvent, to item: inout ItemState, at index: Int) {
        let on = event.on
        switch event.what {
        case .commitmentSigned(let signer): item.withAftermath { $0.promise = SignedPromise(signer: signer, on: on) }
        case .commitmentDeclined: item.withAftermath { $0.isOrdinary = true }
        case .reviewBegan: item.withAftermath { $0.reviewBeganOn = on }
        case .legalityReviewed(let agrees, _):
            item.withAftermath { $0.legality = LegalOpinion(name: event.by.name, agrees: agrees, on: on) }
        case .procedureScheduled(let date): item.withAftermath { $0.response?.date = date }
        case .responseOverran: item.withAftermath { $0.response?.hasOverrun = true }
        case .delivered(let method, let tracking, _):
            item.withAftermath {
                $0.delivery = $0.delivery ?? HandingOver(due: on, overrunOn: on)
                $0.delivery?.method = method
                $0.delivery?.tracking = tracking
                $0.delivery?.on = on
            }
        case .noticeHandedOut: item.withAftermath { $0.letter?.handedOutOn = on }
        case .deliveryOverran: item.withAftermath { $0.delivery?.hasOverrun = true }
        case .resultPushed(let department):
            item.withAftermath {
                $0.push = ResultPush(number: ($0.push?.number ?? 0) + 1, department: department, on: on)
            }
        case .resultAcknowledged: item.withAftermath { $0.push?.acknowledgedOn = on }
        case .checkDrawn(_, _, let inspectors, let due):
            item.withAftermath { $0.check = LaterCheck(due: due, isAsked: true, inspectors: inspectors) }
        case .valuesMeasured(let values, let exceeded): item.note(values, exceeded: exceeded, on: on)
        case .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentKept, .appointmentMissed:
            item.noteAppointment(event.what, on: on)
        case .firmReminded: item.withAftermath { $0.engagement?.isReminded = true }
        case .firmOverran: item.withAftermath { $0.engagement?.hasOverrun = true }
        case .checkOverran: item.withAftermath { $0.check?.hasOverrun = true }
        case .breachFound(let finding, let rectifyBy):
            item.withAftermath {
                $0.breach = FoundBreach(finding: finding, on: on, rectifyBy: rectifyBy)
                $0.breaches += 1
            }
        case .breachRectified: item.withAftermath { $0.breach?.rectifiedOn = on }
        case .rectificationMissed: item.withAftermath { $0.breach?.isMissed = true }
        case .breachRecorded: item.withAftermath { $0.breaches += 1 }
        case .effectSuspended(let cause): item.withAftermath { $0.suspended = EffectSuspension(cause: cause, on: on) }
        case .effectRestored: item.withAftermath { $0.suspended = nil }
        case .appealFiled(let route, _, _):
            item.withAftermath { $0.appeals.append(Appeal(route: route, filedOn: on)) }
        case .appealDecided(_, let outcome, _): decideAppeal(outcome, &item, at: index, on: on)
        case .lapseReminded: item.withAftermath { $0.lapse?.isReminded = true }
        case .permitExtended(let date, _):
            item.withAftermath {
                $0.lapse?.voidAfter = date
                $0.lapse?.remindOn = calendar.adding(LegalPeriod.lapseReminder, to: date)
                $0.lapse?.isReminded = false
                $0.lapse?.extensions += 1
            }
        case .lapsed:
            item.status = .lapsed
            item.finishedOn = nil
            item.gaps = nil
            item.withAftermath {
                $0.lapse = nil
                $0.breach = nil
                $0.suspended = nil
            }
        default: break
        }
    }

    private func decideAppeal(_ outcome: AppealOutcome, _ item: inout ItemState, at index: Int, on: LocalDate) {
        item.withAftermath {
            guard let last = $0.appeals.indices.last else { return }
            $0.appeals[last].outcome = outcome
            $0.appeals[last].decidedOn = on
        }
        guard outcome == .annulled else { return }
        switch item.status {
        case .refused: item.reopen(past: heldTimes(of: item, at: index, closedOn: nil), on: on)
        case .notAdmitted:
            item.attempt += 1
            item.status = .filed
            item.endedOn = nil
            item.isForOtherBody = false
            item.receivedOn = calendar.workingDay(onOrAfter: on)
            item.admitBy = item.receivedOn.map { calendar.adding(policy.admissionLimit, to: $0) }
            if item.joint != nil { item.joint?.begin(.admission, on: on) }
        case .revoked: item.restore(on: on, calendar)
        default: break
        }
    }
}

extension ItemState {
    mutating func revoke(on: LocalDate) {
        let before = BeforeRevocation(
            status: status, finishedOn: finishedOn, gaps: gaps, lapse: aftermath?.lapse, on: on)
        withAftermath {
            $0.beforeRevocation = before
            $0.breach = nil
            $0.suspended = nil
            $0.lapse = nil
        }
        status = .revoked
        finishedOn = nil
        gaps = nil
    }

    /// A refusal was annulled: the application is decided again, on a clock of its own.
    fileprivate mutating func reopen(past used: [HeldTime], on: LocalDate) {
        past += used
        attempt += 1
        status = joint == nil ? .inReview : .concluding
        admittedOn = on
        isDeemedAdmitted = false
        endedOn = nil
        stops = []
        extended = nil
        signatures = []
        supplement = nil
        correction = nil
        raised = []
        joint?.phases = []
        joint?.begin(.conclusion, on: on)
        withAftermath {
            $0.annulled = $0.refusal
            $0.legality = nil
            $0.referral = nil
            if $0.reviewBeganOn != nil { $0.reviewBeganOn = on }
        }
    }

    /// A revocation was annulled: what it took away is there again, and a permit has the time left that it had.
    fileprivate mutating func restore(on: LocalDate, _ calendar: WorkCalendar) {
        guard let before = aftermath?.beforeRevocation else { return }
        status = before.status
        finishedOn = before.finishedOn
        gaps = before.gaps
        withAftermath {
            $0.beforeRevocation = nil
            guard var lapse = before.lapse else { return }
            let date = lapse.voidAfter.adding(days: on.days(since: before.on))
            lapse.voidAfter = calendar.workingDay(onOrAfter: date)
            lapse.remindOn = calendar.adding(LegalPeriod.lapseReminder, to: lapse.voidAfter)
            $0.lapse = lapse
        }
    }
}

extension CaseRules {
    /// Starts the clock of a permit that lapses when it is handed out, and ends it when somebody makes use of it.
    func refreshLapse(_ state: inout CaseState, at index: Int, by kind: CaseEvent.Kind) {
        if let rule = items[index].lapse, let use = graph.use(of: index) {
            if kind == .issued, state.items.marks[use].startedOn == nil, let on = state.asOf {
                let voidAfter = calendar.workingDay(onOrAfter: on.adding(months: rule.months))
                let clock = LapseClock(
                    voidAfter: voidAfter, remindOn: calendar.adding(LegalPeriod.lapseReminder, to: voidAfter))
                state.items[index].withAftermath { $0.lapse = clock }
            }
        }
        for permit in graph.permits(usedBy: index)
        where state.items.marks[index].startedOn != nil && state.items[permit].aftermath?.lapse != nil {
            state.items[permit].withAftermath { $0.lapse = nil }
            state.views.forget(permit)
            refreshDue(&state, at: permit)
        }
    }
}

extension CaseEvent.Kind {
    var grants: Bool { self == .granted || self == .grantedWithGaps || self == .deemedGranted }
}
