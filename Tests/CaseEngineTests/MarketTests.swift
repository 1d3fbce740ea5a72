import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("The market of intermediaries")
struct MarketTests {
    static func firm(_ code: String, until: LocalDate = "2024-12-31") -> Firm {
        Firm(
            code: code, name: "firm \(code)",
            services: [FirmService(service: "survey", time: .working(9), fee: "a", standard: "b")],
            qualifications: [Qualification(name: "A", from: "2023-01-01", until: until)], affiliations: ["planning"])
    }

    static func tender(
        _ id: String = "T", method: AwardMethod = .lowestPrice, ceiling: Money? = nil, payer: Payer = .owner,
        item: String = "survey", department: String? = nil, closes: LocalDate = "2024-03-08"
    ) -> Tender {
        Tender(
            id: id, service: "survey", project: "P", item: item, department: department, asked: "map",
            closes: closes, ceiling: ceiling, method: method, payer: payer)
    }

    static func bid(_ firm: String, _ yuan: Int, days: Int = 5, tender: String = "T") -> RegistryEntry {
        .bidMade(bid: Bid(tender: tender, firm: firm, price: Money(fen: yuan * 100), days: days))
    }

    static func contract(
        _ number: String = "C", _ firm: String = "A", _ yuan: Int = 100, days: Int = 5,
        on date: LocalDate = "2024-03-11",
        item: String = "survey"
    ) -> RegistryEntry {
        .contractSigned(
            contract: ServiceContract(
                number: number, firm: firm, project: "P", item: item, signedOn: date, price: Money(fen: yuan * 100),
                days: days))
    }

    /// Firms A to D, and a tender with these bids, of the window's hand.
    static func market(_ tender: Tender, _ bids: [(String, Int, Int)]) throws -> Registry {
        var registry = Registry()
        for code in ["A", "B", "C", "D"] { try registry.enter(.firmRegistered(firm: firm(code))) }
        try registry.enter(.tenderAnnounced(tender: tender), by: .owner)
        for (firm, yuan, days) in bids { try registry.enter(bid(firm, yuan, days: days), by: .window) }
        return registry
    }

    @discardableResult
    static func award(_ registry: inout Registry, seed: String? = nil) throws -> TenderOutcome {
        let events = try registry.enter(
            .tenderAwarded(tender: "T", seed: seed, outcome: nil), on: "2024-03-11", by: .owner)
        guard case .tenderAwarded(_, _, let outcome?)? = events.first?.what else {
            throw RegistryRejection.noBidCounts("T")
        }
        return outcome
    }

    @Test(
        "The lowest price wins; equal prices go by days, then the rating, then the earlier bid",
        arguments: [
            ([("B", 120, 4), ("A", 100, 9)], "A", TenderOutcome.Ground.price),
            ([("B", 100, 4), ("A", 100, 9)], "B", .days), ([("B", 100, 4), ("A", 100, 4)], "B", .earlier),
            ([("B", 100, 4), ("D", 100, 4)], "D", .rating), ([("C", 100, 4)], "C", .onlyBid),
        ])
    func lowestPrice(bids: [(String, Int, Int)], winner: String, ground: TenderOutcome.Ground) throws {
        var registry = try Self.market(Self.tender(), bids)
        registry.rate("D", [1])
        let outcome = try Self.award(&registry)
        #expect(outcome.firm == winner)
        #expect(outcome.ground == ground)
        #expect(outcome.places.count == bids.count)
    }

    @Test("The best mean wins, compared exactly; a firm that nobody rated counts as 3")
    func bestRating() throws {
        let bids = [("A", 100, 5), ("B", 90, 5), ("C", 80, 5)]
        var registry = try Self.market(Self.tender(method: .bestRating), bids)
        registry.rate("A", [2, 3, 3])
        registry.rate("B", [4])
        let outcome = try Self.award(&registry)
        #expect(outcome.places.map(\.firm) == ["A", "C", "B"])
        #expect(outcome.ground == .rating)
        // 8/3 against 13/5.
        var close = try Self.market(Self.tender(method: .bestRating), [("A", 100, 5), ("B", 90, 5)])
        close.rate("A", [2, 3, 3])
        close.rate("B", [2, 2, 3, 3, 3])
        #expect(try Self.award(&close).firm == "B")
    }

    @Test("A draw is the same for everybody who has its seed, whoever bid first")
    func drawn() throws {
        var winners: Set<String> = []
        for seed in 1...40 {
            var one = try Self.market(Self.tender(method: .drawn), [("A", 1, 1), ("B", 2, 2), ("C", 3, 3)])
            var other = try Self.market(Self.tender(method: .drawn), [("C", 9, 9), ("A", 8, 8), ("B", 7, 7)])
            let drawn = try Self.award(&one, seed: "\(seed)")
            #expect(try Self.award(&other, seed: "\(seed)").places.map(\.firm) == drawn.places.map(\.firm))
            #expect(drawn.ground == .draw)
            #expect(one.tenders["T"]?.seed == "\(seed)")
            winners.insert(drawn.firm)
        }
        #expect(winners == ["A", "B", "C"])
    }

    @Test("A bid is replaced until the closing, and a firm that may not be selected is passed over with the cause")
    func bids() throws {
        var registry = try Self.market(Self.tender(), [("A", 100, 5), ("B", 120, 5)])
        try registry.enter(Self.bid("B", 90), on: "2024-03-08", by: Actor(role: .applicant, name: "firm B"))
        #expect(registry.rejection(Self.bid("A", 80), on: "2024-03-09", by: .window) == .tenderOver("T"))
        #expect(registry.tenders["T"]?.isSealed(on: "2024-03-08") == true)
        try registry.enter(
            .listed(subject: .firm("B"), listing: Listing(list: .black, reason: "forged")), on: "2024-03-09")
        let outcome = try Self.award(&registry)
        #expect(outcome.firm == "A")
        #expect(outcome.passedOver.map(\.firm) == ["B"])
        #expect(outcome.passedOver.map(\.cause) == ["firmBlacklisted"])
        #expect(registry.selections.last?.selection.tender == "T")
        #expect(registry.selections.last?.selection.days == 5)
        #expect(!outcome.words.zh.isEmpty && outcome.words.en.contains("may not be selected: B"))
    }

    @Test("Firms that could not be selected cannot bid, and nobody bids for another")
    func eligibility() throws {
        var registry = try Self.market(Self.tender(ceiling: Money(fen: 10_000)), [])
        try registry.enter(.firmRegistered(firm: Self.firm("Old", until: "2024-02-29")))
        func rejected(_ entry: RegistryEntry, by actor: Actor = .window) -> RegistryRejection? {
            registry.rejection(entry, on: "2024-03-04", by: actor)
        }
        #expect(rejected(Self.bid("Nobody", 1)) == .unknown(.firm, "Nobody"))
        #expect(rejected(Self.bid("Old", 1)) == .qualificationMissing(firm: "Old", service: "survey"))
        #expect(rejected(Self.bid("A", 101)) == .priceOutOfRange(ceiling: Money(fen: 10_000)))
        #expect(rejected(Self.bid("A", 0)) == .priceOutOfRange(ceiling: Money(fen: 10_000)))
        #expect(rejected(Self.bid("A", 1, days: 0)) == .daysOutOfRange)
        #expect(rejected(Self.bid("A", 1), by: .owner) == .bidIsFirms("A"))
        #expect(rejected(Self.bid("A", 1), by: .of("planning")) == .bidIsFirms("A"))
        #expect(rejected(Self.bid("A", 1), by: Actor(role: .applicant, name: "A")) == nil)
        #expect(rejected(.bidWithdrawn(tender: "T", firm: "A")) == .unknown(.bid, "A"))
        #expect(rejected(Self.bid("A", 1, tender: "U")) == .unknown(.tender, "U"))
    }

    @Test("A tender stays as announced, is awarded after its closing by who pays, and blocks other selections")
    func tenders() throws {
        var registry = try Self.market(Self.tender(), [("A", 100, 5)])
        func rejected(_ entry: RegistryEntry, _ date: LocalDate = "2024-03-11", by actor: Actor = .owner)
            -> RegistryRejection?
        { registry.rejection(entry, on: date, by: actor) }
        let award = RegistryEntry.tenderAwarded(tender: "T", seed: nil, outcome: nil)
        #expect(rejected(.tenderAnnounced(tender: Self.tender(method: .drawn)), "2024-03-04") == .tenderExists("T"))
        #expect(rejected(.tenderAnnounced(tender: Self.tender("U")), "2024-03-04") == .tenderOpen("T"))
        #expect(rejected(award, "2024-03-08") == .tenderNotClosed("T", until: "2024-03-08"))
        #expect(rejected(award, by: .of("planning")) == .choiceIsOwners)
        #expect(
            rejected(.tenderAwarded(tender: "T", seed: "1", outcome: nil)) == .seedOfDraw(isWanted: false))
        let other = TenderOutcome(
            places: [.init(firm: "B", price: Money(fen: 1), days: 1, scores: 0, ratings: 0)], ground: .price,
            passedOver: [])
        #expect(rejected(.tenderAwarded(tender: "T", seed: nil, outcome: other)) == .awardNotByMethod("A"))
        let choice = FirmSelection(
            firm: "B", service: "survey", project: "P", item: "survey", department: nil, method: .ownChoice,
            payer: .owner)
        #expect(rejected(.firmSelected(selection: choice)) == .tenderOpen("T"))
        try Self.award(&registry)
        #expect(rejected(.firmSelected(selection: choice)) == .tenderOpen("T"))
        try registry.enter(.tenderCancelled(tender: "T", reason: "A declined"), on: "2024-03-12", by: .owner)
        #expect(registry.selections.isEmpty)
        #expect(rejected(.firmSelected(selection: choice), "2024-03-12") == nil)
        #expect(rejected(award, "2024-03-12") == .tenderOver("T"))
    }

    @Test("Without a bid that counts nothing is awarded, and a draw has a seed")
    func nothing() throws {
        let empty = try Self.market(Self.tender(), [])
        let award = RegistryEntry.tenderAwarded(tender: "T", seed: nil, outcome: nil)
        #expect(empty.rejection(award, on: "2024-03-11", by: .owner) == .noBidCounts("T"))
        let drawn = try Self.market(Self.tender(method: .drawn), [("A", 1, 1)])
        #expect(drawn.rejection(award, on: "2024-03-11", by: .owner) == .seedOfDraw(isWanted: true))
    }

    @Test("A contract keeps to the award, promises its days, and asks both sides for ratings when it is performed")
    func contracts() throws {
        var registry = try Self.market(Self.tender(department: "planning"), [("A", 100, 5)])
        func rejected(_ entry: RegistryEntry, _ date: LocalDate = "2024-03-11") -> RegistryRejection? {
            registry.rejection(entry, on: date, by: .owner)
        }
        #expect(rejected(Self.contract()) == .notSelected(firm: "A"))
        try Self.award(&registry)
        #expect(registry.selections.last?.flags == [.affiliated])
        #expect(rejected(Self.contract("C", "B")) == .notSelected(firm: "B"))
        let departs = RegistryRejection.contractDeparts(tender: "T", price: Money(fen: 10_000), days: 5)
        #expect(rejected(Self.contract("C", "A", 110)) == departs)
        #expect(rejected(Self.contract("C", "A", 100, days: 6)) == departs)
        #expect(
            rejected(Self.contract(on: "2024-03-08"))
                == .dayNotPossible("2024-03-08", from: "2024-03-11", until: "2024-03-11"))
        try registry.enter(Self.contract(), on: "2024-03-11", by: .owner)
        #expect(try registry.enter(Self.contract(), on: "2024-03-11", by: .owner).isEmpty)
        #expect(registry.contract(with: "A", project: "P", item: "survey")?.contract.days == 5)
        #expect(rejected(Self.contract("C", "A", 99)) == .contractExists("C"))
        #expect(rejected(Self.contract("D")) == .contractOpen("C"))
        #expect(rejected(.tenderCancelled(tender: "T", reason: "a")) == .tenderOver("T"))
        #expect(rejected(.tenderAnnounced(tender: Self.tender("U", closes: "2024-03-20"))) == .contractOpen("C"))
        #expect(
            rejected(.contractPerformed(contract: "C", on: "2024-03-10"))
                == .dayNotPossible("2024-03-10", from: "2024-03-11", until: "2024-03-11"))
        try registry.enter(.contractPerformed(contract: "C", on: "2024-03-18"), on: "2024-03-18", by: .owner)
        #expect(registry.contracts["C"]?.ratingsDue == [.firm, .owner])
        registry.rate("A", [2], item: "survey", on: "2024-03-18")
        #expect(registry.contracts["C"]?.ratingsDue == [.owner])
        #expect(rejected(.contractEnded(contract: "C", reason: "a"), "2024-03-18") == .contractOver("C"))
    }

    @Test("A sum of yuan is read and written exactly")
    func money() {
        for (text, fen) in [("86000", 8_600_000), ("0.5", 50), ("0.05", 5), ("86000.50", 8_600_050)] {
            #expect(Money(text)?.fen == fen)
        }
        for text in ["", "1.", ".5", "1.234", "-1", "1,000", "１", "1e3", "100000000001", "9999999999999"] {
            #expect(Money(text) == nil, "\(text)")
        }
        #expect(Money(fen: 8_600_050).description == "86000.50")
        #expect(Money(fen: 8_600_000).description == "86000")
    }
}

extension Registry {
    /// Ratings of a firm for other work, as if it had been selected for it.
    fileprivate mutating func rate(
        _ firm: String, _ scores: [Int], item: String = "other", on date: LocalDate = "2024-03-10"
    ) {
        for score in scores {
            evolve(
                by: RegistryEvent(
                    on: date, by: .owner,
                    .rated(
                        rating: FirmRating(
                            rated: .firm, firm: firm, project: "P", item: item, score: score, comment: ""))))
        }
    }
}
