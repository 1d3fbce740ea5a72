import WorkCalendar
import WorkflowModel

extension CaseRules {
    /// Folds an event into the state of its item. What it does to limits, documents' store and other items is left to
    /// the machine.
    ///
    /// - Parameter firstNumber: the number of the first document that the event brings.
    func apply(_ event: CaseEvent, to item: inout ItemState, at index: Int, firstNumber: Int) {
        defer {
            noteLetter(event, to: &item)
            item.note(event)
        }
        let on = event.on
        if event.by.role == .department, event.by.department == self.item(index).department {
            item.officer = event.by.name
        }
        switch event.what {
        case .becameReady:
            item.status = .ready
            item.readyOn = on
        case .milestoneReached:
            item.status = .done
            item.readyOn = on
            item.startedOn = on
            item.finishedOn = on
        case .cardRaised(_, let level, let participant, _, _, _, _):
            if let participant, let position = item.joint?.participants.firstIndex(where: { $0.id == participant }) {
                item.joint!.participants[position].raised.insert(CardLevels(level))  // found just above
            } else {
                item.raised.insert(CardLevels(level))
            }
        case .begun(let since):
            item.status = .underway
            item.startedOn = since
            engage(&item, by: event.grounds, since: since)
        case .completed:
            item.status = .done
            item.finishedOn = on
            item.endedOn = on
        case .preReviewBegan:
            item.status = .preReview
            item.interludes += 1
        case .preReviewFinished: item.status = .ready
        case .filed(let attempt, let received, let supplied, let reused, let missing, let arrival):
            item.startApplication(attempt, on: on, past: item.past + heldTimes(of: item, at: index, closedOn: nil))
            item.receive(on: received, answerBy: calendar.adding(policy.admissionLimit, to: received))
            item.missing = missing
            if event.grounds?.bar != nil { item.withAftermath { $0.isOrdinary = true } }
            if let arrival { item.withAftermath { $0.arrival = arrival } }
            item.documents = reused
            item.use(supplied, firstNumber: firstNumber)
            if let joint = self.item(index).joint {
                item.joint = JointState(participants: joint.participants.map { ParticipantState(id: $0.id) })
                item.joint!.begin(.admission, on: on)  // set just above
            }
        case .correctionRequested(let points):
            item.status = .correcting
            item.correction = Notice(points: points, on: on)
            item.admitBy = nil
        case .correctionSupplied(let received, let supplied, let reused):
            item.correction?.suppliedOn = on
            item.receive(on: received, answerBy: calendar.adding(policy.admissionLimit, to: received))
            item.use(supplied, firstNumber: firstNumber)
            item.use(reused ?? [])
        case .admitted(let gaps, let promise):
            admit(&item, at: index, from: on, gaps: gaps, promise: promise, on: on)
        case .deemedAdmitted(let since, let gaps, let promise):
            item.isDeemedAdmitted = true
            admit(&item, at: index, from: since, gaps: gaps, promise: promise, on: on)
        case .admissionRefused(_, let rightBody):
            item.isForOtherBody = rightBody != nil
            item.end(.notAdmitted, on: on)
        case .signed(let link, _):
            item.seen = item.documents
            item.signatures.append(
                Signature(link: link, name: event.by.name, onBehalfOf: event.grounds?.onBehalfOf, on: on))
        case .supplementRequested(let points):
            item.supplement = Notice(points: points, on: on)
            item.stop(.supplement, on: on, reason: .supplement, basis: "")
        case .supplementSupplied(let resumes, let supplied):
            item.supplement?.suppliedOn = on
            item.resume(on: resumes)
            item.use(supplied, firstNumber: firstNumber)
        case .procedureBegan(let kind, let basis, let length):
            let announced = calendar.adding(length, to: on)
            item.interludes += 1
            item.procedures += 1
            let rule = self.item(index).provisions.rule(of: kind.stopReason)
            let stopsClock = rule?.stopsClock ?? kind.stopsClock
            item.pause = Pause(
                kind: .procedure, since: on, procedure: kind, length: length, announced: announced,
                overrunOn: calendar.workingDay(onOrAfter: announced.adding(days: 1)), stopsClock: stopsClock)
            if let within = rule?.respondWithin { expectResponse(&item, within: within, on: on) }
            if stopsClock { item.stops.append(ClockStop(stop: on, reason: kind.stopReason, basis: basis)) }
        case .procedureOverran: item.pause?.hasOverrun = true
        case .procedureEnded, .resumed:
            if item.pause?.procedure == .siteVisit { item.withAftermath { $0.visitedOn = on } }
            item.resume(on: on)
            if item.rare.first?.response != nil { item.withAftermath { $0.response = nil } }
        case .referred(let level, let authority, let opinion, let within):
            refer(&item, to: authority, level, opinion: opinion, within: within, on: on)
        case .referralOverran:
            item.pause?.hasOverrun = true
            item.withAftermath { $0.referral?.hasOverrun = true }
        case .referralAnswered(let agrees, let signer, let document, _):
            item.resume(on: on)
            item.withAftermath {
                $0.referral?.answer = ReferralAnswer(agrees: agrees, signer: signer, document: document, on: on)
            }
        case .suspended(let reason, _): item.stop(.suspension, on: on, reason: .suspension, basis: reason)
        case .extended(let amount, let reason, _):
            item.extended = ClockExtension(amount: amount, granted: on, reason: reason)
        case .gapsSupplied(let supplied):
            item.use(supplied, firstNumber: firstNumber)
            if item.gaps?.materials.isEmpty == true {
                item.gaps = nil
                if item.status == .grantedWithGaps { item.status = .granted }
            }
        case .gapsReminded: item.gaps?.isReminded = true
        case .promiseBroken: item.gaps?.isBroken = true
        case .granted, .deemedGranted:
            item.grant(.granted, on: on)
            followUp(&item, at: index, on: on)
        case .grantedWithGaps:
            item.grant(.grantedWithGaps, on: on)
            followUp(&item, at: index, on: on)
        case .refused(let reasons, _):
            item.seen = item.documents
            item.end(.refused, on: on)
            item.withAftermath { $0.refusal = reasons }
        case .issued:
            item.status = .issued
            item.issuedOn = on
        case .checked: item.status = .checked
        case .revoked: item.revoke(on: on)
        case .returned: item.end(.returned, on: on)
        case .withdrawn: item.end(.withdrawn, on: on)
        case .commitmentSigned, .commitmentDeclined, .reviewBegan, .legalityReviewed, .procedureScheduled,
            .responseOverran, .delivered, .deliveryOverran, .noticeHandedOut, .resultPushed, .resultAcknowledged,
            .checkDrawn,
            .checkOverran, .breachFound, .breachRectified, .rectificationMissed, .breachRecorded, .effectSuspended,
            .effectRestored, .appealFiled, .appealDecided, .lapseReminded, .permitExtended, .lapsed,
            .firmReminded, .firmOverran, .valuesMeasured, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentKept, .appointmentMissed:
            applyAftermath(event, to: &item, at: index)
        case .opinionGiven, .opinionDeemed, .sessionHeld, .opinionsClosed, .merged, .rectified:
            applyJoint(event, to: &item, at: index, firstNumber: firstNumber)
        case .visitProposed, .visitAnswered, .visitFixed, .visitLapsed, .visitHeld, .conflictMarked,
            .conflictResolved, .reopened, .changeEnded:
            applyChange(event, to: &item, at: index, firstNumber: firstNumber)
        case .caseOpened, .stageStarted, .stageClosed, .caseCompleted, .caseWithdrawn, .caseCancelled,
            .cardExplained, .cardLifted, .cardConfirmed, .greenChannelOpened, .greenChannelClosed,
            .caseMigrated, .calendarChanged, .materialsLookedUp, .repeatRequestAvoided, .intakeReceived,
            .intakeSupplied, .intakeNoticed, .intakeAdmitted, .itemsTransferred, .workAdded, .ruleCardRaised, .rated,
            .accountabilityNoted, .matterOpened, .matterAnswered, .matterExtended, .matterOverdue, .matterEscalated,
            .matterCalledBack, .matterClosed:
            break
        }
    }

    private func admit(
        _ item: inout ItemState, at index: Int, from start: LocalDate, gaps: [String], promise: LocalDate?,
        on: LocalDate
    ) {
        item.status = .inReview
        item.admittedOn = start
        item.admitBy = nil
        if let promise, !gaps.isEmpty {
            item.gaps = Gaps(materials: gaps, promise: promise, remindOn: reminder(before: promise))
        }
        if item.joint != nil { dispatch(&item, at: index, on: on) }
    }
}

extension ItemState {
    /// Keeps what a decision took from the registry, so that it can be explained.
    fileprivate mutating func note(_ event: CaseEvent) {
        guard let grounds = event.grounds, grounds.isTelling else { return }
        withAftermath {
            $0.grounds.append(NotedGrounds(kind: event.kind, name: event.by.name, grounds: grounds, on: event.on))
        }
    }

    /// A new application; nothing of an earlier one is left but the time that it used.
    fileprivate mutating func startApplication(_ number: Int, on: LocalDate, past: [HeldTime]) {
        var fresh = ItemState(id: id)
        fresh.past = past
        fresh.attempt = number
        fresh.readyFrom = readyFrom
        fresh.readyOn = readyOn
        fresh.startedOn = startedOn ?? on
        fresh.filedOn = on
        fresh.revision = revision
        fresh.officer = officer
        // Whose power it is stays, whoever files, and so does what was booked.
        if let before = rare.first, before.power != nil || !before.appointments.isEmpty {
            fresh.withAftermath {
                $0.power = before.power
                $0.appointments = before.appointments
            }
        }
        self = fresh
    }

    fileprivate mutating func receive(on received: LocalDate, answerBy: LocalDate) {
        status = .filed
        receivedOn = received
        admitBy = answerBy
    }

    /// Uses documents in place of older ones of the same material, and closes the gaps they fill.
    mutating func use(_ supplied: [SuppliedMaterial], firstNumber: Int) {
        revision += 1
        for (offset, document) in supplied.enumerated() {
            documents.removeAll { $0.material == document.material }
            documents.append(MaterialUse(material: document.material, number: firstNumber + offset))
            missing.removeAll { $0 == document.material }
            gaps?.materials.removeAll { $0 == document.material }
        }
    }

    fileprivate mutating func stop(_ kind: PauseKind, on: LocalDate, reason: StopReason, basis: String) {
        interludes += 1
        pause = Pause(
            kind: kind, since: on, procedure: nil, length: nil, announced: nil, overrunOn: nil, stopsClock: true)
        stops.append(ClockStop(stop: on, reason: reason, basis: basis))
    }

    /// Ends the pause, and the stop of the clock if it made one.
    fileprivate mutating func resume(on date: LocalDate) {
        if pause?.stopsClock == true { closeStop(on: date) }
        pause = nil
    }

    mutating func closeStop(on date: LocalDate) {
        guard let open = stops.last, open.resume == nil else { return }
        stops[stops.count - 1] = ClockStop(stop: open.stop, resume: date, reason: open.reason, basis: open.basis)
    }

    /// Uses documents that the case's store has.
    mutating func use(_ held: [MaterialUse]) {
        for use in held {
            documents.removeAll { $0.material == use.material }
            documents.append(use)
            missing.removeAll { $0 == use.material }
        }
    }

    fileprivate mutating func grant(_ outcome: ItemStatus, on: LocalDate) {
        seen = documents
        end(outcome, on: on)
        finishedOn = on
    }

    /// Ends the application: the clock, whatever it waits for, and the questions still open.
    mutating func end(_ outcome: ItemStatus, on: LocalDate) {
        status = outcome
        endedOn = on
        admitBy = nil
        pause = nil
        closeStop(on: on)
        if !outcome.isFinished { gaps = nil }
        joint?.end(on: on)
        // What comes after, such as a revocation, is no change to what stood before.
        if rare.first?.standing.isEmpty == false { withAftermath { $0.standing = [] } }
    }
}
