import WorkCalendar

/// What a firm offers, with its three promises (三承诺): time, fee and standard.
public struct FirmService: Hashable, Sendable, Codable {
    /// The id of the service: of the item that it is for, or of the market's catalogue.
    public let service: String
    /// 服务时间
    public let time: DayAmount
    /// 收费, in yuan, in words where it depends.
    public let fee: String
    /// 服务标准
    public let standard: String

    public init(service: String, time: DayAmount, fee: String, standard: String) {
        self.service = service
        self.time = time
        self.fee = fee
        self.standard = standard
    }
}

/// A qualification 资质 and the days on which it holds.
public struct Qualification: Hashable, Sendable, Codable {
    public let name: String
    /// The services that it is for; empty for all of the firm.
    public let services: [String]
    public let from: LocalDate
    public let until: LocalDate

    public init(name: String, services: [String] = [], from: LocalDate, until: LocalDate) {
        self.name = name
        self.services = services
        self.from = from
        self.until = until
    }
}

/// An intermediary 中介机构 in the market.
public struct Firm: Hashable, Sendable, Codable {
    public let code: String
    public let name: String
    public let services: [FirmService]
    public let qualifications: [Qualification]
    public let grade: CreditGrade?
    /// Departments that it belongs to or is run by (挂靠、主管).
    public let affiliations: [String]

    public init(
        code: String, name: String, services: [FirmService], qualifications: [Qualification] = [],
        grade: CreditGrade? = nil, affiliations: [String] = []
    ) {
        self.code = code
        self.name = name
        self.services = services
        self.qualifications = qualifications
        self.grade = grade
        self.affiliations = affiliations
    }
}

/// How a firm was chosen.
public enum SelectionMethod: String, Hashable, Sendable, Codable, CaseIterable {
    /// 自主选择
    case ownChoice
    /// 比选、竞价
    case bidding
    /// 招标
    case tender
    /// 政府采购
    case procurement

    /// Whether several could compete.
    public var isCompetitive: Bool { self != .ownChoice }
}

/// Who pays an intermediary (付费方).
public enum Payer: String, Hashable, Sendable, Codable, CaseIterable {
    case owner
    /// A technical service that a department commissions is paid by the department.
    case department
}

/// Who was chosen for what (中介选取记录).
public struct FirmSelection: Hashable, Sendable, Codable {
    public let firm: String
    public let service: String
    /// The project code.
    public let project: String
    /// The id of the item that the service is for, and the department that decides it.
    public let item: String
    public let department: String?
    public let method: SelectionMethod
    public let payer: Payer
    /// The id of the tender that found the firm.
    public let tender: String?
    /// The working days of the firm's bid, which it promises until a contract says otherwise.
    public let days: Int?

    public init(
        firm: String, service: String, project: String, item: String, department: String?, method: SelectionMethod,
        payer: Payer, tender: String? = nil, days: Int? = nil
    ) {
        self.firm = firm
        self.service = service
        self.project = project
        self.item = item
        self.department = department
        self.method = method
        self.payer = payer
        self.tender = tender
        self.days = days
    }
}

/// A selection as the log of selections shows it.
public struct LoggedSelection: Hashable, Sendable, Codable {
    public let selection: FirmSelection
    public let on: LocalDate
    public let by: Actor
    public let flags: [RegistryFlag]
}

/// A rating 1 非常满意 … 5 非常不满意, of one party by the other (双向评价).
///
/// - Source: GB/T 39046-2020 A.8 for the scale.
public struct FirmRating: Hashable, Sendable, Codable {
    public enum Side: String, Hashable, Sendable, Codable, CaseIterable {
        /// The owner rates the firm.
        case firm
        /// The firm rates the owner.
        case owner
    }

    /// Who is rated.
    public let rated: Side
    public let firm: String
    public let project: String
    public let item: String
    /// 1…5.
    public let score: Int
    public let comment: String

    public init(rated: Side, firm: String, project: String, item: String, score: Int, comment: String) {
        self.rated = rated
        self.firm = firm
        self.project = project
        self.item = item
        self.score = score
        self.comment = comment
    }
}

/// An assessment of a whole area that projects in it need not repeat (区域评估).
public struct RegionalAssessment: Hashable, Sendable, Codable {
    public let id: String
    /// What was assessed, such as 水土保持.
    public let topic: String
    /// The ids of the facts that a project there may claim by it, such as `regionAssessed`.
    public let facts: [String]
    public let zones: [String]
    /// Number or title of the approval.
    public let document: String
    public let from: LocalDate
    public let until: LocalDate
    /// The ids of the materials that it stands for in every project of the zones 整体联合审批.
    public let materials: [String]?
    /// The hash of the document.
    public let hash: String?
    /// The control values that projects which rest on it have to keep 标准地.
    public let standards: [ControlStandard]?

    public init(
        id: String, topic: String, facts: [String], zones: [String], document: String, from: LocalDate,
        until: LocalDate, materials: [String]? = nil, hash: String? = nil,
        standards: [ControlStandard]? = nil
    ) {
        self.id = id
        self.topic = topic
        self.facts = facts
        self.zones = zones
        self.document = document
        self.from = from
        self.until = until
        self.materials = materials
        self.hash = hash
        self.standards = standards
    }

    public func isInForce(on date: LocalDate) -> Bool { from <= date && date <= until }
}

/// Figures that no source gives (assumed) or that places set for themselves.
public struct RegistryPolicy: Hashable, Sendable, Codable {
    /// For how many months a breach bars tolerance and commitment, 1…120; 12 (assumed).
    public let barMonths: Int
    /// Key projects that one agent may have at a time, 1…100; 1 by Rushan's plan (四章二节四).
    public let keyProjectsPerAgent: Int
    /// The grade from which an owner goes through the green channel and gets an agent of its own; AA by the same.
    public let greenGrade: CreditGrade
    /// From how many late services that count an intermediary is not selected any more, 1…100; 3 (assumed).
    public let firmBreaches: Int
    /// Times that can be booked.
    public let booking: BookingPolicy

    public init(
        barMonths: Int = 12, keyProjectsPerAgent: Int = 1, greenGrade: CreditGrade = .aa, firmBreaches: Int = 3,
        booking: BookingPolicy = .standard
    ) {
        self.barMonths = barMonths
        self.keyProjectsPerAgent = keyProjectsPerAgent
        self.greenGrade = greenGrade
        self.firmBreaches = firmBreaches
        self.booking = booking
    }

    /// Figures that came later are the standard ones in older logs.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            barMonths: try container.decode(Int.self, forKey: .barMonths),
            keyProjectsPerAgent: try container.decode(Int.self, forKey: .keyProjectsPerAgent),
            greenGrade: try container.decode(CreditGrade.self, forKey: .greenGrade),
            firmBreaches: try container.decodeIfPresent(Int.self, forKey: .firmBreaches) ?? 3,
            booking: try container.decodeIfPresent(BookingPolicy.self, forKey: .booking) ?? .standard)
    }

    public static let standard = RegistryPolicy()
}
