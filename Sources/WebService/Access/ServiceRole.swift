import CaseEngine
import WorkCalendar

/// In which role somebody uses the service (岗位角色).
///
/// What the engine calls a role is wider: to it a reviewer and an approver of a department are both officers of it, and its
/// registry knows which links of a chain each may sign.
///
/// - Source: 三员分立, GB/T 22239—2019 §8.1.10: administrators of system, security and audit are three people.
enum ServiceRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// 建设单位
    case applicant
    /// 代办员、帮办员
    case agent
    /// 综合窗口
    case window
    /// 承办人
    case handler
    /// 审查人
    case reviewer
    /// 审批人
    case approver
    /// 部门负责人
    case head
    /// 技术审查、勘验单位
    case technicalUnit
    /// 中介机构
    case intermediary
    /// 公用企业
    case utility
    /// 电子监察
    case supervisor
    /// 管理者
    case manager
    /// 流程管理员
    case editor
    /// 系统管理员: runs the service, sees no case.
    case administrator
    /// 安全管理员: gives and takes roles.
    case securityAdministrator
    /// 审计管理员: reads what everybody did, the other two included.
    case auditAdministrator

    var title: LocalizedText {
        switch self {
        case .applicant: LocalizedText(zh: "建设单位", en: "Applicant")
        case .agent: LocalizedText(zh: "代办员", en: "Agent")
        case .window: LocalizedText(zh: "综合窗口", en: "Service window")
        case .handler: LocalizedText(zh: "承办人", en: "Case handler")
        case .reviewer: LocalizedText(zh: "审查人", en: "Reviewer")
        case .approver: LocalizedText(zh: "审批人", en: "Approver")
        case .head: LocalizedText(zh: "部门负责人", en: "Head of department")
        case .technicalUnit: LocalizedText(zh: "技术审查单位", en: "Technical unit")
        case .intermediary: LocalizedText(zh: "中介机构", en: "Intermediary")
        case .utility: LocalizedText(zh: "公用企业", en: "Utility")
        case .supervisor: LocalizedText(zh: "监察人员", en: "Supervisor")
        case .manager: LocalizedText(zh: "管理者", en: "Manager")
        case .editor: LocalizedText(zh: "流程管理员", en: "Workflow editor")
        case .administrator: LocalizedText(zh: "系统管理员", en: "System administrator")
        case .securityAdministrator: LocalizedText(zh: "安全管理员", en: "Security administrator")
        case .auditAdministrator: LocalizedText(zh: "审计管理员", en: "Audit administrator")
        }
    }

    /// Those whose cases are those of the owners that their post names.
    static let ofOwners: Set<ServiceRole> = [.applicant, .agent, .intermediary]
    /// Those whose cases are those in which their department takes part.
    static let ofDepartments: Set<ServiceRole> = [.handler, .reviewer, .approver, .head, .technicalUnit, .utility]

    /// As whom the engine knows them.
    var engineRole: Actor.Role {
        switch self {
        case .applicant, .intermediary: .applicant
        case .agent: .agent
        case .window: .window
        case .handler, .reviewer, .approver, .head, .technicalUnit, .utility: .department
        case .supervisor, .manager, .administrator, .securityAdministrator, .auditAdministrator: .supervisor
        case .editor: .designer
        }
    }
}

/// A role that somebody holds, and where (岗位).
struct Post: Sendable, Hashable, Codable {
    var role: ServiceRole
    /// The id of the department, of those who have one; of a window, under which workflows give it items to lead.
    var department: String?
    /// What the department is called, for the header of pages.
    var place: LocalizedText?
    /// Credit codes or names of owners, or codes of projects, whose cases are theirs.
    var owners: [String] = []

    init(_ role: ServiceRole, department: String? = nil, place: LocalizedText? = nil, owners: [String] = []) {
        self.role = role
        self.department = department
        self.place = place
        self.owners = owners
    }

    /// "市规划局 · 审批人".
    var title: LocalizedText {
        guard let place else { return role.title }
        return LocalizedText(zh: "\(place.zh) · \(role.title.zh)", en: "\(place.en) · \(role.title.en)")
    }
}
