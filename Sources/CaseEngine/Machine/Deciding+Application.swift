import WorkCalendar
import WorkflowModel

/// Rules of an application until its admission, the same for plain and joint items.
///
/// - Source: 行政许可法 (2019) art. 32.
extension Deciding {
    mutating func decide(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        switch command {
        case .beginPreReview, .finishPreReview, .file, .requestCorrection, .supplyCorrection, .admit,
            .refuseAdmission:
            try requireRoute(index, .application, .joint)
            try decideApplication(command, index)
        case .lookUp(let materials):
            try requireRoute(index, .application, .joint)
            try lookUp(materials, index)
        case .noteRepeat(let materials, let request):
            try requireRoute(index, .application, .joint)
            try noteRepeat(materials, request: request, index)
        case .sign, .decide:
            try requireRoute(index, .application)
            try decideReview(command, index)
        case .requestSupplement, .supplySupplement, .beginSpecialProcedure, .endSpecialProcedure, .suspend, .resume,
            .extend:
            try requireRoute(index, .application, .joint)
            try decidePause(command, index)
        case .book, .rebook, .cancelAppointment, .keepAppointment:
            try requireRoute(index, .application, .joint)
            try decideAppointment(command, index)
        case .refer, .recordAnswer:
            try requireRoute(index, .application, .joint)
            try decideReferral(command, index)
        case .supplyGaps, .returnApplication, .withdraw, .issue, .check, .revoke:
            try requireRoute(index, .application, .joint)
            try decideOutcome(command, index)
        case .begin, .complete:
            try requireRoute(index, .work)
            try decideWork(command, index)
        case .opine, .holdSession, .merge, .rectify, .conclude:
            try requireRoute(index, .joint)
            try decideJoint(command, index)
        case .measure(let values):
            try requireRoute(index, .joint)
            try measure(values, index)
        case .proposeVisit, .answerVisit, .recordVisit:
            try requireRoute(index, .joint)
            try decideVisit(command, index)
        case .markConflict, .resolveConflict:
            try requireRoute(index, .joint)
            try decideConflict(command, index)
        case .reopen(let materials, let reason):
            try requireRoute(index, .application, .joint)
            try reopen(materials, reason, index)
        case .beginReview:
            try requireRoute(index, .application)
            try decidePromise(command, index)
        case .commit, .declineCommitment, .reviewLegality, .scheduleProcedure:
            try requireRoute(index, .application, .joint)
            try decidePromise(command, index)
        case .deliver, .handOut, .acknowledge, .drawCheck, .findBreach, .reportRectified, .extendPermit:
            try requireRoute(index, .application, .joint)
            try decideAftermath(command, index)
        case .appeal, .decideAppeal:
            try requireRoute(index, .application, .joint)
            try decideContest(command, index)
        }
    }

    private mutating func decideApplication(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        switch command {
        case .beginPreReview:
            try require(admitting(index))
            try requireStatus(index, .ready)
            emit(.preReviewBegan, to: index)
        case .finishPreReview(let advice, let missing):
            try require(admitting(index))
            try requireStatus(index, .preReview)
            if let missing { try requirePoints(missing) }
            emit(.preReviewFinished(advice: advice, missing: missing), to: index)
        case .file(let materials, let arrival): try file(materials, arrival, index)
        case .requestCorrection(let points):
            try require(admitting(index))
            if definition(index).asksForOpinions { throw .noApplicantContact(item: definition(index).id) }
            if state.items[index].correction != nil { throw .correctionAlreadyRequested(item: definition(index).id) }
            try requireStatus(index, .filed)
            try requireOwnNotice(index)
            try requirePoints(points)
            try requireNotHeld(points, by: index)
            emit(.correctionRequested(points: points), to: index)
        case .supplyCorrection(let materials):
            try require(applying)
            try requireStatus(index, .correcting)
            let supplied = try received(materials)
            try requireAll(state.items[index].correction?.points ?? [], in: supplied)
            emit(
                .correctionSupplied(received: received(at: nil), supplied: supplied),
                to: index)
        case .admit:
            try require(admitting(index))
            try requireStatus(index, .filed)
            admit(index)
        case .refuseAdmission(let reason, let rightBody):
            if actor.role == .window { throw .windowMayNotRefuse }
            try require(admitting(index))
            try requireStatus(index, .filed)
            try requireText(reason)
            emit(.admissionRefused(reason: reason, rightBody: rightBody), to: index)
        default: break
        }
    }

    /// The day on which what comes in now counts as received: by the window's hours where they are registered, else the
    /// first working day.
    ///
    /// - Source: 行政许可法 (2019) art. 82; 重庆方案 二(四); the rule for hours is assumed.
    func received(at time: TimeOfDay?) -> LocalDate {
        standing.registry?.service?.received(on: today, at: time, rules.calendar)
            ?? rules.calendar.workingDay(onOrAfter: today)
    }

    private mutating func file(
        _ materials: [SuppliedMaterial], _ arrival: Arrival?, _ index: Int
    ) throws(CaseRejection) {
        try require(definition(index).asksForOpinions ? .either(applying, department(of: index)) : applying)
        let status = self.status(index)
        guard status == .ready || status.allowsFilingAgain else {
            throw .notNow(item: definition(index).id, status: status)
        }
        if let channel = arrival?.channel, channel.needsPlace,
            arrival?.place?.contains(where: { !$0.isWhitespace }) != true
        {
            throw .placeMissing
        }
        file(try dossier(of: index, supplied: materials), index, arrival)
    }

    /// - Parameter actor: who files; `nil` for whoever acts.
    mutating func file(_ dossier: Dossier, _ index: Int, _ arrival: Arrival? = nil, by actor: Actor? = nil) {
        if !dossier.served.isEmpty || !dossier.failed.isEmpty {
            emit(.materialsLookedUp(served: dossier.served, failed: dossier.failed), to: index, by: actor)
        }
        if actor == nil, definition(index).handling == .commitment, let bar { grounds?.bar = bar }
        emit(
            .filed(
                attempt: state.items[index].attempt + 1, received: received(at: arrival?.at),
                supplied: dossier.supplied, reused: dossier.reused, missing: dossier.missing, arrival: arrival),
            to: index, by: actor)
        // A joint item without a phase of admission starts with its filing.
        if let joint = definition(index).joint, joint.admission == nil { admit(index, by: .system) }
    }

    mutating func admit(_ index: Int, by actor: Actor? = nil) {
        let gaps = state.items[index].missing
        emit(.admitted(gaps: gaps, promise: promise(of: index, gaps: gaps)), to: index, by: actor)
        concludeOpinions(index)
        decideByItself(index)
    }

    mutating func deemAdmitted(_ index: Int) {
        let gaps = state.items[index].missing
        emit(
            .deemedAdmitted(
                since: state.items[index].receivedOn ?? today, gaps: gaps, promise: promise(of: index, gaps: gaps)),
            to: index)
        concludeOpinions(index)
        decideByItself(index)
    }

    /// The day to which materials may follow.
    private func promise(of index: Int, gaps: [String]) -> LocalDate? {
        guard !gaps.isEmpty, let tolerance = definition(index).tolerance else { return nil }
        return rules.calendar.adding(tolerance, to: today)
    }
}
