import WorkCalendar

@testable import CaseEngine

extension Simulator {
    /// The next step of the market of intermediaries by where it stands: announced, bid for, awarded, signed, done.
    func marketStep(_ number: Int, on day: LocalDate) -> (entry: RegistryEntry, by: Actor) {
        let registry = audit.registry
        let keeper = Actor(role: .supervisor, name: "A")
        let project = "2401-000000-04-01-000001"
        guard registry.firms["f-1"] != nil else {
            let firm = Firm(
                code: "f-1", name: "Firm",
                services: [FirmService(service: "survey", time: .working(3), fee: "1", standard: "s")],
                qualifications: [Qualification(name: "q", from: day, until: day.adding(days: 300))])
            return (.firmRegistered(firm: firm), keeper)
        }
        // All is about one place, so that at most one contract and one tender are open.
        if let contract = registry.contracts.values.filter(\.isOpen).map(\.contract).min(by: { $0.number < $1.number })
        {
            let ended = RegistryEntry.contractEnded(contract: contract.number, reason: "given up")
            let performed = RegistryEntry.contractPerformed(contract: contract.number, on: contract.signedOn)
            return (registry.contracts.count.isMultiple(of: 2) ? ended : performed, keeper)
        }
        // A history lasts for days, a tender for two: in every other one a firm is chosen without one.
        if (seed / 32).isMultiple(of: 2) {
            guard registry.selections.contains(where: { $0.selection.item == "survey" }) else {
                let selection = FirmSelection(
                    firm: "f-1", service: "survey", project: project, item: "survey", department: "planning",
                    method: .procurement, payer: .department)
                return (.firmSelected(selection: selection), keeper)
            }
            let contract = ServiceContract(
                number: "c-\(registry.contracts.count + 1)", firm: "f-1", project: project, item: "survey",
                signedOn: day, price: Money(fen: 100 + number), days: 3)
            return (.contractSigned(contract: contract), keeper)
        }
        guard let open = registry.tenders.values.filter({ !$0.isSettled }).min(by: { $0.tender.id < $1.tender.id })
        else {
            let tender = Tender(
                id: "t-\(registry.tenders.count + 1)", service: "survey", project: project, item: "survey",
                asked: "a map", closes: day.adding(days: 1), method: .lowestPrice, payer: .department)
            return (.tenderAnnounced(tender: tender), keeper)
        }
        let id = open.tender.id
        if let first = open.outcome?.places.first, let awarded = open.awardedOn {
            let contract = ServiceContract(
                number: "c-\(registry.contracts.count + 1)", firm: first.firm, project: project, item: "survey",
                signedOn: awarded, price: first.price, days: first.days)
            return (.contractSigned(contract: contract), keeper)
        }
        if day <= open.tender.closes {
            if !open.bids.isEmpty, number.isMultiple(of: 3) {
                return (.bidWithdrawn(tender: id, firm: "f-1"), People.window)
            }
            let bid = Bid(tender: id, firm: "f-1", price: Money(fen: 100 + number), days: 3)
            return (.bidMade(bid: bid), People.window)
        }
        let isGivenUp = open.bids.isEmpty || number.isMultiple(of: 4)
        let cancelled = RegistryEntry.tenderCancelled(tender: id, reason: "no bid")
        return (isGivenUp ? cancelled : .tenderAwarded(tender: id, seed: nil, outcome: nil), keeper)
    }
}
