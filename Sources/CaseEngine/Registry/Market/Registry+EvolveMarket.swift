import WorkCalendar

extension Registry {
    mutating func evolveTenders(by event: RegistryEvent) {
        switch event.what {
        case .tenderAnnounced(let tender):
            tenders[tender.id] = TenderRecord(tender: tender, announcedOn: event.on)
            tenderAt[ServicePlace(project: tender.project, item: tender.item)] = tender.id
        case .tenderCancelled(let id, let reason):
            if tenders[id]?.outcome != nil { selections.removeAll { $0.selection.tender == id } }
            tenders[id]?.cancelled = reason
        case .bidMade(let bid):
            tenders[bid.tender]?.bids[bid.firm] = TenderRecord.Received(bid: bid, on: event.on, version: version)
        case .bidWithdrawn(let id, let firm): tenders[id]?.bids[firm] = nil
        case .tenderAwarded(let id, let seed, let outcome?):
            guard let tender = tenders[id]?.tender, let first = outcome.places.first else { return }
            tenders[id]?.outcome = outcome
            tenders[id]?.awardedOn = event.on
            tenders[id]?.seed = seed
            note(
                FirmSelection(
                    firm: first.firm, service: tender.service, project: tender.project, item: tender.item,
                    department: tender.department, method: .bidding, payer: tender.payer, tender: id,
                    days: first.days), in: event)
        case .contractSigned(let contract):
            contracts[contract.number] = ContractRecord(contract)
            let place = ServicePlace(project: contract.project, item: contract.item)
            contractAt[place] = contract.number
            if let id = tenderAt[place], tenders[id]?.isSettled == false, tenders[id]?.outcome?.firm == contract.firm {
                tenders[id]?.contract = contract.number
            }
        case .contractPerformed(let number, let day): contracts[number]?.performedOn = day
        case .contractEnded(let number, let reason): contracts[number]?.ended = reason
        default: break
        }
    }

    /// Logs a selection; the oldest are forgotten past ``selectionLimit``.
    mutating func note(_ selection: FirmSelection, in event: RegistryEvent) {
        selections.append(LoggedSelection(selection: selection, on: event.on, by: event.by, flags: event.flags))
        if selections.count > Self.selectionLimit { selections.removeFirst(Self.selectionLimit / 8) }
    }

    /// A rating belongs to the contract under which the work was done.
    mutating func noteRating(_ rating: FirmRating) {
        ratings.append(rating)
        if ratings.count > Self.selectionLimit { ratings.removeFirst(Self.selectionLimit / 8) }
        let place = ServicePlace(project: rating.project, item: rating.item)
        guard let number = contractAt[place], contracts[number]?.contract.firm == rating.firm else { return }
        contracts[number]?.rated.insert(rating.rated)
    }
}
