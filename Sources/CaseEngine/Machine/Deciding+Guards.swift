import WorkCalendar
import WorkflowModel

/// Who may, and what has to be said.
extension Deciding {
    func require(_ expected: ExpectedActor) throws(CaseRejection) {
        guard actor.is(expected) else { throw .notYours(expected) }
    }

    /// Who decides an item: its department, the lead of a joint one.
    func department(of index: Int) -> ExpectedActor {
        definition(index).decider
    }

    /// Who takes applications in.
    func admitting(_ index: Int) -> ExpectedActor {
        .either(.window, definition(index).joint?.admittedBy.map { .department($0) } ?? department(of: index))
    }

    /// Who hands documents in; the window may do so for the applicant.
    var applying: ExpectedActor { .either(.applicant, .window) }

    func requireText(_ text: String) throws(CaseRejection) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
    }

    func requirePoints(_ points: [Point]) throws(CaseRejection) {
        guard !points.isEmpty, points.allSatisfy({ $0.text.contains { !$0.isWhitespace } }) else {
            throw .pointsMissing
        }
        for point in points {
            if let material = point.material { try requireKnown(material) }
        }
    }

    /// A second person's approval: named, and not the one who asks.
    func requireApprover(_ name: String) throws(CaseRejection) {
        guard name.contains(where: { !$0.isWhitespace }), name != actor.name else {
            throw .secondPersonNeeded(name: actor.name)
        }
    }

    func requireStatus(_ index: Int, _ statuses: ItemStatus...) throws(CaseRejection) {
        let status = self.status(index)
        guard statuses.contains(status) else { throw .notNow(item: definition(index).id, status: status) }
    }

    func requireRoute(_ index: Int, _ routes: ItemRoute...) throws(CaseRejection) {
        guard routes.contains(definition(index).route) else { throw .notForThisItem(item: definition(index).id) }
    }

    func requireRunning(_ index: Int) throws(CaseRejection) {
        if let pause = self.pause(index), pause.stopsClock {
            throw .clockStopped(item: definition(index).id, pause: pause.kind)
        }
    }

    func requireNoPause(_ index: Int) throws(CaseRejection) {
        if let pause = self.pause(index) { throw .clockStopped(item: definition(index).id, pause: pause.kind) }
    }

    /// Everything that has to come first is there, and was not revoked meanwhile.
    func requirePredecessors(_ index: Int) throws(CaseRejection) {
        if let link = rules.linkBarringFinish(of: index, on: today, in: state.items) {
            throw .completionWaits(item: definition(index).id, for: rules.graph.dependencies[link.number].reference)
        }
    }
}

extension Actor {
    func `is`(_ expected: ExpectedActor) -> Bool {
        switch expected {
        case .applicant: role == .applicant || role == .agent
        case .window: role == .window
        // The window is a department, too, where a workflow gives it an item to lead.
        case .department(let id): (role == .department || role == .window) && department == id
        case .supervisor: role == .supervisor
        case .designer: role == .designer
        case .system: role == .system
        case .either(let a, let b): self.is(a) || self.is(b)
        }
    }
}
