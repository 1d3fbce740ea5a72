import WorkCalendar
import WorkflowModel

/// What the registry allows, of who acts and for whom.
extension Deciding {
    /// Whether the actor is who the registry knows, in a role that the command takes; notes on what that rests.
    mutating func requireRegistered(for command: CaseCommand) throws(CaseRejection) {
        guard let registry = standing.registry, actor.role != .system else { return }
        grounds = Grounds(registry: registry.version)
        switch actor.role {
        case .department:
            let (roles, signers) = rolesTaking(command)
            try requireOfficer(of: actor.department ?? "", as: roles, without: signers, in: registry)
        case .window:
            try requireOfficer(of: Registry.windowUnit, as: [.window], in: registry)
            try requireAuthority(for: command, in: registry)
        case .supervisor: try requireOfficer(of: Registry.supervisionUnit, as: [.supervisor], in: registry)
        case .agent: try requireAssignment(for: command, in: registry)
        case .applicant, .designer, .system: break
        }
    }

    private mutating func requireOfficer(
        of department: String, as roles: Set<OfficerRole>, without others: [String] = [], in registry: Registry
    ) throws(CaseRejection) {
        let absent = try capacity(of: actor.name, department, roles, without: others, in: registry)
        grounds?.onBehalfOf = absent
    }

    private func capacity(
        of name: String, _ department: String, _ roles: Set<OfficerRole>, without others: [String] = [],
        in registry: Registry
    ) throws(CaseRejection) -> String? {
        do throws(Registry.OfficerFault) {
            return try registry.capacity(of: name, in: department, as: roles, on: today, without: others)
        } catch {
            switch error {
            case .unknown: throw .unknownOfficer(name: name, department: department)
            case .absent(let through, let deputy): throw .officerAbsent(name: name, through: through, deputy: deputy)
            case .roleMissing:
                throw .officerRoleMissing(name: name, department: department, roles: roles.sorted())
            }
        }
    }

    /// The roles that may do what a command asks for, and who must have no part in it.
    private func rolesTaking(_ command: CaseCommand) -> (Set<OfficerRole>, without: [String]) {
        guard case .item(let id, let command) = command, let index = rules.index(of: id),
            state.items.indices.contains(index)
        else { return (OfficerRole.handling, []) }
        let chain = definition(index).chain
        let signatures = state.items[index].signatures
        let last = signatures.last.map { [$0.name] + [$0.onBehalfOf].compactMap(\.self) } ?? []
        func link(_ name: String?) -> Set<OfficerRole> {
            name.flatMap { OfficerRole(rawValue: $0) }.map { [$0] } ?? OfficerRole.handling
        }
        switch command {
        case .sign: return (link(chain.indices.contains(signatures.count) ? chain[signatures.count] : nil), last)
        case .decide: return (link(chain.last), last)
        case .conclude, .revoke: return ([.approver, .head], [])
        default: return (OfficerRole.handling.union([.window]), [])
        }
    }

    // MARK: Others that a command names

    /// A second person's approval, by an officer of the item's department in one of some roles where officers are
    /// registered.
    mutating func requireApprover(
        _ name: String, as roles: Set<OfficerRole>, of index: Int
    ) throws(CaseRejection) {
        try requireApprover(name)
        guard let registry = standing.registry, let department = definition(index).department else { return }
        let absent = try capacity(of: name, department, roles, without: [actor.name], in: registry)
        grounds?.approvedFor = absent
    }

    /// The officers who sign for a department are registered there, where officers are; several names are divided by 、
    /// or a comma.
    func requireOfficers(_ names: String, of department: String) throws(CaseRejection) {
        guard let registry = standing.registry else { return }
        for name in Self.people(in: names) {
            _ = try capacity(of: name, department, OfficerRole.handling.union([.window]), in: registry)
        }
    }

    /// On the spot there are two officers or more, where officers are registered.
    ///
    /// - Source: 行政许可法 (2019) art. 34.
    func requireTwoOfficers(_ names: [String], of department: String?) throws(CaseRejection) {
        guard let registry = standing.registry, let department, registry.hasOfficers(department) else { return }
        guard Set(names.flatMap { Self.people(in: $0) }).count >= 2 else { throw .secondOfficerNeeded }
    }

    private static func people(in names: String) -> [String] {
        names.split { "、,，".contains($0) }.map { $0.drop { $0 == " " } }.map { name in
            var name = name
            while name.last == " " { name.removeLast() }
            return String(name)
        }
    }

    // MARK: The window

    mutating func requireAuthority(
        for command: CaseCommand, in registry: Registry
    ) throws(CaseRejection) {
        guard case .item(let item, let command) = command, let level = command.windowLevel else { return }
        let authority = registry.windowAuthority(in: item, for: actor.name, on: today)
        // Where no authority was ever registered, the window admits as it always did.
        if authority == nil, registry.authorities.isEmpty, level == .admit { return }
        guard let authority, authority.level >= level else {
            // To decide is the department's; only an authority changes that.
            if level == .decide, registry.authorities.isEmpty { return }
            throw .windowNotAuthorized(item: item, level: level)
        }
        grounds?.authority = authority.id
    }

    /// Whether the window grants by the authority of the department that would decide.
    func isGrantedByWindow(_ decision: Decision, _ index: Int) -> Bool {
        guard actor.role == .window, let registry = standing.registry,
            case .department(let decider) = department(of: index)
        else { return false }
        let authority = registry.windowAuthority(in: definition(index).id, for: actor.name, on: today)
        return authority?.level == .decide && authority?.department == decider
    }

    // MARK: Agents

    private mutating func requireAssignment(for command: CaseCommand, in registry: Registry) throws(CaseRejection) {
        guard !registry.agents.isEmpty else { return }
        guard registry.agents[actor.name] != nil else { throw .unknownAgent(actor.name) }
        let opening = if case .open(let opening) = command { opening } else { state.opening }
        guard let opening else { return }  // no case: refused as such
        let assignments = registry.assignments(
            of: actor.name, project: opening.project, owner: opening.ownerNames, on: today)
        guard let first = assignments.first else {
            throw .agentNotAssigned(agent: actor.name, project: opening.project)
        }
        let inForce = assignments.filter { $0.isInForce(on: today) }
        guard !inForce.isEmpty else {
            throw .assignmentNotInForce(agent: actor.name, from: first.from, until: first.until)
        }
        let (action, stage) = scope(of: command)
        guard let fitting = inForce.first(where: { $0.covers(action, stage) }) else {
            throw .outsideAssignment(agent: actor.name, action: action, stage: stage)
        }
        grounds?.assignment = fitting.id
    }

    private func scope(of command: CaseCommand) -> (AgentAction, stage: String?) {
        switch command {
        case .item(let id, let command):
            let stage = rules.index(of: id).map { rules.plan.items[$0].stage }
            return (command.agentAction, stage)
        case .open: return (.open, nil)
        case .intake(let command): return (.file, command.stage(in: state))
        case .supervise(.promiseCertificate), .supervise(.answer): return (.file, nil)
        default: return (.withdraw, nil)
        }
    }

    // MARK: Intermediaries

    /// Where firms are registered, an intermediary's work is that of the one selected for it, unless it is barred now.
    mutating func requireFirm(_ index: Int) throws(CaseRejection) {
        guard definition(index).kind == .intermediary, let registry = standing.registry, !registry.firms.isEmpty,
            let project = state.opening?.project
        else { return }
        let id = definition(index).id
        guard
            let selection = registry.selections.last(where: {
                $0.selection.project == project && $0.selection.item == id
            })?.selection
        else { throw .firmNotSelected(item: id) }
        let firm = selection.firm
        if registry.listing(.firm(firm), on: .black, date: today) != nil { throw .firmBarred(firm: firm, item: id) }
        grounds?.firm = firm
        let contract = registry.contract(with: firm, project: project, item: id)?.contract
        grounds?.contract = contract?.number
        grounds?.promised =
            (contract?.days ?? selection.days).map { .working($0) }
            ?? registry.firms[firm]?.services.first { $0.service == selection.service }?.time
    }

    // MARK: Credit and areas

    /// Why the owner of the case gets neither tolerance nor commitment now.
    var bar: CreditBar? {
        guard let registry = standing.registry, let opening = state.opening else { return nil }
        return registry.bar(ofAny: opening.ownerNames, on: today)
    }

    /// What a case is opened with agrees with the regional assessments that are registered.
    ///
    /// A fact that only an assessment of its area can make true is not taken from the project's word.
    mutating func requireAssessments(of opening: CaseOpening) throws(CaseRejection) {
        guard let registry = standing.registry, !registry.assessments.isEmpty else { return }
        let zone = registry.zone(of: opening.project, facts: opening.facts)
        var used: [RegionalAssessment] = []
        for (fact, value) in opening.facts.sorted(by: { $0.key < $1.key })
        where value == .boolean(true) && registry.isAssessedByArea(fact) {
            let fitting = zone.map { registry.assessments(for: fact, in: $0, on: today) } ?? []
            guard !fitting.isEmpty else { throw .regionNotAssessed(fact: fact, zone: zone) }
            used += fitting.filter { other in !used.contains { $0.id == other.id } }
        }
        guard !used.isEmpty else { return }
        grounds?.assessments = used.map(\.id)
        let standards = registry.standards(of: used)
        try require(standards, of: opening)
        if !standards.isEmpty { grounds?.standards = standards }
    }

    /// The rule by which the case goes first.
    func greenChannel(of opening: CaseOpening) -> GreenChannelRule? {
        standing.registry?.greenChannel(project: opening.project, owner: opening.ownerNames, on: today)
    }
}

extension ItemCommand {
    /// The authority that the window needs; `nil` for what it may always do, or never.
    fileprivate var windowLevel: WindowLevel? {
        switch self {
        case .beginPreReview, .finishPreReview, .requestCorrection, .admit: .admit
        case .decide(.granted), .decide(.grantedWithGaps): .decide
        default: nil
        }
    }

    fileprivate var agentAction: AgentAction {
        switch self {
        case .file: .file
        case .withdraw: .withdraw
        case .begin, .complete: .report
        default: .supply
        }
    }
}

extension Assignment {
    fileprivate func covers(_ action: AgentAction, _ stage: String?) -> Bool {
        (actions.isEmpty || actions.contains(action)) && (stages.isEmpty || stage.map { stages.contains($0) } ?? true)
    }
}
