import WorkCalendar

/// Who does something in a case (办理人): a role, the department it is held in, and a person's name.
///
/// Being the lead of a joint item is no role: it is a relation between a department and the item, and the plan knows it.
public struct Actor: Hashable, Sendable, Codable {
    /// What somebody may do (角色).
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        /// The owner 建设单位, also for everything a firm does on the owner's order.
        case applicant
        /// Proxy agent 代办员: all the applicant's actions.
        case agent
        /// The comprehensive window 综合窗口: receives, checks, admits, notifies, hands out; never refuses.
        case window
        /// An officer of a department, the lead or a participant, or of a utility.
        case department
        /// Electronic supervision 电子监察: sees everything, follows cards up, decides nothing.
        case supervisor
        /// The planning bureau's designer of workflows 流程管理员: releases versions and puts running cases under them.
        case designer
        /// Binglian itself, for what happens by rule and by time.
        case system
    }

    public let role: Role
    /// The id of the department, for officers; `nil` for everyone else.
    public let department: String?
    public let name: String

    public init(role: Role, department: String? = nil, name: String) {
        self.role = role
        self.department = department
        self.name = name
    }

    /// What acts when a rule or a timer does.
    public static let system = Actor(role: .system, name: "")
}

/// What a decision depends on besides the state: the office's civil date, who asks, what the registry says, and which
/// materials lie at hand outside the case.
public struct CaseContext: Hashable, Sendable {
    public let today: LocalDate
    public let actor: Actor
    public let standing: Standing
    public let atHand: MaterialsAtHand
    /// When the case would be finished at the earliest by its critical path, for commands that look ahead; `nil` when
    /// nobody has worked it out.
    public let earliestFinish: LocalDate?

    public init(
        today: LocalDate, actor: Actor, standing: Standing = .unregistered, atHand: MaterialsAtHand = .none,
        earliestFinish: LocalDate? = nil
    ) {
        self.today = today
        self.actor = actor
        self.standing = standing
        self.atHand = atHand
        self.earliestFinish = earliestFinish
    }
}

/// Whose turn it is (责任方).
public enum Party: Hashable, Sendable, Codable {
    case applicant
    case department(String)
    /// The comprehensive window, when no department takes applications in.
    case window
    /// Electronic supervision 电子监察.
    case supervisor

    private enum DepartmentCodingKeys: String, CodingKey { case _0 = "id" }

    /// The id of the department, when it is one.
    public var department: String? {
        if case .department(let id) = self { id } else { nil }
    }
}
