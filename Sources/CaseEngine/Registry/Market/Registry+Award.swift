import WorkCalendar

extension Registry {
    /// What the method of a tender finds among its bids on a day. O(n log n) in its bids and O(r) in the ratings kept.
    func outcome(
        of record: TenderRecord, seed: String?, on today: LocalDate
    ) throws(RegistryRejection) -> TenderOutcome {
        var passed: [TenderOutcome.PassedOver] = []
        var counted: [Candidate] = []
        for firm in record.bids.keys.sorted() {
            guard let received = record.bids[firm] else { continue }
            do throws(RegistryRejection) {
                try requireEligible(firm, for: record.tender.service, on: today)
                counted.append(Candidate(received))
            } catch {
                passed.append(TenderOutcome.PassedOver(firm: firm, cause: error.code))
            }
        }
        guard !counted.isEmpty else { throw .noBidCounts(record.tender.id) }
        rate(&counted)
        let criteria = record.tender.method.criteria
        if record.tender.method == .drawn, let seed {
            var random = SeededDraw(seed: "\(seed)/\(record.tender.id)")
            counted = random.draw(counted.count, of: counted)
        } else {
            counted.sort { a, b in Candidate.isBefore(a, b, by: criteria) != nil }
        }
        let ground: TenderOutcome.Ground =
            if counted.count == 1 {
                .onlyBid
            } else if record.tender.method == .drawn {
                .draw
            } else {
                Candidate.isBefore(counted[0], counted[1], by: criteria) ?? .earlier
            }
        return TenderOutcome(places: counted.map(\.place), ground: ground, passedOver: passed)
    }

    private func rate(_ candidates: inout [Candidate]) {
        var scores: [String: (sum: Int, count: Int)] = [:]
        for rating in ratings where rating.rated == .firm {
            scores[rating.firm, default: (0, 0)].sum += rating.score
            scores[rating.firm, default: (0, 0)].count += 1
        }
        for position in candidates.indices {
            let found = scores[candidates[position].bid.firm] ?? (0, 0)
            candidates[position].scores = found.sum
            candidates[position].ratings = found.count
        }
    }
}

extension AwardMethod {
    /// What is compared, in this order; the earlier bid comes last, and no two bids are equal in it.
    fileprivate var criteria: [TenderOutcome.Ground] {
        switch self {
        case .lowestPrice: [.price, .days, .rating, .earlier]
        case .bestRating: [.rating, .price, .days, .earlier]
        case .drawn: []
        }
    }
}

private struct Candidate {
    let bid: Bid
    let version: Int
    var scores = 0
    var ratings = 0

    init(_ received: TenderRecord.Received) {
        bid = received.bid
        version = received.version
    }

    var place: TenderOutcome.Place {
        TenderOutcome.Place(firm: bid.firm, price: bid.price, days: bid.days, scores: scores, ratings: ratings)
    }

    /// The mean as a fraction; without a rating the middle of the scale, so that nobody is kept out by being new.
    private var mean: (sum: Int, count: Int) { ratings == 0 ? (3, 1) : (scores, ratings) }

    /// By which criterion `a` comes first; `nil` when it does not.
    static func isBefore(
        _ a: Candidate, _ b: Candidate, by criteria: [TenderOutcome.Ground]
    ) -> TenderOutcome.Ground? {
        for criterion in criteria {
            let (left, right) =
                switch criterion {
                case .price: (a.bid.price.fen, b.bid.price.fen)
                case .days: (a.bid.days, b.bid.days)
                case .rating: (a.mean.sum * b.mean.count, b.mean.sum * a.mean.count)
                case .earlier: (a.version, b.version)
                case .onlyBid, .draw: (0, 0)
                }
            if left != right { return left < right ? criterion : nil }
        }
        return nil
    }
}
