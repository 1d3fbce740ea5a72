import WorkCalendar
import WorkflowModel

@testable import CaseEngine

extension PlainItem {
    mutating func take(_ event: CaseEvent, _ rule: ItemRule, _ calendar: WorkCalendar) {
        switch event.what {
        case .milestoneReached, .completed:
            finishedOn = event.on
            startedOn = startedOn ?? event.on
            phase = .inFavour
        case .begun(let since):
            phase = .work
            startedOn = since
        case .preReviewBegan: phase = .preReview
        case .preReviewFinished: phase = .waiting
        case .filed(let number, let received, _, _, _, _):
            self.received = received
            startApplication(number, on: event.on)
        case .correctionRequested:
            phase = .correcting
            corrections += 1
        case .correctionSupplied(let received, _, _):
            self.received = received
            phase = .filed
            revision += 1
        case .admitted: admit(from: event.on, on: event.on, rule, calendar)
        case .deemedAdmitted(let since, _, _): admit(from: since, on: event.on, rule, calendar)
        case .reviewBegan where rule.startsWithDepartment:
            hasBegun = true
            clock = DayCount(from: event.on, on: calendar)
            if let pause, pause != .procedureBegan { clock?.stop() }
        case .signed: lastSigners = [event.by.name, event.grounds?.onBehalfOf ?? event.by.name]
        case .supplementRequested:
            supplements += 1
            pause(event, stops: true)
        case .suspended, .referred: pause(event, stops: true)
        case .procedureBegan(let kind, _, _):
            pause(event, stops: rule.provisions.rule(of: kind.stopReason)?.stopsClock ?? kind.stopsClock)
        case .supplementSupplied(let resumes, _):
            revision += 1
            pause = nil
            resumeClocks(after: resumes)
        case .procedureEnded, .resumed, .referralAnswered:
            pause = nil
            if !isRectifying { resumeClocks(after: event.on) }
        case .extended(let amount, _, _): extended = amount
        case .gapsSupplied: revision += 1
        case .granted, .grantedWithGaps, .deemedGranted:
            end(.inFavour)
            wasGranted = true
            finishedOn = event.on
            before = []
        case .issued: isIssued = true
        case .refused, .returned, .withdrawn, .admissionRefused:
            end(.inVain)
            wasGranted = false
            before = []
        case .revoked, .lapsed:
            finishedOn = nil
            phase = .inVain
        case .appealDecided(_, .annulled, _): reopen(event, rule, calendar)
        default: takeJoint(event, rule, calendar)
        }
    }

    private mutating func startApplication(_ number: Int, on date: LocalDate) {
        let (revision, started, received) = (revision, startedOn ?? date, received)
        self = PlainItem()
        self.revision = revision + 1
        startedOn = started
        self.received = received
        attempt = number
        phase = .filed
    }

    private mutating func admit(
        from start: LocalDate, on date: LocalDate, _ rule: ItemRule, _ calendar: WorkCalendar
    ) {
        phase = .review
        wasAdmitted = true
        if !rule.startsWithDepartment {
            clock = DayCount(from: start, on: calendar)
            clock?.advance(to: date, on: calendar)
        }
        if let joint = rule.joint { ask(joint.participants.map(\.id), on: date, calendar) }
    }

    private mutating func pause(_ event: CaseEvent, stops: Bool) {
        pause = event.kind
        if stops { stopClocks() }
    }

    private mutating func reopen(_ event: CaseEvent, _ rule: ItemRule, _ calendar: WorkCalendar) {
        // Decided anew, on a clock of its own; a revocation that is annulled leaves all as it was.
        switch phase {
        case .inVain where wasGranted:
            finishedOn = event.on
            phase = .inFavour
        case .inVain where wasAdmitted:
            phase = .review
            attempt += 1
            clock =
                rule.startsWithDepartment && clock == nil && !hasBegun ? nil : DayCount(from: event.on, on: calendar)
            raised = []
            extended = nil
            corrections = 0
            supplements = 0
            lastSigners = []
        case .inVain:
            attempt += 1
            phase = .filed
            received = calendar.workingDay(onOrAfter: event.on)
        default: break
        }
    }

    private mutating func takeJoint(_ event: CaseEvent, _ rule: ItemRule, _ calendar: WorkCalendar) {
        switch event.what {
        case .opinionGiven(let id, _, let verdict, _): answer(id, verdict)
        case .opinionDeemed(let id, _): answer(id, .pass)
        case .sessionHeld(let votes, _):
            for vote in votes { answer(vote.participant, vote.verdict) }
            opinionsOpen = false
        case .visitHeld(let votes, _, _, let deemed, _, _, _):
            for vote in votes { answer(vote.participant, vote.verdict) }
            for id in deemed { answer(id, .pass) }
            if rule.isSession, asked.isEmpty { opinionsOpen = false }
        case .opinionsClosed(_, let ids):
            released = Set(ids)
            for id in ids { asked[id] = nil }
            opinionsOpen = false
        case .merged(let round, _, let rectify, _, _) where rectify:
            self.round = round + 1
            isRectifying = true
            stopClocks()
        case .rectified(_, let resumes, _, _):
            revision += 1
            isRectifying = false
            resumeClocks(after: resumes)
            if let rectification = rule.joint?.rectification, rectification.recheck != nil {
                let all = rule.joint?.participants.map(\.id) ?? []
                let again = rectification.failedOnly ? all.filter(failed.contains) : all
                let failing = failed
                ask(again, on: event.on, calendar)
                failed = failing
            }
        case .reopened(let round, _, let touched, _):
            if phase == .inFavour {
                before = [self]
                clock = DayCount(from: event.on, on: calendar)
                raised = []
                extended = nil
                isIssued = false
                finishedOn = nil
                if rule.joint == nil {
                    supplements = 0
                    lastSigners = []
                }
            }
            phase = .review
            revision += 1
            self.round = round
            ask(touched, on: event.on, calendar)
        case .changeEnded:
            guard let grant = before.first else { return }
            let revision = revision
            self = grant
            self.revision = revision
            before = []
        default: break
        }
    }
}
