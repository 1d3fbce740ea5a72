import CaseEngine
import WorkCalendar
import WorkflowModel

/// Simulated answers given by those whom the registry knows: where officers are registered nobody else may act, so that a
/// run takes them in the order of their names, and whoever is away or may not sign is passed over.
struct RegisteredParties {
    let registry: Registry
    let machine: CaseMachine
    let today: LocalDate

    /// Who may give an answer, the best first; whoever simulates it where nobody is registered.
    func actors(for actor: Actor) -> [Actor] {
        let unit = actor.department ?? actor.role.rawValue
        let names = present(in: unit)
        guard !names.isEmpty else { return [actor] }
        return names.map { Actor(role: actor.role, department: actor.department, name: $0) }
    }

    /// The command with registered signers in place of made-up ones.
    func signed(_ command: CaseCommand) -> CaseCommand {
        guard case .item(let id, .holdSession(let votes)) = command,
            let joint = machine.plan[id]?.item.joint
        else { return command }
        let signed = votes.map { vote in
            let department = joint.participants.first { $0.id == vote.participant }?.department ?? ""
            let names = present(in: department)
            guard !names.isEmpty else { return vote }
            return SessionVote(
                participant: vote.participant, verdict: vote.verdict, signer: names.prefix(2).joined(separator: "、"))
        }
        return .item(id, .holdSession(votes: signed))
    }

    private func present(in unit: String) -> [String] {
        (registry.officers[unit] ?? [:]).values.filter { officer in
            officer.isInOffice(on: today) && registry.absence(of: officer.name, in: unit, on: today) == nil
        }.map(\.name).sorted()
    }
}

extension CaseRejection {
    /// Whether somebody else of the same department might do it.
    var isOfPerson: Bool {
        switch self {
        case .unknownOfficer, .officerAbsent, .officerRoleMissing, .secondPersonNeeded: true
        default: false
        }
    }
}
