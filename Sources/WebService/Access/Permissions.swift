/// What one may be allowed to do (权限). Every endpoint names one; every command has one.
enum Action: String, Sendable, Hashable, CaseIterable {
    // Without an account.
    case readPublic, signIn
    /// What a department's system answers, which its signature proves.
    case callBack
    /// What everybody who signed in may do for themselves.
    case keepSession

    // Cases.
    case listCases, openCase, readCase, readMaterials, handInMaterial, readHistory
    /// Notes and votes before the notice, which the applicant does not read.
    case readInternal
    /// To send a command; what it says needs one of those below as well.
    case command
    case actForOwner, actAtWindow, handle, decide, rate, explain, supervise, endCase, amend

    // The office.
    case readWorkflows, editWorkflows, publishWorkflows, readCalendars
    case simulate, readFigures, exportCase, exportAll, importFiles
    case readRegistry, keepRegistry

    // The service.
    case readSystem, manageAccounts, grantRoles, readAudit
}

/// How somebody is related to a case (关系).
enum Relation: String, Sendable, Hashable, CaseIterable {
    /// One's own, or that of whoever one acts for.
    case own
    /// One's department takes part in it.
    case department
    case other
}

/// The one table of who may do what (权限表).
enum Permissions {
    struct Grant: Sendable {
        /// Without an account, too.
        var isPublic = false
        /// Those who may in every case of the city, or where no case is concerned.
        var everywhere: Set<ServiceRole> = []
        /// Those who may in cases that are theirs.
        var related: Set<ServiceRole> = []
    }

    private static let everyone = Set(ServiceRole.allCases)
    private static let office: Set<ServiceRole> = [
        .window, .handler, .reviewer, .approver, .head, .supervisor, .manager, .editor,
    ]
    private static let participants: Set<ServiceRole> = [.technicalUnit, .utility]
    private static let owners = ServiceRole.ofOwners
    private static let officers: Set<ServiceRole> = [.handler, .reviewer, .approver, .head]

    static func grant(_ action: Action) -> Grant {
        switch action {
        case .readPublic, .signIn, .callBack: Grant(isPublic: true)
        case .keepSession: Grant(everywhere: everyone)

        case .listCases: Grant(everywhere: office.union(participants).union(owners))
        case .openCase: Grant(everywhere: [.applicant, .agent, .window])
        case .readCase, .readMaterials: Grant(everywhere: office, related: owners.union(participants))
        case .handInMaterial: Grant(everywhere: [.window], related: owners.union(officers).union(participants))
        case .readHistory: Grant(everywhere: office.union([.auditAdministrator]), related: owners.union(participants))
        case .readInternal: Grant(everywhere: office, related: participants)
        case .command:
            Grant(
                everywhere: [.window, .supervisor, .manager, .editor],
                related: owners.union(officers).union(participants))
        case .actForOwner: Grant(related: owners)
        case .actAtWindow: Grant(everywhere: [.window], related: officers)
        case .handle: Grant(everywhere: [.window], related: officers.union(participants))
        case .decide: Grant(everywhere: [.window], related: [.approver, .head, .handler])
        case .rate: Grant(everywhere: [.supervisor, .window], related: owners)
        case .explain: Grant(everywhere: [.supervisor], related: officers.union(participants))
        case .supervise: Grant(everywhere: [.supervisor])
        case .endCase: Grant(everywhere: [.window, .supervisor], related: owners)
        case .amend: Grant(everywhere: [.editor])

        case .readWorkflows, .readCalendars: Grant(everywhere: everyone)
        case .editWorkflows, .publishWorkflows: Grant(everywhere: [.editor])
        case .simulate: Grant(everywhere: office.union(owners).union(participants))
        case .readFigures: Grant(everywhere: [.supervisor, .manager, .editor, .head])
        case .exportCase: Grant(everywhere: office, related: owners.union(participants))
        case .exportAll: Grant(everywhere: [.supervisor, .manager, .auditAdministrator])
        case .importFiles: Grant(everywhere: [.manager, .editor])
        case .readRegistry: Grant(everywhere: office)
        case .keepRegistry: Grant(everywhere: [.manager, .head, .supervisor, .window])

        case .readSystem: Grant(everywhere: [.administrator, .securityAdministrator, .auditAdministrator, .manager])
        case .manageAccounts: Grant(everywhere: [.administrator])
        case .grantRoles: Grant(everywhere: [.securityAdministrator])
        case .readAudit: Grant(everywhere: [.auditAdministrator, .supervisor])
        }
    }

    /// Whether somebody may.
    ///
    /// - Parameter role: `nil` without an account.
    /// - Parameter relation: to the case; `nil` where none is concerned, and then whoever may in some case may.
    static func allows(_ action: Action, to role: ServiceRole?, _ relation: Relation?) -> Bool {
        let grant = grant(action)
        if grant.isPublic { return true }
        guard let role else { return false }
        return grant.everywhere.contains(role) || (relation != .other && grant.related.contains(role))
    }

    /// The roles that may, in the order of ``ServiceRole``.
    static func roles(for action: Action) -> [ServiceRole] {
        let grant = grant(action)
        return ServiceRole.allCases.filter { grant.everywhere.contains($0) || grant.related.contains($0) }
    }
}
