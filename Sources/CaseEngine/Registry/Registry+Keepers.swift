import WorkCalendar

/// Who keeps which part of the registry (名册的登记权限).
///
/// As long as no manager is registered, every office may make every entry; an owner or an agent only its own.
extension Registry {
    /// The managers in office, in order of department and name.
    func managers(on date: LocalDate) -> [Officer] {
        officers.values.flatMap(\.values).filter { $0.roles.contains(.manager) && $0.isInOffice(on: date) }
            .sorted { ($0.department, $0.name) < ($1.department, $1.name) }
    }

    func requireKeeper(
        of entry: RegistryEntry, _ actor: Actor, on today: LocalDate
    ) throws(RegistryRejection) {
        let isAllowed =
            switch actor.role {
            case .system: entry.kind == .breachRecorded || entry.kind == .appointmentReported
            case .applicant, .agent: entry.kind.isOfMarket
            case .window, .department, .supervisor, .designer:
                managers(on: today).isEmpty || mayEnter(entry, actor, on: today)
            }
        guard isAllowed else { throw .notAllowed(entry.kind) }
    }

    private func mayEnter(_ entry: RegistryEntry, _ actor: Actor, on today: LocalDate) -> Bool {
        let unit = actor.department ?? actor.role.rawValue
        let roles = officer(actor.name, of: unit, on: today)?.roles ?? []
        if roles.contains(.manager) { return true }
        switch entry {
        case .officerRegistered(let officer):
            // A head keeps the people of the department, and makes nobody a manager.
            return roles.contains(.head) && officer.department == unit
                && officer.roles.isDisjoint(with: [.head, .manager])
        case .absenceReported(let department, let name, _), .absenceEnded(let department, let name, _):
            return department == unit && (name == actor.name || roles.contains(.head))
        case .windowAuthorized(let authority): return roles.contains(.head) && authority.department == unit
        case .windowAuthorityWithdrawn(let id, _):
            return roles.contains(.head) && authorities[id]?.department == unit
        case .ownerGraded, .listed, .unlisted, .breachRecorded, .breachCleared: return roles.contains(.supervisor)
        case .agentAssigned, .assignmentEnded, .firmSelected, .rated, .projectPlaced, .tenderAnnounced,
            .tenderCancelled, .bidMade, .bidWithdrawn, .tenderAwarded, .contractSigned, .contractPerformed,
            .contractEnded:
            return !roles.isEmpty
        case .regionAssessed, .assessmentWithdrawn: return roles.contains(.head)
        case .officerRemoved, .agentRegistered, .agentRemoved, .keyProjectNamed, .keyProjectReleased,
            .ownerRegistered, .firmRegistered, .policySet, .serviceSet, .appointmentReported:
            return false
        }
    }
}

extension RegistryEvent.Kind {
    /// Whether owners, their agents and firms make it themselves.
    var isOfMarket: Bool {
        switch self {
        case .firmSelected, .rated, .tenderAnnounced, .tenderCancelled, .bidMade, .bidWithdrawn, .tenderAwarded,
            .contractSigned, .contractPerformed, .contractEnded:
            true
        default: false
        }
    }

    /// Who may make the entry where managers are registered, in words.
    var keepers: LocalizedText {
        switch self {
        case .officerRegistered, .windowAuthorized, .windowAuthorityWithdrawn:
            LocalizedText(zh: "管理者或本部门负责人", en: "a manager or the department's head")
        case .absenceReported, .absenceEnded:
            LocalizedText(zh: "本人、本部门负责人或管理者", en: "the officer, the department's head or a manager")
        case .ownerGraded, .listed, .unlisted, .breachRecorded, .breachCleared:
            LocalizedText(zh: "监察人员或管理者", en: "the supervisor or a manager")
        case .agentAssigned, .assignmentEnded, .projectPlaced:
            LocalizedText(zh: "登记在册的工作人员", en: "a registered officer")
        case .firmSelected, .rated, .tenderAnnounced, .tenderCancelled, .bidMade, .bidWithdrawn, .tenderAwarded,
            .contractSigned, .contractPerformed, .contractEnded:
            LocalizedText(zh: "建设单位、代办员或登记在册的工作人员", en: "the owner, its agent or a registered officer")
        case .regionAssessed, .assessmentWithdrawn:
            LocalizedText(zh: "部门负责人或管理者", en: "a department's head or a manager")
        case .officerRemoved, .agentRegistered, .agentRemoved, .keyProjectNamed, .keyProjectReleased,
            .ownerRegistered, .firmRegistered, .policySet, .serviceSet, .appointmentReported:
            LocalizedText(zh: "管理者", en: "a manager")
        }
    }
}
