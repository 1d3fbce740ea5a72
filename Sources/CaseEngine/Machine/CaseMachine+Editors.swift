import WorkCalendar

extension CaseMachine {
    /// Where designers are registered, one of them who is in office and there.
    func requireEditor(_ context: CaseContext) throws(CaseRejection) {
        guard let registry = context.standing.registry else { return }
        let unit = Actor.Role.designer.rawValue
        let editors = registry.officers.values.flatMap(\.values).filter {
            $0.department == unit || $0.roles.contains(.editor)
        }
        guard !editors.isEmpty else { return }
        let name = context.actor.name
        let own = editors.filter { $0.name == name && $0.roles.contains(.editor) && $0.isInOffice(on: context.today) }
        guard let officer = own.min(by: { $0.department < $1.department }) else {
            throw .notRegisteredEditor(name: name)
        }
        if let absence = registry.absence(of: name, in: officer.department, on: context.today) {
            throw .officerAbsent(name: name, through: absence.through, deputy: officer.deputy)
        }
    }
}
