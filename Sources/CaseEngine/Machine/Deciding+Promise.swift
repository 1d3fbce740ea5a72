import WorkCalendar
import WorkflowModel

/// Promises of the applicant, the beginning of the department's clock, decisions by rule, and what a refusal needs.
extension Deciding {
    mutating func decidePromise(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch command {
        case .commit(let signer):
            try require(.applicant)
            if let bar { throw .commitmentBarred(item: item.id, bar: bar) }
            try requireCommitmentOpen(item, index)
            try requireText(signer)
            emit(.commitmentSigned(signer: signer), to: index)
            decideByItself(index)
        case .declineCommitment:
            try require(.applicant)
            try requireCommitmentOpen(item, index)
            emit(.commitmentDeclined, to: index)
            decideByItself(index)
        case .beginReview:
            try require(department(of: index))
            try requireStatus(index, .inReview)
            if item.aftermath?.reviewBeganOn != nil { throw .notNow(item: item.id, status: item.status) }
            emit(.reviewBegan, to: index)
        case .reviewLegality(let agrees, let opinion):
            guard definition(index).provisions.legalReview else { throw .notForThisItem(item: item.id) }
            try require(department(of: index))
            guard item.status.isUnderReview else { throw .notNow(item: item.id, status: item.status) }
            try requireText(opinion)
            emit(.legalityReviewed(agrees: agrees, opinion: opinion), to: index)
        case .scheduleProcedure(let date):
            try require(department(of: index))
            guard let response = item.aftermath?.response else { throw .notPaused(item: item.id) }
            if response.date != nil { throw .notNow(item: item.id, status: item.status) }
            if date < today { throw .dateBeforeLast(today) }
            emit(.procedureScheduled(date: date), to: index)
        default: break
        }
    }

    /// The applicant may choose between a promise and the ordinary way, once, until the item is decided.
    private func requireCommitmentOpen(_ item: ItemState, _ index: Int) throws(CaseRejection) {
        guard definition(index).handling == .commitment else { throw .notForThisItem(item: item.id) }
        guard item.status == .filed || item.status == .correcting || item.status.isUnderReview else {
            throw .notNow(item: item.id, status: item.status)
        }
        if item.aftermath?.promise != nil || item.aftermath?.isOrdinary == true {
            throw .commitmentChosen(item: item.id)
        }
    }

    /// Where the item's clock waits for the department, its first act begins it.
    mutating func beginReview(_ index: Int) {
        guard definition(index).startsWithDepartment, state.items[index].aftermath?.reviewBeganOn == nil else { return }
        emit(.reviewBegan, to: index)
    }

    /// 秒批: grants by rule what asks for nobody's judgement; whatever the rule does not cover waits for a person.
    mutating func decideByItself(_ index: Int) {
        guard definition(index).hasProvisions, let rule = definition(index).provisions.autoDecide,
            status(index) == .inReview
        else { return }
        let item = item(index)
        guard definition(index).chain.count <= 1, item.gaps == nil, item.pause == nil,
            item.aftermath?.isReopened != true,
            rule.evaluate(with: state.opening?.facts ?? [:]),
            rules.linkBarringFinish(of: index, on: today, in: state.items) == nil,
            revokedGround(index) == nil, !isDeclined(index), !lacksCommitment(item, index),
            !rules.lacksVisit(item, at: index, in: state)
        else { return }
        emit(.granted, to: index, by: .system)
    }

    private func lacksCommitment(_ item: ItemState, _ index: Int) -> Bool {
        definition(index).provisions.commitment != nil && item.aftermath?.promise == nil
            && item.aftermath?.isOrdinary != true
    }

    /// What a grant rests on: the promise where one is due, and documents that nobody has taken back meanwhile.
    func requireGrounds(_ index: Int) throws(CaseRejection) {
        if definition(index).hasProvisions, lacksCommitment(item(index), index) {
            throw .commitmentUnsigned(item: definition(index).id)
        }
        if let ground = revokedGround(index) {
            throw .restsOnRevoked(material: ground.material, item: ground.origin)
        }
    }

    /// A document that the application uses, whose issue was revoked, has lapsed or is suspended, and in whose place no
    /// other has come.
    private func revokedGround(_ index: Int) -> HeldMaterial? {
        for use in state.items[index].documents where state.materials.indices.contains(use.number - 1) {
            let document = state.materials[use.number - 1]
            if document.isRevoked || document.isSuspended, held(use.material) == nil { return document }
        }
        return nil
    }

    /// A refusal is looked at by a lawyer first, where the item says so, and does not repeat what was annulled.
    ///
    /// - Source: 行政复议法 (2023) art. 64 and 行政诉讼法 (2017) art. 71: not on the same facts and reasons again.
    func requireLegality(_ index: Int, reasons: String) throws(CaseRejection) {
        let aftermath = state.items[index].aftermath
        if let annulled = aftermath?.annulled, annulled == reasons { throw .sameReasons(item: definition(index).id) }
        guard definition(index).provisions.legalReview else { return }
        guard let legality = aftermath?.legality, legality.agrees else {
            throw .legalReviewMissing(item: definition(index).id)
        }
        if legality.name == actor.name { throw .secondPersonNeeded(name: actor.name) }
    }

    /// A special procedure within its own limit, and no expert review where a technical review has been made already.
    func requireProcedure(
        _ kind: SpecialProcedure, _ length: DayAmount, _ index: Int
    ) throws(CaseRejection) {
        if let longest = definition(index).provisions.rule(of: kind.stopReason)?.limit,
            rules.calendar.adding(length, to: today) > rules.calendar.adding(longest, to: today)
        {
            throw .procedureTooLong(longest: longest)
        }
        guard kind == .expertReview, definition(index).kind == .approval else { return }
        let links = rules.graph.starts[index] + rules.graph.finishes[index]
        for link in links where rules.item(link.predecessor).isTechnicalReview {
            if status(link.predecessor).isFinished {
                throw .technicalReviewDone(item: definition(index).id, review: rules.item(link.predecessor).id)
            }
        }
    }
}

extension ItemRule {
    var isTechnicalReview: Bool { kind == .review || joint?.kind == .review }
}
