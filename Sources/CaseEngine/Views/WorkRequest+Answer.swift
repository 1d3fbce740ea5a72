import WorkCalendar

extension WorkRequest {
    /// The command that answers the request in the applicant's favour: what a simulated party sends, and a form's
    /// default.
    ///
    /// - Parameter document: the hash under which every document asked for is handed in.
    public func favourableAnswer(document: String) -> ItemCommand {
        func all(_ materials: [String]) -> [SuppliedMaterial] {
            materials.map { SuppliedMaterial(material: $0, hash: document) }
        }
        return switch ask {
        case .file(let needed): .file(materials: all(needed))
        case .finishPreReview: .finishPreReview(advice: "")
        case .admit: .admit
        case .supplyCorrection(let points): .supplyCorrection(materials: all(points.materials))
        case .sign: .sign(opinion: "")
        case .decide: .decide(.granted)
        case .supplySupplement(let points): .supplySupplement(materials: all(points.materials))
        case .endSpecialProcedure: .endSpecialProcedure(result: "")
        case .resume: .resume(reason: "resumed")
        case .supplyGaps(let materials): .supplyGaps(materials: all(materials))
        case .issue: .issue(documents: [])
        case .check: .check(finding: "kept")
        case .begin: .begin
        case .complete: .complete
        case .opine, .recheck: .opine(participant: participant ?? "", verdict: .pass)
        case .holdSession(let participants):
            .holdSession(votes: participants.map { SessionVote(participant: $0, verdict: .pass, signer: $0) })
        case .merge: .merge(note: "")
        case .goThere:
            .beginSpecialProcedure(kind: .siteVisit, basis: "行政许可法 art.34", length: .working(1))
        case .proposeVisit(let date): .proposeVisit(date: date, remote: false)
        case .answerVisit(let date): .answerVisit(participant: participant ?? "", dates: [date])
        case .recordVisit(let participants):
            .recordVisit(
                votes: participants.map {
                    VisitVote(participant: $0, verdict: .pass, officers: ["\($0) A", "\($0) B"])
                },
                unsigned: [], record: VisitRecord(commitment: "made", guidance: "given", record: "seen"))
        case .measure(let standards):
            .measure(
                values: standards.map { MeasuredValue(fact: $0.fact, value: $0.most ?? $0.least ?? 0) })
        case .keepAppointment: .keepAppointment
        case .recordAnswer:
            .recordAnswer(agrees: true, signer: "the other level", document: document, opinion: "")
        case .resolveConflict(let number): .resolveConflict(number: number, resolution: "the first holds")
        case .rectify(let points): .rectify(materials: all(points.map(\.point).materials), note: "")
        case .commit: .commit(signer: document)
        case .beginReview: .beginReview
        case .reviewLegality: .reviewLegality(agrees: true, opinion: "lawful")
        case .scheduleProcedure: .scheduleProcedure(date: since)
        case .deliver: .deliver(method: .window, tracking: nil, recipient: "applicant")
        case .handOut(let notice): .handOut(notice: notice, recipient: "applicant")
        case .acknowledge: .acknowledge(note: "")
        case .rectifyBreach: .reportRectified(note: "rectified")
        case .revoke: .revoke(reason: "the promise was broken", basis: "行政许可法 art.69")
        case .conclude(passed: true): .conclude(.granted)
        case .conclude(passed: false):
            .conclude(
                .refused(
                    reasons: "the opinions did not pass",
                    appeal: "行政复议 60 d, 行政诉讼 6 months"))
        }
    }
}

extension [Point] {
    /// The materials to be supplied anew, each once.
    fileprivate var materials: [String] {
        var seen: [String] = []
        for case let material? in map(\.material) where !seen.contains(material) { seen.append(material) }
        return seen
    }
}
