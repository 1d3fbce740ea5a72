import WorkCalendar

extension AwardMethod {
    public var title: LocalizedText {
        switch self {
        case .lowestPrice: LocalizedText(zh: "最低价", en: "the lowest price")
        case .bestRating: LocalizedText(zh: "评价最好", en: "the best rating")
        case .drawn: LocalizedText(zh: "随机抽取", en: "a draw")
        }
    }
}

extension TenderOutcome.Ground {
    public var title: LocalizedText {
        switch self {
        case .onlyBid: LocalizedText(zh: "唯一有效报价", en: "the only bid that counts")
        case .price: LocalizedText(zh: "价格较低", en: "the lower price")
        case .days: LocalizedText(zh: "时间较短", en: "fewer days")
        case .rating: LocalizedText(zh: "评价较好", en: "the better rating")
        case .earlier: LocalizedText(zh: "其余相同，报价在先", en: "the earlier bid, all else equal")
        case .draw: LocalizedText(zh: "抽中", en: "the draw")
        }
    }
}

extension TenderOutcome.Place {
    /// Price and days, and the rating when there is one.
    public var words: LocalizedText {
        let mean = ratings == 0 ? nil : Double(scores * 10 / ratings) / 10
        return LocalizedText(
            zh: "\(price) 元、\(days) 个工作日" + (mean.map { "、评价 \($0)（\(ratings)）" } ?? ""),
            en: "\(price) yuan, \(days) working days" + (mean.map { ", rated \($0) (\(ratings))" } ?? ""))
    }
}

extension TenderOutcome {
    /// Who does the work, why that firm, before whom, and who was passed over.
    public var words: LocalizedText {
        let next = places.dropFirst().first
        let passed = passedOver.map(\.firm)
        return LocalizedText(
            zh: "\(firm)（\(places[0].words.zh)），\(ground.title.zh)"
                + (next.map { "；其次 \($0.firm)（\($0.words.zh)）" } ?? "")
                + (passed.isEmpty ? "" : "；不得选取的 \(passed.joined(separator: "、"))"),
            en: "\(firm) (\(places[0].words.en)), by \(ground.title.en)"
                + (next.map { "; next \($0.firm) (\($0.words.en))" } ?? "")
                + (passed.isEmpty ? "" : "; may not be selected: \(passed.joined(separator: ", "))"))
    }
}

extension RegistryEntry {
    /// What was entered about tenders and contracts; `nil` for other entries. Bids are told without their prices, which are
    /// sealed up to the closing.
    var detailsOfMarket: (zh: String, en: String)? {
        switch self {
        case .tenderAnnounced(let tender):
            let ceiling = tender.ceiling.map { ("，最高限价 \($0) 元", ", at most \($0) yuan") } ?? ("", "")
            return (
                "\(tender.id)，\(tender.project) \(tender.item) 的 \(tender.service)，收报价至 \(tender.closes)\(ceiling.0)，按\(tender.method.title.zh)定标，\(tender.payer.title.zh)付费",
                "\(tender.id), \(tender.service) for \(tender.item) of \(tender.project), bids until \(tender.closes)\(ceiling.1), awarded by \(tender.method.title.en), paid by the \(tender.payer.title.en)"
            )
        case .tenderCancelled(let id, let reason): return ("\(id)，\(reason)", "\(id), \(reason)")
        case .bidMade(let bid): return ("\(bid.tender)，\(bid.firm)", "\(bid.tender), \(bid.firm)")
        case .bidWithdrawn(let id, let firm): return ("\(id)，\(firm)", "\(id), \(firm)")
        case .tenderAwarded(let id, let seed, let outcome):
            let draw = seed.map { ("，种子 \($0)", ", seed \($0)") } ?? ("", "")
            guard let words = outcome?.words else { return ("\(id)\(draw.0)", "\(id)\(draw.1)") }
            return ("\(id)：\(words.zh)\(draw.0)", "\(id): \(words.en)\(draw.1)")
        case .contractSigned(let contract):
            return (
                "\(contract.number)，\(contract.firm) 办理 \(contract.project) \(contract.item)，\(contract.price) 元，\(contract.days) 个工作日，\(contract.signedOn) 签订",
                "\(contract.number), \(contract.firm) for \(contract.item) of \(contract.project), \(contract.price) yuan, \(contract.days) working days, signed on \(contract.signedOn)"
            )
        case .contractPerformed(let number, let day):
            return (
                "\(number)，\(day) 完成；请双方互相评价", "\(number), done on \(day); both sides are asked to rate each other"
            )
        case .contractEnded(let number, let reason): return ("\(number)，\(reason)", "\(number), \(reason)")
        default: return nil
        }
    }
}
