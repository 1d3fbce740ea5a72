import WorkCalendar
import WorkflowModel

/// What follows a decision: delivery, the supervising department, later checks, breaches and permits that lapse.
extension Deciding {
    mutating func decideAftermath(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch command {
        case .deliver(let method, let tracking, let recipient):
            try requireWindowSpeaks(index)
            try require(.either(.window, department(of: index)))
            try requireStatus(index, .issued, .checked)
            if item.issuedOn == nil { throw .notNow(item: item.id, status: item.status) }
            if item.aftermath?.delivery?.on != nil { throw .alreadyDelivered(item: item.id) }
            try requireText(recipient)
            if method == .courier, tracking?.contains(where: { !$0.isWhitespace }) != true { throw .trackingMissing }
            emit(.delivered(method: method, tracking: tracking, recipient: recipient), to: index)
        case .handOut(let notice, let recipient): try handOut(notice, to: recipient, index)
        case .acknowledge(let note):
            guard let push = item.aftermath?.push else { throw .notForThisItem(item: item.id) }
            try require(.department(push.department))
            if push.acknowledgedOn != nil { throw .notNow(item: item.id, status: item.status) }
            emit(.resultAcknowledged(note: note), to: index)
        case .drawCheck, .findBreach, .reportRectified: try decideCheck(command, item, index)
        case .extendPermit(let reason):
            try require(department(of: index))
            guard let rule = definition(index).lapse else { throw .notForThisItem(item: item.id) }
            guard let lapse = item.aftermath?.lapse else { throw .notNow(item: item.id, status: item.status) }
            if lapse.extensions >= rule.extensions { throw .extensionsUsed(item: item.id, most: rule.extensions) }
            try requireText(reason)
            let until = lapse.voidAfter.adding(months: rule.extensionMonths)
            emit(.permitExtended(voidAfter: rules.calendar.workingDay(onOrAfter: until), reason: reason), to: index)
        default: break
        }
    }

    private mutating func decideCheck(
        _ command: ItemCommand, _ item: ItemState, _ index: Int
    ) throws(CaseRejection) {
        let checking = ExpectedActor.either(checker(index), .supervisor)
        guard definition(index).handling == .commitment, item.aftermath?.isOrdinary != true else {
            throw .notForThisItem(item: item.id)
        }
        switch command {
        case .drawCheck(let seed, let population, let inspectors, let within):
            try require(checking)
            try requireStatus(index, .granted, .issued)
            try requireText(seed)
            // - Source: 行政处罚法 (2021) art. 42: never fewer than two.
            let names = Set(inspectors.filter { $0.contains { !$0.isWhitespace } })
            guard names.count == inspectors.count, names.count >= 2 else { throw .inspectorsMissing }
            guard within.minutes > 0, population > 0 else { throw .lengthMissing }
            emit(
                .checkDrawn(
                    seed: seed, population: population, inspectors: inspectors,
                    due: rules.calendar.adding(within, to: today)),
                to: index)
        case .findBreach(let finding, let within):
            try require(checking)
            try requireStatus(index, .granted, .grantedWithGaps, .issued, .checked)
            if let breach = item.aftermath?.breach, breach.rectifiedOn == nil {
                throw .breachOpen(item: item.id)
            }
            try requireText(finding)
            if let within, within.minutes <= 0 { throw .lengthMissing }
            // One chance to put it right: what was not, or not well, has its consequence.
            let allowed =
                item.aftermath?.breach == nil ? within ?? definition(index).provisions.commitment?.rectifyWithin : nil
            let rectifyBy = allowed.map { rules.calendar.adding($0, to: today) }
            emit(.breachFound(finding: finding, rectifyBy: rectifyBy), to: index)
            if rectifyBy == nil { recordBreach(.commitment, index) }
        case .reportRectified(let note):
            try require(.applicant)
            guard let breach = item.aftermath?.breach, breach.rectifyBy != nil, breach.rectifiedOn == nil,
                !breach.isMissed
            else { throw .notNow(item: item.id, status: item.status) }
            try requireText(note)
            emit(.breachRectified(note: note), to: index)
        default: break
        }
    }

    /// Who looks whether a promise is kept: who decided it, and who supervises it.
    private func checker(_ index: Int) -> ExpectedActor {
        guard let supervising = definition(index).provisions.supervisedBy else { return department(of: index) }
        return .either(department(of: index), .department(supervising))
    }

    // MARK: Consequences

    /// A broken promise goes into the owner's record; what was granted on it has no effect until it is revoked.
    mutating func recordBreach(_ kind: BreachKind, _ index: Int) {
        emit(.breachRecorded(kind: kind), to: index, by: .system)
        guard status(index).isFinished, state.items[index].aftermath?.suspended == nil else { return }
        emit(.effectSuspended(cause: kind), to: index, by: .system)
    }

    /// A promise that is kept after all gives back the effect that it had taken away; the record stays.
    mutating func restoreEffect(_ index: Int) {
        guard state.items[index].aftermath?.suspended?.cause == .tolerance, state.items[index].gaps == nil else {
            return
        }
        emit(.effectRestored, to: index, by: .system)
    }

    func requireEffect(_ index: Int) throws(CaseRejection) {
        if state.items[index].aftermath?.suspended != nil { throw .effectSuspended(item: definition(index).id) }
    }

    /// Tells the supervising departments of the results of this decision 审管衔接.
    mutating func pushResults() {
        let count = events.count
        for position in 0..<count {
            guard events[position].kind.isResult, let id = events[position].item, let index = rules.index(of: id),
                let department = definition(index).provisions.supervisedBy
            else { continue }
            emit(.resultPushed(to: department), to: index, by: .system)
        }
    }
}

extension CaseEvent.Kind {
    /// Whether it changes what the supervising department has to look after.
    var isResult: Bool { grants || self == .revoked || self == .lapsed }
}
