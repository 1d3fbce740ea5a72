import WorkCalendar
import WorkflowModel

/// Rules between admission and decision.
extension Deciding {
    mutating func decideReview(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        let chain = definition(index).chain
        switch command {
        case .sign(let opinion):
            try require(department(of: index))
            try requireStatus(index, .inReview)
            try requireRunning(index)
            // The last link signs by deciding.
            guard item.signatures.count + 1 < chain.count else { throw .chainComplete(item: item.id) }
            try requireOtherSigner(than: item.signatures.last)
            beginReview(index)
            emit(.signed(link: item.signatures.count, opinion: opinion), to: index)
        case .decide(let decision):
            if actor.role == .window, case .refused = decision { throw .windowMayNotRefuse }
            if !isGrantedByWindow(decision, index) { try require(department(of: index)) }
            try requireStatus(index, .inReview)
            try requireNoPause(index)
            guard item.signatures.count + 1 >= chain.count else {
                throw .chainNotSigned(item: item.id, link: chain[item.signatures.count])
            }
            try requireOtherSigner(than: item.signatures.last)
            if case .refused(let reasons, let appeal) = decision, item.standingGrant != nil {
                try requireReasons(reasons, appeal)
                try requireLegality(index, reasons: reasons)
                emit(.changeEnded(reason: reasons, appeal: appeal), to: index)
            } else {
                try emitDecision(decision, index)
            }
        default: break
        }
    }

    /// Decides an item, or concludes a joint one.
    mutating func emitDecision(_ decision: Decision, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch decision {
        case .granted:
            if let gaps = item.gaps { throw gaps.isBroken ? .promiseBroken(gaps.materials) : .gapsOpen(gaps.materials) }
            try requireVisit(index)
            try requireMeasured(index)
            try requireAnswered(granting: true, index)
            try requirePredecessors(index)
            try requireGrounds(index)
            beginReview(index)
            emit(.granted, to: index)
        case .grantedWithGaps:
            guard let gaps = item.gaps else { throw .noGaps(item: item.id) }
            if gaps.isBroken { throw .promiseBroken(gaps.materials) }
            try requireVisit(index)
            try requireMeasured(index)
            try requireAnswered(granting: true, index)
            try requirePredecessors(index)
            try requireGrounds(index)
            beginReview(index)
            emit(.grantedWithGaps, to: index)
        case .refused(let reasons, let appeal):
            try requireReasons(reasons, appeal)
            try requireAnswered(granting: false, index)
            try requireLegality(index, reasons: reasons)
            beginReview(index)
            emit(.refused(reasons: reasons, appeal: appeal), to: index)
        }
    }

    /// - Source: 行政许可法 (2019) art. 38.
    func requireReasons(_ reasons: String, _ appeal: String) throws(CaseRejection) {
        try requireText(reasons)
        guard appeal.contains(where: { !$0.isWhitespace }) else { throw .appealMissing }
    }

    private func requireOtherSigner(than last: Signature?) throws(CaseRejection) {
        guard let last else { return }
        let before = [last.name, last.onBehalfOf].compactMap(\.self)
        for name in [actor.name, grounds?.onBehalfOf].compactMap(\.self) where before.contains(name) {
            throw .secondPersonNeeded(name: name)
        }
    }

    // MARK: The clock

    mutating func decidePause(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch command {
        case .requestSupplement(let points):
            try require(department(of: index))
            if definition(index).asksForOpinions { throw .noApplicantContact(item: item.id) }
            if item.supplement != nil { throw .supplementAlreadyRequested(item: item.id) }
            try requireStatus(index, .inReview, .opining)
            try requireNoPause(index)
            try requirePoints(points)
            try requireNotHeld(points, by: index)
            beginReview(index)
            emit(.supplementRequested(points: points), to: index)
        case .supplySupplement(let materials):
            try require(applying)
            try requirePause(index, .supplement)
            let supplied = try received(materials)
            try requireAll(item.supplement?.points ?? [], in: supplied)
            let resumes = rules.calendar.workingDay(onOrAfter: today)
            emit(.supplementSupplied(resumes: resumes, supplied: supplied), to: index)
        case .beginSpecialProcedure(let kind, let basis, let length):
            try require(department(of: index))
            try requireClocked(index)
            try requireNoPause(index)
            try requireText(basis)
            guard length.minutes > 0 else { throw .lengthMissing }
            try requireProcedure(kind, length, index)
            beginReview(index)
            emit(.procedureBegan(kind: kind, basis: basis, length: length), to: index)
        case .endSpecialProcedure(let result):
            try require(department(of: index))
            try requirePause(index, .procedure)
            emit(.procedureEnded(result: result), to: index)
        case .suspend(let reason, let approver):
            try require(department(of: index))
            try requireClocked(index)
            try requireNoPause(index)
            try requireText(reason)
            try requireApprover(approver, as: [.approver, .head], of: index)
            beginReview(index)
            emit(.suspended(reason: reason, approver: approver), to: index)
        case .resume(let reason):
            try require(department(of: index))
            try requirePause(index, .suspension)
            try requireText(reason)
            emit(.resumed(reason: reason), to: index)
        case .extend(let amount, let reason, let approver):
            try require(department(of: index))
            try requireClocked(index)
            if item.extended != nil { throw .alreadyExtended(item: item.id) }
            guard let longest = definition(index).statutoryLimit?.longestExtension else {
                throw .extensionNotAllowed(item: item.id)
            }
            guard amount.minutes > 0 else { throw .lengthMissing }
            guard amount.unit == longest.unit, amount.minutes <= longest.minutes else {
                throw .extensionTooLong(longest: longest)
            }
            try requireText(reason)
            try requireApprover(approver, as: [.head], of: index)
            beginReview(index)
            emit(.extended(by: amount, reason: reason, approver: approver), to: index)
        default: break
        }
    }

    private func requireClocked(_ index: Int) throws(CaseRejection) {
        let status = self.status(index)
        guard status.isClocked, status.isUnderReview else {
            throw .notNow(item: definition(index).id, status: status)
        }
    }

    private func requirePause(_ index: Int, _ kind: PauseKind) throws(CaseRejection) {
        guard pause(index)?.kind == kind else { throw .notPaused(item: definition(index).id) }
    }

    // MARK: Outcomes

    mutating func decideOutcome(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch command {
        case .supplyGaps(let materials):
            try require(applying)
            guard let gaps = item.gaps else { throw .noGaps(item: item.id) }
            let supplied = try received(materials)
            guard supplied.contains(where: { gaps.materials.contains($0.material) }) else {
                throw .materialsMissing(gaps.materials)
            }
            emit(.gapsSupplied(supplied: supplied), to: index)
            restoreEffect(index)
            decideByItself(index)
        case .returnApplication(let reason):
            if actor.role == .window { throw .windowMayNotRefuse }
            try require(department(of: index))
            guard item.status == .correcting || item.status.isUnderReview && item.gaps?.isBroken == true else {
                throw .notNow(item: item.id, status: item.status)
            }
            try requireText(reason)
            emit(.returned(reason: reason), to: index)
            if item.admittedOn != nil { raiseByRule(.sentBackAfterAdmission, index) }
        case .withdraw(let reason):
            try require(.applicant)
            guard item.status == .filed || item.status == .correcting || item.status.isUnderReview else {
                throw .notNow(item: item.id, status: item.status)
            }
            try requireText(reason)
            // What was granted stands when a change to it is given up.
            let isChange = item.standingGrant != nil
            emit(isChange ? .changeEnded(reason: reason, appeal: nil) : .withdrawn(reason: reason), to: index)
        case .issue(let documents):
            try require(.either(.window, department(of: index)))
            let outputs = definition(index).outputs
            guard !outputs.isEmpty else { throw .notForThisItem(item: item.id) }
            try requireStatus(index, .granted, .grantedWithGaps)
            if let gaps = item.gaps, gaps.isBroken { throw .promiseBroken(gaps.materials) }
            try requirePredecessors(index)
            try requireGrounds(index)
            try requireEffect(index)
            emit(.issued(outputs: try issue(outputs, documents, of: item)), to: index)
        case .check(let finding):
            try require(department(of: index))
            try requireStatus(index, .granted, .issued)
            if let gaps = item.gaps { throw .gapsOpen(gaps.materials) }
            try requireText(finding)
            emit(.checked(finding: finding), to: index)
        case .revoke(let reason, let basis):
            try require(department(of: index))
            try requireStatus(index, .granted, .grantedWithGaps, .issued, .checked)
            try requireText(reason)
            try requireText(basis)
            emit(.revoked(reason: reason, basis: basis), to: index)
        default: break
        }
    }

    /// All outputs at once, each with its document or, where none is given, with the application it came from.
    private func issue(
        _ outputs: [String], _ documents: [SuppliedMaterial], of item: ItemState
    ) throws(CaseRejection) -> [SuppliedMaterial] {
        if let other = documents.first(where: { !outputs.contains($0.material) }) {
            throw .unknownMaterial(other.material)
        }
        return outputs.map { output in
            let document = documents.first { $0.material == output }
            let validFor = rules.plan.workflow.materials.first { $0.id == output }?.validFor
            return SuppliedMaterial(
                material: output, hash: document?.hash ?? "\(item.id)/\(item.attempt)",
                validUntil: document?.validUntil ?? validFor.map { rules.calendar.adding($0, to: today) })
        }
    }

    // MARK: Work

    mutating func decideWork(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        try require(worker(index))
        switch command {
        case .begin:
            try requireStatus(index, .ready)
            try requireFirm(index)
            emit(.begun(since: today), to: index)
        case .complete:
            try requireStatus(index, .ready, .underway)
            try requirePredecessors(index)
            try requireFirm(index)
            // Work that nobody began has been going on since it could.
            if status(index) == .ready { emit(.begun(since: state.items[index].readyOn ?? today), to: index) }
            noteFirmOverrun(index)
            emit(.completed, to: index)
        default: break
        }
    }

    /// Who reports work: those who do it, and the applicant for what was ordered.
    private func worker(_ index: Int) -> ExpectedActor {
        let department = department(of: index)
        switch definition(index).kind {
        case .applicant, .intermediary: return .either(.applicant, department)
        case .guidance: return .either(.window, department)
        default: return department
        }
    }
}
