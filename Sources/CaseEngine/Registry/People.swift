import WorkCalendar

/// What an officer may do in a department (岗位).
public enum OfficerRole: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// 窗口人员
    case window
    /// 承办人: first link of a reviewer chain.
    case handler
    /// 审查人
    case reviewer
    /// 审批人
    case approver
    /// 负责人: alone may extend a statutory limit (行政许可法 art. 42).
    case head
    /// 监察人员: sees everything, decides nothing.
    case supervisor
    /// 管理者: keeps the registry.
    case manager
    /// 流程管理员: writes and publishes workflows.
    case editor

    /// Those who handle applications.
    public static let handling: Set<OfficerRole> = [.handler, .reviewer, .approver, .head]

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (a: OfficerRole, b: OfficerRole) -> Bool { a.rank < b.rank }
}

/// An officer of a department (工作人员), known by name there.
///
/// The units of the window and of supervision are called ``Registry/windowUnit`` and ``Registry/supervisionUnit``.
public struct Officer: Hashable, Sendable, Codable {
    /// The id of the department.
    public let department: String
    public let name: String
    public let roles: Set<OfficerRole>
    /// The B post 岗 that acts while this officer is away: a name in the same department.
    public let deputy: String?
    public let contact: String?
    /// The first and the last day in office; `nil` without bound.
    public let from: LocalDate?
    public let until: LocalDate?

    public init(
        department: String, name: String, roles: Set<OfficerRole>, deputy: String? = nil, contact: String? = nil,
        from: LocalDate? = nil, until: LocalDate? = nil
    ) {
        self.department = department
        self.name = name
        self.roles = roles
        self.deputy = deputy
        self.contact = contact
        self.from = from
        self.until = until
    }

    private enum CodingKeys: String, CodingKey { case department, name, roles, deputy, contact, from, until }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(department, forKey: .department)
        try container.encode(name, forKey: .name)
        // A set has no order of its own, and the log's bytes must be the same in every process.
        try container.encode(roles.sorted(), forKey: .roles)
        try container.encodeIfPresent(deputy, forKey: .deputy)
        try container.encodeIfPresent(contact, forKey: .contact)
        try container.encodeIfPresent(from, forKey: .from)
        try container.encodeIfPresent(until, forKey: .until)
    }
}

/// A time in which an officer is away (请假、出差), both days included.
public struct Absence: Hashable, Sendable, Codable {
    public let from: LocalDate
    public let through: LocalDate
    public let reason: String

    public init(from: LocalDate, through: LocalDate, reason: String) {
        self.from = from
        self.through = through
        self.reason = reason
    }
}

/// How far the window may go with an item by itself (授权到位).
///
/// Receiving, handing on and handing out need no authority; refusing is never within one.
public enum WindowLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Pre-review, the correction notice and admission.
    case admit
    /// Granting, too 权限下放窗口.
    case decide

    public static func < (a: WindowLevel, b: WindowLevel) -> Bool { a == .admit && b == .decide }
}

/// A department's authority for the window to act in an item (窗口授权).
public struct WindowAuthority: Hashable, Sendable, Codable {
    /// The id of the item.
    public let item: String
    /// The department that grants it.
    public let department: String
    public let level: WindowLevel
    /// One officer of the window, or every one.
    public let officer: String?
    public let from: LocalDate?
    public let until: LocalDate?

    public init(
        item: String, department: String, level: WindowLevel, officer: String? = nil, from: LocalDate? = nil,
        until: LocalDate? = nil
    ) {
        self.item = item
        self.department = department
        self.level = level
        self.officer = officer
        self.from = from
        self.until = until
    }

    /// The item, and the officer where it is for one.
    public var id: String { officer.map { "\(item)/\($0)" } ?? item }
}

/// A proxy agent 代办员 of the assistance centre.
public struct Agent: Hashable, Sendable, Codable {
    public let name: String
    public let contact: String?

    public init(name: String, contact: String? = nil) {
        self.name = name
        self.contact = contact
    }
}

/// What an agent may do for an owner (代办权限).
public enum AgentAction: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case open
    /// 申报
    case file
    /// Corrections, supplements, promised materials and rectifications.
    case supply
    /// Withdraws an item or the case.
    case withdraw
    /// Reports work that nobody applies for as begun or completed.
    case report

    public static func < (a: AgentAction, b: AgentAction) -> Bool { a.rawValue < b.rawValue }
}

/// An agent's authorisation by an owner, for a project or for everything of an owner (代办委托).
public struct Assignment: Hashable, Sendable, Codable {
    public let id: String
    public let agent: String
    /// The project code; `nil` for all projects of the owner.
    public let project: String?
    /// The owner's code or name.
    public let owner: String?
    /// What may be done; empty for everything.
    public let actions: [AgentAction]
    /// The ids of the stages in which; empty for all.
    public let stages: [String]
    public let from: LocalDate
    /// The last day.
    public let until: LocalDate

    public init(
        id: String, agent: String, project: String?, owner: String? = nil, actions: [AgentAction] = [],
        stages: [String] = [], from: LocalDate, until: LocalDate
    ) {
        self.id = id
        self.agent = agent
        self.project = project
        self.owner = owner
        self.actions = actions
        self.stages = stages
        self.from = from
        self.until = until
    }

    public func isInForce(on date: LocalDate) -> Bool { from <= date && date <= until }
}
