import WorkCalendar
import WorkflowModel

extension CaseMachine {
    /// The work that is open now, in plan order: what people's lists show and what is dispatched to departments.
    ///
    /// An application whose materials are about to be handed out by an earlier item is asked for only after that.
    public func requests(in state: CaseState) -> [WorkRequest] {
        var requests: [WorkRequest] = []
        for index in state.items.indices where rules.mayAsk(index, in: state) {
            if let kept = state.views.requests[index] {
                requests += kept
            } else {
                rules.ask(index, in: state, &requests)
            }
        }
        return requests
    }

    /// ``requests(in:)`` of one item, by its position in the plan.
    public func requests(ofItemAt index: Int, in state: CaseState) -> [WorkRequest] {
        guard rules.mayAsk(index, in: state) else { return [] }
        return state.views.requests[index] ?? rules.requests(of: index, in: state)
    }

    /// Finds the requests anew of the items for which they may have changed since the last time, so that
    /// ``requests(in:)`` and ``requests(ofItemAt:in:)`` need not.
    ///
    /// - Returns: the positions of these items.
    @discardableResult
    public func keepRequests(in state: inout CaseState) -> [Int] {
        // Taken out, so that the state can be read meanwhile.
        var views = CaseViews()
        swap(&views, &state.views)
        defer { swap(&views, &state.views) }
        return views.keepRequests { rules.requests(of: $0, in: state) }
    }
}

extension CaseRules {
    /// Whether an item asks for anything while the case stands as it does.
    fileprivate func mayAsk(_ index: Int, in state: CaseState) -> Bool {
        let status = state.items.marks[index].status
        if status == .planned || status == .done { return false }
        if items[index].isLeftover, status.allowsFilingAgain { return false }
        switch state.status {
        case .open: return true
        case .completed:
            return status.isFinished || items[index].isLaterCheck || state.items[index].rare.first?.push != nil
                || state.items[index].openAppointment != nil
                || state.items[index].standingGrant != nil
        case .unopened, .withdrawn, .cancelled: return false
        }
    }

    fileprivate func requests(of index: Int, in state: CaseState) -> [WorkRequest] {
        let status = state.items.marks[index].status
        if status == .planned || status == .done { return [] }
        var requests: [WorkRequest] = []
        ask(index, in: state, &requests)
        return requests
    }

    fileprivate func ask(_ index: Int, in state: CaseState, _ requests: inout [WorkRequest]) {
        Asking(rules: self, state: state, index: index).ask(&requests)
    }
}

/// What one item asks for.
struct Asking {
    let rules: CaseRules
    let definition: ItemRule
    let state: CaseState
    let index: Int
    /// Taken once: most of its dates are asked for, and each look at where it lies may copy all of it.
    let item: ItemState

    init(rules: CaseRules, state: CaseState, index: Int) {
        self.rules = rules
        self.state = state
        self.index = index
        definition = rules.items[index]
        item = state.items[index]
    }

    var lead: Party { definition.lead }
    private var admitting: Party { definition.admitting }
    private var worker: Party { definition.worker }
    var round: Int { item.round }

    func ask(_ requests: inout [WorkRequest]) {
        let asOf = state.asOf ?? item.readyOn ?? .earliest
        switch item.status {
        case .planned: break
        case .ready where definition.route == .work:
            requests.append(request("begin", worker, .begin, since: item.readyOn ?? asOf))
        case .ready: file(&requests, since: item.readyOn ?? asOf)
        case .notAdmitted, .refused, .returned, .withdrawn, .revoked, .lapsed:
            guard state.status == .open else { break }
            file(&requests, since: item.endedOn ?? asOf)
        case .preReview:
            requests.append(
                request(
                    "finish-pre-review-\(item.interludes)", admitting, .finishPreReview, since: item.readyOn ?? asOf))
        case .filed:
            // Once asked for a correction, the department has answered; when it came, it is asked anew.
            requests.append(
                request(
                    item.correction == nil ? "admit" : "admit-corrected", admitting, .admit,
                    since: item.correction?.suppliedOn ?? item.filedOn ?? asOf,
                    due: item.admitBy, estimate: definition.joint?.admission, isAnew: item.correction != nil))
        case .correcting:
            let notice = item.correction
            requests.append(
                request(
                    "correct", .applicant, .supplyCorrection(points: notice?.points ?? []), since: notice?.on ?? asOf))
        case .underway:
            requests.append(
                request(
                    "complete", worker, .complete, since: item.startedOn ?? asOf, due: dueOfWork,
                    estimate: definition.takes))
        case .inReview, .opining, .inSession, .merging, .rechecking, .concluding, .rectifying:
            review(&requests, asOf: asOf)
        case .granted, .grantedWithGaps, .issued, .checked, .done: afterwards(&requests, asOf: asOf)
        }
        if let open = item.openAppointment {
            requests.append(
                request(
                    "keep-appointment-\(open.number)", .window, .keepAppointment(open.purpose, at: open.at),
                    since: open.bookedOn, due: open.date))
        }
        if let letter = item.waitingLetter {
            requests.append(
                request("hand-out-\(letter.notice.rawValue)", .window, .handOut(letter.notice), since: letter.on))
        }
        if let push = item.aftermath?.push, push.acknowledgedOn == nil { acknowledge(push, &requests) }
        if let gaps = item.gaps {
            requests.append(
                request(
                    "supply-gaps", .applicant, .supplyGaps(gaps.materials), since: item.admittedOn ?? asOf,
                    due: gaps.promise))
        }
    }

    private func file(_ requests: inout [WorkRequest], since: LocalDate) {
        let asOf = state.asOf ?? since
        // Looked at where they lie: documents are large, and there are few.
        let needed = definition.materials.filter { needed in
            !state.materials.contains { $0.material == needed.material && $0.isValid(on: asOf) }
        }
        guard !needed.contains(where: { rules.issuerAboutToIssue($0.material, in: state) != nil }) else { return }
        let mandatory = needed.filter { !$0.isMinor || definition.tolerance == nil }.map(\.material)
        requests.append(
            request(
                "file", definition.asksForOpinions ? lead : .applicant, .file(needed: mandatory), since: since,
                attempt: item.attempt + 1))
    }

    private func review(_ requests: inout [WorkRequest], asOf: LocalDate) {
        if let pause = item.pause {
            switch pause.kind {
            case .supplement:
                requests.append(
                    request(
                        "supply", .applicant, .supplySupplement(points: item.supplement?.points ?? []),
                        since: pause.since))
            case .procedure:
                let procedure = pause.procedure ?? .hearing
                requests.append(
                    request(
                        "end-procedure-\(item.interludes)", lead, .endSpecialProcedure(procedure), since: pause.since,
                        due: pause.announced))
            case .referral:
                requests.append(
                    request(
                        "record-answer-\(item.interludes)", lead,
                        .recordAnswer(authority: item.aftermath?.referral?.authority ?? ""), since: pause.since,
                        due: pause.announced))
            case .suspension:
                requests.append(request("resume-\(item.interludes)", lead, .resume, since: pause.since))
            }
            if pause.stopsClock {
                _ = respond(&requests, asOf: asOf)
                return
            }
        }
        if item.pause != nil { _ = respond(&requests, asOf: asOf) }
        let due = dueOfDecision ?? item.limits?.promised
        let lacksVisit = rules.lacksVisit(item, at: index, in: state)
        if rules.lacksMeasurement(index, in: state), item.status != .rectifying {
            measure(&requests, since: item.admittedOn ?? asOf, due: due)
            if item.status == .concluding { return }
        }
        switch item.status {
        case .inReview:
            if asksBeforeReview(&requests, asOf: asOf) { return }
            if lacksVisit {
                if item.pause == nil {
                    requests.append(request("visit", lead, .goThere, since: item.admittedOn ?? asOf, due: due))
                }
                return
            }
            // The handler does the work; the links after it only sign.
            let since = item.signatures.last?.on ?? item.admittedOn ?? asOf
            let estimate = item.signatures.isEmpty ? definition.takes : nil
            let link = item.signatures.count
            if link + 1 < definition.chain.count {
                requests.append(
                    request(
                        "sign-\(link)", lead, .sign(link: link, role: definition.chain[link]), since: since, due: due,
                        estimate: estimate))
            } else if item.pause == nil {
                requests.append(decision("decide", .decide, since: since, due: due, estimate: estimate))
            }
        case .opining where lacksVisit:
            if item.joint?.visit == nil {
                let date = rules.calendar.workingDay(onOrAfter: asOf.adding(days: 1))
                let number = (item.joint?.visits ?? 0) + 1
                requests.append(
                    request(
                        "propose-visit-\(number)", lead, .proposeVisit(date), since: item.admittedOn ?? asOf, due: due))
            }
            visit(&requests)
        case .opining, .rechecking:
            opinions(&requests, asOf: asOf)
            visit(&requests)
            conflicts(&requests)
        case .inSession where item.joint?.visit != nil: visit(&requests)
        case .inSession:
            requests.append(
                request(
                    "session", lead, .holdSession(item.joint?.outstanding ?? []),
                    since: started(.session) ?? asOf, due: due, estimate: definition.takes))
        case .merging where item.joint?.conflicts.contains { $0.resolution == nil } == true:
            conflicts(&requests)
        case .merging:
            requests.append(
                request(
                    "merge", lead, .merge, since: started(.merge) ?? asOf, due: due,
                    estimate: definition.joint?.merge))
        case .rectifying:
            let since = started(.rectification(round: round)) ?? asOf
            let estimate = definition.joint?.rectification?.applicant
            requests.append(
                request(
                    "rectify", .applicant, .rectify(points: item.joint?.notice ?? []), since: since,
                    due: estimate.map { rules.calendar.adding($0.max, to: since) }, estimate: estimate))
        case .concluding where item.pause == nil:
            if asksForLegality(&requests, asOf: asOf) { return }
            requests.append(
                decision(
                    "conclude",
                    .conclude(passed: item.joint?.passed == true || item.aftermath?.isReopened == true),
                    since: started(.conclusion) ?? asOf, due: due, estimate: definition.joint?.conclusion))
        default: break
        }
    }

    /// Once a special procedure was begun, the department has answered; when it is over, it is asked anew, and the work
    /// is done.
    private func decision(
        _ step: String, _ ask: WorkRequest.Ask, since: LocalDate, due: LocalDate?, estimate: DurationEstimate?
    ) -> WorkRequest {
        guard item.procedures > 0 else { return request(step, lead, ask, since: since, due: due, estimate: estimate) }
        return request("\(step)-\(item.procedures)", lead, ask, since: since, due: due, isAnew: true)
    }

    /// Once for each of the values that are missing or beyond what the area allows.
    private func measure(_ requests: inout [WorkRequest], since: LocalDate, due: LocalDate?) {
        let failures = item.aftermath?.measurement?.failures ?? 0
        let open = rules.unmeasured(index, in: state)
        let standards = state.standards.map(\.standard).filter { standard in
            open.contains(standard.fact)
                || item.aftermath?.measurement?.values.contains {
                    $0.fact == standard.fact && !standard.admits($0.value)
                }
                    == true
        }
        requests.append(request("measure-\(failures)", lead, .measure(standards), since: since, due: due))
    }

    private func opinions(_ requests: inout [WorkRequest], asOf: LocalDate) {
        let participants = item.joint?.participants ?? []
        for (position, participant) in participants.enumerated() where participant.standing == .asked {
            guard let asked = definition.joint?.participants[position] else { continue }
            let isRecheck = item.status == .rechecking
            let estimate = isRecheck ? definition.joint?.rectification?.recheck ?? asked.takes : asked.takes
            requests.append(
                request(
                    isRecheck ? "recheck" : "opine", .department(asked.department), isRecheck ? .recheck : .opine,
                    since: participant.askedOn ?? asOf, due: participant.limits?.promised, estimate: estimate,
                    participant: participant.id))
        }
    }

    /// Everybody answers the proposed date; once it is fixed, the day is recorded.
    private func visit(_ requests: inout [WorkRequest]) {
        guard let joint = item.joint, let visit = joint.visit else { return }
        if let fixed = visit.fixed {
            requests.append(
                request(
                    "record-visit-\(joint.visits)", lead, .recordVisit(joint.outstanding), since: fixed, due: fixed))
            return
        }
        for (participant, asked) in zip(joint.participants, definition.joint?.participants ?? [])
        where participant.standing == .asked && !visit.answers.contains(where: { $0.participant == participant.id }) {
            requests.append(
                request(
                    "answer-visit-\(joint.visits)", .department(asked.department),
                    .answerVisit(proposed: visit.proposed), since: visit.proposedOn, due: visit.answerBy,
                    participant: participant.id))
        }
    }

    private func conflicts(_ requests: inout [WorkRequest]) {
        for (position, conflict) in (item.joint?.conflicts ?? []).enumerated() where conflict.resolution == nil {
            requests.append(
                request(
                    "resolve-\(position + 1)", lead, .resolveConflict(number: position + 1), since: conflict.markedOn))
        }
    }

    private func afterwards(_ requests: inout [WorkRequest], asOf: LocalDate) {
        let since = item.endedOn ?? asOf
        if item.status == .granted || item.status == .grantedWithGaps, !definition.outputs.isEmpty,
            item.gaps?.isBroken != true, item.aftermath?.suspended == nil
        {
            let due = rules.calendar.adding(rules.policy.deliveryLimit, to: since)
            requests.append(request("issue", lead, .issue, since: since, due: due))
        }
        if definition.handling == .commitment, item.gaps == nil, isToBeChecked,
            item.status == .issued || item.status == .granted && definition.outputs.isEmpty
        {
            requests.append(request(stepOfCheck, lead, .check, since: since, due: item.aftermath?.check?.due))
        }
        if item.aftermath != nil { aftermath(&requests, asOf: asOf) }
    }

    func started(_ phase: JointPhase) -> LocalDate? {
        item.joint?.phases.last { $0.phase == phase }?.start
    }

    func request(
        _ step: String, _ party: Party, _ ask: WorkRequest.Ask, since: LocalDate, due: LocalDate? = nil,
        estimate: DurationEstimate? = nil, participant: String? = nil, attempt: Int? = nil, isAnew: Bool = false
    ) -> WorkRequest {
        let attempt = attempt ?? item.attempt
        let name = StepName(item: item.id, participant: participant, attempt: attempt, round: round, step: step)
        return WorkRequest(
            id: name.text, item: item.id, participant: participant, attempt: attempt, round: round, party: party,
            ask: ask, since: since, due: due, estimate: estimate ?? .zero, isAnew: isAnew)
    }
}
