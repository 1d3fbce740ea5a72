import WorkCalendar

/// How the one who does the work is found among the bids (定标方式), said when the tender is announced.
public enum AwardMethod: String, Hashable, Sendable, Codable, CaseIterable {
    /// 低价: the lowest price; then fewer days, the better rating, the earlier bid.
    case lowestPrice
    /// 择优: the best mean of owners' ratings, an unrated firm counting as 3; then the lower price, fewer days, the earlier
    /// bid.
    case bestRating
    /// 随机: drawn with a seed that is recorded.
    case drawn
}

/// A call for bids on one service of an item (比选、竞价公告).
///
/// Any registered firm may bid that could be selected: there is no fee, no deposit and no other threshold.
///
/// - Source: 重庆方案 二(九): 零门槛、零限制, 服务竞价; 衡阳方案 五(六)1: 项目比选竞价.
public struct Tender: Hashable, Sendable, Codable {
    public let id: String
    public let service: String
    /// The project code.
    public let project: String
    /// The id of the item that the service is for, and the department that decides it.
    public let item: String
    public let department: String?
    /// What is asked for, in words.
    public let asked: String
    /// The last day on which bids come in.
    public let closes: LocalDate
    /// 最高限价; `nil` without one.
    public let ceiling: Money?
    public let method: AwardMethod
    public let payer: Payer

    public init(
        id: String, service: String, project: String, item: String, department: String? = nil, asked: String,
        closes: LocalDate, ceiling: Money? = nil, method: AwardMethod, payer: Payer
    ) {
        self.id = id
        self.service = service
        self.project = project
        self.item = item
        self.department = department
        self.asked = asked
        self.closes = closes
        self.ceiling = ceiling
        self.method = method
        self.payer = payer
    }
}

/// What a firm offers in a tender (报价). A firm has one bid: the next one takes its place.
public struct Bid: Hashable, Sendable, Codable {
    /// The id of the tender.
    public let tender: String
    /// The firm's code.
    public let firm: String
    public let price: Money
    /// Working days for the work, 1…3650.
    public let days: Int
    public let note: String?

    public init(tender: String, firm: String, price: Money, days: Int, note: String? = nil) {
        self.tender = tender
        self.firm = firm
        self.price = price
        self.days = days
        self.note = note
    }
}

/// What came of a tender (定标结果), found by its method.
public struct TenderOutcome: Hashable, Sendable, Codable {
    /// Why the first is before the second.
    public enum Ground: String, Hashable, Sendable, Codable, CaseIterable {
        /// There was no other bid that counted.
        case onlyBid
        case price, days, rating
        /// The earlier bid, when all else is equal.
        case earlier
        case draw
    }

    /// A bid that counted, with the rating of its firm as it stood.
    public struct Place: Hashable, Sendable, Codable {
        public let firm: String
        public let price: Money
        public let days: Int
        /// The sum of the scores that owners gave, and how many gave one.
        public let scores: Int
        public let ratings: Int
    }

    /// A bid that did not count, and why: a firm that could not be selected on the day of the award.
    public struct PassedOver: Hashable, Sendable, Codable {
        public let firm: String
        /// The code of the ``RegistryRejection``.
        public let cause: String
    }

    /// Best first; never empty.
    public let places: [Place]
    public let ground: Ground
    public let passedOver: [PassedOver]

    /// The code of the firm that does the work.
    public var firm: String { places[0].firm }
}

/// A tender as the registry keeps it.
public struct TenderRecord: Hashable, Sendable {
    /// A bid with the day and the place in the registry's log where it came in.
    public struct Received: Hashable, Sendable {
        public let bid: Bid
        public let on: LocalDate
        let version: Int
    }

    public let tender: Tender
    public let announcedOn: LocalDate
    /// By the code of the firm.
    public internal(set) var bids: [String: Received] = [:]
    public internal(set) var outcome: TenderOutcome?
    public internal(set) var awardedOn: LocalDate?
    /// With which the draw was made.
    public internal(set) var seed: String?
    /// Why it was called off.
    public internal(set) var cancelled: String?
    /// The number of the contract that was signed on its outcome.
    public internal(set) var contract: String?

    init(tender: Tender, announcedOn: LocalDate) {
        self.tender = tender
        self.announcedOn = announcedOn
    }

    public var isOpen: Bool { outcome == nil && cancelled == nil }

    /// Whether nothing more comes of it: called off, or under contract.
    public var isSettled: Bool { cancelled != nil || contract != nil }

    /// Bids are sealed up to the closing of the last day.
    public func isSealed(on date: LocalDate) -> Bool { isOpen && date <= tender.closes }
}

/// For which work a firm is selected: one item of one project.
struct ServicePlace: Hashable, Sendable {
    let project: String
    let item: String
}
