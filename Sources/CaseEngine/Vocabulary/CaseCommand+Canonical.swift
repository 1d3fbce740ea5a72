import WorkCalendar
import WorkflowModel

extension CaseCommand {
    /// What is said and who says it, in canonical bytes: equal when both are equal, and only then.
    ///
    /// - Precondition: the facts of an opening are finite; one that is decided has no others.
    public func statement(by actor: Actor) -> [UInt8] {
        var json = CanonicalJSON(capacity: 192)
        json.object {
            $0.member("by", actor)
            $0.member("command", self)
        }
        return json.bytes
    }
}

// Members stand in the order of their names; `Codable` writes the same.

extension CaseCommand: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            switch self {
            case .open(let opening): json.member("open") { $0.member("opening", opening) }
            case .withdrawCase(let reason): json.member("withdrawCase") { $0.member("reason", reason) }
            case .cancelCase(let reason): json.member("cancelCase") { $0.member("reason", reason) }
            case .passTime: json.member("passTime") { _ in }
            case .explainCard(let card, let explanation):
                json.member("explainCard") {
                    $0.member("card", card)
                    $0.member("explanation", explanation)
                }
            case .liftCard(let card, let reason): json.member("liftCard") { $0.members(card: card, reason: reason) }
            case .confirmCard(let card, let reason):
                json.member("confirmCard") { $0.members(card: card, reason: reason) }
            case .openGreenChannel(let reason): json.member("openGreenChannel") { $0.member("reason", reason) }
            case .closeGreenChannel(let reason): json.member("closeGreenChannel") { $0.member("reason", reason) }
            case .migrate(let order): json.member("migrate") { $0.member("order", order) }
            case .changeCalendar(let order): json.member("changeCalendar") { $0.member("order", order) }
            case .transfer(let order): json.member("transfer") { $0.member("order", order) }
            case .addWork(let order): json.member("addWork") { $0.member("order", order) }
            case .supervise(let command): json.member("supervise") { $0.member("command", command) }
            case .intake(let command): json.member("intake") { $0.member("command", command) }
            case .item(let id, let command):
                json.member("item") {
                    $0.member("command", command)
                    $0.member("id", id)
                }
            }
        }
    }
}

extension CanonicalJSON {
    fileprivate mutating func members(card: String, reason: String) {
        member("card", card)
        member("reason", reason)
    }
}

extension ItemCommand: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { $0.member(name, object: writeMembers) }
    }

    /// The name in the log.
    public var name: String {
        switch self {
        case .beginPreReview: "beginPreReview"
        case .finishPreReview: "finishPreReview"
        case .file: "file"
        case .requestCorrection: "requestCorrection"
        case .supplyCorrection: "supplyCorrection"
        case .admit: "admit"
        case .refuseAdmission: "refuseAdmission"
        case .sign: "sign"
        case .requestSupplement: "requestSupplement"
        case .supplySupplement: "supplySupplement"
        case .beginSpecialProcedure: "beginSpecialProcedure"
        case .endSpecialProcedure: "endSpecialProcedure"
        case .suspend: "suspend"
        case .resume: "resume"
        case .extend: "extend"
        case .supplyGaps: "supplyGaps"
        case .decide: "decide"
        case .returnApplication: "returnApplication"
        case .withdraw: "withdraw"
        case .issue: "issue"
        case .check: "check"
        case .revoke: "revoke"
        case .begin: "begin"
        case .complete: "complete"
        case .opine: "opine"
        case .holdSession: "holdSession"
        case .merge: "merge"
        case .rectify: "rectify"
        case .measure: "measure"
        case .book: "book"
        case .rebook: "rebook"
        case .cancelAppointment: "cancelAppointment"
        case .keepAppointment: "keepAppointment"
        case .refer: "refer"
        case .recordAnswer: "recordAnswer"
        case .conclude: "conclude"
        case .proposeVisit: "proposeVisit"
        case .answerVisit: "answerVisit"
        case .recordVisit: "recordVisit"
        case .markConflict: "markConflict"
        case .resolveConflict: "resolveConflict"
        case .reopen: "reopen"
        case .lookUp: "lookUp"
        case .noteRepeat: "noteRepeat"
        case .commit: "commit"
        case .declineCommitment: "declineCommitment"
        case .beginReview: "beginReview"
        case .reviewLegality: "reviewLegality"
        case .scheduleProcedure: "scheduleProcedure"
        case .deliver: "deliver"
        case .handOut: "handOut"
        case .acknowledge: "acknowledge"
        case .drawCheck: "drawCheck"
        case .findBreach: "findBreach"
        case .reportRectified: "reportRectified"
        case .appeal: "appeal"
        case .decideAppeal: "decideAppeal"
        case .extendPermit: "extendPermit"
        }
    }

    private func writeMembers(to json: inout CanonicalJSON) {
        switch self {
        case .beginPreReview, .admit, .begin, .complete, .declineCommitment, .beginReview, .keepAppointment: break
        case .lookUp(let materials): json.member("materials", materials)
        case .noteRepeat(let materials, let request):
            json.member("materials", materials)
            json.member("request", request)
        case .finishPreReview(let advice, let missing):
            json.member("advice", advice)
            if let missing { json.member("missing", missing) }
        case .file(let materials, let arrival):
            json.member("arrival", arrival)
            json.member("materials", materials)
        case .supplyCorrection(let materials), .supplySupplement(let materials), .supplyGaps(let materials):
            json.member("materials", materials)
        case .requestCorrection(let points), .requestSupplement(let points): json.member("points", points)
        case .refuseAdmission(let reason, let rightBody):
            json.member("reason", reason)
            json.member("rightBody", rightBody)
        case .sign(let opinion): json.member("opinion", opinion)
        case .beginSpecialProcedure(let kind, let basis, let length):
            json.member("basis", basis)
            json.member("kind", kind)
            json.member("length", length)
        case .endSpecialProcedure(let result): json.member("result", result)
        case .suspend(let reason, let approver):
            json.member("approver", approver)
            json.member("reason", reason)
        case .resume(let reason), .returnApplication(let reason), .withdraw(let reason): json.member("reason", reason)
        case .extend(let amount, let reason, let approver):
            json.member("approver", approver)
            json.member("by", amount)
            json.member("reason", reason)
        case .decide(let decision), .conclude(let decision): json.member("decision", decision)
        case .issue(let documents): json.member("documents", documents)
        case .check(let finding): json.member("finding", finding)
        case .revoke(let reason, let basis):
            json.member("basis", basis)
            json.member("reason", reason)
        case .opine(let participant, let verdict):
            json.member("participant", participant)
            json.member("verdict", verdict)
        case .holdSession(let votes): json.member("votes", votes)
        case .merge(let note): json.member("note", note)
        case .measure(let values): json.member("values", values)
        case .book(let purpose, let date, let at, let place):
            json.member("at", at)
            json.member("date", date)
            json.member("place", place)
            json.member("purpose", purpose)
        case .rebook(let date, let at):
            json.member("at", at)
            json.member("date", date)
        case .cancelAppointment(let reason): json.member("reason", reason)
        case .refer(let level, let authority, let opinion, let within):
            json.member("authority", authority)
            json.member("level", level)
            json.member("opinion", opinion)
            json.member("within", within)
        case .recordAnswer(let agrees, let signer, let document, let opinion):
            json.member("agrees", agrees)
            json.member("document", document)
            json.member("opinion", opinion)
            json.member("signer", signer)
        case .rectify(let materials, let note):
            json.member("materials", materials)
            json.member("note", note)
        case .proposeVisit(let date, let remote):
            json.member("date", date)
            json.member("remote", remote)
        case .answerVisit(let participant, let dates):
            json.member("dates", dates)
            json.member("participant", participant)
        case .recordVisit(let votes, let unsigned, let record):
            json.member("record", record)
            json.member("unsigned", unsigned)
            json.member("votes", votes)
        case .markConflict(let first, let second):
            json.member("first", first)
            json.member("second", second)
        case .resolveConflict(let number, let resolution):
            json.member("number", number)
            json.member("resolution", resolution)
        case .reopen(let materials, let reason):
            json.member("materials", materials)
            json.member("reason", reason)
        case .commit, .reviewLegality, .scheduleProcedure, .deliver, .handOut, .acknowledge, .drawCheck, .findBreach,
            .reportRectified, .appeal, .decideAppeal, .extendPermit:
            writeAftermath(to: &json)
        }
    }

    private func writeAftermath(to json: inout CanonicalJSON) {
        switch self {
        case .commit(let signer): json.member("signer", signer)
        case .reviewLegality(let agrees, let opinion):
            json.member("agrees", agrees)
            json.member("opinion", opinion)
        case .scheduleProcedure(let date): json.member("date", date)
        case .deliver(let method, let tracking, let recipient):
            json.member("method", method)
            json.member("recipient", recipient)
            json.member("tracking", tracking)
        case .handOut(let notice, let recipient):
            json.member("notice", notice)
            json.member("recipient", recipient)
        case .acknowledge(let note), .reportRectified(let note): json.member("note", note)
        case .drawCheck(let seed, let population, let inspectors, let within):
            json.member("inspectors", inspectors)
            json.member("population", population)
            json.member("seed", seed)
            json.member("within", within)
        case .findBreach(let finding, let within):
            json.member("finding", finding)
            json.member("within", within)
        case .appeal(let route, let grounds):
            json.member("grounds", grounds)
            json.member("route", route)
        case .decideAppeal(let outcome, let reason):
            json.member("outcome", outcome)
            json.member("reason", reason)
        case .extendPermit(let reason): json.member("reason", reason)
        default: break
        }
    }
}

extension Decision: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            switch self {
            case .granted: json.member("granted") { _ in }
            case .grantedWithGaps: json.member("grantedWithGaps") { _ in }
            case .refused(let reasons, let appeal):
                json.member("refused") {
                    $0.member("appeal", appeal)
                    $0.member("reasons", reasons)
                }
            }
        }
    }
}
