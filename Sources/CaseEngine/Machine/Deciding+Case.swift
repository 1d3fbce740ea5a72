import WorkCalendar
import WorkflowModel

extension Deciding {
    mutating func decide(_ command: CaseCommand) throws(CaseRejection) {
        try requireRegistered(for: command)
        switch command {
        case .open(let opening): try open(opening)
        case .passTime: break  // fired by the machine, not decided
        case .migrate(let order): throw .versionNotAtHand(order.version)  // only with the texts of the new rules
        case .transfer(let order): throw .versionNotAtHand(order.to)
        case .addWork(let order): throw .versionNotAtHand(order.work.id)
        case .changeCalendar(let order): throw .versionNotAtHand(order.version)
        case .explainCard(let id, let explanation):
            let card = try card(id)
            guard let item = rules.index(of: card.item) else { throw .unknownItem(card.item) }
            try require(card.department.map { .department($0) } ?? department(of: item))
            try requireText(explanation)
            emit(.cardExplained(card: id, explanation: explanation))
        case .liftCard(let id, let reason):
            _ = try card(id)
            try require(.supervisor)
            try requireText(reason)
            emit(.cardLifted(card: id, reason: reason))
        case .confirmCard(let id, let reason):
            _ = try card(id)
            try require(.supervisor)
            try requireText(reason)
            emit(.cardConfirmed(card: id, reason: reason))
        case .withdrawCase(let reason):
            try requireOpen()
            try require(.applicant)
            try requireText(reason)
            emit(.caseWithdrawn(reason: reason))
        case .cancelCase(let reason):
            try requireOpen()
            let leads = rules.plan.workflow.stages.compactMap(\.lead)
            try require(leads.reduce(.system) { .either($0, .department($1)) })
            try requireText(reason)
            emit(.caseCancelled(reason: reason))
        case .openGreenChannel(let reason), .closeGreenChannel(let reason): try setGreenChannel(command, reason)
        case .supervise(let command): try supervise(command)
        case .intake(let command):
            try requireOpen()
            try decide(command)
        case .item(let id, let command):
            guard state.status != .unopened else { throw .caseNotOpen }
            guard let index = rules.index(of: id), index < state.items.count else { throw .unknownItem(id) }
            guard
                state.status == .open
                    || state.status == .completed
                        && command.isAccepted(afterCompletion: state.items[index], index, rules)
            else { throw .caseClosed(state.status) }
            try decide(command, index)
        }
    }

    private mutating func open(_ opening: CaseOpening) throws(CaseRejection) {
        guard state.status == .unopened else { throw .caseAlreadyOpen }
        let workflow = rules.plan.workflow
        guard opening.workflow == workflow.id, opening.version == workflow.version else {
            throw .otherWorkflow(
                expected: "\(workflow.id) \(workflow.version)", given: "\(opening.workflow) \(opening.version)")
        }
        let calendar = rules.calendar
        guard opening.calendar == calendar.id, opening.calendarVersion == calendar.version else {
            throw .otherCalendar(
                expected: "\(calendar.id) \(calendar.version)", given: "\(opening.calendar) \(opening.calendarVersion)")
        }
        for (id, value) in opening.facts.sorted(by: { $0.key < $1.key }) {
            if case .number(let number) = value, !number.isFinite { throw .factNotFinite(id) }
        }
        for work in opening.works {
            for (id, value) in work.facts.sorted(by: { $0.key < $1.key }) {
                if case .number(let number) = value, !number.isFinite { throw .factNotFinite(id) }
            }
        }
        guard actor.role != .supervisor else { throw .notYours(.either(.applicant, .window)) }
        try requireCode(of: opening)
        try requireAssessments(of: opening)
        let green = greenChannel(of: opening)
        emit(.caseOpened(opening: opening))
        if let green { emit(.greenChannelOpened(rule: green, reason: "")) }
        waiting += state.items.indices
    }

    /// Opens or closes the green channel: by the rule, or against it with a reason.
    private mutating func setGreenChannel(_ command: CaseCommand, _ reason: String?) throws(CaseRejection) {
        try requireOpen()
        let leads = rules.plan.workflow.stages.compactMap(\.lead)
        try require(leads.reduce(.either(.window, .system)) { .either($0, .department($1)) })
        let opens = if case .openGreenChannel = command { true } else { false }
        guard (state.greenChannel != nil) != opens else { throw .greenChannelUnchanged(isOpen: opens) }
        let rule = state.opening.flatMap { greenChannel(of: $0) }
        if reason == nil, (rule != nil) != opens { throw .greenChannelNotByRule(isOpen: !opens) }
        if let reason { try requireText(reason) }
        if opens {
            emit(.greenChannelOpened(rule: reason == nil ? rule : nil, reason: reason ?? ""))
        } else {
            emit(.greenChannelClosed(reason: reason ?? ""))
        }
    }

    private func card(_ id: String) throws(CaseRejection) -> Card {
        guard state.status != .unopened else { throw .caseNotOpen }
        guard let card = state.cards.first(where: { $0.id == id }) else { throw .unknownCard(id) }
        guard card.standing == .open else { throw .cardSettled(id) }
        return card
    }

    private func requireOpen() throws(CaseRejection) {
        switch state.status {
        case .open: return
        case .unopened: throw .caseNotOpen
        case .completed, .withdrawn, .cancelled: throw .caseClosed(state.status)
        }
    }
}

extension ItemCommand {
    /// What a completed case still accepts: handing out, promises, checks and their consequences, and changes.
    func isAccepted(afterCompletion item: ItemState, _ index: Int, _ rules: CaseRules) -> Bool {
        if item.standingGrant != nil { return true }
        return switch self {
        case .issue, .check, .revoke, .supplyGaps, .deliver, .handOut, .acknowledge, .drawCheck, .findBreach,
            .reportRectified, .extendPermit, .appeal, .decideAppeal, .reopen, .book, .rebook, .cancelAppointment,
            .keepAppointment:
            true
        case .begin, .complete: rules.item(index).isLaterCheck
        default: false
        }
    }
}
