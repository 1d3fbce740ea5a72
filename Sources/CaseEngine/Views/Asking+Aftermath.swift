import WorkCalendar
import WorkflowModel

/// What promises, and the time after a decision, ask for.
extension Asking {
    // MARK: Before the decision

    /// What has to be done before a department signs or decides.
    ///
    /// - Returns: whether it waits for that.
    func asksBeforeReview(_ requests: inout [WorkRequest], asOf: LocalDate) -> Bool {
        let since = item.admittedOn ?? asOf
        if definition.startsWithDepartment, item.aftermath?.reviewBeganOn == nil {
            requests.append(request("begin-review", lead, .beginReview, since: since))
            return true
        }
        guard definition.provisions.commitment != nil, item.aftermath?.promise == nil,
            item.aftermath?.isOrdinary != true
        else { return false }
        requests.append(request("commit", .applicant, .commit, since: since))
        return true
    }

    /// On a promise the department decides at once.
    var dueOfDecision: LocalDate? {
        guard let promise = item.aftermath?.promise, let admitted = item.admittedOn else { return nil }
        return rules.calendar.workingDay(onOrAfter: max(promise.on, admitted))
    }

    /// Whether a refusal is about to be made that a lawyer has to look at first.
    func asksForLegality(_ requests: inout [WorkRequest], asOf: LocalDate) -> Bool {
        guard definition.provisions.legalReview, item.joint?.passed == false, item.aftermath?.legality == nil else {
            return false
        }
        requests.append(request("legal-review", lead, .reviewLegality, since: started(.conclusion) ?? asOf))
        return true
    }

    func respond(_ requests: inout [WorkRequest], asOf: LocalDate) -> Bool {
        guard let response = item.aftermath?.response, response.date == nil, let pause = item.pause,
            let kind = pause.procedure
        else { return false }
        requests.append(
            request(
                "schedule-procedure-\(item.interludes)", lead, .scheduleProcedure(kind), since: pause.since,
                due: response.by))
        return true
    }

    // MARK: After it

    /// Whether somebody still has to look if the promise was kept: unless only those drawn are checked, or the applicant
    /// chose the ordinary way.
    var isToBeChecked: Bool {
        guard let aftermath = item.aftermath else { return true }
        if aftermath.isOrdinary { return false }
        if let breach = aftermath.breach, breach.rectifiedOn == nil { return false }
        return aftermath.check?.isAsked ?? true
    }

    var stepOfCheck: String {
        let breaches = item.aftermath?.breaches ?? 0
        return breaches == 0 ? "check" : "check-\(breaches)"
    }

    func aftermath(_ requests: inout [WorkRequest], asOf: LocalDate) {
        guard let aftermath = item.aftermath else { return }
        if let delivery = aftermath.delivery, delivery.on == nil, let issued = item.issuedOn {
            requests.append(request("deliver", .window, .deliver, since: issued, due: delivery.due))
        }
        if let breach = aftermath.breach, let rectifyBy = breach.rectifyBy, breach.rectifiedOn == nil,
            !breach.isMissed
        {
            requests.append(
                request(
                    "rectify-breach-\(aftermath.breaches)", .applicant, .rectifyBreach(finding: breach.finding),
                    since: breach.on, due: rectifyBy))
        }
        if let suspended = aftermath.suspended {
            requests.append(
                request("revoke-\(aftermath.breaches)", lead, .revoke(suspended.cause), since: suspended.on))
        }
    }

    func acknowledge(_ push: ResultPush, _ requests: inout [WorkRequest]) {
        requests.append(
            request("acknowledge-\(push.number)", .department(push.department), .acknowledge, since: push.on))
    }
}
