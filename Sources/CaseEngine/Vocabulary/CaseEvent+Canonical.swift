import WorkCalendar
import WorkflowModel

// Members stand in the order of their names; `Codable` reads what is written here.

extension CaseEvent: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("by", by)
            $0.member("grounds", grounds)
            $0.member("item", item)
            $0.member("on", on)
            $0.member("what", what)
        }
    }
}

extension Happening: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { $0.member(kind.rawValue, object: writeMembers) }
    }

    private func writeMembers(to json: inout CanonicalJSON) {
        switch self {
        case .caseCompleted, .becameReady, .milestoneReached, .completed, .preReviewBegan, .procedureOverran,
            .gapsReminded, .granted, .grantedWithGaps, .deemedGranted, .commitmentDeclined, .reviewBegan,
            .responseOverran, .deliveryOverran, .checkOverran, .rectificationMissed, .effectRestored, .lapsed,
            .referralOverran:
            break
        case .caseOpened(let opening): json.member("opening", opening)
        case .caseMigrated(let migration): json.member("migration", migration)
        case .calendarChanged(let change): json.member("change", change)
        case .itemsTransferred(let transfer): json.member("transfer", transfer)
        case .workAdded(let addition): json.member("addition", addition)
        case .stageStarted(let stage), .stageClosed(let stage): json.member("stage", stage)
        case .caseWithdrawn(let reason), .caseCancelled(let reason), .resumed(let reason), .returned(let reason),
            .withdrawn(let reason):
            json.member("reason", reason)
        case .cardExplained(let card, let explanation):
            json.member("card", card)
            json.member("explanation", explanation)
        case .cardLifted(let card, let reason), .cardConfirmed(let card, let reason):
            json.member("card", card)
            json.member("reason", reason)
        case .greenChannelOpened(let rule, let reason):
            json.member("reason", reason)
            json.member("rule", rule)
        case .greenChannelClosed(let reason): json.member("reason", reason)
        case .cardRaised(let card, let level, let participant, let round, let department, let person, let threshold):
            json.member("card", card)
            json.member("department", department)
            json.member("level", level)
            json.member("participant", participant)
            json.member("person", person)
            json.member("round", round)
            json.member("threshold", threshold)
        case .begun(let since): json.member("since", since)
        case .firmReminded(let firm, let due), .firmOverran(let firm, let due):
            json.member("due", due)
            json.member("firm", firm)
        case .preReviewFinished(let advice, let missing):
            json.member("advice", advice)
            if let missing { json.member("missing", missing) }
        case .filed(let attempt, let received, let supplied, let reused, let missing, let arrival):
            json.member("arrival", arrival)
            json.member("attempt", attempt)
            json.member("missing", missing)
            json.member("received", received)
            json.member("reused", reused)
            json.member("supplied", supplied)
        case .correctionRequested(let points), .supplementRequested(let points): json.member("points", points)
        case .correctionSupplied(let received, let supplied, let reused):
            json.member("received", received)
            json.member("reused", reused)
            json.member("supplied", supplied)
        case .admitted(let gaps, let promise):
            json.member("gaps", gaps)
            json.member("promise", promise)
        case .deemedAdmitted(let since, let gaps, let promise):
            json.member("gaps", gaps)
            json.member("promise", promise)
            json.member("since", since)
        case .admissionRefused(let reason, let rightBody):
            json.member("reason", reason)
            json.member("rightBody", rightBody)
        case .signed(let link, let opinion):
            json.member("link", link)
            json.member("opinion", opinion)
        case .supplementSupplied(let resumes, let supplied):
            json.member("resumes", resumes)
            json.member("supplied", supplied)
        case .procedureBegan(let kind, let basis, let length):
            json.member("basis", basis)
            json.member("kind", kind)
            json.member("length", length)
        case .procedureEnded(let result): json.member("result", result)
        case .suspended(let reason, let approver):
            json.member("approver", approver)
            json.member("reason", reason)
        case .extended(let amount, let reason, let approver):
            json.member("approver", approver)
            json.member("by", amount)
            json.member("reason", reason)
        case .gapsSupplied(let supplied): json.member("supplied", supplied)
        case .promiseBroken(let missing): json.member("missing", missing)
        case .refused(let reasons, let appeal):
            json.member("appeal", appeal)
            json.member("reasons", reasons)
        case .issued(let outputs): json.member("outputs", outputs)
        case .checked(let finding): json.member("finding", finding)
        case .revoked(let reason, let basis):
            json.member("basis", basis)
            json.member("reason", reason)
        case .commitmentSigned, .legalityReviewed, .procedureScheduled, .delivered, .noticeHandedOut, .resultPushed,
            .resultAcknowledged,
            .checkDrawn, .breachFound, .breachRectified, .breachRecorded, .effectSuspended, .appealFiled,
            .appealDecided, .lapseReminded, .permitExtended:
            writeAftermath(to: &json)
        case .opinionGiven(let participant, let round, let verdict, let seen):
            json.member("participant", participant)
            json.member("round", round)
            json.member("seen", seen)
            json.member("verdict", verdict)
        case .opinionDeemed(let participant, let round):
            json.member("participant", participant)
            json.member("round", round)
        case .sessionHeld(let votes, let seen):
            json.member("seen", seen)
            json.member("votes", votes)
        case .opinionsClosed(let round, let released):
            json.member("released", released)
            json.member("round", round)
        case .merged(let round, let passed, let rectify, let points, let note):
            json.member("note", note)
            json.member("passed", passed)
            json.member("points", points)
            json.member("rectify", rectify)
            json.member("round", round)
        case .rectified(let round, let resumes, let supplied, let note):
            json.member("note", note)
            json.member("resumes", resumes)
            json.member("round", round)
            json.member("supplied", supplied)
        case .visitProposed, .visitAnswered, .visitFixed, .visitLapsed, .visitHeld, .conflictMarked,
            .conflictResolved, .reopened, .changeEnded:
            writeMembersOfJoint(to: &json)
        case .appointmentBooked(let number, let purpose, let date, let at, let place):
            json.member("at", at)
            json.member("date", date)
            json.member("number", number)
            json.member("place", place)
            json.member("purpose", purpose)
        case .appointmentMoved(let number, let date, let at):
            json.member("at", at)
            json.member("date", date)
            json.member("number", number)
        case .appointmentCancelled(let number, let date, let reason):
            json.member("date", date)
            json.member("number", number)
            json.member("reason", reason)
        case .appointmentKept(let number, let date), .appointmentMissed(let number, let date):
            json.member("date", date)
            json.member("number", number)
        case .referred(let level, let authority, let opinion, let within):
            json.member("authority", authority)
            json.member("level", level)
            json.member("opinion", opinion)
            json.member("within", within)
        case .referralAnswered(let agrees, let signer, let document, let opinion):
            json.member("agrees", agrees)
            json.member("document", document)
            json.member("opinion", opinion)
            json.member("signer", signer)
        case .valuesMeasured(let values, let exceeded):
            json.member("exceeded", exceeded)
            json.member("values", values)
        case .materialsLookedUp, .repeatRequestAvoided, .intakeReceived, .intakeSupplied, .intakeNoticed,
            .intakeAdmitted:
            writeMembersOfMaterials(to: &json)
        case .ruleCardRaised(let card, let rule, let level, let participant, let department, let person, let evidence):
            json.member("card", card)
            json.member("department", department)
            json.member("evidence", evidence)
            json.member("level", level)
            json.member("participant", participant)
            json.member("person", person)
            json.member("rule", rule)
        case .rated(let step, let attempt, let score, let channel, let comment):
            json.member("attempt", attempt)
            json.member("channel", channel)
            json.member("comment", comment)
            json.member("score", score)
            json.member("step", step)
        case .accountabilityNoted(let card, let measure, let note):
            json.member("card", card)
            json.member("measure", measure)
            json.member("note", note)
        case .matterOpened(let matter): json.member("matter", matter)
        case .matterAnswered(let matter, let answer, let outcome, let by):
            json.member("answer", answer)
            json.member("by", by)
            json.member("matter", matter)
            json.member("outcome", outcome)
        case .matterExtended(let matter, let due, let reason, let approver):
            json.member("approver", approver)
            json.member("due", due)
            json.member("matter", matter)
            json.member("reason", reason)
        case .matterOverdue(let matter): json.member("matter", matter)
        case .matterEscalated(let matter, let office, let due, let reason):
            json.member("due", due)
            json.member("matter", matter)
            json.member("office", office)
            json.member("reason", reason)
        case .matterCalledBack(let matter, let satisfied, let note):
            json.member("matter", matter)
            json.member("note", note)
            json.member("satisfied", satisfied)
        case .matterClosed(let matter, let note):
            json.member("matter", matter)
            json.member("note", note)
        }
    }

    private func writeMembersOfJoint(to json: inout CanonicalJSON) {
        switch self {
        case .visitProposed(let date, let remote, let answerBy):
            json.member("answerBy", answerBy)
            json.member("date", date)
            json.member("remote", remote)
        case .visitAnswered(let participant, let dates):
            json.member("dates", dates)
            json.member("participant", participant)
        case .visitFixed(let date, let silent):
            json.member("date", date)
            json.member("silent", silent)
        case .visitLapsed(let date, let fixed):
            json.member("date", date)
            json.member("fixed", fixed)
        case .visitHeld(let votes, let absent, let unsigned, let deemed, let remote, let record, let seen):
            json.member("absent", absent)
            json.member("deemed", deemed)
            json.member("record", record)
            json.member("remote", remote)
            json.member("seen", seen)
            json.member("unsigned", unsigned)
            json.member("votes", votes)
        case .conflictMarked(let number, let first, let second):
            json.member("first", first)
            json.member("number", number)
            json.member("second", second)
        case .conflictResolved(let number, let resolution):
            json.member("number", number)
            json.member("resolution", resolution)
        case .reopened(let round, let supplied, let touched, let reason):
            json.member("reason", reason)
            json.member("round", round)
            json.member("supplied", supplied)
            json.member("touched", touched)
        case .changeEnded(let reason, let appeal):
            json.member("appeal", appeal)
            json.member("reason", reason)
        default: break
        }
    }

    private func writeAftermath(to json: inout CanonicalJSON) {
        switch self {
        case .commitmentSigned(let signer): json.member("signer", signer)
        case .legalityReviewed(let agrees, let opinion):
            json.member("agrees", agrees)
            json.member("opinion", opinion)
        case .procedureScheduled(let date): json.member("date", date)
        case .delivered(let method, let tracking, let recipient):
            json.member("method", method)
            json.member("recipient", recipient)
            json.member("tracking", tracking)
        case .noticeHandedOut(let notice, let recipient):
            json.member("notice", notice)
            json.member("recipient", recipient)
        case .resultPushed(let department): json.member("to", department)
        case .resultAcknowledged(let note), .breachRectified(let note): json.member("note", note)
        case .checkDrawn(let seed, let population, let inspectors, let due):
            json.member("due", due)
            json.member("inspectors", inspectors)
            json.member("population", population)
            json.member("seed", seed)
        case .breachFound(let finding, let rectifyBy):
            json.member("finding", finding)
            json.member("rectifyBy", rectifyBy)
        case .breachRecorded(let kind): json.member("kind", kind)
        case .effectSuspended(let cause): json.member("cause", cause)
        case .appealFiled(let route, let lastDay, let grounds):
            json.member("grounds", grounds)
            json.member("lastDay", lastDay)
            json.member("route", route)
        case .appealDecided(let route, let outcome, let reason):
            json.member("outcome", outcome)
            json.member("reason", reason)
            json.member("route", route)
        case .lapseReminded(let date): json.member("voidAfter", date)
        case .permitExtended(let date, let reason):
            json.member("reason", reason)
            json.member("voidAfter", date)
        default: break
        }
    }
}

extension CaseOpening: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("calendar", calendar)
            $0.member("calendarVersion", calendarVersion)
            $0.member("codeSource", codeSource)
            $0.member("definition", definition)
            $0.member("facts", facts)
            $0.member("owner", owner)
            $0.member("ownerCode", ownerCode)
            $0.member("project", project)
            $0.member("title", title)
            $0.member("version", version)
            $0.member("workflow", workflow)
            // Without works an opening is written as it was before there were any: its hash stays.
            if !works.isEmpty { $0.member("works", works) }
        }
    }
}

extension Work: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("code", code)
            $0.member("facts", facts)
            $0.member("id", id)
            $0.member("title", title)
        }
    }
}

extension FactValue: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        switch self {
        case .boolean(let value): value.write(to: &json)
        case .number(let value): value.write(to: &json)
        case .text(let value): value.write(to: &json)
        }
    }
}

extension Actor: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("department", department)
            $0.member("name", name)
            $0.member("role", role)
        }
    }
}

extension Actor.Role: CanonicallyWritten {}
extension AdministrativeLevel: CanonicallyWritten {}
extension PowerShift: CanonicallyWritten {}
extension AppointmentPurpose: CanonicallyWritten {}
extension CardLevel: CanonicallyWritten {}
extension SpecialProcedure: CanonicallyWritten {}
extension AppealRoute: CanonicallyWritten {}
extension AppealOutcome: CanonicallyWritten {}
extension DeliveryMethod: CanonicallyWritten {}
extension BreachKind: CanonicallyWritten {}
extension DayUnit: CanonicallyWritten {}

extension LocalizedText: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("en", en)
            $0.member("zh", zh)
        }
    }
}

extension DayAmount: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("amount", days)
            $0.member("unit", unit)
        }
    }
}

extension SuppliedMaterial: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("hash", hash)
            $0.member("issuedOn", issuedOn)
            $0.member("material", material)
            $0.member("parts", parts)
            $0.member("validUntil", validUntil)
        }
    }
}

extension MaterialUse: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("material", material)
            $0.member("number", number)
        }
    }
}

extension Point: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("material", material)
            $0.member("part", part)
            $0.member("text", text)
        }
    }
}

extension ParticipantPoint: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("participant", participant)
            $0.member("point", point)
        }
    }
}

extension SessionVote: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("participant", participant)
            $0.member("signer", signer)
            $0.member("verdict", verdict)
        }
    }
}

extension VisitVote: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("officers", officers)
            $0.member("participant", participant)
            $0.member("verdict", verdict)
        }
    }
}

extension VisitRecord: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("commitment", commitment)
            $0.member("guidance", guidance)
            $0.member("record", record)
        }
    }
}

extension Verdict: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            switch self {
            case .pass: json.member("pass") { _ in }
            case .passWithConditions(let points): json.member("passWithConditions") { $0.member("points", points) }
            case .fail(let points): json.member("fail") { $0.member("points", points) }
            case .notInvolved: json.member("notInvolved") { _ in }
            }
        }
    }
}
