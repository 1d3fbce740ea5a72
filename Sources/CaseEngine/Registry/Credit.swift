import WorkCalendar

/// A grade of credit (信用等级), best first. Scales differ between provinces; this is the one that the seed documents'
/// "AA and above" is taken from (assumed).
public enum CreditGrade: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case aaa = "AAA"
    case aa = "AA"
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether `a` is the worse grade.
    public static func < (a: CreditGrade, b: CreditGrade) -> Bool { a.rank > b.rank }
}

/// A person through whom an owner's credit reaches further (关联人).
public struct LinkedPerson: Hashable, Sendable, Codable {
    public enum Relation: String, Hashable, Sendable, Codable, CaseIterable {
        /// 法定代表人
        case legalRepresentative
        /// 股东
        case shareholder
        /// 高级管理人员
        case executive
    }

    public let name: String
    /// The number of an identity document, or whatever else tells people of one name apart.
    public let number: String?
    public let relation: Relation

    public init(name: String, number: String? = nil, relation: Relation) {
        self.name = name
        self.number = number
        self.relation = relation
    }

    /// What lists know the person by: the number, without one the name.
    public var key: String { number ?? name }
}

/// An owner 建设单位 as credit knows it.
public struct OwnerRecord: Hashable, Sendable, Codable {
    /// The unified social credit code, or another id where there is none.
    public let code: String
    /// The name as cases have it, in Chinese.
    public let name: String
    /// Real-estate developers get no one-to-one agent and no green channel for their grade.
    public let isDeveloper: Bool
    public let persons: [LinkedPerson]

    public init(code: String, name: String, isDeveloper: Bool = false, persons: [LinkedPerson] = []) {
        self.code = code
        self.name = name
        self.isDeveloper = isDeveloper
        self.persons = persons
    }
}

/// Whom a list is about.
public enum CreditSubject: Hashable, Sendable, Codable {
    /// An owner, by code or name.
    case owner(String)
    /// A person, by ``LinkedPerson/key``.
    case person(String)
    /// An intermediary, by code.
    case firm(String)

    private enum OwnerCodingKeys: String, CodingKey { case _0 = "id" }
    private enum PersonCodingKeys: String, CodingKey { case _0 = "id" }
    private enum FirmCodingKeys: String, CodingKey { case _0 = "id" }

    public var id: String {
        switch self {
        case .owner(let id), .person(let id), .firm(let id): id
        }
    }
}

/// 红黑名单
public enum CreditList: String, Hashable, Sendable, Codable, CaseIterable {
    /// 红名单
    case red
    /// 黑名单
    case black
}

/// A place on a list.
public struct Listing: Hashable, Sendable, Codable {
    public let list: CreditList
    public let reason: String
    /// The last day; `nil` until it is taken off.
    public let until: LocalDate?

    public init(list: CreditList, reason: String, until: LocalDate? = nil) {
        self.list = list
        self.reason = reason
        self.until = until
    }

    public func isInForce(on date: LocalDate) -> Bool { until.map { date <= $0 } ?? true }
}

/// A breach, as cases report it.
public struct Breach: Hashable, Sendable, Codable {
    /// Who broke it: the owner's code or name, or for ``BreachKind/lateService`` the firm's code.
    public let owner: String
    public let kind: BreachKind
    /// The id of the case.
    public let caseID: String
    /// The number of the event in the case: with the id of the case it says which breach this is.
    public let sequence: Int
    public let item: String
    public let on: LocalDate

    public init(owner: String, kind: BreachKind, caseID: String, sequence: Int, item: String, on: LocalDate) {
        self.owner = owner
        self.kind = kind
        self.caseID = caseID
        self.sequence = sequence
        self.item = item
        self.on = on
    }

    /// `case.sequence`: one breach is recorded once.
    public var id: String { "\(caseID).\(sequence)" }
}

/// Why an owner gets neither tolerance nor commitment (失信限制).
public struct CreditBar: Hashable, Sendable, Codable {
    public enum Cause: String, Hashable, Sendable, Codable {
        /// A breach of its own.
        case breach
        /// It is on the black list.
        case blackList
        /// A person behind it is on the black list.
        case person
        /// A person behind it is behind an owner on the black list.
        case linkedOwner
    }

    public let cause: Cause
    /// The id of the breach, the person or the owner on the list.
    public let subject: String
    /// The last day; `nil` until it is lifted.
    public let until: LocalDate?

    public init(cause: Cause, subject: String, until: LocalDate?) {
        self.cause = cause
        self.subject = subject
        self.until = until
    }
}

/// By which rule a case goes first (绿色通道).
public enum GreenChannelRule: String, Hashable, Sendable, Codable, CaseIterable {
    /// 重点项目
    case keyProject
    /// 信用等级达标
    case credit
}
