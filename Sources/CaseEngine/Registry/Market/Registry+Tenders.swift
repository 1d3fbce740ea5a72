import WorkCalendar

extension Registry {
    /// Most working days of a bid or a contract.
    static let serviceDayLimit = 3650

    /// What is decided about tenders and contracts; an award comes back with what its method found.
    func decideOnMarket(
        _ entry: RegistryEntry, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) -> (entry: RegistryEntry, flags: [RegistryFlag]) {
        switch entry {
        case .tenderAnnounced(let tender): try requireAnnouncement(tender, by: actor, on: today)
        case .tenderCancelled(let id, let reason):
            let record = try self.tender(id)
            try requireReason(reason)
            try requirePayer(record.tender.payer, actor)
            guard !record.isSettled else { throw .tenderOver(id) }
        case .bidMade(let bid): return (entry, try flags(of: bid, by: actor, on: today))
        case .bidWithdrawn(let id, let firm):
            let record = try openTender(id, on: today)
            guard record.bids[firm] != nil else { throw .unknown(.bid, firm) }
            try requireBidder(firm, actor)
        case .tenderAwarded(let id, let seed, let asked):
            let outcome = try award(id, seed: seed, by: actor, on: today)
            if let asked, asked != outcome { throw .awardNotByMethod(outcome.firm) }
            return (
                .tenderAwarded(tender: id, seed: seed, outcome: outcome),
                isAffiliated(outcome.firm, tenders[id]?.tender.department) ? [.affiliated] : []
            )
        case .contractSigned(let contract): try requireContract(contract, by: actor, on: today)
        case .contractPerformed(let number, let day):
            let record = try openContract(number, by: actor)
            guard record.contract.signedOn <= day, day <= today else {
                throw .dayNotPossible(day, from: record.contract.signedOn, until: today)
            }
        case .contractEnded(let number, let reason):
            _ = try openContract(number, by: actor)
            try requireReason(reason)
        default: break
        }
        return (entry, [])
    }

    // MARK: Tenders

    private func requireAnnouncement(
        _ tender: Tender, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) {
        try requirePayer(tender.payer, actor)
        if let known = tenders[tender.id] {
            guard known.tender == tender else { throw .tenderExists(tender.id) }
            return
        }
        try requireReason(tender.asked)
        guard tender.closes >= today else { throw .dayNotPossible(tender.closes, from: today, until: nil) }
        if let ceiling = tender.ceiling, !ceiling.isPrice { throw .priceOutOfRange(ceiling: nil) }
        try requireFree(project: tender.project, item: tender.item)
    }

    /// Nobody else is asked or selected while a tender is not settled or a contract runs.
    func requireFree(project: String, item: String) throws(RegistryRejection) {
        if let other = tenderAt[ServicePlace(project: project, item: item)], tenders[other]?.isSettled == false {
            throw .tenderOpen(other)
        }
        if let contract = openContract(project: project, item: item) { throw .contractOpen(contract.number) }
    }

    private func flags(
        of bid: Bid, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) -> [RegistryFlag] {
        let record = try openTender(bid.tender, on: today)
        try requireBidder(bid.firm, actor)
        try requireEligible(bid.firm, for: record.tender.service, on: today)
        guard bid.price.isPrice, bid.price <= record.tender.ceiling ?? .maximum else {
            throw .priceOutOfRange(ceiling: record.tender.ceiling)
        }
        guard (1...Self.serviceDayLimit).contains(bid.days) else { throw .daysOutOfRange }
        guard record.bids[bid.firm] != nil || record.bids.count < Self.partLimit else {
            throw .tooMany(limit: Self.partLimit)
        }
        return isAffiliated(bid.firm, record.tender.department) ? [.affiliated] : []
    }

    private func tender(_ id: String) throws(RegistryRejection) -> TenderRecord {
        guard let record = tenders[id] else { throw .unknown(.tender, id) }
        return record
    }

    /// A tender to which bids may come.
    private func openTender(_ id: String, on today: LocalDate) throws(RegistryRejection) -> TenderRecord {
        let record = try tender(id)
        guard record.isSealed(on: today) else { throw .tenderOver(id) }
        return record
    }

    private func award(
        _ id: String, seed: String?, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) -> TenderOutcome {
        let record = try tender(id)
        guard record.isOpen else { throw .tenderOver(id) }
        guard today > record.tender.closes else { throw .tenderNotClosed(id, until: record.tender.closes) }
        try requirePayer(record.tender.payer, actor)
        guard (seed != nil) == (record.tender.method == .drawn) else {
            throw .seedOfDraw(isWanted: record.tender.method == .drawn)
        }
        return try outcome(of: record, seed: seed, on: today)
    }

    // MARK: Contracts

    private func requireContract(
        _ contract: ServiceContract, by actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) {
        let place = ServicePlace(project: contract.project, item: contract.item)
        guard
            let logged = selections.last(where: {
                $0.selection.project == place.project && $0.selection.item == place.item
            }), logged.selection.firm == contract.firm
        else { throw .notSelected(firm: contract.firm) }
        try requirePayer(logged.selection.payer, actor)
        if let known = contracts[contract.number] {
            guard known.contract == contract else { throw .contractExists(contract.number) }
            return
        }
        if let other = openContract(project: place.project, item: place.item) { throw .contractOpen(other.number) }
        try requireEligible(contract.firm, for: logged.selection.service, on: today)
        guard contract.price.isPrice else { throw .priceOutOfRange(ceiling: nil) }
        guard (1...Self.serviceDayLimit).contains(contract.days) else { throw .daysOutOfRange }
        guard logged.on <= contract.signedOn, contract.signedOn <= today else {
            throw .dayNotPossible(contract.signedOn, from: logged.on, until: today)
        }
        if let tender = logged.selection.tender, let bid = tenders[tender]?.outcome?.places.first,
            bid.price != contract.price || bid.days != contract.days
        {
            throw .contractDeparts(tender: tender, price: bid.price, days: bid.days)
        }
    }

    private func openContract(
        _ number: String, by actor: Actor
    ) throws(RegistryRejection) -> ContractRecord {
        guard let record = contracts[number] else { throw .unknown(.contract, number) }
        guard record.isOpen else { throw .contractOver(number) }
        let payer = selections.last {
            $0.selection.project == record.contract.project && $0.selection.item == record.contract.item
        }?.selection.payer
        if let payer { try requirePayer(payer, actor) }
        return record
    }

    // MARK: Who may

    /// A firm that may be selected for a service on a day: neither on the black list nor often late, with the service and a
    /// qualification for it.
    @discardableResult
    func requireEligible(
        _ code: String, for service: String, on today: LocalDate
    ) throws(RegistryRejection) -> Firm {
        guard let firm = firms[code] else { throw .unknown(.firm, code) }
        if listing(.firm(code), on: .black, date: today) != nil { throw .firmBlacklisted(code) }
        if let until = lastDayBarred(ofFirm: code, on: today) {
            throw .firmOftenLate(code, count: lateServices(of: code, on: today).count, until: until)
        }
        guard firm.services.contains(where: { $0.service == service }) else {
            throw .serviceNotOffered(firm: code, service: service)
        }
        let holds = firm.qualifications.contains {
            $0.from <= today && today <= $0.until && ($0.services.isEmpty || $0.services.contains(service))
        }
        guard holds else { throw .qualificationMissing(firm: code, service: service) }
        return firm
    }

    /// The owner decides about what it pays, and a department about what it pays, each with its own people.
    private func requirePayer(_ payer: Payer, _ actor: Actor) throws(RegistryRejection) {
        let isForOwner = actor.role == .applicant || actor.role == .agent
        switch payer {
        case .owner: guard isForOwner else { throw .choiceIsOwners }
        case .department: guard !isForOwner else { throw .departmentPays }
        }
    }

    /// A bid is the firm's own, under its name or code; the window may take it in.
    private func requireBidder(_ firm: String, _ actor: Actor) throws(RegistryRejection) {
        switch actor.role {
        case .window: return
        case .applicant where actor.name == firm || actor.name == firms[firm]?.name: return
        default: throw .bidIsFirms(firm)
        }
    }

    private func isAffiliated(_ firm: String, _ department: String?) -> Bool {
        department.map { firms[firm]?.affiliations.contains($0) == true } == true
    }

    private func requireReason(_ text: String) throws(RegistryRejection) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
    }
}
